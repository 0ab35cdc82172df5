//! Questions that many get wrong at a point: something to explain to everybody, or to rewrite.

use std::cmp::Reverse;
use std::collections::HashMap;

use futures_util::future::try_join_all;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use time::{Duration, OffsetDateTime};
use uuid::Builder;

use crate::content::Catalogue;
use crate::db::Db;
use crate::db::entities::{answers, attempts};
use crate::domain::ids::{AttemptId, ModuleId, QuestionId};

use super::trace::Learners;

/// Fewer answers say nothing about a question.
pub const FEWEST: i64 = 5;

/// What was answered before says little of a course as it is now.
pub const RECENT: Duration = Duration::days(180);

/// Values in one statement; SQLite takes 32,766.
const VALUES: usize = 10_000;

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

/// The questions with the largest share of wrong answers among some learners, of those that are in
/// the catalogue and have [`FEWEST`] answers, in attempts begun within [`RECENT`].
///
/// # Errors
/// The database's.
pub(super) async fn of_learners(
    db: &Db,
    catalogue: &Catalogue,
    learners: &Learners,
    now: OffsetDateTime,
) -> Result<Vec<Hard>, DbErr> {
    let begun: Vec<(ModuleId, AttemptId)> = attempts::Entity::find()
        .select_only()
        .columns([attempts::Column::Module, attempts::Column::Id])
        .filter(attempts::Column::LearnerId.is_in(learners.keys().copied()))
        .filter(attempts::Column::Id.gte(first_of(now - RECENT)))
        .into_tuple()
        .all(db.read())
        .await?;
    let mut attempts: HashMap<ModuleId, Vec<AttemptId>> = HashMap::new();
    for (module, attempt) in begun {
        attempts.entry(module).or_default().push(attempt);
    }
    let counted = attempts
        .iter()
        .flat_map(|(module, all)| all.chunks(VALUES).map(move |some| (module, some)))
        .map(async |(module, some)| Ok::<_, DbErr>((module, given(db, some).await?)));
    let mut counts: HashMap<(&ModuleId, QuestionId), (i64, i64)> = HashMap::new();
    for (module, given) in try_join_all(counted).await? {
        for (question, correct, count) in given {
            let (answers, wrong) = counts.entry((module, question)).or_default();
            *answers += count;
            *wrong += if correct { 0 } else { count };
        }
    }
    let there = |module: &ModuleId, question: &QuestionId| {
        let quiz = catalogue.module(module)?.original.quiz.as_ref()?;
        quiz.questions.iter().find(|one| one.id == *question)
    };
    let mut hard: Vec<Hard> = counts
        .into_iter()
        .filter(|(_, (answers, wrong))| *answers >= FEWEST && *wrong > 0)
        .filter(|((module, question), _)| there(module, question).is_some())
        .map(|((module, question), (answers, wrong))| Hard {
            module: module.clone(),
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

/// How often each question of some attempts was answered rightly, and wrongly. A statement for one
/// module: joined with their attempts, PostgreSQL would read the answers of the whole network.
async fn given(db: &Db, attempts: &[AttemptId]) -> Result<Vec<(QuestionId, bool, i64)>, DbErr> {
    answers::Entity::find()
        .select_only()
        .columns([answers::Column::Question, answers::Column::Correct])
        .column_as(answers::Column::AttemptId.count(), "n")
        .filter(answers::Column::AttemptId.is_in(attempts.iter().copied()))
        .group_by(answers::Column::Question)
        .group_by(answers::Column::Correct)
        .into_tuple()
        .all(db.read())
        .await
}

/// The least id of an attempt that was begun at a moment: ids are in the order of time.
fn first_of(at: OffsetDateTime) -> AttemptId {
    let millis = u64::try_from(at.unix_timestamp() * 1_000).unwrap_or_default();
    AttemptId(Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid())
}
