//! What stands still since a record lacks something: kept with each record, counted by the rule of
//! [`lacking`](crate::citizens::lacking), and never by reading every service.
//!
//! [`reached::settle_in`](crate::network::reached::settle_in) keeps it, since whatever writes a
//! record, a service or an attendance goes through there.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait as _, Query, SelectStatement, SubQueryStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::citizens::lacking::{Lacking, WrittenFields};
use crate::db::entities::{attendances, citizens, points, services};
use crate::db::{Db, audit};
use crate::domain::facilita::SendState;
use crate::domain::ids::{CitizenId, PointId, ProgrammeId};

/// Records that lack something, and the services that stand still for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HeldRecords {
    /// Records to complete.
    pub records: u64,
    /// Services of theirs, by person, that were never sent and cannot be.
    pub services: u64,
}

/// The records to complete of a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointHeld {
    /// The point's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many.
    pub standing: HeldRecords,
}

/// A record to complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incomplete {
    /// Whose.
    pub citizen: CitizenId,
    /// Family name and given name.
    pub name: String,
    /// What it lacks.
    pub lacking: Vec<Lacking>,
    /// Services that stand still.
    pub services: u64,
}

/// How many of the services of the record at hand were never sent.
fn waiting() -> SelectStatement {
    use attendances::Column as A;
    let column = |column| Expr::col((attendances::Entity, column));
    Query::select()
        .expr(Expr::val(1).count())
        .from(attendances::Entity)
        .inner_join(
            services::Entity,
            column(A::ServiceId).eq(Expr::col((services::Entity, services::Column::Id))),
        )
        .and_where(column(A::CitizenId).eq(Expr::col((citizens::Entity, citizens::Column::Id))))
        .and_where(A::Facilita.eq(SendState::Ready))
        .and_where(services::Column::VoidedAt.is_null())
        .take()
}

