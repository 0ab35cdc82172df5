//! What a coordinator looks at first: how far the network is, and where it does not move.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::try_join4;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
};
use time::{Date, Duration, OffsetDateTime};

use crate::db::Db;
use crate::db::entities::{citizens_reached, points, services, tallies};
use crate::domain::calendar::rome_day;
use crate::domain::facilita::ServiceKind;
use crate::domain::ids::PointId;

use super::point::Point;
use super::programme::{self, Programme, Target, TargetKind};
use super::totals::{self, Filter, Totals};

/// A point without services for this many days is quiet.
pub const QUIET_DAYS: i64 = 30;

/// How many points a list has at most.
const LISTED: usize = 10;

/// The state of a programme, or of a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// The exact figures of what was asked for.
    pub totals: Totals,
    /// Online services that reached nobody new: of citizens who were known already.
    pub online_known: u64,
    /// The points furthest behind, the furthest first; at most ten.
    pub behind: Vec<Behind>,
    /// How many are behind in all.
    pub behind_count: usize,
    /// Open points that gave no service for thirty days; at most ten, the longest first.
    pub quiet: Vec<Quiet>,
    /// How many are quiet in all.
    pub quiet_count: usize,
}

/// A point that has reached fewer citizens than its part of the target asks for by now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// Its code.
    pub point: String,
    /// Its name.
    pub name: String,
    /// Citizens it reached.
    pub citizens: u64,
    /// Its part: the target shared among the points, and among the days up to the target's.
    pub expected: u64,
}

/// A point that gave no service lately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quiet {
    /// Its code.
    pub point: String,
    /// Its name.
    pub name: String,
    /// The month of its last service, `YYYY-MM`; `None` if it never gave one.
    pub last: Option<String>,
}

/// Looks at a programme, whose points these are. Who is behind or quiet is of today, whatever days
/// are asked for.
///
/// # Errors
/// The database's.
pub async fn of(
    db: &Db,
    programme: &Programme,
    points: &[Point],
    filter: Filter,
    now: OffsetDateTime,
) -> Result<Overview, DbErr> {
    let today = rome_day(now);
    let here = |point: &&Point| {
        filter.point.is_none_or(|one| one == point.id)
            && filter
                .province
                .as_ref()
                .is_none_or(|one| *one == point.province)
            && point.closed_on.is_none_or(|day| day > today)
    };
    let open: Vec<&Point> = points.iter().filter(here).collect();
    let (totals, reaching, quiet, targets) = try_join4(
        totals::of(db, programme, filter.clone(), now),
        reaching_online(db, programme, &filter),
        quiet(db, programme, &open, today),
        programme::targets(db.read(), programme.id),
    )
    .await?;
    let behind = match programme::in_force(&targets, TargetKind::Citizens, today) {
        None => Vec::new(),
        Some(target) => {
            let expected = expected(programme.starts_on, today, &target, points.len());
            let ever = match filter {
                Filter {
                    from: None,
                    to: None,
                    ..
                } => None,
                part => {
                    let (from, to) = (None, None);
                    let ever = Filter { from, to, ..part };
                    Some(totals::of(db, programme, ever, now).await?)
                }
            };
            behind(ever.as_ref().unwrap_or(&totals), &open, expected)
        }
    };
    Ok(Overview {
        online_known: totals.services.by_kind.online.saturating_sub(reaching),
        totals,
        behind_count: behind.len(),
        behind: behind.into_iter().take(LISTED).collect(),
        quiet_count: quiet.len(),
        quiet: quiet.into_iter().take(LISTED).collect(),
    })
}

