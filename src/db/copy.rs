//! A copy of a SQLite database while others write to it, and whether a database is whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, Statement};

use super::Db;
use super::files::{private_file, sqlite_file, sync_folder_of};

/// Writes a copy of the database to `to`: as it is at one moment, everything in it that was
/// answered before. Writers go on meanwhile. It is checked, on the disk, and readable by its owner
/// only before it has its name.
///
/// # Errors
/// When `to` is there already, the database is not a SQLite file, there is no room, or the copy is
/// not whole; nothing is left behind then.
pub async fn copy(db: &Db, to: &Path) -> Result<(), DbErr> {
    let Some(from) = sqlite_file(db.url()) else {
        return Err(DbErr::Custom("only a SQLite database is a file".to_owned()));
    };
    if to.exists() {
        let text = format!("{} is there already", to.display());
        return Err(DbErr::Custom(text));
    }
    let partial = beside(to, ".partial");
    let done = write_copy(&from, &partial, to).await;
    if done.is_err() {
        // What is said is why it failed, not that this is left.
        let _ = fs::remove_file(&partial);
    }
    done
}

async fn write_copy(from: &Path, partial: &Path, to: &Path) -> Result<(), DbErr> {
    // Empty and for its owner alone: SQLite writes into it.
    private_file(partial).map_err(|error| failed("make", partial, &error))?;
    let source = open(from, false).await?;
    let name = partial.to_str().ok_or_else(|| {
        let text = format!("{} is not a name in UTF-8", partial.display());
        DbErr::Custom(text)
    })?;
    let vacuum = Statement::from_sql_and_values(
        source.get_database_backend(),
        "VACUUM INTO ?",
        [name.into()],
    );
    source.execute_raw(vacuum).await?;
    source.close().await?;
    let copied = open(partial, true).await?;
    whole(&copied).await?;
    copied.close().await?;
    let synced = fs::File::open(partial).and_then(|file| file.sync_all());
    synced.map_err(|error| failed("keep", partial, &error))?;
    // A link does not overwrite, as a renaming would.
    fs::hard_link(partial, to)
        .and_then(|()| fs::remove_file(partial))
        .or_else(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => Err(error),
            // A file system without links.
            _ => fs::rename(partial, to),
        })
        .and_then(|()| sync_folder_of(to))
        .map_err(|error| failed("make", to, &error))
}

/// Whether every page and every index of a database is whole, and every row that another refers to
/// is there.
///
/// # Errors
/// When it is not, naming the first fault.
pub async fn check_whole(db: &Db) -> Result<(), DbErr> {
    whole(db.read()).await
}

async fn whole(connection: &DatabaseConnection) -> Result<(), DbErr> {
    let backend = connection.get_database_backend();
    for (pragma, good) in [("integrity_check(1)", "ok"), ("foreign_key_check", "")] {
        let ask = Statement::from_string(backend, format!("PRAGMA {pragma}"));
        let said: String = match connection.query_one_raw(ask).await? {
            Some(row) => row.try_get_by_index(0)?,
            None => String::new(),
        };
        if said != good {
            let text = format!("the database is damaged ({pragma}: {said})");
            return Err(DbErr::Custom(text));
        }
    }
    Ok(())
}

/// One connection to a file that is there.
async fn open(file: &Path, read_only: bool) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new("sqlite::memory:");
    let file = file.to_owned();
    options
        .max_connections(1)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |_| {
            SqliteConnectOptions::new()
                .filename(&file)
                .create_if_missing(false)
                .read_only(read_only)
                .busy_timeout(std::time::Duration::from_secs(10))
        });
    Database::connect(options).await
}

/// A name beside another one.
#[must_use]
pub fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn failed(act: &str, path: &Path, error: &io::Error) -> DbErr {
    DbErr::Custom(format!("cannot {act} {}: {error}", path.display()))
}
