//! The second factor of the staff: codes of an app, and ten recovery codes for the day the phone
//! is lost. A code of either kind is accepted once.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use thiserror::Error;
use time::OffsetDateTime;

use crate::citizens::vault::{Purpose, Vault};
use crate::db::audit::{Act, Action, note};
use crate::db::entities::{accounts, recovery_codes, second_factors, sessions};
use crate::db::{self, Db, instant};
use crate::domain::ids::{AccountId, SessionId};

use super::staff::StaffError;
use super::{no_secret, open_sessions, stewardship, totp, trail};

/// Recovery codes that are given at one time.
pub const CODES: usize = 10;
/// No letter that looks or sounds like another; 32 of them, so that every byte is fair.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Why a second factor was not set up.
#[derive(Debug, Error)]
pub enum SecondFactorError {
    /// The code is wrong, too old, or was used before.
    #[error("the code is wrong, too old, or was used before")]
    Code,
    /// There is no such account, or nothing was begun.
    #[error("nothing to confirm")]
    Unknown,
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// What somebody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecondFactor {
    /// Since when.
    pub since: OffsetDateTime,
    /// Recovery codes that are left.
    pub codes_left: u64,
}

/// The second factor of an account, if it has one.
///
/// # Errors
/// The database's.
pub async fn of_account(db: &Db, account: AccountId) -> Result<Option<SecondFactor>, DbErr> {
    let row = second_factors::Entity::find_by_id(account)
        .one(db.read())
        .await?;
    let Some(since) = row.map(|row| row.confirmed_at) else {
        return Ok(None);
    };
    let codes_left = recovery_codes::Entity::find()
        .filter(recovery_codes::Column::AccountId.eq(account))
        .filter(recovery_codes::Column::UsedAt.is_null())
        .count(db.read())
        .await?;
    Ok(Some(SecondFactor { since, codes_left }))
}

/// Begins to set one up: the secret to put into an app. Until it is confirmed with a code nothing
/// changes, and asking again in the same session gives the same secret. It is that session's alone
/// and ends with it, or with anything that ends the account's other sessions.
///
/// # Errors
/// The database's, or a secret that the key in use does not open.
pub async fn begin(
    db: &Db,
    vault: &Vault,
    (account, session): (AccountId, SessionId),
) -> Result<Vec<u8>, DbErr> {
    let sealed = seal(vault, account, &totp::new_secret().map_err(no_secret)?)?;
    let pending = db::write(db, async move |tx| {
        sessions::Entity::update_many()
            .col_expr(sessions::Column::PendingFactor, Expr::value(sealed))
            .filter(sessions::Column::Id.eq(session))
            .filter(sessions::Column::AccountId.eq(account))
            .filter(sessions::Column::ClosedAt.is_null())
            .filter(sessions::Column::PendingFactor.is_null())
            .exec(tx)
            .await?;
        pending_in(tx, (account, session)).await
    })
    .await?;
    open(vault, account, &pending.unwrap_or_default())
}

