//! "Chiedi al mio facilitatore": a citizen's question, with the place where it came up, and what
//! the desk answers.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use time::OffsetDateTime;

use crate::content::Catalogue;
use crate::content::module::Module;
use crate::db::audit::{Act, Action, note};
use crate::db::entities::{citizens, help_requests};
use crate::db::{self, Db, instant};
use crate::domain::ids::{
    AccountId, CitizenId, HelpRequestId, LessonId, ModuleId, PointId, QuestionId,
};
use crate::domain::text::paragraphs;

use super::DeskError;

/// The longest question, and the longest answer, in characters.
pub const LONGEST: usize = 2_000;

/// The most questions that a citizen may have open.
pub const OPEN: u64 = 10;

/// The most that are listed at once.
const MOST: u64 = 50;

/// Where a question came up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpPlace {
    /// The module.
    pub module: ModuleId,
    /// The lesson; `None` in the quiz, or on the module's own page.
    pub lesson: Option<LessonId>,
    /// The question of the quiz.
    pub question: Option<QuestionId>,
}

impl HelpPlace {
    /// The module, where the place is in the catalogue.
    #[must_use]
    pub fn module<'c>(&self, catalogue: &'c Catalogue) -> Option<&'c Module> {
        let module = catalogue.module(&self.module)?;
        let lesson = |id| module.original.lesson(id).is_some();
        let question = |id: &QuestionId| {
            let quiz = module.original.quiz.as_ref();
            quiz.is_some_and(|quiz| quiz.questions.iter().any(|one| one.id == *id))
        };
        let known =
            self.lesson.as_ref().is_none_or(lesson) && self.question.as_ref().is_none_or(question);
        known.then_some(module)
    }
}

/// A question of a citizen's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpQuestion {
    /// Permanent.
    pub id: HelpRequestId,
    /// Where it came up.
    pub place: HelpPlace,
    /// What they wrote.
    pub text: String,
    /// When.
    pub asked_at: OffsetDateTime,
    /// When the desk answered; `None` while it waits.
    pub answered_at: Option<OffsetDateTime>,
    /// What the desk wrote; `None` where it was dealt with in person.
    pub answer: Option<String>,
}

/// A question that waits at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingQuestion {
    /// The question.
    pub asked: HelpQuestion,
    /// Whose.
    pub citizen: CitizenId,
    /// Given name and family name.
    pub name: String,
}

/// How the desk deals with a question.
#[derive(Debug, Clone)]
pub enum HelpAnswer {
    /// In writing.
    Written(String),
    /// In person, at the point.
    AtTheDesk,
}

/// Asks the facilitators of the citizen's point. The same question that is still open is not asked
/// twice.
///
/// # Errors
/// [`DeskError::NotFound`] for a place that is not there; [`DeskError::Invalid`] for a text that is
/// empty or too long, or with [`OPEN`] questions open.
pub async fn ask(
    db: &Db,
    catalogue: &Catalogue,
    citizen: CitizenId,
    place: HelpPlace,
    text: &str,
    now: OffsetDateTime,
) -> Result<(), DeskError> {
    place.module(catalogue).ok_or(DeskError::NotFound)?;
    let text = written(text, "text", "help-empty")?;
    db::write(db, async move |tx| {
        let person = citizens::Entity::find_by_id(citizen)
            .lock(LockType::NoKeyUpdate)
            .one(tx)
            .await?
            .ok_or(DeskError::NotFound)?;
        let open = help_requests::Entity::find()
            .filter(help_requests::Column::CitizenId.eq(citizen))
            .filter(help_requests::Column::AnsweredAt.is_null());
        let same = open
            .clone()
            .filter(help_requests::Column::Text.eq(text.as_str()))
            .all(tx)
            .await?;
        if same
            .into_iter()
            .any(|row| HelpQuestion::from(row).place == place)
        {
            return Ok(());
        }
        if open.count(tx).await? >= OPEN {
            return Err(DeskError::field("text", "help-too-many"));
        }
        let id = HelpRequestId::new();
        let row = help_requests::ActiveModel {
            id: Set(id),
            citizen_id: Set(citizen),
            point_id: Set(person.point_id),
            module: Set(place.module),
            lesson: Set(place.lesson),
            question: Set(place.question),
            text: Set(text),
            asked_at: Set(instant(now)),
            answer: Set(None),
            answered_by: Set(None),
            answered_at: Set(None),
        };
        help_requests::Entity::insert(row)
            .exec_without_returning(tx)
            .await?;
        let act = Act {
            by: None,
            action: Action::HelpAsked,
            subject: "citizen",
            id: citizen.0,
            detail: &id.to_string(),
        };
        Ok(note(tx, act, now).await?)
    })
    .await
}

