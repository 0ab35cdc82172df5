//! The table of every address.

use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Responder, Route, guard};

use super::api::facilita as api_facilita;
use super::api::modules as api_modules;
use super::api::search as api_search;
use super::api::totals as api_totals;
use super::api::{
    assignments, attempts, citizens, groups as api_groups, guests, me, openapi, records, services,
    sessions,
};
use super::assets;
use super::error::Error;
use super::pages::services as services_pages;
use super::pages::{
    about, assign, card, citizen, desk_card, enter, facilita, groups, health, help, home, import,
    merge, mine, modules, network_points, offline, point, points, practice, programmes, quiz,
    record, report, search, sheet, stuck, style, totals,
};

/// The most bytes of a report of Facilita, which repeats the rows that it refuses.
const REPORT: usize = 16 * 1024 * 1024;

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
    form(site, "/tessera", card::card, card::by_card);
    page(site, "/tessera/{code}", card::scanned);
    page(site, "/registrati", enter::register);
    act(site, "/esci", enter::leave);
    page(site, "/mio-percorso", mine::mine);
    page(site, "/riprendi", mine::resume);
    form(site, "/aiuto", help::form, help::send);

    page(site, "/punti", points::list);
    page(site, "/punti/{code}", points::one);

    desk(site);
    network(site);

    page(site, "/privacy", about::privacy);
    page(site, "/accessibilita", about::accessibility);
    form(site, "/accessibilita/segnala", report::form, report::send);
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

/// What the desk gives people to learn, and who is stuck.
fn given(site: &mut ServiceConfig) {
    form(
        site,
        "/punto/cittadini/{id}/assegna",
        assign::to_citizen,
        assign::give_citizen,
    );
    act(
        site,
        "/punto/cittadini/{id}/assegna/ritira",
        assign::take_citizen,
    );
    act(
        site,
        "/punto/cittadini/{id}/completamenti",
        assign::complete,
    );
    form(site, "/punto/gruppi", groups::list, groups::create);
    form(site, "/punto/gruppi/{id}", groups::read, groups::rename);
    act(site, "/punto/gruppi/{id}/cerca", groups::search);
    act(site, "/punto/gruppi/{id}/persone", groups::people);
    act(site, "/punto/gruppi/{id}/chiudi", groups::close);
    page(site, "/punto/gruppi/{id}/progressi.csv", groups::csv);
    form(
        site,
        "/punto/gruppi/{id}/assegna",
        assign::to_group,
        assign::give_group,
    );
    act(
        site,
        "/punto/gruppi/{id}/assegna/ritira",
        assign::take_group,
    );
    page(site, "/punto/fermi", stuck::list);
    act(site, "/punto/fermi/{id}", stuck::answer);
}

/// The facilitator's room.
fn desk(site: &mut ServiceConfig) {
    page(site, "/punto", point::desk);
    act(site, "/punto/cerca", point::search);
    act(site, "/punto/cittadini", citizen::register);
    page(site, "/punto/cittadini/nuovo", citizen::new);
    act(site, "/punto/cittadini/porta", citizen::bring);
    form(site, "/punto/cittadini/importa", import::form, import::look);
    large(site, "/punto/cittadini/importa/conferma", import::confirm);
    page(site, "/punto/cittadini/{id}", citizen::citizen);
    form(
        site,
        "/punto/cittadini/{id}/dati",
        citizen::edit,
        citizen::correct,
    );
    act(site, "/punto/cittadini/{id}/consensi", citizen::consents);
    act(site, "/punto/cittadini/{id}/tessera", desk_card::issue);
    act(site, "/punto/cittadini/{id}/tessera/ferma", desk_card::stop);
    form(
        site,
        "/punto/cittadini/{id}/unisci",
        merge::other,
        merge::search,
    );
    form(
        site,
        "/punto/cittadini/{id}/unisci/{other}",
        merge::compare,
        merge::confirm,
    );
    act(
        site,
        "/punto/cittadini/{id}/unioni/{merge}/annulla",
        merge::undo,
    );
    page(site, "/punto/tessere/{id}", desk_card::print);

    page(site, "/punto/servizi", services_pages::desk);
    form(
        site,
        "/punto/servizi/nuovo",
        record::one,
        record::record_one,
    );
    form(
        site,
        "/punto/servizi/gruppo",
        record::group,
        record::record_group,
    );
    page(site, "/punto/servizi/{id}", services_pages::entry);
    act(site, "/punto/servizi/{id}/annulla", services_pages::void);
    given(site);
}

