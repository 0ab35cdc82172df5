//! What the desk gives people to learn, and who is stuck.

use actix_web::HttpResponse;
use actix_web::web::{Json, Path};
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::ids::{CitizenId, GroupId, LessonId, ModuleId, PathId, QuestionId};
use crate::learning::assignment::{self, NewAssignment, To};
use crate::learning::hard::Hard;
use crate::learning::help::Waiting;
use crate::learning::stuck::{self, At, Stuck};
use crate::network::point;
use crate::web::error::Error;
use crate::web::extract::Facilitator;
use crate::web::state::App;

/// What to assign, and to whom: `modules` or `path`, `citizens` or `group`.
#[derive(Deserialize, ToSchema)]
pub struct NewAssignmentBody {
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    modules: Vec<ModuleId>,
    #[schema(value_type = Option<String>)]
    path: Option<PathId>,
    /// The lesson to begin with; only with one module.
    #[schema(value_type = Option<String>)]
    lesson: Option<LessonId>,
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    citizens: Vec<CitizenId>,
    #[schema(value_type = Option<Uuid>)]
    group: Option<GroupId>,
    /// The last day to do it.
    #[schema(value_type = Option<String>)]
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

/// `POST /api/v1/assignments`: the same again changes the day and the note.
#[utoipa::path(post, path = "/assignments", tag = "desk", request_body = NewAssignmentBody,
    responses((status = 201, body = AssignmentsView), (status = 403), (status = 404),
        (status = 422, description = "`errors` names the fields")))]
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
    #[schema(value_type = String)]
    module: ModuleId,
    #[schema(value_type = Option<String>)]
    lesson: Option<LessonId>,
    #[schema(value_type = Option<String>)]
    question: Option<QuestionId>,
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
    #[schema(value_type = String)]
    module: ModuleId,
    /// Whether anything was done in it.
    begun: bool,
    /// `lesson`, `question`, `quiz` or `module`.
    at: &'static str,
    /// The next lesson to read.
    #[schema(value_type = Option<String>)]
    lesson: Option<LessonId>,
    /// The first question without an answer.
    #[schema(value_type = Option<String>)]
    question: Option<QuestionId>,
    /// The day on which something was last done, or assigned.
    #[schema(value_type = String)]
    since: Date,
    days: i64,
    #[schema(value_type = Option<String>)]
    due_on: Option<Date>,
    overdue: bool,
}

/// A question that many get wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct HardView {
    #[schema(value_type = String)]
    module: ModuleId,
    #[schema(value_type = String)]
    question: QuestionId,
    answers: i64,
    wrong: i64,
    /// Of wrong answers, in whole per cent.
    share: i64,
}

/// `GET /api/v1/points/{code}/stuck`
#[utoipa::path(get, path = "/points/{code}/stuck", tag = "desk", params(("code" = String, Path)),
    responses((status = 200, body = StuckView), (status = 403), (status = 404)))]
pub async fn stuck(
    app: App,
    desk: Facilitator,
    code: Path<String>,
) -> Result<Json<StuckView>, Error> {
    let point = point::by_code(app.db.read(), &code).await?;
    let point = point.filter(|point| desk.points.contains(&point.id));
    let point = point.ok_or(Error::NotFound)?;
    let (catalogue, here) = (app.catalogue(), &[point.id]);
    let care = stuck::care(&app.db, &catalogue, here, app.now()).await?;
    Ok(Json(StuckView {
        point: point.code,
        help: care.waiting.into_iter().map(HelpView::from).collect(),
        people: care.stuck.people.into_iter().map(StuckLine::from).collect(),
        questions: care.hard.into_iter().map(HardView::from).collect(),
    }))
}

impl From<Waiting> for HelpView {
    fn from(waiting: Waiting) -> Self {
        let Waiting { asked, citizen, .. } = waiting;
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
            At::Lesson(lesson) => ("lesson", Some(lesson), None),
            At::Question { question, .. } => ("question", None, Some(question)),
            At::Quiz => ("quiz", None, None),
            At::Module => ("module", None, None),
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
