//! While the program serves, the audit gets a checkpoint at the beginning, every hour and at the end.

use std::time::Duration;

use actix_web::rt::task::JoinHandle;
use time::OffsetDateTime;

use crate::db::Db;
use crate::db::audit::place::checkpoint;

/// How often.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// The task that makes them.
pub(super) struct Marks {
    db: Db,
    task: JoinHandle<()>,
}

impl Marks {
    /// Makes one now, and then every hour.
    pub(super) fn begin(db: &Db) -> Self {
        let db = db.clone();
        let task = actix_web::rt::spawn({
            let db = db.clone();
            async move {
                let mut hours = actix_web::rt::time::interval(EVERY);
                loop {
                    hours.tick().await;
                    mark(&db).await;
                }
            }
        });
        Self { db, task }
    }

    /// Makes the last one; the database is still open.
    pub(super) async fn end(self) {
        self.task.abort();
        mark(&self.db).await;
    }
}

/// Where this fails, the next one covers what it would have.
async fn mark(db: &Db) {
    if let Err(error) = checkpoint(db, OffsetDateTime::now_utc()).await {
        tracing::warn!(%error, "the audit got no checkpoint");
    }
}
