//! The coordinator's list of points: what each gave, and what is to be looked at.
//!
//! A network has hundreds of points, and what a point is compared with comes from all of them: they
//! are read whole, with two sums of the ledger, and sorted here.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};

use crate::domain::calendar::rome_day;
use crate::domain::locale::Lang;
use crate::domain::text::folded;
use crate::network::point;
use crate::network::programme::{self, Programme};
use crate::network::standing::{self, Alert, PointStanding, Standings, missing};
use crate::web::desk::frame::network_chrome;
use crate::web::desk::services_list::of_programme;
use crate::web::desk::services_list_page::provinces;
use crate::web::error::{Error, FieldFault};
use crate::web::extract::{Coordinator, Language};
use crate::web::learn::catalogue::SelectChoice;
use crate::web::network::point_page::address;
use crate::web::parts::chrome::Chrome;
use crate::web::parts::list::{
    ListAddress, ListColumn, ListPart, ListRow, ListView, ROWS, SORT, choice,
};
use crate::web::parts::list_query::{ListQuery, Sorted, status};
use crate::web::parts::show_as;
use crate::web::public::totals_page::grouped;
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::templates::{Args, day, text, text_with};

/// Which points, as the address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PointsListQuery {
    programma: String,
    provincia: String,
    dove: String,
    stato: String,
    ordina: String,
    pagina: String,
}

/// A column to sort by.
#[derive(Debug, Clone, Copy)]
enum By {
    Name,
    Code,
    Municipality,
    Province,
    Citizens,
    Services,
    Last,
}

const COLUMNS: [(&str, By); 7] = [
    ("nome", By::Name),
    ("codice", By::Code),
    ("comune", By::Municipality),
    ("provincia", By::Province),
    ("cittadini", By::Citizens),
    ("servizi", By::Services),
    ("ultimo", By::Last),
];

/// What a point is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Being {
    Open,
    Closed,
    Noted(Alert),
}

/// `GET /rete/punti`
pub async fn list(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
    given: Query<PointsListQuery>,
) -> Result<HttpResponse, Error> {
    let (mut asked, today) = (ListQuery::default(), rome_day(app.now()));
    let programmes = programme::list(app.db.read()).await?;
    let all = match of_programme(&app, &programmes, &given.programma, &mut asked) {
        None => Standings::default(),
        Some(one) => {
            let points = point::list(app.db.read(), Some(one.id)).await?;
            let targets = programme::targets(app.db.read(), one.id).await?;
            standing::of(&app.db, one, &points, &targets, today).await?
        }
    };
    let chosen = given.chosen(&all.points, &mut asked);
    let (page, faults) = (asked.page(&given.pagina), asked.faults());
    let filters = given.filters();
    let page = PointsListPage::new(&filters, &programmes, &all, &chosen, page, &faults, lang);
    show_as(status(&faults), &app, "network_points.html", lang, &page)
}

impl PointsListQuery {
    /// What was asked for of all points, in its order.
    fn chosen<'s>(
        &self,
        all: &'s [PointStanding],
        asked: &mut ListQuery,
    ) -> Vec<&'s PointStanding> {
        let usual = Sorted {
            by: By::Name,
            descending: false,
        };
        let sorted = asked.sorted(&self.ordina, &COLUMNS, usual);
        let being = asked.read("stato", &self.stato, "list-not-there", being);
        let province = asked.read("provincia", &self.provincia, "list-not-there", |name| {
            let there = all.iter().any(|one| one.point.province == name);
            there.then(|| name.to_owned())
        });
        let place = folded(&self.dove);
        let wanted = |one: &&PointStanding| {
            let is = match being {
                None => true,
                Some(Being::Open) => one.open,
                Some(Being::Closed) => !one.open,
                Some(Being::Noted(alert)) => one.alerts.contains(&alert),
            };
            is && province
                .as_ref()
                .is_none_or(|name| one.point.province == *name)
                && in_place(one, &place)
        };
        let mut chosen: Vec<&PointStanding> = all.iter().filter(wanted).collect();
        chosen.sort_by(|a, b| by(sorted.by, a, b).then_with(|| a.point.code.cmp(&b.point.code)));
        if sorted.descending {
            chosen.reverse();
        }
        chosen
    }

    fn filters(&self) -> PointFilters {
        PointFilters {
            programme: self.programma.clone(),
            province: self.provincia.clone(),
            place: self.dove.clone(),
            state: self.stato.clone(),
            sort: self.ordina.clone(),
        }
    }
}

fn being(name: &str) -> Option<Being> {
    match name {
        "aperti" => Some(Being::Open),
        "chiusi" => Some(Being::Closed),
        name => Alert::from_name(name).map(Being::Noted),
    }
}

/// Whether a text is in the point's name, code, municipality or postcode.
fn in_place(one: &PointStanding, place: &str) -> bool {
    let point = &one.point;
    let written = [&point.name, &point.code, &point.municipality];
    written.iter().any(|text| folded(text).contains(place))
        || (point.postcode.as_ref()).is_some_and(|code| code.starts_with(place))
}

fn by(column: By, a: &PointStanding, b: &PointStanding) -> std::cmp::Ordering {
    let text = |of: fn(&PointStanding) -> &str| folded(of(a)).cmp(&folded(of(b)));
    match column {
        By::Name => text(|one| &one.point.name),
        By::Code => text(|one| &one.point.code),
        By::Municipality => text(|one| &one.point.municipality),
        By::Province => text(|one| &one.point.province),
        By::Citizens => a.citizens.cmp(&b.citizens),
        By::Services => a.services.cmp(&b.services),
        By::Last => a.last.cmp(&b.last),
    }
}

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
    programmes: Vec<SelectChoice>,
    provinces: Vec<SelectChoice>,
    states: Vec<SelectChoice>,
    place: String,
    /// Why a point is one of those that were asked for.
    reason: Option<String>,
    list: ListView,
}

impl PointsListPage {
    /// The points that were chosen of all of a programme's.
    #[must_use]
    pub fn new(
        filters: &PointFilters,
        programmes: &[Programme],
        all: &Standings,
        chosen: &[&PointStanding],
        page: usize,
        faults: &[FieldFault],
        lang: Lang,
    ) -> Self {
        let at = filters.address();
        let shown: &[&PointStanding] = if faults.is_empty() { chosen } else { &[] };
        let part = ListPart::of(shown.len(), page, ROWS);
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
            list: ListView::new(&at, columns(lang), sorted, faults, lang)
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

fn states(chosen: &str, lang: Lang) -> Vec<SelectChoice> {
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
pub(crate) fn reason(alert: Alert, middle: u64, lang: Lang) -> String {
    let args = Args::from([("middle".into(), grouped(lang, middle).into())]);
    text_with(lang, &format!("alert-reason-{}", alert.name()), &args)
}

fn columns(lang: Lang) -> Vec<ListColumn> {
    let column = |label: &str, name, largest_first| ListColumn {
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

fn row(one: &PointStanding, lang: Lang) -> ListRow {
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
pub(crate) fn last(one: &PointStanding, lang: Lang) -> String {
    match one.last {
        Some(last) => day(lang, last),
        None => text(lang, "overview-never"),
    }
}

/// What is to be known of a point: not what is behind, which its figures say.
fn state(one: &PointStanding, lang: Lang) -> String {
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
