//! Who can be put on the list of a service: people of the point, and its groups.

use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use crate::citizens::find::{FoundCitizen, shown};
use crate::db::entities::{attendances, citizens, group_members, groups, services};
use crate::db::{Db, audit};
use crate::domain::ids::{CitizenId, GroupId, PointId};

/// The people of some ids, by name, as far as they are of these points (`None`: of any).
///
/// # Errors
/// The database's.
pub async fn people(
    db: &Db,
    ids: &[CitizenId],
    points: Option<&[PointId]>,
) -> Result<Vec<FoundCitizen>, DbErr> {
    let query = citizens::Entity::find().filter(citizens::Column::Id.is_in(ids.iter().copied()));
    listed(db, query, points).await
}

/// The members of a group of one of these points (`None`: of any), by name.
///
/// # Errors
/// The database's.
pub async fn of_group(
    db: &Db,
    group: GroupId,
    points: Option<&[PointId]>,
) -> Result<Vec<FoundCitizen>, DbErr> {
    let query = citizens::Entity::find()
        .join(
            JoinType::InnerJoin,
            citizens::Entity::belongs_to(group_members::Entity)
                .from(citizens::Column::Id)
                .to(group_members::Column::CitizenId)
                .into(),
        )
        .filter(group_members::Column::GroupId.eq(group));
    listed(db, query, points).await
}

/// The open groups of a point, by name.
///
/// # Errors
/// The database's.
pub async fn groups(db: &Db, point: PointId) -> Result<Vec<(GroupId, String)>, DbErr> {
    groups::Entity::find()
        .select_only()
        .columns([groups::Column::Id, groups::Column::Name])
        .filter(groups::Column::PointId.eq(point))
        .filter(groups::Column::ClosedAt.is_null())
        .order_by_asc(groups::Column::Name)
        .into_tuple()
        .all(db.read())
        .await
}

/// How many services a person attended that stand.
///
/// # Errors
/// The database's.
pub async fn services(db: &Db, citizen: CitizenId) -> Result<u64, DbErr> {
    attendances::Entity::find()
        .join(
            JoinType::InnerJoin,
            attendances::Entity::belongs_to(services::Entity)
                .from(attendances::Column::ServiceId)
                .to(services::Column::Id)
                .into(),
        )
        .filter(attendances::Column::CitizenId.eq(citizen))
        .filter(services::Column::VoidedAt.is_null())
        .count(db.read())
        .await
}

async fn listed(
    db: &Db,
    query: Select<citizens::Entity>,
    points: Option<&[PointId]>,
) -> Result<Vec<FoundCitizen>, DbErr> {
    let rows = query
        .filter(citizens::Column::MergedInto.is_null())
        .filter(citizens::Column::ErasedAt.is_null())
        .order_by_asc(citizens::Column::LastFirst)
        .order_by_asc(citizens::Column::Id)
        .all(db.read())
        .await?;
    if !rows.is_empty() {
        audit::list_seen(audit::Action::PeopleListed, rows.len());
    }
    shown(db, rows, points).await
}
