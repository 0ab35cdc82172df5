//! What the staff are called, wherever somebody of them is named.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::domain::ids::AccountId;

use super::Db;
use super::entities::accounts;

/// The names of these accounts; the e-mail where nobody wrote a name.
///
/// # Errors
/// The database's.
pub async fn names(
    db: &Db,
    ids: impl IntoIterator<Item = AccountId>,
) -> Result<HashMap<AccountId, String>, DbErr> {
    let rows: Vec<(AccountId, String, String)> = accounts::Entity::find()
        .select_only()
        .columns([
            accounts::Column::Id,
            accounts::Column::Name,
            accounts::Column::Email,
        ])
        .filter(accounts::Column::Id.is_in(ids))
        .into_tuple()
        .all(db.read())
        .await?;
    let called = |(id, name, email): (AccountId, String, String)| {
        let name = if name.trim().is_empty() { email } else { name };
        (id, name)
    };
    Ok(rows.into_iter().map(called).collect())
}
