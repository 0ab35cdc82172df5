//! Reading what a request brings: JSON, forms, texts, queries.
//!
//! What cannot be read is refused with the name of the field and what is expected there, in the
//! reader's language. The texts of the libraries are never shown: they repeat what was sent.

mod upload;

pub use upload::Upload;

use std::future::{Future, Ready, ready};
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, Responder};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_path_to_error::Track;

use super::error::{Error, FieldFault, UnreadableBody};

/// The most bytes of a body, as `app_data` of an address that takes more than the others.
#[derive(Debug, Clone, Copy)]
pub struct Limit(pub usize);

/// What a body takes without a [`Limit`]: nobody has to be known to send one, and each connection may
/// hold one in memory.
const USUAL: usize = 32 * 1024;

/// The key of what is said of a field that the program does not know.
const UNKNOWN: &str = "expected-unknown";

/// A body of JSON, or an answer of it.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

/// The fields of a form.
#[derive(Debug, Clone)]
pub struct Form<T>(pub T);

/// The parameters of an address.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

/// A body of text, such as a table, in the encoding that its program wrote.
#[derive(Debug, Clone)]
pub struct Text(pub Bytes);

macro_rules! holds {
    ($($name:ident)*) => {$(
        impl<T> $name<T> {
            /// What was read.
            pub fn into_inner(self) -> T {
                self.0
            }
        }

        impl<T> Deref for $name<T> {
            type Target = T;
            fn deref(&self) -> &T {
                &self.0
            }
        }
    )*};
}

holds! { Json Form Query }

type Read<T> = Pin<Box<dyn Future<Output = Result<T, Error>>>>;

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Error;
    type Future = Read<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (fits, limit) = (is(request, |kind| kind.ends_with("json")), limit(request));
        let payload = payload.take();
        Box::pin(async move {
            if !fits {
                return Err(Error::UnsupportedMediaType);
            }
            json(&body(payload, limit).await?).map(Self)
        })
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Form<T> {
    type Error = Error;
    type Future = Read<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = |kind: &str| kind == "application/x-www-form-urlencoded";
        let (fits, limit) = (is(request, form), limit(request));
        let payload = payload.take();
        Box::pin(async move {
            if !fits {
                return Err(Error::UnsupportedMediaType);
            }
            pairs(&body(payload, limit).await?, false).map(Self)
        })
    }
}

impl FromRequest for Text {
    type Error = Error;
    type Future = Read<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (fits, limit) = (
            is(request, |kind| kind.is_empty() || kind.starts_with("text/")),
            limit(request),
        );
        let payload = payload.take();
        Box::pin(async move {
            if !fits {
                return Err(Error::UnsupportedMediaType);
            }
            body(payload, limit).await.map(Self)
        })
    }
}

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let strict = request.path().starts_with("/api/");
        ready(pairs(request.query_string().as_bytes(), strict).map(Self))
    }
}

impl<T: Serialize> Responder for Json<T> {
    type Body = actix_web::body::EitherBody<String>;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse<Self::Body> {
        actix_web::web::Json(self.0).respond_to(request)
    }
}

/// Whether the body is what an address takes, and not compressed: what it is when unpacked is not
/// known before.
fn is(request: &HttpRequest, fits: impl Fn(&str) -> bool) -> bool {
    let plain = request
        .headers()
        .get(header::CONTENT_ENCODING)
        .is_none_or(|coding| coding.as_bytes().eq_ignore_ascii_case(b"identity"));
    plain && fits(&request.content_type().to_ascii_lowercase())
}

fn limit(request: &HttpRequest) -> usize {
    request.app_data::<Limit>().map_or(USUAL, |limit| limit.0)
}

async fn body(mut payload: Payload, limit: usize) -> Result<Bytes, Error> {
    let mut read = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| of_body(&error))?;
        if read.len() + chunk.len() > limit {
            return Err(Error::TooLarge);
        }
        read.extend_from_slice(&chunk);
    }
    Ok(read.freeze())
}

/// Why a body was not read to its end.
pub(super) fn of_body(error: &PayloadError) -> Error {
    match error {
        PayloadError::Overflow => Error::TooLarge,
        PayloadError::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => Error::Timeout,
        _ => Error::bad_request("error-400-text"),
    }
}

/// A field that the program does not know is refused by its name: what it says would be dropped.
fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let syntax = |error: &serde_json::Error| {
        Error::Unreadable(UnreadableBody::Syntax {
            line: error.line(),
            column: error.column(),
        })
    };
    let (mut unknown, mut track) = (Vec::new(), Track::new());
    let read = T::deserialize(serde_ignored::Deserializer::new(
        serde_path_to_error::Deserializer::new(&mut reader, &mut track),
        &mut |path: serde_ignored::Path<'_>| unknown.push(path.to_string()),
    ));
    let read = read.map_err(|error| {
        if !error.is_data() {
            return syntax(&error);
        }
        let field =
            field(&track.path().to_string()).or_else(|| culprit::<T>(bytes, &error.to_string()));
        unreadable(&error.to_string(), field)
    });
    match read {
        Err(error @ Error::Unreadable(UnreadableBody::Syntax { .. })) => return Err(error),
        _ if !unknown.is_empty() => return Err(unknown_fields(&unknown)),
        _ => {}
    }
    let read = read?;
    reader.end().map_err(|error| syntax(&error))?;
    Ok(read)
}

