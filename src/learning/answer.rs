//! Answering one question of an attempt: graded by the key that was served, saved at once, and safe
//! to send again.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::content::Catalogue;
use crate::content::question::{Given, Grade};
use crate::db::entities::{answers, attempts};
use crate::db::{self, Db};
use crate::domain::ids::{AttemptId, LearnerId, QuestionId};

use super::LearningError;
use super::attempt::{Served, own, served_question};

/// An answer to one question, as the client sends it.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The client's name for this act: the same one again gives the same grade and changes
    /// nothing, so that a lost connection or a double click does no harm.
    pub id: Uuid,
    /// The question it answers.
    pub question: QuestionId,
    /// The answer.
    pub given: Given,
}

/// Grades an answer and saves it, once.
///
/// # Errors
/// [`LearningError::AlreadyAnswered`] for another answer to the same question,
/// [`LearningError::Finished`] for an attempt that is over, [`LearningError::Given`] for something
/// that does not fit the question.
pub async fn answer(
    db: &Db,
    catalogue: &Catalogue,
    learner: LearnerId,
    attempt: AttemptId,
    submission: Submission,
    now: OffsetDateTime,
) -> Result<Grade, LearningError> {
    let attempt = own(db.read(), learner, attempt).await?;
    let frozen: Served = serde_json::from_str(&attempt.served)?;
    let frozen = frozen
        .questions
        .iter()
        .find(|frozen| frozen.id == submission.question)
        .ok_or(LearningError::NotFound)?;
    let served = served_question(db, catalogue, &attempt, frozen).await?;
    let grade = served.grade(&submission.given, attempt.seed.unsigned_abs())?;
    let row = answers::ActiveModel {
        attempt_id: Set(attempt.id),
        question: Set(submission.question),
        submission: Set(submission.id),
        given: Set(serde_json::to_string(&submission.given)?),
        correct: Set(grade.correct),
        points: Set(i32::from(grade.points)),
        max_points: Set(i32::from(grade.max_points)),
        grade: Set(serde_json::to_string(&grade)?),
        answered_at: Set(now),
    };
    db::write(db, async move |tx| save(tx, attempt.id, row, grade).await).await
}

/// Inserts the answer unless one is there; what is there decides the outcome.
async fn save(
    tx: &DatabaseTransaction,
    attempt: AttemptId,
    row: answers::ActiveModel,
    grade: Grade,
) -> Result<Grade, LearningError> {
    let (question, submission) = (
        row.question.clone().unwrap(),
        row.submission.clone().unwrap(),
    );
    // A finish waits for the answers that came before it, and refuses those that come after.
    let open = attempts::Entity::find_by_id(attempt)
        .lock(LockType::Share)
        .one(tx)
        .await?
        .is_some_and(|attempt| attempt.finished_at.is_none());
    if open && db::insert_new(tx, row).await? {
        return Ok(grade);
    }
    let there = answers::Entity::find()
        .filter(
            Condition::any()
                .add(answers::Column::Submission.eq(submission))
                .add(
                    Condition::all()
                        .add(answers::Column::AttemptId.eq(attempt))
                        .add(answers::Column::Question.eq(question.clone())),
                ),
        )
        .all(tx)
        .await?;
    let same = there.iter().find(|answer| {
        answer.submission == submission
            && answer.attempt_id == attempt
            && answer.question == question
    });
    match same {
        Some(answer) => Ok(serde_json::from_str(&answer.grade)?),
        None if !there.is_empty() => Err(LearningError::AlreadyAnswered),
        None => Err(LearningError::Finished),
    }
}
