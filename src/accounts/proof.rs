//! Showing again who one is. What opens a door for good, one's own or somebody else's, is done only
//! a short time after a secret was given in the same session: a browser that was left open, or a
//! token that was stolen, is not enough.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::{Duration, OffsetDateTime};

use crate::db::entities::{accounts, sessions};
use crate::db::{self, Db, instant};
use crate::domain::ids::{AccountId, CitizenId, SessionId};

use super::staff::StaffError;
use super::tries::TryOrigin;
use super::viewer::Viewer;
use super::{SignInError, card, password, trail};

/// How long a proof holds.
const FRESH: Duration = Duration::minutes(15);

impl Viewer {
    /// Whether a secret was given in this session a short time ago.
    #[must_use]
    pub fn has_proof(&self, now: OffsetDateTime) -> bool {
        self.proven_at.is_some_and(|at| now - at < FRESH)
    }
}

/// Takes the password in use as a proof.
///
/// # Errors
/// [`StaffError::Current`].
pub async fn prove(
    db: &Db,
    (account, session): (AccountId, SessionId),
    current: &str,
    now: OffsetDateTime,
) -> Result<(), StaffError> {
    check(db, account, current, now).await?;
    db::write(db, async move |tx| {
        sessions::Entity::update_many()
            .col_expr(sessions::Column::ProvenAt, Expr::value(instant(now)))
            .filter(sessions::Column::Id.eq(session))
            .filter(sessions::Column::AccountId.eq(account))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}

/// Takes the PIN of a citizen's own card as a proof, before what cannot be undone.
///
/// # Errors
/// As [`card::verify`]; without a card that works every PIN is wrong.
pub async fn prove_by_pin(
    db: &Db,
    citizen: CitizenId,
    (pin, place): (&str, &TryOrigin),
    now: OffsetDateTime,
) -> Result<(), SignInError> {
    let own = card::of_citizen(citizen).one(db.read()).await?;
    let own = own.ok_or(SignInError::Wrong)?;
    card::compare(db, own.code_digest, (pin, place), now).await?;
    Ok(())
}

/// Compares a password with the one in use, and gives the hash it was compared with. A wrong one
/// leaves its trace.
///
/// # Errors
/// [`StaffError::Current`] or [`StaffError::Unknown`].
pub(super) async fn check(
    db: &Db,
    account: AccountId,
    current: &str,
    now: OffsetDateTime,
) -> Result<Option<String>, StaffError> {
    let row = accounts::Entity::find_by_id(account).one(db.read()).await?;
    let used = row.ok_or(StaffError::Unknown)?.password_hash;
    if !password::verify_off(current.to_owned(), used.clone()).await? {
        trail::proof_failed(db, account, now).await?;
        return Err(StaffError::Current);
    }
    Ok(used)
}