/// Confirms a second factor with a code of the new secret, and gives its recovery codes, which are
/// never shown again. Somebody who has one already proves it with a code of the old one. The other
/// sessions of the account end; this one is full from now on.
///
/// # Errors
/// [`SecondFactorError::Code`].
pub async fn confirm(
    db: &Db,
    vault: &Vault,
    (account, session): (AccountId, SessionId),
    (code, current): (&str, &str),
    now: OffsetDateTime,
) -> Result<Vec<String>, SecondFactorError> {
    let (vault, code, current) = (vault.clone(), code.to_owned(), current.to_owned());
    let codes = new_codes()?;
    let kept = codes.clone();
    let done = db::write(db, async move |tx| {
        // Of two sessions that confirm at once, the second one needs a code of the first one's.
        accounts::Entity::find_by_id(account)
            .lock(LockType::Update)
            .one(tx)
            .await?
            .ok_or(SecondFactorError::Unknown)?;
        if has_in(tx, account).await? && !use_code_in(tx, &vault, account, &current, now).await? {
            return Err(SecondFactorError::Code);
        }
        let pending = pending_in(tx, (account, session)).await?;
        let sealed = pending.ok_or(SecondFactorError::Unknown)?;
        let secret = open(&vault, account, &sealed)?;
        let step = totp::step_of(&secret, &digits(&code), now).ok_or(SecondFactorError::Code)?;
        let row = second_factors::ActiveModel {
            account_id: Set(account),
            sealed: Set(sealed),
            confirmed_at: Set(instant(now)),
            last_step: Set(step),
        };
        second_factors::Entity::delete_by_id(account)
            .exec(tx)
            .await?;
        second_factors::Entity::insert(row)
            .exec_without_returning(tx)
            .await?;
        keep_codes_in(tx, &vault, account, &kept).await?;
        open_sessions::close_others_in(tx, account, Some(session), now).await?;
        sessions::Entity::update_many()
            .col_expr(sessions::Column::Limited, Expr::value(false))
            .col_expr(sessions::Column::ProvenAt, Expr::value(instant(now)))
            .filter(sessions::Column::Id.eq(session))
            .exec(tx)
            .await?;
        audit(tx, account, Some(account), Action::SecondFactorSet, now).await?;
        Ok(())
    })
    .await;
    told(db, account, done, now).await?;
    Ok(codes)
}

/// New recovery codes; the old ones stop working.
///
/// # Errors
/// [`SecondFactorError::Code`].
pub async fn renew_codes(
    db: &Db,
    vault: &Vault,
    account: AccountId,
    code: &str,
    now: OffsetDateTime,
) -> Result<Vec<String>, SecondFactorError> {
    let (vault, code) = (vault.clone(), code.to_owned());
    let codes = new_codes()?;
    let kept = codes.clone();
    let done = db::write(db, async move |tx| {
        if !use_code_in(tx, &vault, account, &code, now).await? {
            return Err(SecondFactorError::Code);
        }
        keep_codes_in(tx, &vault, account, &kept).await?;
        audit(tx, account, Some(account), Action::RecoveryCodesMade, now).await?;
        Ok(())
    })
    .await;
    told(db, account, done, now).await?;
    Ok(codes)
}

/// What was done, after the trace of a wrong code.
async fn told(
    db: &Db,
    account: AccountId,
    done: Result<(), SecondFactorError>,
    now: OffsetDateTime,
) -> Result<(), SecondFactorError> {
    if matches!(done, Err(SecondFactorError::Code)) {
        trail::proof_failed(db, account, now).await?;
    }
    done
}

/// Takes a second factor away, for somebody who lost phone and codes. Their sessions end; if they
/// need one, they set it up again when they enter. Again, it changes nothing.
///
/// # Errors
/// [`StaffError::Unknown`] where there is no such account, or [`StaffError::NotYours`].
pub async fn reset(
    db: &Db,
    account: AccountId,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), StaffError> {
    db::write(db, async move |tx| {
        accounts::Entity::find_by_id(account)
            .one(tx)
            .await?
            .ok_or(StaffError::Unknown)?;
        stewardship::check_in(tx, by, account).await?;
        forget_codes_in(tx, account).await?;
        let gone = second_factors::Entity::delete_by_id(account)
            .exec(tx)
            .await?;
        open_sessions::forget_pending_in(tx, account).await?;
        if gone.rows_affected > 0 {
            open_sessions::close_others_in(tx, account, None, now).await?;
            audit(tx, account, by, Action::SecondFactorReset, now).await?;
        }
        Ok(())
    })
    .await
}

/// Whether an account has one.
pub(super) async fn has_in(tx: &DatabaseTransaction, account: AccountId) -> Result<bool, DbErr> {
    let row = second_factors::Entity::find_by_id(account).one(tx).await?;
    Ok(row.is_some())
}

/// What an open session of an account has begun to set up.
async fn pending_in(
    tx: &DatabaseTransaction,
    (account, session): (AccountId, SessionId),
) -> Result<Option<Vec<u8>>, DbErr> {
    let row = sessions::Entity::find_by_id(session)
        .filter(sessions::Column::AccountId.eq(account))
        .filter(sessions::Column::ClosedAt.is_null())
        .one(tx)
        .await?;
    Ok(row.and_then(|row| row.pending_factor))
}

