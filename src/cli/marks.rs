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
        Self::each(EVERY, db)
    }

    fn each(every: Duration, db: &Db) -> Self {
        let db = db.clone();
        let task = actix_web::rt::spawn({
            let db = db.clone();
            async move {
                let mut times = actix_web::rt::time::interval(every);
                loop {
                    times.tick().await;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citizens::Vault;
    use crate::db::audit::{Act, Action, trace, verify::verify};
    use uuid::Uuid;

    async fn act(db: &Db) -> anyhow::Result<()> {
        let act = Act {
            by: None,
            action: Action::SignedIn,
            subject: "account",
            id: Uuid::nil(),
            detail: "",
        };
        Ok(trace(db, act, OffsetDateTime::now_utc()).await?)
    }

    async fn checkpoints(db: &Db) -> anyhow::Result<usize> {
        let found = verify(db, None).await?;
        anyhow::ensure!(found.broken.is_none(), "{:?}", found.broken);
        Ok(found.checkpoints)
    }

    #[actix_web::test]
    async fn a_checkpoint_is_made_at_the_beginning_from_time_to_time_and_at_the_end()
    -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let url = format!("sqlite:{}", folder.path().join("prova.db").display());
        let db = crate::db::connect(&url).await?;
        crate::db::migrate(&db).await?;
        db.seal_audit_with(Vault::new(&[1; 32], &[2; 32])?.audit_sealer());
        assert_eq!(EVERY, Duration::from_secs(3_600));
        let marks = Marks::each(Duration::from_millis(20), &db);
        for expected in 1..=3 {
            for _ in 0..500 {
                if checkpoints(&db).await? >= expected {
                    break;
                }
                actix_web::rt::time::sleep(Duration::from_millis(10)).await;
            }
            assert_eq!(checkpoints(&db).await?, expected);
            // Where nothing was written since, there is no other one.
            actix_web::rt::time::sleep(Duration::from_millis(60)).await;
            assert_eq!(checkpoints(&db).await?, expected);
            act(&db).await?;
        }
        marks.task.abort();
        actix_web::rt::time::sleep(Duration::from_millis(60)).await;
        let before = checkpoints(&db).await?;
        act(&db).await?;
        marks.end().await;
        assert_eq!(checkpoints(&db).await?, before + 1);
        db.close().await?;
        Ok(())
    }
}
