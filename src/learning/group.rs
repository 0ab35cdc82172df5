//! Groups: citizens of a point who learn together. What is assigned to a group holds for whoever
//! is in it, also for who joins later.

use std::collections::{BTreeSet, HashMap};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, JoinType,
    QueryFilter, QueryOrder, QuerySelect, RelationDef,
};
use time::OffsetDateTime;

use crate::citizens::find::standing;
use crate::citizens::follow::{SeenCitizen, as_seen, followed_by, open_to};
use crate::db::audit::{Act, Action, note};
use crate::db::entities::{citizens, group_members, groups, points};
use crate::db::{self, Db, audit, instant};
use crate::domain::ids::{AccountId, CitizenId, GroupId, PointId};
use crate::domain::text::{line, says_something};

use super::DeskError;

/// The most people of a group: a table of them fits a screen.
pub const LARGEST: usize = 60;
/// The longest name, in characters.
pub const LONGEST_NAME: usize = 80;

/// Groups that are shown at once.
const MOST: u64 = 200;

/// A group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Permanent.
    pub id: GroupId,
    /// Whose.
    pub point: PointId,
    /// What the desk calls it.
    pub name: String,
}

/// A group in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The group.
    pub group: Group,
    /// How many are in it.
    pub members: usize,
}

/// Somebody in a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupMember {
    /// The citizen.
    pub id: CitizenId,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Since when, where the point sees only what happened from then on.
    pub least_since: Option<OffsetDateTime>,
}

