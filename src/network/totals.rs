//! The network's totals, read from the tallies. Nothing in them tells of a single person.
//!
//! Tallies are by month. Where a filter cuts a month, that month's days are counted from the
//! ledger, and the whole months between from the tallies.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, JoinType, QueryFilter, QuerySelect};
use serde::Serialize;
use time::{Date, OffsetDateTime};

use crate::db::Db;
use crate::db::entities::{
    citizens, citizens_reached, completions, learners, points, services, tallies,
};
use crate::domain::calendar::{month, rome_day};
use crate::domain::facilita::ServiceKind;
use crate::domain::ids::PointId;

use super::counting::NotCounted;
use super::programme::{self, Programme, TargetKind};
use super::span::Span;

/// Which part of the totals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    /// From this day on.
    pub from: Option<Date>,
    /// Up to this day, included.
    pub to: Option<Date>,
    /// Of one point only.
    pub point: Option<PointId>,
}

/// Totals, in the shape of the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// The programme's code.
    pub programme: String,
    /// When they were read.
    #[serde(with = "time::serde::rfc3339")]
    pub as_of: OffsetDateTime,
    /// People.
    pub citizens: Citizens,
    /// What was done.
    pub services: Services,
    /// Points with something to show, by code.
    pub by_point: Vec<OfPoint>,
    /// Months with something to show, in order.
    pub by_month: Vec<OfMonth>,
}

/// People reached and to be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Citizens {
    /// Each counted once.
    pub reached: u64,
    /// The target in force; `None` for a programme without one, and for a single point.
    pub target: Option<u64>,
    /// People who completed a module and only lack a verified codice fiscale. Not filtered by day.
    pub eligible_unverified: u64,
}

/// Services given and to be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Services {
    /// All of them.
    pub total: u64,
    /// The target in force, as above.
    pub target: Option<u64>,
    /// By kind.
    pub by_kind: ByKind,
}

/// Services by kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ByKind {
    /// A: individual facilitation.
    pub individual: u64,
    /// B: group facilitation.
    pub group: u64,
    /// C: classroom training.
    pub classroom: u64,
    /// D: online training.
    pub online: u64,
    /// E: other.
    pub other: u64,
}

impl ByKind {
    fn of(&mut self, kind: ServiceKind) -> &mut u64 {
        match kind {
            ServiceKind::Individual => &mut self.individual,
            ServiceKind::Group => &mut self.group,
            ServiceKind::Classroom => &mut self.classroom,
            ServiceKind::Online => &mut self.online,
            ServiceKind::Other => &mut self.other,
        }
    }
}

/// A point's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfPoint {
    /// The point's code.
    pub point: String,
    /// Its name.
    pub name: String,
    /// Citizens reached there.
    pub citizens: u64,
    /// Services given there.
    pub services: u64,
}

/// A month's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfMonth {
    /// `YYYY-MM`.
    pub month: String,
    /// Citizens reached in it.
    pub citizens: u64,
    /// Services given in it.
    pub services: u64,
}

/// One line of the tallies or of the ledger: services, then citizens.
struct Line {
    point: PointId,
    month: String,
    kind: ServiceKind,
    services: i64,
    citizens: i64,
}

/// The totals of a programme.
///
/// # Errors
/// The database's.
pub async fn of(
    db: &Db,
    programme: &Programme,
    filter: Filter,
    now: OffsetDateTime,
) -> Result<Totals, DbErr> {
    let span = Span::of(filter.from, filter.to);
    let mut lines = Vec::new();
    if let Some((first, last)) = &span.months {
        lines.extend(from_tallies(db, programme, filter.point, first.clone(), last.clone()).await?);
    }
    for (first, last) in &span.days {
        lines.extend(from_ledger(db, programme, filter.point, *first, *last).await?);
    }
    let targets = match filter.point {
        None => programme::targets(db.read(), programme.id).await?,
        Some(_) => Vec::new(),
    };
    let target = |kind| programme::in_force(&targets, kind, rome_day(now)).map(|t| t.value);
    let mut by_kind = ByKind::default();
    let mut by_point: BTreeMap<PointId, (u64, u64)> = BTreeMap::new();
    let mut by_month: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let (mut reached, mut total) = (0, 0);
    for line in lines {
        let services = u64::try_from(line.services).unwrap_or(0);
        let citizens = u64::try_from(line.citizens).unwrap_or(0);
        reached += citizens;
        total += services;
        *by_kind.of(line.kind) += services;
        let of_point = by_point.entry(line.point).or_default();
        *of_point = (of_point.0 + citizens, of_point.1 + services);
        let of_month = by_month.entry(line.month).or_default();
        *of_month = (of_month.0 + citizens, of_month.1 + services);
    }
    let eligible_unverified = eligible_unverified(db, programme, filter.point).await?;
    Ok(Totals {
        programme: programme.code.clone(),
        as_of: now,
        citizens: Citizens {
            reached,
            target: target(TargetKind::Citizens),
            eligible_unverified,
        },
        services: Services {
            total,
            target: target(TargetKind::Services),
            by_kind,
        },
        by_point: named(db, by_point).await?,
        by_month: by_month
            .into_iter()
            .filter(|(_, sums)| *sums != (0, 0))
            .map(|(month, (citizens, services))| OfMonth {
                month,
                citizens,
                services,
            })
            .collect(),
    })
}

