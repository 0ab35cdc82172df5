//! The table of every address.

use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Responder, Route, guard};

use super::api::modules as api_modules;
use super::api::search as api_search;
use super::api::totals as api_totals;
use super::api::{attempts, citizens, guests, me, openapi, services, sessions};
use super::assets;
use super::error::Error;
use super::pages::{
    about, enter, health, home, mine, modules, offline, point, practice, quiz, report, search,
    sheet, style, totals,
};

/// Every address of the site. A longer address stands before the one it could be taken for.
pub fn all(site: &mut ServiceConfig) {
    site.app_data(web::FormConfig::default().limit(64 * 1024))
        .app_data(
            web::JsonConfig::default()
                .limit(256 * 1024)
                .error_handler(|error, _| unreadable(error)),
        )
        .app_data(web::QueryConfig::default().error_handler(|error, _| unreadable(error)))
        .app_data(web::PayloadConfig::new(256 * 1024));

    page(site, "/", home::home);
    page(site, "/percorsi/{path}", home::path);
    page(site, "/cerca", search::search);
    page(site, "/moduli", modules::list);
    page(site, "/moduli/{module}", modules::module);
    form(site, "/moduli/{module}/quiz", quiz::front, quiz::start);
    page(site, "/moduli/{module}/scheda", sheet::steps);
    page(site, "/moduli/{module}/scheda/qr.svg", sheet::qr);
    page(site, "/moduli/{module}/stampa", sheet::whole);
    page(site, "/moduli/{module}/{lesson}", modules::lesson);
    page(site, "/moduli/{module}/immagini/{file}", modules::image);
    form(
        site,
        "/moduli/{module}/{lesson}/risposte",
        practice::back_to_lesson,
        practice::answer,
    );
    act(site, "/moduli/{module}/{lesson}/letta", practice::read);
    page(site, "/moduli/{module}/quiz/{attempt}", quiz::resume);
    form(
        site,
        "/moduli/{module}/quiz/{attempt}/fine",
        quiz::end,
        quiz::finish,
    );
    page(site, "/moduli/{module}/quiz/{attempt}/esito", quiz::result);
    form(
        site,
        "/moduli/{module}/quiz/{attempt}/{number}",
        quiz::question,
        quiz::answer,
    );

    form(site, "/accedi", enter::enter, enter::by_password);
    form(
        site,
        "/accedi/password",
        enter::new_password,
        enter::set_password,
    );
    form(site, "/tessera", enter::card, enter::by_card);
    page(site, "/registrati", enter::register);
    act(site, "/esci", enter::leave);
    page(site, "/mio-percorso", mine::mine);

    page(site, "/punto", point::desk);
    act(site, "/punto/cerca", point::search);
    act(site, "/punto/cittadini", point::register);
    page(site, "/punto/cittadini/nuovo", point::new_citizen);
    page(site, "/punto/cittadini/{id}", point::citizen);
    form(
        site,
        "/punto/cittadini/{id}/dati",
        point::edit,
        point::correct,
    );
    act(site, "/punto/cittadini/{id}/tessera", point::card);
    page(site, "/punto/tessere/{id}", point::sheet);

    page(site, "/rete", totals::network);
    page(site, "/rete/totali", totals::totals);
    page(site, "/rete/totali/dati.csv", totals::open_data);

    page(site, "/privacy", about::privacy);
    page(site, "/accessibilita", about::accessibility);
    form(site, "/accessibilita/segnala", report::form, report::send);
    page(site, "/rete/segnalazioni", report::waiting);
    act(site, "/rete/segnalazioni/{id}", report::answered);
    page(site, "/cookie", about::cookies);
    // Its forms are examples: they lead back to it.
    form(site, "/stile", style::style, style::style);
    page(site, "/health/live", health::live);
    page(site, "/health/ready", health::ready);
    page(site, "/metrics", health::show_metrics);
    page(site, "/robots.txt", about::robots);
    page(site, "/favicon.ico", assets::favicon);
    page(site, "/offline", offline::page);
    page(site, "/manifest.webmanifest", offline::manifest);
    page(site, "/sw.js", assets::worker);
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
        .route("/search", web::get().to(api_search::search))
        .route("/me", web::get().to(me::me))
        .route("/me/progress", web::get().to(me::progress))
        .route("/citizens", web::post().to(citizens::create))
        .route("/citizens", web::get().to(citizens::find))
        .route("/citizens/{id}", web::get().to(citizens::read))
        .route("/citizens/{id}", web::patch().to(citizens::correct))
        .route("/citizens/{id}/card", web::post().to(citizens::card))
        .route("/services", web::post().to(services::record))
        .route("/services/{id}/void", web::post().to(services::void))
        .route(
            "/programmes/{code}/totals",
            web::get().to(api_totals::totals),
        )
        .default_service(web::to(async || Err::<String, _>(Error::NotFound)));
    site.service(scope);
}

/// An address that is only read.
fn page<F, A>(site: &mut ServiceConfig, address: &str, read: F)
where
    F: Handler<A>,
    A: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    site.service(web::resource(address).route(reads().to(read)));
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
    site.service(resource.route(web::post().to(send)));
}

/// An address that forms are sent to, and that shows nothing by itself.
fn act<F, A>(site: &mut ServiceConfig, address: &str, send: F)
where
    F: Handler<A>,
    A: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    site.service(web::resource(address).route(web::post().to(send)));
}

fn reads() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

/// A body or a query that cannot be read, in the words of the reader: they name the field, or the
/// line and the column.
fn unreadable(error: impl actix_web::ResponseError) -> actix_web::Error {
    match error.status_code() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
        _ => Error::bad_request(error.to_string()),
    }
    .into()
}
