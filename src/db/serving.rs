//! Whether somebody serves a database. A server holds a shared lock as long as it runs; who wants to
//! take the schema back or put another database in its place needs the lock alone. On SQLite it is
//! a file beside the database, on PostgreSQL an advisory lock. It goes away with its process.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbErr, Statement};
use tokio::task::JoinHandle;

use super::Db;
use super::files::sqlite_file;
use super::options::write_options;

/// The number of the advisory lock: "autonomi" in ASCII.
const LOCK: i64 = 0x6175_746f_6e6f_6d69;
/// How often a server asks whether its lock is still there.
const EVERY: Duration = Duration::from_millis(500);
/// A server whose lock was lost has taken it again by then.
const LOOK_AGAIN: Duration = Duration::from_millis(1_500);

/// The lock, until it is dropped.
#[derive(Debug)]
pub struct Serving {
    _file: Option<File>,
    _connection: Option<DatabaseConnection>,
    keeper: Option<JoinHandle<()>>,
}

impl Drop for Serving {
    fn drop(&mut self) {
        if let Some(keeper) = &self.keeper {
            keeper.abort();
        }
    }
}

/// Says that this process serves the database; several may. On a runtime of tokio.
///
/// # Errors
/// When somebody is taking its schema back, or putting another in its place, or the database's.
pub async fn serving(db: &Db) -> Result<Serving, DbErr> {
    let busy = || {
        let text =
            "somebody is restoring this database or taking its schema back: wait for the end";
        DbErr::Custom(text.to_owned())
    };
    if let Some(file) = sqlite_file(db.url()) {
        let lock = lock_file(&file)?;
        return match lock.try_lock_shared() {
            Ok(()) => {
                let mut serving = held(None, None);
                serving.keeper = Some(tokio::spawn(keep_file(file, lock)));
                Ok(serving)
            }
            Err(TryLockError::WouldBlock) => Err(busy()),
            // A file system without locks: better to serve than not.
            Err(TryLockError::Error(error)) => {
                tracing::warn!("the file beside the database cannot be locked: {error}");
                Ok(held(None, None))
            }
        };
    }
    let first = locked(db.url(), "pg_try_advisory_lock_shared").await?;
    let first = first.ok_or_else(busy)?;
    let url = db.url().to_owned();
    let mut serving = held(None, None);
    serving.keeper = Some(tokio::spawn(keep(url, first)));
    Ok(serving)
}

/// The lock for this process alone; `None` where somebody serves the database. It looks twice: a
/// server whose lock went with its connection, or with the file of the lock, takes it again soon.
///
/// # Errors
/// The database's.
pub async fn alone(url: &str) -> Result<Option<Serving>, DbErr> {
    if take_alone(url).await?.is_none() {
        return Ok(None);
    }
    tokio::time::sleep(LOOK_AGAIN).await;
    take_alone(url).await
}

async fn take_alone(url: &str) -> Result<Option<Serving>, DbErr> {
    if let Some(file) = sqlite_file(url) {
        let lock = lock_file(&file)?;
        return match lock.try_lock() {
            Ok(()) => Ok(Some(held(Some(lock), None))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(failed(&file, &error)),
        };
    }
    let connection = locked(url, "pg_try_advisory_lock").await?;
    Ok(connection.map(|connection| held(None, Some(connection))))
}

const fn held(file: Option<File>, connection: Option<DatabaseConnection>) -> Serving {
    Serving {
        _file: file,
        _connection: connection,
        keeper: None,
    }
}

/// Takes the lock again where its file was deleted: another one under the name is not locked.
async fn keep_file(database: PathBuf, mut lock: File) {
    loop {
        tokio::time::sleep(EVERY).await;
        // Looking at a name and locking a file take no time.
        if !is_at(&lock, &lock_name(&database))
            && let Ok(again) = lock_file(&database)
            && again.try_lock_shared().is_ok()
        {
            lock = again;
        }
    }
}

/// Whether an open file is the one under a name.
fn is_at(file: &File, name: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let id = |about: std::fs::Metadata| (about.dev(), about.ino());
        let (open, named) = (file.metadata().map(id), std::fs::metadata(name).map(id));
        matches!((open, named), (Ok(open), Ok(named)) if open == named)
    }
    #[cfg(not(unix))]
    true
}

/// Takes the lock again when the server was away: it belongs to a connection.
async fn keep(url: String, mut connection: DatabaseConnection) {
    loop {
        tokio::time::sleep(EVERY).await;
        if connection.execute_unprepared("SELECT 1").await.is_ok() {
            continue;
        }
        if let Ok(Some(again)) = locked(&url, "pg_try_advisory_lock_shared").await {
            connection = again;
        }
    }
}

/// A connection that holds the lock as long as it lives.
async fn locked(url: &str, how: &str) -> Result<Option<DatabaseConnection>, DbErr> {
    let mut options = write_options(url);
    options.idle_timeout(None).max_lifetime(None);
    let connection = Database::connect(options).await?;
    let sql = format!("SELECT {how}({LOCK}) AS got");
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let row = connection.query_one_raw(statement).await?;
    let got: bool = match row {
        Some(row) => row.try_get("", "got")?,
        None => false,
    };
    Ok(got.then_some(connection))
}

/// One file for every name that leads to the database.
fn lock_name(database: &Path) -> PathBuf {
    let real = std::fs::canonicalize(database);
    let mut name = real.map_or_else(|_| database.as_os_str().to_owned(), PathBuf::into_os_string);
    name.push(".lock");
    PathBuf::from(name)
}

fn lock_file(database: &Path) -> Result<File, DbErr> {
    let path = lock_name(database);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(&path).map_err(|error| failed(&path, &error))
}

fn failed(path: &Path, error: &std::io::Error) -> DbErr {
    DbErr::Custom(format!("cannot lock {}: {error}", path.display()))
}