/// Whether a code is right, of the app or a recovery code; it is used up.
///
/// # Errors
/// The database's, or a secret that the key in use does not open.
pub async fn use_code_in(
    tx: &DatabaseTransaction,
    vault: &Vault,
    account: AccountId,
    code: &str,
    now: OffsetDateTime,
) -> Result<bool, DbErr> {
    let row = second_factors::Entity::find_by_id(account).one(tx).await?;
    let Some(row) = row else { return Ok(false) };
    let typed = digits(code);
    if let Some(step) = totp::step_of(&open(vault, account, &row.sealed)?, &typed, now) {
        // Of two requests with one code at the same time, one changes the row.
        let used = second_factors::Entity::update_many()
            .col_expr(second_factors::Column::LastStep, Expr::value(step))
            .filter(second_factors::Column::AccountId.eq(account))
            .filter(second_factors::Column::LastStep.lt(step))
            .exec(tx)
            .await?;
        return Ok(used.rows_affected == 1);
    }
    let used = recovery_codes::Entity::update_many()
        .col_expr(recovery_codes::Column::UsedAt, Expr::value(instant(now)))
        .filter(recovery_codes::Column::AccountId.eq(account))
        .filter(recovery_codes::Column::Digest.eq(digest(vault, account, &typed)))
        .filter(recovery_codes::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    if used.rows_affected == 1 {
        audit(tx, account, Some(account), Action::RecoveryCodeUsed, now).await?;
    }
    Ok(used.rows_affected == 1)
}

/// A code as somebody typed it, without spaces and hyphens.
fn digits(code: &str) -> String {
    let kept = code.chars().filter(|c| !c.is_whitespace() && *c != '-');
    kept.flat_map(char::to_lowercase).collect()
}

fn seal(vault: &Vault, account: AccountId, secret: &[u8]) -> Result<Vec<u8>, DbErr> {
    Ok(vault.seal(Purpose::SecondFactor, account.0, &totp::base32(secret))?)
}

fn open(vault: &Vault, account: AccountId, sealed: &[u8]) -> Result<Vec<u8>, DbErr> {
    let text = vault.open(Purpose::SecondFactor, account.0, sealed)?;
    totp::from_base32(&text).ok_or_else(|| no_secret(()))
}

fn digest(vault: &Vault, account: AccountId, code: &str) -> Vec<u8> {
    vault.digest(Purpose::RecoveryCode, &format!("{account}\n{code}"))
}

/// Ten letters of 32 are 50 bits: nobody guesses one through a door that counts tries, nor from a
/// digest whose key is not in the database.
fn new_codes() -> Result<Vec<String>, DbErr> {
    let mut codes = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        let mut bytes = [0_u8; 10];
        aws_lc_rs::rand::fill(&mut bytes).map_err(no_secret)?;
        let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
        let mut code: String = bytes.iter().map(letter).collect();
        code.insert(5, '-');
        codes.push(code);
    }
    Ok(codes)
}

async fn forget_codes_in(tx: &DatabaseTransaction, account: AccountId) -> Result<(), DbErr> {
    recovery_codes::Entity::delete_many()
        .filter(recovery_codes::Column::AccountId.eq(account))
        .exec(tx)
        .await?;
    Ok(())
}

async fn keep_codes_in(
    tx: &DatabaseTransaction,
    vault: &Vault,
    account: AccountId,
    codes: &[String],
) -> Result<(), DbErr> {
    forget_codes_in(tx, account).await?;
    let rows = codes.iter().map(|code| recovery_codes::ActiveModel {
        account_id: Set(account),
        digest: Set(digest(vault, account, &digits(code))),
        used_at: Set(None),
    });
    recovery_codes::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

async fn audit(
    tx: &DatabaseTransaction,
    account: AccountId,
    by: Option<AccountId>,
    action: Action,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let act = Act {
        by,
        action,
        subject: "account",
        id: account.0,
        detail: "",
    };
    note(tx, act, now).await
}
