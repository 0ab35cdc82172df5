//! What a request leaves in the audit besides its acts: the personal data that its answer shows, and
//! that somebody who is known was refused.
//!
//! What was read is written down before the answer leaves. Where the database cannot write, the
//! answer is that instead: nobody reads without a trace.

use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, web};
use uuid::Uuid;

use crate::db::audit::{self, AccessRefused, Context, Through};

use super::answers::{self, ShownAgain};
use super::error::Error;
use super::once::Wrote;
use super::state::State;

/// The kind of record that the first id of an address is of, by the part before it.
const SUBJECTS: [(&str, &str); 13] = [
    ("cittadini", "citizen"),
    ("citizens", "citizen"),
    ("gruppi", "group"),
    ("groups", "group"),
    ("servizi", "service"),
    ("services", "service"),
    ("tolti", "service"),
    ("cancellati", "service"),
    ("correzioni", "correction"),
    ("tessere", "card"),
    ("facilita", "facilita_batch"),
    ("batches", "facilita_batch"),
    ("fermi", "help_request"),
];

/// Answers a request, and leaves its trail.
pub(super) async fn followed<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let context = Context::new(match request.path().starts_with("/api/") {
        true => Through::Interface,
        false => Through::Page,
    });
    let answer = audit::within(Arc::clone(&context), answers::again(request, next));
    let response = answer.await?;
    if leaves_nothing(&response, &context) {
        return Ok(response);
    }
    Ok(audit::within(Arc::clone(&context), leave(response, &context)).await)
}

/// Whether an answer is one of the many that are about nobody: what would write rows is a large value,
/// which is not even made for them.
fn leaves_nothing(response: &ServiceResponse, context: &Context) -> bool {
    let may_refuse = matches!(
        response.status(),
        StatusCode::FORBIDDEN | StatusCode::NOT_FOUND
    );
    *response.request().method() != Method::POST && !may_refuse && !context.has_seen()
}

async fn leave(response: ServiceResponse, context: &Context) -> ServiceResponse {
    let request = response.request();
    let Some(state) = request.app_data::<web::Data<State>>().cloned() else {
        return response;
    };
    if *request.method() == Method::POST {
        let mut about = request.extensions_mut();
        about.insert(context.shown());
        if context.has_written() {
            about.insert(Wrote);
        }
    }
    let status = response.status();
    let again = request.extensions().contains::<ShownAgain>();
    if !again && matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND) {
        context.forget();
        if let Some(refused) = refusal(&response)
            && let Some(act) = context.refused(&refused)
            && let Err(error) = audit::trace(&state.db, act, state.now()).await
        {
            // Nothing was shown.
            tracing::warn!(%error, "a refusal was not written down");
        }
        return response;
    }
    let shows = again
        || status.is_success()
        || matches!(
            status,
            StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY
        );
    if !shows {
        context.forget();
        return response;
    }
    match audit::settle(&state.db, context, state.now()).await {
        Ok(()) => response,
        Err(error) => {
            let (request, _) = response.into_parts();
            ServiceResponse::from_err(Error::from(error), request)
        }
    }
}

/// What was refused: any address that one has no right to, and a record that is not one's own, or is
/// not there, by its id.
fn refusal(response: &ServiceResponse) -> Option<AccessRefused> {
    let request = response.request();
    let pattern = request.match_pattern()?;
    let mut parts = pattern.split('/');
    let before = parts
        .by_ref()
        .take_while(|part| !part.starts_with('{'))
        .last();
    let found = SUBJECTS.iter().find(|(part, _)| Some(*part) == before);
    let id = request.match_info().iter().next();
    let id = id.and_then(|(_, text)| text.parse().ok());
    let (subject, id) = match (found, id) {
        (Some((_, subject)), Some(id)) => (*subject, id),
        _ if response.status() == StatusCode::FORBIDDEN => ("page", Uuid::nil()),
        _ => return None,
    };
    let status = response.status().as_u16();
    let detail = format!("{status} {} {pattern}", request.method());
    Some(AccessRefused {
        subject,
        id,
        detail,
    })
}
