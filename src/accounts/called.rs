//! What whoever has entered is called, where their browser shows them that they are in.

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::db::entities::citizens;
use crate::db::{Db, staff};

use super::viewer::Viewer;

/// What to call somebody who is in: a member of the staff by the whole name, a citizen by the first
/// name alone, since others may look at the same screen. Empty for a guest.
///
/// # Errors
/// The database's.
pub async fn called(db: &Db, viewer: &Viewer) -> Result<String, DbErr> {
    if let Some(account) = viewer.account {
        let mut names = staff::names(db, [account]).await?;
        return Ok(names.remove(&account).unwrap_or_default());
    }
    let Some(citizen) = viewer.citizen else {
        return Ok(String::new());
    };
    let name: Option<String> = citizens::Entity::find()
        .select_only()
        .column(citizens::Column::FirstName)
        .filter(citizens::Column::Id.eq(citizen))
        .into_tuple()
        .one(db.read())
        .await?;
    Ok(name.unwrap_or_default())
}
