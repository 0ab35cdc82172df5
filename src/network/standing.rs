//! How each point stands beside the others: what it gave, when last, and what is to be looked at.
//!
//! Every point of a programme is compared, also where only a part of them is shown: what is usual
//! does not change with a filter.

use std::collections::BTreeMap;

use futures_util::future::try_join;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use time::{Date, Duration};

use crate::db::Db;
use crate::db::entities::{points, services, tallies};
use crate::domain::ids::PointId;

use super::point::Point;
use super::programme::{Programme, ProgrammeTarget, TargetKind, in_force};
use super::sums::sum;

/// A point without services for this many days is quiet: a whole month, so that neither a week of
/// holidays nor a point that opens every other week is told of.
pub const QUIET_DAYS: i64 = 30;

/// What is to be looked at in a point, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alert {
    /// It gave no service for [`QUIET_DAYS`] days.
    Quiet,
    /// It reached less than half of what the point in the middle reached. Half, since points are of
    /// different sizes, and one below the middle is nothing to be told of: half of them are.
    Low,
    /// It reached less than its part of the target asks for by now.
    Behind,
    /// Citizens do not find it, or Facilita does not know it: something of it is missing.
    Incomplete,
}

impl Alert {
    /// Every one, the worst first.
    pub const ALL: [Self; 4] = [Self::Quiet, Self::Low, Self::Behind, Self::Incomplete];

    /// What addresses call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quiet => "fermi",
            Self::Low => "sotto",
            Self::Behind => "indietro",
            Self::Incomplete => "incompleti",
        }
    }

    /// The one of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// A point and what it did.
#[derive(Debug, Clone, PartialEq)]
pub struct PointStanding {
    /// Which.
    pub point: Point,
    /// Citizens it reached.
    pub citizens: u64,
    /// Services it gave.
    pub services: u64,
    /// The day of its last service; `None` where it never gave one.
    pub last: Option<Date>,
    /// Whether it is open.
    pub open: bool,
    /// What is to be looked at; nothing in a point that is closed.
    pub alerts: Vec<Alert>,
}

/// Every point of a programme, by code, and what they are compared with.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Standings {
    /// The points.
    pub points: Vec<PointStanding>,
    /// How many citizens the open point in the middle reached.
    pub middle: u64,
    /// Citizens that all points are to have reached by now; `None` without a target.
    pub expected: Option<u64>,
    /// A point's part of them.
    pub part: Option<u64>,
}

/// Compares the points of a programme.
///
/// # Errors
/// The database's.
pub async fn of(
    db: &Db,
    programme: &Programme,
    points: &[Point],
    targets: &[ProgrammeTarget],
    today: Date,
) -> Result<Standings, DbErr> {
    let (sums, last) = try_join(sums(db, programme), last_days(db, programme)).await?;
    let expected = in_force(targets, TargetKind::Citizens, today)
        .map(|target| expected(programme.starts_on, today, &target));
    let many = u64::try_from(points.len()).unwrap_or(u64::MAX);
    let standing = |point: &Point| {
        let (citizens, services) = sums.get(&point.id).copied().unwrap_or_default();
        PointStanding {
            citizens,
            services,
            last: last.get(&point.id).copied(),
            open: point.closed_on.is_none_or(|day| day > today),
            alerts: Vec::new(),
            point: point.clone(),
        }
    };
    let mut all = Standings {
        points: points.iter().map(standing).collect(),
        middle: 0,
        expected,
        part: expected.and_then(|all| all.checked_div(many)),
    };
    all.middle = middle(&all.points);
    let (middle, part) = (all.middle, all.part.unwrap_or(0));
    for one in all.points.iter_mut().filter(|one| one.open) {
        let late = today - Duration::days(QUIET_DAYS);
        let is = |alert: &Alert| match alert {
            Alert::Quiet => one.last.is_none_or(|day| day < late),
            Alert::Low => one.citizens < middle / 2,
            Alert::Behind => one.citizens < part,
            Alert::Incomplete => !missing(&one.point).is_empty(),
        };
        one.alerts = Alert::ALL.into_iter().filter(|alert| is(alert)).collect();
    }
    Ok(all)
}

