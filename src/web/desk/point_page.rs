//! The facilitator's desk: what happens today, and the people of the point.

use serde::Serialize;
use uuid::Uuid;

use crate::citizens::bring::Notice;
use crate::citizens::find::{CitizensPage, FoundCitizen};
use crate::content::Catalogue;
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::ids::{CitizenId, ModuleId};
use crate::domain::locale::Lang;
use crate::learning::group::Listed;
use crate::learning::today::{ActSubject, Due, Today};
use crate::network::facilita::held::Numbers;
use crate::network::facilita::standing::HeldRecords;
use crate::network::point::Point;
use crate::web::desk::brought::NoticeLine;
use crate::web::desk::frame::chrome;
use crate::web::learn::module_page::{ContentLink, module_link};
use crate::web::parts::chrome::Chrome;
use crate::web::parts::list::Queue;
use crate::web::templates::{day, text};

/// `point.html`: what happens today, or people who were looked for.
#[derive(Debug, Serialize)]
pub struct PointPage {
    chrome: Chrome,
    points: Vec<String>,
    /// A list of people; otherwise today.
    list: bool,
    query: String,
    /// What stands before the parameters of another page: of the search, where there is one.
    pages: String,
    /// What was looked for is a codice fiscale that nobody here has: the form of a new person
    /// begins with it.
    code: bool,
    people: Vec<PersonLine>,
    /// Whom the next page comes after.
    next: Option<CitizenId>,
    /// Whether this is not the first page.
    later: bool,
    /// The hand-outs for a group.
    sheets: Vec<ContentLink>,
    /// The other points that follow people of these.
    notices: Queue<NoticeLine>,
    /// What can be sent to Facilita, and what stands still.
    sendable: Option<Sendable>,
    today: Option<TodayView>,
}

/// What happens today.
#[derive(Debug, Serialize)]
struct TodayView {
    here: Vec<TodayLine>,
    all_here: usize,
    asks: Vec<TodayLine>,
    all_ask: usize,
    due: Vec<TodayLine>,
    all_due: usize,
    corrections: u64,
    groups: Vec<GroupLine>,
    all_groups: usize,
}

/// Somebody, or a group, and what for.
#[derive(Debug, Serialize)]
struct TodayLine {
    href: String,
    name: String,
    /// In whose language it is: a title of a course.
    what: String,
    lang: Option<Lang>,
    due: Option<String>,
    late: bool,
}

/// A group, with a service for all of it.
#[derive(Debug, Serialize)]
struct GroupLine {
    href: String,
    name: String,
    members: usize,
    service: String,
}

/// How far the point's services are on their way to Facilita.
#[derive(Debug, Serialize)]
struct Sendable {
    ready: u64,
    /// For a record of a person of the point, and for anything else at a service given there.
    held: u64,
    others: u64,
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
    /// Where a service for them is recorded, at a desk.
    service: Option<String>,
}

impl PersonLine {
    /// A person found, in a list that leads to their record.
    #[must_use]
    pub fn new(person: &FoundCitizen, lang: Lang) -> Self {
        Self::leading(format!("/punto/cittadini/{}", person.id), person, lang)
    }

    /// A person found, in a list that leads elsewhere.
    #[must_use]
    pub fn leading(href: String, person: &FoundCitizen, lang: Lang) -> Self {
        Self {
            href,
            name: format!("{} {}", person.last_name, person.first_name),
            born: person.birth_date.map(|born| day(lang, born)),
            verified: person.verified,
            service: None,
        }
    }

    fn at_desk(self, id: CitizenId) -> Self {
        let service = Some(format!("/punto/servizi/nuovo?cittadino={id}"));
        Self { service, ..self }
    }
}

