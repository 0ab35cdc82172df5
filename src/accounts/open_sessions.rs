//! The sessions that somebody has open: to see them, to end one or all, and to stay in.

use sea_orm::sea_query::{Expr, IntoCondition};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
};
use time::{Duration, OffsetDateTime};

use crate::db::audit::Action;
use crate::db::entities::sessions;
use crate::db::{self, Db, instant};
use crate::domain::ids::{AccountId, LearnerId, SessionId};

use super::staff::{StaffError, audit};
use super::{rules, stewardship};

/// A session that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// The session.
    pub id: SessionId,
    /// A coarse word for the device; empty where nothing is known of it.
    pub device: String,
    /// Since when.
    pub since: OffsetDateTime,
    /// When it was last used, to the minute.
    pub last_seen: OffsetDateTime,
    /// When it ends if it is not used again.
    pub ends_at: OffsetDateTime,
}

/// When a session ends if it is not used again, and `None` where that moment has passed.
///
/// Its last use is written at most once a minute, so that it gets a minute more.
pub(super) fn ends_at(row: &sessions::Model, now: OffsetDateTime) -> Option<OffsetDateTime> {
    let seen = row.last_seen_at.unwrap_or(row.created_at);
    let idle = row.idle_minutes.map(rules::minutes);
    let end = match idle {
        Some(idle) => row.expires_at.min(seen + idle + WRITTEN_EVERY),
        None => row.expires_at,
    };
    (end > now).then_some(end)
}

/// How often the last use of a session is written.
pub(super) const WRITTEN_EVERY: Duration = Duration::minutes(1);

/// The open sessions of a learner, the last used one first.
///
/// # Errors
/// The database's.
pub async fn of_learner(
    db: &Db,
    learner: LearnerId,
    now: OffsetDateTime,
) -> Result<Vec<OpenSession>, DbErr> {
    open(db, sessions::Column::LearnerId.eq(learner), now).await
}

/// The open sessions of an account, the last used one first.
///
/// # Errors
/// The database's.
pub async fn of_account(
    db: &Db,
    account: AccountId,
    now: OffsetDateTime,
) -> Result<Vec<OpenSession>, DbErr> {
    open(db, sessions::Column::AccountId.eq(account), now).await
}

async fn open(
    db: &Db,
    whose: impl IntoCondition,
    now: OffsetDateTime,
) -> Result<Vec<OpenSession>, DbErr> {
    let rows = sessions::Entity::find()
        .filter(whose.into_condition())
        .filter(sessions::Column::ClosedAt.is_null())
        .order_by_desc(sessions::Column::Id)
        .all(db.read())
        .await?;
    let open = |row: sessions::Model| {
        let ends_at = ends_at(&row, now)?;
        Some(OpenSession {
            id: row.id,
            since: row.created_at,
            last_seen: row.last_seen_at.unwrap_or(row.created_at),
            device: row.device.unwrap_or_default(),
            ends_at,
        })
    };
    let mut open: Vec<_> = rows.into_iter().filter_map(open).collect();
    open.sort_by_key(|session| std::cmp::Reverse(session.last_seen));
    Ok(open)
}

/// Ends a session of a learner, or all of theirs but `kept`. Anybody else's is left alone, and so
/// is one that has ended.
///
/// # Errors
/// The database's.
pub async fn close_of(
    db: &Db,
    learner: LearnerId,
    which: SessionsToEnd,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    db::write(db, async move |tx| {
        let only = match which {
            SessionsToEnd::One(session) => sessions::Column::Id.eq(session),
            SessionsToEnd::AllBut(kept) => sessions::Column::Id.ne(kept),
        };
        let own = Condition::all()
            .add(only)
            .add(sessions::Column::LearnerId.eq(learner));
        close_in(tx, own, now).await?;
        Ok(())
    })
    .await
}

/// Ends a session of somebody else's account, or all of them: for who keeps it.
///
/// # Errors
/// [`StaffError::NotYours`].
pub async fn end_for(
    db: &Db,
    account: AccountId,
    only: Option<SessionId>,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), StaffError> {
    db::write(db, async move |tx| {
        stewardship::check_in(tx, Some(by), account).await?;
        let mut which = Condition::all().add(sessions::Column::AccountId.eq(account));
        if let Some(only) = only {
            which = which.add(sessions::Column::Id.eq(only));
        }
        if close_in(tx, which, now).await? > 0 {
            audit(tx, Some(by), Action::SessionsEnded, account, "", now).await?;
        }
        Ok(())
    })
    .await
}

/// Which sessions end.
#[derive(Debug, Clone, Copy)]
pub enum SessionsToEnd {
    /// This one.
    One(SessionId),
    /// All but this one.
    AllBut(SessionId),
}

/// Ends the sessions of an account, all of them or all but one. What the one that stays had begun
/// to set up is forgotten: somebody else may have seen it.
pub(super) async fn close_others_in(
    tx: &DatabaseTransaction,
    account: AccountId,
    kept: Option<SessionId>,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let mut which = Condition::all().add(sessions::Column::AccountId.eq(account));
    if let Some(kept) = kept {
        which = which.add(sessions::Column::Id.ne(kept));
    }
    close_in(tx, which, now).await?;
    forget_pending_in(tx, account).await
}

/// Forgets the second factors that the sessions of an account have begun to set up.
pub(super) async fn forget_pending_in(
    tx: &DatabaseTransaction,
    account: AccountId,
) -> Result<(), DbErr> {
    let none: Option<Vec<u8>> = None;
    sessions::Entity::update_many()
        .col_expr(sessions::Column::PendingFactor, Expr::value(none))
        .filter(sessions::Column::AccountId.eq(account))
        .filter(sessions::Column::PendingFactor.is_not_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends sessions that are open; how many there were.
pub(super) async fn close_in(
    tx: &DatabaseTransaction,
    which: impl IntoCondition,
    now: OffsetDateTime,
) -> Result<u64, DbErr> {
    let ended = sessions::Entity::update_many()
        .col_expr(sessions::Column::ClosedAt, Expr::value(instant(now)))
        .filter(which.into_condition())
        .filter(sessions::Column::ClosedAt.is_null())
        .exec(tx)
        .await?;
    Ok(ended.rows_affected)
}

/// Writes that a session was used.
///
/// # Errors
/// The database's.
pub async fn touch(db: &Db, session: SessionId, now: OffsetDateTime) -> Result<(), DbErr> {
    db::write(db, async move |tx| {
        sessions::Entity::update_many()
            .col_expr(sessions::Column::LastSeenAt, Expr::value(instant(now)))
            .filter(sessions::Column::Id.eq(session))
            .exec(tx)
            .await?;
        Ok(())
    })
    .await
}
