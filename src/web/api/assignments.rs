//! What the desk gives people to learn, and who is stuck.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::ids::{CitizenId, GroupId, LessonId, ModuleId, PathId, QuestionId};
use crate::learning::assignment::{self, NewAssignment, To};
use crate::learning::hard::Hard;
use crate::learning::help::WaitingQuestion;
use crate::learning::stuck::{self, Stuck, StuckAt};
use crate::network::point;
use crate::web::error::Error;
use crate::web::extract::Facilitator;
use crate::web::read::Json;
use crate::web::state::App;

use super::schema;

/// What to assign, and to whom: `modules` or `path`, `citizens` or `group`.
#[derive(Deserialize, ToSchema)]
pub struct NewAssignmentBody {
    /// What to learn, where no path is given.
    #[serde(default)]
    modules: Vec<ModuleId>,
    path: Option<PathId>,
    /// The lesson to begin with; only with one module.
    lesson: Option<LessonId>,
    /// Who, where no group is given.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    citizens: Vec<CitizenId>,
    #[schema(value_type = Option<Uuid>)]
    group: Option<GroupId>,
    /// The last day to do it.
    due_on: Option<Date>,
    /// What the citizen reads.
    #[serde(default)]
    note: String,
}

/// What was assigned: one for each module and citizen, or each module of a group.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignmentsView {
    assignments: Vec<Uuid>,
}

/// `POST /api/v1/assignments`: gives modules or a path to citizens or to a group.
///
/// The same again changes the day and the note.
#[utoipa::path(post, path = "/assignments", tag = "desk", operation_id = "assign",
    security(("token" = ["facilitator"])), request_body = NewAssignmentBody,
    responses((status = 201, body = AssignmentsView), (status = 422),
        (status = 404, description = "no such group"),
        (status = 409, description = "completed already")))]
pub async fn create(
    app: App,
    desk: Facilitator,
    body: Json<NewAssignmentBody>,
) -> Result<HttpResponse, Error> {
    let (to, new) = read(body.into_inner())?;
    let (catalogue, points) = (app.catalogue(), &desk.points);
    let (by, now) = (desk.account, app.now());
    let given = assignment::assign(&app.db, &catalogue, points, to, new, by, now).await?;
    let assignments = given.into_iter().map(|id| id.0).collect();
    Ok(HttpResponse::Created().json(AssignmentsView { assignments }))
}

fn read(body: NewAssignmentBody) -> Result<(To, NewAssignment), Error> {
    let to = match body.group {
        Some(_) if !body.citizens.is_empty() => {
            return Err(Error::field("citizens", "assign-either"));
        }
        Some(group) => To::Group(group),
        None => To::Citizens(body.citizens),
    };
    let start = match (body.lesson, body.modules.as_slice()) {
        (None, _) => None,
        (Some(lesson), [module]) => Some((module.clone(), lesson)),
        (Some(_), _) => return Err(Error::field("lesson", "assign-unknown-lesson")),
    };
    let new = NewAssignment {
        modules: body.modules,
        path: body.path,
        start,
        due_on: body.due_on,
        note: body.note,
    };
    Ok((to, new))
}

/// Who is stuck at a point, which questions many get wrong, and who asks for help.
#[derive(Debug, Serialize, ToSchema)]
pub struct StuckView {
    /// The point's code.
    #[schema(example = "BA-001")]
    point: String,
    help: Vec<HelpView>,
    /// What is overdue first, then who stopped longest ago; at most a hundred.
    people: Vec<StuckLine>,
    questions: Vec<HardView>,
}

/// A question that waits for the desk.
#[derive(Debug, Serialize, ToSchema)]
pub struct HelpView {
    id: Uuid,
    citizen: Uuid,
    module: ModuleId,
    lesson: Option<LessonId>,
    question: Option<QuestionId>,
    /// What the person asks.
    text: String,
    #[serde(with = "time::serde::rfc3339")]
    asked_at: OffsetDateTime,
}

/// Somebody who is stuck at a module.
#[derive(Debug, Serialize, ToSchema)]
pub struct StuckLine {
    citizen: Uuid,
    first_name: String,
    last_name: String,
    module: ModuleId,
    /// Whether anything was done in it.
    begun: bool,
    /// `lesson`, `question`, `quiz` or `module`.
    #[schema(schema_with = schema::stuck_at)]
    at: &'static str,
    /// The next lesson to read.
    lesson: Option<LessonId>,
    /// The first question without an answer.
    question: Option<QuestionId>,
    /// The day on which something was last done, or assigned.
    since: Date,
    /// How many days that is ago.
    days: i64,
    /// The last day to do it, where it was assigned.
    due_on: Option<Date>,
    /// Whether that day is over.
    overdue: bool,
}

/// A question that many get wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct HardView {
    module: ModuleId,
    question: QuestionId,
    /// How many answers it had.
    answers: i64,
    /// How many of them were wrong.
    wrong: i64,
    /// Of wrong answers, in whole per cent.
    share: i64,
}

/// `GET /api/v1/points/{code}/stuck`: who is stuck at a point, where and since when.
#[utoipa::path(get, path = "/points/{code}/stuck", tag = "desk", operation_id = "list_stuck",
    security(("token" = ["facilitator"])), params(("code" = String, Path, description = "The point's code.", example = "BA-001")),
    responses((status = 200, body = StuckView)))]
pub async fn stuck(
    app: App,
    desk: Facilitator,
    code: Path<String>,
) -> Result<Json<StuckView>, Error> {
    let point = point::by_code(app.db.read(), &code).await?;
    let point = point.filter(|point| desk.points.contains(&point.id));
    let point = point.ok_or(Error::NotFound)?;
    let (catalogue, here) = (app.catalogue(), &[point.id]);
    let care = stuck::care(&app.db, &catalogue, here, (1, stuck::MOST), app.now()).await?;
    Ok(Json(StuckView {
        point: point.code,
        help: care.waiting.into_iter().map(HelpView::from).collect(),
        people: care.stuck.people.into_iter().map(StuckLine::from).collect(),
        questions: care.hard.into_iter().map(HardView::from).collect(),
    }))
}

impl From<WaitingQuestion> for HelpView {
    fn from(waiting: WaitingQuestion) -> Self {
        let WaitingQuestion { asked, citizen, .. } = waiting;
        Self {
            id: asked.id.0,
            citizen: citizen.0,
            module: asked.place.module,
            lesson: asked.place.lesson,
            question: asked.place.question,
            text: asked.text,
            asked_at: asked.asked_at,
        }
    }
}

impl From<Stuck> for StuckLine {
    fn from(stuck: Stuck) -> Self {
        let (at, lesson, question) = match stuck.at {
            StuckAt::Lesson(lesson) => ("lesson", Some(lesson), None),
            StuckAt::Question { question, .. } => ("question", None, Some(question)),
            StuckAt::Quiz => ("quiz", None, None),
            StuckAt::Module => ("module", None, None),
        };
        Self {
            citizen: stuck.citizen.0,
            first_name: stuck.first_name,
            last_name: stuck.last_name,
            module: stuck.module,
            begun: stuck.begun,
            at,
            lesson,
            question,
            since: stuck.since,
            days: stuck.days,
            due_on: stuck.due_on,
            overdue: stuck.overdue,
        }
    }
}

impl From<Hard> for HardView {
    fn from(hard: Hard) -> Self {
        Self {
            share: hard.share(),
            module: hard.module,
            question: hard.question,
            answers: hard.answers,
            wrong: hard.wrong,
        }
    }
}
