//! The description of the interface, made from the handlers.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::web::Bytes;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, openapi};

use super::{
    assignments, attempts, citizens, facilita, groups, guests, me, modules, records, search,
    services, sessions, totals,
};

/// The interface for programs of Autonomia, `/api/v1`.
///
/// Errors are `application/problem+json` (RFC 9457). Times are RFC 3339 in UTC, days `YYYY-MM-DD`.
#[derive(OpenApi)]
#[openapi(
    servers((url = "/api/v1")),
    modifiers(&Bearer),
    security(("token" = [])),
    paths(
        guests::open, sessions::open, sessions::close,
        modules::list, modules::show, modules::lesson, modules::practise, modules::read,
        search::search,
        attempts::start, attempts::answer, attempts::finish,
        me::me, me::progress,
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
            .build();
        let components = api.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(token));
    }
}

/// `GET /api/v1/openapi.json`
pub async fn document() -> HttpResponse {
    static DOCUMENT: LazyLock<Bytes> =
        LazyLock::new(|| Bytes::from(Api::openapi().to_json().unwrap_or_default()));
    HttpResponse::Ok()
        .content_type("application/json")
        .body(DOCUMENT.clone())
}
