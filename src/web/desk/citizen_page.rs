//! A citizen's record at the desk: who they are, what they learn, and what can be done for them.

use serde::Serialize;
use time::Date;

use crate::accounts::card::InUse;
use crate::citizens::Citizen;
use crate::citizens::consent::{Consent, Consents};
use crate::citizens::follow::{Access, Following};
use crate::citizens::lacking::WrittenFields;
use crate::domain::age::full_years;
use crate::domain::facilita::Gender;
use crate::domain::ids::{CitizenId, PointId};
use crate::domain::locale::Lang;
use crate::learning::merge::Merge;
use crate::network::facilita::held::HeldEntry;
use crate::web::desk::frame::chrome;
use crate::web::desk::history::HistoryPage;
use crate::web::desk::incomplete::lacking;
use crate::web::desk::services::reason;
use crate::web::doors::whose::TakenLine;
use crate::web::own::path::ModuleLine;
use crate::web::parts::chrome::Chrome;
use crate::web::templates::{day, day_of, text};

/// What else is known of a person.
pub struct CitizenFacts {
    /// What they began and did.
    pub learning: Vec<ModuleLine>,
    /// The card that works.
    pub card: Option<InUse>,
    /// What they were told and agreed to.
    pub consents: Consents,
    /// A merge that can be undone.
    pub merge: Option<Merge>,
    /// Whether whoever looks is a facilitator of a point that follows the person.
    pub at_desk: bool,
    /// The other points that follow the person.
    pub others: Vec<Following>,
    /// Whether whoever looks may stop them.
    pub may_stop: bool,
    /// Their services that stand still.
    pub held: Vec<HeldEntry>,
    /// What was done before they entered somewhere, and can be given back.
    pub taken: Vec<TakenLine>,
}

/// `citizen.html`
#[derive(Debug, Serialize)]
pub struct CitizenPage {
    chrome: Chrome,
    name: String,
    id: CitizenId,
    href: String,
    /// The key of what was done just now; empty for nothing.
    done: &'static str,
    born: Option<String>,
    age: Option<u8>,
    woman: bool,
    verified: bool,
    codice_fiscale: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    learning: Vec<ModuleLine>,
    /// Since when the card works, and the address to print it at.
    card: Option<CardLine>,
    notice: Option<ConsentLine>,
    contact: Option<ConsentLine>,
    /// Undoes the merge.
    undo: Option<String>,
    at_desk: bool,
    /// The other points that follow the person.
    others: Vec<PointLine>,
    may_stop: bool,
    /// What the record lacks for the programme's report.
    lacking: Vec<String>,
    held: Vec<HeldLine>,
    /// How many more stand still.
    more_held: usize,
    taken: Vec<TakenLine>,
    /// Everything of them in order of time.
    history: Option<HistoryPage>,
}

/// A service that stands still.
#[derive(Debug, Serialize)]
struct HeldLine {
    href: String,
    title: String,
    day: String,
    why: String,
}

/// Services that stand still, on the page of a person.
const HELD: usize = 10;

/// A point that follows somebody.
#[derive(Debug, Serialize)]
pub struct PointLine {
    point: PointId,
    name: String,
    since: String,
    /// It sees the name alone.
    least: bool,
}

impl PointLine {
    /// The lines of a list.
    #[must_use]
    pub fn lines(points: &[Following], lang: Lang) -> Vec<Self> {
        let line = |one: &Following| Self {
            point: one.point,
            name: one.name.clone(),
            since: day_of(lang, one.since),
            least: one.access == Access::Least,
        };
        points.iter().map(line).collect()
    }
}

#[derive(Debug, Serialize)]
struct CardLine {
    since: String,
    href: String,
    /// Too many wrong PINs: it waits for the desk.
    waits: bool,
}

#[derive(Debug, Serialize)]
struct ConsentLine {
    day: String,
    version: String,
}

impl ConsentLine {
    fn new(consent: &Consent, lang: Lang) -> Self {
        Self {
            day: day(lang, consent.day),
            version: version(&consent.version, lang),
        }
    }
}

/// The day of a text, in words.
pub(crate) fn version(written: &str, lang: Lang) -> String {
    let form = time::macros::format_description!("[year]-[month]-[day]");
    Date::parse(written, form).map_or_else(|_| written.to_owned(), |on| day(lang, on))
}

impl CitizenPage {
    /// The page of a record. `done` is what was done just now, as the address has it.
    #[must_use]
    pub fn new(
        citizen: &Citizen,
        known: CitizenFacts,
        done: Option<&str>,
        today: Date,
        lang: Lang,
    ) -> Self {
        let href = format!("/punto/cittadini/{}", citizen.id);
        let code = citizen.codice_fiscale.as_ref();
        let merge = known.merge;
        let held = |one: &HeldEntry| HeldLine {
            href: format!("/punto/servizi/{}", one.service),
            title: one.title.clone(),
            day: day(lang, one.day),
            why: one
                .reasons
                .iter()
                .map(|why| reason(*why, lang))
                .collect::<Vec<_>>()
                .join("; "),
        };
        Self {
            chrome: chrome(text(lang, "citizen-record"), &href, lang),
            name: format!("{} {}", citizen.first_name, citizen.last_name),
            id: citizen.id,
            done: match done {
                Some("aperta") => "brought-done-opened",
                Some("riaperta") => "citizen-done-reopened",
                Some("fermata") => "citizen-done-stopped",
                Some("servizio") => "service-done",
                Some("divise") => "citizen-done-parted",
                _ => "",
            },
            born: citizen.birth_date.map(|born| day(lang, born)),
            age: citizen.birth_date.and_then(|born| full_years(born, today)),
            woman: citizen.gender == Some(Gender::Female),
            verified: citizen.verified_at.is_some(),
            codice_fiscale: code.map(|code| code.as_str().to_owned()),
            email: citizen.email.clone(),
            phone: citizen.phone.clone(),
            learning: known.learning,
            taken: known.taken,
            card: known.card.map(|card| CardLine {
                since: day_of(lang, card.issued_at),
                href: format!("/punto/tessere/{}", card.id),
                waits: card.asks_the_desk,
            }),
            notice: known
                .consents
                .notice
                .map(|given| ConsentLine::new(&given, lang)),
            contact: known
                .consents
                .contact
                .map(|given| ConsentLine::new(&given, lang)),
            undo: merge.map(|merge| format!("{href}/unioni/{}/annulla", merge.id)),
            at_desk: known.at_desk,
            others: PointLine::lines(&known.others, lang),
            may_stop: known.may_stop,
            lacking: lacking(&WrittenFields::from(citizen).lacking(), lang),
            more_held: known.held.len().saturating_sub(HELD),
            held: known.held.iter().take(HELD).map(held).collect(),
            href,
            history: None,
        }
    }

    /// With everything of them in order of time.
    #[must_use]
    pub fn with_history(mut self, history: HistoryPage) -> Self {
        self.history = Some(history);
        self
    }
}
