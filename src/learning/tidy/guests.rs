//! Guests whom nobody will be again, with all they left.

use std::collections::{HashMap, HashSet};

use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, JoinType,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, SqlErr,
};
use time::OffsetDateTime;

use crate::db::entities::{
    answers, attempts, completions, learners, lesson_reads, services, sessions, takeovers,
};
use crate::db::{self, Db};
use crate::domain::ids::{CompletionId, LearnerId};
use crate::learning::takeover::UNDO;

use super::{BATCH, PAGE, Sweep, Swept, TidyKind, Times, add};

/// What a guest can be.
const KINDS: [TidyKind; 3] = [
    TidyKind::IdleGuest,
    TidyKind::Guest,
    TidyKind::CompletedGuest,
];

pub(super) async fn clear(
    db: &Db,
    sweep: Sweep,
    times: &Times,
    swept: &mut Swept,
) -> Result<(), DbErr> {
    let mut after = None;
    loop {
        let page = page(db, after).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.id);
        let ids: Vec<_> = page
            .iter()
            // Most came lately: what they did need not be looked at.
            .filter(|guest| {
                KINDS
                    .iter()
                    .any(|kind| times.is_over(*kind, guest.created_at))
            })
            .map(|guest| guest.id)
            .collect();
        for some in ids.chunks(BATCH) {
            match sweep {
                Sweep::Count => {
                    let old = old_among(db.read(), some, times).await?;
                    count(db.read(), &old, swept).await?;
                }
                Sweep::Clear => {
                    if old_among(db.read(), some, times).await?.is_empty() {
                        continue;
                    }
                    for (table, rows) in clear_each(db, some, times).await? {
                        add(swept, table, rows);
                    }
                }
            }
        }
    }
}

/// Learners who are nobody, by id.
async fn page(db: &Db, after: Option<LearnerId>) -> Result<Vec<learners::Model>, DbErr> {
    use learners::Column;
    let mut query = learners::Entity::find()
        .filter(Column::CitizenId.is_null())
        .filter(Column::AccountId.is_null());
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    query
        .order_by_asc(Column::Id)
        .limit(PAGE)
        .all(db.read())
        .await
}

/// What a guest did.
#[derive(Default)]
struct Trace {
    last: Option<OffsetDateTime>,
    did_something: bool,
    completed: bool,
}

impl Trace {
    fn at(&mut self, at: OffsetDateTime) {
        self.last = self.last.max(Some(at));
    }
}

