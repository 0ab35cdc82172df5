//! Everything of a person in order of time, a statement for each kind of thing: what they were
//! given and learned, their services, questions, cards and consents, and what was done with their
//! record.

use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
};
use time::{Date, OffsetDateTime};

use crate::db::Db;
use crate::db::audit::Action;
use crate::db::entities::{
    assignments, attendances, audit, cards, citizen_points, citizens, completions, consents,
    group_members, groups, help_requests, learners, merges, points, services,
};
use crate::domain::calendar::rome_day;
use crate::domain::consent::ConsentKind;
use crate::domain::facilita::ServiceKind;
use crate::domain::ids::{AccountId, CitizenId, ModuleId, PointId, ServiceId};

use super::takeover::{self, learner_of};

/// The most of each kind that is read: the newest.
const MOST: u64 = 500;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// On which day.
    pub day: Date,
    /// When it was written down.
    pub at: OffsetDateTime,
    /// Who did it, of the staff.
    pub by: Option<AccountId>,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The record was made.
    Registered,
    /// It was corrected.
    Corrected,
    /// Another record became a part of it, or this one of another.
    Merged,
    /// They are two again.
    Parted,
    /// Another point follows them, by its name.
    Followed(String),
    /// That point sees the whole record.
    Opened(String),
    /// They were told how their data are used, or agreed to be written to.
    Agreed(ConsentKind),
    /// They took it back.
    TookBack(ConsentKind),
    /// They got a card.
    Card,
    /// It stopped.
    CardStopped,
    /// They were given something to learn, alone or in a group.
    Assigned(ModuleId, Option<String>),
    /// They completed it.
    Learned(ModuleId),
    /// They said that what a guest did was theirs.
    TookOver,
    /// It was given back: by them, where nobody of the staff did it.
    GaveBack,
    /// They were given a service.
    Service(ServiceLine),
    /// They asked the desk, about a module.
    Asked(ModuleId),
    /// The desk answered.
    Answered(ModuleId),
}

/// A service of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceLine {
    /// The entry.
    pub id: ServiceId,
    /// Where.
    pub point: PointId,
    /// SE3.
    pub kind: ServiceKind,
    /// SE7.
    pub title: String,
    /// How long.
    pub minutes: i32,
    /// It counts no more.
    pub voided: bool,
    /// It was entered in place of another.
    pub corrects: bool,
}

/// Everything of a person, the newest first.
///
/// # Errors
/// The database's.
pub async fn of_citizen(db: &Db, citizen: CitizenId) -> Result<Vec<Event>, DbErr> {
    let mut all = record(db, citizen).await?;
    all.extend(followed(db, citizen).await?);
    all.extend(agreed(db, citizen).await?);
    all.extend(carried(db, citizen).await?);
    all.extend(given(db, citizen).await?);
    all.extend(learned(db, citizen).await?);
    all.extend(taken_over(db, citizen).await?);
    all.extend(served(db, citizen).await?);
    all.extend(asked(db, citizen).await?);
    all.sort_by_key(|event| std::cmp::Reverse((event.day, event.at)));
    Ok(all)
}

fn event(at: OffsetDateTime, by: Option<AccountId>, what: What) -> Event {
    Event {
        day: rome_day(at),
        at,
        by,
        what,
    }
}

/// Made, corrected, merged and parted.
async fn record(db: &Db, citizen: CitizenId) -> Result<Vec<Event>, DbErr> {
    let made = citizens::Entity::find_by_id(citizen).one(db.read()).await?;
    let made = made.map(|row| event(row.created_at, Some(row.registered_by), What::Registered));
    let mut all: Vec<Event> = made.into_iter().collect();
    let corrected = audit::Entity::find()
        .filter(audit::Column::SubjectKind.eq("citizen"))
        .filter(audit::Column::SubjectId.eq(citizen.to_string()))
        .filter(audit::Column::Action.eq(Action::CitizenCorrected.name()))
        .order_by_desc(audit::Column::Sequence)
        .limit(MOST)
        .all(db.read())
        .await?;
    all.extend(
        corrected
            .into_iter()
            .map(|row| event(row.at, row.account_id, What::Corrected)),
    );
    let merged = merges::Entity::find()
        .filter(
            Condition::any()
                .add(merges::Column::KeptId.eq(citizen))
                .add(merges::Column::MergedId.eq(citizen)),
        )
        .all(db.read())
        .await?;
    for row in merged {
        all.push(event(row.merged_at, Some(row.merged_by), What::Merged));
        if let Some(at) = row.undone_at {
            all.push(event(at, row.undone_by, What::Parted));
        }
    }
    Ok(all)
}

async fn followed(db: &Db, citizen: CitizenId) -> Result<Vec<Event>, DbErr> {
    let rows = citizen_points::Entity::find()
        .select_also(points::Entity)
        .join(
            JoinType::InnerJoin,
            citizen_points::Entity::belongs_to(points::Entity)
                .from(citizen_points::Column::PointId)
                .to(points::Column::Id)
                .into(),
        )
        .filter(citizen_points::Column::CitizenId.eq(citizen))
        .all(db.read())
        .await?;
    let mut all = Vec::new();
    for (row, point) in rows {
        let name = point.map(|point| point.name).unwrap_or_default();
        let by = Some(row.brought_by);
        all.push(event(row.since, by, What::Followed(name.clone())));
        if let Some(at) = row.opened_at {
            all.push(event(at, row.opened_by, What::Opened(name)));
        }
    }
    Ok(all)
}

