//! The network's totals, as tables and charts: what everybody may see, and the same exactly.

use serde::Serialize;
use time::{Date, Month};

use crate::domain::calendar::rome_day;
use crate::domain::facilita::ServiceKind;
use crate::domain::locale::Lang;
use crate::network::programme::{Programme, ProgrammeTarget, TargetKind, in_force};
use crate::network::projection::{pace_needed, project};
use crate::network::public::Figure as Shown;
use crate::network::totals::Totals;
use crate::web::parts::chart::Columns;
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::templates::{Args, day, day_of, month, number, text, text_with};

/// Points that stand among the other figures: those with the most services.
const FIRST_POINTS: usize = 8;

/// `totals.html`: figures against targets, and tables. Nothing of a single person.
#[derive(Debug, Serialize)]
pub struct TotalsPage {
    chrome: Chrome,
    programme: Option<Board>,
    others: Vec<Other>,
    data: String,
    about_data: String,
}

/// Everything that is shown of a programme.
#[derive(Debug, Serialize)]
pub struct Board {
    name: String,
    from: String,
    to: String,
    as_of: String,
    citizens: Against,
    services: Against,
    /// Whether a figure is hidden.
    hidden: bool,
    steps: Vec<Cells>,
    tables: Vec<Table>,
}

/// A figure against its target, with where it will be if things go on.
#[derive(Debug, Serialize)]
struct Against {
    value: String,
    target: Option<String>,
    /// Whole per cent of the target, at most 100.
    share: Option<u64>,
    share_text: String,
    projection: Option<String>,
    chart: Columns,
}

/// A table, with citizens or services or both.
#[derive(Debug, Serialize)]
struct Table {
    id: &'static str,
    title: String,
    first: String,
    with_services: bool,
    rows: Vec<Row>,
    /// Where the rows are that have no place here, and how many there are in all.
    all: Option<(String, usize)>,
}

/// A row of a table: services and citizens, and the share of the longest bar.
#[derive(Debug, Serialize)]
struct Row {
    label: String,
    services: String,
    citizens: String,
    share: u64,
}

/// A row of a plain table.
#[derive(Debug, Serialize)]
pub struct Cells {
    pub(crate) cells: Vec<String>,
    pub(crate) href: Option<String>,
}

#[derive(Debug, Serialize)]
struct Other {
    href: String,
    name: String,
}

impl TotalsPage {
    /// The totals of one programme, with links to the others; or a page that says there is none.
    #[must_use]
    pub fn new(shown: Option<(&Programme, Totals<Shown>)>, all: &[Programme], lang: Lang) -> Self {
        let code = shown.as_ref().map(|(programme, _)| programme.code.as_str());
        let address = |code: &str| format!("/rete/totali?programma={code}");
        let here = code.map_or_else(|| "/rete/totali".to_owned(), address);
        Self {
            chrome: Chrome::new(lang, text(lang, "totals-title"), SiteSection::Totals, &here)
                .described(text(lang, "totals-description")),
            data: code.map_or_else(String::new, |code| {
                format!("/rete/totali/dati.csv?programma={code}")
            }),
            about_data: code.map_or_else(String::new, |code| {
                format!("/rete/totali/dati?programma={code}")
            }),
            others: all
                .iter()
                .filter(|other| Some(other.code.as_str()) != code)
                .map(|other| Other {
                    href: address(&other.code),
                    name: other.name.clone(),
                })
                .collect(),
            programme: shown.map(|(programme, totals)| {
                let points = format!("/rete/totali/punti?programma={}", programme.code);
                Board::new(programme, &totals, points, lang)
            }),
        }
    }
}

impl Board {
    /// The figures of a programme, exact or as everybody may see them; `points` is where those of
    /// every point are.
    pub(crate) fn new<N>(
        programme: &Programme,
        totals: &Totals<N>,
        points: String,
        lang: Lang,
    ) -> Self
    where
        N: Copy + Into<Shown>,
    {
        let figures = Figures {
            programme,
            totals,
            lang,
        };
        let (reached, total) = (totals.citizens.reached.into(), totals.services.total.into());
        Self {
            name: programme.name.clone(),
            from: day(lang, programme.starts_on),
            to: day(lang, programme.ends_on),
            as_of: day_of(lang, totals.as_of),
            citizens: figures.against(TargetKind::Citizens, reached),
            services: figures.against(TargetKind::Services, total),
            hidden: totals.citizens.hidden
                || totals.services.hidden
                || totals.by_point.iter().any(|row| row.hidden)
                || totals.by_month.iter().any(|row| row.hidden)
                || totals.by_province.iter().any(|row| row.hidden),
            steps: figures.steps(),
            tables: figures.tables(points),
        }
    }
}

