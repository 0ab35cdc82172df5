//! A certificate to print, and what anybody reads who checks one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::domain::locale::Lang;
use crate::learning::certificate::{Certificate, Checked};
use crate::web::templates::{day_of, text};

use super::chrome::{Chrome, Section};
use super::typed;

/// `certificate.html`
#[derive(Debug, Serialize)]
pub struct CertificatePage {
    chrome: Chrome,
    name: String,
    title: String,
    day: String,
    rev: i32,
    minutes: u16,
    score: Option<u8>,
    /// A facilitator saw it done.
    seen: bool,
    serial: String,
    /// Where it is checked, for those who type it; none where the site does not know its address.
    check: Option<String>,
    /// The same as a drawing.
    qr: Option<String>,
}

impl CertificatePage {
    /// The certificate; `site` is the site's address, `qr` the drawing of where it is checked.
    #[must_use]
    pub fn new(one: &Certificate, site: Option<&str>, qr: Option<&str>, lang: Lang) -> Self {
        Self {
            chrome: Chrome::new(
                lang,
                text(lang, "certificate-title"),
                Section::Mine,
                "/mio-percorso",
            )
            .under("/mio-percorso", text(lang, "mine-title"), lang),
            name: one.name.clone(),
            title: one.title.clone(),
            day: day_of(lang, one.completed_at),
            rev: one.rev,
            minutes: one.minutes,
            score: one.score.map(|score| score.value()),
            seen: one.seen,
            serial: one.serial.clone(),
            check: site.map(|site| format!("{}/verifica/{}", typed(site), one.serial)),
            qr: qr.map(|qr| format!("data:image/svg+xml;base64,{}", STANDARD.encode(qr))),
        }
    }
}

/// `check.html`
#[derive(Debug, Serialize)]
pub struct CheckPage {
    chrome: Chrome,
    /// `ask`, `valid`, `withdrawn` or `unknown`.
    state: &'static str,
    serial: String,
    title: String,
    day: String,
    rev: i32,
    initials: String,
}

impl CheckPage {
    /// The form to type a serial in.
    #[must_use]
    pub fn ask(lang: Lang) -> Self {
        Self {
            chrome: Chrome::new(lang, text(lang, "check-title"), Section::Other, "/verifica"),
            state: "ask",
            serial: String::new(),
            title: String::new(),
            day: String::new(),
            rev: 0,
            initials: String::new(),
        }
    }

    /// What a serial stands for.
    #[must_use]
    pub fn of(serial: &str, checked: Option<Checked>, lang: Lang) -> Self {
        let mut page = Self::ask(lang);
        serial.chars().take(40).for_each(|c| page.serial.push(c));
        match checked {
            None => page.state = "unknown",
            Some(Checked::Withdrawn) => page.state = "withdrawn",
            Some(Checked::Valid {
                title,
                rev,
                completed_at,
                initials,
            }) => {
                page.state = "valid";
                page.day = day_of(lang, completed_at);
                (page.title, page.rev, page.initials) = (title, rev, initials);
            }
        }
        page
    }
}
