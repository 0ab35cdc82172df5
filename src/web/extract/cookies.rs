//! The cookies of a session.

use actix_web::cookie::time::OffsetDateTime as CookieTime;
use actix_web::cookie::{Cookie, SameSite};

use super::SESSION_COOKIE;
use crate::accounts::Opened;
use crate::web::state::State;
use crate::web::{idle, waited};

/// What browsers ask of the name of a cookie that is this host's alone.
pub(super) const HOST: &str = "__Host-";

/// The cookies of a session just opened: its token, the mark of its learner, and how long it may
/// stay unused. A guest's stay in the browser, since nothing else leads back to what they learned,
/// unless it is one of a point; those of a known person go when the browser is closed.
#[must_use]
pub fn session_cookies(state: &State, opened: &Opened) -> Vec<Cookie<'static>> {
    let secure = state.settings.secure_cookies;
    let mut cookies = vec![
        own_cookie(SESSION_COOKIE, opened.token.clone(), secure),
        waited::cookie(state, &opened.viewer),
    ];
    if !opened.viewer.is_guest() {
        cookies.push(idle::cookie(state, opened.viewer.idle));
    } else if opened.viewer.idle.is_none() {
        let end = CookieTime::from_unix_timestamp(opened.expires_at.unix_timestamp());
        for cookie in &mut cookies {
            cookie.set_expires(end.ok());
        }
    }
    cookies
}

/// Makes the browser forget the session, whose it was, and that somebody entered.
#[must_use]
pub fn ended_session_cookies(state: &State) -> [Cookie<'static>; 3] {
    let secure = state.settings.secure_cookies;
    let mut session = own_cookie(SESSION_COOKIE, String::new(), secure);
    session.make_removal();
    [
        session,
        waited::ended_cookie(state),
        idle::ended_cookie(state),
    ]
}

/// A cookie that no script reads. Where the site is behind TLS, its name tells the browser to take
/// it from this host alone and by `https` alone: a neighbour's host cannot plant one.
pub(in crate::web) fn own_cookie(name: &str, value: String, secure: bool) -> Cookie<'static> {
    let name = match secure {
        true => format!("{HOST}{name}"),
        false => name.to_owned(),
    };
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax)
        .finish()
}