/// The coordinator's room, and the totals that are everybody's.
fn network(site: &mut ServiceConfig) {
    page(site, "/rete", totals::network);
    page(site, "/rete/totali", totals::totals);
    page(site, "/rete/totali/dati.csv", totals::open_data);
    form(site, "/rete/facilita", facilita::overview, facilita::make);
    act(site, "/rete/facilita/tolti/{service}", facilita::taken_away);
    site.service(
        web::resource("/rete/facilita/{batch}")
            // Every character of a form may take three.
            .app_data(web::FormConfig::default().limit(3 * REPORT))
            .route(reads().to(facilita::file))
            .route(web::post().to(facilita::receive)),
    );
    act(site, "/rete/facilita/{batch}/{row}", facilita::decide);
    page(site, "/rete/servizi", services_pages::network);
    page(site, "/rete/punti", network_points::list);
    let table = web::FormConfig::default().limit(2 * 1024 * 1024);
    site.service(
        web::resource("/rete/punti/importa")
            .app_data(table)
            .route(reads().to(network_points::import_form))
            .route(web::post().to(network_points::import)),
    );
    form(
        site,
        "/rete/punti/nuovo",
        network_points::new,
        network_points::add,
    );
    form(
        site,
        "/rete/punti/{code}",
        network_points::edit,
        network_points::change,
    );
    act(
        site,
        "/rete/punti/{code}/facilitatori/{account}",
        network_points::facilitator,
    );
    page(site, "/rete/programmi", programmes::list);
    form(
        site,
        "/rete/programmi/nuovo",
        programmes::new,
        programmes::add,
    );
    form(
        site,
        "/rete/programmi/{code}",
        programmes::edit,
        programmes::change,
    );
    page(site, "/rete/segnalazioni", report::waiting);
    act(site, "/rete/segnalazioni/{id}", report::answered);
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
        .route("/citizens/find", web::post().to(records::find))
        .route("/citizens/{id}", web::get().to(citizens::read))
        .route("/citizens/{id}", web::patch().to(citizens::correct))
        .route("/citizens/{id}/card", web::post().to(citizens::card))
        .route("/citizens/{id}/merge", web::post().to(records::merge))
        .route(
            "/citizens/{id}/merge/{merge}",
            web::delete().to(records::undo_merge),
        )
        .route("/groups", web::post().to(api_groups::create))
        .route("/groups/{id}/members", web::put().to(api_groups::members))
        .route("/assignments", web::post().to(assignments::create))
        .route("/points/{code}/stuck", web::get().to(assignments::stuck))
        .route("/services", web::post().to(services::record))
        .route("/services/{id}/void", web::post().to(services::void))
        .route(
            "/programmes/{code}/totals",
            web::get().to(api_totals::totals),
        )
        .route("/facilita/batches", web::post().to(api_facilita::make))
        .route(
            "/facilita/batches/{id}.csv",
            web::get().to(api_facilita::file),
        )
        .service(
            web::resource("/facilita/batches/{id}/rejects")
                .app_data(web::PayloadConfig::new(REPORT))
                .get(api_facilita::rejects)
                .post(api_facilita::receive),
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

/// [`act`] for a form that holds a file: what was 2 MB is up to three times as long in a form.
fn large<F, A>(site: &mut ServiceConfig, address: &str, send: F)
where
    F: Handler<A>,
    A: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let limit = web::FormConfig::default().limit(3 * crate::citizens::import::LARGEST);
    let resource = web::resource(address).app_data(limit);
    site.service(resource.route(web::post().to(send)));
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
