//! What everybody sees: courses, doors, points, the pages the law asks for.

use actix_web::web::ServiceConfig;

use super::{act, form, page, shared};
use crate::web::assets;
use crate::web::doors::{access, card, enter, password, whose};
use crate::web::learn::{catalogue as modules, help, home, practice, quiz, review, search, sheet};
use crate::web::network::reports as report;
use crate::web::own::{certificate, data as own, day as my_day, path as mine, style as own_style};
use crate::web::public::{about, developers, health, machines, offline, points, style};

pub(super) fn all(site: &mut ServiceConfig) {
    // Lessons are asked for most, and each address with a part in braces that stands before theirs is a
    // regular expression to try: only those which theirs would take.
    form(site, "/moduli/{module}/quiz", quiz::front, quiz::start);
    page(site, "/moduli/{module}/scheda", sheet::steps);
    page(site, "/moduli/{module}/stampa", sheet::whole);
    shared(site, "/moduli/{module}/{lesson}", modules::lesson);
    shared(site, "/", home::home);
    shared(site, "/percorsi/{path}", home::path);
    page(site, "/cerca", search::search);
    shared(site, "/moduli", modules::list);
    shared(site, "/moduli/{module}", modules::module);
    page(site, "/moduli/{module}/scheda/qr.svg", sheet::qr);
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
    page(
        site,
        "/moduli/{module}/quiz/{attempt}/ripasso",
        review::begin,
    );
    form(
        site,
        "/moduli/{module}/quiz/{attempt}/ripasso/{number}",
        review::question,
        review::answer,
    );
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
        password::new_password,
        password::set_password,
    );
    form(site, "/accedi/codice", enter::to_enter, enter::by_code);
    form(
        site,
        "/accedi/dimenticata",
        password::forgotten,
        password::ask,
    );
    page(site, "/accesso", access::access);
    page(site, "/accesso/oggi", my_day::today);
    form(
        site,
        "/accesso/conferma",
        access::confirm_form,
        access::confirmed,
    );
    form(
        site,
        "/accesso/password",
        access::change_form,
        access::change,
    );
    form(
        site,
        "/accesso/secondo-fattore",
        access::second_factor_form,
        access::second_factor_set,
    );
    act(site, "/accesso/codici", access::renew_codes);
    form(site, "/accesso/resta", access::about_staying, access::stay);
    act(site, "/accesso/sessioni/chiudi", access::close_others);
    act(
        site,
        "/accesso/sessioni/{session}/chiudi",
        access::close_one,
    );
    form(site, "/tessera", card::card, card::by_card);
    page(site, "/tessera/{code}", card::scanned);
    form(site, "/accedi/sei-tu", whose::ask, whose::answer);
    page(site, "/registrati", enter::register);
    act(site, "/esci", enter::leave);
    page(site, "/mio-percorso", mine::mine);
    own_data(site);
    form(
        site,
        "/mio-percorso/presi/{id}",
        whose::own,
        whose::own_back,
    );
    page(site, "/riprendi", mine::resume);
    form(site, "/aiuto", help::form, help::send);

    page(site, "/punti", points::list);
    page(site, "/punti/{code}", points::one);

    page(site, "/privacy", about::privacy);
    page(site, "/accessibilita", about::accessibility);
    form(site, "/accessibilita/segnala", report::form, report::send);
    page(site, "/cookie", about::cookies);
    // Its forms are examples: they lead back to it.
    form(site, "/stile", style::style, style::style);
    page(site, "/health/live", health::live);
    page(site, "/health/ready", health::ready);
    page(site, "/sviluppatori", developers::page);
    page(site, "/sviluppatori/{name}", developers::one);
    page(site, "/robots.txt", machines::robots);
    page(site, "/sitemap.xml", machines::sitemap);
    page(site, "/moduli.atom", machines::feed);
    page(site, "/.well-known/security.txt", machines::security);
    page(site, "/io.css", own_style::style);
    shared(site, "/favicon.ico", assets::favicon);
    page(site, "/offline", offline::page);
    page(site, "/manifest.webmanifest", offline::manifest);
    shared(site, "/sw.js", assets::worker);
    shared(site, "/assets/{path:.*}", assets::get);
}

/// What is kept of whoever asks.
fn own_data(site: &mut ServiceConfig) {
    page(site, "/mio-percorso/dati", own::data);
    page(site, "/mio-percorso/dati/scarica", own::download);
    act(site, "/mio-percorso/dati/contatti", own::contacts);
    act(site, "/mio-percorso/dati/consenso", own::consents);
    form(
        site,
        "/mio-percorso/dati/correzione",
        own::correction_form,
        own::ask_correction,
    );
    form(
        site,
        "/mio-percorso/dati/cancella",
        own::erase_form,
        own::erase_own,
    );
    page(site, "/dati-cancellati", own::erased);
    page(site, "/mio-percorso/attestati/{id}", certificate::own);
    page(site, "/verifica", certificate::ask);
    page(site, "/verifica/{serial}", certificate::verify);
}
