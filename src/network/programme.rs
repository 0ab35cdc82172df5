//! Programmes: what is counted, for whom, between which days, and what is to be reached by when.
//! All of it is data; no rule of a programme is code.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;

use crate::db::entities::{points, programme_targets, programmes};
use crate::domain::age::AgeRange;
use crate::domain::ids::{PointId, ProgrammeId};

/// A programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// Permanent.
    pub id: ProgrammeId,
    /// What addresses and commands call it.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Its first day.
    pub starts_on: Date,
    /// Its last day.
    pub ends_on: Date,
    /// The ages that count.
    pub ages: AgeRange,
    /// When learning at home counts.
    pub rule: CompletionRule,
    /// Facilita's identifier of the body.
    pub facilita_body: Option<String>,
    /// Facilita's identifier of the project.
    pub facilita_project: Option<String>,
    /// The last day that Facilita takes now; it moves it on every month.
    pub facilita_until: Option<Date>,
    /// From this day on people of 14 to 17 may be sent to Facilita.
    pub minors_from: Option<Date>,
}

/// When learning at home counts, beyond a passed quiz.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompletionRule {
    /// Whether the lessons must have been read.
    pub lessons: LessonsRule,
    /// Whether what was completed before the codice fiscale was verified counts from the day it
    /// was; where not, it never counts.
    pub retroactive: bool,
}

/// Which lessons must have been read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LessonsRule {
    /// None: who passes the quiz knows.
    #[default]
    None,
    /// Every lesson of the module.
    All,
}

/// What a target counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetKind {
    /// Points open.
    Points,
    /// Citizens reached, each once.
    Citizens,
    /// Services.
    Services,
    /// Facilitators at work.
    Facilitators,
}

impl TargetKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [
        Self::Points,
        Self::Citizens,
        Self::Services,
        Self::Facilitators,
    ];

    /// The name kept in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::Citizens => "citizens",
            Self::Services => "services",
            Self::Facilitators => "facilitators",
        }
    }
}

/// What is to be reached by a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
// Its name in the document, which others rely on.
#[schema(as = Target)]
pub struct ProgrammeTarget {
    /// What is counted.
    pub kind: TargetKind,
    /// The day.
    pub due_on: Date,
    /// How many.
    pub value: u64,
}

impl Programme {
    fn of_row(row: programmes::Model) -> Result<Self, DbErr> {
        let years = |value: i16| u8::try_from(value).unwrap_or(u8::MAX);
        let rule = serde_json::from_str(&row.rule)
            .map_err(|error| DbErr::Json(format!("the rule of programme {}: {error}", row.code)))?;
        Ok(Self {
            id: row.id,
            code: row.code,
            name: row.name,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            ages: AgeRange {
                min: years(row.age_min),
                max: years(row.age_max),
            },
            rule,
            facilita_body: row.facilita_body,
            facilita_project: row.facilita_project,
            facilita_until: row.facilita_until,
            minors_from: row.minors_from,
        })
    }
}

/// The programme of a code.
///
/// # Errors
/// The database's.
pub async fn by_code<C: ConnectionTrait>(db: &C, code: &str) -> Result<Option<Programme>, DbErr> {
    let query = programmes::Entity::find().filter(programmes::Column::Code.eq(code));
    query.one(db).await?.map(Programme::of_row).transpose()
}

/// The programme of an id.
///
/// # Errors
/// The database's.
pub async fn by_id<C: ConnectionTrait>(
    db: &C,
    id: ProgrammeId,
) -> Result<Option<Programme>, DbErr> {
    programmes::Entity::find_by_id(id)
        .one(db)
        .await?
        .map(Programme::of_row)
        .transpose()
}

/// The programme of a point, [`held`].
///
/// # Errors
/// The database's, also where there is no such point.
pub(crate) async fn of_point(tx: &DatabaseTransaction, point: PointId) -> Result<Programme, DbErr> {
    let none = || DbErr::RecordNotFound("the point's programme".to_owned());
    let row = points::Entity::find_by_id(point)
        .one(tx)
        .await?
        .ok_or_else(none)?;
    held(tx, row.programme_id).await?.ok_or_else(none)
}

/// The programme of an id, kept from changing until the transaction ends: whoever counts by its
/// rules is seen by whoever [revises](super::revise) them.
///
/// # Errors
/// The database's.
pub(super) async fn held(
    tx: &DatabaseTransaction,
    id: ProgrammeId,
) -> Result<Option<Programme>, DbErr> {
    programmes::Entity::find_by_id(id)
        .lock(LockType::Share)
        .one(tx)
        .await?
        .map(Programme::of_row)
        .transpose()
}

/// Every programme, by code.
///
/// # Errors
/// The database's.
pub async fn list<C: ConnectionTrait>(db: &C) -> Result<Vec<Programme>, DbErr> {
    let query = programmes::Entity::find().order_by_asc(programmes::Column::Code);
    query
        .all(db)
        .await?
        .into_iter()
        .map(Programme::of_row)
        .collect()
}

