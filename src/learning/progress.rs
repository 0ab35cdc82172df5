//! What a learner has read, tried and done, module by module.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use time::OffsetDateTime;

use crate::content::Catalogue;
use crate::content::module::Edition;
use crate::db::entities::{attempts, learners, lesson_reads};
use crate::db::{self, Db};
use crate::domain::ids::{AttemptId, CitizenId, LearnerId, LessonId, ModuleId};
use crate::domain::locale::Lang;
use crate::domain::score::Percent;

use super::LearningError;
use super::attempt::percent;
use super::completion::{self, Completion, CompletionBasis, ModuleFacts, NewCompletion};
use super::takeover;

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
    /// When something was last read, begun or ended in it; not set by [`in_module`].
    pub touched_at: Option<OffsetDateTime>,
}

/// Where somebody goes on in a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// A lesson to read.
    Lesson(LessonId),
    /// The attempt under way.
    Attempt(AttemptId),
    /// The quiz, to begin.
    Quiz,
    /// Nothing is left but the module's own page.
    Module,
}

/// What is left of somebody's progress where only what happened since a moment is shown.
pub fn since(all: &mut BTreeMap<ModuleId, ModuleProgress>, from: OffsetDateTime) {
    all.retain(|_, module| module.touched_at.is_some_and(|at| at >= from));
    for module in all.values_mut() {
        let before = |done: &Completion| done.completed_at < from;
        if module.completion.as_ref().is_some_and(before) {
            module.completion = None;
            module.best = None;
        }
    }
}

impl ModuleProgress {
    /// Where to go on: the lesson to start from, if it is not read yet; else the quiz under way;
    /// else the first lesson that is not read; else the quiz.
    #[must_use]
    pub fn next(&self, edition: &Edition, start: Option<&LessonId>) -> Next {
        let unread = |lesson: &&LessonId| !self.read.contains(*lesson);
        let lessons = || edition.lessons.iter().map(|lesson| &lesson.id);
        let given = start.filter(|start| lessons().any(|lesson| lesson == *start));
        if let Some(lesson) = given.filter(unread) {
            return Next::Lesson(lesson.clone());
        }
        match (self.under_way, lessons().find(unread), &edition.quiz) {
            (Some(attempt), _, Some(_)) => Next::Attempt(attempt),
            (_, Some(lesson), _) => Next::Lesson(lesson.clone()),
            (_, None, Some(_)) => Next::Quiz,
            (_, None, None) => Next::Module,
        }
    }
}

/// Every module a learner has begun, by id.
///
/// # Errors
/// When the database fails.
pub async fn of_learner(
    db: &Db,
    learner: LearnerId,
) -> Result<BTreeMap<ModuleId, ModuleProgress>, LearningError> {
    let mut all = of_learners(db, &[learner]).await?;
    Ok(all.remove(&learner).unwrap_or_default())
}

/// The same for a citizen; nothing for one who has not learned here yet.
///
/// # Errors
/// When the database fails.
pub async fn of_citizen(
    db: &Db,
    citizen: CitizenId,
) -> Result<BTreeMap<ModuleId, ModuleProgress>, LearningError> {
    let mut all = of_citizens(db, &[citizen]).await?;
    Ok(all.remove(&citizen).unwrap_or_default())
}

/// The same for several citizens, with as many queries as for one; who has not learned here yet is
/// left out.
///
/// # Errors
/// When the database fails.
pub async fn of_citizens(
    db: &Db,
    citizens: &[CitizenId],
) -> Result<HashMap<CitizenId, BTreeMap<ModuleId, ModuleProgress>>, LearningError> {
    let rows: Vec<(LearnerId, Option<CitizenId>)> = learners::Entity::find()
        .select_only()
        .columns([learners::Column::Id, learners::Column::CitizenId])
        .filter(learners::Column::CitizenId.is_in(citizens.iter().copied()))
        .into_tuple()
        .all(db.read())
        .await?;
    let ids: Vec<LearnerId> = rows.iter().map(|(learner, _)| *learner).collect();
    let mut all = of_learners(db, &ids).await?;
    let known = rows
        .into_iter()
        .filter_map(|(learner, citizen)| Some((citizen?, all.remove(&learner)?)));
    Ok(known.collect())
}

