//! The one way to write.

use std::error::Error;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, Insert,
    TransactionTrait,
};
use tokio::sync::oneshot;

use super::audit;
use super::connect::{Db, WriteMode};
use super::fault::{gave_way, unavailable, undone};
use super::group::{Job, JobOutcome};

/// How often a job is run that another transaction made PostgreSQL undo.
const TRIES: u32 = 4;

/// Runs `job` in a transaction: all of it is kept when it returns `Ok`, nothing otherwise, and
/// the answer comes after the commit.
///
/// PostgreSQL undoes one of two transactions that wait for each other: its job is run again, on a
/// copy of what it has, up to [`TRIES`] times in all. So a job does nothing that its transaction does
/// not undo.
///
/// Where the caller goes away, the job may still be kept. A job that panics is undone, and its
/// caller gets an error. On SQLite jobs share commits and run one at a time, so a job does nothing
/// slow but writing, and never calls `write` itself, which would wait for its own end. On
/// PostgreSQL they run beside each other under READ COMMITTED, so a row that may already be there
/// is inserted with [`insert_new`], never tried and caught: a statement that fails ends the
/// transaction there.
///
/// An error of the database for which [`super::is_unavailable`] holds says that nothing was kept,
/// with one exception: where PostgreSQL goes away during the commit, nobody knows. Every write of
/// this program may be repeated (a submission's id, a unique key), so the caller is told to.
///
/// # Errors
/// The job's own, or the database's when it cannot begin or commit.
pub async fn write<T, E, F>(db: &Db, job: F) -> Result<T, E>
where
    F: AsyncFnOnce(&DatabaseTransaction) -> Result<T, E> + Clone + Send + 'static,
    T: Send + 'static,
    E: From<DbErr> + Error + Send + 'static,
{
    // In a box: callers are nested deep, and their futures hold this one.
    let written = Box::pin(run(db, true, job)).await?;
    audit::wrote();
    Ok(written)
}

/// [`write()`] for what is written of an act and changes nothing: whatever was read stands.
pub(super) async fn trace<F>(db: &Db, job: F) -> Result<(), DbErr>
where
    F: AsyncFnOnce(&DatabaseTransaction) -> Result<(), DbErr> + Clone + Send + 'static,
{
    run(db, false, job).await
}

async fn run<T, E, F>(db: &Db, changes: bool, job: F) -> Result<T, E>
where
    F: AsyncFnOnce(&DatabaseTransaction) -> Result<T, E> + Clone + Send + 'static,
    T: Send + 'static,
    E: From<DbErr> + Error + Send + 'static,
{
    let context = audit::context();
    match db.writer() {
        WriteMode::Group(..) if db.pulse().damaged() => Err(E::from(unavailable(
            "nothing was written: pages of the file are damaged",
        ))),
        WriteMode::Group(group, _) => {
            let (sender, receiver) = oneshot::channel::<Result<T, E>>();
            let db = db.clone();
            let job: Job = Box::new(move |tx| {
                Box::pin(async move {
                    let result = match tx {
                        Ok(tx) => audit::keeping(&db, context, tx, job(tx)).await,
                        Err(error) => {
                            db.pulse().failed();
                            Err(E::from(error))
                        }
                    };
                    let keep = result.is_ok();
                    let answer = Box::new(move |committed: Result<(), DbErr>| {
                        match &committed {
                            Ok(()) if keep && changes => db.written(),
                            Ok(()) => {}
                            Err(_) => db.pulse().failed(),
                        }
                        let result = match committed {
                            Err(error) if keep => Err(E::from(error)),
                            _ => result,
                        };
                        // The caller may have gone away.
                        drop(sender.send(result));
                    });
                    JobOutcome { keep, answer }
                })
            });
            group.send(job).await?;
            receiver.await.map_err(|_| panicked())?
        }
        WriteMode::Pool(pool) => {
            let mut tries = 1;
            let written = loop {
                let (job, context) = (job.clone(), context.clone());
                // In a box, as on SQLite: it runs on the stack of whoever answers the request.
                let job = async |tx: &DatabaseTransaction| {
                    audit::keeping(db, context, tx, Box::pin(job(tx))).await
                };
                match in_transaction(db, pool, job).await {
                    Err(error) if tries < TRIES && gave_way(&error) => tries += 1,
                    written => break written,
                }
            };
            if changes && written.is_ok() {
                db.written();
            }
            written
        }
        WriteMode::Closed => Err(E::from(read_only())),
    }
}

/// A transaction of PostgreSQL.
async fn in_transaction<T, E, F>(db: &Db, pool: &DatabaseConnection, job: F) -> Result<T, E>
where
    F: AsyncFnOnce(&DatabaseTransaction) -> Result<T, E>,
    E: From<DbErr>,
{
    let failed = |error: DbErr| {
        db.pulse().failed();
        E::from(error)
    };
    let waits = db.waits();
    let transaction = pool.begin().await.map_err(failed)?;
    drop(waits);
    let outcome = AssertUnwindSafe(async { job(&transaction).await })
        .catch_unwind()
        .await;
    match outcome {
        Ok(Ok(value)) => {
            if let Err(error) = stands(&transaction).await {
                drop(transaction.rollback().await);
                return Err(failed(error));
            }
            transaction
                .commit()
                .await
                .map_err(|error| failed(undone(error)))?;
            Ok(value)
        }
        Ok(Err(error)) => {
            // The job's error says more than a failed rollback would; the server rolls back by
            // itself when the connection ends.
            drop(transaction.rollback().await);
            Err(error)
        }
        Err(_) => {
            drop(transaction.rollback().await);
            Err(E::from(panicked()))
        }
    }
}

/// Fails unless a transaction is open that can be committed. PostgreSQL answers the COMMIT of a
/// transaction in which a statement failed with a ROLLBACK, which is no error to the driver; and
/// where the driver has lost count, its commit does nothing at all.
async fn stands(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    transaction
        .execute_unprepared("SAVEPOINT before_commit")
        .await?;
    Ok(())
}

fn read_only() -> DbErr {
    DbErr::Custom("nothing was written: the database was opened for reading".to_owned())
}

/// What a caller hears whose job panicked.
fn panicked() -> DbErr {
    DbErr::Custom("nothing was written: the job panicked".to_owned())
}

/// Inserts a row unless one with the same key, or the same value where values are unique, is
/// there; tells whether it put it in.
///
/// # Errors
/// The database's.
pub async fn insert_new<A>(tx: &DatabaseTransaction, row: A) -> Result<bool, DbErr>
where
    A: ActiveModelTrait,
{
    let rows = Insert::one(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(rows > 0)
}
