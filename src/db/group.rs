//! Group commit: one writer runs every job that waits in one transaction of SQLite.
//!
//! Each job runs in a savepoint, so that its mistake is its own; nobody is answered before the
//! commit, so that an answer means the disk has it. A durable commit costs the same for one job
//! and for two hundred.
//!
//! Where a begin, a commit, a savepoint or a rollback fails, SQLite may have ended the transaction
//! by itself, and the driver goes on counting it: every later "commit" would only release a
//! savepoint, and keep nothing. So that connection is never used again ([`super::writer`]).

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use tokio::sync::{mpsc, oneshot};

use super::fault::{unavailable, undone};
use super::writer::Writer;

/// The most jobs one commit carries.
const JOBS: usize = 256;
/// The longest the first job of a commit waits for the others.
const PATIENCE: Duration = Duration::from_millis(5);
/// Jobs that may wait before callers have to.
const QUEUE: usize = 1024;
/// How long a caller waits for a place in the queue.
const FULL: Duration = Duration::from_secs(2);
/// A writer with nothing to do looks after its files so often.
const IDLE: Duration = Duration::from_secs(1);

/// What a job leaves behind: whether it is kept, and how its caller is told.
pub(super) struct JobOutcome {
    /// False undoes the job's savepoint.
    pub(super) keep: bool,
    /// Called once, after the commit or its failure.
    pub(super) answer: Answer,
}

type Answer = Box<dyn FnOnce(Result<(), DbErr>)>;

/// A write that waits. It gets a transaction to write in, or the reason why there is none.
pub(super) type Job = Box<
    dyn for<'t> FnOnce(Result<&'t DatabaseTransaction, DbErr>) -> LocalBoxFuture<'t, JobOutcome>
        + Send,
>;

pub(super) enum GroupMessage {
    Run(Job),
    Stop(oneshot::Sender<()>),
}

/// The way to the writer's thread.
#[derive(Debug)]
pub(super) struct WriterGroup(mpsc::Sender<GroupMessage>);

impl WriterGroup {
    /// Starts the writer on a thread of its own, which ends with the last `WriterGroup`.
    pub(super) async fn start(writer: Writer) -> Result<Self, DbErr> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let (ready, started) = oneshot::channel();
        let failed = |error: std::io::Error| unavailable(format!("the writer: {error}"));
        std::thread::Builder::new()
            .name("autonomia-writer".to_owned())
            .spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build();
                match runtime {
                    Ok(runtime) => runtime.block_on(run(writer, queue, ready)),
                    Err(error) => drop(ready.send(Err(failed(error)))),
                }
            })
            .map_err(failed)?;
        started.await.map_err(|_| closed())??;
        Ok(Self(jobs))
    }

    /// Queues a job; waits a little while the queue is full.
    pub(super) async fn send(&self, job: Job) -> Result<(), DbErr> {
        match tokio::time::timeout(FULL, self.0.send(GroupMessage::Run(job))).await {
            Ok(sent) => sent.map_err(|_| closed()),
            Err(_) => Err(unavailable("nothing was written: too many writes wait")),
        }
    }

    /// How many jobs wait.
    pub(super) fn queued(&self) -> usize {
        self.0.max_capacity() - self.0.capacity()
    }

    /// Runs what waits, and stops the writer.
    pub(super) async fn close(&self) {
        let (done, wait) = oneshot::channel();
        if self.0.send(GroupMessage::Stop(done)).await.is_ok() {
            // An error means that the writer had already stopped.
            drop(wait.await);
        }
    }
}

/// What a caller hears when the writer is not there any more.
pub(super) fn closed() -> DbErr {
    unavailable("nothing was written: the database is closed")
}

async fn run(
    mut writer: Writer,
    mut queue: mpsc::Receiver<GroupMessage>,
    ready: oneshot::Sender<Result<(), DbErr>>,
) {
    let opened = writer.open().await;
    let failed = opened.is_err();
    if ready.send(opened).is_err() || failed {
        return;
    }
    let mut stop = None;
    while stop.is_none() {
        match tokio::time::timeout(IDLE, queue.recv()).await {
            Ok(Some(GroupMessage::Run(first))) => {
                stop = serve(&mut writer, first, &mut queue).await
            }
            Ok(Some(GroupMessage::Stop(done))) => stop = Some(done),
            Ok(None) => break,
            Err(_) => writer.look_after_files().await,
        }
    }
    writer.close().await;
    if let Some(done) = stop {
        let _ = done.send(());
    }
}

