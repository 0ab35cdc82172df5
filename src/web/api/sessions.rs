//! Entering and leaving.

use actix_web::HttpResponse;
use actix_web::web::Json;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;

use crate::accounts::{Opened, Viewer, session};
use crate::domain::role::Role;
use crate::learning::enter;
use crate::web::error::Error;
use crate::web::extract::{Anyone, Learner};
use crate::web::state::App;
use crate::web::throttle::{Act, Address};

/// What opens a session: an e-mail and a password, or a card and its PIN.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Credentials {
    /// A member of the staff.
    Password {
        /// As in the account; case does not matter.
        email: String,
        /// The password.
        password: String,
    },
    /// A citizen.
    Card {
        /// The code on the card; spaces, hyphens and case do not matter.
        card: String,
        /// Five digits.
        pin: String,
    },
}

/// A session just opened.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionView {
    /// The bearer token.
    token: String,
    #[serde(with = "time::serde::rfc3339")]
    expires_at: OffsetDateTime,
    #[schema(value_type = Vec<String>)]
    roles: Vec<Role>,
}

impl From<Opened> for SessionView {
    fn from(opened: Opened) -> Self {
        let mut roles: Vec<Role> = opened
            .viewer
            .grants
            .iter()
            .map(|grant| grant.role)
            .collect();
        roles.dedup();
        Self {
            token: opened.token,
            expires_at: opened.expires_at,
            roles,
        }
    }
}

/// `POST /api/v1/sessions`: with a guest's token, the guest's progress moves along.
#[utoipa::path(post, path = "/sessions", tag = "entering", request_body = Credentials,
    responses((status = 201, body = SessionView),
        (status = 401, description = "these details open nothing"),
        (status = 429, description = "too many wrong tries")))]
pub async fn open(
    app: App,
    visitor: Anyone,
    address: Address,
    credentials: Json<Credentials>,
) -> Result<HttpResponse, Error> {
    let guest = visitor
        .0
        .filter(Viewer::is_guest)
        .map(|viewer| viewer.learner);
    let turn = app.throttle.take(Act::SignIn, address, app.now())?;
    let opened = match credentials.into_inner() {
        Credentials::Password { email, password } => {
            enter::with_password(app.door(), &email, &password, guest, app.now()).await?
        }
        Credentials::Card { card, pin } => {
            enter::with_card(app.door(), &card, &pin, guest, app.now()).await?
        }
    };
    turn.give_back();
    Ok(HttpResponse::Created().json(SessionView::from(opened)))
}

/// `DELETE /api/v1/sessions/current`: the token is dead at once.
#[utoipa::path(delete, path = "/sessions/current", tag = "entering",
    responses((status = 204), (status = 401)))]
pub async fn close(app: App, learner: Learner) -> Result<HttpResponse, Error> {
    session::close(&app.db, learner.viewer.session, app.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}