async fn from_tallies(
    db: &Db,
    programme: &Programme,
    point: Option<PointId>,
    first: Option<String>,
    last: Option<String>,
) -> Result<Vec<Line>, DbErr> {
    use tallies::Column;
    let mut query = tallies::Entity::find().filter(Column::ProgrammeId.eq(programme.id));
    if let Some(point) = point {
        query = query.filter(Column::PointId.eq(point));
    }
    if let Some(first) = first {
        query = query.filter(Column::Month.gte(first));
    }
    if let Some(last) = last {
        query = query.filter(Column::Month.lte(last));
    }
    let line = |row: tallies::Model| Line {
        point: row.point_id,
        month: row.month,
        kind: row.kind,
        services: row.services,
        citizens: row.citizens,
    };
    Ok(query.all(db.read()).await?.into_iter().map(line).collect())
}

async fn from_ledger(
    db: &Db,
    programme: &Programme,
    point: Option<PointId>,
    first: Date,
    last: Date,
) -> Result<Vec<Line>, DbErr> {
    type Sum = (PointId, Date, ServiceKind, i64);
    let of_services: Vec<Sum> = {
        use services::Column;
        let mut query = services::Entity::find()
            .select_only()
            .columns([Column::PointId, Column::Day, Column::Kind])
            .column_as(Column::Id.count(), "n")
            .filter(Column::ProgrammeId.eq(programme.id))
            .filter(Column::VoidedAt.is_null())
            .filter(Column::Day.between(first, last));
        if let Some(point) = point {
            query = query.filter(Column::PointId.eq(point));
        }
        let grouped = query
            .group_by(Column::PointId)
            .group_by(Column::Day)
            .group_by(Column::Kind);
        grouped.into_tuple().all(db.read()).await?
    };
    let of_citizens: Vec<Sum> = {
        use citizens_reached::Column;
        let mut query = citizens_reached::Entity::find()
            .select_only()
            .columns([Column::PointId, Column::Day, Column::Kind])
            .column_as(Column::CitizenId.count(), "n")
            .filter(Column::ProgrammeId.eq(programme.id))
            .filter(Column::Day.between(first, last));
        if let Some(point) = point {
            query = query.filter(Column::PointId.eq(point));
        }
        let grouped = query
            .group_by(Column::PointId)
            .group_by(Column::Day)
            .group_by(Column::Kind);
        grouped.into_tuple().all(db.read()).await?
    };
    let line = |(point, day, kind, _): Sum, services, citizens| Line {
        point,
        month: month(day),
        kind,
        services,
        citizens,
    };
    let services = of_services.into_iter().map(|sum| line(sum, sum.3, 0));
    let citizens = of_citizens.into_iter().map(|sum| line(sum, 0, sum.3));
    Ok(services.chain(citizens).collect())
}

async fn eligible_unverified(
    db: &Db,
    programme: &Programme,
    point: Option<PointId>,
) -> Result<u64, DbErr> {
    let mut query = completions::Entity::find()
        .select_only()
        .column_as(
            Expr::col(learners::Column::CitizenId.as_column_ref()).count_distinct(),
            "n",
        )
        .join(
            JoinType::InnerJoin,
            completions::Entity::belongs_to(learners::Entity)
                .from(completions::Column::LearnerId)
                .to(learners::Column::Id)
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            learners::Entity::belongs_to(citizens::Entity)
                .from(learners::Column::CitizenId)
                .to(citizens::Column::Id)
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            citizens::Entity::belongs_to(points::Entity)
                .from(citizens::Column::PointId)
                .to(points::Column::Id)
                .into(),
        )
        .filter(completions::Column::NotCounted.eq(NotCounted::NoCodiceFiscale.key()))
        .filter(citizens::Column::MergedInto.is_null())
        .filter(points::Column::ProgrammeId.eq(programme.id));
    if let Some(point) = point {
        query = query.filter(points::Column::Id.eq(point));
    }
    let count: Option<i64> = query.into_tuple().one(db.read()).await?;
    Ok(count
        .and_then(|count| u64::try_from(count).ok())
        .unwrap_or(0))
}

async fn named(db: &Db, sums: BTreeMap<PointId, (u64, u64)>) -> Result<Vec<OfPoint>, DbErr> {
    let mut lines: Vec<_> = super::point::list(db.read(), None)
        .await?
        .into_iter()
        .filter_map(|point| {
            let (citizens, services) = *sums.get(&point.id)?;
            let shown = (citizens, services) != (0, 0);
            shown.then_some(OfPoint {
                point: point.code,
                name: point.name,
                citizens,
                services,
            })
        })
        .collect();
    lines.sort_by(|a, b| a.point.cmp(&b.point));
    Ok(lines)
}
