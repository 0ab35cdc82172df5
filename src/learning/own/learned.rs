//! What somebody learned, to the last answer.

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

use crate::db::Db;
use crate::db::entities::{
    answers, attempts, certificates, completions, learners, lesson_reads, takeovers,
};
use crate::domain::ids::{
    AttemptId, CitizenId, CompletionId, LearnerId, LessonId, ModuleId, QuestionId,
};
use crate::domain::locale::Lang;
use crate::learning::completion::{CompletionSource, proof_of};
use crate::network::counting;

/// What was done in a module.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnModule {
    /// The module.
    pub module: ModuleId,
    /// Lessons read.
    pub lessons: Vec<OwnLesson>,
    /// Tries at the quiz.
    pub attempts: Vec<OwnAttempt>,
    /// That it is done.
    pub completion: Option<OwnCompletion>,
}

/// A lesson read.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnLesson {
    /// The lesson.
    pub lesson: LessonId,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub read_at: OffsetDateTime,
}

/// A try at a quiz.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnAttempt {
    /// In which language.
    pub lang: Lang,
    /// The module's revision.
    pub rev: i32,
    /// When it began.
    #[serde(with = "time::serde::rfc3339")]
    pub started_at: OffsetDateTime,
    /// When it ended.
    #[serde(with = "time::serde::rfc3339::option")]
    pub finished_at: Option<OffsetDateTime>,
    /// In whole per cent.
    pub score: Option<i16>,
    /// Whether that was enough.
    pub passed: Option<bool>,
    /// What was answered.
    pub answers: Vec<OwnAnswer>,
}

/// An answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnAnswer {
    /// The question.
    pub question: QuestionId,
    /// What was answered, as JSON: the keys of options, or a text.
    pub given: String,
    /// Whether it was right.
    pub correct: bool,
    /// Points it earned.
    pub points: i32,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub answered_at: OffsetDateTime,
}

/// That a module is done.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnCompletion {
    /// Of its certificate: `/mio-percorso/attestati/` and this.
    pub id: uuid::Uuid,
    /// The module's title.
    pub title: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub completed_at: OffsetDateTime,
    /// The module's revision.
    pub rev: i32,
    /// Learned `online`, or recorded by a `facilitator`.
    pub source: String,
    /// By which rule: `quiz`, `lessons` or `facilitator`.
    pub rule: String,
    /// The score, in whole per cent, and what it took; of a quiz.
    pub score: Option<u8>,
    /// What it took to pass.
    pub pass: Option<u8>,
    /// Why a facilitator recorded it.
    pub reason: Option<String>,
    /// Whether it became a service of the network.
    pub counted: bool,
    /// Why not.
    pub not_counted: Option<String>,
}

/// A certificate that was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnCertificate {
    /// What anybody checks it by: `/verifica/` and this.
    pub serial: String,
    /// The module.
    pub module: ModuleId,
    /// When it was made.
    #[serde(with = "time::serde::rfc3339")]
    pub issued_at: OffsetDateTime,
}

/// Something a guest did on a device, taken over by the person who said that it was them.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnTakeover {
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub taken_at: OffsetDateTime,
    /// How it was said: `yes`, or `token` by a program.
    pub answer: String,
    /// When it was given back.
    #[serde(with = "time::serde::rfc3339::option")]
    pub given_back_at: Option<OffsetDateTime>,
}

pub(super) async fn takeovers(db: &Db, learners: &[LearnerId]) -> Result<Vec<OwnTakeover>, DbErr> {
    let rows = takeovers::Entity::find()
        .filter(takeovers::Column::LearnerId.is_in(learners.iter().copied()))
        .order_by_desc(takeovers::Column::Id)
        .all(db.read())
        .await?;
    let own = |row: takeovers::Model| OwnTakeover {
        taken_at: row.taken_at,
        answer: row.answer,
        given_back_at: row.undone_at,
    };
    Ok(rows.into_iter().map(own).collect())
}

/// The learners that some records are, and the guests that became them.
pub(super) async fn learners(db: &Db, people: &[CitizenId]) -> Result<Vec<LearnerId>, DbErr> {
    let own = learners::Entity::find()
        .filter(learners::Column::CitizenId.is_in(people.iter().copied()))
        .all(db.read())
        .await?;
    let mut all: Vec<LearnerId> = own.into_iter().map(|row| row.id).collect();
    let mut at = 0;
    while at < all.len() {
        let moved = learners::Entity::find()
            .filter(learners::Column::MovedTo.eq(all[at]))
            .all(db.read())
            .await?;
        all.extend(moved.into_iter().map(|row| row.id));
        at += 1;
    }
    Ok(all)
}