/// Makes a group at a point. A group of that name that is there already is the one.
///
/// # Errors
/// [`DeskError::Invalid`] with the name at fault; [`DeskError::NotFound`] for an unknown point.
pub async fn create(
    db: &Db,
    point: PointId,
    name: &str,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<GroupId, DeskError> {
    let name = named(name)?;
    db::write(db, async move |tx| {
        // Two presses of a button wait for each other here.
        let point = points::Entity::find_by_id(point)
            .lock(LockType::NoKeyUpdate)
            .one(tx)
            .await?
            .ok_or(DeskError::NotFound)?;
        let there = groups::Entity::find()
            .filter(groups::Column::PointId.eq(point.id))
            .filter(groups::Column::Name.eq(name.as_str()))
            .filter(groups::Column::ClosedAt.is_null())
            .one(tx)
            .await?;
        if let Some(group) = there {
            return Ok(group.id);
        }
        let id = GroupId::new();
        let row = groups::ActiveModel {
            id: Set(id),
            point_id: Set(point.id),
            name: Set(name),
            created_by: Set(by),
            created_at: Set(instant(now)),
            closed_at: Set(None),
        };
        groups::Entity::insert(row)
            .exec_without_returning(tx)
            .await?;
        remember(tx, Action::GroupCreated, id, by, now).await?;
        Ok(id)
    })
    .await
}

/// Gives a group of these points another name.
///
/// # Errors
/// [`DeskError::Invalid`], [`DeskError::NotFound`].
pub async fn rename(
    db: &Db,
    points: &[PointId],
    group: GroupId,
    name: &str,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DeskError> {
    let (name, points) = (named(name)?, points.to_vec());
    db::write(db, async move |tx| {
        locked(tx, &points, group).await?;
        groups::Entity::update_many()
            .col_expr(groups::Column::Name, Expr::value(name))
            .filter(groups::Column::Id.eq(group))
            .exec(tx)
            .await?;
        Ok(remember(tx, Action::GroupRenamed, group, by, now).await?)
    })
    .await
}

/// Closes a group: what was assigned to it is no longer asked of anybody. What people learned
/// stays theirs.
///
/// # Errors
/// [`DeskError::NotFound`], also for a group that is closed already.
pub async fn close(
    db: &Db,
    points: &[PointId],
    group: GroupId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DeskError> {
    let points = points.to_vec();
    db::write(db, async move |tx| {
        locked(tx, &points, group).await?;
        groups::Entity::update_many()
            .col_expr(groups::Column::ClosedAt, Expr::value(instant(now)))
            .filter(groups::Column::Id.eq(group))
            .exec(tx)
            .await?;
        for citizen in ids(tx, group).await? {
            touch(tx, Action::LeftGroup, citizen, group, by, now).await?;
        }
        Ok(remember(tx, Action::GroupClosed, group, by, now).await?)
    })
    .await
}

/// Who joins a group and who leaves it.
#[derive(Debug, Clone)]
pub enum GroupEdit {
    /// One more.
    Add(CitizenId),
    /// One less.
    Remove(CitizenId),
    /// These, and nobody else.
    All(Vec<CitizenId>),
}

/// Changes who is in a group. Again, it changes nothing.
///
/// # Errors
/// [`DeskError::NotFound`] for a group that is not of these points or is closed;
/// [`DeskError::Invalid`] for people who are not of its point, or too many.
pub async fn change(
    db: &Db,
    points: &[PointId],
    group: GroupId,
    change: GroupEdit,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DeskError> {
    let points = points.to_vec();
    db::write(db, async move |tx| {
        let row = locked(tx, &points, group).await?;
        let there: BTreeSet<CitizenId> = ids(tx, group).await?;
        let wanted: BTreeSet<CitizenId> = match change {
            GroupEdit::Add(citizen) => there.iter().copied().chain([citizen]).collect(),
            GroupEdit::Remove(citizen) => there.iter().copied().filter(|c| *c != citizen).collect(),
            GroupEdit::All(citizens) => citizens.into_iter().collect(),
        };
        if wanted.len() > LARGEST {
            return Err(DeskError::field("citizens", "group-too-many"));
        }
        let joining: Vec<CitizenId> = wanted.difference(&there).copied().collect();
        if following(tx, followed_by(&[row.point_id]), &joining).await? != joining.len() {
            return Err(DeskError::field("citizens", "unknown-citizen"));
        }
        for citizen in there.difference(&wanted) {
            group_members::Entity::delete_by_id((group, *citizen))
                .exec(tx)
                .await?;
            touch(tx, Action::LeftGroup, *citizen, group, by, now).await?;
        }
        for citizen in joining {
            let row = group_members::ActiveModel {
                group_id: Set(group),
                citizen_id: Set(citizen),
                added_at: Set(instant(now)),
            };
            db::insert_new(tx, row).await?;
            touch(tx, Action::JoinedGroup, citizen, group, by, now).await?;
        }
        Ok(())
    })
    .await
}

/// The open groups of some points, by name.
///
/// # Errors
/// The database's.
pub async fn of_points(db: &Db, points: &[PointId]) -> Result<Vec<Listed>, DbErr> {
    let rows = groups::Entity::find()
        .filter(groups::Column::PointId.is_in(points.iter().copied()))
        .filter(groups::Column::ClosedAt.is_null())
        .order_by_asc(groups::Column::Name)
        .order_by_asc(groups::Column::Id)
        .limit(MOST)
        .all(db.read())
        .await?;
    let counts: Vec<(GroupId, i64)> = group_members::Entity::find()
        .select_only()
        .column(group_members::Column::GroupId)
        .column_as(group_members::Column::CitizenId.count(), "members")
        .filter(group_members::Column::GroupId.is_in(rows.iter().map(|row| row.id)))
        .group_by(group_members::Column::GroupId)
        .into_tuple()
        .all(db.read())
        .await?;
    let counts: HashMap<GroupId, i64> = counts.into_iter().collect();
    let listed = rows.into_iter().map(|row| Listed {
        members: counts
            .get(&row.id)
            .and_then(|count| usize::try_from(*count).ok())
            .unwrap_or_default(),
        group: row.into(),
    });
    Ok(listed.collect())
}

/// An open group of these points.
///
/// # Errors
/// [`DeskError::NotFound`].
pub async fn read(db: &Db, points: &[PointId], group: GroupId) -> Result<Group, DeskError> {
    let row = groups::Entity::find_by_id(group).one(db.read()).await?;
    row.filter(|row| row.closed_at.is_none() && points.contains(&row.point_id))
        .map(Group::from)
        .ok_or(DeskError::NotFound)
}

/// Who is in a group, by name, as far as its point still follows them.
///
/// # Errors
/// The database's.
pub async fn members(db: &Db, group: &Group) -> Result<Vec<GroupMember>, DbErr> {
    let rows = standing()
        .join(JoinType::InnerJoin, citizen_members())
        .filter(group_members::Column::GroupId.eq(group.id))
        .all(db.read())
        .await?;
    let mut seen = as_seen(db.read(), rows, Some(&[group.point])).await?;
    seen.sort_by(|a, b| (&a.row.last_first, a.row.id).cmp(&(&b.row.last_first, b.row.id)));
    audit::counted(Action::GroupRead, "group", group.id.0, seen.len());
    let member = |seen: SeenCitizen| GroupMember {
        id: seen.row.id,
        first_name: seen.row.first_name,
        last_name: seen.row.last_name,
        least_since: seen.since,
    };
    Ok(seen.into_iter().map(member).collect())
}

/// An open group of these points, kept from every other change until the transaction ends.
pub(super) async fn locked(
    tx: &DatabaseTransaction,
    points: &[PointId],
    group: GroupId,
) -> Result<groups::Model, DeskError> {
    let row = groups::Entity::find_by_id(group)
        .lock(LockType::Update)
        .one(tx)
        .await?;
    row.filter(|row| row.closed_at.is_none() && points.contains(&row.point_id))
        .ok_or(DeskError::NotFound)
}

/// How many of these citizens have a record that these points see.
pub(super) async fn people_of(
    db: &impl ConnectionTrait,
    points: &[PointId],
    people: &[CitizenId],
) -> Result<usize, DbErr> {
    following(db, open_to(points), people).await
}

async fn following(
    db: &impl ConnectionTrait,
    points: Condition,
    people: &[CitizenId],
) -> Result<usize, DbErr> {
    let ids: Vec<CitizenId> = standing()
        .select_only()
        .column(citizens::Column::Id)
        .filter(citizens::Column::Id.is_in(people.iter().copied()))
        .filter(points)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.len())
}

pub(super) fn citizen_members() -> RelationDef {
    citizens::Entity::belongs_to(group_members::Entity)
        .from(citizens::Column::Id)
        .to(group_members::Column::CitizenId)
        .into()
}

pub(super) async fn ids(
    tx: &DatabaseTransaction,
    group: GroupId,
) -> Result<BTreeSet<CitizenId>, DbErr> {
    let rows = group_members::Entity::find()
        .filter(group_members::Column::GroupId.eq(group))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| row.citizen_id).collect())
}

fn named(name: &str) -> Result<String, DeskError> {
    let name = line(name);
    match name.chars().count() {
        _ if !says_something(&name) => Err(DeskError::field("name", "required")),
        length if length > LONGEST_NAME => Err(DeskError::field("name", "too-long")),
        _ => Ok(name),
    }
}

async fn remember(
    tx: &DatabaseTransaction,
    action: Action,
    group: GroupId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let act = Act {
        by: Some(by),
        action,
        subject: "group",
        id: group.0,
        detail: "",
    };
    note(tx, act, now).await
}

async fn touch(
    tx: &DatabaseTransaction,
    action: Action,
    citizen: CitizenId,
    group: GroupId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let act = Act {
        by: Some(by),
        action,
        subject: "citizen",
        id: citizen.0,
        detail: &group.to_string(),
    };
    note(tx, act, now).await
}

impl From<groups::Model> for Group {
    fn from(row: groups::Model) -> Self {
        Self {
            id: row.id,
            point: row.point_id,
            name: row.name,
        }
    }
}
