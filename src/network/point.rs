//! The points of the network, where facilitators meet citizens.

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
};
use time::{Date, OffsetDateTime};

use crate::db::entities::points;
use crate::db::instant;
use crate::domain::ids::{PointId, ProgrammeId};

/// A point.
#[derive(Debug, Clone, PartialEq)]
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
    /// Five digits.
    pub postcode: Option<String>,
    /// To call.
    pub phone: Option<String>,
    /// To write to.
    pub email: Option<String>,
    /// When it is open, as people say it.
    pub hours: Option<String>,
    /// What it offers, as people say it.
    pub offers: Option<String>,
    /// Computers for the public.
    pub workstations: Option<u16>,
    /// It goes from place to place.
    pub itinerant: bool,
    /// Latitude and longitude in degrees (WGS 84).
    pub position: Option<(f64, f64)>,
    /// The first day it was no more.
    pub closed_on: Option<Date>,
}

impl Point {
    /// Whether a code is its own: codes are one whatever their case.
    #[must_use]
    pub fn has_code(&self, code: &str) -> bool {
        self.code.eq_ignore_ascii_case(code.trim())
    }

    /// A point of which only this is known.
    #[must_use]
    pub fn new(
        programme: ProgrammeId,
        code: &str,
        name: &str,
        [municipality, province, region]: [&str; 3],
    ) -> Self {
        Self {
            id: PointId::new(),
            programme,
            code: code.to_owned(),
            name: name.to_owned(),
            municipality: municipality.to_owned(),
            province: province.to_owned(),
            region: region.to_owned(),
            address: None,
            facilita_id: None,
            postcode: None,
            phone: None,
            email: None,
            hours: None,
            offers: None,
            workstations: None,
            itinerant: false,
            position: None,
            closed_on: None,
        }
    }
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
            postcode: row.postcode,
            phone: row.phone,
            email: row.email,
            hours: row.hours,
            offers: row.offers,
            workstations: row.workstations.and_then(|n| u16::try_from(n).ok()),
            itinerant: row.itinerant,
            position: row.latitude.zip(row.longitude),
            closed_on: row.closed_on,
        }
    }
}

/// The point of a code.
///
/// # Errors
/// The database's.
pub async fn by_code<C: ConnectionTrait>(db: &C, code: &str) -> Result<Option<Point>, DbErr> {
    let exact = points::Entity::find().filter(points::Column::Code.eq(code));
    if let Some(point) = exact.one(db).await? {
        return Ok(Some(point.into()));
    }
    let lower = Expr::expr(Func::lower(Expr::col(points::Column::Code)));
    let same = points::Entity::find().filter(ExprTrait::eq(lower, code.to_lowercase()));
    Ok(same.one(db).await?.map(Point::from))
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
        created_at: Set(instant(now)),
        ..row(point)
    };
    points::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// A point as its table has it, without the moment it was added.
pub(super) fn row(point: &Point) -> points::ActiveModel {
    points::ActiveModel {
        id: Set(point.id),
        programme_id: Set(point.programme),
        code: Set(point.code.clone()),
        name: Set(point.name.clone()),
        municipality: Set(point.municipality.clone()),
        province: Set(point.province.clone()),
        region: Set(point.region.clone()),
        address: Set(point.address.clone()),
        facilita_id: Set(point.facilita_id.clone()),
        created_at: NotSet,
        postcode: Set(point.postcode.clone()),
        phone: Set(point.phone.clone()),
        email: Set(point.email.clone()),
        hours: Set(point.hours.clone()),
        offers: Set(point.offers.clone()),
        workstations: Set(point.workstations.and_then(|n| i16::try_from(n).ok())),
        itinerant: Set(point.itinerant),
        latitude: Set(point.position.map(|(latitude, _)| latitude)),
        longitude: Set(point.position.map(|(_, longitude)| longitude)),
        closed_on: Set(point.closed_on),
    }
}
