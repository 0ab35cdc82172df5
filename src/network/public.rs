//! What of the totals everybody may see: the figures of [`Totals`] without those that would tell of
//! few people ([`super::hidden`]), and no figure that is not in those tables.

use std::collections::BTreeMap;

use thiserror::Error;
use time::{Date, OffsetDateTime};

use crate::db::{Db, DbErr};
use crate::domain::calendar::month;
use crate::domain::facilita::ServiceKind;

use super::hidden::{self, Cell, Tree};
use super::programme::Programme;
use super::span::Span;
use super::totals::{
    self, ByKind, Citizens, Filter, OfAge, OfGender, OfMonth, OfPoint, OfProvince, Services, Totals,
};

/// A figure, or none where it is hidden.
pub type Figure = Option<u64>;

/// Why somebody who does not work for the network does not get a part of the totals.
#[derive(Debug, Error)]
pub enum Withheld {
    /// A part of a month.
    #[error("only whole months")]
    PartOfMonth,
    /// Months some of which are hidden: with the others they would be known.
    #[error("hidden months")]
    HiddenMonths,
    /// Months of one point.
    #[error("a point's months")]
    PointMonths,
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// The part that somebody asks for. Every figure is one of the tables of [`of`], or a sum of shown
/// ones: so whoever asks for many parts learns nothing that they do not say.
///
/// # Errors
/// [`Withheld`].
pub async fn part(
    db: &Db,
    programme: &Programme,
    (from, to, point): (Option<Date>, Option<Date>, Option<&str>),
    now: OffsetDateTime,
) -> Result<Totals<Figure>, Withheld> {
    let whole = of(db, programme, now).await?;
    match (from.or(to), point) {
        (None, None) => Ok(whole),
        (None, Some(code)) => Ok(of_point(whole, code)),
        (Some(_), Some(_)) => Err(Withheld::PointMonths),
        (Some(_), None) => {
            let span = Span::of(from, to);
            if !span.days.is_empty() {
                return Err(Withheld::PartOfMonth);
            }
            of_months(whole, from, to)
        }
    }
}

/// The totals of a programme that everybody may see.
///
/// # Errors
/// The database's.
pub async fn of(
    db: &Db,
    programme: &Programme,
    now: OffsetDateTime,
) -> Result<Totals<Figure>, DbErr> {
    let exact = totals::of(db, programme, Filter::default(), now).await?;
    Ok(shown(exact))
}

/// One of the two things that are counted, after hiding: its tables, each in the order of the
/// totals.
struct Tables {
    total: Figure,
    kinds: Vec<Figure>,
    months: Vec<Figure>,
    provinces: Vec<Figure>,
    points: Vec<Figure>,
}

/// Hides what must be.
#[must_use]
pub fn shown(exact: Totals) -> Totals<Figure> {
    let kinds = |of: &ByKind| ServiceKind::ALL.iter().map(|kind| of.of(*kind)).collect();
    let citizens = Tables::new(
        exact.citizens.reached,
        kinds(&exact.citizens.by_kind),
        &exact,
        |point| point.citizens,
        |month| month.citizens,
        |_| 1,
    );
    // An individual service reaches one citizen at most: a shown figure of citizens is a floor.
    let floor = |kind: usize| match kind {
        0 => citizens.kinds[0].unwrap_or(1),
        _ => 1,
    };
    let services = Tables::new(
        exact.services.total,
        kinds(&exact.services.by_kind),
        &exact,
        |point| point.services,
        |month| month.services,
        floor,
    );
    let total = citizens.total;
    let by = |values: Vec<u64>| table(total, &plain(&values));
    let ages = by(exact
        .citizens
        .by_age
        .iter()
        .map(|one| one.citizens)
        .collect());
    let genders = by(exact
        .citizens
        .by_gender
        .iter()
        .map(|one| one.citizens)
        .collect());
    let eligible = exact.citizens.eligible_unverified;
    let eligible = Some(eligible).filter(|n| !hidden::is_small(*n));
    Totals {
        by_province: provinces(&exact, &citizens, &services),
        by_point: points(&exact, &citizens, &services),
        by_month: months(&exact, &citizens, &services),
        citizens: Citizens {
            hidden: any_hidden(&[&[total, eligible], &citizens.kinds, &ages, &genders]),
            reached: total,
            target: exact.citizens.target,
            eligible_unverified: eligible,
            by_kind: by_kind(&citizens.kinds),
            by_age: exact
                .citizens
                .by_age
                .iter()
                .zip(ages)
                .map(|(one, citizens)| OfAge {
                    age: one.age,
                    citizens,
                })
                .collect(),
            by_gender: exact
                .citizens
                .by_gender
                .iter()
                .zip(genders)
                .map(|(one, citizens)| OfGender {
                    gender: one.gender,
                    citizens,
                })
                .collect(),
        },
        services: Services {
            hidden: any_hidden(&[&[services.total], &services.kinds]),
            total: services.total,
            target: exact.services.target,
            by_kind: by_kind(&services.kinds),
        },
        programme: exact.programme,
        as_of: exact.as_of,
        targets: exact.targets,
    }
}

impl Tables {
    fn new(
        total: u64,
        kinds: Vec<u64>,
        exact: &Totals,
        of_point: impl Fn(&OfPoint) -> u64,
        of_month: impl Fn(&OfMonth) -> u64,
        floor: impl Fn(usize) -> u64,
    ) -> Self {
        let total = Some(total).filter(|n| !hidden::is_small(*n));
        let kinds: Vec<Cell> = kinds
            .into_iter()
            .enumerate()
            .map(|(place, value)| Cell::above(value, floor(place)))
            .collect();
        let months: Vec<u64> = exact.by_month.iter().map(of_month).collect();
        // The points in the order of the provinces, and each province's points together.
        let of_province = |province: &OfProvince| -> Vec<usize> {
            let here = exact.by_point.iter().enumerate();
            here.filter(|(_, point)| point.province == province.province)
                .map(|(place, _)| place)
                .collect()
        };
        let places: Vec<Vec<usize>> = exact.by_province.iter().map(of_province).collect();
        let groups: Vec<Vec<u64>> = places
            .iter()
            .map(|group| {
                group
                    .iter()
                    .map(|at| of_point(&exact.by_point[*at]))
                    .collect()
            })
            .collect();
        let tree = match total {
            Some(_) => hidden::tree(&groups),
            None => Tree {
                groups: None,
                cells: None,
            },
        };
        let sums: Vec<u64> = groups.iter().map(|group| group.iter().sum()).collect();
        let mut points = vec![None; exact.by_point.len()];
        for (place, group) in places.iter().enumerate() {
            let cells = tree.cells.as_ref().map(|cells| cells[place].clone());
            for (at, figure) in group.iter().zip(masked(&groups[place], cells.as_deref())) {
                points[*at] = figure;
            }
        }
        Self {
            total,
            kinds: table(total, &kinds),
            months: table(total, &plain(&months)),
            provinces: masked(&sums, tree.groups.as_deref()),
            points,
        }
    }
}

fn plain(values: &[u64]) -> Vec<Cell> {
    values.iter().copied().map(Cell::new).collect()
}

/// A table whose sum is the total; hidden with it.
fn table(total: Figure, cells: &[Cell]) -> Vec<Figure> {
    let hidden = total.and_then(|_| hidden::row(cells));
    let values: Vec<u64> = cells.iter().map(|cell| cell.value()).collect();
    masked(&values, hidden.as_deref())
}

fn masked(values: &[u64], hidden: Option<&[bool]>) -> Vec<Figure> {
    match hidden {
        None => vec![None; values.len()],
        Some(hidden) => values
            .iter()
            .zip(hidden)
            .map(|(value, hidden)| (!hidden).then_some(*value))
            .collect(),
    }
}

fn any_hidden(tables: &[&[Figure]]) -> bool {
    tables.iter().any(|table| table.contains(&None))
}

fn by_kind(figures: &[Figure]) -> ByKind<Figure> {
    let of: BTreeMap<ServiceKind, Figure> = ServiceKind::ALL
        .iter()
        .copied()
        .zip(figures.iter().copied())
        .collect();
    ByKind::each(|kind| of.get(&kind).copied().flatten())
}

/// Whether a row says anything: a table that is hidden whole does not even show that it has a row.
fn says(citizens: (Figure, &[Figure]), services: (Figure, &[Figure])) -> bool {
    let shown = |(figure, table): (Figure, &[Figure])| match figure {
        Some(value) => value > 0,
        None => table.iter().any(Option::is_some),
    };
    shown(citizens) || shown(services)
}

fn provinces(exact: &Totals, citizens: &Tables, services: &Tables) -> Vec<OfProvince<Figure>> {
    let figures = citizens.provinces.iter().zip(&services.provinces);
    let rows = exact.by_province.iter().zip(figures);
    rows.filter(|(_, (c, s))| says((**c, &citizens.provinces), (**s, &services.provinces)))
        .map(|(one, (citizens, services))| OfProvince {
            province: one.province.clone(),
            citizens: *citizens,
            services: *services,
            hidden: citizens.is_none() || services.is_none(),
        })
        .collect()
}

fn points(exact: &Totals, citizens: &Tables, services: &Tables) -> Vec<OfPoint<Figure>> {
    let figures = citizens.points.iter().zip(&services.points);
    let rows = exact.by_point.iter().zip(figures);
    rows.filter(|(_, (c, s))| says((**c, &citizens.points), (**s, &services.points)))
        .map(|(one, (citizens, services))| OfPoint {
            point: one.point.clone(),
            name: one.name.clone(),
            province: one.province.clone(),
            citizens: *citizens,
            services: *services,
            hidden: citizens.is_none() || services.is_none(),
        })
        .collect()
}

fn months(exact: &Totals, citizens: &Tables, services: &Tables) -> Vec<OfMonth<Figure>> {
    let figures = citizens.months.iter().zip(&services.months);
    let rows = exact.by_month.iter().zip(figures);
    rows.filter(|(_, (c, s))| says((**c, &citizens.months), (**s, &services.months)))
        .map(|(one, (citizens, services))| OfMonth {
            month: one.month.clone(),
            citizens: *citizens,
            services: *services,
            hidden: citizens.is_none() || services.is_none(),
        })
        .collect()
}

/// A point's row of the table by point, and nothing else of it: its months and kinds would be
/// tables that nothing was hidden of.
fn of_point(whole: Totals<Figure>, code: &str) -> Totals<Figure> {
    let by_point: Vec<_> = whole
        .by_point
        .into_iter()
        .filter(|point| point.point == code)
        .collect();
    let figure = |of: fn(&OfPoint<Figure>) -> Figure| by_point.first().map_or(None, of);
    let (reached, total) = (
        figure(|point| point.citizens),
        figure(|point| point.services),
    );
    alone(
        whole.programme,
        whole.as_of,
        reached,
        total,
        by_point,
        Vec::new(),
    )
}

/// Whole months: those shown add up, and so do all that are hidden together, by what the others
/// leave of the total.
fn of_months(
    whole: Totals<Figure>,
    from: Option<Date>,
    to: Option<Date>,
) -> Result<Totals<Figure>, Withheld> {
    let (first, last) = (from.map(month), to.map(month));
    let (within, without): (Vec<_>, Vec<_>) = whole.by_month.into_iter().partition(|row| {
        first.as_ref().is_none_or(|first| row.month >= *first)
            && last.as_ref().is_none_or(|last| row.month <= *last)
    });
    let sum = |total: Figure, of: fn(&OfMonth<Figure>) -> Figure| {
        let all = |rows: &[OfMonth<Figure>]| rows.iter().map(of).sum::<Figure>();
        match (all(&within), all(&without), total) {
            (Some(sum), None, Some(_)) => Ok(sum),
            // Of a table that is hidden whole there are no rows, and nothing would add up.
            (Some(sum), Some(others), Some(total)) if sum + others == total => Ok(sum),
            (None, Some(others), Some(total)) => Ok(total - others),
            _ => Err(Withheld::HiddenMonths),
        }
    };
    let reached = sum(whole.citizens.reached, |row| row.citizens)?;
    let total = sum(whole.services.total, |row| row.services)?;
    let (reached, total) = (Some(reached), Some(total));
    Ok(alone(
        whole.programme,
        whole.as_of,
        reached,
        total,
        Vec::new(),
        within,
    ))
}

/// Two figures with nothing beside them.
fn alone(
    programme: String,
    as_of: OffsetDateTime,
    reached: Figure,
    total: Figure,
    by_point: Vec<OfPoint<Figure>>,
    by_month: Vec<OfMonth<Figure>>,
) -> Totals<Figure> {
    Totals {
        programme,
        as_of,
        citizens: Citizens {
            reached,
            target: None,
            eligible_unverified: None,
            by_kind: ByKind::default(),
            by_age: Vec::new(),
            by_gender: Vec::new(),
            hidden: true,
        },
        services: Services {
            total,
            target: None,
            by_kind: ByKind::default(),
            hidden: true,
        },
        by_province: Vec::new(),
        by_point,
        by_month,
        targets: Vec::new(),
    }
}
