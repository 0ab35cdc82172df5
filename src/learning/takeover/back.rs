//! Giving back what was taken over: what moved leaves the person, the services that came of it are
//! voided, and the totals follow, in one transaction.

use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QuerySelect,
};
use thiserror::Error;
use time::OffsetDateTime;

use crate::db::audit::Action;
use crate::db::entities::{attempts, learners, lesson_reads, services, takeovers};
use crate::db::{self, Db, instant};
use crate::domain::ids::{AccountId, CompletionId, LearnerId, TakeoverId};
use crate::network::programme::{self, LessonsRule};
use crate::network::service::{ServiceError, void_in};

use super::{Moved, UNDO, audit, hold, with_merged};
use crate::learning::LearningError;
use crate::learning::completion::{count_pending_in, without_lessons_in};
use crate::learning::finish::complete_again_in;
use crate::learning::merge::learned;

/// Why the ledger has no service any more for what was taken over.
const NOT_THEIRS: &str = "learned by somebody else on the same device, and given back";

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
    /// A service could not be voided.
    #[error(transparent)]
    Service(#[from] ServiceError),
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
    for service in standing(tx, &moved.completions).await? {
        Box::pin(void_in(tx, service.id, NOT_THEIRS, by, now)).await?;
    }
    Box::pin(uncount(tx, &moved.pending, by, now)).await?;
    for learner in &whose {
        Box::pin(complete_own(tx, &moved, *learner)).await?;
    }
    Box::pin(count_pending_in(tx, person, now)).await?;
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

/// The services of some completions that stand.
async fn standing(
    tx: &DatabaseTransaction,
    of: &[CompletionId],
) -> Result<Vec<services::Model>, DbErr> {
    services::Entity::find()
        .filter(services::Column::CompletionId.is_in(of.iter().copied()))
        .filter(services::Column::VoidedAt.is_null())
        .all(tx)
        .await
}

/// What the person completed themselves, and counted only with lessons that were not theirs: its
/// service is voided, and the completion is free to count another day.
async fn uncount(
    tx: &DatabaseTransaction,
    pending: &[CompletionId],
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), GiveBackError> {
    let short = without_lessons_in(tx, pending).await?;
    for service in standing(tx, &short).await? {
        let programme = programme::of_point(tx, service.point_id).await?;
        if programme.rule.lessons == LessonsRule::All {
            void_in(tx, service.id, NOT_THEIRS, by, now).await?;
            let free = services::ActiveModel {
                id: Unchanged(service.id),
                completion_id: Set(None),
                ..Default::default()
            };
            free.update(tx).await?;
        }
    }
    Ok(())
}

/// The person passed the quiz themselves too: the module is completed by that.
async fn complete_own(
    tx: &DatabaseTransaction,
    moved: &Moved,
    learner: LearnerId,
) -> Result<(), LearningError> {
    let own = attempts::Entity::find()
        .filter(attempts::Column::LearnerId.eq(learner))
        .filter(attempts::Column::Passed.eq(true))
        .all(tx)
        .await?;
    for attempt in own
        .into_iter()
        .filter(|one| moved.done.contains(&one.module))
    {
        complete_again_in(tx, attempt).await?;
    }
    Ok(())
}
