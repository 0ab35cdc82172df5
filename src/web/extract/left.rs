//! The guest of a browser in which somebody entered and said that it was not them. The browser keeps
//! that guest's session in a cookie of its own: it is used whenever nobody is in, so that whoever
//! learned here finds it again.

use std::future::Future;
use std::pin::Pin;

use actix_web::cookie::Cookie;
use actix_web::cookie::time::OffsetDateTime as CookieTime;
use actix_web::{FromRequest, HttpRequest, dev};

use super::cookies::own_cookie;
use super::{bearer, cookie, state};
use crate::accounts::{self, Opened, Viewer};
use crate::web::error::Error;
use crate::web::point_device::POINT_COOKIE;
use crate::web::state::State;

/// The cookie of that session.
const GUEST_COOKIE: &str = "ospite";

/// That guest, if there is one.
#[derive(Debug)]
pub struct GuestHere(pub Option<Viewer>);

impl FromRequest for GuestHere {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { guest_here(&request).await.map(Self) })
    }
}

/// That guest. A program has none, and a device of a point keeps none.
pub(super) async fn guest_here(request: &HttpRequest) -> Result<Option<Viewer>, Error> {
    let program = bearer(request.headers()).is_some();
    if program || cookie(request, POINT_COOKIE).is_some() {
        return Ok(None);
    }
    let Some(token) = cookie(request, GUEST_COOKIE) else {
        return Ok(None);
    };
    let state = state(request)?;
    let found = accounts::viewer(&state.db, &state.signing_key, token.trim(), state.now()).await?;
    Ok(found.filter(Viewer::is_guest))
}

/// Has the browser keep a guest's session beside that of whoever is in; as long as a guest's own.
pub fn guest_cookie(state: &State, opened: &Opened) -> Cookie<'static> {
    let secure = state.settings.secure_cookies;
    let mut cookie = own_cookie(GUEST_COOKIE, opened.token.clone(), secure);
    let end = CookieTime::from_unix_timestamp(opened.expires_at.unix_timestamp());
    cookie.set_expires(end.ok());
    cookie
}
