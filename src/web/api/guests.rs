//! Learners without a name.

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::accounts::{Screen, session};
use crate::web::error::Error;
use crate::web::state::App;
use crate::web::throttle::{Address, ThrottledAct};

/// A guest just made.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuestView {
    /// The bearer token; whoever has it is the guest.
    #[schema(example = "eyJhbGciOiJIUzI1NiJ9.…")]
    token: String,
    /// Under whom what they learn is kept.
    learner: Uuid,
}

/// `POST /api/v1/guests`: opens a session for somebody without a name.
///
/// What a guest learns moves along when they sign in with the guest's token in the header: whoever
/// sends it says that it is theirs. It is not asked for as pages ask, so send it only for the same
/// person.
#[utoipa::path(post, path = "/guests", tag = "entering", operation_id = "open_guest", security(()),
    responses((status = 201, body = GuestView), (status = 429)))]
pub async fn open(app: App, address: Address) -> Result<HttpResponse, Error> {
    app.throttle
        .spend(ThrottledAct::Guest, address, app.now())?;
    let (db, key) = (&app.db, &app.signing_key);
    let opened = session::open_guest(db, key, Screen::Program, app.now()).await?;
    Ok(HttpResponse::Created().json(GuestView {
        token: opened.token,
        learner: opened.viewer.learner.0,
    }))
}
