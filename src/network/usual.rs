//! What a facilitator did last, which the next form begins with: the ledger remembers it already.

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::db::Db;
use crate::db::entities::services;
use crate::domain::facilita::ServiceKind;
use crate::domain::ids::{AccountId, PointId};

use super::need::{NEEDS, Need};

/// The last service that somebody gave.
#[derive(Debug, Clone, Copy)]
pub struct Usual {
    /// Where.
    pub point: PointId,
    /// How long.
    pub minutes: i32,
    /// About what, where it was one of the usual needs.
    pub need: Option<&'static Need>,
}

/// The last service that somebody gave to one person, or to several; not what their people learned
/// at home.
///
/// # Errors
/// The database's.
pub async fn of(db: &Db, account: AccountId, one: bool) -> Result<Option<Usual>, DbErr> {
    let kind = services::Column::Kind;
    let row = services::Entity::find()
        .filter(services::Column::AccountId.eq(account))
        .filter(services::in_person())
        .filter(services::Column::VoidedAt.is_null())
        .filter(match one {
            true => kind.eq(ServiceKind::Individual),
            false => kind.ne(ServiceKind::Individual),
        })
        .order_by_desc(services::Column::Day)
        .order_by_desc(services::Column::Id)
        .one(db.read())
        .await?;
    Ok(row.map(|row| Usual {
        point: row.point_id,
        minutes: row.minutes,
        need: NEEDS.iter().find(|need| need.title == row.title),
    }))
}
