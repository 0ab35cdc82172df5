//! Who reads what the lessons lack.

use actix_web::{FromRequest, HttpRequest, dev};

use crate::domain::role::Role;
use crate::web::error::Error;
use crate::web::parts::chrome::Room;

use super::{Found, with_role};

/// An editor, a coordinator or an administrator.
#[derive(Debug, Clone, Copy)]
pub struct Editorial {
    /// The room that they come from.
    pub room: Room,
}

impl FromRequest for Editorial {
    type Error = Error;
    type Future = Found<Self>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            if with_role(&request, Role::Coordinator).await.is_ok() {
                let room = Room::Network;
                return Ok(Self { room });
            }
            if with_role(&request, Role::Admin).await.is_ok() {
                let room = Room::Administration;
                return Ok(Self { room });
            }
            with_role(&request, Role::Editor).await?;
            let room = Room::Editorial;
            Ok(Self { room })
        })
    }
}
