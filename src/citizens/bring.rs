//! A person known at another point, who comes to this one. Both points follow them from then on;
//! what they do is counted where it is done, and what they learn at home where they were registered.
//!
//! Whoever knows a codice fiscale can write it into a form, so writing it shows nothing: the new
//! point sees the name as it wrote it, and can record what it does for the person. It sees the
//! record, and can print a card, once the person has used their own card at the desk, or the point
//! that registered them, or a coordinator, has agreed. Time alone opens nothing: nobody agrees by
//! not being at work.
//!
//! How many a day is [`written`](super::written)'s.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel,
    JoinType, QueryFilter, QueryOrder, QuerySelect,
};
use time::OffsetDateTime;

use crate::db::audit::{Act, Action, note};
use crate::db::entities::{citizen_points, citizens, points};
use crate::db::{self, Db, insert_new, instant, staff};
use crate::domain::calendar::rome_day;
use crate::domain::ids::{AccountId, CitizenId, PointId};

use super::follow::link_citizen;
use super::record::folded;

/// The most notices that are listed.
const MOST: u64 = 30;
/// What a facilitator may say to have seen.
pub const DOCUMENTS: [&str; 4] = ["identity-card", "passport", "licence", "health-card"];

/// How a point comes to see the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// The person used their card at the desk.
    Card,
    /// The point that registered them, or a coordinator, agreed.
    Agreed,
    /// Two records were made one.
    Merge,
}

impl Opening {
    const fn name(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Agreed => "agreed",
            Self::Merge => "merge",
        }
    }
}

/// That another point follows a person of one's own, and does not see the record yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The person.
    pub citizen: CitizenId,
    /// As their record has it.
    pub name: String,
    /// The other point.
    pub point: PointId,
    /// Its name.
    pub point_name: String,
    /// The facilitator's name.
    pub by: String,
    /// The name that was written there, where it is another one.
    pub written: Option<String>,
    /// What the facilitator says to have seen: one of [`DOCUMENTS`].
    pub document: Option<String>,
    /// Since when.
    pub since: OffsetDateTime,
    /// When it was told to stop, and came again.
    pub stopped: Option<OffsetDateTime>,
}

/// Has a point follow a person from now on, under the name that was written there. Again, it
/// changes nothing; one that was told to stop begins anew.
pub(super) async fn follow_in(
    tx: &DatabaseTransaction,
    citizen: CitizenId,
    to: PointId,
    (first_name, last_name): (&str, &str),
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let row = citizen_points::ActiveModel {
        citizen_id: Set(citizen),
        point_id: Set(to),
        since: Set(instant(now)),
        brought_on: Set(rome_day(now)),
        brought_by: Set(by),
        first_name: Set(first_name.to_owned()),
        last_name: Set(last_name.to_owned()),
        document: Set(None),
        opened_at: Set(None),
        opened_by: Set(None),
        opened_how: Set(None),
        ended_at: Set(None),
        ended_by: Set(None),
        stopped_at: Set(None),
        home_seen_at: Set(None),
        office_seen_at: Set(None),
    };
    if !insert_new(tx, row.clone()).await? {
        let there = link(tx, citizen, to).await?;
        let stopped = there.as_ref().and_then(|there| there.ended_at);
        if there.is_some() && stopped.is_none() {
            return Ok(());
        }
        let mut row = row;
        row.stopped_at = Set(stopped);
        row.update(tx).await?;
    }
    remember(tx, Action::CitizenBrought, (citizen, to), by, now).await
}

