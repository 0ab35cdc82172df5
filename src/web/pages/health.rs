//! What machines ask.

use actix_web::HttpResponse;

use crate::web::error::Error;
use crate::web::metrics;
use crate::web::state::App;

/// `GET /health/live`: the process answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

/// `GET /health/ready`: so does the database.
pub async fn ready(app: App) -> Result<HttpResponse, Error> {
    match app.db.read().ping().await {
        Ok(()) => Ok(HttpResponse::Ok().content_type("text/plain").body("ok\n")),
        Err(error) => {
            tracing::error!("the database does not answer: {error}");
            Err(Error::Unavailable)
        }
    }
}

/// `GET /metrics`: counts and times, nothing of a single person.
pub async fn show_metrics() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(metrics::render())
}
