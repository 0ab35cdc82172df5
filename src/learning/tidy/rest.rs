//! What goes by itself: sessions, quizzes that were left, links, answered reports.

use std::collections::{HashMap, HashSet};

use sea_orm::sea_query::IntoCondition;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use time::{Date, OffsetDateTime};

use crate::db::entities::{
    account_links, answers, attempts, completions, missed_searches, reports, sessions,
};
use crate::db::{self, Db};
use crate::domain::ids::{AttemptId, SessionId};

use super::{BATCH, PAGE, Sweep, Swept, TidyKind, Times, add, clear_rows};

/// Sessions that ended long ago, of whomever.
pub(super) async fn sessions(
    db: &Db,
    sweep: Sweep,
    times: &Times,
    swept: &mut Swept,
) -> Result<(), DbErr> {
    use sessions::Column;
    let mut after = None;
    loop {
        let mut query = sessions::Entity::find();
        if let Some(after) = after {
            query = query.filter(Column::Id.gt(after));
        }
        let page = query
            .order_by_asc(Column::Id)
            .limit(PAGE)
            .all(db.read())
            .await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.id);
        let ended = |row: &sessions::Model| {
            row.closed_at
                .map_or(row.expires_at, |at| at.min(row.expires_at))
        };
        let old: Vec<_> = page
            .iter()
            .filter(|row| times.is_over(TidyKind::Session, ended(row)))
            .map(|row| row.id)
            .collect();
        let those = |some: &[SessionId]| Column::Id.is_in(some.iter().copied()).into_condition();
        let rows = clear_rows::<sessions::Entity, _>(db, sweep, &old, those).await?;
        add(swept, "sessions", rows);
    }
}

/// Attempts under way that were left long ago. The next try begins anew.
pub(super) async fn attempts(
    db: &Db,
    sweep: Sweep,
    times: &Times,
    swept: &mut Swept,
) -> Result<(), DbErr> {
    use attempts::Column;
    let mut after = None;
    loop {
        let mut query = attempts::Entity::find()
            .select_only()
            .columns([Column::Id, Column::StartedAt])
            .filter(Column::FinishedAt.is_null());
        if let Some(after) = after {
            query = query.filter(Column::Id.gt(after));
        }
        let page: Vec<(AttemptId, OffsetDateTime)> = query
            .order_by_asc(Column::Id)
            .limit(PAGE)
            .into_tuple()
            .all(db.read())
            .await?;
        let Some((last, _)) = page.last() else {
            return Ok(());
        };
        after = Some(*last);
        let ids: Vec<_> = page
            .iter()
            .filter(|(_, started)| times.is_over(TidyKind::Attempt, *started))
            .map(|(id, _)| *id)
            .collect();
        for some in ids.chunks(BATCH) {
            let (left, given) = match sweep {
                Sweep::Count => left_among(db.read(), some, times).await?,
                Sweep::Clear => clear_attempts(db, some.to_vec(), times).await?,
            };
            add(swept, "attempts", left.len() as u64);
            add(swept, "answers", given);
        }
    }
}

async fn clear_attempts(
    db: &Db,
    ids: Vec<AttemptId>,
    times: &Times,
) -> Result<(Vec<AttemptId>, u64), DbErr> {
    let times = Times {
        rule: times.rule.clone(),
        now: times.now,
    };
    db::write(db, async move |tx| {
        attempts::Entity::find()
            .filter(attempts::Column::Id.is_in(ids.iter().copied()))
            .order_by_asc(attempts::Column::Id)
            .lock_exclusive()
            .all(tx)
            .await?;
        let (left, given) = left_among(tx, &ids, &times).await?;
        answers::Entity::delete_many()
            .filter(answers::Column::AttemptId.is_in(left.iter().copied()))
            .exec(tx)
            .await?;
        attempts::Entity::delete_many()
            .filter(attempts::Column::Id.is_in(left.iter().copied()))
            .exec(tx)
            .await?;
        Ok((left, given))
    })
    .await
}

