//! Tables from elsewhere: points and services. An import adds and brings up to date, never
//! deletes; it names every row it refuses; the same table again changes nothing.
//!
//! `domain::sheet` reads a table.

mod points;
mod services;

pub use points::points;
pub use services::services;

use thiserror::Error;

use crate::db::DbErr;
use crate::domain::field::FieldError;
use crate::domain::import::{Imported, Manner};
use crate::domain::sheet::{SheetColumn, SheetError, SheetRow};

const fn column(
    name: &'static str,
    also: &'static [&'static str],
    personal: bool,
    read: fn(&str) -> Result<String, &'static str>,
) -> SheetColumn {
    SheetColumn {
        name,
        also,
        personal,
        read,
    }
}

/// The outcome of a table that cannot be read.
fn unreadable(why: &SheetError) -> Imported {
    Imported {
        refused: why.faults(),
        ..Imported::default()
    }
}

/// What ends the transaction of an import: the outcome of one that leaves nothing behind, or a
/// database that failed.
#[derive(Debug, Error)]
enum Undone {
    #[error("nothing was kept")]
    Outcome(Imported),
    #[error(transparent)]
    Db(#[from] DbErr),
}

impl Undone {
    fn outcome(done: Result<Imported, Self>) -> Result<Imported, DbErr> {
        match done {
            Ok(outcome) | Err(Self::Outcome(outcome)) => Ok(outcome),
            Err(Self::Db(error)) => Err(error),
        }
    }
}

/// Keeps what was written, or has it undone.
fn settled(mut outcome: Imported, manner: Manner) -> Result<Imported, Undone> {
    outcome.sort();
    if manner.trial || (manner.strict && !outcome.refused.is_empty()) {
        return Err(Undone::Outcome(outcome));
    }
    outcome.kept = true;
    Ok(outcome)
}

/// Refuses a row, with what could not be read in it first.
fn refuse(outcome: &mut Imported, row: &SheetRow, faults: Vec<FieldError>) {
    let told = |field: &str| row.faults.iter().any(|fault| fault.field == field);
    let others = faults.into_iter().filter(|fault| !told(fault.field));
    let others = others.map(|fault| row.fault(fault.field, fault.key));
    outcome
        .refused
        .extend(row.faults.iter().cloned().chain(others));
}
