//! The coordinator's list of points: what each gave, and what is to be looked at.

use serde::Serialize;

use crate::domain::locale::Lang;
use crate::network::programme::Programme;
use crate::network::standing::{Alert, Standing, Standings, missing};
use crate::web::error::Field;
use crate::web::templates::{Args, day, text, text_with};

use super::catalogue::Choice;
use super::chrome::Chrome;
use super::desk::network_chrome;
use super::list::{Column, List, ListAddress, ListRow, Part, ROWS, SORT, choice};
use super::network_points::address;
use super::services_list::provinces;
use super::totals::grouped;

/// What the list is asked for, as its form has it.
#[derive(Debug, Clone, Default)]
pub struct PointFilters {
    /// A programme's code.
    pub programme: String,
    /// A province's name.
    pub province: String,
    /// A part of a name, a code, a municipality or a postcode.
    pub place: String,
    /// What a point is to be.
    pub state: String,
    /// A column, with a `-` before it from the largest on.
    pub sort: String,
}

/// `network_points.html`
#[derive(Debug, Serialize)]
pub struct PointsListPage {
    chrome: Chrome,
    programmes: Vec<Choice>,
    provinces: Vec<Choice>,
    states: Vec<Choice>,
    place: String,
    /// Why a point is one of those that were asked for.
    reason: Option<String>,
    list: List,
}

impl PointsListPage {
    /// The points that were chosen of all of a programme's.
    #[must_use]
    pub fn new(
        filters: &PointFilters,
        programmes: &[Programme],
        all: &Standings,
        chosen: &[&Standing],
        page: usize,
        faults: &[Field],
        lang: Lang,
    ) -> Self {
        let at = filters.address();
        let shown: &[&Standing] = if faults.is_empty() { chosen } else { &[] };
        let part = Part::of(shown.len(), page, ROWS);
        let rows = part.cut(shown).map(|one| row(one, lang)).collect();
        let many = Args::from([("count".into(), shown.len().into())]);
        let sorted = match filters.sort.as_str() {
            "" => "nome",
            sort => sort,
        };
        let points: Vec<_> = all.points.iter().map(|one| one.point.clone()).collect();
        let chosen_programme = |one: &Programme| choice(&one.code, &one.name, &filters.programme);
        Self {
            chrome: network_chrome(text(lang, "room-points"), "/rete/punti", lang),
            programmes: programmes
                .iter()
                .filter(|_| programmes.len() > 1)
                .map(chosen_programme)
                .collect(),
            provinces: provinces(&points, &filters.province),
            states: states(&filters.state, lang),
            place: filters.place.clone(),
            reason: Alert::from_name(&filters.state).map(|alert| reason(alert, all.middle, lang)),
            list: List::new(&at, columns(lang), sorted, faults, lang)
                .rows(text_with(lang, "points-count", &many), rows)
                .paged(&at, &part),
        }
    }
}

impl PointFilters {
    fn address(&self) -> ListAddress {
        let fields = [
            ("programma", self.programme.as_str()),
            ("provincia", &self.province),
            ("dove", &self.place),
            ("stato", &self.state),
            (SORT, &self.sort),
        ];
        ListAddress::new("/rete/punti", &fields)
    }
}

fn states(chosen: &str, lang: Lang) -> Vec<Choice> {
    let names = ["aperti", "chiusi"].into_iter();
    names
        .chain(Alert::ALL.map(Alert::name))
        .map(|name| {
            let label = text(lang, &format!("points-state-{name}"));
            choice(name, &label, chosen)
        })
        .collect()
}

/// Why an alert is one, with the figure that points are compared with.
pub(super) fn reason(alert: Alert, middle: u64, lang: Lang) -> String {
    let args = Args::from([("middle".into(), grouped(lang, middle).into())]);
    text_with(lang, &format!("alert-reason-{}", alert.name()), &args)
}

fn columns(lang: Lang) -> Vec<Column> {
    let column = |label: &str, name, largest_first| Column {
        label: text(lang, label),
        name,
        largest_first,
    };
    vec![
        column("point-field-name", Some("nome"), false),
        column("point-field-code", Some("codice"), false),
        column("point-field-municipality", Some("comune"), false),
        column("point-field-province", Some("provincia"), false),
        column("totals-citizens", Some("cittadini"), true),
        column("totals-services", Some("servizi"), true),
        column("overview-last", Some("ultimo"), true),
        column("point-field-state", None, false),
    ]
}

fn row(one: &Standing, lang: Lang) -> ListRow {
    ListRow {
        href: Some(address(&one.point)),
        cells: vec![
            one.point.name.clone(),
            one.point.code.clone(),
            one.point.municipality.clone(),
            one.point.province.clone(),
            grouped(lang, one.citizens),
            grouped(lang, one.services),
            last(one, lang),
            state(one, lang),
        ],
    }
}

/// The day of a point's last service.
pub(super) fn last(one: &Standing, lang: Lang) -> String {
    match one.last {
        Some(last) => day(lang, last),
        None => text(lang, "overview-never"),
    }
}

/// What is to be known of a point: not what is behind, which its figures say.
fn state(one: &Standing, lang: Lang) -> String {
    if let Some(closed) = one.point.closed_on.filter(|_| !one.open) {
        return format!("{} {}", text(lang, "point-state-closed"), day(lang, closed));
    }
    let noted = [Alert::Quiet, Alert::Low].into_iter();
    let mut words: Vec<String> = noted
        .filter(|alert| one.alerts.contains(alert))
        .map(|alert| text(lang, &format!("points-is-{}", alert.name())))
        .collect();
    let missing = missing(&one.point).into_iter();
    let missing: Vec<_> = missing
        .map(|field| text(lang, &format!("point-missing-{field}")))
        .collect();
    if !missing.is_empty() {
        let start = text(lang, "point-state-missing");
        words.push(format!("{start} {}", missing.join(", ")));
    }
    match words.is_empty() {
        true => text(lang, "point-state-open"),
        false => words.join("; "),
    }
}
