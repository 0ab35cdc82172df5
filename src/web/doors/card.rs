//! Entering with a card: its code typed, or read from its QR.

use actix_web::HttpResponse;
use actix_web::web::Path;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::accounts::instead::ReplacementReason;
use crate::accounts::{Screen, card as cards};
use crate::citizens::Citizen;
use crate::citizens::lacking::WrittenFields;
use crate::content::Catalogue;
use crate::domain::ids::{CardId, CitizenId, ServiceId};
use crate::domain::locale::Lang;
use crate::learning::assignment::Assigned;
use crate::web::desk::frame::chrome;
use crate::web::desk::incomplete::lacking;
use crate::web::doors::enter::{Back, entered, refused, room, within_site};
use crate::web::doors::enter_page::EnterPage;
use crate::web::error::Error;
use crate::web::extract::{Anyone, Language};
use crate::web::parts::chrome::Chrome;
use crate::web::parts::typed;
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::{Form, Query};
use crate::web::sign_in::{self, DoorVisit};
use crate::web::state::App;
use crate::web::templates::{day, text};

/// Where somebody who reads the QR of their card goes on learning.
pub const RESUME: &str = "/riprendi";

/// The form of a card.
#[derive(Deserialize)]
pub struct CardForm {
    tessera: String,
    pin: String,
    #[serde(default)]
    ritorno: String,
    /// The code was read from the QR: only the PIN is asked for.
    letta: Option<String>,
    /// The device is theirs alone.
    mio: Option<String>,
}

/// `GET /tessera`
pub async fn card(
    app: App,
    Language(lang): Language,
    Anyone(viewer): Anyone,
    back: Query<Back>,
) -> Result<HttpResponse, Error> {
    let page = EnterPage::card(within_site(&back.ritorno), room(viewer.as_ref()), lang);
    show(&app, "card.html", lang, &page)
}

/// `GET /tessera/{code}`: where the QR of a card leads. It does not tell whether there is such a
/// card; whoever has entered with it goes on learning.
pub async fn scanned(
    app: App,
    Language(lang): Language,
    Anyone(viewer): Anyone,
    code: Path<String>,
) -> Result<HttpResponse, Error> {
    let own = viewer.as_ref().and_then(|viewer| viewer.citizen);
    if own.is_some() && cards::holder(&app.db, &app.vault, &code).await? == own {
        return Ok(see_other(RESUME));
    }
    let page = EnterPage::card(RESUME, room(viewer.as_ref()), lang);
    let page = match cards::is_code(&code) {
        true => page.scanned(&code),
        false => page,
    };
    show(&app, "card.html", lang, &page)
}

/// `POST /tessera`
pub async fn by_card(
    app: App,
    Language(lang): Language,
    visit: DoorVisit,
    form: Form<CardForm>,
) -> Result<HttpResponse, Error> {
    let back = within_site(&form.ritorno);
    let screen = match form.mio {
        Some(_) => Screen::Own,
        None => Screen::Shared,
    };
    let typed = (form.tessera.as_str(), form.pin.as_str());
    match sign_in::by_card(&app, &visit, typed, visit.entry(screen)).await {
        Ok(opened) => entered(&app, &visit, &opened, back),
        Err(error) => {
            let mut page = EnterPage::card(back, None, lang).refused(refused(error)?, "", lang);
            // Anything else may be a codice fiscale: it is not shown again.
            if cards::is_code(&form.tessera) {
                page = match form.letta {
                    Some(_) => page.scanned(&form.tessera),
                    None => page.typed(&form.tessera),
                };
            }
            page.own = form.mio.is_some();
            show_as(HttpResponse::Unauthorized(), &app, "card.html", lang, &page)
        }
    }
}

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
            self.lacking = lacking(&WrittenFields::from(citizen).lacking(), lang);
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
        let reason =
            |why: ReplacementReason| (why.name(), text(lang, &format!("card-why-{}", why.name())));
        Self {
            chrome: chrome(text(lang, "card-replace"), &back, lang),
            name: format!("{} {}", citizen.first_name, citizen.last_name),
            back,
            card,
            reasons: ReplacementReason::ALL.map(reason).into(),
            wrong,
        }
    }
}
