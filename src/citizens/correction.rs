//! What somebody asks their point to correct in their record: name, birth, codice fiscale. E-mail,
//! telephone and whether they may be used are theirs to change.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use thiserror::Error;
use time::OffsetDateTime;

use crate::db::audit::{Act, Action, note};
use crate::db::entities::{citizens, corrections};
use crate::db::{self, Db, audit, instant};
use crate::domain::calendar::rome_day;
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::field::FieldError;
use crate::domain::ids::{AccountId, CitizenId, CorrectionId, PointId};
use crate::domain::text::paragraphs;

use super::erased::with_merged;
use super::record::Details;

/// The longest request, and the longest answer, in characters.
pub const LONGEST: usize = 1_000;

/// The most requests that somebody may have open.
pub const OPEN: u64 = 5;

/// The most that are listed at once.
const MOST: u64 = 50;

/// What can be asked to be corrected.
pub const ABOUT: [&str; 4] = ["name", "birth", "code", "other"];

/// Why something about one's own record was refused.
#[derive(Debug, Error)]
pub enum RecordCorrectionError {
    /// Fields at fault, all of them.
    #[error("{} fields cannot be accepted", .0.len())]
    Invalid(Vec<FieldError>),
    /// No such person or request, or another point's.
    #[error("not found")]
    NotFound,
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

impl RecordCorrectionError {
    fn field(field: &'static str, key: &'static str) -> Self {
        Self::Invalid(vec![FieldError::new(field, key)])
    }
}

/// What somebody asked to have corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordCorrection {
    /// Permanent.
    pub id: CorrectionId,
    /// Some of [`ABOUT`].
    pub about: Vec<String>,
    /// In their words.
    pub text: String,
    /// When.
    pub asked_at: OffsetDateTime,
    /// What the desk answered.
    pub answer: Option<String>,
    /// When.
    pub answered_at: Option<OffsetDateTime>,
}

/// A request that waits at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingCorrection {
    /// The request.
    pub asked: RecordCorrection,
    /// Whose.
    pub citizen: CitizenId,
    /// Given name and family name.
    pub name: String,
}

/// Asks the point that registered somebody to correct their record. The same request that is still
/// open is not asked twice.
///
/// # Errors
/// [`RecordCorrectionError::Invalid`] where nothing is said, with [`OPEN`] requests open, or where a codice
/// fiscale is written out: it belongs on the card that the desk is shown.
pub async fn ask(
    db: &Db,
    citizen: CitizenId,
    about: &[String],
    text: &str,
    now: OffsetDateTime,
) -> Result<(), RecordCorrectionError> {
    let chosen: Vec<&str> = ABOUT
        .into_iter()
        .filter(|one| about.iter().any(|about| about == one))
        .collect();
    let mut faults = Vec::new();
    if chosen.is_empty() {
        faults.push(FieldError::new("about", "correction-nothing"));
    }
    let text = match written(text, "text") {
        Ok(text) => text,
        Err(fault) => {
            faults.push(fault);
            String::new()
        }
    };
    if !faults.is_empty() {
        return Err(RecordCorrectionError::Invalid(faults));
    }
    let about = chosen.join(",");
    db::write(db, async move |tx| {
        let person = citizens::Entity::find_by_id(citizen)
            .lock(LockType::NoKeyUpdate)
            .one(tx)
            .await?
            .filter(|row| row.erased_at.is_none())
            .ok_or(RecordCorrectionError::NotFound)?;
        let open = corrections::Entity::find()
            .filter(corrections::Column::CitizenId.eq(citizen))
            .filter(corrections::Column::AnsweredAt.is_null());
        let same = open
            .clone()
            .filter(corrections::Column::Text.eq(text.as_str()))
            .filter(corrections::Column::About.eq(about.as_str()));
        if same.count(tx).await? > 0 {
            return Ok(());
        }
        if open.count(tx).await? >= OPEN {
            return Err(RecordCorrectionError::field("text", "correction-too-many"));
        }
        let id = CorrectionId::new();
        let row = corrections::ActiveModel {
            id: Set(id),
            citizen_id: Set(citizen),
            point_id: Set(person.point_id),
            about: Set(about),
            text: Set(text),
            asked_at: Set(instant(now)),
            answer: Set(None),
            answered_by: Set(None),
            answered_at: Set(None),
        };
        corrections::Entity::insert(row)
            .exec_without_returning(tx)
            .await?;
        let act = Act {
            by: None,
            action: Action::CorrectionAsked,
            subject: "citizen",
            id: citizen.0,
            detail: &id.to_string(),
        };
        Ok(note(tx, act, now).await?)
    })
    .await
}

fn written(text: &str, field: &'static str) -> Result<String, FieldError> {
    let text = paragraphs(text);
    let fault = match text.chars().count() {
        0 => "required",
        length if length > LONGEST => "too-long",
        _ if names_a_code(&text) => "correction-code",
        _ => return Ok(text),
    };
    let key = fault;
    Err(FieldError { field, key })
}

/// A codice fiscale is never kept in the clear.
fn names_a_code(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| word.len() == 16 && CodiceFiscale::parse(word).is_ok())
}

/// What somebody asked, the newest first, under a record that was merged into theirs too.
///
/// # Errors
/// The database's.
pub async fn of_citizen(
    db: &impl ConnectionTrait,
    citizen: CitizenId,
) -> Result<Vec<RecordCorrection>, DbErr> {
    let ids = with_merged(db, citizen).await?;
    let rows = corrections::Entity::find()
        .filter(corrections::Column::CitizenId.is_in(ids))
        .order_by_desc(corrections::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(RecordCorrection::from).collect())
}

