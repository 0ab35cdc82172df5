//! The interface for programs. Anything else below its address is not there.
//!
//! Each address is one resource with all its methods, so that the framework can answer any other
//! method with 405 and those that there are; as routes of their own they would be 404.

use actix_web::middleware::Compress;
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
    let at = web::resource::<&str>;
    let scope = web::scope("/api/v1")
        .service(at("/openapi.json").get(openapi::document))
        .service(at("/guests").post(guests::open))
        .service(at("/sessions").post(sessions::open))
        .service(at("/sessions/current").delete(sessions::close))
        .service(at("/modules").get(modules::list))
        .service(at("/modules/{module}").get(modules::show))
        .service(at("/modules/{module}/lessons/{lesson}").get(modules::lesson))
        .service(at("/modules/{module}/lessons/{lesson}/answers").post(modules::practise))
        .service(at("/modules/{module}/lessons/{lesson}/read").post(modules::read))
        .service(at("/modules/{module}/attempts").post(attempts::start))
        .service(at("/attempts/{attempt}/answers").post(attempts::answer))
        .service(at("/attempts/{attempt}/finish").post(attempts::finish))
        .service(at("/search").get(search::search))
        .service(at("/me").get(me::me))
        .service(at("/me/progress").get(me::progress))
        .service(at("/me/data").get(me::data))
        .service(at("/citizens").post(citizens::create).get(citizens::find))
        .service(at("/citizens/find").post(records::find))
        .service(
            at("/citizens/{id}")
                .get(citizens::read)
                .patch(citizens::correct),
        )
        .service(at("/citizens/{id}/card").post(citizens::card))
        .service(at("/citizens/{id}/merge").post(records::merge))
        .service(at("/citizens/{id}/merge/{merge}").delete(records::undo_merge))
        .service(at("/groups").post(groups::create))
        .service(
            at("/groups/{id}/members")
                .app_data(MANY)
                .put(groups::members),
        )
        .service(at("/assignments").app_data(MANY).post(assignments::create))
        .service(at("/points/{code}/stuck").get(assignments::stuck))
        .service(at("/services").app_data(MANY).post(services::record))
        .service(at("/services/{id}/void").post(services::void))
        .service(at("/programmes/{code}/totals").get(totals::totals))
        .service(at("/facilita/batches").post(facilita::make))
        .service(at("/facilita/batches/{id}.csv").get(facilita::file))
        .service(
            at("/facilita/batches/{id}/rejects")
                .app_data(Limit(FACILITA_REPORT))
                .get(facilita::rejects)
                .post(facilita::receive),
        )
        .default_service(web::to(async || Err::<String, _>(Error::NotFound)));
    site.service(scope.wrap(Compress::default()));
}