/// A citizen's questions, the newest first; not all of a long life, the last [`OPEN`].
///
/// # Errors
/// The database's.
pub async fn of_citizen(db: &Db, citizen: CitizenId) -> Result<Vec<HelpQuestion>, DbErr> {
    let rows = help_requests::Entity::find()
        .filter(help_requests::Column::CitizenId.eq(citizen))
        .order_by_desc(help_requests::Column::Id)
        .limit(OPEN)
        .all(db.read())
        .await?;
    Ok(rows.into_iter().map(HelpQuestion::from).collect())
}

/// The questions that wait at some points, the oldest first.
///
/// # Errors
/// The database's.
pub async fn waiting(db: &Db, points: &[PointId]) -> Result<Vec<WaitingQuestion>, DbErr> {
    let rows = help_requests::Entity::find()
        .select_also(citizens::Entity)
        .join(
            JoinType::InnerJoin,
            help_requests::Entity::belongs_to(citizens::Entity)
                .from(help_requests::Column::CitizenId)
                .to(citizens::Column::Id)
                .into(),
        )
        .filter(help_requests::Column::PointId.is_in(points.iter().copied()))
        .filter(help_requests::Column::AnsweredAt.is_null())
        .order_by_asc(help_requests::Column::Id)
        .limit(MOST)
        .all(db.read())
        .await?;
    let waiting = |(row, person): (help_requests::Model, Option<citizens::Model>)| {
        let person = person?;
        Some(WaitingQuestion {
            citizen: person.id,
            name: format!("{} {}", person.first_name, person.last_name),
            asked: row.into(),
        })
    };
    Ok(rows.into_iter().filter_map(waiting).collect())
}

/// Deals with a question that waits at these points. The same again changes nothing.
///
/// # Errors
/// [`DeskError::Invalid`] for an answer that is empty or too long; [`DeskError::NotFound`] for
/// another point's question, and for one that somebody dealt with otherwise.
pub async fn answer(
    db: &Db,
    points: &[PointId],
    request: HelpRequestId,
    answer: HelpAnswer,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DeskError> {
    let text = match answer {
        HelpAnswer::Written(text) => Some(written(&text, "answer", "required")?),
        HelpAnswer::AtTheDesk => None,
    };
    let points = points.to_vec();
    db::write(db, async move |tx| {
        let row = help_requests::Entity::find_by_id(request)
            .lock(LockType::Update)
            .one(tx)
            .await?
            .filter(|row| points.contains(&row.point_id))
            .ok_or(DeskError::NotFound)?;
        if row.answered_at.is_some() {
            return match row.answer == text {
                true => Ok(()),
                false => Err(DeskError::NotFound),
            };
        }
        help_requests::Entity::update_many()
            .col_expr(help_requests::Column::Answer, Expr::value(text))
            .col_expr(help_requests::Column::AnsweredBy, Expr::value(by))
            .col_expr(help_requests::Column::AnsweredAt, Expr::value(instant(now)))
            .filter(help_requests::Column::Id.eq(request))
            .exec(tx)
            .await?;
        let act = Act {
            by: Some(by),
            action: Action::HelpAnswered,
            subject: "citizen",
            id: row.citizen_id.0,
            detail: &request.to_string(),
        };
        Ok(note(tx, act, now).await?)
    })
    .await
}

fn written(text: &str, field: &'static str, empty: &'static str) -> Result<String, DeskError> {
    let text = paragraphs(text);
    match text.chars().count() {
        0 => Err(DeskError::field(field, empty)),
        length if length > LONGEST => Err(DeskError::field(field, "too-long")),
        _ => Ok(text),
    }
}

impl From<help_requests::Model> for HelpQuestion {
    fn from(row: help_requests::Model) -> Self {
        Self {
            id: row.id,
            place: HelpPlace {
                module: row.module,
                lesson: row.lesson,
                question: row.question,
            },
            text: row.text,
            asked_at: row.asked_at,
            answered_at: row.answered_at,
            answer: row.answer,
        }
    }
}
