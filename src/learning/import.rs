//! Many records at once: a file's [plan](crate::citizens::import) is carried out, and what its
//! people had learned is counted as when a facilitator writes each record.

use sea_orm::{DatabaseTransaction, DbErr};
use thiserror::Error;
use time::OffsetDateTime;

use crate::citizens::import::{ImportStep, Plan, PlanError, plan};
use crate::citizens::known::{Bound, ENOUGH};
use crate::citizens::register::register_in;
use crate::citizens::{RecordError, Vault};
use crate::db::{self, Db};
use crate::domain::ids::{AccountId, PointId};
use crate::domain::import::{Imported, Manner, RowFault};
use crate::domain::progress;
use crate::domain::sheet::SheetError;

use super::registration::{CorrectionError, correct_and_count_in};

/// Rows in one transaction: the desk's own writes wait no longer than these take.
const AT_ONCE: usize = 200;

/// Why a file was not taken in.
#[derive(Debug, Error)]
pub enum ImportError {
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] SheetError),
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
/// transaction. Rows that the day has no room for are held back, whoever they are of, and are no
/// mistakes: the same file takes them in tomorrow.
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
    let Plan {
        mut steps,
        mut outcome,
    } = plan(db, vault, file, point, now).await?;
    if manner.trial || (manner.strict && !outcome.refused.is_empty()) {
        return Ok(outcome);
    }
    // Records are locked before the count of codes, as a correction does: nobody waits in a circle.
    steps.sort_by_key(|step| matches!(step, ImportStep::Add(..)));
    let bound = if manner.unbounded {
        Bound::None
    } else {
        Bound::Day
    };
    let at_once = if manner.strict { steps.len() } else { AT_ONCE };
    let _step = progress::begin("records", steps.len());
    for some in steps.chunks(at_once.max(1)) {
        let (some, vault) = (some.to_vec(), vault.clone());
        let held = db::write(db, async move |tx| {
            let mut held = Vec::new();
            for step in &some {
                held.extend(take(tx, &vault, step, point, (by, bound), now).await?);
                progress::advance(1);
            }
            Ok::<_, ImportError>(held)
        })
        .await?;
        outcome.added -= held.len();
        outcome.refused.extend(held);
    }
    outcome.sort();
    outcome.kept = true;
    Ok(outcome)
}

/// Carries out a step; a row that is held back says so.
async fn take(
    tx: &DatabaseTransaction,
    vault: &Vault,
    step: &ImportStep,
    point: PointId,
    (by, bound): (AccountId, Bound),
    now: OffsetDateTime,
) -> Result<Option<RowFault>, CorrectionError> {
    match step {
        ImportStep::Add(line, details) => {
            match register_in(tx, vault, details, point, (by, bound), now).await {
                Ok(_) => Ok(None),
                // At another point of the same facilitator, or since the file was read.
                Err(RecordError::Exists(_)) => Ok(Some(held(*line, "citizen-exists"))),
                Err(RecordError::Invalid(faults)) if faults.iter().all(|one| one.key == ENOUGH) => {
                    Ok(Some(held(*line, ENOUGH)))
                }
                Err(error) => Err(error.into()),
            }
        }
        ImportStep::Change(citizen, changes) => {
            correct_and_count_in(tx, vault, *citizen, changes, by, now).await?;
            Ok(None)
        }
    }
}

fn held(line: u64, key: &'static str) -> RowFault {
    RowFault::new(line, "codice_fiscale", key)
}