/// What waits at some points, the oldest first.
///
/// # Errors
/// The database's.
pub async fn waiting(db: &Db, points: Option<&[PointId]>) -> Result<Vec<WaitingCorrection>, DbErr> {
    let rows = unanswered(points)
        .select_also(citizens::Entity)
        .join(
            JoinType::InnerJoin,
            corrections::Entity::belongs_to(citizens::Entity)
                .from(corrections::Column::CitizenId)
                .to(citizens::Column::Id)
                .into(),
        )
        .order_by_asc(corrections::Column::Id)
        .limit(MOST)
        .all(db.read())
        .await?;
    if !rows.is_empty() {
        audit::list_seen(Action::PeopleListed, rows.len());
    }
    let waiting = |(row, person): (corrections::Model, Option<citizens::Model>)| {
        let person = person?;
        Some(WaitingCorrection {
            citizen: person.id,
            name: format!("{} {}", person.first_name, person.last_name),
            asked: row.into(),
        })
    };
    Ok(rows.into_iter().filter_map(waiting).collect())
}

/// How many wait at some points.
///
/// # Errors
/// The database's.
pub async fn count_waiting(db: &Db, points: &[PointId]) -> Result<u64, DbErr> {
    unanswered(Some(points)).count(db.read()).await
}

fn unanswered(points: Option<&[PointId]>) -> Select<corrections::Entity> {
    let all = corrections::Entity::find().filter(corrections::Column::AnsweredAt.is_null());
    match points {
        Some(points) => all.filter(corrections::Column::PointId.is_in(points.iter().copied())),
        None => all,
    }
}

/// Answers a request of these points; all of them where `None`. The same again changes nothing.
///
/// # Errors
/// [`RecordCorrectionError::Invalid`] without an answer; [`RecordCorrectionError::NotFound`] for another point's
/// request, and for one that was answered otherwise.
pub async fn answer(
    db: &Db,
    points: Option<&[PointId]>,
    request: CorrectionId,
    answer: &str,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<CitizenId, RecordCorrectionError> {
    let text =
        written(answer, "answer").map_err(|fault| RecordCorrectionError::Invalid(vec![fault]))?;
    let points = points.map(<[PointId]>::to_vec);
    db::write(db, async move |tx| {
        let row = corrections::Entity::find_by_id(request)
            .lock(LockType::Update)
            .one(tx)
            .await?
            .filter(|row| {
                let here = |points: &Vec<PointId>| points.contains(&row.point_id);
                points.as_ref().is_none_or(here)
            })
            .ok_or(RecordCorrectionError::NotFound)?;
        if row.answered_at.is_some() {
            return match row.answer.as_deref() == Some(text.as_str()) {
                true => Ok(row.citizen_id),
                false => Err(RecordCorrectionError::NotFound),
            };
        }
        corrections::Entity::update_many()
            .col_expr(corrections::Column::Answer, Expr::value(text))
            .col_expr(corrections::Column::AnsweredBy, Expr::value(by))
            .col_expr(corrections::Column::AnsweredAt, Expr::value(instant(now)))
            .filter(corrections::Column::Id.eq(request))
            .exec(tx)
            .await?;
        let act = Act {
            by: Some(by),
            action: Action::CorrectionAnswered,
            subject: "citizen",
            id: row.citizen_id.0,
            detail: &request.to_string(),
        };
        note(tx, act, now).await?;
        Ok(row.citizen_id)
    })
    .await
}

/// Somebody changes their own e-mail and telephone; an empty one is cleared.
///
/// # Errors
/// [`RecordCorrectionError::Invalid`].
pub async fn change_contacts(
    db: &Db,
    citizen: CitizenId,
    (email, phone): (String, String),
    now: OffsetDateTime,
) -> Result<(), RecordCorrectionError> {
    let details = Details {
        email: Some(email),
        phone: Some(phone),
        ..Details::default()
    };
    let checked = details
        .check(None, rome_day(now))
        .map_err(RecordCorrectionError::Invalid)?;
    db::write(db, async move |tx| {
        let person = citizens::Entity::find_by_id(citizen)
            .lock(LockType::NoKeyUpdate)
            .one(tx)
            .await?
            .filter(|row| row.erased_at.is_none())
            .ok_or(RecordCorrectionError::NotFound)?;
        let (email, phone) = (checked.email.flatten(), checked.phone.flatten());
        if (&person.email, &person.phone) == (&email, &phone) {
            return Ok(());
        }
        citizens::Entity::update_many()
            .col_expr(citizens::Column::Email, Expr::value(email))
            .col_expr(citizens::Column::Phone, Expr::value(phone))
            .col_expr(citizens::Column::UpdatedAt, Expr::value(instant(now)))
            .filter(citizens::Column::Id.eq(citizen))
            .exec(tx)
            .await?;
        let act = Act {
            by: None,
            action: Action::CitizenCorrected,
            subject: "citizen",
            id: citizen.0,
            detail: "email, phone",
        };
        Ok(note(tx, act, now).await?)
    })
    .await
}

impl From<corrections::Model> for RecordCorrection {
    fn from(row: corrections::Model) -> Self {
        Self {
            id: row.id,
            about: row.about.split(',').map(str::to_owned).collect(),
            text: row.text,
            asked_at: row.asked_at,
            answer: row.answer,
            answered_at: row.answered_at,
        }
    }
}