/// Brings what a locked record holds up up to date.
pub(in crate::network) async fn keep(
    tx: &DatabaseTransaction,
    person: &citizens::Model,
) -> Result<(), DbErr> {
    // Nobody completes a record that was erased.
    let whole = person.erased_at.is_some() || WrittenFields::from(person).lacking().is_empty();
    if whole && person.held.is_none() {
        return Ok(());
    }
    let held = match whole {
        true => Expr::value(None::<i32>),
        false => SubQueryStatement::from(waiting()).into(),
    };
    citizens::Entity::update_many()
        .col_expr(citizens::Column::Held, held)
        .filter(citizens::Column::Id.eq(person.id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Counts the services anew of records that lack something: those that the condition is true of.
pub(crate) async fn recount(tx: &DatabaseTransaction, of: Condition) -> Result<(), DbErr> {
    citizens::Entity::update_many()
        .col_expr(
            citizens::Column::Held,
            SubQueryStatement::from(waiting()).into(),
        )
        .filter(citizens::Column::Held.is_not_null())
        .filter(of)
        .exec(tx)
        .await?;
    Ok(())
}

/// What every record should have: none where it lacks nothing.
pub(in crate::network) async fn recounted<C: ConnectionTrait>(
    db: &C,
) -> Result<Vec<(CitizenId, Option<i32>, Option<i32>)>, DbErr> {
    use attendances::Column as A;
    let waiting: Vec<(CitizenId, i64)> = attendances::Entity::find()
        .select_only()
        .column(A::CitizenId)
        .column_as(A::ServiceId.count(), "services")
        .join(sea_orm::JoinType::InnerJoin, super::sent::attended())
        .filter(A::Facilita.eq(SendState::Ready))
        .filter(services::Column::VoidedAt.is_null())
        .group_by(A::CitizenId)
        .into_tuple()
        .all(db)
        .await?;
    let waiting: HashMap<_, _> = waiting.into_iter().collect();
    let people = citizens::Entity::find().all(db).await?;
    let of = |person: citizens::Model| {
        let gone = person.merged_into.is_some() || person.erased_at.is_some();
        let whole = gone || WrittenFields::from(&person).lacking().is_empty();
        let services = waiting.get(&person.id).copied().unwrap_or(0);
        let counted = (!whole).then(|| i32::try_from(services).unwrap_or(i32::MAX));
        (person.id, person.held, counted)
    };
    Ok(people.into_iter().map(of).collect())
}

/// The records to complete of these points, or of all.
///
/// # Errors
/// The database's.
pub async fn of_points(db: &Db, points: Option<&[PointId]>) -> Result<HeldRecords, DbErr> {
    let (records, services): (i64, Option<i64>) = lacking(points)
        .select_only()
        .column_as(citizens::Column::Held.count(), "records")
        .column_as(citizens::Column::Held.sum(), "services")
        .into_tuple()
        .one(db.read())
        .await?
        .unwrap_or_default();
    Ok(standing(records, services))
}

/// The records to complete by point of a programme, those with most services first.
///
/// # Errors
/// The database's.
pub async fn by_point(db: &Db, programme: ProgrammeId) -> Result<Vec<PointHeld>, DbErr> {
    let sums: Vec<(PointId, i64, Option<i64>)> = lacking(None)
        .select_only()
        .column(citizens::Column::PointId)
        .column_as(citizens::Column::Held.count(), "records")
        .column_as(citizens::Column::Held.sum(), "services")
        .group_by(citizens::Column::PointId)
        .into_tuple()
        .all(db.read())
        .await?;
    let named: Vec<(PointId, String, String)> = points::Entity::find()
        .select_only()
        .columns([
            points::Column::Id,
            points::Column::Code,
            points::Column::Name,
        ])
        .filter(points::Column::ProgrammeId.eq(programme))
        .into_tuple()
        .all(db.read())
        .await?;
    let sums: HashMap<_, _> = sums
        .into_iter()
        .map(|(point, records, services)| (point, standing(records, services)))
        .collect();
    let mut all: Vec<_> = named
        .into_iter()
        .filter_map(|(id, code, name)| {
            let standing = *sums.get(&id)?;
            Some(PointHeld {
                code,
                name,
                standing,
            })
        })
        .collect();
    all.sort_by(|one, other| {
        let most = |one: &PointHeld| (one.standing.services, one.standing.records);
        most(other).cmp(&most(one)).then(one.code.cmp(&other.code))
    });
    Ok(all)
}

/// A page of the records to complete, so many on each and counted from 0: those with most services
/// first. Coordinators name the points, as nobody may read through a region.
///
/// # Errors
/// The database's.
pub async fn list(
    db: &Db,
    points: &[PointId],
    (at, many): (u64, u64),
) -> Result<Vec<Incomplete>, DbErr> {
    let rows = lacking(Some(points))
        .order_by_desc(citizens::Column::Held)
        .order_by_asc(citizens::Column::LastFirst)
        .order_by_asc(citizens::Column::Id)
        .paginate(db.read(), many)
        .fetch_page(at)
        .await?;
    audit::list_seen(audit::Action::IncompleteListed, rows.len());
    let of = |row: citizens::Model| Incomplete {
        citizen: row.id,
        name: format!("{} {}", row.last_name, row.first_name),
        lacking: WrittenFields::from(&row).lacking(),
        services: row
            .held
            .and_then(|held| u64::try_from(held).ok())
            .unwrap_or(0),
    };
    Ok(rows.into_iter().map(of).collect())
}

fn lacking(points: Option<&[PointId]>) -> sea_orm::Select<citizens::Entity> {
    let all = citizens::Entity::find().filter(citizens::Column::Held.is_not_null());
    match points {
        Some(points) => all.filter(citizens::Column::PointId.is_in(points.iter().copied())),
        None => all,
    }
}

fn standing(records: i64, services: Option<i64>) -> HeldRecords {
    HeldRecords {
        records: u64::try_from(records).unwrap_or(0),
        services: u64::try_from(services.unwrap_or(0)).unwrap_or(0),
    }
}
