//! What machines ask.

use actix_web::HttpResponse;
use actix_web::http::header;

use crate::db::Ailment;
use crate::web::state::{App, State};

/// `GET /health/live`: the process answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

/// `GET /health/ready`: the database answers, something can be written, a course is published. It
/// was tried just now; within a second there is an answer, which names every part that fails.
pub async fn ready(app: App) -> HttpResponse {
    let failing = failing(&app).await;
    let mut response = match failing.as_slice() {
        [] => HttpResponse::Ok(),
        _ => HttpResponse::ServiceUnavailable(),
    };
    response
        .content_type("text/plain")
        .insert_header((header::CACHE_CONTROL, "no-store"));
    if failing.is_empty() {
        return response.body("ok\n");
    }
    response.insert_header((header::RETRY_AFTER, "5"));
    response.body(failing.join("\n") + "\n")
}

/// What is said to a machine: which part, and no more than the person who is woken needs.
async fn failing(app: &State) -> Vec<&'static str> {
    let mut failing: Vec<_> = app.db.health().await.into_iter().map(said).collect();
    if app.catalogue().modules().is_empty() {
        failing.push("catalogue: no module is published");
    }
    if app.is_stopping() {
        failing.push("server: stopping");
    }
    failing
}

fn said(ailment: Ailment) -> &'static str {
    match ailment {
        Ailment::Silent => "database: does not answer",
        Ailment::Damaged => "database: damaged",
        Ailment::Unwritable => "writing: not possible",
        Ailment::Full => "writing: no room left",
        Ailment::Schema => "database: not of this program's schema",
    }
}