async fn agreed(db: &Db, citizen: CitizenId) -> Result<Vec<Event>, DbErr> {
    let rows = consents::Entity::find()
        .filter(consents::Column::CitizenId.eq(citizen))
        .all(db.read())
        .await?;
    let mut all = Vec::new();
    for row in rows {
        let by = Some(row.recorded_by);
        all.push(event(row.recorded_at, by, What::Agreed(row.kind)));
        if let Some(at) = row.withdrawn_at {
            all.push(event(at, None, What::TookBack(row.kind)));
        }
    }
    Ok(all)
}

async fn carried(db: &Db, citizen: CitizenId) -> Result<Vec<Event>, DbErr> {
    let rows = cards::Entity::find()
        .filter(cards::Column::CitizenId.eq(citizen))
        .all(db.read())
        .await?;
    let mut all = Vec::new();
    for row in rows {
        all.push(event(row.issued_at, Some(row.issued_by), What::Card));
        if let Some(at) = row.revoked_at {
            all.push(event(at, None, What::CardStopped));
        }
    }
    Ok(all)
}

/// What they were given alone, and what their groups were given.
async fn given(db: &Db, citizen: CitizenId) -> Result<Vec<Event>, DbErr> {
    let alone = assignments::Entity::find()
        .filter(assignments::Column::CitizenId.eq(citizen))
        .order_by_desc(assignments::Column::Id)
        .limit(MOST)
        .all(db.read())
        .await?;
    let one = |row: assignments::Model, group: Option<String>| {
        let what = What::Assigned(row.module, group);
        event(row.assigned_at, Some(row.assigned_by), what)
    };
    let mut all: Vec<Event> = alone.into_iter().map(|row| one(row, None)).collect();
    let together = assignments::Entity::find()
        .select_also(groups::Entity)
        .join(
            JoinType::InnerJoin,
            assignments::Entity::belongs_to(groups::Entity)
                .from(assignments::Column::GroupId)
                .to(groups::Column::Id)
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            groups::Entity::belongs_to(group_members::Entity)
                .from(groups::Column::Id)
                .to(group_members::Column::GroupId)
                .into(),
        )
        .filter(group_members::Column::CitizenId.eq(citizen))
        .limit(MOST)
        .all(db.read())
        .await?;
    all.extend(
        together
            .into_iter()
            .map(|(row, group)| one(row, group.map(|group| group.name))),
    );
    Ok(all)
}

async fn learned(db: &Db, citizen: CitizenId) -> Result<Vec<Event>, DbErr> {
    let rows = completions::Entity::find()
        .join(
            JoinType::InnerJoin,
            completions::Entity::belongs_to(learners::Entity)
                .from(completions::Column::LearnerId)
                .to(learners::Column::Id)
                .into(),
        )
        .filter(learners::Column::CitizenId.eq(citizen))
        .order_by_desc(completions::Column::Id)
        .limit(MOST)
        .all(db.read())
        .await?;
    let done = |row: completions::Model| {
        event(row.completed_at, row.recorded_by, What::Learned(row.module))
    };
    Ok(rows.into_iter().map(done).collect())
}

async fn taken_over(db: &Db, citizen: CitizenId) -> Result<Vec<Event>, DbErr> {
    let Some(learner) = learner_of(db, citizen).await? else {
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    for row in takeover::rows(db, learner).await? {
        all.push(event(row.taken_at, None, What::TookOver));
        if let Some(at) = row.undone_at {
            all.push(event(at, row.undone_by, What::GaveBack));
        }
    }
    Ok(all)
}

/// Services at which somebody stood in front of them: what was learned at home is there already.
async fn served(db: &Db, citizen: CitizenId) -> Result<Vec<Event>, DbErr> {
    let rows = services::Entity::find()
        .join(
            JoinType::InnerJoin,
            services::Entity::belongs_to(attendances::Entity)
                .from(services::Column::Id)
                .to(attendances::Column::ServiceId)
                .into(),
        )
        .filter(attendances::Column::CitizenId.eq(citizen))
        .filter(services::in_person())
        .order_by_desc(services::Column::Day)
        .limit(MOST)
        .all(db.read())
        .await?;
    let one = |row: services::Model| Event {
        day: row.day,
        at: row.recorded_at,
        by: Some(row.account_id),
        what: What::Service(ServiceLine {
            id: row.id,
            point: row.point_id,
            kind: row.kind,
            title: row.title,
            minutes: row.minutes,
            voided: row.voided_at.is_some(),
            corrects: row.corrects_id.is_some(),
        }),
    };
    Ok(rows.into_iter().map(one).collect())
}

async fn asked(db: &Db, citizen: CitizenId) -> Result<Vec<Event>, DbErr> {
    let rows = help_requests::Entity::find()
        .filter(help_requests::Column::CitizenId.eq(citizen))
        .order_by_desc(help_requests::Column::Id)
        .limit(MOST)
        .all(db.read())
        .await?;
    let mut all = Vec::new();
    for row in rows {
        all.push(event(row.asked_at, None, What::Asked(row.module.clone())));
        if let Some(at) = row.answered_at {
            all.push(event(at, row.answered_by, What::Answered(row.module)));
        }
    }
    Ok(all)
}
