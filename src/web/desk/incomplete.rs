//! Records to complete: those of a desk, and how many each point has.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};

use crate::citizens::lacking::Lacking;
use crate::domain::ids::PointId;
use crate::domain::locale::Lang;
use crate::domain::text::folded;
use crate::network::facilita::standing::{self, HeldRecords, Incomplete, PointHeld};
use crate::network::point::{self, Point};
use crate::network::programme;
use crate::web::desk::citizen_form::{FROM_LIST, INCOMPLETE};
use crate::web::desk::frame::{chrome, network_chrome};
use crate::web::error::{Error, FieldFault};
use crate::web::extract::{Coordinator, Keeper, Language};
use crate::web::learn::catalogue::SelectChoice;
use crate::web::parts::chrome::Chrome;
use crate::web::parts::list::{
    ListAddress, ListColumn, ListPart, ListRow, ListView, ROWS, SORT, choice,
};
use crate::web::parts::list_query::{ListQuery, Sorted, status};
use crate::web::parts::{see_other, show_as};
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::templates::{Args, number, text, text_with};

/// Which point, in which order and which page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct IncompleteQuery {
    punto: String,
    ordina: String,
    pagina: String,
}

/// A column to sort points by.
#[derive(Debug, Clone, Copy)]
enum By {
    Name,
    Records,
    Services,
}

const COLUMNS: [(&str, By); 3] = [
    ("nome", By::Name),
    ("schede", By::Records),
    ("servizi", By::Services),
];

/// `GET /punto/schede`: a coordinator says of which point.
pub async fn people(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    given: Query<IncompleteQuery>,
) -> Result<HttpResponse, Error> {
    if keeper.points.is_none() && given.punto.trim().is_empty() {
        return Ok(see_other("/rete/schede"));
    }
    let mut own = point::list(app.db.read(), None).await?;
    own.retain(|point| keeper.has(point.id));
    let (chosen, page, asked) = given.of_people(&own);
    let faults = asked.faults();
    let points: Vec<PointId> = match (faults.is_empty(), chosen) {
        (false, _) => Vec::new(),
        (true, Some(point)) => vec![point.id],
        (true, None) => own.iter().map(|point| point.id).collect(),
    };
    let sum = standing::of_points(&app.db, Some(&points)).await?;
    let records = usize::try_from(sum.records).unwrap_or(usize::MAX);
    let part = ListPart::of(records, page, ROWS);
    let at = u64::try_from(part.page - 1).unwrap_or_default();
    let found = standing::list(&app.db, &points, (at, ROWS as u64)).await?;
    let asked = PeopleAsked {
        points: keeper.points.as_ref().map_or(&[], |_| &own[..]),
        point: chosen.map_or("", |point| &point.code),
        part,
    };
    let page = IncompletePage::people(sum, &found, &asked, &faults, lang);
    show_as(status(&faults), &app, "incomplete.html", lang, &page)
}

/// `GET /rete/schede`
pub async fn points(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
    given: Query<IncompleteQuery>,
) -> Result<HttpResponse, Error> {
    let mut all = Vec::new();
    for programme in programme::list(app.db.read()).await? {
        all.extend(standing::by_point(&app.db, programme.id).await?);
    }
    let sum = standing::of_points(&app.db, None).await?;
    let mut asked = ListQuery::default();
    let usual = Sorted {
        by: By::Services,
        descending: true,
    };
    sort(&mut all, asked.sorted(&given.ordina, &COLUMNS, usual));
    let (page, faults) = (asked.page(&given.pagina), asked.faults());
    if !faults.is_empty() {
        all.clear();
    }
    let page = IncompletePage::points(sum, &all, (&given.ordina, page), &faults, lang);
    show_as(status(&faults), &app, "incomplete.html", lang, &page)
}

impl IncompleteQuery {
    /// The point of the people and the page; their list has one order.
    fn of_people<'p>(&self, own: &'p [Point]) -> (Option<&'p Point>, usize, ListQuery) {
        let mut asked = ListQuery::default();
        let chosen = asked.read("punto", &self.punto, "list-not-there", |code| {
            own.iter().find(|point| point.has_code(code))
        });
        let usual = Sorted {
            by: (),
            descending: false,
        };
        asked.sorted(&self.ordina, &[], usual);
        let page = asked.page(&self.pagina);
        (chosen, page, asked)
    }
}

