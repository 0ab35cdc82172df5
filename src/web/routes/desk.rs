//! The facilitator's room.

use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Responder};

use super::{act, form, packed, page};
use crate::citizens::import::LARGEST;
use crate::web::answers::OnlySent;
use crate::web::desk::services as services_pages;
use crate::web::desk::{
    arrival, assign, brought, card as desk_card, citizen, correct, corrections, erasing, groups,
    import, incomplete, merge, point, record, services_list, stuck,
};
use crate::web::doors::{devices, whose};
use crate::web::read::Limit;

pub(super) fn all(site: &mut ServiceConfig) {
    page(site, "/punto", point::desk);
    page(site, "/punto/schede", incomplete::people);
    page(site, "/punto/persone", point::everybody);
    act(site, "/punto/cerca", point::search);
    act(site, "/punto/cittadini", arrival::register);
    page(site, "/punto/cittadini/nuovo", arrival::new);
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
    act(site, "/punto/cittadini/{id}/apri", brought::open);
    act(site, "/punto/cittadini/{id}/documento", brought::document);
    act(site, "/punto/cittadini/{id}/punti", brought::answer);
    act(site, "/punto/cittadini/{id}/tessera", desk_card::issue);
    act(site, "/punto/cittadini/{id}/tessera/ferma", desk_card::stop);
    act(
        site,
        "/punto/cittadini/{id}/tessera/riapri",
        desk_card::reopen,
    );
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
    form(
        site,
        "/punto/cittadini/{id}/cancella",
        erasing::form,
        erasing::erase_one,
    );
    page(site, "/punto/correzioni", corrections::list);
    act(site, "/punto/correzioni/{id}", corrections::answer);
    page(site, "/punto/tessere/{id}", desk_card::print);
    form(
        site,
        "/punto/cittadini/{id}/presi/{takeover}",
        whose::at_desk,
        whose::at_desk_back,
    );
    form(site, "/punto/dispositivo", devices::list, devices::mark);
    act(site, "/punto/dispositivo/togli", devices::free);

    page(site, "/punto/servizi", services_list::desk);
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
    form(
        site,
        "/punto/servizi/{id}/correggi",
        correct::form,
        correct::correct,
    );
    given(site);
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

/// [`act`] for a form that holds a file: what was 2 MB is up to three times as long in a form.
fn large<F, A>(site: &mut ServiceConfig, address: &str, send: F)
where
    F: Handler<A>,
    A: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let limit = Limit(3 * LARGEST);
    let resource = web::resource(address).app_data(limit).app_data(OnlySent);
    site.service(packed(resource.route(web::post().to(send))));
}
