//! The facilitator's desk: the people of the point.

use serde::Serialize;
use uuid::Uuid;

use crate::citizens::bring::Notice;
use crate::citizens::find::{Found, Page};
use crate::content::Catalogue;
use crate::domain::ids::CitizenId;
use crate::domain::locale::Lang;
use crate::network::facilita::held::Numbers;
use crate::network::point::Point;
use crate::web::templates::{day, text};

use super::brought::NoticeLine;
use super::chrome::Chrome;
use super::desk::chrome;
use super::module::{Link, module_link};

/// `point.html`: the people of the facilitator's points, or of the whole network for a coordinator.
#[derive(Debug, Serialize)]
pub struct PointPage {
    chrome: Chrome,
    points: Vec<String>,
    query: String,
    /// What stands before the parameters of another page: of the search, where there is one.
    pages: String,
    people: Vec<PersonLine>,
    /// Whom the next page comes after.
    next: Option<CitizenId>,
    /// Whether this is not the first page.
    later: bool,
    /// The hand-outs for a group.
    sheets: Vec<Link>,
    /// The other points that follow people of these.
    notices: Vec<NoticeLine>,
    /// What can be sent to Facilita, and what stands still.
    sendable: Option<Sendable>,
}

/// How far the point's services are on their way to Facilita.
#[derive(Debug, Serialize)]
struct Sendable {
    ready: u64,
    held: u64,
    /// How many records are to be completed.
    records: u64,
}

/// A person in a list.
#[derive(Debug, Serialize)]
pub struct PersonLine {
    href: String,
    name: String,
    born: Option<String>,
    verified: bool,
}

impl PersonLine {
    /// A person found, in a list that leads to their record.
    #[must_use]
    pub fn new(person: &Found, lang: Lang) -> Self {
        Self::leading(format!("/punto/cittadini/{}", person.id), person, lang)
    }

    /// A person found, in a list that leads elsewhere.
    #[must_use]
    pub fn leading(href: String, person: &Found, lang: Lang) -> Self {
        Self {
            href,
            name: format!("{} {}", person.last_name, person.first_name),
            born: person.birth_date.map(|born| day(lang, born)),
            verified: person.verified,
        }
    }
}

impl PointPage {
    /// The people found, or all of them for an empty query. `later`: not the first page of them.
    #[must_use]
    pub fn new(
        points: &[Point],
        catalogue: &Catalogue,
        query: &str,
        later: bool,
        found: Page,
        lang: Lang,
    ) -> Self {
        let here = points.first().map(|point| format!("?punto={}", point.code));
        let here = here.unwrap_or_default();
        let sheet = |module| {
            let link = module_link(module, lang);
            Link {
                href: format!("{}/scheda{here}", link.href),
                ..link
            }
        };
        let people = found.people.iter();
        Self {
            sheets: catalogue
                .modules()
                .iter()
                .map(|module| sheet(module))
                .collect(),
            chrome: chrome(text(lang, "point-title"), "/punto", lang),
            points: points.iter().map(|point| point.name.clone()).collect(),
            query: query.to_owned(),
            pages: "?".to_owned(),
            people: people.map(|person| PersonLine::new(person, lang)).collect(),
            next: found.next,
            later,
            notices: Vec::new(),
            sendable: None,
        }
    }

    /// As a page of a search.
    #[must_use]
    pub fn searched(mut self, search: Option<Uuid>) -> Self {
        if let Some(search) = search {
            self.pages = format!("?ricerca={search}&");
        }
        self
    }

    /// With what the point is asked.
    #[must_use]
    pub fn asked(
        mut self,
        notices: Vec<Notice>,
        (numbers, records): (Numbers, u64),
        lang: Lang,
    ) -> Self {
        self.sendable = Some(Sendable {
            ready: numbers.ready,
            held: numbers.held,
            records,
        });
        self.notices = NoticeLine::lines(notices, lang);
        self
    }
}
