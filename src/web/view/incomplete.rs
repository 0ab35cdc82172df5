//! Records to complete: the list of a desk, and how many each point has.

use serde::Serialize;

use crate::citizens::lacking::Lacking;
use crate::domain::locale::Lang;
use crate::network::facilita::standing::{Incomplete, PointStanding, Standing};
use crate::network::point::Point;
use crate::web::templates::{Args, number, text, text_with};

use super::catalogue::Choice;
use super::chrome::Chrome;
use super::desk::{chrome, network_chrome};

/// `incomplete.html`: the records to complete of some points, or the points that have some.
#[derive(Debug, Serialize)]
pub struct IncompletePage {
    chrome: Chrome,
    /// How much there is to do.
    sum: String,
    /// The list is of people.
    people: bool,
    points: Vec<Choice>,
    caption: String,
    heads: Vec<String>,
    rows: Vec<Row>,
    page: u64,
    pages: u64,
    previous: Option<String>,
    next: Option<String>,
}

#[derive(Debug, Serialize)]
struct Row {
    href: Option<String>,
    cells: Vec<String>,
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
    /// A page of people, counted from 1. `chosen`: the code of the one point asked for.
    #[must_use]
    pub fn people(
        standing: Standing,
        people: &[Incomplete],
        (points, chosen): (&[Point], &str),
        (page, pages): (u64, u64),
        lang: Lang,
    ) -> Self {
        let at = |page: u64| {
            let point = match chosen {
                "" => String::new(),
                code => format!("punto={code}&"),
            };
            format!("/punto/schede?{point}pagina={page}")
        };
        let row = |one: &Incomplete| Row {
            href: Some(format!("/punto/cittadini/{}/dati", one.citizen)),
            cells: vec![
                one.name.clone(),
                lacking(&one.lacking, lang).join(", "),
                one.services.to_string(),
            ],
        };
        Self {
            chrome: chrome(text(lang, "incomplete-title"), "/punto/schede", lang),
            sum: sum(standing, lang),
            people: true,
            points: points
                .iter()
                .filter(|_| points.len() > 1)
                .map(|point| Choice {
                    value: point.code.clone(),
                    label: point.name.clone(),
                    selected: point.code == chosen,
                })
                .collect(),
            caption: text(lang, "incomplete-caption"),
            heads: ["person", "lacks", "services"]
                .map(|head| text(lang, &format!("incomplete-{head}")))
                .into(),
            rows: people.iter().map(row).collect(),
            page,
            pages,
            previous: (page > 1).then(|| at(page - 1)),
            next: (page < pages).then(|| at(page + 1)),
        }
    }

    /// A page of points, counted from 1.
    #[must_use]
    pub fn points(
        standing: Standing,
        points: &[PointStanding],
        (page, pages): (u64, u64),
        lang: Lang,
    ) -> Self {
        let at = |page: u64| format!("/rete/schede?pagina={page}");
        let figure = |value: u64| number(lang, i64::try_from(value).unwrap_or(i64::MAX));
        let row = |one: &PointStanding| Row {
            href: Some(format!("/punto/schede?punto={}", one.code)),
            cells: vec![
                one.name.clone(),
                figure(one.standing.records),
                figure(one.standing.services),
            ],
        };
        Self {
            chrome: network_chrome(text(lang, "incomplete-title"), "/rete/schede", lang),
            sum: sum(standing, lang),
            people: false,
            points: Vec::new(),
            caption: text(lang, "incomplete-points-caption"),
            heads: ["point", "records", "services"]
                .map(|head| text(lang, &format!("incomplete-{head}")))
                .into(),
            rows: points.iter().map(row).collect(),
            page,
            pages,
            previous: (page > 1).then(|| at(page - 1)),
            next: (page < pages).then(|| at(page + 1)),
        }
    }
}
