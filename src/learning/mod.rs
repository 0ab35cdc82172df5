//! What a learner does and what stays of it: lessons read, attempts at a quiz, completions.
//!
//! Reading order: [`attempt`] is a try at a quiz, frozen when it begins; [`answer`] grades one
//! question of it; [`finish`] ends it; [`completion`] is what a passed quiz or a read module
//! leaves, once, and what the network counts; [`progress`] is the sum of it for a learner;
//! [`takeover`] asks whose it is what was done before somebody entered, moves it to who says so, and
//! gives it back (what follows then is in `theirs`, as for an undone [`merge`]); [`enter`] opens the doors; [`registration`] counts
//! what was waiting when a citizen's codice fiscale becomes known. Practice questions are graded by
//! the catalogue alone and leave nothing here.
//!
//! What the desk does: [`arrival`] is somebody new, in one act; [`suggested`] the module for a need;
//! [`today`] what the desk opens on; [`history`] all of a person in order of time. For those who learn: a [`group`] of citizens; an [`assignment`] to one of them
//! or to a group; [`resume`] leads from it to the very lesson; [`behalf`] is a completion that a
//! facilitator saw; [`help`] is a question to the desk; [`stuck`] tells who stopped, and at what.
//!
//! What is somebody's own: [`own`] is everything that is kept of them, to read and to take away;
//! [`erase`] has it go; a [`certificate`] says that they did a module. [`tidy`] clears what counted
//! for nothing and nobody comes back to, and [`retention`] erases whom no programme keeps any more.

pub mod attempt;
pub mod answer;
pub mod finish;
pub mod completion;
pub mod progress;
pub mod takeover;
pub mod enter;
pub mod registration;
pub mod revision;
pub mod import;
pub mod merge;
mod theirs;
pub mod group;
pub mod assignment;
pub mod arrival;
pub mod suggested;
pub mod missed;
pub mod today;
pub mod history;
pub mod resume;
pub mod behalf;
pub mod help;
mod trace;
pub mod stuck;
pub mod hard;
pub mod erase;
pub mod own;
pub mod certificate;
pub mod tidy;
pub mod retention;

use sea_orm::DbErr;
use thiserror::Error;
use time::Duration;

use crate::content::grade::GivenError;
use crate::domain::field::FieldError;

/// Why an act of learning was refused.
#[derive(Debug, Error)]
pub enum LearningError {
    /// There is no such module, lesson, question or attempt, or it is somebody else's.
    #[error("not found")]
    NotFound,
    /// One learner began the same quiz too often: when to come back.
    #[error("begun too often")]
    TooOften(Duration),
    /// The module has no quiz.
    #[error("the module has no quiz")]
    NoQuiz,
    /// The attempt is over: its answers stand.
    #[error("the attempt is finished")]
    Finished,
    /// The question already has an answer in this attempt, or the submission belongs to another.
    #[error("the question is already answered")]
    AlreadyAnswered,
    /// What was given does not fit the question.
    #[error(transparent)]
    Given(#[from] GivenError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbErr),
    /// A row of the database cannot be read back.
    #[error("a stored value cannot be read: {0}")]
    Stored(#[from] serde_json::Error),
}

/// Why an act of the desk on what people learn was refused.
#[derive(Debug, Error)]
pub enum DeskError {
    /// Fields at fault, all of them.
    #[error("{} fields cannot be accepted", .0.len())]
    Invalid(Vec<FieldError>),
    /// No such group, person, assignment or question, or it is another point's.
    #[error("not found")]
    NotFound,
    /// The module is completed already: the first completion stands.
    #[error("the module is completed already")]
    Completed,
    /// What was learned could not be written, so nothing was done.
    #[error(transparent)]
    Learning(#[from] LearningError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbErr),
}

impl DeskError {
    /// One field at fault.
    pub(super) fn field(field: &'static str, key: &'static str) -> Self {
        Self::Invalid(vec![FieldError::new(field, key)])
    }
}
