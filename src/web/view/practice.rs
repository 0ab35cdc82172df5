//! What is said to a practice question.

use serde::Serialize;

use crate::content::grade::GivenError;
use crate::content::lesson::Lesson;
use crate::content::module::{Edition, Module};
use crate::content::question::{Given, Grade, Question};
use crate::domain::locale::Lang;
use crate::web::templates::text;

use super::chrome::Chrome;
use super::module::{PRACTICE_SEED, lesson_chrome};
use super::question::{Graded, QuestionForm};

/// `practice.html`: the answer that was given, or what is missing in it; and the question again.
#[derive(Debug, Serialize)]
pub struct PracticePage {
    chrome: Chrome,
    lesson: String,
    lesson_href: String,
    content_lang: Lang,
    graded: Option<Graded>,
    question: QuestionForm,
    error: String,
}

impl PracticePage {
    /// The page of an answer and its grade.
    #[must_use]
    pub fn new(
        (module, edition, lesson): (&Module, &Edition, &Lesson),
        question: &Question,
        given: &Given,
        grade: Result<Grade, GivenError>,
        lang: Lang,
    ) -> Self {
        let address = format!("/moduli/{}/{}", module.id, lesson.id);
        let (graded, error) = match grade {
            Ok(grade) => {
                let graded = Graded::new(question, PRACTICE_SEED, given, grade, edition.lang);
                (Some(graded), String::new())
            }
            Err(error) => (None, text(lang, error.message_key())),
        };
        let again = graded.is_none().then_some(given);
        Self {
            chrome: lesson_chrome(module, edition, lesson, lang).under(
                address.clone(),
                &lesson.title,
                edition.lang,
            ),
            lesson: lesson.title.clone(),
            lesson_href: address,
            content_lang: edition.lang,
            graded,
            question: QuestionForm::new(question, PRACTICE_SEED, again, edition.lang),
            error,
        }
    }
}
