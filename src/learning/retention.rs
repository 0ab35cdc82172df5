//! For how long the records of people are kept: so many years after the end of the last programme
//! they were part of, as the programme says, or as the installation does. Then they are erased as if
//! they had asked for it.
//!
//! A person is part of the programmes whose services they attended, and of that of the point that
//! registered them; registering and entering later make it later.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use time::{Date, Duration, OffsetDateTime};

use crate::citizens::vault::Vault;
use crate::db::audit::{Act, Action, note};
use crate::db::entities::{
    attendances, citizens, kept_digests, learners, points, programme_retention, programmes,
    services, sessions,
};
use crate::db::{self, Db};
use crate::domain::calendar::rome_day;
use crate::domain::ids::{CitizenId, PointId, ProgrammeId};

use super::erase::{EraseError, Ground, erase_in};
use super::tidy::{TidyKind, rule};

/// People who are looked at together.
const PAGE: u64 = 200;

/// How many were made nameless, or would be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ForgottenCount {
    /// People.
    pub people: u64,
    /// Keyed digests of people who had been erased before.
    pub digests: u64,
}

/// Until when each programme keeps the records of people; none where it keeps them for ever.
type Ends = HashMap<ProgrammeId, Option<Date>>;

/// For how many years after its end a programme keeps records, where it says so itself.
///
/// # Errors
/// The database's.
pub async fn by_programme(db: &Db) -> Result<Vec<(String, i32)>, DbErr> {
    let codes: HashMap<ProgrammeId, String> = programmes::Entity::find()
        .all(db.read())
        .await?
        .into_iter()
        .map(|row| (row.id, row.code))
        .collect();
    let rows = programme_retention::Entity::find().all(db.read()).await?;
    let own = rows
        .into_iter()
        .filter_map(|row| Some((codes.get(&row.programme_id)?.clone(), row.years)));
    Ok(own.collect())
}

/// A programme keeps records for so many years after its end, from the next time on; audited.
///
/// # Errors
/// The database's.
pub async fn keep_for(
    db: &Db,
    programme: ProgrammeId,
    years: u16,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    db::write(db, async move |tx| {
        let row = programme_retention::ActiveModel {
            programme_id: Set(programme),
            years: Set(years.into()),
        };
        let or_change = OnConflict::column(programme_retention::Column::ProgrammeId)
            .update_column(programme_retention::Column::Years)
            .to_owned();
        programme_retention::Entity::insert(row)
            .on_conflict(or_change)
            .exec_without_returning(tx)
            .await?;
        let act = Act {
            by: None,
            action: Action::RetentionChanged,
            subject: "programme",
            id: programme.0,
            detail: &format!("{years} years"),
        };
        note(tx, act, now).await
    })
    .await
}

/// How many [`forget`] would erase.
///
/// # Errors
/// The database's.
pub async fn due(db: &Db, now: OffsetDateTime) -> Result<ForgottenCount, DbErr> {
    sweep(db, None, now).await
}

/// Erases whom no programme keeps any more.
///
/// # Errors
/// The database's, or a seal that does not open; who was erased before stays so.
pub async fn forget(db: &Db, vault: &Vault, now: OffsetDateTime) -> Result<ForgottenCount, DbErr> {
    sweep(db, Some(vault), now).await
}

/// Only counts without a vault.
async fn sweep(
    db: &Db,
    vault: Option<&Vault>,
    now: OffsetDateTime,
) -> Result<ForgottenCount, DbErr> {
    let ends = ends(db).await?;
    let today = rome_day(now);
    let over: HashSet<ProgrammeId> = ends
        .iter()
        .filter(|(_, end)| end.is_some_and(|end| end < today))
        .map(|(id, _)| *id)
        .collect();
    if over.is_empty() {
        return Ok(ForgottenCount::default());
    }
    let Some(days) = rule(db).await?.get(&TidyKind::Citizen).copied() else {
        return Ok(ForgottenCount::default());
    };
    let since = now - Duration::days(i64::from(days));
    let mut forgotten = ForgottenCount::default();
    let mut after = None;
    loop {
        let page = page(db, &over, after).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for person in old_among(db, &page, &over, since).await? {
            forgotten.people += 1;
            if let Some(vault) = vault {
                erase_old(db, vault, person, &over, now).await?;
            }
        }
    }
    forgotten.digests = digests(db, &over, vault.is_some()).await?;
    Ok(forgotten)
}

