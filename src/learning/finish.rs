//! Ending an attempt: the points are added up, and a passed quiz completes the module.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect,
};
use time::OffsetDateTime;

use crate::db::entities::{answers, attempts};
use crate::db::{self, Db};
use crate::domain::ids::{AttemptId, LearnerId};
use crate::domain::score::Percent;

use super::LearningError;
use super::attempt::{AttemptResult, Served, percent};
use super::completion::{self, Completion, CompletionBasis, NewCompletion};

/// A finished attempt and what it led to.
#[derive(Debug, Clone)]
pub struct Finished {
    /// Score and whether it was enough.
    pub result: AttemptResult,
    /// The module's completion, from this attempt or an earlier one.
    pub completion: Option<Completion>,
}

/// Ends an attempt. Questions without an answer earn nothing. Again, it gives the same result.
///
/// # Errors
/// [`LearningError::NotFound`] for an unknown attempt and for somebody else's alike.
pub async fn finish(
    db: &Db,
    learner: LearnerId,
    attempt: AttemptId,
    now: OffsetDateTime,
) -> Result<Finished, LearningError> {
    db::write(db, async move |tx| {
        let attempt = attempts::Entity::find_by_id(attempt)
            .filter(attempts::Column::LearnerId.eq(learner))
            .lock(LockType::Update)
            .one(tx)
            .await?
            .ok_or(LearningError::NotFound)?;
        let module = attempt.module.clone();
        let result = close_in(tx, attempt, now).await?;
        let completion = completion::of_module_in(tx, learner, &module).await?;
        Ok(Finished { result, completion })
    })
    .await
}

/// Adds up an attempt and completes its module if that is enough.
pub(super) async fn close_in(
    tx: &DatabaseTransaction,
    attempt: attempts::Model,
    now: OffsetDateTime,
) -> Result<AttemptResult, LearningError> {
    if let (Some(score), Some(passed)) = (attempt.score, attempt.passed) {
        return Ok(AttemptResult {
            score: percent(score),
            passed,
        });
    }
    let answers = answers::Entity::find()
        .filter(answers::Column::AttemptId.eq(attempt.id))
        .all(tx)
        .await?;
    let points: i32 = answers.iter().map(|answer| answer.points).sum();
    let score = Percent::of(
        u32::try_from(points).unwrap_or_default(),
        u32::try_from(attempt.max_points).unwrap_or_default(),
    );
    let served: Served = serde_json::from_str(&attempt.served)?;
    let passed = score >= served.pass;
    let mut row = attempt.clone().into_active_model();
    row.finished_at = Set(Some(now));
    row.points = Set(Some(points));
    row.score = Set(Some(i16::from(score.value())));
    row.passed = Set(Some(passed));
    row.update(tx).await?;
    if passed {
        completion::complete_in(tx, done(attempt, served, score), now).await?;
    }
    Ok(AttemptResult { score, passed })
}

/// Completes the module of an attempt that was passed, since when it was, where nothing else does;
/// it is not counted yet.
pub(super) async fn complete_again_in(
    tx: &DatabaseTransaction,
    attempt: attempts::Model,
) -> Result<(), LearningError> {
    let served: Served = serde_json::from_str(&attempt.served)?;
    if let (Some(score), Some(at)) = (attempt.score, attempt.finished_at) {
        completion::write_in(tx, done(attempt, served, percent(score)), at).await?;
    }
    Ok(())
}

fn done(attempt: attempts::Model, served: Served, score: Percent) -> NewCompletion {
    NewCompletion {
        learner: attempt.learner_id,
        module: attempt.module,
        rev: attempt.rev,
        facts: served.facts,
        rule: CompletionBasis::Quiz {
            pass: served.pass,
            score,
            attempt: attempt.id,
        },
        reason: None,
    }
}
