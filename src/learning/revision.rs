//! A programme whose rules change, and what was learned: what did not count may count now.

use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, QueryFilter, QuerySelect};
use thiserror::Error;
use time::OffsetDateTime;

use crate::db::entities::completions;
use crate::db::{self, Db};
use crate::domain::ids::{AccountId, LearnerId, ProgrammeId};
use crate::network::counting::{NotCounted, completed};
use crate::network::revise::{ProgrammeDetails, ProgrammeError, add_in, revise_in};

use super::LearningError;
use super::completion::count_pending_in;

/// The reasons that the days, the ages and the rule of a programme decide.
const BY_THE_RULES: [NotCounted; 6] = [
    NotCounted::TooYoung,
    NotCounted::TooOld,
    NotCounted::BeforeProgramme,
    NotCounted::AfterProgramme,
    NotCounted::LessonsUnread,
    NotCounted::BeforeVerification,
];

/// Why a programme was not written.
#[derive(Debug, Error)]
pub enum RevisionError {
    /// It was refused.
    #[error(transparent)]
    Programme(#[from] ProgrammeError),
    /// What was learned could not be counted, so nothing was done.
    #[error(transparent)]
    Learning(#[from] LearningError),
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// Adds a programme.
///
/// # Errors
/// [`ProgrammeError::Invalid`].
pub async fn add(
    db: &Db,
    details: ProgrammeDetails,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), RevisionError> {
    db::write(db, async move |tx| {
        Ok(add_in(tx, &details, Some(by), now).await?)
    })
    .await
}

/// Changes a programme. Where that changes who counts, everybody who attended and everything that
/// was completed is counted again in the same act. Tells whether it was.
///
/// # Errors
/// [`ProgrammeError`].
pub async fn revise(
    db: &Db,
    details: ProgrammeDetails,
    confirmed: bool,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<bool, RevisionError> {
    db::write(db, async move |tx| {
        let (programme, counted) = revise_in(tx, &details, confirmed, by, now).await?;
        for learner in waiting(tx, programme).await? {
            count_pending_in(tx, learner, now).await?;
        }
        Ok(counted)
    })
    .await
}

/// Who completed something that the rules left out.
async fn waiting(
    tx: &DatabaseTransaction,
    programme: ProgrammeId,
) -> Result<Vec<LearnerId>, DbErr> {
    completed(programme)
        .column(completions::Column::LearnerId)
        .distinct()
        .filter(completions::Column::NotCounted.is_in(BY_THE_RULES.map(NotCounted::key)))
        .into_tuple()
        .all(tx)
        .await
}
