//! The interface for programs. Anything else below its address is not there.

use actix_web::web::{self, ServiceConfig};

use super::FACILITA_REPORT;
use crate::web::api::{
    assignments, attempts, citizens, facilita, groups, guests, me, modules, openapi, records,
    search, services, sessions, totals,
};
use crate::web::error::Error;
use crate::web::read::Limit;

/// A body that names many people.
const MANY: Limit = Limit(256 * 1024);

pub(super) fn all(site: &mut ServiceConfig) {
    let scope = web::scope("/api/v1")
        .route("/openapi.json", web::get().to(openapi::document))
        .route("/guests", web::post().to(guests::open))
        .route("/sessions", web::post().to(sessions::open))
        .route("/sessions/current", web::delete().to(sessions::close))
        .route("/modules", web::get().to(modules::list))
        .route("/modules/{module}", web::get().to(modules::show))
        .route(
            "/modules/{module}/lessons/{lesson}",
            web::get().to(modules::lesson),
        )
        .route(
            "/modules/{module}/lessons/{lesson}/answers",
            web::post().to(modules::practise),
        )
        .route(
            "/modules/{module}/lessons/{lesson}/read",
            web::post().to(modules::read),
        )
        .route(
            "/modules/{module}/attempts",
            web::post().to(attempts::start),
        )
        .route(
            "/attempts/{attempt}/answers",
            web::post().to(attempts::answer),
        )
        .route(
            "/attempts/{attempt}/finish",
            web::post().to(attempts::finish),
        )
        .route("/search", web::get().to(search::search))
        .route("/me", web::get().to(me::me))
        .route("/me/progress", web::get().to(me::progress))
        .route("/citizens", web::post().to(citizens::create))
        .route("/citizens", web::get().to(citizens::find))
        .route("/citizens/find", web::post().to(records::find))
        .route("/citizens/{id}", web::get().to(citizens::read))
        .route("/citizens/{id}", web::patch().to(citizens::correct))
        .route("/citizens/{id}/card", web::post().to(citizens::card))
        .route("/citizens/{id}/merge", web::post().to(records::merge))
        .route(
            "/citizens/{id}/merge/{merge}",
            web::delete().to(records::undo_merge),
        )
        .route("/groups", web::post().to(groups::create))
        .service(
            web::resource("/groups/{id}/members")
                .app_data(MANY)
                .put(groups::members),
        )
        .service(
            web::resource("/assignments")
                .app_data(MANY)
                .post(assignments::create),
        )
        .route("/points/{code}/stuck", web::get().to(assignments::stuck))
        .service(
            web::resource("/services")
                .app_data(MANY)
                .post(services::record),
        )
        .route("/services/{id}/void", web::post().to(services::void))
        .route("/programmes/{code}/totals", web::get().to(totals::totals))
        .route("/facilita/batches", web::post().to(facilita::make))
        .route("/facilita/batches/{id}.csv", web::get().to(facilita::file))
        .service(
            web::resource("/facilita/batches/{id}/rejects")
                .app_data(web::PayloadConfig::new(FACILITA_REPORT))
                .get(facilita::rejects)
                .post(facilita::receive),
        )
        .default_service(web::to(async || Err::<String, _>(Error::NotFound)));
    site.service(scope);
}
