//! The points that follow a person: the one that registered them, and those that they went to
//! since. One of these sees the whole record only once it is [`Access::Whole`]; until then it sees
//! the name as it wrote it itself ([`super::bring`] says why).

use std::collections::HashMap;

use sea_orm::sea_query::{SelectStatement, UnionType};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationDef,
};
use time::OffsetDateTime;

use crate::db::Db;
use crate::db::entities::{account_roles, citizen_points, citizens, points};
use crate::domain::ids::{AccountId, CitizenId, PointId};
use crate::domain::role::Role;

use super::record::folded;

/// What a point sees of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The record.
    Whole,
    /// The name as the point wrote it, since when, and what happened there from then on.
    Least,
}

/// A point that follows a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Following {
    /// The point.
    pub point: PointId,
    /// Its name.
    pub name: String,
    /// Since when.
    pub since: OffsetDateTime,
    /// What it sees.
    pub access: Access,
    /// What the facilitator says to have seen, as [`super::bring::DOCUMENTS`] has it.
    pub document: Option<String>,
}

/// A row as somebody may see it.
#[derive(Debug, Clone)]
pub(crate) struct SeenCitizen {
    pub(crate) row: citizens::Model,
    pub(crate) access: Access,
    /// Since when, where it is not the whole record.
    pub(crate) since: Option<OffsetDateTime>,
}

/// That a citizen is followed by one of these points, whatever it sees. For a few people at a
/// time: the planner looks at each of them.
pub(crate) fn followed_by(points: &[PointId]) -> Condition {
    Condition::any()
        .add(citizens::Column::PointId.is_in(points.iter().copied()))
        .add(citizens::Column::Id.in_subquery(links(points, false)))
}

/// That one of these points sees the whole record; as [`followed_by`].
pub(crate) fn open_to(points: &[PointId]) -> Condition {
    Condition::any()
        .add(citizens::Column::PointId.is_in(points.iter().copied()))
        .add(citizens::Column::Id.in_subquery(links(points, true)))
}

/// The ids of everybody whose whole record one of these points sees: each half along its index.
pub(crate) fn all_open_to(points: &[PointId]) -> SelectStatement {
    let mut own = citizens::Entity::find()
        .select_only()
        .column(citizens::Column::Id)
        .filter(citizens::Column::PointId.is_in(points.iter().copied()))
        .into_query();
    own.union(UnionType::All, links(points, true)).take()
}

fn links(points: &[PointId], open: bool) -> SelectStatement {
    let mut query = citizen_points::Entity::find()
        .select_only()
        .column(citizen_points::Column::CitizenId)
        .filter(citizen_points::Column::PointId.is_in(points.iter().copied()))
        .filter(citizen_points::Column::EndedAt.is_null());
    if open {
        query = query.filter(citizen_points::Column::OpenedAt.is_not_null());
    }
    query.into_query()
}

/// What these points see of a person; `None` where none of them follows them.
///
/// # Errors
/// The database's.
pub async fn access(
    db: &impl ConnectionTrait,
    citizen: CitizenId,
    points: &[PointId],
) -> Result<Option<Access>, DbErr> {
    Ok(whose(db, citizen, points).await?.map(|(_, access)| access))
}

/// The one of these points that follows a person, first one that sees the record.
///
/// # Errors
/// The database's.
pub async fn whose(
    db: &impl ConnectionTrait,
    citizen: CitizenId,
    points: &[PointId],
) -> Result<Option<(PointId, Access)>, DbErr> {
    let row = citizens::Entity::find_by_id(citizen).one(db).await?;
    let Some(row) = row else { return Ok(None) };
    if points.contains(&row.point_id) {
        return Ok(Some((row.point_id, Access::Whole)));
    }
    let found = links_of(db, &[citizen], points).await?.remove(&citizen);
    Ok(found.map(|link| (link.point_id, seen_through(&link))))
}

/// Rows as these points may see them (`None`: as they are); who is not theirs is left out.
pub(crate) async fn as_seen(
    db: &impl ConnectionTrait,
    rows: Vec<citizens::Model>,
    points: Option<&[PointId]>,
) -> Result<Vec<SeenCitizen>, DbErr> {
    let own = |row: &citizens::Model| points.is_none_or(|points| points.contains(&row.point_id));
    let others: Vec<CitizenId> = rows
        .iter()
        .filter(|row| !own(row))
        .map(|row| row.id)
        .collect();
    let mut links = match (points, others.is_empty()) {
        (Some(points), false) => links_of(db, &others, points).await?,
        _ => HashMap::new(),
    };
    let seen = rows.into_iter().filter_map(|row| {
        if own(&row) {
            return Some(whole(row));
        }
        let link = links.remove(&row.id)?;
        Some(through(row, &link))
    });
    Ok(seen.collect())
}

/// Everybody whom these points follow besides those they registered, as they may see them: people
/// who came from elsewhere, so few.
pub(crate) async fn brought_to(db: &Db, points: &[PointId]) -> Result<Vec<SeenCitizen>, DbErr> {
    let rows = citizen_points::Entity::find()
        .select_also(citizens::Entity)
        .join(JoinType::InnerJoin, link_citizen())
        .filter(citizen_points::Column::PointId.is_in(points.iter().copied()))
        .filter(citizen_points::Column::EndedAt.is_null())
        .filter(citizens::Column::MergedInto.is_null())
        .filter(citizens::Column::ErasedAt.is_null())
        .order_by_asc(citizen_points::Column::CitizenId)
        .all(db.read())
        .await?;
    let mut all: Vec<SeenCitizen> = Vec::new();
    for (link, row) in rows {
        let Some(row) = row.filter(|row| !points.contains(&row.point_id)) else {
            continue;
        };
        let next = through(row, &link);
        match all.last_mut().filter(|last| last.row.id == next.row.id) {
            Some(last) if last.access == Access::Least => *last = next,
            Some(_) => {}
            None => all.push(next),
        }
    }
    Ok(all)
}