/// Runs what waits, or says to all of it why it cannot be run. Returns the request to stop, if one
/// was among it.
async fn serve(
    writer: &mut Writer,
    first: Job,
    queue: &mut mpsc::Receiver<GroupMessage>,
) -> Option<oneshot::Sender<()>> {
    let connection = match writer.connection().await {
        Ok(connection) => connection,
        Err(error) => return refuse(first, queue, &error).await,
    };
    let transaction = match begin(connection).await {
        Ok(transaction) => transaction,
        Err(error) => {
            writer.broke(error.clone()).await;
            // Those behind would each wait as long for the same.
            return refuse(first, queue, &error).await;
        }
    };
    let Batch {
        answers,
        stop,
        broken,
    } = run_together(&transaction, first, queue).await;
    let committed = match broken {
        None => transaction.commit().await,
        Some(error) => {
            // Of no use after the first failure, and the connection is closed in any case.
            drop(transaction.rollback().await);
            Err(error)
        }
    };
    let committed = match committed {
        Ok(()) => writer.committed().await,
        Err(error) => {
            writer.broke(error.clone()).await;
            Err(undone(error))
        }
    };
    for answer in answers {
        answer(committed.clone());
    }
    stop
}

/// Begins a transaction that holds the one lock for writing.
pub(super) async fn begin(connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    connection.begin_with_options(options).await
}

/// Tells a job, and all that wait behind it, that nothing can be written now.
async fn refuse(
    first: Job,
    queue: &mut mpsc::Receiver<GroupMessage>,
    error: &DbErr,
) -> Option<oneshot::Sender<()>> {
    // Those who are answered may ask again at once: that is another try.
    let mut waiting = vec![GroupMessage::Run(first)];
    while let Ok(message) = queue.try_recv() {
        waiting.push(message);
    }
    let mut stop = None;
    for message in waiting {
        match message {
            GroupMessage::Run(job) => {
                let done = job(Err(undone(error.clone()))).await;
                (done.answer)(Ok(()));
            }
            GroupMessage::Stop(done) => stop = Some(done),
        }
    }
    stop
}

/// What came of the jobs of one transaction, before its commit.
struct Batch {
    answers: Vec<Answer>,
    stop: Option<oneshot::Sender<()>>,
    /// Why the transaction must not be committed.
    broken: Option<DbErr>,
}

/// Runs `first` and whatever waits behind it.
async fn run_together(
    transaction: &DatabaseTransaction,
    first: Job,
    queue: &mut mpsc::Receiver<GroupMessage>,
) -> Batch {
    let mut batch = Batch {
        answers: Vec::new(),
        stop: None,
        broken: None,
    };
    let began = Instant::now();
    let mut next = Some(first);
    while let Some(job) = next.take() {
        match in_savepoint(transaction, job).await {
            Ok(answer) => batch.answers.push(answer),
            Err((error, answer)) => {
                batch.answers.extend(answer);
                batch.broken = Some(error);
                break;
            }
        }
        if batch.answers.len() < JOBS && began.elapsed() < PATIENCE {
            match queue.try_recv() {
                Ok(GroupMessage::Run(job)) => next = Some(job),
                Ok(GroupMessage::Stop(done)) => batch.stop = Some(done),
                Err(_) => {}
            }
        }
    }
    batch
}

/// Runs one job in a savepoint. An error means that the savepoint itself failed, and with it the
/// whole transaction: a job that fails is undone and is no error here.
async fn in_savepoint(
    transaction: &DatabaseTransaction,
    job: Job,
) -> Result<Answer, (DbErr, Option<Answer>)> {
    let savepoint = match transaction.begin().await {
        Ok(savepoint) => savepoint,
        Err(error) => {
            let done = job(Err(undone(error.clone()))).await;
            return Err((error, Some(done.answer)));
        }
    };
    let outcome = AssertUnwindSafe(async { job(Ok(&savepoint)).await })
        .catch_unwind()
        .await;
    let (ended, answer) = match outcome {
        Ok(JobOutcome { keep: true, answer }) => (savepoint.commit().await, Some(answer)),
        Ok(JobOutcome {
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
