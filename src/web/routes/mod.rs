//! The table of every address: a file for each room.

mod public;
mod desk;
mod network;
mod administration;
mod api;

use actix_web::dev::HttpServiceFactory;
use actix_web::middleware::Compress;
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Resource, Responder, Route, guard};

use super::answers::OnlySent;
use super::error::Error;

/// The most bytes of a report of Facilita, which repeats the rows that it refuses.
const FACILITA_REPORT: usize = 16 * 1024 * 1024;

/// The most bytes of an auditor's list: 200,000 lines, with a column or two beside the hash.
const LARGEST_LIST: usize = 24 * 1024 * 1024;

/// Every address of the site. A longer address stands before the one it could be taken for.
pub fn all(site: &mut ServiceConfig) {
    let no_such_address = |_, _: &_| actix_web::Error::from(Error::NotFound);
    site.app_data(web::PathConfig::default().error_handler(no_such_address));

    public::all(site);
    desk::all(site);
    network::all(site);
    administration::all(site);
    api::all(site);

    site.default_service(web::to(async || Err::<String, _>(Error::NotFound)));
}

/// An address that is only read, and shows what is the same for everybody: kept compressed, so that
/// nothing is left to do to it.
fn shared<F, A>(site: &mut ServiceConfig, address: &str, read: F)
where
    F: Handler<A>,
    A: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    site.service(web::resource(address).route(reads().to(read)));
}

/// What an address answers, compressed for whoever takes it so.
fn packed(resource: Resource) -> impl HttpServiceFactory + 'static {
    resource.wrap(Compress::default())
}

/// An address that is only read.
fn page<F, A>(site: &mut ServiceConfig, address: &str, read: F)
where
    F: Handler<A>,
    A: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    site.service(packed(web::resource(address).route(reads().to(read))));
}

/// A form: read, and sent to its own address.
fn form<F, A, G, B>(site: &mut ServiceConfig, address: &str, read: F, send: G)
where
    F: Handler<A>,
    A: FromRequest + 'static,
    F::Output: Responder + 'static,
    G: Handler<B>,
    B: FromRequest + 'static,
    G::Output: Responder + 'static,
{
    let resource = web::resource(address).route(reads().to(read));
    site.service(packed(resource.route(web::post().to(send))));
}

/// An address that forms are sent to, and that shows nothing by itself.
fn act<F, A>(site: &mut ServiceConfig, address: &str, send: F)
where
    F: Handler<A>,
    A: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let resource = web::resource(address).app_data(OnlySent);
    site.service(packed(resource.route(web::post().to(send))));
}

fn reads() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}
