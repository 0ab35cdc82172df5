//! The doors, as pages and interface have them: wrong tries are counted around each.

use std::future::Future;
use std::pin::Pin;

use actix_web::{FromRequest, HttpRequest, dev};

use crate::accounts::token::Claims;
use crate::accounts::{
    Guest, Identified, Opened, Screen, SignInError, Then, Viewer, WayIn, place, session,
};
use crate::accounts::{card, proof as proofs};
use crate::domain::ids::{AccountId, CitizenId};
use crate::learning::enter::{EnterError, with_card, with_password};

use super::error::Error;
use super::extract::{Anyone, bearer, claims_of_cookie};
use super::point_device::ThisDevice;
use super::state::State;
use super::throttle::Address;
use super::tries::{Door, Try, TryKey};

/// Somebody at a door: who they have been until now, from where, on what.
#[derive(Debug)]
pub struct DoorVisit {
    /// Who has the browser open.
    pub viewer: Option<Viewer>,
    /// From where.
    pub address: Address,
    /// On what.
    pub here: ThisDevice,
    /// Whose the cookie is, also where that session is over: a form that was sent twice.
    before: Option<Claims>,
    /// A program sent the token itself.
    by_token: bool,
}

impl FromRequest for DoorVisit {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        let (viewer, address) = (
            Anyone::from_request(request, payload),
            Address::from_request(request, payload),
        );
        let here = ThisDevice::from_request(request, payload);
        let before = claims_of_cookie(request);
        let by_token = bearer(request.headers()).is_some();
        Box::pin(async move {
            // Somebody who has to set up a second factor may also sign in as somebody else.
            let viewer = match viewer.await {
                Ok(Anyone(viewer)) => viewer,
                Err(Error::SetUp) => None,
                Err(error) => return Err(error),
            };
            Ok(Self {
                viewer,
                address: address.await?,
                here: here.await?,
                before,
                by_token,
            })
        })
    }
}

impl DoorVisit {
    /// How they come in: what becomes of a guest's progress, and that a session of somebody known
    /// ends.
    pub(super) fn entry(&self, screen: Screen) -> WayIn {
        let known = self.viewer.as_ref().filter(|viewer| !viewer.is_guest());
        WayIn {
            guest: self.guest(screen).filter(|_| known.is_none()),
            replaces: known.map(|viewer| viewer.session),
            screen,
            device: self.here.word.clone(),
            card: None,
            place: None,
        }
    }

    /// The guest who was here. A page asks whoever enters; a program is asked nothing, so it gives
    /// a guest's progress along by sending the guest's token, and never by a cookie, which a page
    /// left. A device of a point never gives.
    fn guest(&self, screen: Screen) -> Option<Guest> {
        let seen = self.viewer.as_ref().map(|viewer| viewer.learner);
        let before = self.before.filter(|_| !self.by_token);
        let learner = seen.or(before.map(|before| before.learner))?;
        let then = match (&self.here.point, screen) {
            (Some(_), _) => Then::Leave,
            (None, Screen::Program) if self.by_token => Then::Take,
            (None, Screen::Program) => return None,
            (None, _) => Then::Ask,
        };
        Some(Guest {
            learner,
            session: before.map(|before| before.session),
            then,
        })
    }
}

/// A refusal of somebody who tried, or an error.
pub(super) type TryError<T> = Result<T, SignInRefusal>;

/// Why a try did not succeed.
#[derive(Debug)]
pub(super) enum SignInRefusal {
    /// They are not who they say.
    SignIn(SignInError),
    /// Anything else: it goes to whoever asked as it is.
    Other(Error),
}

impl From<SignInError> for SignInRefusal {
    fn from(error: SignInError) -> Self {
        Self::SignIn(error)
    }
}

impl From<SignInRefusal> for Error {
    fn from(refusal: SignInRefusal) -> Self {
        match refusal {
            SignInRefusal::SignIn(error) => error.into(),
            SignInRefusal::Other(error) => error,
        }
    }
}

