//! Learners without a name.

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::accounts::session;
use crate::web::error::Error;
use crate::web::state::App;
use crate::web::throttle::{Act, Address};

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
/// What a guest learns moves along when they sign in with the guest's token.
#[utoipa::path(post, path = "/guests", tag = "entering", operation_id = "open_guest", security(()),
    responses((status = 201, body = GuestView), (status = 429)))]
pub async fn open(app: App, address: Address) -> Result<HttpResponse, Error> {
    app.throttle.spend(Act::Guest, address, app.now())?;
    let opened = session::open_guest(&app.db, &app.signing_key, app.now()).await?;
    Ok(HttpResponse::Created().json(GuestView {
        token: opened.token,
        learner: opened.viewer.learner.0,
    }))
}