/// Those of some attempts that are under way, were not gone on with and are nothing's proof; and how
/// many answers they have.
async fn left_among(
    db: &impl ConnectionTrait,
    ids: &[AttemptId],
    times: &Times,
) -> Result<(Vec<AttemptId>, u64), DbErr> {
    let open: Vec<(AttemptId, OffsetDateTime)> = attempts::Entity::find()
        .select_only()
        .columns([attempts::Column::Id, attempts::Column::StartedAt])
        .filter(attempts::Column::Id.is_in(ids.iter().copied()))
        .filter(attempts::Column::FinishedAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    let given: Vec<(AttemptId, OffsetDateTime)> = answers::Entity::find()
        .select_only()
        .columns([answers::Column::AttemptId, answers::Column::AnsweredAt])
        .filter(answers::Column::AttemptId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let proofs: Vec<Option<AttemptId>> = completions::Entity::find()
        .select_only()
        .column(completions::Column::AttemptId)
        .filter(completions::Column::AttemptId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let mut last: HashMap<AttemptId, OffsetDateTime> = open.into_iter().collect();
    for (attempt, at) in &given {
        if let Some(last) = last.get_mut(attempt) {
            *last = (*last).max(*at);
        }
    }
    last.retain(|id, at| times.is_over(TidyKind::Attempt, *at) && !proofs.contains(&Some(*id)));
    let left: HashSet<AttemptId> = last.into_keys().collect();
    let answers = given.iter().filter(|(id, _)| left.contains(id)).count();
    Ok((left.into_iter().collect(), answers as u64))
}

/// Links that were used, or can be no longer.
pub(super) async fn account_links(
    db: &Db,
    sweep: Sweep,
    times: &Times,
    swept: &mut Swept,
) -> Result<(), DbErr> {
    use account_links::Column;
    let all: Vec<(Vec<u8>, OffsetDateTime, Option<OffsetDateTime>)> = account_links::Entity::find()
        .select_only()
        .columns([Column::TokenDigest, Column::ExpiresAt, Column::UsedAt])
        .into_tuple()
        .all(db.read())
        .await?;
    let old: Vec<_> = all
        .into_iter()
        .filter(|(_, expires, used)| times.is_over(TidyKind::AccountLink, used.unwrap_or(*expires)))
        .map(|(digest, ..)| digest)
        .collect();
    let those = |some: &[Vec<u8>]| Column::TokenDigest.is_in(some.to_vec()).into_condition();
    let rows = clear_rows::<account_links::Entity, _>(db, sweep, &old, those).await?;
    add(swept, "account_links", rows);
    Ok(())
}

/// Reports that were answered; those that wait are never cleared.
pub(super) async fn reports(
    db: &Db,
    sweep: Sweep,
    times: &Times,
    swept: &mut Swept,
) -> Result<(), DbErr> {
    use reports::Column;
    let answered = reports::Entity::find()
        .filter(Column::AnsweredAt.is_not_null())
        .all(db.read())
        .await?;
    let old: Vec<_> = answered
        .iter()
        .filter(|row| {
            row.answered_at
                .is_some_and(|at| times.is_over(TidyKind::Report, at))
        })
        .map(|row| row.id)
        .collect();
    let those = |some: &[_]| Column::Id.is_in(some.to_vec()).into_condition();
    let rows = clear_rows::<reports::Entity, _>(db, sweep, &old, those).await?;
    add(swept, "reports", rows);
    Ok(())
}

/// Weeks of searches without an answer.
pub(super) async fn missed_searches(
    db: &Db,
    sweep: Sweep,
    times: &Times,
    swept: &mut Swept,
) -> Result<(), DbErr> {
    use missed_searches::Column;
    let weeks: Vec<Date> = missed_searches::Entity::find()
        .select_only()
        .column(Column::Week)
        .into_tuple()
        .all(db.read())
        .await?;
    let is_over = |week: &Date| times.is_over(TidyKind::MissedSearch, week.midnight().assume_utc());
    let old: Vec<Date> = weeks.into_iter().filter(is_over).collect();
    let those = |some: &[Date]| Column::Week.is_in(some.iter().copied()).into_condition();
    let rows = clear_rows::<missed_searches::Entity, _>(db, sweep, &old, those).await?;
    add(swept, "missed_searches", rows);
    Ok(())
}
