//! A form with a file.

use actix_multipart::{Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::TryStreamExt as _;

use super::{Read, is, limit, of_body};
use crate::web::error::Error;

/// The parts of a form with a file, by name; together as many bytes as the address takes.
#[derive(Debug, Clone)]
pub struct Upload(Vec<(String, Vec<u8>)>);

impl Upload {
    /// The bytes of a part; none where there is no such part.
    #[must_use]
    pub fn part(&self, name: &str) -> &[u8] {
        let found = self.0.iter().find(|(part, _)| part == name);
        found.map_or(&[], |(_, bytes)| bytes.as_slice())
    }
}

impl FromRequest for Upload {
    type Error = Error;
    type Future = Read<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (fits, limit) = (
            is(request, |kind| kind == "multipart/form-data"),
            limit(request),
        );
        let parts = Multipart::new(request.headers(), payload.take());
        Box::pin(async move {
            if !fits {
                return Err(Error::UnsupportedMediaType);
            }
            read(parts, limit).await
        })
    }
}

async fn read(mut parts: Multipart, limit: usize) -> Result<Upload, Error> {
    let unreadable = |error| match error {
        MultipartError::Payload(error) => of_body(&error),
        _ => Error::bad_request("error-400-text"),
    };
    let (mut all, mut taken) = (Vec::new(), 0);
    while let Some(mut part) = parts.try_next().await.map_err(unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(some) = part.try_next().await.map_err(unreadable)? {
            taken += some.len();
            if taken > limit {
                return Err(Error::TooLarge);
            }
            bytes.extend_from_slice(&some);
        }
        all.push((name, bytes));
    }
    Ok(Upload(all))
}
