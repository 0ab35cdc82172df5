//! The questions of a finished quiz that were not answered rightly, asked again as practice.

use serde::Serialize;

use crate::content::module::Module;
use crate::content::question::Grade;
use crate::content::teaching::LessonsBehind;
use crate::domain::locale::Lang;
use crate::learning::attempt::Attempt;
use crate::web::templates::text_with;

use super::chrome::Chrome;
use super::module::lesson_behind;
use super::question::{Graded, QuestionForm};
use super::quiz::{About, address, chrome, outcome};
use super::refused::Refused;

/// The numbers of the questions to review, from 1: wrong ones, and those without an answer.
#[must_use]
pub fn to_review(attempt: &Attempt) -> Vec<usize> {
    let numbered = attempt.questions.iter().zip(1..);
    let left = numbered.filter(|(question, _)| outcome(attempt, question) != "right");
    left.map(|(_, number)| number).collect()
}

/// The address where a question is asked again.
#[must_use]
pub fn review_address(attempt: &Attempt, number: usize) -> String {
    address(attempt, format!("ripasso/{number}"))
}

/// What was sent to a question under review.
#[derive(Debug)]
pub enum Tried {
    /// Nothing yet.
    Not,
    /// An answer, with its grade, which is kept nowhere.
    Graded(crate::content::question::Given, Grade),
    /// An answer that could not be taken.
    Refused(Refused),
}

/// `quiz_review.html`
#[derive(Debug, Serialize)]
pub struct ReviewPage {
    chrome: Chrome,
    about: About,
    /// The place among the questions to review, from 1.
    at: usize,
    of: usize,
    graded: Option<Graded>,
    form: QuestionForm,
    action: String,
    /// The next question to review.
    next: Option<String>,
    result: String,
}

impl ReviewPage {
    /// A question to review by its number in the attempt; `None` for any other.
    #[must_use]
    pub fn new(
        (module, behind): (&Module, &LessonsBehind),
        attempt: &Attempt,
        number: usize,
        tried: &Tried,
        lang: Lang,
    ) -> Option<Self> {
        let all = to_review(attempt);
        let at = all.iter().position(|one| *one == number)?;
        let question = attempt.questions.get(number.checked_sub(1)?)?;
        let (edition, seed) = (module.edition(attempt.lang), attempt.seed);
        let places = [
            ("at".into(), (at + 1).into()),
            ("of".into(), all.len().into()),
        ];
        let place = text_with(lang, "review-place", &places.into());
        let part = format!("/{}/ripasso/{number}", attempt.id);
        let chrome = chrome(module, edition, &part, lang).beginning(&place);
        let graded = match tried {
            Tried::Graded(given, grade) => Some(
                Graded::new(question, seed, given, grade.clone(), attempt.lang)
                    .taught_in(lesson_behind(module, behind, question, attempt.lang)),
            ),
            _ => None,
        };
        let form = match tried {
            Tried::Refused(refused) => {
                QuestionForm::again(question, seed, refused, attempt.lang, lang)
            }
            _ => QuestionForm::new(question, seed, None, attempt.lang),
        };
        Some(Self {
            chrome,
            about: About::new(module, edition),
            at: at + 1,
            of: all.len(),
            graded,
            form,
            action: review_address(attempt, number),
            next: all.get(at + 1).map(|next| review_address(attempt, *next)),
            result: address(attempt, "esito"),
        })
    }
}