/// A row of the attempts, without what they were frozen with.
type AttemptRow = (
    LearnerId,
    AttemptId,
    ModuleId,
    Option<i16>,
    OffsetDateTime,
    Option<OffsetDateTime>,
);

async fn of_learners(
    db: &Db,
    learners: &[LearnerId],
) -> Result<HashMap<LearnerId, BTreeMap<ModuleId, ModuleProgress>>, LearningError> {
    let mut all: HashMap<LearnerId, BTreeMap<ModuleId, ModuleProgress>> = HashMap::new();
    let reads = lesson_reads::Entity::find()
        .filter(lesson_reads::Column::LearnerId.is_in(learners.iter().copied()))
        .all(db.read())
        .await?;
    for read in reads {
        let modules = all.entry(read.learner_id).or_default();
        let module = modules.entry(read.module).or_default();
        module.read.insert(read.lesson);
        module.touched_at = module.touched_at.max(Some(read.read_at));
    }
    let attempts: Vec<AttemptRow> = attempts::Entity::find()
        .select_only()
        .columns([
            attempts::Column::LearnerId,
            attempts::Column::Id,
            attempts::Column::Module,
            attempts::Column::Score,
            attempts::Column::StartedAt,
            attempts::Column::FinishedAt,
        ])
        .filter(attempts::Column::LearnerId.is_in(learners.iter().copied()))
        .into_tuple()
        .all(db.read())
        .await?;
    for (learner, attempt, module, score, started_at, finished_at) in attempts {
        let module = all.entry(learner).or_default().entry(module).or_default();
        module.touched_at = module.touched_at.max(finished_at.or(Some(started_at)));
        match score {
            Some(score) => module.best = module.best.max(Some(percent(score))),
            None => module.under_way = Some(attempt),
        }
    }
    for (learner, completion) in completion::of_learners_in(db.read(), learners).await? {
        let modules = all.entry(learner).or_default();
        let module = modules.entry(completion.module.clone()).or_default();
        module.completion = Some(completion);
    }
    Ok(all)
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

/// Who has read a lesson.
#[derive(Debug, Clone, Copy)]
pub struct LessonReader {
    /// The learner.
    pub learner: LearnerId,
    /// The guest in whose browser it waited, and whom they took over since.
    pub before: Option<LearnerId>,
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
    LessonReader { learner, before }: LessonReader,
    (module, lesson): (&ModuleId, &LessonId),
    now: OffsetDateTime,
) -> Result<ModuleProgress, LearningError> {
    let module = catalogue.module(module).ok_or(LearningError::NotFound)?;
    let edition = module.edition(Lang::default());
    edition.lesson(lesson).ok_or(LearningError::NotFound)?;
    let without_quiz = edition.quiz.is_none();
    let done = NewCompletion {
        learner,
        module: module.id.clone(),
        rev: i32::try_from(module.rev).unwrap_or(i32::MAX),
        facts: ModuleFacts::of(module, edition),
        rule: CompletionBasis::Lessons,
        reason: None,
    };
    let row = lesson_reads::ActiveModel {
        learner_id: Set(learner),
        module: Set(module.id.clone()),
        lesson: Set(lesson.clone()),
        read_at: Set(now),
    };
    let read = (module.id.clone(), lesson.clone());
    db::write(db, async move |tx| {
        // Whoever was erased meanwhile is nobody any more.
        let there = learners::Entity::find_by_id(learner);
        let there = there.lock(LockType::KeyShare).one(tx).await?;
        there.ok_or(LearningError::NotFound)?;
        if !db::insert_new(tx, row).await? {
            return Ok(());
        }
        if let Some(guest) = before {
            takeover::waited_in(tx, guest, learner, (&read.0, &read.1)).await?;
        }
        after_reading(tx, done, without_quiz, now).await
    })
    .await?;
    in_module(db, learner, &module.id).await
}

async fn after_reading(
    tx: &DatabaseTransaction,
    done: NewCompletion,
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
        completion::complete_in(tx, done, now).await.map(drop)
    } else if all {
        completion::count_pending_in(tx, done.learner, now).await
    } else {
        Ok(())
    }
}
