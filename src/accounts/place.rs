//! Where an account is usually entered from. Wrong tries from elsewhere slow down those from
//! elsewhere, and never keep somebody out of where they work.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use time::{Duration, OffsetDateTime};

use crate::citizens::vault::{Purpose, Vault};
use crate::db::entities::{account_places, accounts};
use crate::db::{Db, instant};
use crate::domain::ids::AccountId;

/// A place that was not used for so long is forgotten.
const KEPT: Duration = Duration::days(90);

/// A place of an account, which nobody can read an address from, nor compare with another account's.
#[must_use]
pub fn place(vault: &Vault, account: AccountId, address: &str) -> Vec<u8> {
    vault.digest(Purpose::Place, &format!("{account}\n{address}"))
}

/// Whether the account of an e-mail address, if there is one, is usually entered from an address.
///
/// # Errors
/// The database's.
pub async fn is_known(
    db: &Db,
    vault: &Vault,
    email: &str,
    address: &str,
    now: OffsetDateTime,
) -> Result<bool, DbErr> {
    let account: Option<AccountId> = accounts::Entity::find()
        .select_only()
        .column(accounts::Column::Id)
        .filter(accounts::Column::Email.eq(email.trim().to_lowercase()))
        .into_tuple()
        .one(db.read())
        .await?;
    match account {
        Some(account) => is_usual(db, vault, account, address, now).await,
        None => Ok(false),
    }
}

/// Whether an account is usually entered from an address.
///
/// # Errors
/// The database's.
pub async fn is_usual(
    db: &Db,
    vault: &Vault,
    account: AccountId,
    address: &str,
    now: OffsetDateTime,
) -> Result<bool, DbErr> {
    let place = place(vault, account, address);
    let row = account_places::Entity::find_by_id((account, place))
        .one(db.read())
        .await?;
    Ok(row.is_some_and(|row| row.seen_at > now - KEPT))
}

/// Remembers that an account was entered from a place, and forgets old ones.
pub(super) async fn remember_in(
    tx: &DatabaseTransaction,
    account: AccountId,
    place: Vec<u8>,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let row = account_places::ActiveModel {
        account_id: Set(account),
        place: Set(place),
        seen_at: Set(instant(now)),
    };
    let again = OnConflict::columns([
        account_places::Column::AccountId,
        account_places::Column::Place,
    ])
    .update_column(account_places::Column::SeenAt)
    .to_owned();
    account_places::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    let own = account_places::Entity::find().filter(account_places::Column::AccountId.eq(account));
    if own.clone().count(tx).await? > 20 {
        for old in own.all(tx).await? {
            if old.seen_at <= now - KEPT {
                account_places::Entity::delete_by_id((account, old.place))
                    .exec(tx)
                    .await?;
            }
        }
    }
    Ok(())
}
