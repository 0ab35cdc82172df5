//! A completion: that a learner has done a module, once and for good.
//!
//! It is kept with what led to it, so that it can be counted later by itself: when a guest becomes
//! a citizen, or a citizen's codice fiscale is verified. No change of content takes it back.

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter,
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::content::module::{Edition, Module};
use crate::db;
use crate::db::entities::{completions, lesson_reads};
use crate::domain::digcomp::Competence;
use crate::domain::facilita::PublicDomain;
use crate::domain::ids::{AccountId, AttemptId, CompletionId, LearnerId, LessonId, ModuleId};
use crate::domain::score::Percent;
use crate::network::counting::{self, CompletionFacts, Counted, NotCounted};

use super::LearningError;

/// That a learner has done a module.
#[derive(Debug, Clone)]
pub struct Completion {
    /// Of its certificate.
    pub id: CompletionId,
    /// The module.
    pub module: ModuleId,
    /// When, for the first time.
    pub completed_at: OffsetDateTime,
    /// The module's revision then.
    pub rev: u32,
    /// Who says so.
    pub source: CompletionSource,
    /// The service of the network it became, or why it did not.
    pub counted: Result<Counted, NotCounted>,
}

/// Who says that a module is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompletionSource {
    /// The platform: the quiz passed, or the lessons read, by the learner.
    Online,
    /// A facilitator, who saw it done (`learning::behalf`).
    Facilitator,
}

impl CompletionSource {
    /// As it is stored, and as the API calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Facilitator => "facilitator",
        }
    }

    /// The source of a stored name: whatever no facilitator recorded was done online.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "facilitator" => Self::Facilitator,
            _ => Self::Online,
        }
    }
}

/// What the ledger needs to know of a module, in the language it was learned in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct ModuleFacts {
    pub(super) title: String,
    pub(super) minutes: u16,
    pub(super) competences: Vec<Competence>,
    pub(super) domains: Vec<PublicDomain>,
    pub(super) lessons: Vec<LessonId>,
}

impl ModuleFacts {
    pub(super) fn of(module: &Module, edition: &Edition) -> Self {
        Self {
            title: edition.title.clone(),
            minutes: module.minutes,
            competences: module.digcomp.clone(),
            domains: module.domains.clone(),
            lessons: edition
                .lessons
                .iter()
                .map(|lesson| lesson.id.clone())
                .collect(),
        }
    }
}

/// What is kept beside a completion as its proof.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Evidence {
    facts: ModuleFacts,
    /// The rule it was done by: the quiz passed, every lesson read where there is no quiz, or the
    /// word of a facilitator.
    rule: CompletionBasis,
}

/// What completes a module, and how it was met.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum CompletionBasis {
    Facilitator {
        by: AccountId,
    },
    Quiz {
        pass: Percent,
        score: Percent,
        attempt: AttemptId,
    },
    Lessons,
}

/// The proof of a module completed by a quiz.
pub(crate) fn proof_of_quiz(
    module: &Module,
    edition: &Edition,
    score: Percent,
    attempt: AttemptId,
) -> Result<String, serde_json::Error> {
    let rule = CompletionBasis::Quiz {
        pass: module.pass,
        score,
        attempt,
    };
    let facts = ModuleFacts::of(module, edition);
    serde_json::to_string(&Evidence { facts, rule })
}

/// What a completion's proof says.
#[derive(Debug)]
pub(crate) struct CompletionProof {
    pub(crate) title: String,
    pub(crate) minutes: u16,
    /// `quiz`, `lessons` or `facilitator`.
    pub(crate) rule: &'static str,
    pub(crate) score: Option<Percent>,
    pub(crate) pass: Option<Percent>,
}

/// What the proof that is kept with a completion says.
pub(crate) fn proof_of(row: &completions::Model) -> Result<CompletionProof, serde_json::Error> {
    let evidence: Evidence = serde_json::from_str(&row.evidence)?;
    let (rule, score, pass) = match evidence.rule {
        CompletionBasis::Quiz { score, pass, .. } => ("quiz", Some(score), Some(pass)),
        CompletionBasis::Lessons => ("lessons", None, None),
        CompletionBasis::Facilitator { .. } => ("facilitator", None, None),
    };
    Ok(CompletionProof {
        title: evidence.facts.title,
        minutes: evidence.facts.minutes,
        rule,
        score,
        pass,
    })
}

/// A module done just now.
#[derive(Debug, Clone)]
pub(super) struct NewCompletion {
    pub(super) learner: LearnerId,
    pub(super) module: ModuleId,
    pub(super) rev: i32,
    pub(super) facts: ModuleFacts,
    pub(super) rule: CompletionBasis,
    /// Why a facilitator records it; only for [`CompletionBasis::Facilitator`].
    pub(super) reason: Option<String>,
}

/// Completes the module once, and counts it where the programme's rule allows.
///
/// Calling it again changes nothing: the first completion stands. Tells whether this is the first.
pub(super) async fn complete_in(
    tx: &DatabaseTransaction,
    done: NewCompletion,
    now: OffsetDateTime,
) -> Result<bool, LearningError> {
    let learner = done.learner;
    let first = write_in(tx, done, now).await?;
    count_pending_in(tx, learner, now).await?;
    Ok(first)
}

