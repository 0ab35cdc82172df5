//! The one way to write.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, DatabaseTransaction, DbErr, Insert, TransactionTrait};
use tokio::sync::oneshot;

use super::connect::{Db, Writer};
use super::group::{Done, Job, stopped};

/// Runs `job` in a transaction: all of it is kept when it returns `Ok`, nothing otherwise, and
/// the answer comes after the commit.
///
/// Where the caller goes away, the job may still be kept. A job that panics is undone, and its
/// caller gets an error. On SQLite jobs share commits and run one at a time, so a job does nothing
/// slow but writing, and never calls `write` itself, which would wait for its own end. On
/// PostgreSQL they run beside each other under READ COMMITTED, so a row that may already be there
/// is inserted with [`insert_new`], never tried and caught: a statement that fails ends the
/// transaction there.
///
/// # Errors
/// The job's own, or the database's when it cannot begin or commit.
pub async fn write<T, E, F>(db: &Db, job: F) -> Result<T, E>
where
    F: AsyncFnOnce(&DatabaseTransaction) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<DbErr> + Send + 'static,
{
    match db.writer() {
        Writer::Group(group) => {
            let (sender, receiver) = oneshot::channel::<Result<T, E>>();
            let db = db.clone();
            let job: Job = Box::new(move |tx| {
                Box::pin(async move {
                    let result = job(tx).await;
                    let keep = result.is_ok();
                    let answer = Box::new(move |committed: Result<(), DbErr>| {
                        if keep && committed.is_ok() {
                            db.written();
                        }
                        let result = match committed {
                            Err(error) if keep => Err(E::from(error)),
                            _ => result,
                        };
                        // The caller may have gone away.
                        drop(sender.send(result));
                    });
                    Done { keep, answer }
                })
            });
            group.send(job).await?;
            receiver.await.map_err(|_| stopped())?
        }
        Writer::Closed => Err(E::from(read_only())),
        Writer::Pool(pool) => {
            let transaction = pool.begin().await?;
            let outcome = AssertUnwindSafe(async { job(&transaction).await })
                .catch_unwind()
                .await;
            match outcome {
                Ok(Ok(value)) => {
                    transaction.commit().await?;
                    db.written();
                    Ok(value)
                }
                Ok(Err(error)) => {
                    // The job's error says more than a failed rollback would; the server rolls
                    // back by itself when the connection ends.
                    drop(transaction.rollback().await);
                    Err(error)
                }
                Err(_) => {
                    drop(transaction.rollback().await);
                    Err(E::from(stopped()))
                }
            }
        }
    }
}

fn read_only() -> DbErr {
    DbErr::Custom("nothing was written: the database was opened for reading".to_owned())
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
