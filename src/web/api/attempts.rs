//! Attempts at a module's quiz.

use actix_web::HttpResponse;
use actix_web::web::{Json, Path, Query};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::content::question::Given;
use crate::domain::ids::{AttemptId, ModuleId, QuestionId};
use crate::domain::locale::Lang;
use crate::learning::answer::{self, Submission};
use crate::learning::completion::Completion;
use crate::learning::finish::Finished;
use crate::learning::{attempt, finish};
use crate::web::error::Error;
use crate::web::extract::{Language, Learner};
use crate::web::state::App;
use crate::web::templates;

use super::modules::InLang;
use super::view::{AttemptView, GradeView};

/// `POST /api/v1/modules/{module}/attempts`: a new attempt, or the one under way.
#[utoipa::path(post, path = "/modules/{module}/attempts", tag = "learning",
    params(("module" = String, Path), InLang),
    responses((status = 201, body = AttemptView), (status = 200, body = AttemptView),
        (status = 401), (status = 404), (status = 409)))]
pub async fn start(
    app: App,
    learner: Learner,
    module: Path<ModuleId>,
    query: Query<InLang>,
) -> Result<HttpResponse, Error> {
    let catalogue = app.catalogue();
    let lang = query.lang.unwrap_or_default();
    let started = attempt::start(&app.db, &catalogue, learner.id, &module, lang, app.now()).await?;
    let view = AttemptView::new(&started.attempt);
    Ok(if started.new {
        HttpResponse::Created().json(view)
    } else {
        HttpResponse::Ok().json(view)
    })
}

/// An answer to a question of an attempt.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AttemptAnswer {
    #[schema(value_type = String)]
    question: QuestionId,
    /// The client's name for this act; sent again, it gives the same answer.
    submission: Uuid,
    /// A key (`one`), keys (`many`, `order`), `{left: right}` (`match`), text (`number`, `text`).
    #[schema(value_type = Object)]
    given: Given,
}

/// `POST /api/v1/attempts/{attempt}/answers`
#[utoipa::path(post, path = "/attempts/{attempt}/answers", tag = "learning",
    params(("attempt" = Uuid, Path)), request_body = AttemptAnswer,
    responses((status = 200, body = GradeView), (status = 401), (status = 404),
        (status = 409, description = "the question has another answer, or the attempt is over"),
        (status = 422, description = "the answer does not fit the question")))]
pub async fn answer(
    app: App,
    learner: Learner,
    attempt: Path<AttemptId>,
    body: Json<AttemptAnswer>,
) -> Result<Json<GradeView>, Error> {
    let AttemptAnswer {
        question,
        submission,
        given,
    } = body.into_inner();
    let submission = Submission {
        id: submission,
        question: question.clone(),
        given,
    };
    let catalogue = app.catalogue();
    let attempt = attempt.into_inner();
    let grade = answer::answer(
        &app.db,
        &catalogue,
        learner.id,
        attempt,
        submission,
        app.now(),
    )
    .await?;
    Ok(Json(GradeView::new(question, grade)))
}

/// A finished attempt.
#[derive(Debug, Serialize, ToSchema)]
pub struct FinishedView {
    /// Whole per cent of the points.
    score: u8,
    passed: bool,
    /// The module's completion, from this attempt or an earlier one.
    completion: Option<CompletionView>,
}

/// That a module is done, and whether the network counts it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompletionView {
    #[serde(with = "time::serde::rfc3339")]
    completed_at: OffsetDateTime,
    rev: u32,
    /// `online`, or `facilitator` where a facilitator recorded it.
    source: &'static str,
    /// The service it became.
    counted: Option<CountedView>,
    /// Where it became none: why.
    not_counted: Option<NotCountedView>,
}

/// The service a completion became.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountedView {
    service: Uuid,
    /// Whether this is the citizen's first service of the programme.
    new_citizen: bool,
}

/// Why a completion became no service.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotCountedView {
    /// For programs.
    reason: &'static str,
    /// For people.
    detail: String,
}

impl CompletionView {
    pub(super) fn new(completion: &Completion, lang: Lang) -> Self {
        Self {
            completed_at: completion.completed_at,
            rev: completion.rev,
            source: completion.source.name(),
            counted: completion.counted.as_ref().ok().map(|counted| CountedView {
                service: counted.service.0,
                new_citizen: counted.new_citizen,
            }),
            not_counted: completion
                .counted
                .as_ref()
                .err()
                .map(|reason| NotCountedView {
                    reason: reason.key(),
                    detail: templates::text(lang, &format!("not-counted-{}", reason.key())),
                }),
        }
    }
}

impl FinishedView {
    fn new(finished: &Finished, lang: Lang) -> Self {
        Self {
            score: finished.result.score.value(),
            passed: finished.result.passed,
            completion: finished
                .completion
                .as_ref()
                .map(|completion| CompletionView::new(completion, lang)),
        }
    }
}

/// `POST /api/v1/attempts/{attempt}/finish`: again, it gives the same result.
#[utoipa::path(post, path = "/attempts/{attempt}/finish", tag = "learning",
    params(("attempt" = Uuid, Path)),
    responses((status = 200, body = FinishedView), (status = 401), (status = 404)))]
pub async fn finish(
    app: App,
    learner: Learner,
    attempt: Path<AttemptId>,
    lang: Language,
) -> Result<Json<FinishedView>, Error> {
    let finished = finish::finish(&app.db, learner.id, attempt.into_inner(), app.now()).await?;
    Ok(Json(FinishedView::new(&finished, lang.0)))
}
