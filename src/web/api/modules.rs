//! The catalogue: modules, lessons, practice questions, reading.

use actix_web::web::Path;
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
use crate::web::learn::module_page::PRACTICE_SEED;
use crate::web::read::{Json, Query};
use crate::web::state::App;

use super::view::{GradeView, LessonView, ModuleDetail, ModuleView};

/// Which modules to list; a filter left out lets everything through.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ModuleFilter {
    /// The language of the texts: a module without it answers in Italian.
    lang: Option<Lang>,
    /// DigComp level, 1 to 8.
    #[param(minimum = 0, maximum = 255, example = 1)]
    level: Option<u8>,
    /// Facilita SE6 code.
    domain: Option<PublicDomain>,
    /// DigComp 2.2 code, such as `2.6`.
    competence: Option<Competence>,
}

/// The modules of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ModulesView {
    modules: Vec<ModuleView>,
}

/// `GET /api/v1/modules`: the modules of the catalogue.
///
/// Filters hold together: a module passes all of them.
#[utoipa::path(get, path = "/modules", tag = "courses", operation_id = "list_modules", security(()),
    params(ModuleFilter), responses((status = 200, body = ModulesView)))]
pub async fn list(app: App, filter: Query<ModuleFilter>) -> Json<ModulesView> {
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
#[into_params(parameter_in = Query)]
pub struct InLang {
    /// The language of the texts: a module without it answers in Italian.
    pub(super) lang: Option<Lang>,
}

/// `GET /api/v1/modules/{module}`: a module with its lessons.
#[utoipa::path(get, path = "/modules/{module}", tag = "courses", operation_id = "read_module", security(()),
    params(("module" = ModuleId, Path), InLang), responses((status = 200, body = ModuleDetail)))]
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

/// `GET /api/v1/modules/{module}/lessons/{lesson}`: a lesson to read, with its practice questions.
#[utoipa::path(get, path = "/modules/{module}/lessons/{lesson}", tag = "courses",
    operation_id = "read_lesson", security(()),
    params(("module" = ModuleId, Path), ("lesson" = LessonId, Path), InLang),
    responses((status = 200, body = LessonView)))]
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
    /// A question of the lesson.
    question: QuestionId,
    given: Given,
}

/// `POST /api/v1/modules/{module}/lessons/{lesson}/answers`: grades an answer to a practice question.
///
/// It counts for nothing, as often as one likes.
#[utoipa::path(post, path = "/modules/{module}/lessons/{lesson}/answers", tag = "courses",
    operation_id = "practise", security(()),
    params(("module" = ModuleId, Path), ("lesson" = LessonId, Path), InLang),
    request_body = PracticeAnswer, responses((status = 200, body = GradeView),
        (status = 422, description = "the answer does not fit the question")))]
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
    module: ModuleId,
    /// Lessons of the module read so far.
    lessons_read: usize,
    /// How many it has.
    lessons: usize,
    /// The best finished attempt, in whole per cent.
    #[schema(maximum = 100)]
    quiz_best: Option<u8>,
    /// When it was completed.
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

/// `POST /api/v1/modules/{module}/lessons/{lesson}/read`: marks a lesson as read.
///
/// Again, it changes nothing.
#[utoipa::path(post, path = "/modules/{module}/lessons/{lesson}/read", tag = "learning",
    operation_id = "mark_lesson_read",
    params(("module" = ModuleId, Path), ("lesson" = LessonId, Path)),
    responses((status = 200, body = ReadView)))]
pub async fn read(
    app: App,
    learner: Learner,
    path: Path<(ModuleId, LessonId)>,
) -> Result<Json<ReadView>, Error> {
    let (module, lesson) = path.into_inner();
    let catalogue = app.catalogue();
    let which = (&module, &lesson);
    let progress =
        progress::read_lesson(&app.db, &catalogue, learner.reader(), which, app.now()).await?;
    Ok(Json(ReadView::new(&app, module, &progress)))
}