pub(super) async fn modules(db: &Db, learners: &[LearnerId]) -> Result<Vec<OwnModule>, DbErr> {
    let of_them = || learners.iter().copied();
    let mut all: BTreeMap<ModuleId, OwnModule> = BTreeMap::new();
    let reads = lesson_reads::Entity::find()
        .filter(lesson_reads::Column::LearnerId.is_in(of_them()))
        .all(db.read())
        .await?;
    for row in reads {
        let lesson = OwnLesson {
            lesson: row.lesson,
            read_at: row.read_at,
        };
        entry(&mut all, &row.module).lessons.push(lesson);
    }
    let tries = attempts::Entity::find()
        .filter(attempts::Column::LearnerId.is_in(of_them()))
        .order_by_asc(attempts::Column::Id)
        .all(db.read())
        .await?;
    let mut given: BTreeMap<AttemptId, Vec<OwnAnswer>> = BTreeMap::new();
    // As many as a statement takes on both databases.
    let ids: Vec<AttemptId> = tries.iter().map(|row| row.id).collect();
    for some in ids.chunks(500) {
        let rows = answers::Entity::find()
            .filter(answers::Column::AttemptId.is_in(some.iter().copied()))
            .order_by_asc(answers::Column::AttemptId)
            .order_by_asc(answers::Column::Question)
            .all(db.read())
            .await?;
        for row in rows {
            given.entry(row.attempt_id).or_default().push(row.into());
        }
    }
    for row in tries {
        let attempt = OwnAttempt {
            lang: row.lang,
            rev: row.rev,
            started_at: row.started_at,
            finished_at: row.finished_at,
            score: row.score,
            passed: row.passed,
            answers: given.remove(&row.id).unwrap_or_default(),
        };
        entry(&mut all, &row.module).attempts.push(attempt);
    }
    for (module, completion) in completed(db, learners).await? {
        entry(&mut all, &module).completion = Some(completion);
    }
    Ok(all.into_values().collect())
}

fn entry<'a>(all: &'a mut BTreeMap<ModuleId, OwnModule>, module: &ModuleId) -> &'a mut OwnModule {
    all.entry(module.clone()).or_insert_with(|| OwnModule {
        module: module.clone(),
        lessons: Vec::new(),
        attempts: Vec::new(),
        completion: None,
    })
}

async fn completed(
    db: &Db,
    learners: &[LearnerId],
) -> Result<Vec<(ModuleId, OwnCompletion)>, DbErr> {
    let rows = completions::Entity::find()
        .filter(completions::Column::LearnerId.is_in(learners.iter().copied()))
        .all(db.read())
        .await?;
    let ids: Vec<CompletionId> = rows.iter().map(|row| row.id).collect();
    let counted = counting::of_completions(db.read(), &ids).await?;
    let own = |row: completions::Model| {
        let proof = proof_of(&row).map_err(|error| DbErr::Custom(error.to_string()))?;
        let counted = counted.get(&row.id).is_some_and(Result::is_ok);
        let completion = OwnCompletion {
            id: row.id.0,
            title: proof.title,
            completed_at: row.completed_at,
            rev: row.rev,
            source: CompletionSource::from_name(&row.source).name().to_owned(),
            rule: proof.rule.to_owned(),
            score: proof.score.map(|score| score.value()),
            pass: proof.pass.map(|pass| pass.value()),
            reason: row.reason,
            not_counted: row.not_counted.filter(|_| !counted),
            counted,
        };
        Ok((row.module, completion))
    };
    rows.into_iter().map(own).collect()
}

pub(super) async fn certificates(
    db: &Db,
    learners: &[LearnerId],
) -> Result<Vec<OwnCertificate>, DbErr> {
    let rows = completions::Entity::find()
        .filter(completions::Column::LearnerId.is_in(learners.iter().copied()))
        .all(db.read())
        .await?;
    let modules: BTreeMap<CompletionId, ModuleId> =
        rows.into_iter().map(|row| (row.id, row.module)).collect();
    let made = certificates::Entity::find()
        .filter(certificates::Column::CompletionId.is_in(modules.keys().copied()))
        .all(db.read())
        .await?;
    let own = |row: certificates::Model| {
        Some(OwnCertificate {
            module: modules.get(&row.completion_id?)?.clone(),
            serial: row.serial,
            issued_at: row.issued_at,
        })
    };
    Ok(made.into_iter().filter_map(own).collect())
}

impl From<answers::Model> for OwnAnswer {
    fn from(row: answers::Model) -> Self {
        Self {
            question: row.question,
            given: row.given,
            correct: row.correct,
            points: row.points,
            answered_at: row.answered_at,
        }
    }
}
