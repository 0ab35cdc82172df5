//! Many records at once: a file's [plan](crate::citizens::import) is carried out, and what its
//! people had learned is counted as when a facilitator writes each record.

use sea_orm::{DatabaseTransaction, DbErr};
use thiserror::Error;
use time::OffsetDateTime;

use crate::citizens::import::{Plan, PlanError, Step, Unreadable, plan};
use crate::citizens::register::register_in;
use crate::citizens::{RecordError, Vault};
use crate::db::{self, Db};
use crate::domain::ids::{AccountId, PointId};
use crate::domain::import::{Imported, Manner};
use crate::domain::progress;

use super::registration::{CorrectionError, correct_and_count_in};

/// Rows in one transaction: the desk's own writes wait no longer than these take.
const AT_ONCE: usize = 200;

/// Why a file was not taken in.
#[derive(Debug, Error)]
pub enum ImportError {
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// A row that was sound is no more: somebody changed the records meanwhile.
    #[error(transparent)]
    Record(#[from] CorrectionError),
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

impl From<PlanError> for ImportError {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Unreadable(error) => error.into(),
            PlanError::Db(error) => error.into(),
        }
    }
}

/// Adds and updates the citizens of a CSV file at a point, and deletes nobody. The same file again
/// changes nothing. In a strict import one refused row refuses all, and all are written in one
/// transaction.
///
/// # Errors
/// [`ImportError::Unreadable`]; rows that are refused are in the answer.
pub async fn citizens(
    db: &Db,
    vault: &Vault,
    file: &[u8],
    point: PointId,
    by: AccountId,
    manner: Manner,
    now: OffsetDateTime,
) -> Result<Imported, ImportError> {
    let Plan { steps, mut outcome } = plan(db, vault, file, point, now).await?;
    if manner.trial || (manner.strict && !outcome.refused.is_empty()) {
        return Ok(outcome);
    }
    let at_once = if manner.strict { steps.len() } else { AT_ONCE };
    let _step = progress::begin("records", steps.len());
    for some in steps.chunks(at_once.max(1)) {
        let (some, vault) = (some.to_vec(), vault.clone());
        db::write(db, async move |tx| {
            for step in &some {
                take(tx, &vault, step, point, by, now).await?;
                progress::advance(1);
            }
            Ok::<_, ImportError>(())
        })
        .await?;
    }
    outcome.kept = true;
    Ok(outcome)
}

async fn take(
    tx: &DatabaseTransaction,
    vault: &Vault,
    step: &Step,
    point: PointId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), CorrectionError> {
    match step {
        Step::Add(details) => match register_in(tx, vault, details, point, by, now).await {
            // Somebody registered the same person since the file was read.
            Ok(_) | Err(RecordError::Exists(_)) => Ok(()),
            Err(error) => Err(error.into()),
        },
        Step::Change(citizen, changes) => {
            correct_and_count_in(tx, vault, *citizen, changes, by, now).await
        }
    }
}
