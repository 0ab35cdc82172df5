//! Adding up: the database groups tallies, and the days of a month that a span cuts are counted
//! from the ledger.

use std::collections::BTreeMap;

use futures_util::future::try_join;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select};
use time::Date;

use crate::db::Db;
use crate::db::entities::{citizens_reached, people_tallies, points, services, tallies};
use crate::domain::calendar::month;
use crate::domain::facilita::{AgeBand, Gender, ServiceKind};
use crate::domain::ids::{PointId, ProgrammeId};

use super::span::MonthSpan;
use super::totals::TotalsFilter;

/// Citizens reached and services.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) citizens: u64,
    pub(super) services: u64,
}

impl Sum {
    /// Adds what the database counted.
    fn add(&mut self, citizens: i64, services: i64) {
        self.citizens += u64::try_from(citizens).unwrap_or(0);
        self.services += u64::try_from(services).unwrap_or(0);
    }
}

/// What was asked for, added up.
#[derive(Debug, Default)]
pub(super) struct Sums {
    pub(super) by_point: BTreeMap<PointId, Sum>,
    pub(super) by_kind: BTreeMap<ServiceKind, Sum>,
    pub(super) by_month: BTreeMap<String, Sum>,
    pub(super) by_people: BTreeMap<(AgeBand, Gender), u64>,
}

/// Adds up a programme's part.
pub(super) async fn of(
    db: &Db,
    programme: ProgrammeId,
    filter: &TotalsFilter,
) -> Result<Sums, DbErr> {
    let ledger = async {
        let span = MonthSpan::of(filter.from, filter.to);
        let mut sums = Sums::default();
        if let Some((first, last)) = &span.months {
            let (first, last) = (first.as_deref(), last.as_deref());
            from_tallies(db, programme, filter, (first, last), &mut sums).await?;
        }
        for days in &span.days {
            from_ledger(db, programme, filter, *days, &mut sums).await?;
        }
        Ok::<_, DbErr>(sums)
    };
    let people = async {
        match (filter.from, filter.to) {
            (None, None) => people(db, programme, filter).await,
            _ => people_between(db, programme, filter).await,
        }
    };
    let (sums, by_people) = try_join(ledger, people).await?;
    Ok(Sums { by_people, ..sums })
}

/// The points of a filter; `None` where it is every one.
pub(super) fn chosen(programme: ProgrammeId, filter: &TotalsFilter) -> Option<SelectStatement> {
    if filter.point.is_none() && filter.province.is_none() {
        return None;
    }
    let mut query = points::Entity::find()
        .select_only()
        .column(points::Column::Id)
        .filter(points::Column::ProgrammeId.eq(programme));
    if let Some(point) = filter.point {
        query = query.filter(points::Column::Id.eq(point));
    }
    if let Some(province) = &filter.province {
        query = query.filter(points::Column::Province.eq(province));
    }
    Some(query.into_query())
}

/// A sum that is a whole number on both databases.
pub(super) fn sum(column: impl ColumnTrait) -> SimpleExpr {
    Expr::col(column.as_column_ref())
        .sum()
        .cast_as(Alias::new("bigint"))
}

async fn from_tallies(
    db: &Db,
    programme: ProgrammeId,
    filter: &TotalsFilter,
    (first, last): (Option<&str>, Option<&str>),
    sums: &mut Sums,
) -> Result<(), DbErr> {
    use tallies::Column;
    let mut all = tallies::Entity::find()
        .select_only()
        .filter(Column::ProgrammeId.eq(programme));
    if let Some(points) = chosen(programme, filter) {
        all = all.filter(Column::PointId.in_subquery(points));
    }
    if let Some(first) = first {
        all = all.filter(Column::Month.gte(first));
    }
    if let Some(last) = last {
        all = all.filter(Column::Month.lte(last));
    }
    let counted = |query: Select<tallies::Entity>| {
        query
            .expr_as(sum(Column::Citizens), "c")
            .expr_as(sum(Column::Services), "s")
    };
    // Each is read from an index that has all it needs, in its order.
    let by_point = counted(all.clone().column(Column::PointId))
        .group_by(Column::PointId)
        .into_tuple::<(PointId, i64, i64)>()
        .all(db.read());
    let by_month = counted(all.columns([Column::Month, Column::Kind]))
        .group_by(Column::Month)
        .group_by(Column::Kind)
        .into_tuple::<(String, ServiceKind, i64, i64)>()
        .all(db.read());
    let (by_point, by_month) = try_join(by_point, by_month).await?;
    for (point, citizens, services) in by_point {
        let of_point = sums.by_point.entry(point).or_default();
        of_point.add(citizens, services);
    }
    for (month, kind, citizens, services) in by_month {
        let of_month = sums.by_month.entry(month).or_default();
        of_month.add(citizens, services);
        let of_kind = sums.by_kind.entry(kind).or_default();
        of_kind.add(citizens, services);
    }
    Ok(())
}

