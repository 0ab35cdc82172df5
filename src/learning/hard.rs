//! Questions that many get wrong at a point: something to explain to everybody, or to rewrite.

use std::cmp::Reverse;

use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, JoinType, QueryFilter, QuerySelect};
use time::{Duration, OffsetDateTime};
use uuid::Builder;

use crate::content::Catalogue;
use crate::db::Db;
use crate::db::entities::{answers, attempts};
use crate::domain::ids::{AttemptId, ModuleId, PointId, QuestionId};

use super::trace::learners_of;

/// Fewer answers say nothing about a question.
pub const FEWEST: i64 = 5;

/// What was answered before says little of a course as it is now.
pub const RECENT: Duration = Duration::days(180);

/// The most questions that are shown.
const MOST: usize = 10;

/// A question that is answered wrongly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hard {
    /// The module whose quiz it is in.
    pub module: ModuleId,
    /// The question.
    pub question: QuestionId,
    /// How many answers there are.
    pub answers: i64,
    /// How many of them are wrong.
    pub wrong: i64,
}

impl Hard {
    /// The share of wrong answers, in whole per cent.
    #[must_use]
    pub const fn share(&self) -> i64 {
        match self.answers {
            0 => 0,
            answers => self.wrong * 100 / answers,
        }
    }
}

/// The questions with the largest share of wrong answers among the citizens of some points, of
/// those that are in the catalogue and have [`FEWEST`] answers, in attempts begun within [`RECENT`].
///
/// # Errors
/// The database's.
pub async fn of_points(
    db: &Db,
    catalogue: &Catalogue,
    points: &[PointId],
    now: OffsetDateTime,
) -> Result<Vec<Hard>, DbErr> {
    let wrong = CaseStatement::new()
        .case(answers::Column::Correct.eq(false), 1)
        .finally(0);
    let learners = learners_of(db, points).await?;
    let rows: Vec<(ModuleId, QuestionId, i64, i64)> = attempts::Entity::find()
        .select_only()
        .join(
            JoinType::InnerJoin,
            attempts::Entity::belongs_to(answers::Entity)
                .from(attempts::Column::Id)
                .to(answers::Column::AttemptId)
                .into(),
        )
        .column(attempts::Column::Module)
        .column(answers::Column::Question)
        .column_as(answers::Column::Question.count(), "given")
        .column_as(Expr::Case(Box::new(wrong)).sum(), "wrong")
        .filter(attempts::Column::LearnerId.is_in(learners.keys().copied()))
        .filter(attempts::Column::Id.gte(first_of(now - RECENT)))
        .group_by(attempts::Column::Module)
        .group_by(answers::Column::Question)
        .having(answers::Column::Question.count().gte(FEWEST))
        .into_tuple()
        .all(db.read())
        .await?;
    let there = |module: &ModuleId, question: &QuestionId| {
        let quiz = catalogue.module(module)?.original.quiz.as_ref()?;
        quiz.questions.iter().find(|one| one.id == *question)
    };
    let mut hard: Vec<Hard> = rows
        .into_iter()
        .filter(|(module, question, _, wrong)| *wrong > 0 && there(module, question).is_some())
        .map(|(module, question, answers, wrong)| Hard {
            module,
            question,
            answers,
            wrong,
        })
        .collect();
    hard.sort_by_key(|one| {
        let place = (one.module.clone(), one.question.clone());
        (Reverse(one.share()), Reverse(one.answers), place)
    });
    hard.truncate(MOST);
    Ok(hard)
}

/// The least id of an attempt that was begun at a moment: ids are in the order of time.
fn first_of(at: OffsetDateTime) -> AttemptId {
    let millis = u64::try_from(at.unix_timestamp() * 1_000).unwrap_or_default();
    AttemptId(Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid())
}
