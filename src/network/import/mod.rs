//! Tables from elsewhere: points and services. An import adds and brings up to date, never
//! deletes; it names every row it refuses; the same table again changes nothing.
//!
//! A table is UTF-8 text with a header, its columns separated by commas or semicolons.

mod points;
mod services;

pub use points::points;
pub use services::{COLUMNS as SERVICE_COLUMNS, services};

use csv::{ReaderBuilder, StringRecord, Trim};
use thiserror::Error;

use crate::db::DbErr;
use crate::domain::field::FieldError;
use crate::domain::import::{Imported, Manner, RowFault};

/// A table whose rows can be gone through.
struct Table {
    columns: Vec<String>,
    /// With the line each begins on.
    rows: Vec<(u64, StringRecord)>,
    /// Rows that could not be read at all.
    refused: Vec<RowFault>,
}

impl Table {
    /// Reads a text; a header that is not understood refuses everything.
    fn read(text: &str, known: &[&str], needed: &[&str]) -> Result<Self, Vec<RowFault>> {
        let text = text.trim_start_matches('\u{feff}');
        let header = text.lines().next().unwrap_or_default();
        let count = |mark| header.matches(mark).count();
        let delimiter = if count(';') > count(',') { b';' } else { b',' };
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .trim(Trim::All)
            .from_reader(text.as_bytes());
        let columns: Vec<String> = match reader.headers() {
            Ok(header) => header.iter().map(str::to_lowercase).collect(),
            Err(_) => Vec::new(),
        };
        let fault = |field: &str, key| RowFault {
            line: 1,
            field: field.to_owned(),
            key,
        };
        let unknown = columns
            .iter()
            .filter(|name| !known.contains(&name.as_str()));
        let missing = needed
            .iter()
            .filter(|name| !columns.iter().any(|column| column == *name));
        let faults: Vec<_> = unknown
            .map(|name| fault(name, "unknown-column"))
            .chain(missing.map(|name| fault(name, "missing-column")))
            .collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        let (mut rows, mut refused) = (Vec::new(), Vec::new());
        for record in reader.records() {
            match record {
                Ok(row) => {
                    let line = row.position().map_or(0, csv::Position::line);
                    rows.push((line, row));
                }
                Err(error) => refused.push(RowFault {
                    line: error.position().map_or(0, csv::Position::line),
                    field: String::new(),
                    key: "unreadable-row",
                }),
            }
        }
        Ok(Self {
            columns,
            rows,
            refused,
        })
    }

    /// The cell of a row; `None` where it is empty or there is no such column.
    fn cell<'r>(&self, row: &'r StringRecord, column: &str) -> Option<&'r str> {
        let at = self.columns.iter().position(|name| name == column)?;
        row.get(at).filter(|cell| !cell.is_empty())
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
    outcome
        .refused
        .sort_by(|a, b| (a.line, &a.field).cmp(&(b.line, &b.field)));
    if manner.trial || (manner.strict && !outcome.refused.is_empty()) {
        return Err(Undone::Outcome(outcome));
    }
    outcome.kept = true;
    Ok(outcome)
}

fn refuse(outcome: &mut Imported, line: u64, faults: Vec<FieldError>) {
    let fault = |fault: FieldError| RowFault {
        line,
        field: fault.field.to_owned(),
        key: fault.key,
    };
    outcome.refused.extend(faults.into_iter().map(fault));
}