fn sort(all: &mut [PointHeld], sorted: Sorted<By>) {
    all.sort_by(|a, b| {
        let order = match sorted.by {
            By::Name => folded(&a.name).cmp(&folded(&b.name)),
            By::Records => a.standing.records.cmp(&b.standing.records),
            By::Services => a.standing.services.cmp(&b.standing.services),
        };
        let order = match sorted.descending {
            true => order.reverse(),
            false => order,
        };
        order.then_with(|| a.code.cmp(&b.code))
    });
}

/// `incomplete.html`: the records to complete of some points, or the points that have some.
#[derive(Debug, Serialize)]
pub struct IncompletePage {
    chrome: Chrome,
    /// How much there is to do.
    sum: String,
    /// The list is of people.
    people: bool,
    points: Vec<SelectChoice>,
    list: ListView,
}

/// What of the people is asked for.
#[derive(Debug)]
pub struct PeopleAsked<'a> {
    /// The points to choose from; none for a coordinator, who comes from one.
    pub points: &'a [Point],
    /// The code of the one that was chosen; empty for all.
    pub point: &'a str,
    /// The page.
    pub part: ListPart,
}

/// The fields that a record lacks, by their names in the form.
#[must_use]
pub fn lacking(all: &[Lacking], lang: Lang) -> Vec<String> {
    let name = |one: &Lacking| text(lang, &format!("field-{}", one.field()));
    all.iter().map(name).collect()
}

/// How many records there are to complete, and the services that stand still for them.
#[must_use]
pub fn sum(standing: HeldRecords, lang: Lang) -> String {
    let args: Args = [
        ("records".into(), standing.records.into()),
        ("services".into(), standing.services.into()),
    ]
    .into();
    text_with(lang, "incomplete-sum", &args)
}

impl IncompletePage {
    /// A page of people.
    #[must_use]
    pub fn people(
        standing: HeldRecords,
        people: &[Incomplete],
        asked: &PeopleAsked<'_>,
        faults: &[FieldFault],
        lang: Lang,
    ) -> Self {
        let at = ListAddress::new(INCOMPLETE, &[("punto", asked.point)]);
        let columns = ["person", "lacks", "services"].map(|head| column(head, None, lang));
        let row = |one: &Incomplete| ListRow {
            href: Some(format!("/punto/cittadini/{}/dati{FROM_LIST}", one.citizen)),
            cells: vec![
                one.name.clone(),
                lacking(&one.lacking, lang).join(", "),
                one.services.to_string(),
            ],
        };
        let points = asked.points.iter().filter(|_| asked.points.len() > 1);
        Self {
            chrome: chrome(text(lang, "incomplete-title"), INCOMPLETE, lang),
            sum: sum(standing, lang),
            people: true,
            points: points
                .map(|point| choice(&point.code, &point.name, asked.point))
                .collect(),
            list: ListView::new(&at, columns.into(), "", faults, lang)
                .rows(
                    text(lang, "incomplete-caption"),
                    people.iter().map(row).collect(),
                )
                .paged(&at, &asked.part),
        }
    }

    /// A page of points, counted from 1, in the order that the address says.
    #[must_use]
    pub fn points(
        standing: HeldRecords,
        points: &[PointHeld],
        (sort, page): (&str, usize),
        faults: &[FieldFault],
        lang: Lang,
    ) -> Self {
        let at = ListAddress::new("/rete/schede", &[(SORT, sort)]);
        let columns = [
            column("point", Some("nome"), lang),
            column("records", Some("schede"), lang),
            column("services", Some("servizi"), lang),
        ];
        let sorted = match sort {
            "" => "-servizi",
            sort => sort,
        };
        let figure = |value: u64| number(lang, i64::try_from(value).unwrap_or(i64::MAX));
        let row = |one: &PointHeld| ListRow {
            href: Some(format!("/punto/schede?punto={}", one.code)),
            cells: vec![
                one.name.clone(),
                figure(one.standing.records),
                figure(one.standing.services),
            ],
        };
        let part = ListPart::of(points.len(), page, ROWS);
        Self {
            chrome: network_chrome(text(lang, "incomplete-title"), "/rete/schede", lang),
            sum: sum(standing, lang),
            people: false,
            points: Vec::new(),
            list: ListView::new(&at, columns.into(), sorted, faults, lang)
                .rows(
                    text(lang, "incomplete-points-caption"),
                    part.cut(points).map(row).collect(),
                )
                .paged(&at, &part),
        }
    }
}

fn column(head: &str, name: Option<&'static str>, lang: Lang) -> ListColumn {
    ListColumn {
        label: text(lang, &format!("incomplete-{head}")),
        name,
        largest_first: name != Some("nome"),
    }
}
