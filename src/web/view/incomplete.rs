//! Records to complete: the list of a desk, and how many each point has.

use serde::Serialize;

use crate::citizens::lacking::Lacking;
use crate::domain::locale::Lang;
use crate::network::facilita::standing::{Incomplete, PointStanding, Standing};
use crate::network::point::Point;
use crate::web::error::Field;
use crate::web::templates::{Args, number, text, text_with};

use super::catalogue::Choice;
use super::chrome::Chrome;
use super::citizen_form::{FROM_LIST, INCOMPLETE};
use super::desk::{chrome, network_chrome};
use super::list::{Column, List, ListAddress, ListRow, Part, ROWS, SORT, choice};

/// `incomplete.html`: the records to complete of some points, or the points that have some.
#[derive(Debug, Serialize)]
pub struct IncompletePage {
    chrome: Chrome,
    /// How much there is to do.
    sum: String,
    /// The list is of people.
    people: bool,
    points: Vec<Choice>,
    list: List,
}

/// What of the people is asked for.
#[derive(Debug)]
pub struct PeopleAsked<'a> {
    /// The points to choose from; none for a coordinator, who comes from one.
    pub points: &'a [Point],
    /// The code of the one that was chosen; empty for all.
    pub point: &'a str,
    /// The page.
    pub part: Part,
}

/// The fields that a record lacks, by their names in the form.
#[must_use]
pub fn lacking(all: &[Lacking], lang: Lang) -> Vec<String> {
    let name = |one: &Lacking| text(lang, &format!("field-{}", one.field()));
    all.iter().map(name).collect()
}

/// How many records there are to complete, and the services that stand still for them.
#[must_use]
pub fn sum(standing: Standing, lang: Lang) -> String {
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
        standing: Standing,
        people: &[Incomplete],
        asked: &PeopleAsked<'_>,
        faults: &[Field],
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
            list: List::new(&at, columns.into(), "", faults, lang)
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
        standing: Standing,
        points: &[PointStanding],
        (sort, page): (&str, usize),
        faults: &[Field],
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
        let row = |one: &PointStanding| ListRow {
            href: Some(format!("/punto/schede?punto={}", one.code)),
            cells: vec![
                one.name.clone(),
                figure(one.standing.records),
                figure(one.standing.services),
            ],
        };
        let part = Part::of(points.len(), page, ROWS);
        Self {
            chrome: network_chrome(text(lang, "incomplete-title"), "/rete/schede", lang),
            sum: sum(standing, lang),
            people: false,
            points: Vec::new(),
            list: List::new(&at, columns.into(), sorted, faults, lang)
                .rows(
                    text(lang, "incomplete-points-caption"),
                    part.cut(points).map(row).collect(),
                )
                .paged(&at, &part),
        }
    }
}

fn column(head: &str, name: Option<&'static str>, lang: Lang) -> Column {
    Column {
        label: text(lang, &format!("incomplete-{head}")),
        name,
        largest_first: name != Some("nome"),
    }
}
