//! Attempts at a module's quiz.

use actix_web::HttpResponse;
use actix_web::web::Path;
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
use crate::web::read::{Json, Query};
use crate::web::state::App;
use crate::web::templates;

use super::modules::InLang;
use super::schema;
use super::view::{AttemptView, GradeView};

/// `POST /api/v1/modules/{module}/attempts`: starts an attempt at the quiz, or goes on with the one under way.
#[utoipa::path(post, path = "/modules/{module}/attempts", tag = "learning", operation_id = "start_attempt",
    params(("module" = ModuleId, Path), InLang),
    responses((status = 201, body = AttemptView, description = "a new attempt"),
        (status = 200, body = AttemptView, description = "the attempt under way"),
        (status = 404, description = "no such module, or it has no quiz"),
        (status = 429, description = "begun twenty times within an hour")))]
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
    /// A question of the attempt.
    question: QuestionId,
    /// The client's name for this act; sent again, it gives the same answer.
    submission: Uuid,
    given: Given,
}

/// `POST /api/v1/attempts/{attempt}/answers`: answers a question, once.
///
/// The same `submission` again gets the same grade and changes nothing.
#[utoipa::path(post, path = "/attempts/{attempt}/answers", tag = "learning", operation_id = "answer_question",
    params(("attempt" = Uuid, Path)), request_body = AttemptAnswer,
    responses((status = 200, body = GradeView),
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
    #[schema(maximum = 100)]
    score: u8,
    /// Whether that is enough to pass.
    passed: bool,
    /// The module's completion, from this attempt or an earlier one.
    completion: Option<CompletionView>,
}

/// That a module is done, and whether the network counts it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompletionView {
    #[serde(with = "time::serde::rfc3339")]
    completed_at: OffsetDateTime,
    /// The revision that was learned.
    rev: u32,
    /// `online`, or `facilitator` where a facilitator recorded it.
    #[schema(schema_with = schema::source)]
    source: &'static str,
    /// The service it became.
    counted: Option<CountedView>,
    /// Where it became none: why.
    not_counted: Option<NotCountedView>,
}

/// The service a completion became.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountedView {
    /// The service in the ledger.
    service: Uuid,
    /// Whether this is the citizen's first service of the programme.
    new_citizen: bool,
}

/// Why a completion became no service.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotCountedView {
    /// For programs.
    #[schema(schema_with = schema::not_counted)]
    reason: &'static str,
    /// For people, in the language of the request.
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

/// `POST /api/v1/attempts/{attempt}/finish`: closes an attempt and adds up its points.
///
/// Questions without an answer earn nothing. Again, it gives the same result.
#[utoipa::path(post, path = "/attempts/{attempt}/finish", tag = "learning", operation_id = "finish_attempt",
    params(("attempt" = Uuid, Path)), responses((status = 200, body = FinishedView)))]
pub async fn finish(
    app: App,
    learner: Learner,
    attempt: Path<AttemptId>,
    lang: Language,
) -> Result<Json<FinishedView>, Error> {
    let finished = finish::finish(&app.db, learner.id, attempt.into_inner(), app.now()).await?;
    Ok(Json(FinishedView::new(&finished, lang.0)))
}
