//! Whether the database answers, and whether it can be written to: asked for, not assumed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};
use tokio::sync::watch;

use super::connect::{Db, WriteMode};
use super::fault::{Fault, fault};
use super::place::DatabaseFiles;
use super::write::write;
use super::writer::touch;

/// An answer stands so long, however many ask.
const STANDS: Duration = Duration::from_millis(400);
/// A part that has not answered by then does not work.
const PATIENCE: Duration = Duration::from_millis(800);
/// Nobody waits longer than this.
const LIMIT: Duration = Duration::from_millis(950);
/// The pages of a file are looked through for a twentieth of the time at most.
const SHARE: u32 = 20;

/// A part of the database that does not do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ailment {
    /// It does not answer.
    Silent,
    /// It answers, but its file is damaged.
    Damaged,
    /// Nothing can be written.
    Unwritable,
    /// There is no room for more.
    Full,
    /// Its schema is not this program's: somebody changed it under the program.
    Schema,
}

/// What a try found.
#[derive(Debug, Clone)]
struct Found {
    at: Instant,
    /// How often the database had failed by then: after another failure it is tried again.
    failures: u64,
    ailments: Vec<Ailment>,
}

/// What is known of the database's health.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    last: watch::Sender<Option<Found>>,
    asking: Arc<AtomicBool>,
    /// How often the database could not do what it was asked, and up to which of these it was
    /// found well again.
    failures: AtomicU64,
    cleared: AtomicU64,
    pages: Mutex<Pages>,
    looking: Arc<AtomicBool>,
}

/// What the last look through the pages of a file found.
#[derive(Debug, Default, Clone, Copy)]
struct Pages {
    ended: Option<Instant>,
    took: Duration,
    damaged: bool,
}

