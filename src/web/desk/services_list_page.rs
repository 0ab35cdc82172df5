//! The list of the ledger: of a facilitator's points, or of the whole network.

use serde::Serialize;

use crate::domain::facilita::ServiceKind;
use crate::domain::ids::AccountId;
use crate::domain::locale::Lang;
use crate::network::facilita::held::HeldReasons;
use crate::network::ledger::{Cursor, EntriesPage, Entry};
use crate::network::point::Point;
use crate::web::desk::frame::{chrome, network_chrome};
use crate::web::desk::services::{address, state_of};
use crate::web::error::FieldFault;
use crate::web::learn::catalogue::SelectChoice;
use crate::web::parts::chrome::Chrome;
use crate::web::parts::list::{ListAddress, ListColumn, ListRow, ListView, choice};
use crate::web::templates::{day, text};

/// What the list is asked for, as its form has it.
#[derive(Debug, Clone, Default)]
pub struct ServicesFilterForm {
    /// `YYYY-MM-DD`
    pub from: String,
    /// `YYYY-MM-DD`
    pub to: String,
    /// A kind's name.
    pub kind: String,
    /// A point's code.
    pub point: String,
    /// A province's name.
    pub province: String,
    /// A municipality's name, as somebody types it.
    pub municipality: String,
    /// The account of who gave them.
    pub facilitator: String,
    /// `validi` or `annullati`.
    pub state: String,
    /// A programme's code; only on the coordinator's list.
    pub programme: String,
    /// A column, with a `-` before it from the largest on.
    pub sort: String,
}

impl ServicesFilterForm {
    fn address(&self, path: &'static str) -> ListAddress {
        let fields = [
            ("programma", self.programme.as_str()),
            ("provincia", &self.province),
            ("comune", &self.municipality),
            ("punto", &self.point),
            ("facilitatore", &self.facilitator),
            ("tipo", &self.kind),
            ("stato", &self.state),
            ("dal", &self.from),
            ("al", &self.to),
            (crate::web::parts::list::SORT, &self.sort),
        ];
        ListAddress::new(path, &fields)
    }
}

/// What the filters offer.
#[derive(Debug, Default)]
pub struct Offered {
    /// Points to choose among.
    pub points: Vec<Point>,
    /// Code and name of each programme.
    pub programmes: Vec<(String, String)>,
    /// Who may have given them; nobody where there would be too many to choose among.
    pub facilitators: Vec<(AccountId, String)>,
    /// Whether few enough are left to be sorted by any column.
    pub few: bool,
}

/// `services.html`
#[derive(Debug, Serialize)]
pub struct ServicesPage {
    chrome: Chrome,
    /// Whether services are recorded from here.
    desk: bool,
    from: String,
    to: String,
    municipality: String,
    kinds: Vec<SelectChoice>,
    points: Vec<SelectChoice>,
    provinces: Vec<SelectChoice>,
    programmes: Vec<SelectChoice>,
    facilitators: Vec<SelectChoice>,
    states: Vec<SelectChoice>,
    list: ListView,
}

impl ServicesPage {
    /// A page of the list: of a facilitator's points, or of the whole network.
    #[must_use]
    pub fn new(
        desk: bool,
        filters: &ServicesFilterForm,
        offered: &Offered,
        (page, held): (&EntriesPage, &HeldReasons),
        faults: &[FieldFault],
        lang: Lang,
    ) -> Self {
        let (path, title) = match desk {
            true => ("/punto/servizi", text(lang, "services-title")),
            false => ("/rete/servizi", text(lang, "services-network-title")),
        };
        let at = filters.address(path);
        let sorted = match filters.sort.as_str() {
            "" => "-giorno",
            sort => sort,
        };
        let rows = page
            .entries
            .iter()
            .map(|entry| row(entry, held, lang))
            .collect();
        let to = |field, cursor: Option<Cursor>| cursor.map(|one| at.with(field, &written(one)));
        let states = ["validi", "annullati"];
        Self {
            chrome: match desk {
                true => chrome(title, path, lang),
                false => network_chrome(title, path, lang),
            },
            desk,
            from: filters.from.clone(),
            to: filters.to.clone(),
            municipality: filters.municipality.clone(),
            kinds: ServiceKind::ALL
                .iter()
                .map(|kind| choice(kind.name(), kind.label(lang), &filters.kind))
                .collect(),
            points: several(&offered.points, |one| {
                choice(&one.code, &one.name, &filters.point)
            }),
            provinces: provinces(&offered.points, &filters.province),
            programmes: several(&offered.programmes, |(code, name)| {
                choice(code, name, &filters.programme)
            }),
            facilitators: several(&offered.facilitators, |(id, name)| {
                choice(&id.to_string(), name, &filters.facilitator)
            }),
            states: states
                .map(|one| {
                    let label = text(lang, &format!("services-state-{one}"));
                    choice(one, &label, &filters.state)
                })
                .into(),
            list: ListView::new(&at, columns(offered.few, lang), sorted, faults, lang)
                .rows(text(lang, "services-caption"), rows)
                .between(to("prima", page.previous), to("dopo", page.next)),
        }
    }
}

/// One choice is none.
fn several<T>(all: &[T], choice: impl Fn(&T) -> SelectChoice) -> Vec<SelectChoice> {
    let choices: Vec<_> = all.iter().map(choice).collect();
    let chosen = choices.iter().any(|one| one.selected);
    match choices.len() > 1 || chosen {
        true => choices,
        false => Vec::new(),
    }
}

/// The provinces of some points, where there are several.
pub(crate) fn provinces(points: &[Point], chosen: &str) -> Vec<SelectChoice> {
    let mut names: Vec<&str> = points.iter().map(|one| one.province.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    several(&names, |name| choice(name, name, chosen))
}

fn columns(few: bool, lang: Lang) -> Vec<ListColumn> {
    let sorting = [("day", "giorno", true), ("minutes", "minuti", few)];
    let heads = [
        "day",
        "kind",
        "about",
        "people",
        "minutes",
        "point",
        "facilitator",
        "state",
    ];
    let column = |head: &str| {
        let sorts = sorting
            .iter()
            .find(|(of, _, offered)| *of == head && *offered);
        ListColumn {
            label: text(lang, &format!("services-{head}")),
            name: sorts.map(|(_, name, _)| *name),
            largest_first: true,
        }
    };
    heads.map(column).into()
}

fn row(entry: &Entry, held: &HeldReasons, lang: Lang) -> ListRow {
    ListRow {
        href: Some(address(entry)),
        cells: vec![
            day(lang, entry.day),
            entry.kind.label(lang).to_owned(),
            entry.title.clone(),
            entry.people.to_string(),
            entry.minutes.to_string(),
            entry.point_name.clone(),
            entry.facilitator.clone(),
            state_of(entry, held, lang),
        ],
    }
}

/// An entry to begin beside, as an address has it.
fn written(cursor: Cursor) -> String {
    format!("{}_{}_{}", cursor.day, cursor.minutes, cursor.id)
}
