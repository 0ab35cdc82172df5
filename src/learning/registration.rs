//! The citizen record and what was already learned: when a codice fiscale becomes known, what its
//! citizen completed before is counted in the same transaction.

use sea_orm::{DatabaseTransaction, DbErr};
use thiserror::Error;
use time::OffsetDateTime;

use crate::accounts::session::learner_of_citizen_in;
use crate::citizens::known::Corrected;
use crate::citizens::register::correct_in;
use crate::citizens::{Details, RecordError, Vault};
use crate::db::{self, Db};
use crate::domain::ids::{AccountId, CitizenId};
use crate::network::reached::settle_in;

use super::LearningError;
use super::completion::count_pending_in;

/// Why a record was not corrected.
#[derive(Debug, Error)]
pub enum CorrectionError {
    /// The record was refused.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// What was learned could not be counted, so nothing was done.
    #[error(transparent)]
    Learning(#[from] LearningError),
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// Corrects a citizen's record: fields that are not mentioned stay. What the citizen completed
/// and was not counted is counted now, where it can be.
///
/// # Errors
/// [`CorrectionError::Record`] with the fields at fault, or the record of the same points that has
/// the codice fiscale.
pub async fn correct(
    db: &Db,
    vault: &Vault,
    citizen: CitizenId,
    changes: Details,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Corrected, CorrectionError> {
    let vault = vault.clone();
    db::write(db, async move |tx| {
        correct_and_count_in(tx, &vault, citizen, &changes, by, now).await
    })
    .await
}

/// [`correct`] in a transaction.
pub(super) async fn correct_and_count_in(
    tx: &DatabaseTransaction,
    vault: &Vault,
    citizen: CitizenId,
    changes: &Details,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Corrected, CorrectionError> {
    let done = correct_in(tx, vault, citizen, changes, by, now).await?;
    settle_in(tx, citizen).await?;
    let learner = learner_of_citizen_in(tx, citizen, now).await?;
    count_pending_in(tx, learner, now).await?;
    Ok(done)
}