impl Pulse {
    /// Something could not be read or written.
    pub(super) fn failed(&self) {
        self.failures.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether pages of the file are known to be damaged: nothing is written into such a file.
    pub(super) fn damaged(&self) -> bool {
        self.pages().damaged
    }

    fn pages(&self) -> Pages {
        *self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Holds a flag that only one at a time may hold.
struct Turn(Arc<AtomicBool>);

impl Turn {
    fn take(flag: &Arc<AtomicBool>) -> Option<Self> {
        let taken = flag.swap(true, Ordering::AcqRel);
        (!taken).then(|| Self(Arc::clone(flag)))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

impl Db {
    /// What does not work, within a second. A read and a durable write are tried; many who ask at
    /// once share one try.
    pub async fn health(&self) -> Vec<Ailment> {
        let pulse = self.pulse();
        let mut last = pulse.last.subscribe();
        if let Some(found) = &*last.borrow_and_update()
            && found.at.elapsed() < STANDS
            && found.failures == pulse.failures.load(Ordering::Relaxed)
        {
            return found.ailments.clone();
        }
        if let Some(turn) = Turn::take(&pulse.asking) {
            let db = self.clone();
            tokio::spawn(async move {
                let failures = db.pulse().failures.load(Ordering::Relaxed);
                let ailments = examine(&db).await;
                let last = &db.pulse().last;
                let before = last.borrow().as_ref().map(|found| found.ailments.clone());
                // Said when it changes, not as often as somebody asks.
                match ailments.as_slice() {
                    now if before.as_deref().unwrap_or_default() == now => {}
                    [] => tracing::warn!("the database is well again"),
                    now => tracing::error!(?now, "the database is not well"),
                }
                last.send_replace(Some(Found {
                    at: Instant::now(),
                    failures,
                    ailments,
                }));
                drop(turn);
            });
        }
        match tokio::time::timeout(LIMIT, last.changed()).await {
            Ok(Ok(())) => last
                .borrow()
                .as_ref()
                .map_or_else(|| vec![Ailment::Silent], |found| found.ailments.clone()),
            _ => vec![Ailment::Silent],
        }
    }

    /// A request could not be served because of the database: the next who asks for its health
    /// has it tried harder.
    pub fn failed(&self) {
        self.pulse().failed();
    }
}

async fn examine(db: &Db) -> Vec<Ailment> {
    let pulse = db.pulse();
    let failures = pulse.failures.load(Ordering::Relaxed);
    let suspect = failures != pulse.cleared.load(Ordering::Relaxed);
    let (read, written, damaged) = futures_util::join!(
        in_time(answers(db)),
        in_time(writes(db, suspect)),
        damaged(db)
    );
    let mut found = Vec::new();
    match read {
        Ok(true) => {}
        Ok(false) => found.push(Ailment::Schema),
        Err(Some(Fault::Damaged)) => found.push(Ailment::Damaged),
        Err(_) => found.push(Ailment::Silent),
    }
    if damaged && !found.contains(&Ailment::Damaged) {
        found.push(Ailment::Damaged);
    }
    match written {
        Ok(()) => {}
        Err(Some(Fault::Full)) => found.push(Ailment::Full),
        Err(_) => found.push(Ailment::Unwritable),
    }
    if found.is_empty() {
        pulse.cleared.store(failures, Ordering::Relaxed);
    }
    found
}

/// Whether a part works in time; the fault where it is known.
async fn in_time<T>(part: impl Future<Output = Result<T, DbErr>>) -> Result<T, Option<Fault>> {
    match tokio::time::timeout(PATIENCE, part).await {
        Ok(done) => done.map_err(|error| {
            tracing::debug!(%error, "a part of the database does not work");
            fault(&error)
        }),
        Err(_) => Err(None),
    }
}

/// Reads what is in every migrated database: whether it has all steps of the schema.
async fn answers(db: &Db) -> Result<bool, DbErr> {
    Ok(super::schema_age(db).await? == super::SchemaAge::Current)
}

/// Commits to the disk, and changes nothing.
async fn writes(db: &Db, suspect: bool) -> Result<(), DbErr> {
    match db.writer() {
        WriteMode::Group(_, place) => {
            has_room(place).await?;
            write(db, async |tx| touch(tx).await).await
        }
        WriteMode::Closed => write(db, async |_| Ok(())).await,
        WriteMode::Pool(pool) => {
            if suspect {
                has_room_on_server(pool).await?;
            }
            write(db, async |tx| {
                // Refused where only reading is allowed.
                let none = "DELETE FROM seaql_migrations WHERE 1 = 0";
                tx.execute_unprepared(none).await?;
                // A record in the log, so that the commit has something to bring to the disk.
                let record = "SELECT pg_logical_emit_message(true, 'autonomia', 'ready')";
                tx.execute_unprepared(record).await?;
                Ok::<_, DbErr>(())
            })
            .await
        }
    }
}

async fn has_room(place: &Arc<DatabaseFiles>) -> Result<(), DbErr> {
    let place = Arc::clone(place);
    let room = tokio::task::spawn_blocking(move || place.has_room()).await;
    match room {
        Ok(false) => Err(super::fault::full()),
        _ => Ok(()),
    }
}

/// PostgreSQL has written small things inside its files for long when larger ones fail for want
/// of room: once something has failed, a table is filled that goes away with its transaction.
async fn has_room_on_server(pool: &DatabaseConnection) -> Result<(), DbErr> {
    let table = "CREATE TEMP TABLE autonomia_room ON COMMIT DROP AS \
                 SELECT md5(CAST(n AS text)) AS filler FROM generate_series(1, 10000) AS n";
    match pool.execute_unprepared(table).await {
        // Whoever may not make such a table is not asked to.
        Err(error) if fault(&error).is_some() => Err(error),
        _ => Ok(()),
    }
}

/// Whether pages of a SQLite file are damaged, by the last look through them; a new one is begun
/// when the last is old enough, and waited for if it is short.
async fn damaged(db: &Db) -> bool {
    let WriteMode::Group(..) = db.writer() else {
        return false;
    };
    let Pages { ended, took, .. } = db.pulse().pages();
    let due = ended.is_none_or(|ended| ended.elapsed() > (took * SHARE).max(STANDS));
    if due && let Some(turn) = Turn::take(&db.pulse().looking) {
        let other = db.clone();
        let look = tokio::spawn(async move {
            let began = Instant::now();
            let damaged = match super::sound::quick_check(other.read()).await {
                Ok(complaint) => complaint.is_some(),
                Err(error) => fault(&error) == Some(Fault::Damaged),
            };
            let pages = Pages {
                ended: Some(Instant::now()),
                took: began.elapsed(),
                damaged,
            };
            let known = &other.pulse().pages;
            *known.lock().unwrap_or_else(PoisonError::into_inner) = pages;
            drop(turn);
        });
        // A longer one tells the next who asks.
        let _ = tokio::time::timeout(PATIENCE, look).await;
    }
    db.pulse().pages().damaged
}
