//! Clearing what counted for nothing and nobody will come back to: guests, sessions, quizzes that
//! were begun and left, links, answered reports, wrong PINs that no longer matter, texts of questions
//! that no attempt needs.
//!
//! For how long each is kept is data (table `retention`). What counted is never touched: services,
//! citizens, their completions, the audit. Rows go in small batches, each a write of its own, so
//! that nobody waits long behind one; where it stops in the middle, the next time goes on.

mod guests;
mod rest;
mod snapshots;
mod tries;

use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{Condition, DbErr, EntityTrait, QueryFilter, QueryOrder};
use time::{Duration, OffsetDateTime};

use crate::db::audit::{Act, Action, note};
use crate::db::entities::retention;
use crate::db::{self, Db, installation};

/// Rows that are looked at together.
const PAGE: u64 = 500;
/// Rows of one kind that one write clears, with what belongs to them.
const BATCH: usize = 200;

/// What is cleared, each after its own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TidyKind {
    /// A guest who read and answered nothing, from the day they came.
    IdleGuest,
    /// A guest's progress, from the last thing they did.
    Guest,
    /// A guest who completed something, which has not counted and could only count with their
    /// session: from the last thing they did.
    CompletedGuest,
    /// A session, from its end.
    Session,
    /// A quiz that was begun and left, from the last answer.
    Attempt,
    /// A link to set a password, from its use or its end.
    AccountLink,
    /// A report about a page, from its answer.
    Report,
    /// Wrong PINs at a code that opens nothing, from the last one; an address that a card was opened
    /// from, from the day it is no longer usual.
    CardTry,
    /// Wrong PINs from an address, from when they no longer keep it busy.
    AddressTry,
    /// Words that were looked for in the lessons and not found, from their week.
    MissedSearch,
    /// The record of a person, from the end of their last programme, unless that says otherwise
    /// ([`retention`](super::retention)).
    Citizen,
}

impl TidyKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::IdleGuest,
        Self::Guest,
        Self::CompletedGuest,
        Self::Session,
        Self::Attempt,
        Self::AccountLink,
        Self::Report,
        Self::CardTry,
        Self::AddressTry,
        Self::MissedSearch,
        Self::Citizen,
    ];

    /// The name in the table and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::IdleGuest => "guest-idle",
            Self::Guest => "guest",
            Self::CompletedGuest => "guest-completed",
            Self::Session => "session",
            Self::Attempt => "attempt",
            Self::AccountLink => "account-link",
            Self::Report => "report",
            Self::CardTry => "card-try",
            Self::AddressTry => "address-try",
            Self::MissedSearch => "missed-search",
            Self::Citizen => "citizen",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Five years after the end of a programme, as the accounts of European funds are kept (Regulation
/// (EU, Euratom) 2024/2509, article 133), unless the table says otherwise.
const PEOPLE: u32 = 1_826;

/// Half a year: long enough to write the lesson that is missing, and to see whether it helped.
const WORDS: u32 = 180;

/// The installation's rule: for how many days each kind is kept. A kind without an entry is kept for
/// ever, but for [`TidyKind::Citizen`], which then is kept for five years, and
/// [`TidyKind::MissedSearch`], for half a year.
pub type Retention = BTreeMap<TidyKind, u32>;

/// What was cleared, or would be: rows by table.
pub type Swept = BTreeMap<&'static str, u64>;

/// Whether rows are cleared or only counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sweep {
    /// They go.
    Clear,
    /// They stay.
    Count,
}

/// The installation's rule.
///
/// # Errors
/// The database's.
pub async fn rule(db: &Db) -> Result<Retention, DbErr> {
    let rows = retention::Entity::find()
        .order_by_asc(retention::Column::Kind)
        .all(db.read())
        .await?;
    let known = rows.into_iter().filter_map(|row| {
        let days = u32::try_from(row.days).ok()?;
        Some((TidyKind::from_name(&row.kind)?, days))
    });
    let mut rule: Retention = known.collect();
    rule.entry(TidyKind::Citizen).or_insert(PEOPLE);
    rule.entry(TidyKind::MissedSearch).or_insert(WORDS);
    Ok(rule)
}

