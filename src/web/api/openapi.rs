//! The description of the interface, made from the handlers.
//!
//! An attribute says what is special about its operation; what all of them share is added by
//! [`common`]: the errors that follow from a body, a parameter or a lock, and the words that a
//! status needs.

mod common;

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::web::Bytes;
use serde_json::Value;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, openapi};

use crate::web::error::{FieldProblem, Problem};

use super::{
    assignments, attempts, citizens, facilita, groups, guests, me, modules, records, search,
    services, sessions, totals,
};

/// Online courses, and the ledger of a network of points that help people to use the web.
///
/// Times are RFC 3339 in UTC, days `YYYY-MM-DD` of Europe/Rome. Every write can be sent again: it
/// changes nothing the second time. Errors are `application/problem+json` (RFC 9457), in the
/// language that `Accept-Language` asks for, Italian or English. People in the examples are
/// invented.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Autonomia",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2"),
    ),
    servers((url = "/api/v1", description = "this installation")),
    modifiers(&Bearer),
    security(("token" = [])),
    tags(
        (name = "entering", description = "Signing in and out. A guest needs no name."),
        (name = "courses", description = "Modules, lessons and search: open to everybody."),
        (name = "learning", description = "Lessons read, quizzes and progress of whose token it is."),
        (name = "desk", description = "Citizens, groups and services of a facilitator's points."),
        (name = "network", description = "The figures of the network."),
        (name = "facilita", description = "Files for Facilita, and its reports: for coordinators."),
    ),
    components(schemas(Problem, FieldProblem)),
    paths(
        guests::open, sessions::open, sessions::close,
        modules::list, modules::show, modules::lesson, modules::practise, modules::read,
        search::search,
        attempts::start, attempts::answer, attempts::finish,
        me::me, me::progress, me::data,
        citizens::create, citizens::find, citizens::read, citizens::correct, citizens::card,
        records::find, records::merge, records::undo_merge,
        groups::create, groups::members, assignments::create, assignments::stuck,
        services::record, services::void,
        totals::totals,
        facilita::make, facilita::file, facilita::rejects, facilita::receive,
    ),
)]
struct Api;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, api: &mut openapi::OpenApi) {
        let token = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some(
                "The `token` that `POST /guests` or `POST /sessions` answers with. The names beside \
                 it are the roles it takes.",
            ))
            .build();
        let components = api.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(token));
    }
}

/// The document, as JSON.
pub fn value() -> &'static Value {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
        // A generic type is named after what it is filled with: each is filled with one thing here.
        let text = Api::openapi().to_json().unwrap_or_default();
        let mut document = serde_json::from_str(&text.replace("_Option", "")).unwrap_or_default();
        common::finish(&mut document);
        document
    });
    &DOCUMENT
}

/// `GET /api/v1/openapi.json`
pub async fn document() -> HttpResponse {
    static TEXT: LazyLock<Bytes> = LazyLock::new(|| Bytes::from(value().to_string()));
    HttpResponse::Ok()
        .content_type("application/json")
        .body(TEXT.clone())
}