/// What a board is made from.
struct Figures<'t, N> {
    programme: &'t Programme,
    totals: &'t Totals<N>,
    lang: Lang,
}

impl<N: Copy + Into<Shown>> Figures<'_, N> {
    fn today(&self) -> Date {
        rome_day(self.totals.as_of)
    }

    /// A month's figure; nothing happened in a month without a row, unless all rows are hidden.
    fn of_month(&self, kind: TargetKind, name: &str) -> Shown {
        let value = |row: &crate::network::totals::OfMonth<N>| match kind {
            TargetKind::Citizens => row.citizens.into(),
            _ => row.services.into(),
        };
        let rows = &self.totals.by_month;
        match rows.iter().find(|row| row.month == name) {
            Some(row) => value(row),
            None => rows.iter().any(|row| value(row).is_some()).then_some(0),
        }
    }

    fn against(&self, kind: TargetKind, value: Shown) -> Against {
        let (lang, today) = (self.lang, self.today());
        let step = in_force(&self.totals.targets, kind, today).filter(|step| step.value > 0);
        let share = step
            .zip(value)
            .map(|(step, value)| value.saturating_mul(100) / step.value);
        let projected = step.zip(value).and_then(|(step, value)| {
            let starts = self.programme.starts_on;
            project(value, starts, today, step.due_on, |name| {
                self.of_month(kind, name)
            })
        });
        let pace = step
            .zip(value)
            .and_then(|(step, value)| pace_needed(value, step.value, today, step.due_on));
        let months: Vec<(String, Shown)> = self
            .totals
            .by_month
            .iter()
            .map(|row| (row.month.clone(), self.of_month(kind, &row.month)))
            .collect();
        let ahead = projected.map(|projected| (projected.on, projected.a_month));
        Against {
            value: figure(lang, value),
            target: step.map(|step| grouped(lang, step.value)),
            share: share.map(|share| share.min(100)),
            share_text: match share {
                Some(0) if value > Some(0) => text(lang, "totals-less-than-one"),
                share => format!("{}%", share.unwrap_or(0)),
            },
            projection: projected.map(|there| {
                let mut args = Args::new();
                args.insert("day".into(), day(lang, there.on).into());
                args.insert("likely".into(), grouped(lang, there.likely).into());
                args.insert("least".into(), grouped(lang, there.least).into());
                args.insert("most".into(), grouped(lang, there.most).into());
                text_with(lang, "totals-projection", &args)
            }),
            chart: Columns::new(&months, today, ahead, pace.filter(|pace| *pace > 0), lang),
        }
    }

    /// Every step of the targets that the network's services count towards.
    fn steps(&self) -> Vec<Cells> {
        let counted = |step: &&ProgrammeTarget| {
            matches!(step.kind, TargetKind::Citizens | TargetKind::Services)
        };
        let row = |step: &ProgrammeTarget| {
            let value = match step.kind {
                TargetKind::Citizens => self.totals.citizens.reached.into(),
                _ => self.totals.services.total.into(),
            };
            let state = match value {
                Some(value) if value >= step.value => "totals-step-reached",
                _ if step.due_on < self.today() => "totals-step-missed",
                _ => "totals-step-ahead",
            };
            Cells {
                cells: vec![
                    text(self.lang, &format!("totals-{}", step.kind.name())),
                    day(self.lang, step.due_on),
                    grouped(self.lang, step.value),
                    text(self.lang, state),
                ],
                href: None,
            }
        };
        self.totals
            .targets
            .iter()
            .filter(counted)
            .map(row)
            .collect()
    }

    fn tables(&self, all_points: String) -> Vec<Table> {
        let (totals, lang) = (self.totals, self.lang);
        let both = |id, key: &str, first: &str, rows: Vec<(String, N, N)>| {
            let rows = rows
                .into_iter()
                .map(|(label, services, citizens)| (label, services.into(), citizens.into()))
                .collect();
            table(lang, id, [key, first], true, rows)
        };
        let people = |id, key: &str, first: &str, rows: Vec<(String, N)>| {
            let rows = rows
                .into_iter()
                .map(|(label, citizens)| (label, None, citizens.into()))
                .collect();
            table(lang, id, [key, first], false, rows)
        };
        let (of_people, of_services) = (&totals.citizens, &totals.services);
        let kinds = ServiceKind::ALL.iter().map(|kind| {
            let label = kind.label(lang).to_owned();
            (
                label,
                of_services.by_kind.of(*kind),
                of_people.by_kind.of(*kind),
            )
        });
        let months = totals.by_month.iter();
        let months = months.map(|row| (month_label(lang, &row.month), row.services, row.citizens));
        let provinces = totals.by_province.iter();
        let provinces = provinces.map(|row| (row.province.clone(), row.services, row.citizens));
        let mut points: Vec<_> = totals.by_point.iter().collect();
        // A figure that is hidden is smaller than any that is shown.
        points.sort_by_key(|row| {
            std::cmp::Reverse::<(Shown, Shown)>((row.services.into(), row.citizens.into()))
        });
        let points = points.into_iter().take(FIRST_POINTS);
        let points = points.map(|row| (row.name.clone(), row.services, row.citizens));
        let ages = of_people.by_age.iter();
        let ages = ages.map(|row| (row.age.label(lang).to_owned(), row.citizens));
        let genders = of_people.by_gender.iter();
        let genders = genders.map(|row| (row.gender.label(lang).to_owned(), row.citizens));
        let mut tables = vec![
            both("per-tipo", "totals-by-kind", "totals-kind", kinds.collect()),
            both(
                "per-mese",
                "totals-by-month",
                "totals-month",
                months.collect(),
            ),
            people("per-eta", "totals-by-age", "totals-age", ages.collect()),
            people(
                "per-genere",
                "totals-by-gender",
                "totals-gender",
                genders.collect(),
            ),
            both(
                "per-provincia",
                "totals-by-province",
                "totals-province",
                provinces.collect(),
            ),
            both(
                "per-punto",
                "totals-by-point",
                "totals-point",
                points.collect(),
            ),
        ];
        let many = totals.by_point.len();
        if let Some(table) = tables.last_mut().filter(|_| many > FIRST_POINTS) {
            table.all = Some((all_points, many));
        }
        tables
    }
}