/// The member of the staff of an e-mail and a password.
pub(super) async fn identify(
    app: &State,
    visit: &DoorVisit,
    email: &str,
    password: &str,
) -> TryError<Identified> {
    let (address, account) = (visit.address, email.trim().to_lowercase());
    let known = place::is_known(&app.db, &app.vault, email, &address.to_string(), app.now()).await;
    let mut keys = vec![
        TryKey::address(address),
        TryKey::new(Door::AccountHere, &format!("{account}\n{address}")),
    ];
    if !known.map_err(|error| SignInRefusal::Other(error.into()))? {
        keys.push(TryKey::new(Door::Account, &account));
    }
    let turn = app.tries.begin(keys, app.now()).await.map_err(other)?;
    let found = session::identify_staff(&app.db, email, password, app.now()).await;
    settle(turn, found.map_err(EnterError::from))
}

/// Opens a session for somebody who was identified, with a code where they have a second factor.
pub(super) async fn with_code(
    app: &State,
    visit: &DoorVisit,
    who: Identified,
    code: Option<&str>,
    mut entry: WayIn,
) -> TryError<Opened> {
    entry.place = Some(place::place(
        &app.vault,
        who.account,
        &visit.address.to_string(),
    ));
    if code.is_none() {
        let opened = with_password(app.door(), who, None, entry, app.now()).await;
        return opened.map_err(refusal);
    }
    let own = proof_key(app, who.account, visit.address).await;
    let keys = vec![
        TryKey::address(visit.address),
        own.map_err(SignInRefusal::Other)?,
    ];
    let turn = app.tries.begin(keys, app.now()).await.map_err(other)?;
    let opened = with_password(app.door(), who, code, entry, app.now()).await;
    settle(turn, opened)
}

/// Opens a session for the citizen of a card.
pub(super) async fn by_card(
    app: &State,
    visit: &DoorVisit,
    (code, pin): (&str, &str),
    entry: WayIn,
) -> TryError<Opened> {
    let keys = vec![TryKey::address(visit.address)];
    let turn = app.tries.begin(keys, app.now()).await.map_err(other)?;
    let tried = card::CardTry {
        code,
        pin,
        place: &visit.address.place(&app.vault),
    };
    settle(turn, with_card(app.door(), tried, entry, app.now()).await)
}

/// Takes the PIN of somebody who is in already, before what cannot be undone.
pub(super) async fn own_pin(
    app: &State,
    citizen: CitizenId,
    address: Address,
    pin: &str,
) -> TryError<()> {
    let turn = app.tries.begin(vec![TryKey::address(address)], app.now());
    let turn = turn.await.map_err(other)?;
    let place = address.place(&app.vault);
    let done = proofs::prove_by_pin(&app.db, citizen, (pin, &place), app.now()).await;
    settle(turn, done.map_err(EnterError::from))
}

/// Counts the tries of somebody who is in already at their own password or second factor.
pub(super) async fn proof(
    app: &State,
    account: AccountId,
    address: Address,
) -> Result<Try<'_>, Error> {
    let key = proof_key(app, account, address).await?;
    Ok(app.tries.begin(vec![key], app.now()).await?)
}

/// Where somebody usually is they have tries of their own: whoever knows their password and guesses
/// the rest elsewhere does not keep them out.
async fn proof_key(app: &State, account: AccountId, address: Address) -> Result<TryKey, Error> {
    let (db, vault, from) = (&app.db, &app.vault, address.to_string());
    let what = match place::is_usual(db, vault, account, &from, app.now()).await? {
        true => format!("{account}\n{from}"),
        false => account.to_string(),
    };
    Ok(TryKey::new(Door::Proof, &what))
}

fn settle<T>(turn: Try<'_>, outcome: Result<T, EnterError>) -> TryError<T> {
    match &outcome {
        Ok(_) => turn.right(),
        Err(
            EnterError::SignIn(SignInError::Db(_)) | EnterError::Learning(_) | EnterError::Db(_),
        ) => {
            turn.void();
        }
        Err(EnterError::SignIn(SignInError::SetUp | SignInError::CodeNeeded)) => turn.void(),
        Err(EnterError::SignIn(_)) => turn.wrong(),
    }
    outcome.map_err(refusal)
}

fn refusal(error: EnterError) -> SignInRefusal {
    match error {
        EnterError::SignIn(SignInError::Db(error)) => SignInRefusal::Other(error.into()),
        EnterError::SignIn(error) => SignInRefusal::SignIn(error),
        error => SignInRefusal::Other(error.into()),
    }
}

fn other(error: impl Into<Error>) -> SignInRefusal {
    SignInRefusal::Other(error.into())
}
