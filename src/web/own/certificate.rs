//! Certificates: one's own to print, and anybody's to check by its serial.

use actix_web::HttpResponse;
use actix_web::web::Path;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::domain::ids::CompletionId;
use crate::domain::locale::Lang;
use crate::learning::certificate::{Certificate, CheckedCertificate, check, of_learner};
use crate::web::error::Error;
use crate::web::extract::{Language, Learner};
use crate::web::learn::sheet::drawn;
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::parts::typed;
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::templates::{day_of, text};
use crate::web::throttle::{Address, ThrottledAct};

/// What somebody typed.
#[derive(Debug, Deserialize)]
pub struct SerialQuery {
    #[serde(default)]
    numero: String,
}

/// `GET /mio-percorso/attestati/{id}`: of a module that one has done.
pub async fn own(
    app: App,
    Language(lang): Language,
    learner: Learner,
    id: Path<CompletionId>,
) -> Result<HttpResponse, Error> {
    let citizen = learner.viewer.citizen.ok_or(Error::NotFound)?;
    let one = of_learner(&app.db, (learner.id, citizen), *id, app.now()).await?;
    let qr = app
        .address()
        .map(|site| drawn(&format!("{site}/verifica/{}", one.serial)))
        .transpose()?;
    let page = CertificatePage::new(&one, app.address(), qr.as_deref(), lang);
    show(&app, "certificate.html", lang, &page)
}

/// `GET /verifica?numero=`: asks for a serial, and leads to what it stands for.
pub async fn ask(
    app: App,
    Language(lang): Language,
    typed: Query<SerialQuery>,
) -> Result<HttpResponse, Error> {
    let mut serial = typed.numero.trim().replace(' ', "-");
    serial.retain(|c| c.is_ascii_alphanumeric() || c == '-');
    serial.truncate(40);
    match serial.is_empty() {
        true => show(&app, "check.html", lang, &CheckPage::ask(lang)),
        false => Ok(see_other(&format!("/verifica/{serial}"))),
    }
}

/// `GET /verifica/{serial}`: for anybody who holds the paper.
pub async fn verify(
    app: App,
    Language(lang): Language,
    at: Address,
    serial: Path<String>,
) -> Result<HttpResponse, Error> {
    app.throttle.spend(ThrottledAct::Check, at, app.now())?;
    let checked = check(&app.db, &serial).await?;
    let status = match checked {
        Some(_) => HttpResponse::Ok(),
        None => HttpResponse::NotFound(),
    };
    let page = CheckPage::of(&serial, checked, lang);
    show_as(status, &app, "check.html", lang, &page)
}

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
                SiteSection::Mine,
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
            chrome: Chrome::new(
                lang,
                text(lang, "check-title"),
                SiteSection::Other,
                "/verifica",
            ),
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
    pub fn of(serial: &str, checked: Option<CheckedCertificate>, lang: Lang) -> Self {
        let mut page = Self::ask(lang);
        serial.chars().take(40).for_each(|c| page.serial.push(c));
        match checked {
            None => page.state = "unknown",
            Some(CheckedCertificate::Withdrawn) => page.state = "withdrawn",
            Some(CheckedCertificate::Valid {
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
