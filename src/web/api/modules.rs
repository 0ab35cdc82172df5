//! The catalogue: modules, lessons, practice questions, reading.

use actix_web::web::{Json, Path, Query};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::{IntoParams, ToSchema};

use crate::content::question::Given;
use crate::domain::digcomp::Competence;
use crate::domain::facilita::PublicDomain;
use crate::domain::ids::{LessonId, ModuleId, QuestionId};
use crate::domain::locale::Lang;
use crate::learning::progress::{self, ModuleProgress};
use crate::web::error::Error;
use crate::web::extract::Learner;
use crate::web::state::App;
use crate::web::view::module::PRACTICE_SEED;

use super::view::{GradeView, LessonView, ModuleDetail, ModuleView};

/// Which modules to list; a filter left out lets everything through.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// The language of the texts: a module without it answers in Italian.
    #[param(value_type = Option<String>)]
    lang: Option<Lang>,
    /// DigComp level, 1 to 8.
    level: Option<u8>,
    /// Facilita SE6 code.
    #[param(value_type = Option<String>)]
    domain: Option<PublicDomain>,
    /// DigComp 2.2 code, such as `2.6`.
    #[param(value_type = Option<String>)]
    competence: Option<Competence>,
}

/// The modules of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ModulesView {
    modules: Vec<ModuleView>,
}

/// `GET /api/v1/modules`
#[utoipa::path(get, path = "/modules", tag = "courses", params(Filter),
    responses((status = 200, body = ModulesView)))]
pub async fn list(app: App, filter: Query<Filter>) -> Json<ModulesView> {
    let catalogue = app.catalogue();
    let modules = catalogue
        .modules()
        .iter()
        .filter(|module| filter.level.is_none_or(|level| module.level == level))
        .filter(|module| {
            filter
                .domain
                .is_none_or(|domain| module.domains.contains(&domain))
        })
        .filter(|module| {
            filter
                .competence
                .is_none_or(|one| module.digcomp.contains(&one))
        })
        .map(|module| ModuleView::new(module, filter.lang.unwrap_or_default()))
        .collect();
    Json(ModulesView { modules })
}

/// The language of one thing's texts.
#[derive(Debug, Deserialize, IntoParams)]
pub struct InLang {
    /// The language of the texts: a module without it answers in Italian.
    #[param(value_type = Option<String>)]
    pub(super) lang: Option<Lang>,
}

/// `GET /api/v1/modules/{module}`
#[utoipa::path(get, path = "/modules/{module}", tag = "courses",
    params(("module" = String, Path), InLang),
    responses((status = 200, body = ModuleDetail), (status = 404)))]
pub async fn show(
    app: App,
    module: Path<ModuleId>,
    query: Query<InLang>,
) -> Result<Json<ModuleDetail>, Error> {
    let catalogue = app.catalogue();
    let module = catalogue.module(&module).ok_or(Error::NotFound)?;
    Ok(Json(ModuleDetail::new(
        module,
        query.lang.unwrap_or_default(),
    )))
}

/// `GET /api/v1/modules/{module}/lessons/{lesson}`
#[utoipa::path(get, path = "/modules/{module}/lessons/{lesson}", tag = "courses",
    params(("module" = String, Path), ("lesson" = String, Path), InLang),
    responses((status = 200, body = LessonView), (status = 404)))]
pub async fn lesson(
    app: App,
    path: Path<(ModuleId, LessonId)>,
    query: Query<InLang>,
) -> Result<Json<LessonView>, Error> {
    let catalogue = app.catalogue();
    let (module, lesson) = path.into_inner();
    let module = catalogue.module(&module).ok_or(Error::NotFound)?;
    LessonView::new(module, query.lang.unwrap_or_default(), &lesson)
        .map(Json)
        .ok_or(Error::NotFound)
}

/// An answer to a practice question.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PracticeAnswer {
    #[schema(value_type = String)]
    question: QuestionId,
    /// A key (`one`), keys (`many`, `order`), `{left: right}` (`match`), text (`number`, `text`).
    #[schema(value_type = Object)]
    given: Given,
}

/// `POST /api/v1/modules/{module}/lessons/{lesson}/answers`: graded on the spot, never counted.
#[utoipa::path(post, path = "/modules/{module}/lessons/{lesson}/answers", tag = "learning",
    params(("module" = String, Path), ("lesson" = String, Path), InLang),
    request_body = PracticeAnswer,
    responses((status = 200, body = GradeView), (status = 404), (status = 422)))]
pub async fn practise(
    app: App,
    path: Path<(ModuleId, LessonId)>,
    query: Query<InLang>,
    answer: Json<PracticeAnswer>,
) -> Result<Json<GradeView>, Error> {
    let catalogue = app.catalogue();
    let (module, lesson) = path.into_inner();
    let PracticeAnswer { question, given } = answer.into_inner();
    let question = catalogue
        .module(&module)
        .and_then(|module| {
            module
                .edition(query.lang.unwrap_or_default())
                .lesson(&lesson)
        })
        .and_then(|lesson| lesson.questions().find(|one| one.id == question))
        .ok_or(Error::NotFound)?;
    let grade = question.grade(&given, PRACTICE_SEED)?;
    Ok(Json(GradeView::new(question.id.clone(), grade)))
}

/// How far a learner is in a module.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadView {
    #[schema(value_type = String)]
    module: ModuleId,
    /// Lessons of the module read so far.
    lessons_read: usize,
    lessons: usize,
    /// The best finished attempt, in whole per cent.
    quiz_best: Option<u8>,
    #[serde(with = "time::serde::rfc3339::option")]
    completed_at: Option<OffsetDateTime>,
}

impl ReadView {
    pub(super) fn new(app: &App, module: ModuleId, progress: &ModuleProgress) -> Self {
        let catalogue = app.catalogue();
        let lessons = catalogue
            .module(&module)
            .map_or(&[][..], |module| module.original.lessons.as_slice());
        Self {
            lessons_read: lessons
                .iter()
                .filter(|one| progress.read.contains(&one.id))
                .count(),
            lessons: lessons.len(),
            quiz_best: progress.best.map(|score| score.value()),
            completed_at: progress.completion.as_ref().map(|done| done.completed_at),
            module,
        }
    }
}

/// `POST /api/v1/modules/{module}/lessons/{lesson}/read`
#[utoipa::path(post, path = "/modules/{module}/lessons/{lesson}/read", tag = "learning",
    params(("module" = String, Path), ("lesson" = String, Path)),
    responses((status = 200, body = ReadView), (status = 401), (status = 404)))]
pub async fn read(
    app: App,
    learner: Learner,
    path: Path<(ModuleId, LessonId)>,
) -> Result<Json<ReadView>, Error> {
    let (module, lesson) = path.into_inner();
    let catalogue = app.catalogue();
    let progress =
        progress::read_lesson(&app.db, &catalogue, learner.id, &module, &lesson, app.now()).await?;
    Ok(Json(ReadView::new(&app, module, &progress)))
}
