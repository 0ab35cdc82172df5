//! Which figures of the totals are shown to everybody: every table without what [`super::hidden`]
//! hides of it.

use std::collections::BTreeMap;

use crate::domain::facilita::ServiceKind;

use super::hidden::{self, HiddenCell, Tree};
use super::totals::{
    ByKind, Citizens, OfAge, OfGender, OfMonth, OfPoint, OfProvince, Services, Totals,
};

/// A figure, or none where it is hidden.
pub type Figure = Option<u64>;

/// One of the two things that are counted, after hiding: its tables, each in the order of the
/// totals.
struct Tables {
    total: Figure,
    kinds: Table,
    months: Table,
    provinces: Table,
    points: Table,
}

/// Figures, and whether they are told apart: of a table that is hidden whole nothing is told.
struct Table {
    figures: Vec<Figure>,
    told: bool,
}

impl Table {
    fn untold(length: usize) -> Self {
        Self {
            figures: vec![None; length],
            told: false,
        }
    }

    fn new(values: &[u64], hidden: Option<&[bool]>) -> Self {
        Self {
            figures: masked(values, hidden),
            told: hidden.is_some(),
        }
    }
}

/// Hides what must be.
#[must_use]
pub fn shown(exact: Totals) -> Totals<Figure> {
    let kinds = |of: &ByKind| ServiceKind::ALL.iter().map(|kind| of.of(*kind)).collect();
    let mut citizens = Tables::new(
        exact.citizens.reached,
        kinds(&exact.citizens.by_kind),
        &exact,
        |point| point.citizens,
        |month| month.citizens,
        |_| 1,
    );
    // An individual service reaches one citizen at most: a shown figure of citizens is a floor.
    let individual = citizens.kinds.figures[0].unwrap_or(1);
    let floor = |kind: usize| match kind {
        0 => individual,
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
    // Where nothing is told of the services by kind, that floor would leave the other kinds too
    // little of the total to hide in.
    if !services.kinds.told {
        citizens.kinds = Table::untold(citizens.kinds.figures.len());
    }
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
            hidden: any_hidden(&[
                &[total, eligible],
                &citizens.kinds.figures,
                &ages.figures,
                &genders.figures,
            ]),
            reached: total,
            target: exact.citizens.target,
            eligible_unverified: eligible,
            by_kind: by_kind(&citizens.kinds.figures),
            by_age: exact
                .citizens
                .by_age
                .iter()
                .zip(ages.figures)
                .map(|(one, citizens)| OfAge {
                    age: one.age,
                    citizens,
                })
                .collect(),
            by_gender: exact
                .citizens
                .by_gender
                .iter()
                .zip(genders.figures)
                .map(|(one, citizens)| OfGender {
                    gender: one.gender,
                    citizens,
                })
                .collect(),
        },
        services: Services {
            hidden: any_hidden(&[&[services.total], &services.kinds.figures]),
            total: services.total,
            target: exact.services.target,
            by_kind: by_kind(&services.kinds.figures),
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
        let kinds: Vec<HiddenCell> = kinds
            .into_iter()
            .enumerate()
            .map(|(place, value)| HiddenCell::above(value, floor(place)))
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
            provinces: Table::new(&sums, tree.groups.as_deref()),
            points: Table {
                figures: points,
                told: tree.cells.is_some(),
            },
        }
    }
}

fn plain(values: &[u64]) -> Vec<HiddenCell> {
    values.iter().copied().map(HiddenCell::new).collect()
}

/// A table whose sum is the total; hidden with it.
fn table(total: Figure, cells: &[HiddenCell]) -> Table {
    let hidden = total.and_then(|_| hidden::row(cells));
    let values: Vec<u64> = cells.iter().map(|cell| cell.value()).collect();
    Table::new(&values, hidden.as_deref())
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

/// Whether a row says anything: a table that is hidden whole does not even show that it has a row,
/// and of any other every row is there that is not zero.
fn says((citizens, people): (Figure, &Table), (services, given): (Figure, &Table)) -> bool {
    let says = |figure: Figure, table: &Table| match figure {
        Some(value) => value > 0,
        None => table.told,
    };
    says(citizens, people) || says(services, given)
}

fn provinces(exact: &Totals, citizens: &Tables, services: &Tables) -> Vec<OfProvince<Figure>> {
    let figures = citizens
        .provinces
        .figures
        .iter()
        .zip(&services.provinces.figures);
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
    let figures = citizens.points.figures.iter().zip(&services.points.figures);
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
    let figures = citizens.months.figures.iter().zip(&services.months.figures);
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
