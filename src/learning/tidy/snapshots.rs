//! Texts of questions that no attempt was served: the course has moved on.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use time::{Duration, OffsetDateTime};
use uuid::{NoContext, Timestamp, Uuid};

use crate::db::entities::{attempts, question_snapshots};
use crate::db::{self, Db};
use crate::domain::ids::AttemptId;
use crate::learning::attempt::Served;

use super::{BATCH, PAGE, Sweep, Swept, add};

pub(super) async fn clear(db: &Db, sweep: Sweep, swept: &mut Swept) -> Result<(), DbErr> {
    // Ids of attempts are of the system's time, whatever the caller's clock says.
    let began = since(OffsetDateTime::now_utc() - Duration::minutes(10));
    let mut unneeded: HashSet<String> = question_snapshots::Entity::find()
        .select_only()
        .column(question_snapshots::Column::Hash)
        .into_tuple::<String>()
        .all(db.read())
        .await?
        .into_iter()
        .collect();
    let mut after = None;
    let mut seen = HashSet::new();
    while !unneeded.is_empty() {
        let page = page(db.read(), after).await?;
        let Some((last, _)) = page.last() else { break };
        after = Some(*last);
        take_out(&page, &mut seen, &mut unneeded);
    }
    let old: Vec<_> = unneeded.into_iter().collect();
    for some in old.chunks(BATCH) {
        let rows = match sweep {
            Sweep::Count => some.len() as u64,
            Sweep::Clear => {
                let some = some.to_vec();
                db::write(db, async move |tx| delete(tx, some, began).await).await?
            }
        };
        add(swept, "question_snapshots", rows);
    }
    Ok(())
}

/// What attempts were served, by id.
async fn page(
    db: &impl ConnectionTrait,
    after: Option<AttemptId>,
) -> Result<Vec<(AttemptId, String)>, DbErr> {
    use attempts::Column;
    let mut query = attempts::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Served]);
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    query
        .order_by_asc(Column::Id)
        .limit(PAGE)
        .into_tuple()
        .all(db)
        .await
}

/// Takes what attempts need out of what is not needed. Attempts at one edition of a quiz were
/// served the same text, which is read once.
fn take_out(page: &[(AttemptId, String)], seen: &mut HashSet<u64>, unneeded: &mut HashSet<String>) {
    for (_, served) in page {
        let mut hasher = DefaultHasher::new();
        served.hash(&mut hasher);
        if !seen.insert(hasher.finish()) {
            continue;
        }
        match serde_json::from_str::<Served>(served) {
            Ok(served) => {
                for question in served.questions {
                    unneeded.remove(&question.hash);
                }
            }
            // Better to keep too much.
            Err(_) => unneeded.retain(|hash| !served.contains(hash.as_str())),
        }
    }
}

/// Deletes those that no attempt needs that began meanwhile. An attempt puts its texts in before
/// itself, so on PostgreSQL whoever is doing so is waited for.
async fn delete(
    tx: &DatabaseTransaction,
    hashes: Vec<String>,
    began: AttemptId,
) -> Result<u64, DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("LOCK TABLE question_snapshots IN SHARE ROW EXCLUSIVE MODE")
            .await?;
    }
    let mut unneeded: HashSet<String> = hashes.into_iter().collect();
    let (mut after, mut seen) = (Some(began), HashSet::new());
    loop {
        let page = page(tx, after).await?;
        let Some((last, _)) = page.last() else { break };
        after = Some(*last);
        take_out(&page, &mut seen, &mut unneeded);
    }
    let rows = question_snapshots::Entity::delete_many()
        .filter(question_snapshots::Column::Hash.is_in(unneeded))
        .exec(tx)
        .await?;
    Ok(rows.rows_affected)
}

/// An id that comes before those made after an instant.
fn since(at: OffsetDateTime) -> AttemptId {
    let seconds = u64::try_from(at.unix_timestamp()).unwrap_or(0);
    AttemptId(Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, 0)))
}
