//! Group commit: one writer runs every job that waits in one transaction of SQLite.
//!
//! Each job runs in a savepoint, so that its mistake is its own; nobody is answered before the
//! commit, so that an answer means the disk has it. A durable commit costs the same for one job
//! and for two hundred.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use tokio::sync::{mpsc, oneshot};

/// The most jobs one commit carries.
const JOBS: usize = 256;
/// The longest the first job of a commit waits for the others.
const PATIENCE: Duration = Duration::from_millis(5);
/// Jobs that may wait before callers have to.
const QUEUE: usize = 1024;

/// What a job leaves behind: whether it is kept, and how its caller is told.
pub(super) struct Done {
    /// False undoes the job's savepoint.
    pub(super) keep: bool,
    /// Called once, after the commit or its failure.
    pub(super) answer: Box<dyn FnOnce(Result<(), DbErr>)>,
}

/// A write that waits. Dropping it unrun tells its caller that nothing was written.
pub(super) type Job =
    Box<dyn for<'t> FnOnce(&'t DatabaseTransaction) -> LocalBoxFuture<'t, Done> + Send>;

enum Message {
    Run(Job),
    Stop(oneshot::Sender<()>),
}

/// The way to the writer's thread.
#[derive(Debug)]
pub(super) struct Group(mpsc::Sender<Message>);

impl Group {
    /// Starts the writer on a thread of its own, which ends with the last `Group`.
    pub(super) async fn start(options: ConnectOptions) -> Result<Self, DbErr> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let (ready, started) = oneshot::channel();
        let failed = |error: std::io::Error| DbErr::Custom(format!("the writer: {error}"));
        std::thread::Builder::new()
            .name("autonomia-writer".to_owned())
            .spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build();
                match runtime {
                    Ok(runtime) => runtime.block_on(run(options, queue, ready)),
                    Err(error) => drop(ready.send(Err(failed(error)))),
                }
            })
            .map_err(failed)?;
        started.await.map_err(|_| stopped())??;
        Ok(Self(jobs))
    }

    /// Queues a job; waits while the queue is full.
    pub(super) async fn send(&self, job: Job) -> Result<(), DbErr> {
        let sent = self.0.send(Message::Run(job)).await;
        sent.map_err(|_| stopped())
    }

    /// Runs what waits, and stops the writer.
    pub(super) async fn close(&self) {
        let (done, wait) = oneshot::channel();
        if self.0.send(Message::Stop(done)).await.is_ok() {
            // An error means that the writer had already stopped.
            drop(wait.await);
        }
    }
}

/// What a caller hears when the writer went away without an answer.
pub(super) fn stopped() -> DbErr {
    DbErr::Custom("nothing was written: the database is closed".to_owned())
}

async fn run(
    options: ConnectOptions,
    mut queue: mpsc::Receiver<Message>,
    ready: oneshot::Sender<Result<(), DbErr>>,
) {
    let connection = match Database::connect(options).await {
        Ok(connection) => connection,
        Err(error) => return drop(ready.send(Err(error))),
    };
    if ready.send(Ok(())).is_err() {
        return;
    }
    let mut stop = None;
    while stop.is_none() {
        match queue.recv().await {
            Some(Message::Run(first)) => {
                stop = commit_together(&connection, first, &mut queue).await
            }
            Some(Message::Stop(done)) => stop = Some(done),
            None => break,
        }
    }
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "the writer's connection did not close in order");
    }
    if let Some(done) = stop {
        let _ = done.send(());
    }
}

/// Runs `first` and whatever waits behind it in one transaction, and answers everybody after its
/// commit. Returns the request to stop, if one was among them.
async fn commit_together(
    connection: &DatabaseConnection,
    first: Job,
    queue: &mut mpsc::Receiver<Message>,
) -> Option<oneshot::Sender<()>> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let transaction = match connection.begin_with_options(options).await {
        Ok(transaction) => transaction,
        Err(error) => {
            tracing::error!(%error, "a write could not begin");
            return None;
        }
    };
    let mut stop = None;
    let mut answers = Vec::new();
    let mut broken = None;
    let began = Instant::now();
    let mut next = Some(first);
    while let Some(job) = next.take() {
        match in_savepoint(&transaction, job).await {
            Ok(answer) => answers.push(answer),
            Err((error, answer)) => {
                answers.extend(answer);
                broken = Some(error);
                break;
            }
        }
        if answers.len() < JOBS && began.elapsed() < PATIENCE {
            match queue.try_recv() {
                Ok(Message::Run(job)) => next = Some(job),
                Ok(Message::Stop(done)) => stop = Some(done),
                Err(_) => {}
            }
        }
    }
    let committed = match broken {
        None => transaction.commit().await,
        Some(error) => {
            if let Err(error) = transaction.rollback().await {
                tracing::warn!(%error, "a broken transaction did not roll back in order");
            }
            Err(error)
        }
    };
    if let Err(error) = &committed {
        tracing::error!(%error, jobs = answers.len(), "writes were not committed");
    }
    for answer in answers {
        answer(committed.clone());
    }
    stop
}

type Answer = Box<dyn FnOnce(Result<(), DbErr>)>;

/// Runs one job in a savepoint. An error means that the savepoint itself failed, and with it the
/// whole transaction: a job that fails is undone and is no error here.
async fn in_savepoint(
    transaction: &DatabaseTransaction,
    job: Job,
) -> Result<Answer, (DbErr, Option<Answer>)> {
    let savepoint = transaction.begin().await.map_err(|error| (error, None))?;
    let outcome = AssertUnwindSafe(async { job(&savepoint).await })
        .catch_unwind()
        .await;
    let (ended, answer) = match outcome {
        Ok(Done { keep: true, answer }) => (savepoint.commit().await, Some(answer)),
        Ok(Done {
            keep: false,
            answer,
        }) => (savepoint.rollback().await, Some(answer)),
        // Its caller hears of it because the way to answer was dropped with the job.
        Err(_) => (savepoint.rollback().await, None),
    };
    match (ended, answer) {
        (Ok(()), Some(answer)) => Ok(answer),
        (Ok(()), None) => Ok(Box::new(|_| {})),
        (Err(error), answer) => Err((error, answer)),
    }
}
