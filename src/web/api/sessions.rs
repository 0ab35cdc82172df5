//! Entering and leaving.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;

use crate::accounts::{Opened, Screen, session};
use crate::domain::role::Role;
use crate::web::error::Error;
use crate::web::extract::Learner;
use crate::web::read::Json;
use crate::web::sign_in::{self, DoorVisit};
use crate::web::state::App;

/// What opens a session: an e-mail and a password, or a card and its PIN.
#[derive(Deserialize, ToSchema)]
// `untagged` is for the document.
#[serde(untagged, try_from = "Written")]
pub enum Credentials {
    /// A member of the staff.
    #[schema(title = "StaffCredentials")]
    Password {
        /// As in the account; case does not matter.
        #[schema(example = "prova@example.org")]
        email: String,
        /// The password.
        #[schema(format = Password, example = "una-frase-lunga-e-facile")]
        password: String,
        /// The code of the second factor, or a recovery code, for those who have one.
        code: Option<String>,
    },
    /// A citizen.
    #[schema(title = "CardCredentials")]
    Card {
        /// The code on the card; spaces, hyphens and case do not matter.
        #[schema(example = "9LH9-RP9D-R")]
        card: String,
        /// Five digits.
        #[schema(example = "02321")]
        pin: String,
    },
}

/// The fields of [`Credentials`], so that one which is neither's is told by its name.
#[derive(Deserialize)]
struct Written {
    email: Option<String>,
    password: Option<String>,
    code: Option<String>,
    card: Option<String>,
    pin: Option<String>,
}

impl TryFrom<Written> for Credentials {
    /// As the library words it.
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let needed = |value: Option<String>, name| value.ok_or(format!("missing field `{name}`"));
        match written.card {
            None if written.pin.is_none() => Ok(Self::Password {
                email: needed(written.email, "email")?,
                password: needed(written.password, "password")?,
                code: written.code,
            }),
            card if written.email.is_none() && written.password.is_none() => Ok(Self::Card {
                card: needed(card, "card")?,
                pin: needed(written.pin, "pin")?,
            }),
            _ => Err("duplicate field `card`".to_owned()),
        }
    }
}

/// A session just opened.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionView {
    /// The bearer token.
    #[schema(example = "eyJhbGciOiJIUzI1NiJ9.…")]
    token: String,
    /// When the token ends by itself.
    #[serde(with = "time::serde::rfc3339")]
    expires_at: OffsetDateTime,
    /// What the person may do; empty for a guest.
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

/// `POST /api/v1/sessions`: signs in.
///
/// With a guest's token in the header, what the guest learned moves along: sending it is the answer
/// to the question that the pages ask, so send it only where it is the same person's. The person can
/// give it back for thirty days. A guest's cookie moves nothing, and on a device that its point has
/// marked neither does a token. With a known person's token, that session ends.
#[utoipa::path(post, path = "/sessions", tag = "entering", operation_id = "sign_in",
    security((), ("token" = [])), request_body = Credentials,
    responses((status = 201, body = SessionView),
        (status = 401, description = "these details open nothing; `type` is /problems/code-needed \
            where the password is right and a code is needed as well, /problems/code-wrong where the \
            code is wrong"),
        (status = 403, description = "`type` is /problems/second-factor-missing: the roles demand a \
            second factor, which is set up in a browser"),
        (status = 429, description = "too many wrong tries")))]
pub async fn open(
    app: App,
    visit: DoorVisit,
    credentials: Json<Credentials>,
) -> Result<HttpResponse, Error> {
    let entry = visit.entry(Screen::Program);
    let opened = match credentials.into_inner() {
        Credentials::Password {
            email,
            password,
            code,
        } => {
            let who = sign_in::identify(&app, &visit, &email, &password).await?;
            sign_in::with_code(&app, &visit, who, code.as_deref(), entry).await?
        }
        Credentials::Card { card, pin } => {
            sign_in::by_card(&app, &visit, (&card, &pin), entry).await?
        }
    };
    Ok(HttpResponse::Created().json(SessionView::from(opened)))
}

/// `DELETE /api/v1/sessions/current`: signs out; the token is dead at once.
#[utoipa::path(delete, path = "/sessions/current", tag = "entering", operation_id = "sign_out",
    responses((status = 204, description = "the session is over")))]
pub async fn close(app: App, learner: Learner) -> Result<HttpResponse, Error> {
    session::close(&app.db, learner.viewer.session, app.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}
