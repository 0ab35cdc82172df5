//! What the desk has of somebody, and who looked.

use sea_orm::sea_query::{Expr, ExprTrait as _, Func};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use time::{Date, OffsetDateTime};
use utoipa::ToSchema;

use crate::accounts::trail::{self, TrailPage, TrailRow};
use crate::citizens::correction;
use crate::citizens::follow::{self, Access};
use crate::db::Db;
use crate::db::entities::{
    assignments, citizen_points, consents, group_members, groups, help_requests, points, reports,
};
use crate::domain::ids::{CitizenId, GroupId, LessonId, ModuleId, PointId, QuestionId};

/// A point that follows somebody.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnPoint {
    /// Its name.
    pub point: String,
    /// Since when.
    #[serde(with = "time::serde::rfc3339")]
    pub since: OffsetDateTime,
    /// Whether it sees the whole record; otherwise the name alone, as it was written there.
    pub whole: bool,
    /// The name as it was written there, of a point they went to later.
    pub written: Option<String>,
    /// The document that was seen there.
    pub document: Option<String>,
    /// When it ceased to follow them.
    #[serde(with = "time::serde::rfc3339::option")]
    pub until: Option<OffsetDateTime>,
}

/// What somebody was told, or agreed to.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnConsent {
    /// `notice`: they were told how data are used. `contact`: they may be written to and called.
    pub kind: String,
    /// The text: the day it was written.
    pub version: String,
    /// The day.
    pub day: Date,
    /// They said so themselves here, and not at the desk.
    pub own: bool,
    /// When it was taken back.
    #[serde(with = "time::serde::rfc3339::option")]
    pub withdrawn_at: Option<OffsetDateTime>,
}

/// Something given to learn.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnAssignment {
    /// The module.
    pub module: ModuleId,
    /// The lesson to begin with.
    pub lesson: Option<LessonId>,
    /// Through a group.
    pub group: bool,
    /// The last day to do it.
    pub due_on: Option<Date>,
    /// What the facilitator wrote.
    pub note: String,
    /// When it was given.
    #[serde(with = "time::serde::rfc3339")]
    pub assigned_at: OffsetDateTime,
    /// When it was taken back.
    #[serde(with = "time::serde::rfc3339::option")]
    pub withdrawn_at: Option<OffsetDateTime>,
}

/// A group.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnGroup {
    /// Its name.
    pub name: String,
    /// Since when.
    #[serde(with = "time::serde::rfc3339")]
    pub since: OffsetDateTime,
}

/// A question to the desk.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnQuestion {
    /// The module.
    pub module: ModuleId,
    /// The lesson.
    pub lesson: Option<LessonId>,
    /// The question of the quiz.
    pub question: Option<QuestionId>,
    /// What was asked.
    pub text: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub asked_at: OffsetDateTime,
    /// What was answered.
    pub answer: Option<String>,
    /// When.
    #[serde(with = "time::serde::rfc3339::option")]
    pub answered_at: Option<OffsetDateTime>,
}

/// Something they asked to have corrected.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnCorrection {
    /// `name`, `birth`, `code`, `other`.
    pub about: Vec<String>,
    /// What was asked.
    pub text: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub asked_at: OffsetDateTime,
    /// What was answered.
    pub answer: Option<String>,
    /// When.
    #[serde(with = "time::serde::rfc3339::option")]
    pub answered_at: Option<OffsetDateTime>,
}

/// Something they reported about a page.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnReport {
    /// The page.
    pub page: String,
    /// What was written.
    pub text: String,
    /// The e-mail it was sent under.
    pub email: Option<String>,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub sent_at: OffsetDateTime,
}

/// That somebody looked at the record, or changed it. Never by name: ask the point who it was.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnLook {
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// What was done, by its name in the audit.
    pub action: String,
    /// In which role.
    pub role: Option<String>,
    /// At which point.
    pub point: Option<String>,
    /// `page`, `api`, `shell` or `program`.
    pub through: String,
}

impl From<TrailRow> for OwnLook {
    fn from(row: TrailRow) -> Self {
        Self {
            at: row.at,
            action: row.action,
            role: row.role.map(|role| role.name().to_owned()),
            point: row.point,
            through: row.through,
        }
    }
}

pub(super) async fn looks(
    db: &Db,
    citizen: CitizenId,
    before: Option<i64>,
) -> Result<TrailPage, DbErr> {
    trail::about(db, citizen, before).await
}

