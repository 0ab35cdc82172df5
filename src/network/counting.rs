//! Whether a completion counts, and the service it becomes.
//!
//! Only the shapes that `learning` calls stand here so far: nothing is counted yet.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};
use time::OffsetDateTime;

use crate::domain::digcomp::Competence;
use crate::domain::facilita::PublicDomain;
use crate::domain::ids::{CompletionId, LearnerId, ServiceId};

/// What is counted: a completion with what its service needs.
#[derive(Debug, Clone)]
pub struct CompletionFacts {
    /// The completion; it becomes one service at most.
    pub completion: CompletionId,
    /// Whose.
    pub learner: LearnerId,
    /// The module's title.
    pub title: String,
    /// The module's revision.
    pub rev: i32,
    /// Declared learning time.
    pub minutes: u16,
    /// DigComp competences.
    pub competences: Vec<Competence>,
    /// Domains of the public digital service.
    pub domains: Vec<PublicDomain>,
    /// Whether every lesson was read.
    pub lessons_all_read: bool,
    /// When it was completed.
    pub completed_at: OffsetDateTime,
}

/// A completion that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The service it became.
    pub service: ServiceId,
    /// Whether it is the citizen's first of the programme.
    pub new_citizen: bool,
}

/// Why a completion does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotCounted {
    /// Nobody knows who it was.
    Guest,
}

impl NotCounted {
    /// The stable key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        "guest"
    }

    /// The reason of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        (key == "guest").then_some(Self::Guest)
    }
}

/// Counts a completion, once.
///
/// # Errors
/// The database's.
pub async fn count_completion_in(
    _tx: &DatabaseTransaction,
    _facts: &CompletionFacts,
    _now: OffsetDateTime,
) -> Result<Result<Counted, NotCounted>, DbErr> {
    Ok(Err(NotCounted::Guest))
}

/// How completions were counted; one that is not here waits with the reason it has.
///
/// # Errors
/// The database's.
pub async fn of_completions(
    _db: &impl ConnectionTrait,
    _ids: &[CompletionId],
) -> Result<HashMap<CompletionId, Result<Counted, NotCounted>>, DbErr> {
    Ok(HashMap::new())
}
