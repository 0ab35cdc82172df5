//! What the pages of the desk, and those of the coordinator's room, have in common.

use crate::domain::locale::Lang;
use crate::web::parts::chrome::{Chrome, Room, SiteSection};
use crate::web::templates::text;

/// The surroundings of a page of the desk: its part is the longest address it begins with.
#[must_use]
pub fn chrome(title: String, address: &str, lang: Lang) -> Chrome {
    let part = ["/punto/gruppi", "/punto/servizi", "/punto/fermi"]
        .into_iter()
        .find(|part| address.starts_with(part))
        .unwrap_or("/punto");
    let chrome = Chrome::new(lang, title, SiteSection::Point, address).room(Room::Desk, part, lang);
    if address == "/punto" {
        chrome
    } else {
        chrome.under("/punto", text(lang, "point-title"), lang)
    }
}

/// The surroundings of a page of the coordinator's room.
#[must_use]
pub fn network_chrome(title: String, address: &str, lang: Lang) -> Chrome {
    let part = [
        "/rete/programmi",
        "/rete/punti",
        "/rete/servizi",
        "/rete/facilita",
        "/rete/segnalazioni",
    ]
    .into_iter()
    .find(|part| address.starts_with(part))
    .unwrap_or("/rete");
    let chrome =
        Chrome::new(lang, title, SiteSection::Network, address).room(Room::Network, part, lang);
    if address == "/rete" {
        chrome
    } else {
        chrome.under("/rete", text(lang, "room-network"), lang)
    }
}
