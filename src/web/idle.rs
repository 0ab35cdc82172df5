//! When a session ends that is not used, and saying so in time (WCAG 2.2.1): every page made for a
//! person says until when, and a script asks two minutes before. Staying in is one press, as often
//! as one likes until the session's own end.

use std::cell::Cell;
use std::future::Future;

use actix_web::cookie::{Cookie, SameSite};
use time::{Duration, OffsetDateTime};

use crate::accounts::Viewer;

use super::state::State;

/// Tells scripts that somebody entered in this browser, and after how many seconds without a request
/// the session ends; 0 where it has no such limit. It names nobody.
pub const IDLE_COOKIE: &str = "resta";

tokio::task_local! {
    /// When the session of the request under way ends, once the person was looked for.
    static END: Cell<Option<OffsetDateTime>>;
}

/// Runs one request, of which [`end`] can be asked.
pub(super) fn request<T>(answer: impl Future<Output = T>) -> impl Future<Output = T> {
    END.scope(Cell::new(None), answer)
}

/// Remembers, for the pages of this request, when its session ends.
pub(super) fn note(viewer: &Viewer) {
    if viewer.idle.is_some() {
        // Outside a request there is no page to say it.
        let _ = END.try_with(|end| end.set(Some(viewer.ends_at)));
    }
}

/// When the session of this request ends if it is not used; `None` where it has no such limit.
pub(super) fn end() -> Option<OffsetDateTime> {
    END.try_with(Cell::get).ok().flatten()
}

/// The cookie that tells scripts how long a session may stay unused.
pub(super) fn cookie(state: &State, idle: Option<Duration>) -> Cookie<'static> {
    let seconds = idle.map_or(0, Duration::whole_seconds);
    Cookie::build(IDLE_COOKIE, seconds.to_string())
        .path("/")
        .secure(state.settings.secure_cookies)
        .same_site(SameSite::Lax)
        .finish()
}

/// Makes the browser forget that somebody entered.
pub(super) fn ended_cookie(state: &State) -> Cookie<'static> {
    let mut cookie = cookie(state, None);
    cookie.make_removal();
    cookie
}