/// In a query of the interface for programs a mistyped filter would answer with a wrong list. Pages
/// are reached by addresses to which others add what they count visits with.
fn pairs<T: DeserializeOwned>(bytes: &[u8], strict: bool) -> Result<T, Error> {
    let reader = serde_urlencoded::Deserializer::new(form_urlencoded::parse(bytes));
    let (mut unknown, mut track) = (Vec::new(), Track::new());
    let read = T::deserialize(serde_ignored::Deserializer::new(
        serde_path_to_error::Deserializer::new(reader, &mut track),
        &mut |path: serde_ignored::Path<'_>| unknown.push(path.to_string()),
    ));
    if strict && !unknown.is_empty() {
        return Err(unknown_fields(&unknown));
    }
    read.map_err(|error| unreadable(&error.to_string(), field(&track.path().to_string())))
}

fn unknown_fields(names: &[String]) -> Error {
    /// As many as are worth reading.
    const MOST: usize = 20;
    let one = |name: &String| FieldFault {
        field: field(name).unwrap_or_default().into(),
        key: UNKNOWN.into(),
    };
    Error::Invalid(names.iter().take(MOST).map(one).collect())
}

/// The field that a value with flattened parts cannot be read for, which the library does not say:
/// the one without which there would be another complaint.
fn culprit<T: DeserializeOwned>(bytes: &[u8], complaint: &str) -> Option<String> {
    /// Every try reads the whole body again.
    const LARGEST: usize = 16 * 1024;
    const FIELDS: usize = 64;
    if bytes.len() > LARGEST {
        return None;
    }
    let fields: serde_json::Map<_, _> = serde_json::from_slice(bytes).ok()?;
    let named = |name: &&String| {
        let mut others = fields.clone();
        others.remove(*name);
        match serde_json::from_value::<T>(others.into()) {
            Ok(_) => true,
            Err(error) => !complaint.starts_with(&error.to_string()),
        }
    };
    let found = fields.keys().take(FIELDS).find(named)?;
    field(found)
}

fn unreadable(complaint: &str, at: Option<String>) -> Error {
    let (missing, expected) = expected(complaint);
    if let (Some(name), UNKNOWN) = (missing, expected) {
        return unknown_fields(&[name.to_owned()]);
    }
    Error::Unreadable(UnreadableBody::Field {
        field: missing.and_then(field).or(at),
        expected,
    })
}

/// Which message says what a library's complaint says, and the name of the field that is missing.
/// Nothing else of the complaint goes further.
fn expected(complaint: &str) -> (Option<&str>, &'static str) {
    let named = |start| {
        let rest: &str = complaint.strip_prefix(start)?;
        rest.split('`').next()
    };
    if let Some(name) = named("missing field `") {
        return (Some(name), "expected-missing");
    }
    if let Some(name) = named("duplicate field `") {
        return (Some(name), "expected-once");
    }
    if let Some(name) = named("unknown field `") {
        return (Some(name), UNKNOWN);
    }
    if complaint.starts_with("unknown variant") {
        return (None, "expected-choice");
    }
    let number = ["invalid digit", "number too", "cannot parse integer"];
    if number.iter().any(|start| complaint.starts_with(start)) {
        return (None, "expected-number");
    }
    let wanted = complaint
        .rsplit_once("expected ")
        .map_or("", |(_, wanted)| wanted);
    let key = match wanted
        .split([' ', ','])
        .find(|word| !matches!(*word, "a" | "an" | "struct"))
    {
        Some("boolean" | "bool") => "expected-boolean",
        Some(word) if is_integer(word) => "expected-number",
        Some("string" | "borrowed") => "expected-text",
        Some("sequence" | "tuple") => "expected-list",
        Some("map") => "expected-object",
        Some("UUID") => "expected-id",
        Some("date" | "`Date`") => "expected-day",
        _ => "expected-other",
    };
    (None, key)
}

fn is_integer(word: &str) -> bool {
    let kinds = ["i", "u", "f", "usize", "isize", "integer", "floating"];
    let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
    kinds.contains(&bare)
}

/// The name of a field, as far as it can be one that this program gave: what somebody sent as a
/// name is not repeated where it could be a code or a token.
fn field(path: &str) -> Option<String> {
    const LONGEST: usize = 60;
    const DIGITS: usize = 2;
    // What begins with a capital may be somebody's name; a code, a PIN or a token has digits.
    let is_name = |part: &str| {
        let name = part.split('[').next().unwrap_or_default();
        let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
        name.len() - letters.len() <= DIGITS
            && letters.starts_with(|c: char| c.is_lowercase() || c == '_')
            && letters
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '_' | '-'))
    };
    let known: Vec<&str> = path.split('.').take_while(|part| is_name(part)).collect();
    let path = known.join(".");
    (!path.is_empty() && path.len() <= LONGEST).then_some(path)
}

#[cfg(test)]
mod tests;
