//! How each kind of connection is set up.

use std::time::Duration;

use sea_orm::sqlx;
use sea_orm::sqlx::ConnectOptions as _;
use sea_orm::sqlx::Connection as _;
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectOptions, DbErr, RuntimeErr};

use super::fault::unavailable;
use super::files::sqlite_path;

/// How long SQLite waits for another process's write, and PostgreSQL for another's row.
const BUSY: Duration = Duration::from_secs(10);
/// How long a request waits for a connection to PostgreSQL: it is told soon that there is none.
const ACQUIRE: Duration = Duration::from_millis(1500);

/// One connection that may write. A SQLite file must be there.
pub(super) fn write_options(url: &str) -> ConnectOptions {
    if sqlite_path(url).is_none() {
        return postgres_options(url, 1);
    }
    let mut options = sqlite_options(url, 1);
    options.map_sqlx_sqlite_opts(|o| {
        // FULL, not NORMAL: an answer that was confirmed survives a power cut.
        tuned(o)
            .foreign_keys(true)
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
    });
    options
}

/// The connections that read a SQLite file. `only`: no writer stands beside them.
pub(super) fn read_options(url: &str, connections: u32, only: bool) -> ConnectOptions {
    let mut options = sqlite_options(url, connections);
    options.map_sqlx_sqlite_opts(move |o| {
        let o = tuned(o).pragma("query_only", "ON");
        if only { o.read_only(true) } else { o }
    });
    options
}

/// The connection that reads a SQLite file which nobody can change.
pub(super) fn unchanging_options(url: &str) -> ConnectOptions {
    let mut options = sqlite_options(url, 1);
    options.map_sqlx_sqlite_opts(|o| {
        tuned(o)
            .pragma("query_only", "ON")
            .read_only(true)
            .immutable(true)
    });
    options
}

/// As much of a SQLite file as is ever mapped, in bytes.
const MAPPED: &str = "2147418112";

/// What every connection to a SQLite file has in common.
fn tuned(options: SqliteConnectOptions) -> SqliteConnectOptions {
    // Pages are read where the system has them: to copy them, connections wait for each other.
    options
        .create_if_missing(false)
        .busy_timeout(BUSY)
        .pragma("mmap_size", MAPPED)
}

fn sqlite_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        // All at once and for ever: one that is opened later may find another file under the name.
        .min_connections(connections)
        .max_lifetime(None)
        .idle_timeout(None)
        .acquire_timeout(BUSY)
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .test_before_acquire(false);
    options
}

/// The connections that read a PostgreSQL database.
pub(super) fn postgres_read_options(url: &str) -> ConnectOptions {
    let mut options = postgres_options(url, 16);
    options.map_sqlx_postgres_opts(|o| {
        o.options([
            ("default_transaction_read_only", "on"),
            // Many short questions at once: helpers for one are taken from the others.
            ("max_parallel_workers_per_gather", "0"),
        ])
    });
    options
}

/// The connections that write to a PostgreSQL database.
pub(super) fn postgres_write_options(url: &str) -> ConnectOptions {
    let mut options = postgres_options(url, 24);
    options
        .map_sqlx_postgres_opts(|o| o.options([("lock_timeout", BUSY.as_millis().to_string())]))
        .map_sqlx_postgres_pool_opts(|o| {
            // A connection that the driver believes to be in a transaction would only set
            // savepoints in it.
            o.after_release(|connection, _| {
                let in_transaction = connection.is_in_transaction();
                Box::pin(async move { Ok(!in_transaction) })
            })
        });
    options
}

/// What every connection to a PostgreSQL database has in common.
pub(super) fn postgres_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(0)
        .acquire_timeout(ACQUIRE)
        .sqlx_logging(false)
        .record_stmt_in_spans(false);
    options
}

/// Connects once to a PostgreSQL database, to hear what it says.
pub(super) async fn one_connection(url: &str) -> Result<(), DbErr> {
    let failed = |error: sqlx::Error| DbErr::Conn(RuntimeErr::SqlxError(error.into()));
    let options: PgConnectOptions = url.parse().map_err(failed)?;
    let connected = tokio::time::timeout(BUSY, options.connect()).await;
    let Ok(connected) = connected else {
        return Err(unavailable("PostgreSQL does not answer"));
    };
    connected.map_err(failed)?.close().await.map_err(failed)
}

/// Whether an error may be of a server that is not up yet.
pub(super) fn may_be_starting(error: &DbErr) -> bool {
    let DbErr::Conn(RuntimeErr::SqlxError(error)) = error else {
        return false;
    };
    match &**error {
        sqlx::Error::Io(error) => error.kind() == std::io::ErrorKind::ConnectionRefused,
        sqlx::Error::Database(error) => error.code().as_deref() == Some("57P03"),
        _ => false,
    }
}
