//! The coordinator's room, and the totals that are everybody's.

use actix_web::web::{self, ServiceConfig};

use super::{FACILITA_REPORT, LARGEST_LIST, act, form, packed, page, reads};
use crate::web::desk::{erasing, incomplete, services_list};
use crate::web::network::{
    evidence, facilita, point as network_points, points_list, programmes, reports as report,
};
use crate::web::public::totals;
use crate::web::read::Limit;

pub(super) fn all(site: &mut ServiceConfig) {
    page(site, "/rete", totals::network);
    page(site, "/rete/totali", totals::totals);
    page(site, "/rete/totali/punti", totals::points);
    page(site, "/rete/totali/dati.csv", totals::open_data);
    page(site, "/rete/totali/dati", totals::described);
    form(site, "/rete/facilita", facilita::overview, facilita::make);
    act(site, "/rete/facilita/tolti/{service}", facilita::taken_away);
    act(
        site,
        "/rete/facilita/cancellati/{service}/{citizen}",
        erasing::taken_out,
    );
    site.service(packed(
        web::resource("/rete/facilita/{batch}")
            .app_data(Limit(FACILITA_REPORT))
            .route(reads().to(facilita::file))
            .route(web::post().to(facilita::receive)),
    ));
    act(
        site,
        "/rete/facilita/{batch}/nessuna",
        facilita::none_refused,
    );
    act(site, "/rete/facilita/{batch}/richiama", facilita::call_back);
    act(site, "/rete/facilita/{batch}/{row}", facilita::decide);
    page(site, "/rete/schede", incomplete::points);
    page(site, "/rete/servizi", services_list::network);
    evidence_of(site);
    page(site, "/rete/punti", points_list::list);
    let table = Limit(2 * 1024 * 1024);
    site.service(packed(
        web::resource("/rete/punti/importa")
            .app_data(table)
            .route(reads().to(network_points::import_form))
            .route(web::post().to(network_points::import)),
    ));
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

/// What proves the services that count, and the look-up of an auditor's list.
fn evidence_of(site: &mut ServiceConfig) {
    page(site, "/rete/prove/servizi/{id}", evidence::of_service);
    page(site, "/rete/prove/cittadini/{id}", evidence::of_citizen);
    site.service(packed(
        web::resource("/rete/verifica")
            .app_data(Limit(LARGEST_LIST))
            .route(reads().to(evidence::form))
            .route(web::post().to(evidence::look_up)),
    ));
    page(site, "/rete/verifica/{id}", evidence::found);
    page(site, "/rete/verifica/{id}/tabella.csv", evidence::csv);
    page(site, "/rete/verifica/{id}/schede", evidence::sheets);
}
