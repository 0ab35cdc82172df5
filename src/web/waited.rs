//! What waited in a browser until there was a network again: it is taken only from whom it was of.
//!
//! The browser cannot read who is in. So each answer that lets somebody in also leaves a mark of
//! them that scripts may read and that says nothing else ([`WHO_COOKIE`]); what waits is kept with
//! the mark of then, and is sent with it.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};

use crate::accounts::Viewer;
use crate::domain::ids::LearnerId;
use crate::learning::takeover;

use super::error::Error;
use super::point_device::ThisDevice;
use super::state::State;

/// Says whether it is the same learner as before, and nothing else.
pub const WHO_COOKIE: &str = "chi";
/// The mark of whom something waited for; empty for somebody without a session. Only what waited
/// has this header.
pub const WAITED_FOR: &str = "waited-for";

/// The mark of somebody who is in.
pub(super) fn cookie(app: &State, viewer: &Viewer) -> Cookie<'static> {
    mark(app, app.signing_key.mark_of(viewer.learner))
}

/// Makes the browser forget whose it was.
pub(super) fn ended_cookie(app: &State) -> Cookie<'static> {
    let mut cookie = mark(app, String::new());
    cookie.make_removal();
    cookie
}

fn mark(app: &State, mark: String) -> Cookie<'static> {
    Cookie::build(WHO_COOKIE, mark)
        .path("/")
        .secure(app.settings.secure_cookies)
        .same_site(SameSite::Lax)
        .finish()
}

/// Whether what a request brings may be taken from whoever is in now. A guest may send what waited
/// before there was a session: in a browser of one household the guest is whoever learns there. On a
/// device of a point only what waited for the very same session's learner is taken. Tells the guest
/// whom it waited for, where whoever is in took that guest over.
///
/// # Errors
/// [`Error::Conflict`] where it is somebody else's. [`Error::Unauthorized`] where nobody is in whose
/// it could be, and [`Error::Unavailable`] where they are still asked whether it is theirs: it waits.
pub(super) async fn check(
    request: &HttpRequest,
    app: &State,
    viewer: Option<&Viewer>,
) -> Result<Option<LearnerId>, Error> {
    let Some(mark) = request.headers().get(WAITED_FOR) else {
        return Ok(None);
    };
    let mark = mark.to_str().unwrap_or("?");
    let shared = ThisDevice::of(request).await?.point.is_some();
    let refused = || Error::Conflict {
        detail: "waited-for-another".into(),
        existing: None,
    };
    let Some(viewer) = viewer else {
        return match (mark.is_empty(), shared) {
            (_, true) => Err(refused()),
            (true, false) => Ok(None),
            (false, false) => Err(Error::Unauthorized(None)),
        };
    };
    let same = |learner| app.signing_key.mark_of(learner) == mark;
    let nobody_else = mark.is_empty() && viewer.is_guest() && !shared;
    if same(viewer.learner) || nobody_else {
        return Ok(None);
    }
    // Not answered yet: it waits on, and what somebody says decides.
    if viewer.asked.is_some_and(same) {
        return Err(Error::Unavailable);
    }
    // They said that the guest was them.
    let before = takeover::guests_of(&app.db, viewer.learner).await?;
    let guest = before.into_iter().find(|guest| same(*guest));
    guest.map(Some).ok_or_else(refused)
}
