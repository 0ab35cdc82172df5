//! The points of the network, where facilitators meet citizens.

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
};
use time::OffsetDateTime;

use crate::db::entities::points;
use crate::db::instant;
use crate::domain::ids::{PointId, ProgrammeId};

/// A point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Permanent.
    pub id: PointId,
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// What addresses and commands call it.
    pub code: String,
    /// What people call it: Facilita knows it by this name.
    pub name: String,
    /// The municipality.
    pub municipality: String,
    /// The province, its full name.
    pub province: String,
    /// The region.
    pub region: String,
    /// Street and number.
    pub address: Option<String>,
    /// Facilita's number.
    pub facilita_id: Option<String>,
}

impl From<points::Model> for Point {
    fn from(row: points::Model) -> Self {
        Self {
            id: row.id,
            programme: row.programme_id,
            code: row.code,
            name: row.name,
            municipality: row.municipality,
            province: row.province,
            region: row.region,
            address: row.address,
            facilita_id: row.facilita_id,
        }
    }
}

/// The point of a code.
///
/// # Errors
/// The database's.
pub async fn by_code<C: ConnectionTrait>(db: &C, code: &str) -> Result<Option<Point>, DbErr> {
    let query = points::Entity::find().filter(points::Column::Code.eq(code));
    Ok(query.one(db).await?.map(Point::from))
}

/// The point of an id.
///
/// # Errors
/// The database's.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: PointId) -> Result<Option<Point>, DbErr> {
    Ok(points::Entity::find_by_id(id)
        .one(db)
        .await?
        .map(Point::from))
}

/// A programme's points, or everybody's, by code.
///
/// # Errors
/// The database's.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    programme: Option<ProgrammeId>,
) -> Result<Vec<Point>, DbErr> {
    let mut query = points::Entity::find().order_by_asc(points::Column::Code);
    if let Some(programme) = programme {
        query = query.filter(points::Column::ProgrammeId.eq(programme));
    }
    Ok(query.all(db).await?.into_iter().map(Point::from).collect())
}

/// Adds a point.
///
/// # Errors
/// The database's, also where the code is taken.
pub async fn create_in(
    tx: &DatabaseTransaction,
    point: &Point,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let row = points::ActiveModel {
        id: Set(point.id),
        programme_id: Set(point.programme),
        code: Set(point.code.clone()),
        name: Set(point.name.clone()),
        municipality: Set(point.municipality.clone()),
        province: Set(point.province.clone()),
        region: Set(point.region.clone()),
        address: Set(point.address.clone()),
        facilita_id: Set(point.facilita_id.clone()),
        created_at: Set(instant(now)),
    };
    points::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
