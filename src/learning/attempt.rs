//! An attempt: a try at a module's quiz, frozen when it begins.
//!
//! The questions, their order, the seed that shuffles them and the very texts and keys are kept, so
//! that an attempt is graded by what was served, whatever is published meanwhile. A question that
//! has not changed since is taken from the catalogue; an older one from `question_snapshots`.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use aws_lc_rs::digest;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{LockType, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::content::Catalogue;
use crate::content::lesson::Quiz;
use crate::content::module::{Edition, Module};
use crate::content::question::{Given, Grade, Question};
use crate::db::entities::{answers, attempts, learners, question_snapshots};
use crate::db::{self, Db};
use crate::domain::ids::{AttemptId, LearnerId, ModuleId, QuestionId};
use crate::domain::locale::Lang;
use crate::domain::score::Percent;

use super::LearningError;
use super::completion::ModuleFacts;

/// A try at a quiz, with the answers given so far.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// The module whose quiz it is.
    pub module: ModuleId,
    /// The language it was begun in.
    pub lang: Lang,
    /// The module's revision when it began.
    pub rev: u32,
    /// What shuffles the steps and pairs, the same on every device.
    pub seed: u64,
    /// The questions as they were served, in order.
    pub questions: Vec<Arc<Question>>,
    /// The graded answers so far.
    pub answered: BTreeMap<QuestionId, Grade>,
    /// What was given, for the same questions.
    pub given: BTreeMap<QuestionId, Given>,
    /// Set once it is finished.
    pub result: Option<AttemptResult>,
}

/// How a finished attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptResult {
    /// Share of the points, in whole per cent.
    pub score: Percent,
    /// Whether the share reaches what the module asks.
    pub passed: bool,
}

impl Attempt {
    /// A question of this attempt.
    #[must_use]
    pub fn question(&self, id: &QuestionId) -> Option<&Arc<Question>> {
        self.questions.iter().find(|question| question.id == *id)
    }

    /// The first question without an answer.
    #[must_use]
    pub fn next(&self) -> Option<&Arc<Question>> {
        self.questions
            .iter()
            .find(|question| !self.answered.contains_key(&question.id))
    }
}

/// What an attempt was begun with, kept with it: it is graded and counted by this.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Served {
    pub(super) questions: Vec<Frozen>,
    pub(super) pass: Percent,
    pub(super) facts: ModuleFacts,
}

/// A question as it was served: which one, and which text and key of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Frozen {
    pub(super) id: QuestionId,
    pub(super) hash: String,
}

/// An attempt and whether it was begun just now.
#[derive(Debug)]
pub struct Started {
    /// The attempt.
    pub attempt: Attempt,
    /// False for the one that was already under way.
    pub new: bool,
}

/// Attempts at one quiz that a learner may begin in [`WINDOW`]: more than anybody answers.
const MOST: u64 = 20;
const WINDOW: Duration = Duration::hours(1);