/// Has the points of a record that becomes a part of another follow the person as they did: none of
/// them loses somebody by a merge. Tells which did not follow the other record.
///
/// # Errors
/// The database's.
pub async fn carry_in(
    tx: &DatabaseTransaction,
    from: &citizens::Model,
    to: &citizens::Model,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Vec<PointId>, DbErr> {
    let mut links = citizen_points::Entity::find()
        .filter(citizen_points::Column::CitizenId.eq(from.id))
        .filter(citizen_points::Column::EndedAt.is_null())
        .all(tx)
        .await?;
    links.push(citizen_points::Model {
        citizen_id: from.id,
        point_id: from.point_id,
        since: from.created_at,
        brought_on: rome_day(now),
        brought_by: by,
        first_name: from.first_name.clone(),
        last_name: from.last_name.clone(),
        document: None,
        opened_at: Some(instant(now)),
        opened_by: Some(by),
        opened_how: Some(Opening::Merge.name().to_owned()),
        ended_at: None,
        ended_by: None,
        stopped_at: None,
        home_seen_at: None,
        office_seen_at: None,
    });
    let mut new = Vec::new();
    for link in links {
        let point = link.point_id;
        let mut row = link.into_active_model().reset_all();
        row.citizen_id = Set(to.id);
        if point != to.point_id && insert_new(tx, row).await? {
            new.push(point);
        }
    }
    Ok(new)
}

/// Undoes [`carry_in`].
///
/// # Errors
/// The database's.
pub async fn leave_in(
    tx: &DatabaseTransaction,
    citizen: CitizenId,
    points: &[PointId],
) -> Result<(), DbErr> {
    citizen_points::Entity::delete_many()
        .filter(citizen_points::Column::CitizenId.eq(citizen))
        .filter(citizen_points::Column::PointId.is_in(points.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Lets a point see the record of a person it follows; `false` where it does not follow them.
/// Again, it changes nothing.
///
/// # Errors
/// The database's.
pub async fn open_in(
    tx: &DatabaseTransaction,
    citizen: CitizenId,
    point: PointId,
    how: Opening,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<bool, DbErr> {
    let Some(row) = link(tx, citizen, point).await? else {
        return Ok(false);
    };
    if row.ended_at.is_some() || row.opened_at.is_some() {
        return Ok(row.ended_at.is_none());
    }
    let mut row = row.into_active_model();
    row.opened_at = Set(Some(instant(now)));
    row.opened_by = Set(Some(by));
    row.opened_how = Set(Some(how.name().to_owned()));
    row.update(tx).await?;
    remember(tx, Action::RecordOpened, (citizen, point), by, now).await?;
    Ok(true)
}

/// Has a point follow a person no more; `false` where it did not. What it did for them stays.
///
/// # Errors
/// The database's.
pub async fn end_in(
    tx: &DatabaseTransaction,
    citizen: CitizenId,
    point: PointId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<bool, DbErr> {
    let row = link(tx, citizen, point).await?;
    let Some(row) = row.filter(|row| row.ended_at.is_none()) else {
        return Ok(false);
    };
    let mut row = row.into_active_model();
    row.ended_at = Set(Some(instant(now)));
    row.ended_by = Set(Some(by));
    row.update(tx).await?;
    remember(tx, Action::RecordClosed, (citizen, point), by, now).await?;
    Ok(true)
}

/// The facilitator says to have the person and a document in front of them: whoever is asked to
/// agree reads it. Something that is not one of [`DOCUMENTS`] is not written down.
///
/// # Errors
/// The database's.
pub async fn state(
    db: &Db,
    citizen: CitizenId,
    point: PointId,
    document: &str,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let known = DOCUMENTS.into_iter().find(|known| *known == document);
    let Some(document) = known else { return Ok(()) };
    db::write(db, async move |tx| {
        let row = link(tx, citizen, point).await?;
        let Some(row) = row.filter(|row| row.ended_at.is_none()) else {
            return Ok(());
        };
        let mut row = row.into_active_model();
        row.document = Set(Some(document.to_owned()));
        // Whoever had put it aside is asked again.
        row.home_seen_at = Set(None);
        row.office_seen_at = Set(None);
        row.update(tx).await?;
        remember(tx, Action::DocumentSeen, (citizen, point), by, now).await
    })
    .await
}

/// Takes a notice off a list: the coordinators' (`office`), or that of the person's point. Where
/// there is none, or no more, it changes nothing.
///
/// # Errors
/// The database's.
pub async fn put_aside(
    db: &Db,
    citizen: CitizenId,
    point: PointId,
    office: bool,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    db::write(db, async move |tx| {
        let seen = |row: &citizen_points::Model| match office {
            true => row.office_seen_at.is_some(),
            false => row.home_seen_at.is_some(),
        };
        let asks = |row: &citizen_points::Model| row.ended_at.is_none() && row.opened_at.is_none();
        let row = link(tx, citizen, point).await?;
        let Some(row) = row.filter(|row| asks(row) && !seen(row)) else {
            return Ok(());
        };
        let mut row = row.into_active_model();
        match office {
            true => row.office_seen_at = Set(Some(instant(now))),
            false => row.home_seen_at = Set(Some(instant(now))),
        }
        row.update(tx).await?;
        remember(tx, Action::NoticePutAside, (citizen, point), by, now).await
    })
    .await
}

/// What the points that registered these people are asked; the coordinators where `None`.
///
/// # Errors
/// The database's.
pub async fn notices(db: &Db, points: Option<&[PointId]>) -> Result<Vec<Notice>, DbErr> {
    let mut query = citizen_points::Entity::find()
        .select_also(citizens::Entity)
        .join(JoinType::InnerJoin, link_citizen())
        .filter(citizen_points::Column::EndedAt.is_null())
        .filter(citizen_points::Column::OpenedAt.is_null())
        .filter(citizens::Column::MergedInto.is_null())
        .filter(citizens::Column::ErasedAt.is_null());
    query = match points {
        Some(points) => query
            .filter(citizens::Column::PointId.is_in(points.iter().copied()))
            .filter(citizen_points::Column::HomeSeenAt.is_null()),
        None => query.filter(citizen_points::Column::OfficeSeenAt.is_null()),
    };
    let rows = query
        .order_by_desc(citizen_points::Column::BroughtOn)
        .order_by_asc(citizen_points::Column::CitizenId)
        .limit(MOST)
        .all(db.read())
        .await?;
    let (places, people) = named(db, &rows).await?;
    let notice = |(link, person): Row| {
        let person = person?;
        let written = format!("{} {}", link.last_name, link.first_name);
        let name = format!("{} {}", person.last_name, person.first_name);
        Some(Notice {
            citizen: person.id,
            written: (folded(&written) != folded(&name)).then_some(written),
            name,
            point: link.point_id,
            point_name: places.get(&link.point_id).cloned().unwrap_or_default(),
            by: people.get(&link.brought_by).cloned().unwrap_or_default(),
            document: link.document,
            since: link.since,
            stopped: link.stopped_at,
        })
    };
    Ok(rows.into_iter().filter_map(notice).collect())
}

type Row = (citizen_points::Model, Option<citizens::Model>);
type Names = (HashMap<PointId, String>, HashMap<AccountId, String>);

/// The names of the points and of the facilitators of some links.
async fn named(db: &Db, rows: &[Row]) -> Result<Names, DbErr> {
    let places = points::Entity::find()
        .select_only()
        .columns([points::Column::Id, points::Column::Name])
        .filter(points::Column::Id.is_in(rows.iter().map(|(link, _)| link.point_id)))
        .into_tuple()
        .all(db.read())
        .await?;
    let people = staff::names(db, rows.iter().map(|(link, _)| link.brought_by)).await?;
    Ok((places.into_iter().collect(), people))
}

async fn link(
    tx: &DatabaseTransaction,
    citizen: CitizenId,
    point: PointId,
) -> Result<Option<citizen_points::Model>, DbErr> {
    citizen_points::Entity::find_by_id((citizen, point))
        .lock(LockType::Update)
        .one(tx)
        .await
}

async fn remember(
    tx: &DatabaseTransaction,
    action: Action,
    (citizen, point): (CitizenId, PointId),
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let act = Act {
        by: Some(by),
        action,
        subject: "citizen",
        id: citizen.0,
        detail: &format!("point {point}"),
    };
    note(tx, act, now).await
}
