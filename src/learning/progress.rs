//! What a learner has read, tried and done, module by module.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use time::OffsetDateTime;

use crate::content::Catalogue;
use crate::db::entities::{attempts, learners, lesson_reads};
use crate::db::{self, Db};
use crate::domain::ids::{AttemptId, CitizenId, LearnerId, LessonId, ModuleId};
use crate::domain::locale::Lang;
use crate::domain::score::Percent;

use super::LearningError;
use super::attempt::percent;
use super::completion::{self, Completion, Done, ModuleFacts, Rule};

/// How far a learner is in a module.
#[derive(Debug, Clone, Default)]
pub struct ModuleProgress {
    /// Lessons read, those that are no longer in the module included.
    pub read: BTreeSet<LessonId>,
    /// The best finished attempt's score: attempts never lower it.
    pub best: Option<Percent>,
    /// The attempt under way.
    pub under_way: Option<AttemptId>,
    /// Set once the module is completed.
    pub completion: Option<Completion>,
}

/// Every module a learner has begun, by id.
///
/// # Errors
/// When the database fails.
pub async fn of_learner(
    db: &Db,
    learner: LearnerId,
) -> Result<BTreeMap<ModuleId, ModuleProgress>, LearningError> {
    let mut modules: BTreeMap<ModuleId, ModuleProgress> = BTreeMap::new();
    let reads = lesson_reads::Entity::find()
        .filter(lesson_reads::Column::LearnerId.eq(learner))
        .all(db.read())
        .await?;
    for read in reads {
        modules
            .entry(read.module)
            .or_default()
            .read
            .insert(read.lesson);
    }
    let attempts = attempts::Entity::find()
        .filter(attempts::Column::LearnerId.eq(learner))
        .all(db.read())
        .await?;
    for attempt in attempts {
        let module = modules.entry(attempt.module).or_default();
        match attempt.score {
            Some(score) => module.best = module.best.max(Some(percent(score))),
            None => module.under_way = Some(attempt.id),
        }
    }
    for completion in completion::of_learner_in(db.read(), learner).await? {
        let module = modules.entry(completion.module.clone()).or_default();
        module.completion = Some(completion);
    }
    Ok(modules)
}

/// The same for a citizen; nothing for one who has not learned here yet.
///
/// # Errors
/// When the database fails.
pub async fn of_citizen(
    db: &Db,
    citizen: CitizenId,
) -> Result<BTreeMap<ModuleId, ModuleProgress>, LearningError> {
    let learner = learners::Entity::find()
        .filter(learners::Column::CitizenId.eq(citizen))
        .one(db.read())
        .await?;
    match learner {
        Some(learner) => of_learner(db, learner.id).await,
        None => Ok(BTreeMap::new()),
    }
}

/// How far a learner is in one module; empty for one not begun.
///
/// # Errors
/// When the database fails.
pub async fn in_module(
    db: &Db,
    learner: LearnerId,
    module: &ModuleId,
) -> Result<ModuleProgress, LearningError> {
    let mut progress = ModuleProgress {
        read: completion::reads_in(db.read(), learner, module)
            .await?
            .into_iter()
            .collect(),
        completion: completion::of_module_in(db.read(), learner, module).await?,
        ..ModuleProgress::default()
    };
    let attempts = attempts::Entity::find()
        .filter(attempts::Column::LearnerId.eq(learner))
        .filter(attempts::Column::Module.eq(module.clone()))
        .all(db.read())
        .await?;
    for attempt in attempts {
        match attempt.score {
            Some(score) => progress.best = progress.best.max(Some(percent(score))),
            None => progress.under_way = Some(attempt.id),
        }
    }
    Ok(progress)
}

/// Notes that a learner has read a lesson, by their own word.
///
/// A module without a quiz is completed by the last of its lessons. A completion that waited for
/// the lessons to be read is counted now. Again, it changes nothing.
///
/// # Errors
/// [`LearningError::NotFound`] for an unknown module or lesson.
pub async fn read_lesson(
    db: &Db,
    catalogue: &Catalogue,
    learner: LearnerId,
    module: &ModuleId,
    lesson: &LessonId,
    now: OffsetDateTime,
) -> Result<ModuleProgress, LearningError> {
    let module = catalogue.module(module).ok_or(LearningError::NotFound)?;
    let edition = module.edition(Lang::default());
    edition.lesson(lesson).ok_or(LearningError::NotFound)?;
    let without_quiz = edition.quiz.is_none();
    let done = Done {
        learner,
        module: module.id.clone(),
        rev: i32::try_from(module.rev).unwrap_or(i32::MAX),
        facts: ModuleFacts::of(module, edition),
        rule: Rule::Lessons,
    };
    let row = lesson_reads::ActiveModel {
        learner_id: Set(learner),
        module: Set(module.id.clone()),
        lesson: Set(lesson.clone()),
        read_at: Set(now),
    };
    db::write(db, async move |tx| {
        if !db::insert_new(tx, row).await? {
            return Ok(());
        }
        after_reading(tx, done, without_quiz, now).await
    })
    .await?;
    in_module(db, learner, &module.id).await
}

async fn after_reading(
    tx: &DatabaseTransaction,
    done: Done,
    without_quiz: bool,
    now: OffsetDateTime,
) -> Result<(), LearningError> {
    let read = completion::reads_in(tx, done.learner, &done.module).await?;
    let all = done
        .facts
        .lessons
        .iter()
        .all(|lesson| read.contains(lesson));
    if all && without_quiz {
        completion::complete_in(tx, done, now).await
    } else if all {
        completion::count_pending_in(tx, done.learner, now).await
    } else {
        Ok(())
    }
}