/// Begins an attempt at a module's quiz, or gives back the one under way.
///
/// # Errors
/// [`LearningError::TooOften`] for more than [`MOST`] in an hour: an attempt is kept for good.
/// [`LearningError::NotFound`] for an unknown module, [`LearningError::NoQuiz`] for one without a quiz.
pub async fn start(
    db: &Db,
    catalogue: &Catalogue,
    learner: LearnerId,
    module: &ModuleId,
    lang: Lang,
    now: OffsetDateTime,
) -> Result<Started, LearningError> {
    let module = catalogue.module(module).ok_or(LearningError::NotFound)?;
    if let Some(open) = open_one(db.read(), learner, &module.id).await? {
        return Ok(Started {
            attempt: assemble(db, catalogue, open).await?,
            new: false,
        });
    }
    let edition = module.edition(lang);
    let quiz = edition.quiz.as_ref().ok_or(LearningError::NoQuiz)?;
    let (served, snapshots) = freeze(module, edition, quiz)?;
    let row = attempts::Model {
        id: AttemptId::new(),
        learner_id: learner,
        module: module.id.clone(),
        lang: edition.lang,
        rev: i32::try_from(module.rev).unwrap_or(i32::MAX),
        seed: i64::from(rand::random::<u32>()),
        served,
        started_at: now,
        finished_at: None,
        points: None,
        max_points: i32::try_from(quiz.points()).unwrap_or(i32::MAX),
        score: None,
        passed: None,
    };
    let (id, module) = (row.id, module.id.clone());
    let open = db::write(
        db,
        async move |tx: &DatabaseTransaction| -> Result<_, LearningError> {
            // Of many tabs at once, each counts what the others began and shows the one that is open.
            let learners = learners::Entity::find_by_id(learner).lock(LockType::NoKeyUpdate);
            let there = learners.one(tx).await?;
            there.ok_or(LearningError::NotFound)?;
            if let Some(open) = open_one(tx, learner, &module).await? {
                return Ok(Some(open));
            }
            not_too_often(tx, learner, &module, now).await?;
            question_snapshots::Entity::insert_many(snapshots)
                .on_conflict(
                    OnConflict::column(question_snapshots::Column::Hash)
                        .do_nothing()
                        .to_owned(),
                )
                .exec_without_returning(tx)
                .await?;
            db::insert_new(tx, attempts::ActiveModel::from(row)).await?;
            Ok(open_one(tx, learner, &module).await?)
        },
    )
    .await?
    .ok_or(LearningError::NotFound)?;
    let new = open.id == id;
    Ok(Started {
        attempt: assemble(db, catalogue, open).await?,
        new,
    })
}

async fn not_too_often(
    db: &impl ConnectionTrait,
    learner: LearnerId,
    module: &ModuleId,
    now: OffsetDateTime,
) -> Result<(), LearningError> {
    use attempts::Column;
    let earlier: Option<OffsetDateTime> = attempts::Entity::find()
        .select_only()
        .column(Column::StartedAt)
        .filter(Column::LearnerId.eq(learner))
        .filter(Column::Module.eq(module.clone()))
        .order_by_desc(Column::Id)
        .offset(MOST - 1)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    match earlier.map(|began| began + WINDOW - now) {
        Some(wait) if wait.is_positive() => Err(LearningError::TooOften(wait)),
        _ => Ok(()),
    }
}

/// What an attempt keeps of a quiz as it is now, and the questions to keep beside it.
pub(crate) fn freeze(
    module: &Module,
    edition: &Edition,
    quiz: &Quiz,
) -> Result<(String, Vec<question_snapshots::ActiveModel>), serde_json::Error> {
    let mut frozen = Vec::with_capacity(quiz.questions.len());
    let mut snapshots = Vec::with_capacity(quiz.questions.len());
    for question in &quiz.questions {
        let text = serde_json::to_string(question)?;
        let hash = hash_of(&text);
        frozen.push(Frozen {
            id: question.id.clone(),
            hash: hash.clone(),
        });
        snapshots.push(question_snapshots::ActiveModel {
            hash: Set(hash),
            question: Set(text),
        });
    }
    let served = Served {
        questions: frozen,
        pass: module.pass,
        facts: ModuleFacts::of(module, edition),
    };
    Ok((serde_json::to_string(&served)?, snapshots))
}

/// An attempt of this learner's.
///
/// # Errors
/// [`LearningError::NotFound`] for an unknown attempt and for somebody else's alike.
pub async fn load(
    db: &Db,
    catalogue: &Catalogue,
    learner: LearnerId,
    attempt: AttemptId,
) -> Result<Attempt, LearningError> {
    let row = own(db.read(), learner, attempt).await?;
    assemble(db, catalogue, row).await
}

/// The attempt under way at a module's quiz, if there is one.
///
/// # Errors
/// When the database fails.
pub async fn under_way(
    db: &Db,
    catalogue: &Catalogue,
    learner: LearnerId,
    module: &ModuleId,
) -> Result<Option<Attempt>, LearningError> {
    match open_one(db.read(), learner, module).await? {
        Some(row) => Ok(Some(assemble(db, catalogue, row).await?)),
        None => Ok(None),
    }
}

