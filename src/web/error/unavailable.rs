//! What the database cannot do now is 503, and logged once in a while.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::db::{self, DbErr};

use super::Error;

/// While the database is away, every request says the same.
const QUIET: Duration = Duration::from_secs(10);

/// When the last line was logged, and how many were not since.
static LOGGED: Mutex<Option<(Instant, u64)>> = Mutex::new(None);

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if !db::is_unavailable(&error) {
            return Self::internal(error);
        }
        let mut logged = LOGGED.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *logged {
            Some((at, silent)) if at.elapsed() < QUIET => *silent += 1,
            last => {
                let before = last.map_or(0, |(_, silent)| silent);
                *last = Some((Instant::now(), 0));
                drop(logged);
                tracing::error!(before, "answered 503, not possible now: {error}");
            }
        }
        Self::Unavailable
    }
}
