//! The graded quiz, one question a page, with plain forms.
//!
//! An answer leads back to its question, which then shows what is said to it: reloading a page or
//! going back never sends anything again.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::Path;
use uuid::Uuid;

use crate::content::Catalogue;
use crate::content::module::Module;
use crate::content::question::Question;
use crate::content::teaching::LessonsBehind;
use crate::domain::ids::{AttemptId, ModuleId};
use crate::domain::locale::Lang;
use crate::learning::LearningError;
use crate::learning::answer::{Submission, answer as save};
use crate::learning::attempt::{self, Attempt};
use crate::learning::finish::finish as close;
use crate::learning::progress::{self, ModuleProgress};
use crate::web::error::Error;
use crate::web::extract::{Anyone, GuestOrLearner, Language, Learner};
use crate::web::learn::answer_form::{FormFields, given, refused, value};
use crate::web::learn::module_page::next_in_a_path;
use crate::web::learn::quiz_page::{EndPage, QuestionPage, QuizPage, address, first_open};
use crate::web::learn::result::ResultPage;
use crate::web::parts::{see_other, show, show_as};
use crate::web::state::{App, State};

const QUESTION: &str = "quiz_question.html";

/// `GET /moduli/{module}/quiz`
pub async fn front(
    app: App,
    Language(lang): Language,
    Anyone(viewer): Anyone,
    module: Path<ModuleId>,
) -> Result<HttpResponse, Error> {
    let catalogue = app.catalogue();
    let (progress, under_way) = match viewer {
        Some(viewer) => (
            progress::in_module(&app.db, viewer.learner, &module).await?,
            attempt::under_way(&app.db, &catalogue, viewer.learner, &module).await?,
        ),
        None => (ModuleProgress::default(), None),
    };
    let module = catalogue.module(&module).ok_or(Error::NotFound)?;
    let page = QuizPage::new(module, &progress, under_way.as_ref(), lang);
    let page = page.ok_or(Error::NotFound)?;
    show(&app, "quiz.html", lang, &page)
}

/// `POST /moduli/{module}/quiz`: begins, or goes on.
pub async fn start(
    app: App,
    Language(lang): Language,
    GuestOrLearner(learner): GuestOrLearner,
    module: Path<ModuleId>,
) -> Result<HttpResponse, Error> {
    let catalogue = app.catalogue();
    let started = attempt::start(&app.db, &catalogue, learner.id, &module, lang, app.now()).await?;
    Ok(go_on(&started.attempt))
}

/// `GET /moduli/{module}/quiz/{attempt}`: wherever the attempt is.
pub async fn resume(
    app: App,
    learner: Learner,
    path: Path<(ModuleId, AttemptId)>,
) -> Result<HttpResponse, Error> {
    let (_, attempt) = load(&app, &app.catalogue(), &learner, &path.0, path.1).await?;
    Ok(go_on(&attempt))
}

/// `GET /moduli/{module}/quiz/{attempt}/{number}`
pub async fn question(
    app: App,
    Language(lang): Language,
    learner: Learner,
    path: Path<(ModuleId, AttemptId, usize)>,
) -> Result<HttpResponse, Error> {
    let (module, attempt) = load(&app, &app.catalogue(), &learner, &path.0, path.1).await?;
    let published = app.published();
    let about = (&*module, published.lessons_behind(&module.id));
    let page = QuestionPage::new(about, &attempt, path.2, None, lang).ok_or(Error::NotFound)?;
    show(&app, QUESTION, lang, &page)
}

