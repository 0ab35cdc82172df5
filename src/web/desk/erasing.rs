//! Erasing somebody who asks for it at the desk or in writing, and what then is to be done in
//! Facilita.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use crate::citizens::Citizen;
use crate::citizens::correction::{LONGEST, WaitingCorrection};
use crate::domain::ids::{CitizenId, CorrectionId, ServiceId};
use crate::domain::locale::Lang;
use crate::learning::erase::{Ground, erase};
use crate::network::facilita::redact::{self, ErasedThere};
use crate::web::desk::frame::chrome;
use crate::web::error::{Error, FieldFault};
use crate::web::extract::{Coordinator, Keeper, Language};
use crate::web::learn::catalogue::SelectChoice;
use crate::web::parts::chrome::Chrome;
use crate::web::parts::list::Queue;
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::Form;
use crate::web::state::App;
use crate::web::templates::{day, day_of, text};

/// Why.
#[derive(Deserialize)]
pub struct EraseForm {
    #[serde(default)]
    motivo: String,
}

/// `GET /punto/cittadini/{id}/cancella`; once it is done, that it is.
pub async fn form(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<CitizenId>,
) -> Result<HttpResponse, Error> {
    match keeper.record(&app, *id).await {
        Err(Error::Gone) => {
            let page = CitizenErasedPage::new(*id, lang);
            show(&app, "citizen_erased.html", lang, &page)
        }
        record => {
            let page = CitizenErasePage::new(&record?, lang);
            show(&app, "citizen_erase.html", lang, &page)
        }
    }
}

/// `POST /punto/cittadini/{id}/cancella`
pub async fn erase_one(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<CitizenId>,
    why: Form<EraseForm>,
) -> Result<HttpResponse, Error> {
    let done = format!("{}/cancella", crate::web::desk::citizen::address(*id));
    let record = match keeper.record(&app, *id).await {
        // Sent twice.
        Err(Error::Gone) => return Ok(see_other(&done)),
        record => record?,
    };
    let Some(ground) = Ground::of_staff(&why.motivo) else {
        let page = CitizenErasePage::new(&record, lang).refused(lang);
        let status = HttpResponse::UnprocessableEntity();
        return show_as(status, &app, "citizen_erase.html", lang, &page);
    };
    let by = (ground, Some(keeper.account));
    erase(&app.db, &app.vault, record.id, by, app.now()).await?;
    Ok(see_other(&done))
}

/// `POST /rete/facilita/cancellati/{service}/{citizen}`: somebody who was erased is no longer in
/// Facilita.
pub async fn taken_out(
    app: App,
    who: Coordinator,
    pair: Path<(ServiceId, CitizenId)>,
) -> Result<HttpResponse, Error> {
    redact::taken_out(&app.db, pair.into_inner(), who.account, app.now()).await?;
    Ok(see_other("/rete/facilita"))
}

/// Requests on a page.
const SHOWN: usize = 8;

/// `citizen_erase.html`
#[derive(Debug, Serialize)]
pub struct CitizenErasePage {
    chrome: Chrome,
    name: String,
    href: String,
    grounds: Vec<SelectChoice>,
    error: String,
}

impl CitizenErasePage {
    /// The form.
    #[must_use]
    pub fn new(citizen: &Citizen, lang: Lang) -> Self {
        let href = format!("/punto/cittadini/{}", citizen.id);
        let name = format!("{} {}", citizen.first_name, citizen.last_name);
        let choice = |ground: Ground| SelectChoice {
            selected: false,
            value: ground.name().to_owned(),
            label: text(lang, &format!("erase-ground-{}", ground.name())),
        };
        Self {
            chrome: chrome(
                text(lang, "erase-desk-title"),
                &format!("{href}/cancella"),
                lang,
            )
            .under(&href, &name, lang),
            name,
            href,
            grounds: Ground::OF_STAFF.map(choice).into(),
            error: String::new(),
        }
    }

    /// The form without a ground.
    #[must_use]
    pub fn refused(mut self, lang: Lang) -> Self {
        self.error = text(lang, "erase-ground-needed");
        self
    }
}

/// `citizen_erased.html`: that it is done.
#[derive(Debug, Serialize)]
pub struct CitizenErasedPage {
    chrome: Chrome,
}

impl CitizenErasedPage {
    /// The page; of whom is not known any more.
    #[must_use]
    pub fn new(id: CitizenId, lang: Lang) -> Self {
        let at = format!("/punto/cittadini/{id}/cancella");
        Self {
            chrome: chrome(text(lang, "erase-desk-done"), &at, lang),
        }
    }
}

/// `corrections.html`
#[derive(Debug, Serialize)]
pub struct CorrectionsPage {
    chrome: Chrome,
    asked: Queue<CorrectionLine>,
    longest: usize,
    done: bool,
}

#[derive(Debug, Serialize)]
struct CorrectionLine {
    id: CorrectionId,
    person: String,
    name: String,
    asked: String,
    about: Vec<String>,
    text: String,
    answer: String,
    error: String,
}

impl CorrectionsPage {
    /// What waits.
    #[must_use]
    pub fn new(waiting: Vec<WaitingCorrection>, done: bool, lang: Lang) -> Self {
        let line = |one: WaitingCorrection| CorrectionLine {
            id: one.asked.id,
            person: format!("/punto/cittadini/{}", one.citizen),
            name: one.name,
            asked: day_of(lang, one.asked.asked_at),
            about: one
                .asked
                .about
                .iter()
                .map(|about| text(lang, &format!("correction-about-{about}")))
                .collect(),
            text: one.asked.text,
            answer: String::new(),
            error: String::new(),
        };
        Self {
            chrome: chrome(text(lang, "corrections-title"), "/punto/correzioni", lang),
            asked: Queue::new(waiting.into_iter().map(line).collect(), SHOWN),
            longest: LONGEST,
            done,
        }
    }

    /// The page with an answer that was not taken.
    #[must_use]
    pub fn refused(
        mut self,
        id: CorrectionId,
        typed: &str,
        faults: &[FieldFault],
        lang: Lang,
    ) -> Self {
        for one in self.asked.shown().filter(|one| one.id == id) {
            typed.clone_into(&mut one.answer);
            let fault = faults.first();
            one.error = fault.map_or_else(String::new, |fault| text(lang, &fault.key));
        }
        self
    }
}

/// A row that is to be taken out in Facilita by hand.
#[derive(Debug, Serialize)]
pub struct ErasedRow {
    action: String,
    reference: String,
    day: String,
    point: String,
    file: String,
    made: String,
    row: i32,
}

impl ErasedRow {
    /// The lines of a list.
    #[must_use]
    pub fn lines(rows: Vec<ErasedThere>, lang: Lang) -> Vec<Self> {
        let line = |one: ErasedThere| Self {
            action: format!(
                "/rete/facilita/cancellati/{}/{}",
                one.service_id, one.citizen_id
            ),
            reference: one.reference(),
            day: day(lang, one.day),
            point: one.point,
            file: format!("/rete/facilita/{}", one.batch_id),
            made: day_of(lang, one.made_at),
            row: one.number,
        };
        rows.into_iter().map(line).collect()
    }
}

/// A name in a list; whoever was erased has none.
#[must_use]
pub fn named(last: &str, first: &str, lang: Lang) -> String {
    match (last, first) {
        ("", "") => text(lang, "erased-person"),
        (last, first) => format!("{last} {first}"),
    }
}