/// Online services that made somebody reached.
async fn reaching_online(db: &Db, programme: &Programme, filter: &Filter) -> Result<u64, DbErr> {
    use citizens_reached::Column;
    let mut query = citizens_reached::Entity::find()
        .select_only()
        .column(Column::ServiceId)
        .distinct()
        .filter(Column::ProgrammeId.eq(programme.id))
        .filter(Column::Kind.eq(ServiceKind::Online));
    if let Some(points) = super::sums::chosen(programme.id, filter) {
        query = query.filter(Column::PointId.in_subquery(points));
    }
    if let Some(from) = filter.from {
        query = query.filter(Column::Day.gte(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(Column::Day.lte(to));
    }
    // Read in the order of an index that has all it needs.
    query.count(db.read()).await
}

fn behind(totals: &Totals, open: &[&Point], expected: u64) -> Vec<Behind> {
    let reached: BTreeMap<&str, u64> = totals
        .by_point
        .iter()
        .map(|point| (point.point.as_str(), point.citizens))
        .collect();
    let mut behind: Vec<Behind> = open
        .iter()
        .map(|point| Behind {
            point: point.code.clone(),
            name: point.name.clone(),
            citizens: reached.get(point.code.as_str()).copied().unwrap_or(0),
            expected,
        })
        .filter(|point| point.citizens < expected)
        .collect();
    behind.sort_by(|a, b| (a.citizens, &a.point).cmp(&(b.citizens, &b.point)));
    behind
}

/// A point's part of a target by a day.
fn expected(starts: Date, today: Date, target: &Target, points: usize) -> u64 {
    let days = |from: Date, to: Date| u64::try_from((to - from).whole_days()).unwrap_or(0);
    let all = days(starts, target.due_on);
    let gone = days(starts, today).clamp(0, all);
    let points = u64::try_from(points).unwrap_or(u64::MAX);
    (target.value * gone)
        .checked_div(all * points)
        .unwrap_or_default()
}

async fn quiet(
    db: &Db,
    programme: &Programme,
    open: &[&Point],
    today: Date,
) -> Result<Vec<Quiet>, DbErr> {
    // Of each point one service is looked for, not all of them.
    let lately = services::Entity::find()
        .select_only()
        .column(services::Column::Id)
        .filter(
            Expr::col((services::Entity, services::Column::PointId))
                .equals((points::Entity, points::Column::Id)),
        )
        .filter(services::Column::VoidedAt.is_null())
        .filter(services::Column::Day.gte(today - Duration::days(QUIET_DAYS)));
    let busy: BTreeSet<PointId> = points::Entity::find()
        .select_only()
        .column(points::Column::Id)
        .filter(points::Column::ProgrammeId.eq(programme.id))
        .filter(Expr::exists(lately.into_query()))
        .into_tuple()
        .all(db.read())
        .await?
        .into_iter()
        .collect();
    let mut quiet: Vec<&Point> = open.to_vec();
    quiet.retain(|point| !busy.contains(&point.id));
    let last: BTreeMap<PointId, String> = tallies::Entity::find()
        .select_only()
        .column(tallies::Column::PointId)
        .column_as(tallies::Column::Month.max(), "last")
        .filter(tallies::Column::ProgrammeId.eq(programme.id))
        .filter(tallies::Column::PointId.is_in(quiet.iter().map(|point| point.id)))
        .filter(tallies::Column::Services.gt(0))
        .group_by(tallies::Column::PointId)
        .into_tuple::<(PointId, String)>()
        .all(db.read())
        .await?
        .into_iter()
        .collect();
    let mut quiet: Vec<Quiet> = quiet
        .into_iter()
        .map(|point| Quiet {
            point: point.code.clone(),
            name: point.name.clone(),
            last: last.get(&point.id).cloned(),
        })
        .collect();
    quiet.sort_by(|a, b| (&a.last, &a.point).cmp(&(&b.last, &b.point)));
    Ok(quiet)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_points_part_grows_day_by_day_up_to_the_target() {
        let (starts, due) = (date!(2026 - 01 - 01), date!(2026 - 01 - 11));
        let target = Target {
            kind: TargetKind::Citizens,
            due_on: due,
            value: 1_000,
        };
        let on = |today| expected(starts, today, &target, 10);
        assert_eq!(on(starts), 0);
        assert_eq!(on(date!(2026 - 01 - 06)), 50);
        assert_eq!(on(due), 100);
        assert_eq!(on(date!(2026 - 05 - 01)), 100);
    }
}
