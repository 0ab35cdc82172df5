//! What goes to Facilita, the monitoring platform of measure 1.7.2, and what comes back.
//!
//! Facilita has no interface for programs: the body uploads a file of 33 columns, and downloads a
//! report of the rows that were refused. Reading order: [`row`] is a row of the file; [`birth`]
//! is what Facilita reads of an age; [`check`] makes a row of an attendance, or says why Facilita
//! would refuse it; `waiting` reads what has not been sent; [`standing`] counts what cannot be, as
//! long as a record lacks something, and [`held`] says of each service why it is not; [`batch`] makes a file and keeps it, and [`call_back`] takes it
//! back before it is sent; [`note`] knows what Facilita's refusals mean, `refusals` finds them in a report;
//! [`report`] reads them back; [`state`] counts, and settles what only a person can; [`lines`] are
//! a file's rows for people to read; [`redact`] takes people out whose records were erased.
//!
//! An attendance is *ready*, then *sent*, then *accepted* or *rejected*. A rejected one goes again
//! once its row has changed, or once somebody says that it shall (*corrected*); nothing else is
//! ever sent twice. A voided service is never sent; where Facilita has it already, it is listed
//! until somebody has taken it away there.

pub mod row;
pub mod birth;
pub mod check;
mod waiting;
mod sent;
pub mod standing;
pub mod held;
pub mod batch;
pub mod call_back;
pub mod note;
mod refusals;
pub mod report;
pub mod state;
pub mod lines;
pub mod redact;

use thiserror::Error;

use crate::db::DbErr;
use crate::domain::field::FieldError;
use crate::domain::ids::BatchId;

/// The most rows that Facilita takes in a file.
pub const MOST_ROWS: usize = 9_000;

/// Where something is put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mend {
    /// In the citizen's record.
    Citizen,
    /// In the service: it is voided and recorded anew.
    Service,
    /// In what is kept of the facilitator.
    Facilitator,
    /// In what is kept of the point.
    Point,
    /// In the programme.
    Programme,
    /// In Facilita itself.
    Facilita,
}

/// Why something about Facilita was not done.
#[derive(Debug, Error)]
pub enum FacilitaError {
    /// No such batch or row.
    #[error("no such batch")]
    NotFound,
    /// A file of the programme waits for its report: Facilita takes one at a time.
    #[error("the batch {0} waits for its report")]
    Open(BatchId),
    /// The file was called back: nothing of it was sent.
    #[error("the batch was called back")]
    CalledBack,
    /// The file has its report: it was sent, and cannot be called back.
    #[error("the batch has its report")]
    Reported,
    /// Something changed while the file was made: it can be made again.
    #[error("the services changed while the file was made: try again")]
    Changed,
    /// Lines of the report that cannot be understood, with the keys of why; nothing was changed.
    #[error("{} lines of the report cannot be understood", .0.len())]
    Unreadable(Vec<(usize, &'static str)>),
    /// Fields at fault.
    #[error("{} fields cannot be accepted", .0.len())]
    Invalid(Vec<FieldError>),
    /// The database's, or a seal that does not open.
    #[error(transparent)]
    Db(#[from] DbErr),
}
