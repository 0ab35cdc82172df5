//! A citizen's card on paper: to cut out, with what to do at home.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::accounts::instead::Why;
use crate::citizens::Citizen;
use crate::citizens::lacking::Written;
use crate::content::Catalogue;
use crate::domain::ids::{CardId, CitizenId, ServiceId};
use crate::domain::locale::Lang;
use crate::learning::assignment::Assigned;
use crate::web::templates::{day, text};

use super::chrome::Chrome;
use super::desk::chrome;
use super::incomplete::lacking;
use super::typed;

/// Courses that fit the sheet beside the card.
const LINES: usize = 4;

/// `issued_card.html`: a card to print; the PIN only the once that it is made.
#[derive(Debug, Serialize)]
pub struct CardPage {
    chrome: Chrome,
    name: String,
    id: CitizenId,
    back: String,
    code: String,
    pin: Option<String>,
    /// Without the scheme, for those who type it; `None` where the site does not know its own.
    site: Option<String>,
    /// The QR that leads to the card's own address.
    qr: Option<String>,
    /// What they were given to learn at home.
    learn: Vec<ToLearn>,
    /// They are new: everything is done, and this is the service that they were given.
    arrived: bool,
    service: Option<String>,
    /// What the record lacks, for which the service stands still.
    lacking: Vec<String>,
}

/// A course on the sheet.
#[derive(Debug, Serialize)]
struct ToLearn {
    title: String,
    lang: Lang,
    summary: String,
    minutes: u16,
    due: Option<String>,
    note: String,
}

impl CardPage {
    /// The page of a card. `site` is the address people reach this site at, `qr` a drawing.
    #[must_use]
    pub fn new(
        citizen: &Citizen,
        code: &str,
        pin: Option<&str>,
        site: Option<&str>,
        qr: Option<&str>,
        lang: Lang,
    ) -> Self {
        let back = format!("/punto/cittadini/{}", citizen.id);
        Self {
            chrome: chrome(text(lang, "citizen-card"), &back, lang),
            name: format!("{} {}", citizen.first_name, citizen.last_name),
            id: citizen.id,
            back,
            code: code.to_owned(),
            pin: pin.map(str::to_owned),
            site: site.map(typed),
            qr: qr.map(|qr| format!("data:image/svg+xml;base64,{}", STANDARD.encode(qr))),
            learn: Vec::new(),
            arrived: false,
            service: None,
            lacking: Vec::new(),
        }
    }

    /// With what they were given to learn and have not done.
    #[must_use]
    pub fn learning(mut self, catalogue: &Catalogue, given: &[Assigned], lang: Lang) -> Self {
        let line = |one: &Assigned| {
            let module = catalogue.module(&one.module)?;
            let edition = module.edition(lang);
            Some(ToLearn {
                title: edition.title.clone(),
                lang: edition.lang,
                summary: edition.summary.clone(),
                minutes: module.minutes,
                due: one.due_on.map(|due| day(lang, due)),
                note: one.note.clone(),
            })
        };
        self.learn = given.iter().filter_map(line).take(LINES).collect();
        self
    }

    /// With what was done in the same act.
    #[must_use]
    pub fn after(mut self, service: Option<ServiceId>, citizen: &Citizen, lang: Lang) -> Self {
        self.arrived = true;
        if service.is_some() {
            self.lacking = lacking(&Written::from(citizen).lacking(), lang);
        }
        self.service = service.map(|id| format!("/punto/servizi/{id}"));
        self
    }
}

/// `card_replace.html`: asks before a card that works is stopped.
#[derive(Debug, Serialize)]
pub struct ReplacePage {
    chrome: Chrome,
    name: String,
    back: String,
    card: CardId,
    reasons: Vec<(&'static str, String)>,
    /// Nobody said why.
    wrong: bool,
}

impl ReplacePage {
    /// Of a person and the card that works.
    #[must_use]
    pub fn new(citizen: &Citizen, card: CardId, wrong: bool, lang: Lang) -> Self {
        let back = format!("/punto/cittadini/{}", citizen.id);
        let reason = |why: Why| (why.name(), text(lang, &format!("card-why-{}", why.name())));
        Self {
            chrome: chrome(text(lang, "card-replace"), &back, lang),
            name: format!("{} {}", citizen.first_name, citizen.last_name),
            back,
            card,
            reasons: Why::ALL.map(reason).into(),
            wrong,
        }
    }
}