/// What of a point nobody has written, by the names of its fields.
#[must_use]
pub fn missing(point: &Point) -> Vec<&'static str> {
    let fields = [
        (point.address.is_none(), "address"),
        (point.hours.is_none(), "hours"),
        (point.position.is_none(), "position"),
        (point.facilita_id.is_none(), "facilita_id"),
    ];
    let missing = fields.into_iter().filter(|(missing, _)| *missing);
    missing.map(|(_, field)| field).collect()
}

/// What a target asks for by a day, when every day does its part.
fn expected(starts: Date, today: Date, target: &ProgrammeTarget) -> u64 {
    let days = |from: Date, to: Date| u64::try_from((to - from).whole_days()).unwrap_or(0);
    let all = days(starts, target.due_on);
    let gone = days(starts, today).clamp(0, all);
    (target.value * gone).checked_div(all).unwrap_or_default()
}

/// Citizens of the point in the middle of those that are open.
fn middle(points: &[PointStanding]) -> u64 {
    let open = points.iter().filter(|one| one.open);
    let mut reached: Vec<u64> = open.map(|one| one.citizens).collect();
    reached.sort_unstable();
    reached.get(reached.len() / 2).copied().unwrap_or(0)
}

/// Citizens and services of each point, from an index that has all it needs.
async fn sums(db: &Db, programme: &Programme) -> Result<BTreeMap<PointId, (u64, u64)>, DbErr> {
    use tallies::Column;
    let rows = tallies::Entity::find()
        .select_only()
        .column(Column::PointId)
        .expr_as(sum(Column::Citizens), "c")
        .expr_as(sum(Column::Services), "s")
        .filter(Column::ProgrammeId.eq(programme.id))
        .group_by(Column::PointId)
        .into_tuple::<(PointId, i64, i64)>()
        .all(db.read())
        .await?;
    let whole = |n: i64| u64::try_from(n).unwrap_or(0);
    let row = |(point, citizens, services)| (point, (whole(citizens), whole(services)));
    Ok(rows.into_iter().map(row).collect())
}

/// The day of each point's last service: one row of the ledger for each, not all of them.
async fn last_days(db: &Db, programme: &Programme) -> Result<BTreeMap<PointId, Date>, DbErr> {
    let last = services::Entity::find()
        .select_only()
        .column(services::Column::Day)
        .filter(
            Expr::col((services::Entity, services::Column::PointId))
                .equals((points::Entity, points::Column::Id)),
        )
        .filter(services::Column::VoidedAt.is_null())
        .order_by_desc(services::Column::Day)
        .limit(1);
    let rows = points::Entity::find()
        .select_only()
        .column(points::Column::Id)
        .expr_as(Expr::from(last.into_query()), "last")
        .filter(points::Column::ProgrammeId.eq(programme.id))
        .into_tuple::<(PointId, Option<Date>)>()
        .all(db.read())
        .await?;
    let known = rows.into_iter();
    Ok(known.filter_map(|(id, day)| Some((id, day?))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn what_is_expected_grows_day_by_day_up_to_the_target() {
        let (starts, due) = (date!(2026 - 01 - 01), date!(2026 - 01 - 11));
        let target = ProgrammeTarget {
            kind: TargetKind::Citizens,
            due_on: due,
            value: 1_000,
        };
        let on = |today| expected(starts, today, &target);
        assert_eq!(on(starts), 0);
        assert_eq!(on(date!(2026 - 01 - 06)), 500);
        assert_eq!(on(due), 1_000);
        assert_eq!(on(date!(2026 - 05 - 01)), 1_000);
    }
}