/// `POST /moduli/{module}/quiz/{attempt}/{number}`
pub async fn answer(
    app: App,
    Language(lang): Language,
    learner: Learner,
    path: Path<(ModuleId, AttemptId, usize)>,
    fields: FormFields,
) -> Result<HttpResponse, Error> {
    let catalogue = app.catalogue();
    let (module, attempt) = load(&app, &catalogue, &learner, &path.0, path.1).await?;
    let at = path.2.checked_sub(1).ok_or(Error::NotFound)?;
    let question = attempt.questions.get(at).ok_or(Error::NotFound)?;
    let submission = submission(question, &fields);
    let (db, now) = (&app.db, app.now());
    match save(db, &catalogue, learner.id, attempt.id, submission, now).await {
        Err(LearningError::Given(error)) => {
            let refused = refused(question, &fields, error);
            let about = (&*module, &LessonsBehind::new());
            let page = QuestionPage::new(about, &attempt, path.2, Some(&refused), lang);
            again(&app, lang, page)
        }
        // What was answered first stands, and is what the page shows.
        Ok(_) | Err(LearningError::AlreadyAnswered | LearningError::Finished) => {
            Ok(see_other(&address(&attempt, path.2)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The question again, with what is missing in the answer.
fn again(app: &State, lang: Lang, page: Option<QuestionPage>) -> Result<HttpResponse, Error> {
    let page = page.ok_or(Error::NotFound)?;
    show_as(
        HttpResponse::UnprocessableEntity(),
        app,
        QUESTION,
        lang,
        &page,
    )
}

/// The answer of a form, named by the page it was on: a second press of the button, or going back
/// and sending it again, is the same act.
fn submission(question: &Question, fields: &FormFields) -> Submission {
    let id = value(fields, "invio").and_then(|id| Uuid::parse_str(id).ok());
    Submission {
        id: id.unwrap_or_else(Uuid::new_v4),
        question: question.id.clone(),
        given: given(question, fields),
    }
}

/// `GET /moduli/{module}/quiz/{attempt}/fine`: asks first.
pub async fn end(
    app: App,
    Language(lang): Language,
    learner: Learner,
    path: Path<(ModuleId, AttemptId)>,
) -> Result<HttpResponse, Error> {
    let (module, attempt) = load(&app, &app.catalogue(), &learner, &path.0, path.1).await?;
    if attempt.result.is_some() {
        return Ok(see_other(&address(&attempt, "esito")));
    }
    show(
        &app,
        "quiz_end.html",
        lang,
        &EndPage::new(&module, &attempt, lang),
    )
}

/// `POST /moduli/{module}/quiz/{attempt}/fine`
pub async fn finish(
    app: App,
    learner: Learner,
    path: Path<(ModuleId, AttemptId)>,
) -> Result<HttpResponse, Error> {
    let (_, attempt) = load(&app, &app.catalogue(), &learner, &path.0, path.1).await?;
    close(&app.db, learner.id, attempt.id, app.now()).await?;
    Ok(see_other(&address(&attempt, "esito")))
}

/// `GET /moduli/{module}/quiz/{attempt}/esito`
pub async fn result(
    app: App,
    Language(lang): Language,
    learner: Learner,
    path: Path<(ModuleId, AttemptId)>,
) -> Result<HttpResponse, Error> {
    let catalogue = app.catalogue();
    let (module, attempt) = load(&app, &catalogue, &learner, &path.0, path.1).await?;
    let progress = progress::in_module(&app.db, learner.id, &attempt.module).await?;
    let (done, viewer) = (progress.completion.as_ref(), &learner.viewer);
    let next = next_in_a_path(&catalogue, &module, lang);
    let published = app.published();
    let about = (&*module, published.lessons_behind(&module.id));
    match ResultPage::new(about, &attempt, done, viewer, next, lang) {
        Some(page) => show(&app, "quiz_result.html", lang, &page),
        None => Ok(go_on(&attempt)),
    }
}

/// The learner's own attempt, at the quiz that the address names.
pub(crate) async fn load(
    app: &State,
    catalogue: &Catalogue,
    learner: &Learner,
    module: &ModuleId,
    attempt: AttemptId,
) -> Result<(Arc<Module>, Attempt), Error> {
    let attempt = attempt::load(&app.db, catalogue, learner.id, attempt).await?;
    match catalogue.module(module) {
        Some(module) if module.id == attempt.module => Ok((Arc::clone(module), attempt)),
        _ => Err(Error::NotFound),
    }
}

pub(crate) fn go_on(attempt: &Attempt) -> HttpResponse {
    see_other(&match (attempt.result, first_open(attempt)) {
        (Some(_), _) => address(attempt, "esito"),
        (None, Some(number)) => address(attempt, number),
        (None, None) => address(attempt, "fine"),
    })
}
