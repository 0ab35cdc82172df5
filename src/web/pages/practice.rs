//! Practice questions, and lessons marked as read.

use actix_web::HttpResponse;
use actix_web::web::Path;

use crate::domain::ids::{LessonId, ModuleId};
use crate::learning::progress;
use crate::web::error::Error;
use crate::web::extract::{GuestOrLearner, Language};
use crate::web::state::App;
use crate::web::view::module::PRACTICE_SEED;
use crate::web::view::practice::PracticePage;

use super::form::{Fields, given, refused, value};
use super::{see_other, show_as};

/// `POST /moduli/{module}/{lesson}/risposte`: graded on the spot, and nothing is kept.
pub async fn answer(
    app: App,
    Language(lang): Language,
    path: Path<(ModuleId, LessonId)>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let catalogue = app.catalogue();
    let module = catalogue.module(&path.0).ok_or(Error::NotFound)?;
    let edition = module.edition(lang);
    let lesson = edition.lesson(&path.1).ok_or(Error::NotFound)?;
    let asked = value(&fields, "domanda").unwrap_or_default();
    let mut questions = lesson.questions();
    let question = questions
        .find(|one| one.id.as_str() == asked)
        .ok_or(Error::NotFound)?;
    let given = given(question, &fields);
    let grade = question.grade(&given, PRACTICE_SEED);
    let response = match &grade {
        Ok(_) => HttpResponse::Ok(),
        Err(_) => HttpResponse::UnprocessableEntity(),
    };
    let grade = grade.map_err(|error| refused(question, &fields, error));
    let page = PracticePage::new((module, edition, lesson), question, &given, grade, lang);
    show_as(response, &app, "practice.html", lang, &page)
}

/// `GET /moduli/{module}/{lesson}/risposte`: reloaded, or in another language.
pub async fn back_to_lesson(path: Path<(ModuleId, LessonId)>) -> HttpResponse {
    see_other(&format!("/moduli/{}/{}", path.0, path.1))
}

/// `POST /moduli/{module}/{lesson}/letta`: leads to the next lesson, or to the quiz after the last.
pub async fn read(
    app: App,
    GuestOrLearner(learner): GuestOrLearner,
    path: Path<(ModuleId, LessonId)>,
) -> Result<HttpResponse, Error> {
    let catalogue = app.catalogue();
    let (id, lesson) = &*path;
    progress::read_lesson(
        &app.db,
        &catalogue,
        learner.reader(),
        (id, lesson),
        app.now(),
    )
    .await?;
    let module = catalogue.module(id).ok_or(Error::NotFound)?;
    let mut after = module
        .original
        .lessons
        .iter()
        .skip_while(|one| one.id != *lesson)
        .skip(1);
    Ok(see_other(&match (after.next(), &module.original.quiz) {
        (Some(next), _) => format!("/moduli/{id}/{}", next.id),
        (None, Some(_)) => format!("/moduli/{id}/quiz"),
        (None, None) => "/mio-percorso".to_owned(),
    }))
}