/// Writes that a module is done, since a moment, and counts nothing yet.
pub(super) async fn write_in(
    tx: &DatabaseTransaction,
    done: NewCompletion,
    at: OffsetDateTime,
) -> Result<bool, LearningError> {
    let (source, attempt, recorded_by) = match done.rule {
        CompletionBasis::Quiz { attempt, .. } => (CompletionSource::Online, Some(attempt), None),
        CompletionBasis::Lessons => (CompletionSource::Online, None, None),
        CompletionBasis::Facilitator { by } => (CompletionSource::Facilitator, None, Some(by)),
    };
    let evidence = Evidence {
        facts: done.facts,
        rule: done.rule,
    };
    let row = completions::ActiveModel {
        id: Set(CompletionId::new()),
        learner_id: Set(done.learner),
        module: Set(done.module.clone()),
        completed_at: Set(at),
        rev: Set(done.rev),
        source: Set(source.name().to_owned()),
        attempt_id: Set(attempt),
        evidence: Set(serde_json::to_string(&evidence)?),
        not_counted: Set(None),
        recorded_by: Set(recorded_by),
        reason: Set(done.reason),
    };
    Ok(db::insert_new(tx, row).await?)
}

/// Counts what a learner completed and was not counted yet, as far as it can be counted now.
///
/// To be called whenever a reason may have gone: a new completion, a lesson read, a guest who
/// became a citizen, a codice fiscale that was verified.
pub(super) async fn count_pending_in(
    tx: &DatabaseTransaction,
    learner: LearnerId,
    now: OffsetDateTime,
) -> Result<(), LearningError> {
    let pending = completions::Entity::find()
        .filter(completions::Column::LearnerId.eq(learner))
        .all(tx)
        .await?;
    for completion in pending {
        let facts = facts_in(tx, &completion, learner).await?;
        let reason = counting::count_completion_in(tx, &facts, now).await?.err();
        let reason = reason.map(|reason| reason.key().to_owned());
        if reason != completion.not_counted {
            let mut row = completion.into_active_model();
            row.not_counted = Set(reason);
            row.update(tx).await?;
        }
    }
    Ok(())
}

/// What the ledger is told of a completion, of whoever has the lessons.
pub(super) async fn facts_in(
    tx: &DatabaseTransaction,
    row: &completions::Model,
    learner: LearnerId,
) -> Result<CompletionFacts, LearningError> {
    let evidence: Evidence = serde_json::from_str(&row.evidence)?;
    let read = reads_in(tx, learner, &row.module).await?;
    let lessons = &evidence.facts.lessons;
    Ok(CompletionFacts {
        completion: row.id,
        learner,
        lessons_all_read: lessons.iter().all(|lesson| read.contains(lesson)),
        title: evidence.facts.title,
        rev: row.rev,
        minutes: evidence.facts.minutes,
        competences: evidence.facts.competences,
        domains: evidence.facts.domains,
        completed_at: row.completed_at,
        recorded_by: row.recorded_by,
    })
}

/// The lessons that completed a module by being read; `None` where something else did.
pub(super) fn lessons_that_prove(
    row: &completions::Model,
) -> Result<Option<Vec<LessonId>>, serde_json::Error> {
    let evidence: Evidence = serde_json::from_str(&row.evidence)?;
    Ok(matches!(evidence.rule, CompletionBasis::Lessons).then_some(evidence.facts.lessons))
}

/// The lessons of a module a learner has read.
pub(super) async fn reads_in(
    db: &impl ConnectionTrait,
    learner: LearnerId,
    module: &ModuleId,
) -> Result<Vec<LessonId>, LearningError> {
    Ok(lesson_reads::Entity::find()
        .filter(lesson_reads::Column::LearnerId.eq(learner))
        .filter(lesson_reads::Column::Module.eq(module.clone()))
        .all(db)
        .await?
        .into_iter()
        .map(|read| read.lesson)
        .collect())
}

/// A learner's completion of a module.
pub(super) async fn of_module_in(
    db: &impl ConnectionTrait,
    learner: LearnerId,
    module: &ModuleId,
) -> Result<Option<Completion>, LearningError> {
    let row = completions::Entity::find()
        .filter(completions::Column::LearnerId.eq(learner))
        .filter(completions::Column::Module.eq(module.clone()))
        .one(db)
        .await?;
    Ok(with_counts(db, row.into_iter().collect())
        .await?
        .into_iter()
        .next())
}

/// Every completion of some learners.
pub(super) async fn of_learners_in(
    db: &impl ConnectionTrait,
    learners: &[LearnerId],
) -> Result<Vec<(LearnerId, Completion)>, LearningError> {
    let rows = completions::Entity::find()
        .filter(completions::Column::LearnerId.is_in(learners.iter().copied()))
        .all(db)
        .await?;
    let whose: Vec<LearnerId> = rows.iter().map(|row| row.learner_id).collect();
    Ok(whose
        .into_iter()
        .zip(with_counts(db, rows).await?)
        .collect())
}

async fn with_counts(
    db: &impl ConnectionTrait,
    rows: Vec<completions::Model>,
) -> Result<Vec<Completion>, LearningError> {
    let ids: Vec<CompletionId> = rows.iter().map(|row| row.id).collect();
    let mut counted = counting::of_completions(db, &ids).await?;
    Ok(rows
        .into_iter()
        .map(|row| Completion {
            counted: counted.remove(&row.id).unwrap_or_else(|| {
                let key = row.not_counted.as_deref();
                Err(key
                    .and_then(NotCounted::from_key)
                    .unwrap_or(NotCounted::Guest))
            }),
            id: row.id,
            module: row.module,
            completed_at: row.completed_at,
            rev: u32::try_from(row.rev).unwrap_or_default(),
            source: CompletionSource::from_name(&row.source),
        })
        .collect())
}
