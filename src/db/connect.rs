//! From a URL to a [`Db`].

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr};

use super::files::{prepare, sqlite_path};
use super::group::Group;

/// How long SQLite waits for another process's write.
const BUSY: Duration = Duration::from_secs(10);

/// A connected database; cloning it is cheap.
#[derive(Clone, Debug)]
pub struct Db(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    url: String,
    read: DatabaseConnection,
    pub(super) writer: Writer,
    writes: AtomicU64,
}

/// How writes reach the database.
#[derive(Debug)]
pub(super) enum Writer {
    /// SQLite: one writer commits everything that waits.
    Group(Group),
    /// PostgreSQL: a transaction each; the server groups the commits by itself.
    Pool(DatabaseConnection),
    /// None: the database was opened for reading.
    Closed,
}

impl Db {
    fn new(url: &str, read: DatabaseConnection, writer: Writer) -> Self {
        Self(Arc::new(Inner {
            url: url.to_owned(),
            read,
            writer,
            writes: AtomicU64::new(0),
        }))
    }

    /// The connections for reading; the database refuses writes through them.
    #[must_use]
    pub fn read(&self) -> &DatabaseConnection {
        &self.0.read
    }

    /// The address it was connected by, which may hold a password.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.0.url
    }

    /// How many times this program has written: whatever was read stands while it stays the same.
    #[must_use]
    pub fn writes(&self) -> u64 {
        self.0.writes.load(Ordering::Acquire)
    }

    /// Something was written.
    pub(super) fn written(&self) {
        self.0.writes.fetch_add(1, Ordering::Release);
    }

    pub(super) fn writer(&self) -> &Writer {
        &self.0.writer
    }

    /// Lets the writes that wait be committed and closes every connection. Later calls fail.
    ///
    /// # Errors
    /// When a connection does not close in order.
    pub async fn close(&self) -> Result<(), DbErr> {
        match &self.0.writer {
            Writer::Group(group) => group.close().await,
            Writer::Pool(pool) => pool.close_by_ref().await?,
            Writer::Closed => {}
        }
        self.0.read.close_by_ref().await
    }
}

/// Connects; a SQLite file and its folder are made when missing.
///
/// # Errors
/// When the URL names no database this program knows, or the database does not answer.
pub async fn connect(url: &str) -> Result<Db, DbErr> {
    let (read, writer) = if let Some(path) = sqlite_path(url) {
        has_file(path)?;
        prepare(path)?;
        // The writer first: it creates the file and switches it to WAL.
        let writer = Group::start(write_options(url)).await?;
        (read_pool(url, false).await?, Writer::Group(writer))
    } else {
        let read = read_pool(url, false).await?;
        let write = Database::connect(postgres_options(url, 24)).await?;
        (read, Writer::Pool(write))
    };
    Ok(Db::new(url, read, writer))
}

/// Connects to what is there, for reading: nothing is made and nothing changed, and
/// [`write()`](super::write()) refuses.
///
/// # Errors
/// As [`connect`], and where a SQLite file is missing.
pub async fn connect_to_read(url: &str) -> Result<Db, DbErr> {
    if let Some(path) = sqlite_path(url) {
        has_file(path)?;
    }
    let read = read_pool(url, true).await?;
    Ok(Db::new(url, read, Writer::Closed))
}

fn has_file(path: &str) -> Result<(), DbErr> {
    if path.is_empty() || path.contains(":memory:") {
        let text = "sqlite: needs a file, such as sqlite:data/autonomia.db";
        return Err(DbErr::Custom(text.to_owned()));
    }
    Ok(())
}

/// The connections for reading. `only`: no writer stands beside them.
async fn read_pool(url: &str, only: bool) -> Result<DatabaseConnection, DbErr> {
    if sqlite_path(url).is_some() {
        let cores = std::thread::available_parallelism().map_or(4, std::num::NonZero::get);
        let connections = u32::try_from(cores * 2).unwrap_or(8).clamp(4, 32);
        let mut options = sqlite_options(url, connections);
        options.map_sqlx_sqlite_opts(move |o| {
            let o = tuned(o).create_if_missing(false).pragma("query_only", "ON");
            if only { o.read_only(true) } else { o }
        });
        return Database::connect(options).await;
    }
    if !(url.starts_with("postgres://") || url.starts_with("postgresql://")) {
        let text = "the database address begins with sqlite: or postgres://";
        return Err(DbErr::Custom(text.to_owned()));
    }
    let mut options = postgres_options(url, 16);
    options.map_sqlx_postgres_opts(|o| {
        o.options([
            ("default_transaction_read_only", "on"),
            // Many short questions at once: helpers for one are taken from the others.
            ("max_parallel_workers_per_gather", "0"),
        ])
    });
    Database::connect(options).await
}

/// After much was written at once: PostgreSQL plans by statistics, and those it has are of the
/// emptier tables until it takes them anew by itself, minutes later. SQLite plans without.
///
/// # Errors
/// The database's.
pub async fn analyze(db: &Db) -> Result<(), DbErr> {
    if let Writer::Pool(connection) = db.writer() {
        connection.execute_unprepared("ANALYZE").await?;
    }
    Ok(())
}

/// One connection that may write.
pub(super) fn write_options(url: &str) -> ConnectOptions {
    if sqlite_path(url).is_none() {
        return postgres_options(url, 1);
    }
    let mut options = sqlite_options(url, 1);
    options.map_sqlx_sqlite_opts(|o| {
        // FULL, not NORMAL: an answer that was confirmed survives a power cut.
        tuned(o)
            .create_if_missing(true)
            .foreign_keys(true)
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
    });
    options
}

/// As much of a SQLite file as is ever mapped, in bytes.
const MAPPED: &str = "2147418112";

/// What every connection to a SQLite file has in common.
fn tuned(options: SqliteConnectOptions) -> SqliteConnectOptions {
    // Pages are read where the system has them: to copy them, connections wait for each other.
    options.busy_timeout(BUSY).pragma("mmap_size", MAPPED)
}

fn sqlite_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .test_before_acquire(false);
    options
}

fn postgres_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(0)
        .acquire_timeout(Duration::from_secs(30))
        .sqlx_logging(false)
        .record_stmt_in_spans(false);
    options
}