async fn ends(db: &Db) -> Result<Ends, DbErr> {
    let days = rule(db).await?.get(&TidyKind::Citizen).copied();
    let own: HashMap<ProgrammeId, i32> = programme_retention::Entity::find()
        .all(db.read())
        .await?
        .into_iter()
        .map(|row| (row.programme_id, row.years))
        .collect();
    let all = programmes::Entity::find().all(db.read()).await?;
    let end = |row: programmes::Model| {
        let kept = match own.get(&row.id) {
            Some(years) => years_after(row.ends_on, *years),
            None => days.and_then(|days| row.ends_on.checked_add(Duration::days(days.into()))),
        };
        (row.id, kept)
    };
    Ok(all.into_iter().map(end).collect())
}

/// The same day some years later; the 28th for a 29 February.
fn years_after(day: Date, years: i32) -> Option<Date> {
    let year = day.year().checked_add(years)?;
    let same = Date::from_calendar_date(year, day.month(), day.day());
    same.or_else(|_| Date::from_calendar_date(year, day.month(), 28))
        .ok()
}

/// People of the points of these programmes, by id.
async fn page(
    db: &Db,
    over: &HashSet<ProgrammeId>,
    after: Option<CitizenId>,
) -> Result<Vec<citizens::Model>, DbErr> {
    use citizens::Column;
    let theirs: Vec<PointId> = points::Entity::find()
        .select_only()
        .column(points::Column::Id)
        .filter(points::Column::ProgrammeId.is_in(over.iter().copied()))
        .into_tuple()
        .all(db.read())
        .await?;
    let mut query = citizens::Entity::find()
        .filter(Column::PointId.is_in(theirs))
        .filter(Column::MergedInto.is_null())
        .filter(Column::ErasedAt.is_null());
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    query
        .order_by_asc(Column::Id)
        .limit(PAGE)
        .all(db.read())
        .await
}

/// Those whom nothing keeps: no service of another programme, and neither registered nor entered
/// since.
async fn old_among(
    db: &Db,
    people: &[citizens::Model],
    over: &HashSet<ProgrammeId>,
    since: OffsetDateTime,
) -> Result<Vec<CitizenId>, DbErr> {
    let ids: Vec<CitizenId> = people
        .iter()
        .filter(|row| row.created_at < since)
        .map(|row| row.id)
        .collect();
    let elsewhere: Vec<CitizenId> = attendances::Entity::find()
        .select_only()
        .column(attendances::Column::CitizenId)
        .join(
            JoinType::InnerJoin,
            attendances::Entity::belongs_to(services::Entity)
                .from(attendances::Column::ServiceId)
                .to(services::Column::Id)
                .into(),
        )
        .filter(attendances::Column::CitizenId.is_in(ids.iter().copied()))
        .filter(services::Column::ProgrammeId.is_not_in(over.iter().copied()))
        .into_tuple()
        .all(db.read())
        .await?;
    let entered: Vec<(Option<CitizenId>, OffsetDateTime)> = sessions::Entity::find()
        .select_only()
        .column(learners::Column::CitizenId)
        .column(sessions::Column::CreatedAt)
        .join(
            JoinType::InnerJoin,
            sessions::Entity::belongs_to(learners::Entity)
                .from(sessions::Column::LearnerId)
                .to(learners::Column::Id)
                .into(),
        )
        .filter(learners::Column::CitizenId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db.read())
        .await?;
    let mut kept: HashSet<CitizenId> = elsewhere.into_iter().collect();
    let lately = entered.into_iter().filter(|(_, at)| *at >= since);
    kept.extend(lately.filter_map(|(citizen, _)| citizen));
    Ok(ids.into_iter().filter(|id| !kept.contains(id)).collect())
}

async fn erase_old(
    db: &Db,
    vault: &Vault,
    citizen: CitizenId,
    over: &HashSet<ProgrammeId>,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let (vault, over) = (vault.clone(), over.clone());
    let done = db::write(db, async move |tx| {
        let keep = |programme| !over.contains(&programme);
        erase_in(tx, &vault, citizen, (Ground::Retention, None), keep, now).await
    })
    .await;
    match done {
        // Merged since it was chosen.
        Ok(()) | Err(EraseError::NotFound | EraseError::Theirs) => Ok(()),
        Err(EraseError::Db(error)) => Err(error),
    }
}

/// Digests of people erased before, in programmes whose time is over.
async fn digests(db: &Db, over: &HashSet<ProgrammeId>, clear: bool) -> Result<u64, DbErr> {
    let theirs = kept_digests::Column::ProgrammeId.is_in(over.iter().copied());
    if !clear {
        return kept_digests::Entity::find()
            .filter(theirs)
            .count(db.read())
            .await;
    }
    db::write(db, async move |tx| {
        let gone = kept_digests::Entity::delete_many().filter(theirs);
        Ok::<_, DbErr>(gone.exec(tx).await?.rows_affected)
    })
    .await
}
