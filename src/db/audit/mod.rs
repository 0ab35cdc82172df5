//! Who did what to whom, and who looked at it: rows that are only ever added, each one chained to
//! the one before by its hash.
//!
//! - [`note()`] remembers an act in the transaction of the act itself. It only queues the row:
//!   `db::write` appends what a job noted at the job's end, so that on PostgreSQL the head of the
//!   chain is the last lock a transaction takes and nobody who holds it waits for another lock.
//! - [`saw`] remembers that personal data were read. What reads them calls it, so that no page can
//!   forget to; [`settle`] writes these rows before the answer leaves. What cannot be written down
//!   is not shown.
//! - [`Context`] knows who acts, and through what: each row has it.
//! - [`Action`] is the list of what can be written down.
//! - [`chain`] says what is hashed; [`seal`] seals its end under a key that the database does not
//!   have, [`place`] keeps checkpoints; [`mod@verify`] recomputes the chain and compares.
//!
//! The table has no foreign keys: a check of one is a lock that would be taken after the head's,
//! and the audit outlives what it speaks of. It holds ids and never names, so that a record that is
//! erased leaves an id here that means nothing.

pub mod chain;
mod action;
mod context;
mod guards;
pub mod place;
pub mod seal;
pub mod verify;

use std::cell::RefCell;
use std::sync::Arc;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QuerySelect,
};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::domain::calendar::rome_day;
use crate::domain::ids::{AccountId, CitizenId};

use super::entities::{audit, audit_head};
use super::{Db, instant};

use seal::Sealer;

pub use action::Action;
pub(super) use context::wrote;
pub use context::{
    AccessRefused, Context, ShownPeople, Through, at, context, counted, list_seen, saw, within,
};

/// The one row of `audit_head`.
const HEAD: i32 = 1;

/// Rows in one statement.
const AT_ONCE: usize = 1_000;

/// An act worth remembering.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// Who did it; `None` for the citizen's own act, the shell's or the program's.
    pub by: Option<AccountId>,
    /// What was done.
    pub action: Action,
    /// The table of the subject, in the singular.
    pub subject: &'static str,
    /// The subject's id; nil where it is about nobody in particular.
    pub id: Uuid,
    /// What else matters, without names or codes of people.
    pub detail: &'a str,
}

tokio::task_local! {
    /// What the job that runs has noted so far.
    static NOTED: RefCell<Vec<audit::Model>>;
}

/// Remembers an act: its row is appended at the end of the `db::write` that it is noted in, and
/// with nothing else of a job that fails.
///
/// # Errors
/// The database's, outside of `db::write`.
pub async fn note(
    tx: &DatabaseTransaction,
    act: Act<'_>,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let context = context::context();
    if let Some(context) = &context {
        context.acted(act.subject, act.id);
    }
    let row = row(&act, context.as_deref(), now);
    let queued = NOTED.try_with(|noted| noted.borrow_mut().push(row.clone()));
    match queued {
        Ok(()) => Ok(()),
        Err(_) => append(tx, vec![row], None).await,
    }
}

/// [`note()`] of an act, and for each citizen it touches a row of what it is to them, with the id of
/// the act's subject.
///
/// # Errors
/// As there.
pub async fn note_to_each(
    tx: &DatabaseTransaction,
    act: Act<'_>,
    to_each: Action,
    citizens: impl IntoIterator<Item = CitizenId>,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    note(tx, act, now).await?;
    let detail = &act.id.to_string();
    for citizen in citizens {
        let about = Act {
            action: to_each,
            subject: "citizen",
            id: citizen.0,
            detail,
            ..act
        };
        note(tx, about, now).await?;
    }
    Ok(())
}

/// Runs a job of `db::write` in what it was called from, and appends what it noted.
pub(super) async fn keeping<T, E>(
    db: &Db,
    context: Option<Arc<Context>>,
    tx: &DatabaseTransaction,
    job: impl Future<Output = Result<T, E>>,
) -> Result<T, E>
where
    E: From<DbErr>,
{
    let work = async {
        let result = Box::pin(job).await?;
        let noted = NOTED.with(RefCell::take);
        append(tx, noted, db.sealer()).await?;
        Ok(result)
    };
    let work = NOTED.scope(RefCell::default(), work);
    match context {
        Some(context) => within(context, work).await,
        None => work.await,
    }
}

/// Writes down what was read since the beginning of the context, which is empty then.
///
/// # Errors
/// The database's: what was read must not be shown.
pub async fn settle(db: &Db, context: &Context, now: OffsetDateTime) -> Result<(), DbErr> {
    let (by, seen) = context.take_seen();
    let rows = seen.iter().map(|one| row(&one.act(by), Some(context), now));
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Ok(());
    }
    let sealer = db.sealer().cloned();
    super::write::trace(db, async move |tx| append(tx, rows, sealer.as_ref()).await).await
}

/// Writes a row by itself, for what changes nothing else: a failed sign-in, a refusal.
///
/// # Errors
/// The database's.
pub async fn trace(db: &Db, act: Act<'_>, now: OffsetDateTime) -> Result<(), DbErr> {
    let row = row(&act, context::context().as_deref(), now);
    let sealer = db.sealer().cloned();
    super::write::trace(db, async move |tx| {
        append(tx, vec![row], sealer.as_ref()).await
    })
    .await
}

fn row(act: &Act<'_>, context: Option<&Context>, now: OffsetDateTime) -> audit::Model {
    let who = context
        .map(|context| context.who(act.by))
        .unwrap_or_default();
    audit::Model {
        // Sequence and hash come with the place in the chain.
        sequence: 0,
        hash: Vec::new(),
        at: instant(now),
        day: rome_day(now),
        account_id: act.by,
        role: who.role,
        through: who.through.name().to_owned(),
        session_id: who.session,
        point_id: who.point,
        action: act.action.name().to_owned(),
        subject_kind: act.subject.to_owned(),
        subject_id: match act.id.is_nil() {
            true => String::new(),
            false => act.id.to_string(),
        },
        detail: act.detail.to_owned(),
    }
}

/// The head, which nobody else appends to until the transaction ends.
async fn hold_head(tx: &DatabaseTransaction) -> Result<audit_head::Model, DbErr> {
    audit_head::Entity::find_by_id(HEAD)
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("the head of the audit".to_owned()))
}

/// Chains rows to the head, in their order, and seals it where what was there has a seal that fits:
/// a broken one is never made good.
async fn append(
    tx: &DatabaseTransaction,
    mut rows: Vec<audit::Model>,
    sealer: Option<&Sealer>,
) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    let head = hold_head(tx).await?;
    let sealer = match sealer {
        Some(sealer) if seal::state(tx, &head, sealer).await?.fits() => Some(sealer),
        _ => None,
    };
    let (mut sequence, mut hash) = (head.sequence, head.hash.clone());
    for row in &mut rows {
        sequence += 1;
        row.sequence = sequence;
        hash = chain::hash(&hash, row);
        row.hash.clone_from(&hash);
    }
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some = rows.by_ref().take(AT_ONCE);
        let some = some.map(|row| row.into_active_model().reset_all());
        audit::Entity::insert_many(some)
            .exec_without_returning(tx)
            .await?;
    }
    let mut head = head.into_active_model();
    if let Some(sealer) = sealer {
        head.sealed_sequence = Set(sequence);
        head.seal = Set(Some(sealer.seal(&seal::of_head(sequence, &hash))));
    }
    head.sequence = Set(sequence);
    head.hash = Set(hash);
    head.update(tx).await?;
    Ok(())
}