/// A person's links with some points; where there are several, one that sees the record.
async fn links_of(
    db: &impl ConnectionTrait,
    people: &[CitizenId],
    points: &[PointId],
) -> Result<HashMap<CitizenId, citizen_points::Model>, DbErr> {
    let rows = citizen_points::Entity::find()
        .filter(citizen_points::Column::CitizenId.is_in(people.iter().copied()))
        .filter(citizen_points::Column::PointId.is_in(points.iter().copied()))
        .filter(citizen_points::Column::EndedAt.is_null())
        .all(db)
        .await?;
    let mut links: HashMap<CitizenId, citizen_points::Model> = HashMap::new();
    for row in rows {
        let there = links.get(&row.citizen_id);
        if there.is_none_or(|there| there.opened_at.is_none()) {
            links.insert(row.citizen_id, row);
        }
    }
    Ok(links)
}

const fn seen_through(link: &citizen_points::Model) -> Access {
    match link.opened_at {
        Some(_) => Access::Whole,
        None => Access::Least,
    }
}

const fn whole(row: citizens::Model) -> SeenCitizen {
    SeenCitizen {
        row,
        access: Access::Whole,
        since: None,
    }
}

/// A row with nothing in it that the point did not write.
fn through(mut row: citizens::Model, link: &citizen_points::Model) -> SeenCitizen {
    if seen_through(link) == Access::Whole {
        return whole(row);
    }
    row.first_name.clone_from(&link.first_name);
    row.last_name.clone_from(&link.last_name);
    row.last_first = folded(&format!("{} {}", link.last_name, link.first_name));
    row.first_last = folded(&format!("{} {}", link.first_name, link.last_name));
    row.birth_date = None;
    row.gender = None;
    row.education = None;
    row.occupation = None;
    row.citizenship = None;
    row.province = None;
    row.email = None;
    row.phone = None;
    row.cf_sealed = None;
    SeenCitizen {
        row,
        access: Access::Least,
        since: Some(link.since),
    }
}

/// The points that follow a person, the one that registered them first.
///
/// # Errors
/// The database's.
pub async fn of_citizen(db: &Db, citizen: CitizenId) -> Result<Vec<Following>, DbErr> {
    let home = citizens::Entity::find_by_id(citizen)
        .join(
            JoinType::InnerJoin,
            citizens::Entity::belongs_to(points::Entity)
                .from(citizens::Column::PointId)
                .to(points::Column::Id)
                .into(),
        )
        .select_also(points::Entity)
        .one(db.read())
        .await?;
    let Some((row, Some(home))) = home else {
        return Ok(Vec::new());
    };
    let mut all = vec![Following {
        point: home.id,
        name: home.name,
        since: row.created_at,
        access: Access::Whole,
        document: None,
    }];
    let links = citizen_points::Entity::find()
        .select_also(points::Entity)
        .join(JoinType::InnerJoin, link_point())
        .filter(citizen_points::Column::CitizenId.eq(citizen))
        .filter(citizen_points::Column::EndedAt.is_null())
        .all(db.read())
        .await?;
    all.extend(links.into_iter().filter_map(|(link, point)| {
        let point = point.filter(|point| point.id != row.point_id)?;
        Some(Following {
            point: point.id,
            name: point.name,
            since: link.since,
            access: seen_through(&link),
            document: link.document,
        })
    }));
    Ok(all)
}

/// From a link to its citizen.
pub(super) fn link_citizen() -> RelationDef {
    citizen_points::Entity::belongs_to(citizens::Entity)
        .from(citizen_points::Column::CitizenId)
        .to(citizens::Column::Id)
        .into()
}

/// From a link to its point.
fn link_point() -> RelationDef {
    citizen_points::Entity::belongs_to(points::Entity)
        .from(citizen_points::Column::PointId)
        .to(points::Column::Id)
        .into()
}

/// Whether somebody answers for the people that a point registered: they work for it, or coordinate
/// all of them. Whoever only follows a person never takes them away from that point: no codice
/// fiscale is changed, and no record becomes a part of another, but by who answers for it.
///
/// # Errors
/// The database's.
pub async fn answers_for(
    db: &impl ConnectionTrait,
    by: AccountId,
    home: PointId,
) -> Result<bool, DbErr> {
    let points = points_of(db, by).await?;
    Ok(points.is_none_or(|points| points.contains(&home)))
}

/// Whether a point follows a person besides the one that registered them, or did.
///
/// # Errors
/// The database's.
pub async fn ever(
    db: &impl ConnectionTrait,
    citizen: CitizenId,
    point: PointId,
) -> Result<bool, DbErr> {
    let row = citizen_points::Entity::find_by_id((citizen, point)).one(db);
    Ok(row.await?.is_some())
}

/// The points of a member of the staff; `None` for a coordinator, who has them all.
pub(super) async fn points_of(
    db: &impl ConnectionTrait,
    account: AccountId,
) -> Result<Option<Vec<PointId>>, DbErr> {
    let roles = account_roles::Entity::find()
        .filter(account_roles::Column::AccountId.eq(account))
        .all(db)
        .await?;
    if roles.iter().any(|row| row.role == Role::Coordinator) {
        return Ok(None);
    }
    let desk = |row: &account_roles::Model| row.point_id.filter(|_| row.role == Role::Facilitator);
    Ok(Some(roles.iter().filter_map(desk).collect()))
}
