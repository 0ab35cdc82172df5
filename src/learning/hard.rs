//! Questions that many get wrong at a point: something to explain to everybody, or to rewrite.

use std::cmp::Reverse;
use std::collections::HashMap;

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
    let attempts: Vec<(AttemptId, ModuleId)> = attempts::Entity::find()
        .select_only()
        .columns([attempts::Column::Id, attempts::Column::Module])
        .filter(attempts::Column::LearnerId.is_in(learners.keys().copied()))
        .filter(attempts::Column::Id.gte(first_of(now - RECENT)))
        .into_tuple()
        .all(db.read())
        .await?;
    let modules: HashMap<AttemptId, &ModuleId> = attempts
        .iter()
        .map(|(attempt, module)| (*attempt, module))
        .collect();
    // Counted here: PostgreSQL would read the answers of the whole network to group these.
    let mut counts: HashMap<(&ModuleId, QuestionId), (i64, i64)> = HashMap::new();
    for some in attempts.chunks(VALUES) {
        let given: Vec<(AttemptId, QuestionId, bool)> = answers::Entity::find()
            .select_only()
            .columns([answers::Column::AttemptId, answers::Column::Question])
            .column(answers::Column::Correct)
            .filter(answers::Column::AttemptId.is_in(some.iter().map(|(attempt, _)| *attempt)))
            .into_tuple()
            .all(db.read())
            .await?;
        for (attempt, question, correct) in given {
            if let Some(module) = modules.get(&attempt) {
                let (answers, wrong) = counts.entry((module, question)).or_default();
                *answers += 1;
                *wrong += i64::from(!correct);
            }
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

/// The least id of an attempt that was begun at a moment: ids are in the order of time.
fn first_of(at: OffsetDateTime) -> AttemptId {
    let millis = u64::try_from(at.unix_timestamp() * 1_000).unwrap_or_default();
    AttemptId(Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid())
}
