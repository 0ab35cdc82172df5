//! Practice questions, and lessons marked as read.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Serialize;

use crate::content::lesson::Lesson;
use crate::content::module::{Edition, Module};
use crate::content::question::{Given, Grade, Question};
use crate::domain::ids::{LessonId, ModuleId};
use crate::domain::locale::Lang;
use crate::learning::progress;
use crate::web::error::Error;
use crate::web::extract::{GuestOrLearner, Language};
use crate::web::learn::answer_form::{FormFields, given, refused, value};
use crate::web::learn::module_page::{PRACTICE_SEED, lesson_chrome};
use crate::web::learn::question::{Graded, QuestionForm};
use crate::web::learn::refused_answer::RefusedAnswer;
use crate::web::parts::chrome::Chrome;
use crate::web::parts::{see_other, show_as};
use crate::web::state::App;

/// `POST /moduli/{module}/{lesson}/risposte`: graded on the spot, and nothing is kept.
pub async fn answer(
    app: App,
    Language(lang): Language,
    path: Path<(ModuleId, LessonId)>,
    fields: FormFields,
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

/// `practice.html`: the answer that was given, or what is missing in it; and the question again.
#[derive(Debug, Serialize)]
pub struct PracticePage {
    chrome: Chrome,
    lesson: String,
    lesson_href: String,
    content_lang: Lang,
    graded: Option<Graded>,
    question: QuestionForm,
}

impl PracticePage {
    /// The page of an answer and its grade.
    #[must_use]
    pub fn new(
        (module, edition, lesson): (&Module, &Edition, &Lesson),
        question: &Question,
        given: &Given,
        grade: Result<Grade, RefusedAnswer>,
        lang: Lang,
    ) -> Self {
        let address = format!("/moduli/{}/{}", module.id, lesson.id);
        let chrome = lesson_chrome(module, edition, lesson, lang).under(
            address.clone(),
            &lesson.title,
            edition.lang,
        );
        let (graded, question) = match grade {
            Ok(grade) => {
                let lang = edition.lang;
                let graded = Graded::new(question, PRACTICE_SEED, given, grade, lang);
                let again = QuestionForm::new(question, PRACTICE_SEED, None, lang);
                (Some(graded), again)
            }
            Err(refused) => {
                let seed = PRACTICE_SEED;
                let again = QuestionForm::again(question, seed, &refused, edition.lang, lang);
                (None, again)
            }
        };
        Self {
            chrome,
            lesson: lesson.title.clone(),
            lesson_href: address,
            content_lang: edition.lang,
            graded,
            question,
        }
    }
}
