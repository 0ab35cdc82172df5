//! The bounds that an installation may change: the table `limits`.

use sea_orm::sea_query::LockType;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QuerySelect};

use super::entities::limits;

/// A bound; `usual` where the table has none of that name.
///
/// # Errors
/// The database's.
pub async fn of(db: &impl ConnectionTrait, name: &str, usual: i64) -> Result<i64, DbErr> {
    let row = limits::Entity::find_by_id(name).one(db).await?;
    Ok(row.map_or(usual, |row| row.value))
}

/// [`of`], kept from everybody else until the transaction ends: whoever counts against it and then
/// adds one is alone, so that many at once get no further than many in a row.
///
/// # Errors
/// The database's.
pub async fn held(tx: &DatabaseTransaction, name: &str, usual: i64) -> Result<i64, DbErr> {
    let row = limits::Entity::find_by_id(name)
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?;
    Ok(row.map_or(usual, |row| row.value))
}