pub(super) async fn points(db: &Db, citizen: CitizenId) -> Result<Vec<OwnPoint>, DbErr> {
    let following = follow::of_citizen(db, citizen).await?;
    let links = citizen_points::Entity::find()
        .filter(citizen_points::Column::CitizenId.eq(citizen))
        .all(db.read())
        .await?;
    let written = |link: &citizen_points::Model| format!("{} {}", link.first_name, link.last_name);
    let mut all: Vec<OwnPoint> = following
        .into_iter()
        .map(|one| OwnPoint {
            written: links
                .iter()
                .find(|link| link.point_id == one.point)
                .map(written),
            point: one.name,
            since: one.since,
            whole: one.access == Access::Whole,
            document: one.document,
            until: None,
        })
        .collect();
    for link in links.iter().filter(|link| link.ended_at.is_some()) {
        all.push(OwnPoint {
            point: name(db, Some(link.point_id)).await?,
            since: link.since,
            whole: false,
            written: Some(written(link)),
            document: link.document.clone(),
            until: link.ended_at,
        });
    }
    Ok(all)
}

pub(super) async fn name(db: &Db, point: Option<PointId>) -> Result<String, DbErr> {
    let Some(point) = point else {
        return Ok(String::new());
    };
    let row = points::Entity::find_by_id(point).one(db.read()).await?;
    Ok(row.map_or_else(String::new, |row| row.name))
}

pub(super) async fn consents(db: &Db, people: &[CitizenId]) -> Result<Vec<OwnConsent>, DbErr> {
    let rows = consents::Entity::find()
        .filter(consents::Column::CitizenId.is_in(people.iter().copied()))
        .order_by_asc(consents::Column::Id)
        .all(db.read())
        .await?;
    let own = |row: consents::Model| OwnConsent {
        kind: row.kind.name().to_owned(),
        version: row.version,
        day: row.day,
        own: row.own,
        withdrawn_at: row.withdrawn_at,
    };
    Ok(rows.into_iter().map(own).collect())
}

async fn groups_of(db: &Db, people: &[CitizenId]) -> Result<Vec<group_members::Model>, DbErr> {
    group_members::Entity::find()
        .filter(group_members::Column::CitizenId.is_in(people.iter().copied()))
        .all(db.read())
        .await
}

pub(super) async fn assignments(
    db: &Db,
    people: &[CitizenId],
) -> Result<Vec<OwnAssignment>, DbErr> {
    let in_groups: Vec<GroupId> = groups_of(db, people)
        .await?
        .into_iter()
        .map(|row| row.group_id)
        .collect();
    let theirs = Condition::any()
        .add(assignments::Column::CitizenId.is_in(people.iter().copied()))
        .add(assignments::Column::GroupId.is_in(in_groups));
    let rows = assignments::Entity::find()
        .filter(theirs)
        .order_by_asc(assignments::Column::Id)
        .all(db.read())
        .await?;
    let own = |row: assignments::Model| OwnAssignment {
        module: row.module,
        lesson: row.lesson,
        group: row.group_id.is_some(),
        due_on: row.due_on,
        note: row.note,
        assigned_at: row.assigned_at,
        withdrawn_at: row.withdrawn_at,
    };
    Ok(rows.into_iter().map(own).collect())
}

pub(super) async fn groups(db: &Db, people: &[CitizenId]) -> Result<Vec<OwnGroup>, DbErr> {
    let mut all = Vec::new();
    for member in groups_of(db, people).await? {
        let group = groups::Entity::find_by_id(member.group_id)
            .one(db.read())
            .await?;
        all.extend(group.map(|group| OwnGroup {
            name: group.name,
            since: member.added_at,
        }));
    }
    Ok(all)
}

pub(super) async fn questions(db: &Db, people: &[CitizenId]) -> Result<Vec<OwnQuestion>, DbErr> {
    let rows = help_requests::Entity::find()
        .filter(help_requests::Column::CitizenId.is_in(people.iter().copied()))
        .order_by_desc(help_requests::Column::Id)
        .all(db.read())
        .await?;
    let own = |row: help_requests::Model| OwnQuestion {
        module: row.module,
        lesson: row.lesson,
        question: row.question,
        text: row.text,
        asked_at: row.asked_at,
        answer: row.answer,
        answered_at: row.answered_at,
    };
    Ok(rows.into_iter().map(own).collect())
}

pub(super) async fn corrections(db: &Db, citizen: CitizenId) -> Result<Vec<OwnCorrection>, DbErr> {
    let asked = correction::of_citizen(db.read(), citizen).await?;
    let own = |one: correction::RecordCorrection| OwnCorrection {
        about: one.about,
        text: one.text,
        asked_at: one.asked_at,
        answer: one.answer,
        answered_at: one.answered_at,
    };
    Ok(asked.into_iter().map(own).collect())
}

pub(super) async fn reports(db: &Db, emails: &[String]) -> Result<Vec<OwnReport>, DbErr> {
    let emails = emails.iter().map(|email| email.to_lowercase());
    let rows = reports::Entity::find()
        .filter(Expr::expr(Func::lower(Expr::col(reports::Column::Email))).is_in(emails))
        .order_by_desc(reports::Column::Id)
        .all(db.read())
        .await?;
    let own = |row: reports::Model| OwnReport {
        page: row.page,
        text: row.text,
        email: row.email,
        sent_at: row.sent_at,
    };
    Ok(rows.into_iter().map(own).collect())
}
