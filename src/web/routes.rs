//! The table of every address.

use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Responder, guard};

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

    site.default_service(web::to(async || Err::<String, _>(Error::NotFound)));
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
