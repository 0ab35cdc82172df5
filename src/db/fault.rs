//! What an error of the database means to whoever asked: try again later, or a mistake of ours.

use std::error::Error;
use std::sync::Arc;

use sea_orm::sqlx::Error as SqlxError;
use sea_orm::sqlx::sqlite::SqliteError;
use sea_orm::{DbErr, RuntimeErr};

/// Why the database cannot do now what it can do otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It cannot be reached, or went away in the middle.
    Unreachable,
    /// There is no room left for it.
    Full,
    /// It may be read only.
    ReadOnly,
    /// Somebody else holds it, for longer than is waited.
    Locked,
    /// Its file is damaged.
    Damaged,
}

/// Whether the same request may succeed later, with nothing changed in it: the database is full,
/// locked, read-only, damaged or away.
#[must_use]
pub fn is_unavailable(error: &DbErr) -> bool {
    fault(error).is_some()
}

/// What keeps the database from working; `None` where the statement itself was at fault.
pub(super) fn fault(error: &DbErr) -> Option<Fault> {
    match error {
        DbErr::ConnectionAcquire(_) => Some(Fault::Unreachable),
        DbErr::Conn(cause) => Some(of_cause(cause).unwrap_or(Fault::Unreachable)),
        DbErr::Exec(cause) | DbErr::Query(cause) => of_cause(cause),
        _ => None,
    }
}

/// Whether PostgreSQL undid a transaction in favour of another one that it waited for, or that waited
/// for it: run again, it finds the other one done. A lock that was not given in time is none of
/// these: whoever asked has waited for ten seconds already.
pub(super) fn gave_way(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        let cause = match error.downcast_ref() {
            Some(DbErr::Conn(cause) | DbErr::Exec(cause) | DbErr::Query(cause)) => Some(cause),
            _ => error.downcast_ref(),
        };
        if let Some(RuntimeErr::SqlxError(cause)) = cause {
            let code = cause.as_database_error().and_then(|error| error.code());
            // A deadlock, a serialisation failure.
            return code.is_some_and(|code| ["40P01", "40001"].contains(&&*code));
        }
        next = error.source();
    }
    false
}

/// An error of this program's own that says: not now.
#[must_use]
pub fn unavailable(text: impl Into<String>) -> DbErr {
    DbErr::Conn(RuntimeErr::Internal(text.into()))
}

/// There is no room, although the database has not said so yet.
pub(super) fn full() -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(SqlxError::Io(
        std::io::ErrorKind::StorageFull.into(),
    ))))
}

/// The error for those whose write was undone because of another's: never one of their own.
pub(super) fn undone(cause: DbErr) -> DbErr {
    if is_unavailable(&cause) {
        return cause;
    }
    unavailable(format!("nothing was written: {cause}"))
}

fn of_cause(cause: &RuntimeErr) -> Option<Fault> {
    match cause {
        RuntimeErr::SqlxError(error) => of_driver(error),
        RuntimeErr::Internal(_) => None,
    }
}

fn of_driver(error: &Arc<SqlxError>) -> Option<Fault> {
    match &**error {
        SqlxError::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => {
            Some(Fault::Full)
        }
        SqlxError::Io(_)
        | SqlxError::Tls(_)
        | SqlxError::Protocol(_)
        | SqlxError::PoolTimedOut
        | SqlxError::PoolClosed
        | SqlxError::WorkerCrashed
        | SqlxError::BeginFailed
        | SqlxError::InvalidSavePointStatement => Some(Fault::Unreachable),
        SqlxError::Database(error) => {
            let code = error.code()?;
            match error.try_downcast_ref::<SqliteError>() {
                Some(_) => of_sqlite(code.parse().ok()?),
                None => of_postgres(&code),
            }
        }
        _ => None,
    }
}

/// By the primary result code, which is the lowest byte: <https://sqlite.org/rescode.html>.
fn of_sqlite(code: u32) -> Option<Fault> {
    match code & 0xff {
        // BUSY, LOCKED, PROTOCOL
        5 | 6 | 15 => Some(Fault::Locked),
        8 => Some(Fault::ReadOnly),
        13 => Some(Fault::Full),
        // CORRUPT, NOTADB
        11 | 26 => Some(Fault::Damaged),
        // ABORT, NOMEM, INTERRUPT, IOERR, CANTOPEN
        4 | 7 | 9 | 10 | 14 => Some(Fault::Unreachable),
        _ => None,
    }
}

/// By SQLSTATE: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn of_postgres(code: &str) -> Option<Fault> {
    match code {
        "53100" => Some(Fault::Full),
        "25006" => Some(Fault::ReadOnly),
        // A lock that was not given in time, a deadlock, a serialisation failure.
        "55P03" | "40001" | "40P01" => Some(Fault::Locked),
        "XX001" | "XX002" => Some(Fault::Damaged),
        // The session was ended from outside; the database is not there (any more).
        "25P03" | "25P04" | "3D000" => Some(Fault::Unreachable),
        // 08 connection, 28 authorisation, 40 rolled back, 53 resources, 57 intervention (shutdown,
        // statement timeout), 58 system error
        _ => matches!(code.get(..2), Some("08" | "28" | "40" | "53" | "57" | "58"))
            .then_some(Fault::Unreachable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_says_whether_trying_again_helps() {
        for (code, fault) in [
            (5, Some(Fault::Locked)),
            (517, Some(Fault::Locked)),
            (13, Some(Fault::Full)),
            (1032, Some(Fault::ReadOnly)),
            (778, Some(Fault::Unreachable)),
            (11, Some(Fault::Damaged)),
            (26, Some(Fault::Damaged)),
            (14, Some(Fault::Unreachable)),
            // A syntax error and a row that is there already are not the database's state.
            (1, None),
            (2067, None),
        ] {
            assert_eq!(of_sqlite(code), fault, "SQLite {code}");
        }
        for (code, fault) in [
            ("53100", Some(Fault::Full)),
            ("25006", Some(Fault::ReadOnly)),
            ("53300", Some(Fault::Unreachable)),
            ("57P01", Some(Fault::Unreachable)),
            ("57P03", Some(Fault::Unreachable)),
            ("08006", Some(Fault::Unreachable)),
            ("40P01", Some(Fault::Locked)),
            ("40001", Some(Fault::Locked)),
            ("55P03", Some(Fault::Locked)),
            ("23505", None),
            ("42601", None),
            ("25P02", None),
        ] {
            assert_eq!(of_postgres(code), fault, "PostgreSQL {code}");
        }
    }

    #[test]
    fn what_an_innocent_hears_is_never_a_mistake_of_theirs() {
        let cause = DbErr::Custom("no such savepoint".to_owned());
        assert!(!is_unavailable(&cause));
        assert!(is_unavailable(&undone(cause)));
    }
}
