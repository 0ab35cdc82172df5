//! The table of every address.

use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Responder, guard};

use super::api::modules as api_modules;
use super::api::{attempts, citizens, guests, me, openapi, search, services, sessions, totals};
use super::assets;
use super::error::Error;
use super::pages::{about, home, modules};

/// Every address of the site. A longer address stands before the one it could be taken for.
pub fn all(site: &mut ServiceConfig) {
    site.app_data(web::FormConfig::default().limit(64 * 1024))
        .app_data(web::JsonConfig::default().limit(256 * 1024))
        .app_data(web::PayloadConfig::new(256 * 1024));

    page(site, "/moduli/{module}/{lesson}", modules::lesson);
    page(site, "/moduli/{module}/immagini/{file}", modules::image);
    page(site, "/moduli/{module}", modules::module);
    page(site, "/moduli", modules::list);
    page(site, "/", home::home);
    page(site, "/percorsi/{path}", home::path);

    page(site, "/privacy", about::privacy);
    page(site, "/accessibilita", about::accessibility);
    page(site, "/cookie", about::cookies);
    page(site, "/robots.txt", about::robots);
    page(site, "/favicon.ico", assets::favicon);
    page(site, "/assets/{path:.*}", assets::get);

    api(site);

    site.default_service(web::to(async || Err::<String, _>(Error::NotFound)));
}

/// The interface for programs. Anything else below its address is not there.
fn api(site: &mut ServiceConfig) {
    let scope = web::scope("/api/v1")
        .route("/openapi.json", web::get().to(openapi::document))
        .route("/guests", web::post().to(guests::open))
        .route("/sessions", web::post().to(sessions::open))
        .route("/sessions/current", web::delete().to(sessions::close))
        .route("/modules", web::get().to(api_modules::list))
        .route("/modules/{module}", web::get().to(api_modules::show))
        .route(
            "/modules/{module}/lessons/{lesson}",
            web::get().to(api_modules::lesson),
        )
        .route(
            "/modules/{module}/lessons/{lesson}/answers",
            web::post().to(api_modules::practise),
        )
        .route(
            "/modules/{module}/lessons/{lesson}/read",
            web::post().to(api_modules::read),
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
        .route("/citizens/{id}", web::get().to(citizens::read))
        .route("/citizens/{id}", web::patch().to(citizens::correct))
        .route("/citizens/{id}/card", web::post().to(citizens::card))
        .route("/services", web::post().to(services::record))
        .route("/services/{id}/void", web::post().to(services::void))
        .route("/programmes/{code}/totals", web::get().to(totals::totals))
        .default_service(web::to(async || Err::<String, _>(Error::NotFound)));
    site.service(scope);
}

/// An address that is only read.
fn page<F, Args>(site: &mut ServiceConfig, address: &str, handler: F)
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let reads = guard::Any(guard::Get()).or(guard::Head());
    site.service(web::resource(address).route(web::route().guard(reads).to(handler)));
}
