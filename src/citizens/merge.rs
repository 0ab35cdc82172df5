//! Two records of one person made one: what each says of them. Everything else that follows a
//! person (services, learning, groups) is `learning::merge`'s.
//!
//! The merged record stays as it is, hidden; it only lends its codice fiscale. So the merge can be
//! undone from what is still there, and nothing personal is written down a second time.

use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::db::entities::citizens;
use crate::db::instant;
use crate::domain::ids::CitizenId;

use super::find::opened;
use super::vault::{Purpose, Vault};

/// What the kept record got from the merged one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinedRecord {
    /// The codice fiscale.
    pub code: bool,
    /// The fields that were empty.
    pub filled: Vec<String>,
}

/// The rows of two records, locked in the order of their ids; `None` where one is missing.
///
/// # Errors
/// The database's.
pub async fn pair_in(
    tx: &DatabaseTransaction,
    kept: CitizenId,
    merged: CitizenId,
) -> Result<Option<(citizens::Model, citizens::Model)>, DbErr> {
    let mut rows = citizens::Entity::find()
        .filter(citizens::Column::Id.is_in([kept, merged]))
        .order_by_asc(citizens::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(tx)
        .await?;
    if rows.len() != 2 {
        return Ok(None);
    }
    let second = rows.remove(1);
    let first = rows.remove(0);
    Ok(Some(if first.id == kept {
        (first, second)
    } else {
        (second, first)
    }))
}

/// Whether two records cannot be one person's: each has a codice fiscale, or a birth date, and they
/// are not the same.
#[must_use]
pub fn are_two_people(one: &citizens::Model, other: &citizens::Model) -> bool {
    fn differ<T: PartialEq>(one: &Option<T>, other: &Option<T>) -> bool {
        one.is_some() && other.is_some() && one != other
    }
    differ(&one.cf_digest, &other.cf_digest) || differ(&one.birth_date, &other.birth_date)
}

/// Whether the kept record would get its codice fiscale from the merged one.
#[must_use]
pub fn lends_code(kept: &citizens::Model, merged: &citizens::Model) -> bool {
    kept.cf_digest.is_none() && merged.cf_digest.is_some()
}

macro_rules! each_field {
    ($act:ident, $($field:ident)*) => { $($act!($field);)* };
}

/// The kept record takes what only the merged one says, the codice fiscale included.
///
/// # Errors
/// The database's, or a codice fiscale that the key in use does not open.
pub async fn join_in(
    tx: &DatabaseTransaction,
    vault: &Vault,
    kept: &citizens::Model,
    merged: &citizens::Model,
    now: OffsetDateTime,
) -> Result<JoinedRecord, DbErr> {
    let mut joined = JoinedRecord::default();
    let mut change = touched(kept, now);
    macro_rules! fill {
        ($field:ident) => {
            if kept.$field.is_none() && merged.$field.is_some() {
                change.$field = Set(merged.$field.clone());
                joined.filled.push(stringify!($field).to_owned());
            }
        };
    }
    each_field!(fill, birth_date gender education occupation citizenship province email phone);
    if lends_code(kept, merged)
        && let Some(code) = opened(vault, merged)?
    {
        let mut lent = touched(merged, now);
        lent.cf_digest = Set(None);
        lent.update(tx).await?;
        change.cf_digest = Set(Some(vault.find_by(&code)));
        change.cf_sealed = Set(Some(vault.seal(
            Purpose::CodiceFiscale,
            kept.id.0,
            code.as_str(),
        )?));
        change.cf_verified_at = Set(merged.cf_verified_at);
        joined.code = true;
    }
    change.update(tx).await?;
    Ok(joined)
}

/// Undoes [`join_in`]: what the kept record got and still has, it gives back. `false` where the
/// codice fiscale is somebody else's by now; then nothing is done.
///
/// # Errors
/// The database's, or a codice fiscale that the key in use does not open.
pub async fn part_in(
    tx: &DatabaseTransaction,
    vault: &Vault,
    kept: &citizens::Model,
    merged: &citizens::Model,
    joined: &JoinedRecord,
    now: OffsetDateTime,
) -> Result<bool, DbErr> {
    let mut change = touched(kept, now);
    let mut back = touched(merged, now);
    back.merged_into = Set(None);
    if joined.code
        && let Some(code) = opened(vault, merged)?
    {
        let digest = vault.find_by(&code);
        let holder = citizens::Entity::find()
            .filter(citizens::Column::CfDigest.eq(digest.clone()))
            .one(tx)
            .await?;
        match holder {
            Some(row) if row.id != kept.id => return Ok(false),
            Some(_) => {
                change.cf_digest = Set(None);
                change.cf_sealed = Set(None);
                change.cf_verified_at = Set(None);
            }
            None => {}
        }
        back.cf_digest = Set(Some(digest));
    }
    macro_rules! empty {
        ($field:ident) => {
            let filled = joined.filled.iter().any(|name| name == stringify!($field));
            if filled && kept.$field == merged.$field {
                change.$field = Set(None);
            }
        };
    }
    each_field!(empty, birth_date gender education occupation citizenship province email phone);
    change.update(tx).await?;
    back.update(tx).await?;
    Ok(true)
}

/// Hides the merged record behind the kept one.
///
/// # Errors
/// The database's.
pub async fn hide_in(
    tx: &DatabaseTransaction,
    merged: CitizenId,
    kept: CitizenId,
) -> Result<(), DbErr> {
    let change = citizens::ActiveModel {
        id: Unchanged(merged),
        merged_into: Set(Some(kept)),
        held: Set(None),
        ..Default::default()
    };
    change.update(tx).await?;
    Ok(())
}

fn touched(row: &citizens::Model, now: OffsetDateTime) -> citizens::ActiveModel {
    citizens::ActiveModel {
        id: Unchanged(row.id),
        updated_at: Set(instant(now)),
        ..Default::default()
    }
}
