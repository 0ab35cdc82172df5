//! A chart of columns by month, drawn by the server: places in per cent of the drawing.

use serde::Serialize;
use time::{Date, Duration};

use crate::domain::calendar::month;
use crate::domain::locale::Lang;
use crate::network::public::Figure;
use crate::web::public::totals_page::{grouped, month_label};
use crate::web::templates::{Args, text, text_with};

/// Months drawn at most; the latest are kept.
const MONTHS: usize = 36;

/// A chart of columns, from the first month to the one a target is due in.
#[derive(Debug, Default, Serialize)]
pub struct Columns {
    columns: Vec<Column>,
    /// How wide a column is.
    width: f64,
    /// The value at the top.
    top: String,
    /// Where years begin.
    years: Vec<Year>,
    /// How high the line of the target is, from the top, and what it says.
    line: Option<f64>,
    line_text: String,
    ahead: bool,
    /// The same figures: a month, and what it has.
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Column {
    x: f64,
    y: f64,
    height: f64,
    /// `bar` of what was, `ahead` of what may be, `unseen` of a month that is hidden.
    kind: &'static str,
}

#[derive(Debug, Serialize)]
struct Year {
    x: f64,
    label: String,
}

#[derive(Debug, Serialize)]
struct Row {
    label: String,
    value: String,
}

impl Columns {
    /// Draws months that have figures, the months `ahead` of today up to a day at a pace, and a
    /// line at the pace that is needed.
    pub(crate) fn new(
        months: &[(String, Figure)],
        today: Date,
        ahead: Option<(Date, u64)>,
        needed: Option<u64>,
        lang: Lang,
    ) -> Self {
        let Some((first, _)) = months.first() else {
            return Self::default();
        };
        let of = |name: &str| months.iter().find(|(month, _)| month == name);
        let mut names = between(first, today);
        let drawn = names.len();
        if let Some((until, _)) = ahead {
            names.extend(between(&month(next_month(today)), until));
        }
        let skipped = names.len().saturating_sub(MONTHS);
        let figures: Vec<(String, &'static str, u64)> = names
            .into_iter()
            .enumerate()
            .skip(skipped)
            .map(|(place, name)| match (place < drawn, of(&name), ahead) {
                (false, _, Some((_, pace))) => (name, "ahead", pace),
                (_, Some((_, None)), _) => (name, "unseen", 0),
                (_, found, _) => {
                    let value = found.and_then(|(_, value)| *value).unwrap_or(0);
                    (name, "bar", value)
                }
            })
            .collect();
        let most = figures.iter().map(|one| one.2).chain(needed).max();
        let most = most.unwrap_or(0).max(1);
        let high = |value: u64| round(ratio(value, most) * 100.0);
        let step = 100.0 / f64::from(u16::try_from(figures.len()).unwrap_or(u16::MAX)).max(1.0);
        let at = |place: usize| round(f64::from(u16::try_from(place).unwrap_or(0)) * step);
        Self {
            width: round(step * 0.8),
            top: grouped(lang, most),
            ahead: figures.iter().any(|one| one.1 == "ahead"),
            line: needed.map(|needed| round(100.0 - high(needed))),
            line_text: needed.map_or_else(String::new, |needed| {
                let mut args = Args::new();
                args.insert("pace".into(), grouped(lang, needed).into());
                text_with(lang, "totals-pace", &args)
            }),
            years: figures
                .iter()
                .enumerate()
                .filter(|(place, one)| *place == 0 || one.0.ends_with("-01"))
                .map(|(place, one)| Year {
                    x: at(place),
                    label: one.0.chars().take(4).collect(),
                })
                .collect(),
            columns: figures
                .iter()
                .enumerate()
                .map(|(place, (_, kind, value))| {
                    let height = if *kind == "unseen" {
                        100.0
                    } else {
                        high(*value)
                    };
                    Column {
                        x: at(place),
                        y: round(100.0 - height),
                        height,
                        kind,
                    }
                })
                .collect(),
            rows: figures
                .iter()
                .map(|(name, kind, value)| Row {
                    label: month_label(lang, name),
                    value: match *kind {
                        "unseen" => text(lang, "totals-hidden"),
                        "ahead" => {
                            let mut args = Args::new();
                            args.insert("value".into(), grouped(lang, *value).into());
                            text_with(lang, "totals-about", &args)
                        }
                        _ => grouped(lang, *value),
                    },
                })
                .collect(),
        }
        .spaced()
    }

    /// Two years whose words would touch: the first of them goes.
    fn spaced(mut self) -> Self {
        if let [first, second, ..] = self.years.as_slice()
            && second.x - first.x < 15.0
        {
            self.years.remove(0);
        }
        self
    }
}

/// The months from one, `YYYY-MM`, to that of a day.
fn between(first: &str, until: Date) -> Vec<String> {
    let last = month(until);
    let mut names = Vec::new();
    let mut day = until.replace_day(1).unwrap_or(until);
    let mut name = last;
    while name.as_str() >= first {
        names.push(name);
        day = (day - Duration::days(1)).replace_day(1).unwrap_or(day);
        name = month(day);
    }
    names.reverse();
    names
}

fn next_month(day: Date) -> Date {
    day.replace_day(28).unwrap_or(day) + Duration::days(4)
}

#[expect(clippy::cast_precision_loss, reason = "places in a drawing")]
fn ratio(value: u64, most: u64) -> f64 {
    value as f64 / most as f64
}

fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn months_without_figures_have_their_place_and_a_hidden_one_is_marked() {
        let months = [
            ("2026-08".to_owned(), Some(10)),
            ("2026-10".to_owned(), None),
            ("2026-11".to_owned(), Some(5)),
        ];
        let today = date!(2026 - 11 - 21);
        let ahead = Some((date!(2026 - 12 - 31), 8));
        let chart = Columns::new(&months, today, ahead, Some(20), Lang::It);
        let kinds: Vec<_> = chart.columns.iter().map(|one| one.kind).collect();
        assert_eq!(kinds, ["bar", "bar", "unseen", "bar", "ahead"]);
        let heights: Vec<_> = chart.columns.iter().map(|one| one.height).collect();
        assert_eq!(heights, [50.0, 0.0, 100.0, 25.0, 40.0]);
        assert_eq!((chart.line, chart.columns[4].x), (Some(0.0), 80.0));
    }
}
