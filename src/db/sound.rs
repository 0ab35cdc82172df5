//! Whether a SQLite file is a database, and whole, before it is served.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement};
use thiserror::Error;

use super::fault::{Fault, fault};
use super::files::sqlite_path;
use super::options::read_options;

/// What every SQLite database begins with.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// A file that is no whole database.
#[derive(Debug, Error)]
pub enum Unsound {
    /// There is a file, with nothing in it.
    #[error(
        "the database {0} has zero bytes: what it held is gone. Put a backup in its place, or \
         delete the empty file to begin with an empty database"
    )]
    Empty(PathBuf),
    /// Something else is in it.
    #[error("{0} is not a SQLite database: check --database, or put a backup in its place")]
    Other(PathBuf),
    /// Pages are damaged.
    #[error(
        "the database {path} is damaged ({complaint}): nothing was changed in it. Keep a copy of \
         the file, put a backup in its place, and start again"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        complaint: String,
    },
    /// It could not be looked at.
    #[error("the database {path} cannot be read: {cause}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: String,
    },
}

/// Looks through the pages of a SQLite file that is there. PostgreSQL looks after its own.
///
/// A new database gets its name together with its first page, so a file of zero bytes was one.
///
/// # Errors
/// The file is empty, something else, damaged, or cannot be read.
pub async fn check_file(url: &str) -> Result<(), Unsound> {
    let Some(path) = sqlite_path(url).map(Path::new).filter(|path| path.exists()) else {
        return Ok(());
    };
    let path = path.to_owned();
    let unreadable = |cause: String| Unsound::Unreadable {
        path: path.clone(),
        cause,
    };
    begins(&path)?;
    let complaint = match look(url).await {
        Ok(complaint) => complaint,
        Err(error) if fault(&error) == Some(Fault::Damaged) => Some(error.to_string()),
        Err(error) => return Err(unreadable(error.to_string())),
    };
    match complaint {
        Some(complaint) => Err(Unsound::Damaged { path, complaint }),
        None => Ok(()),
    }
}

/// Looks at the first bytes of a file that is there.
pub(super) fn begins(path: &Path) -> Result<(), Unsound> {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(16).read_to_end(&mut head));
    let path = path.to_owned();
    match read {
        Err(error) => Err(Unsound::Unreadable {
            path,
            cause: error.to_string(),
        }),
        Ok(_) if head.is_empty() => Err(Unsound::Empty(path)),
        Ok(_) if head != MAGIC => Err(Unsound::Other(path)),
        Ok(_) => Ok(()),
    }
}

async fn look(url: &str) -> Result<Option<String>, DbErr> {
    let connection = Database::connect(read_options(url, 1, false)).await?;
    let complaint = quick_check(&connection).await;
    // What it found says more than how it ended.
    drop(connection.close().await);
    complaint
}

/// SQLite's first complaint about the pages of a file; `None` where there is none.
pub(super) async fn quick_check(connection: &DatabaseConnection) -> Result<Option<String>, DbErr> {
    let check = Statement::from_string(DbBackend::Sqlite, "PRAGMA quick_check(1)");
    let Some(row) = connection.query_one_raw(check).await? else {
        return Ok(None);
    };
    let text: String = row.try_get_by_index(0)?;
    Ok((text != "ok").then(|| text.split_whitespace().collect::<Vec<_>>().join(" ")))
}
