//! Somebody who came from another point, as little as this one sees; and what the point that
//! registered them is asked.

use serde::Serialize;

use crate::citizens::bring::{DOCUMENTS, Notice};
use crate::citizens::find::Found;
use crate::citizens::follow::Following;
use crate::domain::ids::CitizenId;
use crate::domain::locale::Lang;
use crate::web::templates::{day_of, text};

use super::catalogue::Choice;
use super::chrome::Chrome;
use super::desk::chrome;
use super::enter::Refused;
use super::list::Queue;
use super::mine::Line;

/// Notices on a page.
const SHOWN: usize = 2;

/// `brought.html`
#[derive(Debug, Serialize)]
pub struct BroughtPage {
    chrome: Chrome,
    id: CitizenId,
    href: String,
    name: String,
    since: String,
    /// The key of what was done just now; empty for nothing.
    done: &'static str,
    learning: Vec<Line>,
    documents: Vec<Choice>,
    /// What was shown already; empty for nothing.
    document: String,
    error: String,
    document_error: String,
}

impl BroughtPage {
    /// The page of a person, at the point that follows them.
    #[must_use]
    pub fn new(found: &Found, here: Option<&Following>, learning: Vec<Line>, lang: Lang) -> Self {
        let href = format!("/punto/cittadini/{}", found.id);
        let document = here.and_then(|here| here.document.clone());
        let document = document.unwrap_or_default();
        let choice = |name: &str| Choice {
            value: name.to_owned(),
            label: text(lang, &format!("document-{name}")),
            selected: name == document,
        };
        Self {
            chrome: chrome(text(lang, "citizen-record"), &href, lang),
            id: found.id,
            name: format!("{} {}", found.first_name, found.last_name),
            since: found
                .least_since
                .map_or(String::new(), |since| day_of(lang, since)),
            done: "",
            learning,
            documents: DOCUMENTS.into_iter().map(choice).collect(),
            document,
            error: String::new(),
            document_error: String::new(),
            href,
        }
    }

    /// What was done just now, as the address has it.
    #[must_use]
    pub fn done(mut self, done: Option<&str>) -> Self {
        self.done = match done {
            Some("chiesta") => "brought-done-asked",
            Some("servizio") => "brought-done-service",
            Some("conosciuta") => "brought-done-known",
            _ => "",
        };
        self
    }

    /// The page again, after a card that did not open it.
    #[must_use]
    pub fn refused(mut self, why: Refused, lang: Lang) -> Self {
        self.error = text(lang, why.key());
        self
    }

    /// The page again, where no document was chosen.
    #[must_use]
    pub fn without_document(mut self, lang: Lang) -> Self {
        self.document_error = text(lang, "brought-document-missing");
        self
    }
}

/// A line of the list of other points that follow one's own people.
#[derive(Debug, Serialize)]
pub struct NoticeLine {
    action: String,
    href: String,
    name: String,
    point: String,
    point_name: String,
    by: String,
    written: String,
    document: String,
    since: String,
    /// When it was stopped before; empty for never.
    stopped: String,
}

impl NoticeLine {
    /// The lines of a list.
    #[must_use]
    pub fn lines(notices: Vec<Notice>, lang: Lang) -> Queue<Self> {
        let line = |one: Notice| Self {
            action: format!("/punto/cittadini/{}/punti", one.citizen),
            href: format!("/punto/cittadini/{}", one.citizen),
            name: one.name,
            point: one.point.to_string(),
            point_name: one.point_name,
            by: one.by,
            written: one.written.unwrap_or_default(),
            document: one
                .document
                .map(|name| text(lang, &format!("document-{name}")))
                .unwrap_or_default(),
            since: day_of(lang, one.since),
            stopped: one.stopped.map_or(String::new(), |at| day_of(lang, at)),
        };
        Queue::new(notices.into_iter().map(line).collect(), SHOWN)
    }
}