/// A programme's targets, by kind and day.
///
/// # Errors
/// The database's.
pub async fn targets<C: ConnectionTrait>(
    db: &C,
    programme: ProgrammeId,
) -> Result<Vec<ProgrammeTarget>, DbErr> {
    let rows = programme_targets::Entity::find()
        .filter(programme_targets::Column::ProgrammeId.eq(programme))
        .order_by_asc(programme_targets::Column::DueOn)
        .all(db)
        .await?;
    let target = |row: programme_targets::Model| {
        let kind = TargetKind::ALL
            .into_iter()
            .find(|kind| kind.name() == row.kind)?;
        Some(ProgrammeTarget {
            kind,
            due_on: row.due_on,
            value: u64::try_from(row.value).ok()?,
        })
    };
    let mut targets: Vec<_> = rows.into_iter().filter_map(target).collect();
    targets.sort_by_key(|target| (target.kind, target.due_on));
    Ok(targets)
}

/// The target in force on a day: the next one due, or the last one.
#[must_use]
pub fn in_force(
    targets: &[ProgrammeTarget],
    kind: TargetKind,
    on: Date,
) -> Option<ProgrammeTarget> {
    let of_kind = || targets.iter().filter(|target| target.kind == kind);
    of_kind()
        .find(|target| target.due_on >= on)
        .or_else(|| of_kind().next_back())
        .copied()
}

/// Adds a programme with its targets.
///
/// # Errors
/// The database's, also where the code is taken.
pub async fn create_in(
    tx: &DatabaseTransaction,
    programme: &Programme,
    targets: &[ProgrammeTarget],
) -> Result<(), DbErr> {
    programmes::Entity::insert(row(programme)?)
        .exec_without_returning(tx)
        .await?;
    aim(tx, programme.id, targets).await
}

/// Writes a programme that is there, and its targets in the place of those it had.
pub(super) async fn change_in(
    tx: &DatabaseTransaction,
    programme: &Programme,
    targets: &[ProgrammeTarget],
) -> Result<(), DbErr> {
    programmes::Entity::update(row(programme)?).exec(tx).await?;
    programme_targets::Entity::delete_many()
        .filter(programme_targets::Column::ProgrammeId.eq(programme.id))
        .exec(tx)
        .await?;
    aim(tx, programme.id, targets).await
}

fn row(programme: &Programme) -> Result<programmes::ActiveModel, DbErr> {
    let rule =
        serde_json::to_string(&programme.rule).map_err(|error| DbErr::Json(error.to_string()))?;
    Ok(programmes::ActiveModel {
        id: Set(programme.id),
        code: Set(programme.code.clone()),
        name: Set(programme.name.clone()),
        starts_on: Set(programme.starts_on),
        ends_on: Set(programme.ends_on),
        age_min: Set(programme.ages.min.into()),
        age_max: Set(programme.ages.max.into()),
        rule: Set(rule),
        facilita_body: Set(programme.facilita_body.clone()),
        facilita_project: Set(programme.facilita_project.clone()),
        facilita_until: Set(programme.facilita_until),
        minors_from: Set(programme.minors_from),
    })
}

async fn aim(
    tx: &DatabaseTransaction,
    programme: ProgrammeId,
    targets: &[ProgrammeTarget],
) -> Result<(), DbErr> {
    if targets.is_empty() {
        return Ok(());
    }
    let rows = targets.iter().map(|target| programme_targets::ActiveModel {
        programme_id: Set(programme),
        kind: Set(target.kind.name().to_owned()),
        due_on: Set(target.due_on),
        value: Set(i64::try_from(target.value).unwrap_or(i64::MAX)),
    });
    programme_targets::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;
    use time::macros::date;

    #[test]
    fn a_rule_is_data() {
        let rule: CompletionRule =
            serde_json::from_str(r#"{"lessons":"all","retroactive":true}"#).unwrap();
        assert_eq!(
            rule,
            CompletionRule {
                lessons: LessonsRule::All,
                retroactive: true
            }
        );
        assert!(serde_json::from_str::<CompletionRule>(r#"{"lessons":"some"}"#).is_err());
    }

    #[test]
    fn the_target_in_force_is_the_next_one_due() {
        let step = |due_on, value| ProgrammeTarget {
            kind: TargetKind::Citizens,
            due_on,
            value,
        };
        let steps = [
            step(date!(2025 - 06 - 30), 10),
            step(date!(2026 - 06 - 30), 20),
        ];
        let on = |day| in_force(&steps, TargetKind::Citizens, day).map(|target| target.value);
        assert_eq!(on(date!(2025 - 06 - 30)), Some(10));
        assert_eq!(on(date!(2025 - 07 - 01)), Some(20));
        assert_eq!(on(date!(2027 - 01 - 01)), Some(20));
        assert_eq!(
            in_force(&steps, TargetKind::Points, date!(2025 - 01 - 01)),
            None
        );
    }
}
