//! How an attempt at a quiz ended, question by question.

use serde::Serialize;

use crate::accounts::Viewer;
use crate::content::module::Module;
use crate::content::question::Question;
use crate::content::teaching::LessonsBehind;
use crate::domain::locale::Lang;
use crate::learning::attempt::Attempt;
use crate::learning::completion::Completion;
use crate::web::learn::module_page::{ContentLink, lesson_behind};
use crate::web::learn::question::Graded;
use crate::web::learn::quiz_page::{About, address, chrome, outcome};
use crate::web::learn::review::to_review;
use crate::web::own::path::counted_as;
use crate::web::parts::chrome::Chrome;
use crate::web::templates::day_of;

/// `quiz_result.html`: the score, and what it led to.
#[derive(Debug, Serialize)]
pub struct ResultPage {
    chrome: Chrome,
    about: About,
    score: u8,
    passed: bool,
    answers: Vec<AnswerLine>,
    /// Where the wrong ones are asked again; empty where all were right.
    review: String,
    completed: Option<String>,
    /// The key of what is said about counting.
    counted: Option<String>,
    new_citizen: bool,
    guest: bool,
    /// One on a device of a point: what they did does not stay.
    shared: bool,
    quiz_href: String,
    /// The module that follows in a learning path.
    next: Option<ContentLink>,
}

#[derive(Debug, Serialize)]
struct AnswerLine {
    number: usize,
    href: String,
    title_html: String,
    /// `right`, `wrong` or `none`.
    outcome: &'static str,
    /// A wrong answer: what was given, and why it is wrong.
    graded: Option<Graded>,
    /// Where to read again what was not answered rightly.
    lesson: Option<ContentLink>,
}

impl AnswerLine {
    fn new(
        (module, behind): (&Module, &LessonsBehind),
        attempt: &Attempt,
        number: usize,
        question: &Question,
    ) -> Self {
        let outcome = outcome(attempt, question);
        let answer = attempt.answered.get(&question.id);
        let answer = answer.zip(attempt.given.get(&question.id));
        let graded = answer.filter(|(grade, _)| !grade.correct);
        Self {
            number,
            href: address(attempt, number),
            title_html: question.title_html.clone(),
            outcome,
            graded: graded.map(|(grade, given)| {
                Graded::new(question, attempt.seed, given, grade.clone(), attempt.lang)
            }),
            lesson: match outcome {
                "right" => None,
                _ => lesson_behind(module, behind, question, attempt.lang),
            },
        }
    }
}

impl ResultPage {
    /// How an attempt ended; `None` for one that has not.
    #[must_use]
    pub fn new(
        (module, behind): (&Module, &LessonsBehind),
        attempt: &Attempt,
        completion: Option<&Completion>,
        viewer: &Viewer,
        next: Option<ContentLink>,
        lang: Lang,
    ) -> Option<Self> {
        let result = attempt.result?;
        let edition = module.edition(attempt.lang);
        let lines = attempt.questions.iter().zip(1..);
        let lines = lines
            .map(|(question, number)| AnswerLine::new((module, behind), attempt, number, question));
        let all_right = to_review(attempt).is_empty();
        Some(Self {
            chrome: chrome(module, edition, &format!("/{}/esito", attempt.id), lang),
            about: About::new(module, edition),
            score: result.score.value(),
            passed: result.passed,
            answers: lines.collect(),
            review: match all_right {
                true => String::new(),
                false => address(attempt, "ripasso"),
            },
            completed: completion.map(|done| day_of(lang, done.completed_at)),
            counted: completion.map(|done| counted_as(done, viewer.is_shared_guest())),
            new_citizen: completion
                .is_some_and(|done| done.counted.is_ok_and(|counted| counted.new_citizen)),
            guest: viewer.is_guest(),
            shared: viewer.is_shared_guest(),
            quiz_href: format!("/moduli/{}/quiz", module.id),
            next,
        })
    }
}