/// Changes for how many days a kind is kept, from the next time on; audited.
///
/// # Errors
/// The database's.
pub async fn keep_for(
    db: &Db,
    kind: TidyKind,
    days: u32,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let days = i32::try_from(days).unwrap_or(i32::MAX);
    db::write(db, async move |tx| {
        let row = retention::ActiveModel {
            kind: Set(kind.name().to_owned()),
            days: Set(days),
        };
        let or_change = OnConflict::column(retention::Column::Kind)
            .update_column(retention::Column::Days)
            .to_owned();
        retention::Entity::insert(row)
            .on_conflict(or_change)
            .exec_without_returning(tx)
            .await?;
        let act = Act {
            by: None,
            action: Action::RetentionChanged,
            subject: "installation",
            id: installation::row_in(tx).await?.id,
            detail: &format!("{}: {days}", kind.name()),
        };
        note(tx, act, now).await
    })
    .await
}

/// Clears, or counts, what the rule no longer keeps. Remembers that it was done.
///
/// # Errors
/// The database's; what went before stays cleared.
pub async fn tidy(db: &Db, sweep: Sweep, now: OffsetDateTime) -> Result<Swept, DbErr> {
    let times = Times {
        rule: rule(db).await?,
        now,
    };
    let mut swept = Swept::new();
    guests::clear(db, sweep, &times, &mut swept).await?;
    rest::sessions(db, sweep, &times, &mut swept).await?;
    rest::attempts(db, sweep, &times, &mut swept).await?;
    rest::account_links(db, sweep, &times, &mut swept).await?;
    rest::reports(db, sweep, &times, &mut swept).await?;
    rest::missed_searches(db, sweep, &times, &mut swept).await?;
    tries::of_cards(db, sweep, &times, &mut swept).await?;
    tries::of_addresses(db, sweep, &times, &mut swept).await?;
    snapshots::clear(db, sweep, &mut swept).await?;
    swept.retain(|_, rows| *rows > 0);
    if sweep == Sweep::Clear {
        installation::tidied(db, now).await?;
    }
    Ok(swept)
}

/// Whether it is time: it was never done, or the last night was missed.
#[must_use]
pub fn is_overdue(last: Option<OffsetDateTime>, now: OffsetDateTime) -> bool {
    last.is_none_or(|last| now - last > Duration::hours(25))
}

/// Until when each kind is old. Instants are compared here and not by the database, which keeps them
/// as text on SQLite.
#[derive(Clone)]
struct Times {
    rule: Retention,
    now: OffsetDateTime,
}

impl Times {
    /// Whether something of a kind that ended then is no longer kept.
    fn is_over(&self, kind: TidyKind, ended: OffsetDateTime) -> bool {
        self.rule
            .get(&kind)
            .is_some_and(|days| self.now - ended > Duration::days(i64::from(*days)))
    }
}

/// Clears, or counts, rows of a table: in batches, each a write of its own.
async fn clear_rows<E: EntityTrait, R>(
    db: &Db,
    sweep: Sweep,
    old: &[R],
    which: impl Fn(&[R]) -> Condition,
) -> Result<u64, DbErr> {
    if sweep == Sweep::Count {
        return Ok(old.len() as u64);
    }
    let mut rows = 0;
    for some in old.chunks(BATCH) {
        let which = which(some);
        rows += db::write(db, async move |tx| {
            let done = E::delete_many().filter(which).exec(tx).await?;
            Ok::<_, DbErr>(done.rows_affected)
        })
        .await?;
    }
    Ok(rows)
}

fn add(swept: &mut Swept, table: &'static str, rows: u64) {
    *swept.entry(table).or_default() += rows;
}