async fn from_ledger(
    db: &Db,
    programme: ProgrammeId,
    filter: &TotalsFilter,
    (first, last): (Date, Date),
    sums: &mut Sums,
) -> Result<(), DbErr> {
    type Counted = (PointId, Date, ServiceKind, i64);
    let of_services: Vec<Counted> = {
        use services::Column;
        let mut query = services::Entity::find()
            .select_only()
            .columns([Column::PointId, Column::Day, Column::Kind])
            .column_as(Column::Id.count(), "n")
            .filter(Column::ProgrammeId.eq(programme))
            .filter(Column::VoidedAt.is_null())
            .filter(Column::Day.between(first, last));
        if let Some(points) = chosen(programme, filter) {
            query = query.filter(Column::PointId.in_subquery(points));
        }
        for column in [Column::PointId, Column::Day, Column::Kind] {
            query = query.group_by(column);
        }
        query.into_tuple().all(db.read()).await?
    };
    let of_citizens: Vec<Counted> = {
        use citizens_reached::Column;
        let mut query = citizens_reached::Entity::find()
            .select_only()
            .columns([Column::PointId, Column::Day, Column::Kind])
            .column_as(Column::CitizenId.count(), "n")
            .filter(Column::ProgrammeId.eq(programme))
            .filter(Column::Day.between(first, last));
        if let Some(points) = chosen(programme, filter) {
            query = query.filter(Column::PointId.in_subquery(points));
        }
        for column in [Column::PointId, Column::Day, Column::Kind] {
            query = query.group_by(column);
        }
        query.into_tuple().all(db.read()).await?
    };
    let services = of_services.into_iter().map(|one| (one, 0, one.3));
    let citizens = of_citizens.into_iter().map(|one| (one, one.3, 0));
    for ((point, day, kind, _), citizens, services) in services.chain(citizens) {
        let of_point = sums.by_point.entry(point).or_default();
        of_point.add(citizens, services);
        let of_kind = sums.by_kind.entry(kind).or_default();
        of_kind.add(citizens, services);
        let of_month = sums.by_month.entry(month(day)).or_default();
        of_month.add(citizens, services);
    }
    Ok(())
}

async fn people(
    db: &Db,
    programme: ProgrammeId,
    filter: &TotalsFilter,
) -> Result<BTreeMap<(AgeBand, Gender), u64>, DbErr> {
    use people_tallies::Column;
    let mut query = people_tallies::Entity::find()
        .select_only()
        .columns([Column::AgeBand, Column::Gender])
        .expr_as(sum(Column::Citizens), "c")
        .filter(Column::ProgrammeId.eq(programme));
    if let Some(points) = chosen(programme, filter) {
        query = query.filter(Column::PointId.in_subquery(points));
    }
    let rows: Vec<(AgeBand, Gender, i64)> = query
        .group_by(Column::AgeBand)
        .group_by(Column::Gender)
        .into_tuple()
        .all(db.read())
        .await?;
    let sum = |(age, gender, n): (_, _, i64)| ((age, gender), u64::try_from(n).unwrap_or(0));
    Ok(rows.into_iter().map(sum).collect())
}

/// Of a span of days no sums by age are kept: they are counted.
async fn people_between(
    db: &Db,
    programme: ProgrammeId,
    filter: &TotalsFilter,
) -> Result<BTreeMap<(AgeBand, Gender), u64>, DbErr> {
    use citizens_reached::Column;
    let mut query = citizens_reached::Entity::find()
        .select_only()
        .columns([Column::AgeBand, Column::Gender])
        .column_as(Column::CitizenId.count(), "n")
        .filter(Column::ProgrammeId.eq(programme));
    if let Some(points) = chosen(programme, filter) {
        query = query.filter(Column::PointId.in_subquery(points));
    }
    if let Some(from) = filter.from {
        query = query.filter(Column::Day.gte(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(Column::Day.lte(to));
    }
    let rows: Vec<(Option<AgeBand>, Option<Gender>, i64)> = query
        .group_by(Column::AgeBand)
        .group_by(Column::Gender)
        .into_tuple()
        .all(db.read())
        .await?;
    let sum = |(age, gender, n): (Option<_>, Option<_>, i64)| {
        Some(((age?, gender?), u64::try_from(n).unwrap_or(0)))
    };
    Ok(rows.into_iter().filter_map(sum).collect())
}