impl PointPage {
    /// The page without people: the search, and the hand-outs.
    #[must_use]
    pub fn new(points: &[Point], catalogue: &Catalogue, lang: Lang) -> Self {
        let here = points.first().map(|point| format!("?punto={}", point.code));
        let here = here.unwrap_or_default();
        let sheet = |module| {
            let link = module_link(module, lang);
            ContentLink {
                href: format!("{}/scheda{here}", link.href),
                ..link
            }
        };
        Self {
            sheets: catalogue
                .modules()
                .iter()
                .map(|module| sheet(module))
                .collect(),
            chrome: chrome(text(lang, "point-title"), "/punto", lang),
            points: points.iter().map(|point| point.name.clone()).collect(),
            list: false,
            query: String::new(),
            pages: "?".to_owned(),
            code: false,
            people: Vec::new(),
            next: None,
            later: false,
            notices: Queue::default(),
            sendable: None,
            today: None,
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

    /// With the people found, or all of them for an empty query. `later`: not the first page.
    #[must_use]
    pub fn people(mut self, query: &str, later: bool, found: CitizensPage, lang: Lang) -> Self {
        let desk = !self.points.is_empty();
        let line = |person: &FoundCitizen| {
            let line = PersonLine::new(person, lang);
            if desk { line.at_desk(person.id) } else { line }
        };
        self.list = true;
        query.clone_into(&mut self.query);
        self.code = desk && found.people.is_empty() && CodiceFiscale::parse(query).is_ok();
        self.people = found.people.iter().map(line).collect();
        self.next = found.next;
        self.later = later;
        self
    }

    /// With what happens today.
    #[must_use]
    pub fn today(
        mut self,
        today: Today,
        points: &[Point],
        catalogue: &Catalogue,
        lang: Lang,
    ) -> Self {
        let name = |one: &FoundCitizen| format!("{} {}", one.last_name, one.first_name);
        let person = |one: &FoundCitizen| format!("/punto/cittadini/{}", one.id);
        let line = |href, name, what: String| TodayLine {
            href,
            name,
            what,
            lang: None,
            due: None,
            late: false,
        };
        let course = |line: TodayLine, id: &ModuleId| match catalogue.module(id) {
            Some(module) => TodayLine {
                what: module.edition(lang).title.clone(),
                lang: Some(module.edition(lang).lang),
                ..line
            },
            None => line,
        };
        let due = |one: &Due| {
            let (href, name) = match &one.who {
                ActSubject::Person(who) => (person(who), name(who)),
                ActSubject::Group(id, name) => (format!("/punto/gruppi/{id}"), name.clone()),
            };
            TodayLine {
                due: Some(day(lang, one.due_on)),
                late: one.late,
                ..course(line(href, name, String::new()), &one.module)
            }
        };
        let group = |one: &Listed| {
            let id = one.group.id;
            let at = points.iter().find(|point| point.id == one.group.point);
            let at = at.map_or("", |point| point.code.as_str());
            GroupLine {
                href: format!("/punto/gruppi/{id}"),
                name: one.group.name.clone(),
                members: one.members,
                service: format!("/punto/servizi/gruppo?gruppo={id}&punto={at}"),
            }
        };
        let here = today.here.iter();
        let asks = today.asks.iter();
        self.today = Some(TodayView {
            here: here
                .map(|(who, _, title)| line(person(who), name(who), title.clone()))
                .collect(),
            all_here: today.all_here,
            asks: asks
                .map(|(who, module)| course(line(person(who), name(who), String::new()), module))
                .collect(),
            all_ask: today.all_ask,
            due: today.due.iter().map(due).collect(),
            all_due: today.all_due,
            corrections: today.corrections,
            groups: today.groups.iter().map(group).collect(),
            all_groups: today.all_groups,
        });
        self
    }

    /// With what the point is asked.
    #[must_use]
    pub fn asked(
        mut self,
        notices: Vec<Notice>,
        (numbers, standing): (Numbers, HeldRecords),
        lang: Lang,
    ) -> Self {
        self.sendable = Some(Sendable {
            ready: numbers.ready,
            held: standing.services,
            others: numbers.others,
            records: standing.records,
        });
        self.notices = NoticeLine::lines(notices, lang);
        self
    }
}
