//! From a URL to a [`Db`].

use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbErr};
use time::OffsetDateTime;

use super::audit;
use super::audit::seal::Sealer;
use super::files::{
    make_folder_of, private_file, sqlite_path, sync_folder_of, tighten_all, with_companions,
};
use super::group::WriterGroup;
use super::health::Pulse;
use super::options::{self, postgres_write_options, write_options};
use super::place::DatabaseFiles;
use super::writer::Writer as FileWriter;

/// How long a start waits for a PostgreSQL that starts at the same time.
const STARTING: Duration = Duration::from_secs(3);

/// A connected database; cloning it is cheap.
#[derive(Clone, Debug)]
pub struct Db(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    url: String,
    read: DatabaseConnection,
    pub(super) writer: WriteMode,
    writes: AtomicU64,
    /// Writes that wait for a connection to PostgreSQL.
    waiting: AtomicUsize,
    pulse: Pulse,
    sealer: OnceLock<Sealer>,
}

/// How writes reach the database.
#[derive(Debug)]
pub(super) enum WriteMode {
    /// SQLite: one writer commits everything that waits.
    Group(WriterGroup, Arc<DatabaseFiles>),
    /// PostgreSQL: a transaction each; the server groups the commits by itself.
    Pool(DatabaseConnection),
    /// None: the database was opened for reading.
    Closed,
}

