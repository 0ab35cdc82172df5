//! What a handler may ask for in its parameters: the person, their role, their language.
//!
//! A handler that needs a role takes it as a parameter, so a forgotten check is a missing
//! parameter and does not compile where the person is used.

use std::convert::Infallible;
use std::future::{Future, Ready, ready};
use std::pin::Pin;

use actix_web::http::header::{self, HeaderMap};
use actix_web::{FromRequest, HttpMessage, HttpRequest, dev, web};

use crate::accounts::token::Claims;
use crate::accounts::{self, Screen, Viewer, session};
use crate::db::audit;
use crate::domain::ids::{AccountId, LearnerId, PointId};
use crate::domain::locale::Lang;
use crate::domain::role::Role;
use crate::learning::progress::LessonReader;

use super::error::Error;
use super::gate::{Added, LANGUAGE_COOKIE, accepted_language};
use super::once::Wrote;
use super::point_device::ThisDevice;
use super::state::State;
use super::throttle::{Address, ThrottledAct};
use super::{idle, rooms, waited};

mod cookies;
mod editorial;
mod left;
mod steward;

pub(super) use cookies::own_cookie;
pub use cookies::{ended_session_cookies, session_cookies};
pub use editorial::Editorial;
pub use left::{GuestHere, guest_cookie};
pub use steward::Steward;

/// The cookie that holds the session's token.
pub const SESSION_COOKIE: &str = "autonomia";

/// Whoever is looking: a guest, a citizen, a member of the staff, or nobody yet.
#[derive(Debug, Clone)]
pub struct Anyone(pub Option<Viewer>);

/// Somebody with a session, a guest's included.
#[derive(Debug, Clone)]
pub struct Learner {
    /// Under whom what they learn is kept.
    pub id: LearnerId,
    /// Who they are.
    pub viewer: Viewer,
}

/// As [`Learner`], but somebody without a session gets a guest's: for acts that leave something
/// behind, such as a lesson read. The cookies are set with the answer. On a device of a point the
/// guest ends when they do nothing for a while, and nothing of the one before is left.
#[derive(Debug, Clone)]
pub struct GuestOrLearner(pub Learner);

/// A facilitator, at one point or more.
#[derive(Debug, Clone)]
pub struct Facilitator {
    /// Who acts.
    pub account: AccountId,
    /// Where they work.
    pub points: Vec<PointId>,
    /// Who they are.
    pub viewer: Viewer,
}

/// Whoever keeps records and the ledger: a facilitator at their points, a coordinator everywhere.
#[derive(Debug, Clone)]
pub struct Keeper {
    /// Who acts.
    pub account: AccountId,
    /// Their points; `None` for a coordinator, who has them all.
    pub points: Option<Vec<PointId>>,
}

macro_rules! staff {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name {
            /// Who acts.
            pub account: AccountId,
            /// Who they are.
            pub viewer: Viewer,
        }

        impl FromRequest for $name {
            type Error = Error;
            type Future = Found<Self>;

            fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
                let request = request.clone();
                Box::pin(async move {
                    let (account, viewer) = with_role(&request, Role::$name).await?;
                    Ok(Self { account, viewer })
                })
            }
        }
    )*};
}

staff! {
    /// A coordinator.
    Coordinator;
    /// An editor.
    Editor;
    /// An administrator.
    Admin;
}

type Found<T> = Pin<Box<dyn Future<Output = Result<T, Error>>>>;

impl FromRequest for Anyone {
    type Error = Error;
    type Future = Found<Self>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { viewer(&request).await.map(Self) })
    }
}

impl FromRequest for Learner {
    type Error = Error;
    type Future = Found<Self>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let viewer = viewer(&request).await?.ok_or(Error::Unauthorized(None))?;
            Ok(Self::from(viewer))
        })
    }
}

impl FromRequest for GuestOrLearner {
    type Error = Error;
    type Future = Found<Self>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            if let Some(viewer) = viewer(&request).await? {
                return Ok(Self(Learner::from(viewer)));
            }
            let state = state(&request)?;
            let address = Address::extract(&request).await?;
            state
                .throttle
                .spend(ThrottledAct::Guest, address, state.now())?;
            let here = ThisDevice::of(&request).await?;
            let screen = match here.point {
                Some(_) => Screen::Shared,
                None => Screen::Own,
            };
            let (db, key) = (&state.db, &state.signing_key);
            let opened = session::open_guest(db, key, screen, state.now()).await?;
            let added = Added::cookies(&session_cookies(state, &opened), here.forgets())?;
            request.extensions_mut().insert(added);
            // Sent twice, the form is of one guest.
            request.extensions_mut().insert(Wrote);
            Ok(Self(Learner::from(opened.viewer)))
        })
    }
}

impl FromRequest for Facilitator {
    type Error = Error;
    type Future = Found<Self>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let (account, viewer) = with_role(&request, Role::Facilitator).await?;
            let here = |grant: &crate::accounts::Grant| grant.role == Role::Facilitator;
            let grants = viewer.grants.iter().filter(|grant| here(grant));
            let points: Vec<_> = grants.filter_map(|grant| grant.point).collect();
            if points.is_empty() {
                return Err(Error::Forbidden);
            }
            Ok(Self {
                account,
                points,
                viewer,
            })
        })
    }
}

impl FromRequest for Keeper {
    type Error = Error;
    type Future = Found<Self>;

