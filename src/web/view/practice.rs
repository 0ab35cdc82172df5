//! What is said to a practice question.

use serde::Serialize;

use crate::content::lesson::Lesson;
use crate::content::module::{Edition, Module};
use crate::content::question::{Given, Grade, Question};
use crate::domain::locale::Lang;

use super::chrome::Chrome;
use super::module::{PRACTICE_SEED, lesson_chrome};
use super::question::{Graded, QuestionForm};
use super::refused::Refused;

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
        grade: Result<Grade, Refused>,
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