impl Db {
    fn new(url: &str, read: DatabaseConnection, writer: WriteMode) -> Self {
        Self(Arc::new(Inner {
            url: url.to_owned(),
            read,
            writer,
            writes: AtomicU64::new(0),
            waiting: AtomicUsize::new(0),
            pulse: Pulse::default(),
            sealer: OnceLock::new(),
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

    pub(super) fn writer(&self) -> &WriteMode {
        &self.0.writer
    }

    /// How many writes wait for the writer, or for a connection that may write.
    #[must_use]
    pub fn queued(&self) -> usize {
        match &self.0.writer {
            WriteMode::Group(group, _) => group.queued(),
            WriteMode::Pool(_) => self.0.waiting.load(Ordering::Relaxed),
            WriteMode::Closed => 0,
        }
    }

    /// Seals the audit from now on, with a key that the database does not have. The first one stays.
    pub fn seal_audit_with(&self, sealer: Sealer) {
        // Keys of one database are always the same.
        let _ = self.0.sealer.set(sealer);
    }

    pub(super) fn sealer(&self) -> Option<&Sealer> {
        self.0.sealer.get()
    }

    /// Counts a write as waiting until what it returns is dropped.
    pub(super) fn waits(&self) -> Waits<'_> {
        self.0.waiting.fetch_add(1, Ordering::Relaxed);
        Waits(&self.0.waiting)
    }

    pub(super) fn pulse(&self) -> &Pulse {
        &self.0.pulse
    }

    /// Lets the writes that wait be committed and closes every connection. Later calls fail.
    ///
    /// # Errors
    /// When a connection does not close in order, or what a command read cannot be written down.
    pub async fn close(&self) -> Result<(), DbErr> {
        if !matches!(self.0.writer, WriteMode::Closed)
            && let Some(context) = audit::context()
        {
            audit::settle(self, &context, OffsetDateTime::now_utc()).await?;
        }
        match &self.0.writer {
            WriteMode::Group(group, _) => group.close().await,
            WriteMode::Pool(pool) => pool.close_by_ref().await?,
            WriteMode::Closed => {}
        }
        self.0.read.close_by_ref().await
    }
}

/// A write that waits for a connection.
pub(super) struct Waits<'a>(&'a AtomicUsize);

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Connects; a SQLite file and its folder are made when missing.
///
/// # Errors
/// When the URL names no database this program knows, or the database does not answer.
pub async fn connect(url: &str) -> Result<Db, DbErr> {
    let (read, writer) = if let Some(path) = sqlite_path(url) {
        has_file(path)?;
        make_file(path).await?;
        tighten_all(Path::new(path));
        let place = Arc::new(DatabaseFiles::new(Path::new(path)));
        // The writer first: it switches the file to WAL where it is not.
        let writer = FileWriter::new(write_options(url), Arc::clone(&place));
        let writer = WriterGroup::start(writer).await?;
        (
            read_pool(url, false).await?,
            WriteMode::Group(writer, place),
        )
    } else {
        let read = read_pool(url, false).await?;
        let write = Database::connect(postgres_write_options(url)).await?;
        (read, WriteMode::Pool(write))
    };
    Ok(Db::new(url, read, writer))
}

/// What lost all it held, or is something else, is not written to.
fn whole(file: &Path) -> Result<(), DbErr> {
    super::sound::begins(file).map_err(|unsound| DbErr::Custom(unsound.to_string()))
}

/// Connects to what is there, for reading: nothing is made and nothing changed, and
/// [`write()`](super::write()) refuses.
///
/// # Errors
/// As [`connect`], and where a SQLite file is missing.
pub async fn connect_to_read(url: &str) -> Result<Db, DbErr> {
    let Some(path) = sqlite_path(url) else {
        let read = read_pool(url, true).await?;
        return Ok(Db::new(url, read, WriteMode::Closed));
    };
    has_file(path)?;
    let file = Path::new(path);
    if file.exists() {
        whole(file)?;
    }
    let read = match read_pool(url, true).await {
        // On a medium that cannot be written SQLite has nowhere to put its index of the log; where
        // there is no log it needs none.
        Err(_) if file.exists() && !with_companions(file)[1].exists() => {
            Database::connect(options::unchanging_options(url)).await?
        }
        read => read?,
    };
    Ok(Db::new(url, read, WriteMode::Closed))
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
        return Database::connect(options::read_options(url, connections, only)).await;
    }
    if !(url.starts_with("postgres://") || url.starts_with("postgresql://")) {
        let text = "the database address begins with sqlite: or postgres://";
        return Err(DbErr::Custom(text.to_owned()));
    }
    answers(url).await?;
    Database::connect(options::postgres_read_options(url)).await
}

/// Gives a new SQLite database its name only once it has its first page: a file of zero bytes is
/// never one that was about to be made, but one that has lost what it held.
async fn make_file(path: &str) -> Result<(), DbErr> {
    let file = Path::new(path);
    if file.exists() {
        return whole(file);
    }
    let failed = |error: std::io::Error| DbErr::Custom(format!("cannot make {path}: {error}"));
    make_folder_of(file).map_err(|error| {
        let folder = file.parent().unwrap_or(file).display();
        DbErr::Custom(format!("cannot make the folder {folder}: {error}"))
    })?;
    let draft = Draft(format!("{path}.{}.new", uuid::Uuid::new_v4().simple()));
    let name = &draft.0;
    // SQLite gives the files beside the database the permissions of the database itself.
    private_file(Path::new(name)).map_err(failed)?;
    let connection = Database::connect(write_options(&format!("sqlite:{name}"))).await?;
    connection.close().await?;
    // Unlike a rename, a link never takes the place of a file that another process has made.
    match std::fs::hard_link(name, path) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(_) => std::fs::rename(name, path).map_err(failed)?,
    }
    sync_folder_of(file).map_err(failed)
}

/// A file without its name yet, which goes away also where the start is ended in the middle.
struct Draft(String);

impl Drop for Draft {
    fn drop(&mut self) {
        let journal = Path::new(&format!("{}-journal", self.0)).to_owned();
        for file in with_companions(Path::new(&self.0))
            .into_iter()
            .chain([journal])
        {
            // It may not have been made, or have got its name.
            let _ = std::fs::remove_file(file);
        }
    }
}

/// Asks a PostgreSQL once outside of any pool, which would only say that it has waited.
async fn answers(url: &str) -> Result<(), DbErr> {
    let began = Instant::now();
    loop {
        let error = match options::one_connection(url).await {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        if began.elapsed() > STARTING || !options::may_be_starting(&error) {
            return Err(error);
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// After much was written at once: PostgreSQL plans by statistics, and those it has are of the
/// emptier tables until it takes them anew by itself, minutes later. SQLite plans without.
///
/// # Errors
/// The database's.
pub async fn analyze(db: &Db) -> Result<(), DbErr> {
    if let WriteMode::Pool(connection) = db.writer() {
        connection.execute_unprepared("ANALYZE").await?;
    }
    Ok(())
}