    fn from_request(request: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        let (coordinator, facilitator) = (
            Coordinator::from_request(request, payload),
            Facilitator::from_request(request, payload),
        );
        Box::pin(async move {
            if let Ok(coordinator) = coordinator.await {
                return Ok(Self {
                    account: coordinator.account,
                    points: None,
                });
            }
            let facilitator = facilitator.await?;
            Ok(Self {
                account: facilitator.account,
                points: Some(facilitator.points),
            })
        })
    }
}

impl Learner {
    pub(super) fn reader(&self) -> LessonReader {
        LessonReader {
            learner: self.id,
            before: self.viewer.before,
        }
    }
}

impl From<Viewer> for Learner {
    fn from(viewer: Viewer) -> Self {
        Self {
            id: viewer.learner,
            viewer,
        }
    }
}

pub(super) async fn with_role(
    request: &HttpRequest,
    role: Role,
) -> Result<(AccountId, Viewer), Error> {
    let viewer = viewer(request).await?.ok_or(Error::Unauthorized(None))?;
    match viewer.account {
        Some(account) if viewer.is(role) => {
            if let Some(context) = audit::context() {
                let grants = viewer.grants.iter().filter(|grant| grant.role == role);
                context.acts_as(role, grants.filter_map(|grant| grant.point).collect());
            }
            Ok((account, viewer))
        }
        // A guest may turn out to have the role; somebody who is known has not.
        None if viewer.is_guest() => Err(Error::Unauthorized(None)),
        _ => Err(Error::Forbidden),
    }
}

/// What somebody may do who still has to set up the second factor that their roles demand: set it
/// up, or leave.
const OPEN_WITHOUT_SECOND_FACTOR: [&str; 6] = [
    "/accesso/conferma",
    "/accesso/secondo-fattore",
    "/accesso/resta",
    "/esci",
    "/io.css",
    "/api/v1/sessions/current",
];

pub(super) async fn viewer(request: &HttpRequest) -> Result<Option<Viewer>, Error> {
    let bearer = bearer(request.headers());
    let own = bearer.or_else(|| cookie(request, SESSION_COOKIE));
    let state = state(request)?;
    // The name without `__Host-` is from before TLS, or planted: it can be a guest's at most.
    let found = match own.or_else(|| named(request, SESSION_COOKIE, "")) {
        Some(token) => {
            accounts::viewer(&state.db, &state.signing_key, token.trim(), state.now()).await?
        }
        None => None,
    };
    let mut found = match found.filter(|viewer| own.is_some() || viewer.is_guest()) {
        Some(viewer) => Some(viewer),
        None => left::guest_here(request).await?,
    };
    let before = waited::check(request, state, found.as_ref()).await?;
    if let Some(viewer) = &mut found {
        viewer.before = before;
    }
    if let Some(viewer) = &found {
        if viewer.limited && !OPEN_WITHOUT_SECOND_FACTOR.contains(&request.path()) {
            // A program has nothing to set up: for it there is no session.
            return match request.path().starts_with("/api/") {
                true => Ok(None),
                false => Err(Error::SetUp),
            };
        }
        if let Some(context) = audit::context() {
            context.entered(viewer.session, viewer.account, viewer.citizen);
        }
        idle::note(viewer);
        rooms::note(viewer);
    }
    Ok(found)
}

/// The token of a request that has one in its header, empty where it is none: beside it no cookie
/// counts. A header of another kind is a proxy's, and says nothing here.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get_all(header::AUTHORIZATION).find_map(|value| {
        let text = value.to_str().unwrap_or_default().trim();
        let (scheme, token) = text.split_once(' ').unwrap_or((text, ""));
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    })
}

/// What the session's cookie says, whether that session is open still or not.
pub(super) fn claims_of_cookie(request: &HttpRequest) -> Option<Claims> {
    let own = cookie(request, SESSION_COOKIE).or_else(|| named(request, SESSION_COOKIE, ""));
    let state = state(request).ok()?;
    state.signing_key.read(own?.trim(), state.now())
}

pub(super) fn state(request: &HttpRequest) -> Result<&State, Error> {
    let state = request.app_data::<web::Data<State>>();
    state
        .map(|state| &***state)
        .ok_or_else(|| Error::internal(anyhow::anyhow!("no state")))
}

/// The language of the interface: `?lingua=`, else the one remembered, else what the browser
/// prefers, else Italian.
#[derive(Debug, Clone, Copy)]
pub struct Language(pub Lang);

impl FromRequest for Language {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        ready(Ok(Self(language(request))))
    }
}

/// The language of a request.
pub(super) fn language(request: &HttpRequest) -> Lang {
    asked_language(request.query_string())
        .or_else(|| cookie(request, LANGUAGE_COOKIE).and_then(Lang::from_code))
        .or_else(|| named(request, LANGUAGE_COOKIE, "").and_then(Lang::from_code))
        .or_else(|| accepted_language(request.headers()))
        .unwrap_or_default()
}

/// `?lingua=`
pub(super) fn asked_language(query: &str) -> Option<Lang> {
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix("lingua="))
        .and_then(Lang::from_code)
}

/// The value of a cookie of this host.
pub(super) fn cookie<'r>(request: &'r HttpRequest, name: &str) -> Option<&'r str> {
    let state = request.app_data::<web::Data<State>>();
    let secure = state.is_some_and(|state| state.settings.secure_cookies);
    named(request, name, if secure { cookies::HOST } else { "" })
}

/// A cookie's value, read without parsing the others: every page asks for its language.
fn named<'r>(request: &'r HttpRequest, name: &str, prefix: &str) -> Option<&'r str> {
    request
        .headers()
        .get_all(header::COOKIE)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| {
            let pair = pair.trim().strip_prefix(prefix)?;
            pair.strip_prefix(name)?.strip_prefix('=')
        })
}
