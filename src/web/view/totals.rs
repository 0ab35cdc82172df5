//! The network's public totals.

use serde::Serialize;
use time::Month;

use crate::domain::facilita::ServiceKind;
use crate::domain::locale::Lang;
use crate::network::programme::Programme;
use crate::network::totals::{OfMonth, Totals};
use crate::web::templates::{day, day_of, month, number, text};

use super::chrome::{Chrome, Section};

/// `totals.html`: figures against targets, and tables. Nothing of a single person.
#[derive(Debug, Serialize)]
pub struct TotalsPage {
    chrome: Chrome,
    programme: Option<ProgrammeView>,
    others: Vec<Other>,
}

#[derive(Debug, Serialize)]
struct ProgrammeView {
    name: String,
    from: String,
    to: String,
    as_of: String,
    citizens: Figure,
    services: Figure,
    by_kind: Vec<Row>,
    by_month: Vec<Row>,
    by_point: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Figure {
    value: String,
    target: Option<String>,
    /// Whole per cent of the target, at most 100.
    share: Option<u64>,
    share_text: String,
}

/// A row of a table: services, citizens where they are told apart, and the services' share of the
/// longest bar.
#[derive(Debug, Serialize)]
struct Row {
    label: String,
    services: String,
    citizens: Option<String>,
    share: u64,
}

#[derive(Debug, Serialize)]
struct Other {
    href: String,
    name: String,
}

impl TotalsPage {
    /// The totals of one programme, with links to the others; or a page that says there is none.
    #[must_use]
    pub fn new(shown: Option<(&Programme, Totals)>, all: &[Programme], lang: Lang) -> Self {
        let code = shown.as_ref().map(|(programme, _)| programme.code.as_str());
        let address = |code: &str| format!("/rete/totali?programma={code}");
        let here = code.map_or_else(|| "/rete/totali".to_owned(), address);
        Self {
            chrome: Chrome::new(lang, text(lang, "totals-title"), Section::Totals, &here)
                .described(text(lang, "totals-description")),
            others: all
                .iter()
                .filter(|other| Some(other.code.as_str()) != code)
                .map(|other| Other {
                    href: address(&other.code),
                    name: other.name.clone(),
                })
                .collect(),
            programme: shown
                .map(|(programme, totals)| ProgrammeView::new(programme, &totals, lang)),
        }
    }
}

impl ProgrammeView {
    fn new(programme: &Programme, totals: &Totals, lang: Lang) -> Self {
        let kinds = &totals.services.by_kind;
        let by_kind = [
            (ServiceKind::Individual, kinds.individual),
            (ServiceKind::Group, kinds.group),
            (ServiceKind::Classroom, kinds.classroom),
            (ServiceKind::Online, kinds.online),
            (ServiceKind::Other, kinds.other),
        ];
        let most = |values: &mut dyn Iterator<Item = u64>| values.max().unwrap_or(0).max(1);
        let most_of_kind = most(&mut by_kind.iter().map(|(_, services)| *services));
        let most_of_month = most(&mut totals.by_month.iter().map(|row| row.services));
        let most_of_point = most(&mut totals.by_point.iter().map(|row| row.services));
        Self {
            name: programme.name.clone(),
            from: day(lang, programme.starts_on),
            to: day(lang, programme.ends_on),
            as_of: day_of(lang, totals.as_of),
            citizens: Figure::new(totals.citizens.reached, totals.citizens.target, lang),
            services: Figure::new(totals.services.total, totals.services.target, lang),
            by_kind: by_kind
                .into_iter()
                .map(|(kind, services)| Row {
                    label: kind.label(lang).to_owned(),
                    services: grouped(lang, services),
                    citizens: None,
                    share: services * 100 / most_of_kind,
                })
                .collect(),
            by_month: totals
                .by_month
                .iter()
                .map(|row| Row {
                    label: month_label(row, lang),
                    services: grouped(lang, row.services),
                    citizens: Some(grouped(lang, row.citizens)),
                    share: row.services * 100 / most_of_month,
                })
                .collect(),
            by_point: totals
                .by_point
                .iter()
                .map(|row| Row {
                    label: row.name.clone(),
                    services: grouped(lang, row.services),
                    citizens: Some(grouped(lang, row.citizens)),
                    share: row.services * 100 / most_of_point,
                })
                .collect(),
        }
    }
}

impl Figure {
    fn new(value: u64, target: Option<u64>, lang: Lang) -> Self {
        let target = target.filter(|target| *target > 0);
        let share = target.map(|target| value.saturating_mul(100) / target);
        Self {
            value: grouped(lang, value),
            target: target.map(|target| grouped(lang, target)),
            share: share.map(|share| share.min(100)),
            share_text: match share {
                Some(0) if value > 0 => text(lang, "totals-less-than-one"),
                share => format!("{}%", share.unwrap_or(0)),
            },
        }
    }
}

fn grouped(lang: Lang, value: u64) -> String {
    number(lang, i64::try_from(value).unwrap_or(i64::MAX))
}

/// `2026-11` in words.
fn month_label(row: &OfMonth, lang: Lang) -> String {
    let parts = row.month.split_once('-').and_then(|(year, number)| {
        let number: u8 = number.parse().ok()?;
        Some((year.parse().ok()?, Month::try_from(number).ok()?))
    });
    parts.map_or_else(
        || row.month.clone(),
        |(year, number)| month(lang, year, number),
    )
}
