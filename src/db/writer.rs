//! The one connection that may write to a SQLite file: opened, looked after, and given up when
//! something about it failed.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement,
};

use super::fault::unavailable;
use super::group;
use super::place::{DatabaseFiles, Lost};

/// The pause after a first failure; it doubles up to [`LONGEST`].
const PAUSE: Duration = Duration::from_millis(50);
/// Even a long failure is over for everybody a second after its cause.
const LONGEST: Duration = Duration::from_secs(1);
/// A connection that is given up has so long to close.
const CLOSING: Duration = Duration::from_secs(2);

/// The connection and what is known of it.
pub(super) struct Writer {
    options: ConnectOptions,
    place: Arc<DatabaseFiles>,
    connection: Option<DatabaseConnection>,
    pause: Duration,
    /// Until when nothing is tried, and why.
    closed: Option<(Instant, DbErr)>,
    /// The log is away, and what was in it has been brought into the database.
    rescued: bool,
}

impl Writer {
    /// A writer that is not open yet.
    pub(super) fn new(options: ConnectOptions, place: Arc<DatabaseFiles>) -> Self {
        Self {
            options,
            place,
            connection: None,
            pause: PAUSE,
            closed: None,
            rescued: false,
        }
    }

    /// Opens the first connection. There is nothing to doubt about it, so nothing is written.
    pub(super) async fn open(&mut self) -> Result<(), DbErr> {
        self.connection = Some(Database::connect(self.options.clone()).await?);
        self.files_are_there().await
    }

    /// A connection that can be trusted; a new one where the last failed.
    ///
    /// # Errors
    /// When nothing can be written now. Between two tries the answer is at once.
    pub(super) async fn connection(&mut self) -> Result<&DatabaseConnection, DbErr> {
        if let Some((until, why)) = &self.closed
            && Instant::now() < *until
        {
            return Err(why.clone());
        }
        self.files_are_there().await?;
        if self.connection.is_none() {
            match reopen(&self.options).await {
                Ok(connection) => {
                    tracing::info!("a new connection writes");
                    self.connection = Some(connection);
                    self.closed = None;
                }
                Err(error) => {
                    self.wait(error.clone());
                    return Err(error);
                }
            }
        }
        self.connection.as_ref().ok_or_else(group::closed)
    }

    /// A commit succeeded: whether it is in the files that will be opened next time.
    pub(super) async fn committed(&mut self) -> Result<(), DbErr> {
        self.pause = PAUSE;
        match self.files_are_there().await {
            // What was committed is in the database by now.
            Err(_) if self.rescued => Ok(()),
            kept => kept,
        }
    }

    /// A begin, commit, savepoint or rollback failed: whatever state the connection says it is in
    /// may be wrong, so it is closed, which undoes what was open.
    pub(super) async fn broke(&mut self, error: DbErr) {
        tracing::error!(%error, "nothing was written: the connection is given up");
        if let Some(connection) = self.connection.take() {
            close(connection).await;
        }
        self.wait(error);
    }

    /// Nothing waits: whether the files are still there.
    pub(super) async fn look_after_files(&mut self) {
        // Whoever writes next is told.
        let _ = self.files_are_there().await;
    }

    /// Closes the connection in order.
    pub(super) async fn close(&mut self) {
        if let Some(connection) = self.connection.take() {
            close(connection).await;
        }
    }

    fn wait(&mut self, why: DbErr) {
        self.closed = Some((Instant::now() + self.pause, why));
        self.pause = (self.pause * 2).min(LONGEST);
    }

    /// Refuses to write into files that nobody will find again.
    async fn files_are_there(&mut self) -> Result<(), DbErr> {
        match self.place.check() {
            Ok(()) => {
                self.rescued = false;
                Ok(())
            }
            Err(Lost::Database) => Err(unavailable(
                "nothing is written: the database file was moved, replaced or deleted",
            )),
            Err(Lost::Log) => {
                if !self.rescued {
                    self.rescue().await;
                }
                Err(unavailable(
                    "nothing is written: the database's -wal or -shm file was moved or deleted; \
                     the program has to be started again",
                ))
            }
        }
    }

    /// The log's name is gone, but this connection still has it open: what is committed there goes
    /// into the database, where the next start finds it.
    async fn rescue(&mut self) {
        let Some(connection) = &self.connection else {
            return;
        };
        match checkpoint(connection).await {
            Ok(true) => {
                self.rescued = true;
                tracing::error!(
                    "the database's -wal or -shm file is gone: what it held was brought into the \
                     database, and nothing more is written; start the program again"
                );
            }
            Ok(false) => tracing::error!("the database's -wal file is gone, and a part of it too"),
            Err(error) => tracing::error!(%error, "the database's -wal file is gone"),
        }
    }
}

/// Opens a connection and proves that it writes: a small transaction is begun, which fails inside
/// another one, and committed to the disk.
async fn reopen(options: &ConnectOptions) -> Result<DatabaseConnection, DbErr> {
    let connection = Database::connect(options.clone()).await?;
    match prove(&connection).await {
        Ok(()) => Ok(connection),
        Err(error) => {
            close(connection).await;
            Err(error)
        }
    }
}

async fn prove(connection: &DatabaseConnection) -> Result<(), DbErr> {
    let transaction = group::begin(connection).await?;
    touch(&transaction).await?;
    transaction.commit().await
}

/// Writes the first page as it was.
pub(super) async fn touch(connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    let version = Statement::from_string(DbBackend::Sqlite, "PRAGMA user_version");
    let version: i32 = match connection.query_one_raw(version).await? {
        Some(row) => row.try_get_by_index(0)?,
        None => 0,
    };
    let same = format!("PRAGMA user_version = {version}");
    connection.execute_unprepared(&same).await?;
    Ok(())
}

/// Brings the whole log into the database; false where a part of it stayed behind.
async fn checkpoint(connection: &DatabaseConnection) -> Result<bool, DbErr> {
    let all = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(FULL)");
    let Some(row) = connection.query_one_raw(all).await? else {
        return Ok(false);
    };
    let (busy, frames, moved): (i32, i32, i32) = (
        row.try_get_by_index(0)?,
        row.try_get_by_index(1)?,
        row.try_get_by_index(2)?,
    );
    Ok(busy == 0 && frames == moved)
}

/// Waits until the file is let go of: an open transaction would keep the next connection out.
async fn close(connection: DatabaseConnection) {
    match tokio::time::timeout(CLOSING, connection.close()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "a connection did not close in order"),
        Err(_) => tracing::warn!("a connection does not close"),
    }
}
