//! What a coordinator looks at first: how far the network is, and which points to look at.

use futures_util::future::try_join3;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use time::OffsetDateTime;

use crate::db::Db;
use crate::db::entities::citizens_reached;
use crate::domain::calendar::rome_day;
use crate::domain::facilita::ServiceKind;

use super::point::Point;
use super::programme::{self, Programme};
use super::standing::{self, Alert, PointStanding};
use super::totals::{self, Totals, TotalsFilter};

/// How many points of an alert are named.
const NAMED: usize = 5;

/// An alert that is true of this many points in a hundred says nothing of a single one.
pub const EVERYWHERE: usize = 80;

/// Among fewer points than these every one is named.
const FEW: usize = 10;

/// The state of a programme, or of a part of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    /// The exact figures of what was asked for.
    pub totals: Totals,
    /// Online services that reached nobody new: of citizens who were known already.
    pub online_known: u64,
    /// What is true of some of the points, the worst first.
    pub alerts: Vec<RankedAlert>,
    /// How many points are open.
    pub open: usize,
    /// How many citizens the open point in the middle of the whole programme reached.
    pub middle: u64,
    /// Citizens that the whole programme has reached, and should have by now.
    pub target: Option<(u64, u64)>,
    /// A point's part of what should be reached by now.
    pub part: Option<u64>,
}

/// An alert with the points that it is true of.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedAlert {
    /// Which.
    pub alert: Alert,
    /// The worst, at most five; none where it is true of nearly every point.
    pub points: Vec<PointStanding>,
    /// Of how many it is true.
    pub count: usize,
    /// Whether it is true of nearly every point, and so of the network.
    pub everywhere: bool,
}

/// Looks at a programme, whose points these are. The alerts are of today, whatever days are asked
/// for.
///
/// # Errors
/// The database's.
pub async fn of(
    db: &Db,
    programme: &Programme,
    points: &[Point],
    filter: TotalsFilter,
    now: OffsetDateTime,
) -> Result<Overview, DbErr> {
    let today = rome_day(now);
    let standings = async {
        let targets = programme::targets(db.read(), programme.id).await?;
        standing::of(db, programme, points, &targets, today).await
    };
    let (totals, reaching, standings) = try_join3(
        totals::of(db, programme, filter.clone(), now),
        reaching_online(db, programme, &filter),
        standings,
    )
    .await?;
    let here = |one: &&PointStanding| {
        let point = &one.point;
        one.open
            && filter.point.is_none_or(|id| id == point.id)
            && (filter.province.as_ref()).is_none_or(|name| *name == point.province)
    };
    let open: Vec<&PointStanding> = standings.points.iter().filter(here).collect();
    let reached = standings.points.iter().map(|one| one.citizens).sum();
    Ok(Overview {
        online_known: totals.services.by_kind.online.saturating_sub(reaching),
        totals,
        alerts: Alert::ALL
            .into_iter()
            .filter_map(|alert| ranked(alert, &open))
            .collect(),
        open: open.len(),
        middle: standings.middle,
        target: standings.expected.map(|expected| (reached, expected)),
        part: standings.part,
    })
}

/// An alert, where it is true of a point.
fn ranked(alert: Alert, open: &[&PointStanding]) -> Option<RankedAlert> {
    let concerned = open.iter().filter(|one| one.alerts.contains(&alert));
    let mut points: Vec<PointStanding> = concerned.map(|one| (*one).clone()).collect();
    let count = points.len();
    if count == 0 {
        return None;
    }
    let everywhere = open.len() >= FEW && count * 100 >= open.len() * EVERYWHERE;
    // Whoever has been quiet for longest, or reached the fewest, comes first.
    points.sort_by(|a, b| match alert {
        Alert::Quiet => (a.last, &a.point.code).cmp(&(b.last, &b.point.code)),
        _ => (a.citizens, &a.point.code).cmp(&(b.citizens, &b.point.code)),
    });
    points.truncate(if everywhere { 0 } else { NAMED });
    Some(RankedAlert {
        alert,
        points,
        count,
        everywhere,
    })
}

/// Online services that made somebody reached.
async fn reaching_online(
    db: &Db,
    programme: &Programme,
    filter: &TotalsFilter,
) -> Result<u64, DbErr> {
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