pub(super) async fn own(
    db: &impl ConnectionTrait,
    learner: LearnerId,
    attempt: AttemptId,
) -> Result<attempts::Model, LearningError> {
    attempts::Entity::find_by_id(attempt)
        .filter(attempts::Column::LearnerId.eq(learner))
        .one(db)
        .await?
        .ok_or(LearningError::NotFound)
}

pub(super) async fn open_one(
    db: &impl ConnectionTrait,
    learner: LearnerId,
    module: &ModuleId,
) -> Result<Option<attempts::Model>, DbErr> {
    attempts::Entity::find()
        .filter(attempts::Column::LearnerId.eq(learner))
        .filter(attempts::Column::Module.eq(module.clone()))
        .filter(attempts::Column::FinishedAt.is_null())
        .one(db)
        .await
}

/// The question of an attempt as it was served: the catalogue's where it is still the same, or
/// else the one that was kept.
pub(super) async fn served_question(
    db: &Db,
    catalogue: &Catalogue,
    attempt: &attempts::Model,
    frozen: &Frozen,
) -> Result<Arc<Question>, LearningError> {
    if let Some(question) = current(catalogue, attempt, frozen)? {
        return Ok(question);
    }
    let kept = question_snapshots::Entity::find_by_id(frozen.hash.clone())
        .one(db.read())
        .await?
        .ok_or(LearningError::NotFound)?;
    Ok(Arc::new(serde_json::from_str(&kept.question)?))
}

fn current(
    catalogue: &Catalogue,
    attempt: &attempts::Model,
    frozen: &Frozen,
) -> Result<Option<Arc<Question>>, LearningError> {
    let question = catalogue
        .module(&attempt.module)
        .and_then(|module| module.edition(attempt.lang).quiz.as_ref())
        .and_then(|quiz| {
            quiz.questions
                .iter()
                .find(|question| question.id == frozen.id)
        });
    match question {
        Some(question) if hash_of(&serde_json::to_string(question)?) == frozen.hash => {
            Ok(Some(Arc::clone(question)))
        }
        _ => Ok(None),
    }
}

async fn assemble(
    db: &Db,
    catalogue: &Catalogue,
    row: attempts::Model,
) -> Result<Attempt, LearningError> {
    let frozen = serde_json::from_str::<Served>(&row.served)?.questions;
    let mut questions: HashMap<String, Arc<Question>> = HashMap::with_capacity(frozen.len());
    let mut kept = Vec::new();
    for entry in &frozen {
        match current(catalogue, &row, entry)? {
            Some(question) => drop(questions.insert(entry.hash.clone(), question)),
            None => kept.push(entry.hash.clone()),
        }
    }
    if !kept.is_empty() {
        let rows = question_snapshots::Entity::find()
            .filter(question_snapshots::Column::Hash.is_in(kept))
            .all(db.read())
            .await?;
        for row in rows {
            questions.insert(row.hash, Arc::new(serde_json::from_str(&row.question)?));
        }
    }
    let rows = answers::Entity::find()
        .filter(answers::Column::AttemptId.eq(row.id))
        .all(db.read())
        .await?;
    let (mut answered, mut given) = (BTreeMap::new(), BTreeMap::new());
    for answer in rows {
        given.insert(
            answer.question.clone(),
            serde_json::from_str(&answer.given)?,
        );
        answered.insert(answer.question, serde_json::from_str(&answer.grade)?);
    }
    Ok(Attempt {
        id: row.id,
        module: row.module,
        lang: row.lang,
        rev: u32::try_from(row.rev).unwrap_or_default(),
        seed: row.seed.unsigned_abs(),
        questions: frozen
            .iter()
            .filter_map(|entry| questions.remove(&entry.hash))
            .collect(),
        answered,
        given,
        result: row
            .score
            .zip(row.passed)
            .map(|(score, passed)| AttemptResult {
                score: percent(score),
                passed,
            }),
    })
}

/// A stored score; the column holds 0 to 100.
pub(super) fn percent(score: i16) -> Percent {
    Percent::of(u32::try_from(score).unwrap_or_default(), 100)
}

fn hash_of(text: &str) -> String {
    use std::fmt::Write as _;
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    digest
        .as_ref()
        .iter()
        .take(16)
        .fold(String::with_capacity(32), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