fn table(
    lang: Lang,
    id: &'static str,
    [title, first]: [&str; 2],
    with_services: bool,
    rows: Vec<(String, Shown, Shown)>,
) -> Table {
    let bar = |(_, services, citizens): &(String, Shown, Shown)| {
        if with_services { *services } else { *citizens }.unwrap_or(0)
    };
    let most = rows.iter().map(bar).max().unwrap_or(0).max(1);
    Table {
        id,
        title: text(lang, title),
        first: text(lang, first),
        with_services,
        all: None,
        rows: rows
            .iter()
            .map(|row| Row {
                label: row.0.clone(),
                services: figure(lang, row.1),
                citizens: figure(lang, row.2),
                share: bar(row) * 100 / most,
            })
            .collect(),
    }
}

/// A number, or that it is hidden.
pub(crate) fn figure(lang: Lang, value: Shown) -> String {
    value.map_or_else(|| text(lang, "totals-hidden"), |value| grouped(lang, value))
}

pub(crate) fn grouped(lang: Lang, value: u64) -> String {
    number(lang, i64::try_from(value).unwrap_or(i64::MAX))
}

/// `2026-11` in words.
pub(crate) fn month_label(lang: Lang, name: &str) -> String {
    let parts = name.split_once('-').and_then(|(year, number)| {
        let number: u8 = number.parse().ok()?;
        Some((year.parse().ok()?, Month::try_from(number).ok()?))
    });
    parts.map_or_else(
        || name.to_owned(),
        |(year, number)| month(lang, year, number),
    )
}
