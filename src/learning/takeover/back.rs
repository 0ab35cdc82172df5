//! Giving back what was taken over: what moved leaves the person, and what they completed and what
//! counts follows from what is theirs then ([`crate::learning::theirs`]), in one transaction.

use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QuerySelect,
};
use thiserror::Error;
use time::OffsetDateTime;

use crate::db::audit::Action;
use crate::db::entities::{learners, lesson_reads, takeovers};
use crate::db::{self, Db, instant};
use crate::domain::ids::{AccountId, LearnerId, TakeoverId};
use crate::domain::void::VoidReason;

use super::{Moved, UNDO, audit, hold, with_merged};
use crate::learning::LearningError;
use crate::learning::merge::learned;
use crate::learning::theirs::{Parted, follow_in};

/// Why something was not given back.
#[derive(Debug, Error)]
pub enum GiveBackError {
    /// There is no such thing, or it is somebody else's.
    #[error("nothing to give back")]
    NotFound,
    /// More than thirty days ago.
    #[error("it was taken over more than thirty days ago")]
    TooLate,
    /// What is left could not be counted.
    #[error(transparent)]
    Learning(#[from] LearningError),
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// Gives back what a person took over: lessons, attempts and completions are nobody's again, and
/// what came of them counts no more. What the person had themselves stays, and a quiz that they
/// passed themselves since completes the module instead. Again, it changes nothing.
///
/// # Errors
/// [`GiveBackError::NotFound`], also for somebody else's; [`GiveBackError::TooLate`].
pub async fn give_back(
    db: &Db,
    takeover: TakeoverId,
    person: LearnerId,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), GiveBackError> {
    db::write(db, async move |tx| {
        Box::pin(give_back_in(tx, takeover, person, by, now)).await
    })
    .await
}

async fn give_back_in(
    tx: &DatabaseTransaction,
    takeover: TakeoverId,
    person: LearnerId,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), GiveBackError> {
    let owner = hold(tx, person).await?;
    let whose = with_merged(tx, person).await?;
    let row = takeovers::Entity::find_by_id(takeover)
        .lock_exclusive()
        .one(tx)
        .await?
        .filter(|row| whose.contains(&row.learner_id))
        .ok_or(GiveBackError::NotFound)?;
    if row.undone_at.is_some() {
        return Ok(());
    }
    if now - row.taken_at > UNDO {
        return Err(GiveBackError::TooLate);
    }
    let moved: Moved = serde_json::from_str(&row.moved).map_err(LearningError::from)?;
    give_reads(tx, &moved, &whose, row.guest_id).await?;
    learned::give_attempts(tx, &moved.attempts, &whose, row.guest_id).await?;
    learned::give_completions(tx, &moved.completions, &whose, row.guest_id).await?;
    let change = learners::ActiveModel {
        id: Unchanged(row.guest_id),
        moved_to: Set(None),
        ..Default::default()
    };
    change.update(tx).await?;
    let parted = Parted {
        sides: [&whose, &[row.guest_id]],
        since: row.taken_at,
        modules: Some(moved.modules()),
        reason: VoidReason::GivenBack,
        by,
        now,
    };
    Box::pin(follow_in(tx, &parted)).await?;
    let change = takeovers::ActiveModel {
        id: Unchanged(takeover),
        undone_at: Set(Some(instant(now))),
        undone_by: Set(by),
        ..Default::default()
    };
    change.update(tx).await?;
    Ok(audit(tx, Action::ProgressGivenBack, &owner, by, now).await?)
}

/// A lesson that the kept record of a merge had too is there twice: the row of whoever took it over
/// goes, as long as it is there.
async fn give_reads(
    tx: &DatabaseTransaction,
    moved: &Moved,
    whose: &[LearnerId],
    guest: LearnerId,
) -> Result<(), DbErr> {
    for (module, lesson) in &moved.reads {
        for learner in whose.iter().rev() {
            let given = lesson_reads::Entity::update_many()
                .col_expr(lesson_reads::Column::LearnerId, Expr::value(guest))
                .filter(lesson_reads::Column::LearnerId.eq(*learner))
                .filter(lesson_reads::Column::Module.eq(module.clone()))
                .filter(lesson_reads::Column::Lesson.eq(lesson.clone()))
                .exec(tx)
                .await?;
            if given.rows_affected > 0 {
                break;
            }
        }
    }
    Ok(())
}
