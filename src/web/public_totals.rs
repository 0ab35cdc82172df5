//! The figures that everybody may see, added up again only when something was written since.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use time::{Date, OffsetDateTime};

use crate::db::{Db, DbErr};
use crate::domain::calendar::rome_day;
use crate::domain::ids::ProgrammeId;
use crate::network::programme::Programme;
use crate::network::public::{self, Figure};
use crate::network::totals::Totals;

/// How long figures stand without a look at the database: another program may write to it too.
const STAND: Duration = Duration::from_secs(10);

/// The figures of each programme.
#[derive(Debug, Default)]
pub struct PublicTotals(Mutex<HashMap<ProgrammeId, Kept>>);

#[derive(Debug)]
struct Kept {
    writes: u64,
    since: Instant,
    day: Date,
    totals: Totals<Figure>,
}

impl PublicTotals {
    /// The figures of a programme: never older than what this program last wrote.
    ///
    /// # Errors
    /// The database's.
    pub async fn of(
        &self,
        db: &Db,
        programme: &Programme,
        now: OffsetDateTime,
    ) -> Result<Totals<Figure>, DbErr> {
        // Asked for before the figures are: what is written meanwhile makes them old.
        let (writes, day) = (db.writes(), rome_day(now));
        if let Some(kept) = self.all().get(&programme.id)
            && (kept.writes, kept.day) == (writes, day)
            && kept.since.elapsed() < STAND
        {
            return Ok(kept.totals.clone());
        }
        let since = Instant::now();
        let totals = public::of(db, programme, now).await?;
        let kept = Kept {
            writes,
            since,
            day,
            totals: totals.clone(),
        };
        self.all().insert(programme.id, kept);
        Ok(totals)
    }

    fn all(&self) -> std::sync::MutexGuard<'_, HashMap<ProgrammeId, Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