/// Those of some learners who are guests still, and whose time is over.
async fn old_among(
    db: &impl ConnectionTrait,
    ids: &[LearnerId],
    times: &Times,
) -> Result<Vec<LearnerId>, DbErr> {
    let guests = learners::Entity::find()
        .filter(learners::Column::Id.is_in(ids.iter().copied()))
        .filter(learners::Column::CitizenId.is_null())
        .filter(learners::Column::AccountId.is_null())
        .order_by_asc(learners::Column::Id)
        .all(db)
        .await?;
    let mut traces: HashMap<LearnerId, Trace> = HashMap::new();
    for guest in &guests {
        traces.entry(guest.id).or_default().at(guest.created_at);
    }
    let reads = lesson_reads::Entity::find()
        .filter(lesson_reads::Column::LearnerId.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    for read in reads {
        let trace = traces.entry(read.learner_id).or_default();
        trace.did_something = true;
        trace.at(read.read_at);
    }
    let started: Vec<(LearnerId, OffsetDateTime)> = attempts::Entity::find()
        .select_only()
        .columns([attempts::Column::LearnerId, attempts::Column::StartedAt])
        .filter(attempts::Column::LearnerId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let answered: Vec<(LearnerId, OffsetDateTime)> = answers::Entity::find()
        .select_only()
        .column(attempts::Column::LearnerId)
        .column(answers::Column::AnsweredAt)
        .join(
            JoinType::InnerJoin,
            answers::Entity::belongs_to(attempts::Entity)
                .from(answers::Column::AttemptId)
                .to(attempts::Column::Id)
                .into(),
        )
        .filter(attempts::Column::LearnerId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    for (learner, at) in started.into_iter().chain(answered) {
        let trace = traces.entry(learner).or_default();
        trace.did_something = true;
        trace.at(at);
    }
    let done = completions::Entity::find()
        .filter(completions::Column::LearnerId.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    for completion in &done {
        let trace = traces.entry(completion.learner_id).or_default();
        (trace.did_something, trace.completed) = (true, true);
        trace.at(completion.completed_at);
    }
    let needed = needed(db, ids, &done, times.now).await?;
    let is_over = |guest: &learners::Model| {
        let trace = traces.get(&guest.id)?;
        let kind = match (trace.completed, trace.did_something) {
            (true, _) => TidyKind::CompletedGuest,
            (false, true) => TidyKind::Guest,
            (false, false) => TidyKind::IdleGuest,
        };
        Some(times.is_over(kind, trace.last?) && !needed.contains(&guest.id))
    };
    Ok(guests
        .iter()
        .filter(|guest| is_over(guest).unwrap_or(false))
        .map(|guest| guest.id)
        .collect())
}

/// The attempts of some learners: as a part of a statement, for one guest may have made many.
fn attempts_of(ids: &[LearnerId]) -> SelectStatement {
    use attempts::Column;
    attempts::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::LearnerId.is_in(ids.iter().copied()))
        .into_query()
}

/// Guests whom something else refers to: a service of the ledger, another learner, somebody whose
/// completion one of their attempts proves, or a person who took over what they did and may give it
/// back still. They stay.
async fn needed(
    db: &impl ConnectionTrait,
    ids: &[LearnerId],
    done: &[completions::Model],
    now: OffsetDateTime,
) -> Result<HashSet<LearnerId>, DbErr> {
    let counted: HashSet<Option<CompletionId>> = services::Entity::find()
        .select_only()
        .column(services::Column::CompletionId)
        .filter(services::Column::CompletionId.is_in(done.iter().map(|one| one.id)))
        .into_tuple()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let moved: Vec<Option<LearnerId>> = learners::Entity::find()
        .select_only()
        .column(learners::Column::MovedTo)
        .filter(learners::Column::MovedTo.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let taken: Vec<(LearnerId, OffsetDateTime)> = takeovers::Entity::find()
        .select_only()
        .columns([takeovers::Column::GuestId, takeovers::Column::TakenAt])
        .filter(takeovers::Column::GuestId.is_in(ids.iter().copied()))
        .filter(takeovers::Column::UndoneAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    let could_come_back = taken
        .into_iter()
        .filter(|(_, taken_at)| now - *taken_at <= UNDO)
        .map(|(guest, _)| guest);
    let of_ledger = done
        .iter()
        .filter(|one| counted.contains(&Some(one.id)))
        .map(|one| one.learner_id);
    let of_ledger = of_ledger
        .chain(could_come_back)
        .chain(prove_for_others(db, ids).await?);
    Ok(of_ledger.chain(moved.into_iter().flatten()).collect())
}

/// Those who made the attempt that proves the completion of somebody else.
async fn prove_for_others(
    db: &impl ConnectionTrait,
    ids: &[LearnerId],
) -> Result<Vec<LearnerId>, DbErr> {
    let rows: Vec<(LearnerId, LearnerId)> = completions::Entity::find()
        .select_only()
        .column_as(attempts::Column::LearnerId, "maker")
        .column(completions::Column::LearnerId)
        .join(
            JoinType::InnerJoin,
            completions::Entity::belongs_to(attempts::Entity)
                .from(completions::Column::AttemptId)
                .to(attempts::Column::Id)
                .into(),
        )
        .filter(attempts::Column::LearnerId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let others = rows.into_iter().filter(|(maker, whose)| maker != whose);
    Ok(others.map(|(maker, _)| maker).collect())
}

/// Whether something refers to what was to go. SQLite has a second code for it, which is read by its
/// words.
fn is_held(error: &DbErr) -> bool {
    matches!(
        error.sql_err(),
        Some(SqlErr::ForeignKeyConstraintViolation(_))
    ) || error.to_string().contains("FOREIGN KEY constraint failed")
}

/// [`clear_batch`]. Where something that was not foreseen refers to one of them, that one stays and
/// the others go.
async fn clear_each(db: &Db, ids: &[LearnerId], times: &Times) -> Result<Swept, DbErr> {
    match clear_batch(db, ids.to_vec(), times).await {
        Err(error) if is_held(&error) => {}
        done => return done,
    }
    let mut swept = Swept::new();
    for id in ids {
        match clear_batch(db, vec![*id], times).await {
            Ok(rows) => rows
                .into_iter()
                .for_each(|(table, rows)| add(&mut swept, table, rows)),
            Err(error) if is_held(&error) => {
                tracing::warn!(learner = %id, "something refers to a guest, who stays");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(swept)
}

/// Clears a batch; who came back since it was chosen is left alone.
async fn clear_batch(db: &Db, ids: Vec<LearnerId>, times: &Times) -> Result<Swept, DbErr> {
    let times = Times {
        rule: times.rule.clone(),
        now: times.now,
    };
    db::write(db, async move |tx| {
        // Whoever acts as one of them just now waits, and finds that they are gone.
        learners::Entity::find()
            .filter(learners::Column::Id.is_in(ids.iter().copied()))
            .order_by_asc(learners::Column::Id)
            .lock_exclusive()
            .all(tx)
            .await?;
        let old = old_among(tx, &ids, &times).await?;
        delete(tx, &old).await
    })
    .await
}

async fn delete(tx: &DatabaseTransaction, old: &[LearnerId]) -> Result<Swept, DbErr> {
    let mut swept = Swept::new();
    if old.is_empty() {
        return Ok(swept);
    }
    let learners = || old.iter().copied();
    let rows = answers::Entity::delete_many()
        .filter(answers::Column::AttemptId.in_subquery(attempts_of(old)))
        .exec(tx)
        .await?;
    add(&mut swept, "answers", rows.rows_affected);
    let rows = completions::Entity::delete_many()
        .filter(completions::Column::LearnerId.is_in(learners()))
        .exec(tx)
        .await?;
    add(&mut swept, "completions of guests", rows.rows_affected);
    let rows = attempts::Entity::delete_many()
        .filter(attempts::Column::LearnerId.is_in(learners()))
        .exec(tx)
        .await?;
    add(&mut swept, "attempts", rows.rows_affected);
    let rows = lesson_reads::Entity::delete_many()
        .filter(lesson_reads::Column::LearnerId.is_in(learners()))
        .exec(tx)
        .await?;
    add(&mut swept, "lesson_reads", rows.rows_affected);
    let rows = sessions::Entity::delete_many()
        .filter(sessions::Column::LearnerId.is_in(learners()))
        .exec(tx)
        .await?;
    add(&mut swept, "sessions", rows.rows_affected);
    let rows = learners::Entity::delete_many()
        .filter(learners::Column::Id.is_in(learners()))
        .exec(tx)
        .await?;
    add(&mut swept, "guests", rows.rows_affected);
    Ok(swept)
}

async fn count(
    db: &impl ConnectionTrait,
    old: &[LearnerId],
    swept: &mut Swept,
) -> Result<(), DbErr> {
    let learners = || old.iter().copied();
    let begun = attempts::Entity::find().filter(attempts::Column::LearnerId.is_in(learners()));
    let given =
        answers::Entity::find().filter(answers::Column::AttemptId.in_subquery(attempts_of(old)));
    let done = completions::Entity::find().filter(completions::Column::LearnerId.is_in(learners()));
    let reads =
        lesson_reads::Entity::find().filter(lesson_reads::Column::LearnerId.is_in(learners()));
    let open = sessions::Entity::find().filter(sessions::Column::LearnerId.is_in(learners()));
    let size = |rows: usize| u64::try_from(rows).unwrap_or(u64::MAX);
    for (table, rows) in [
        ("guests", size(old.len())),
        ("attempts", begun.count(db).await?),
        ("answers", given.count(db).await?),
        ("completions of guests", done.count(db).await?),
        ("lesson_reads", reads.count(db).await?),
        ("sessions", open.count(db).await?),
    ] {
        add(swept, table, rows);
    }
    Ok(())
}
