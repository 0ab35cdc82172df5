//! The graded quiz: its start, a question at a time, its end.

use serde::Serialize;
use uuid::Uuid;

use crate::content::module::{Edition, Module};
use crate::content::question::Question;
use crate::content::teaching::LessonsBehind;
use crate::domain::locale::Lang;
use crate::learning::attempt::Attempt;
use crate::learning::progress::ModuleProgress;
use crate::web::learn::module_page::lesson_behind;
use crate::web::learn::question::{Graded, QuestionForm};
use crate::web::learn::refused_answer::RefusedAnswer;
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::templates::{day_of, text, text_with};

/// What every page of a quiz says of its module.
#[derive(Debug, Serialize)]
pub(crate) struct About {
    title: String,
    href: String,
    content_lang: Lang,
    pass: u8,
}

impl About {
    pub(crate) fn new(module: &Module, edition: &Edition) -> Self {
        Self {
            title: edition.title.clone(),
            href: format!("/moduli/{}", module.id),
            content_lang: edition.lang,
            pass: module.pass.value(),
        }
    }
}

pub(crate) fn chrome(module: &Module, edition: &Edition, part: &str, lang: Lang) -> Chrome {
    let title = format!("{} - {}", text(lang, "quiz-title"), edition.title);
    let home = format!("/moduli/{}", module.id);
    let chrome = Chrome::new(
        lang,
        title,
        SiteSection::Modules,
        &format!("{home}/quiz{part}"),
    )
    .under("/moduli", text(lang, "nav-modules"), lang)
    .under(home.clone(), &edition.title, edition.lang);
    if part.is_empty() {
        // The way in is like the module's own page; what follows is one person's.
        chrome.described(&edition.summary)
    } else {
        chrome.under(format!("{home}/quiz"), text(lang, "quiz-title"), lang)
    }
}

/// The address of an attempt, or of a part of it.
#[must_use]
pub fn address(attempt: &Attempt, part: impl std::fmt::Display) -> String {
    format!("/moduli/{}/quiz/{}/{part}", attempt.module, attempt.id)
}

/// The place of the first question without an answer, from 1; `None` when all have one.
#[must_use]
pub fn first_open(attempt: &Attempt) -> Option<usize> {
    let open = |question: &std::sync::Arc<crate::content::question::Question>| {
        !attempt.answered.contains_key(&question.id)
    };
    attempt.questions.iter().position(open).map(|at| at + 1)
}

/// `quiz.html`: before it begins, or between two sittings.
#[derive(Debug, Serialize)]
pub struct QuizPage {
    chrome: Chrome,
    about: About,
    title: String,
    intro_html: String,
    questions: usize,
    /// Answers already given in the attempt under way.
    answered: Option<usize>,
    resume: Option<String>,
    best: Option<u8>,
    completed: Option<String>,
}

impl QuizPage {
    /// The first page of a module's quiz; `None` where the module has none.
    #[must_use]
    pub fn new(
        module: &Module,
        progress: &ModuleProgress,
        under_way: Option<&Attempt>,
        lang: Lang,
    ) -> Option<Self> {
        let edition = module.edition(lang);
        let quiz = edition.quiz.as_ref()?;
        let resume = |attempt: &Attempt| match first_open(attempt) {
            Some(number) => address(attempt, number),
            None => address(attempt, "fine"),
        };
        Some(Self {
            chrome: chrome(module, edition, "", lang),
            about: About::new(module, edition),
            title: quiz.title.clone(),
            intro_html: quiz.intro_html.clone(),
            questions: quiz.questions.len(),
            answered: under_way.map(|attempt| attempt.answered.len()),
            resume: under_way.map(resume),
            best: progress.best.map(|best| best.value()),
            completed: progress
                .completion
                .as_ref()
                .map(|done| day_of(lang, done.completed_at)),
        })
    }
}

/// A place in the row of questions.
#[derive(Debug, Serialize)]
struct Step {
    number: usize,
    href: String,
    /// `right`, `wrong` or `none`.
    outcome: &'static str,
    current: bool,
}

/// How a question of an attempt was answered: `right`, `wrong`, or `none` where it was not.
pub(crate) fn outcome(attempt: &Attempt, question: &Question) -> &'static str {
    match attempt.answered.get(&question.id) {
        Some(grade) if grade.correct => "right",
        Some(_) => "wrong",
        None => "none",
    }
}

fn steps(attempt: &Attempt, current: Option<usize>) -> Vec<Step> {
    attempt
        .questions
        .iter()
        .zip(1..)
        .map(|(question, number)| Step {
            number,
            href: address(attempt, number),
            outcome: outcome(attempt, question),
            current: current == Some(number),
        })
        .collect()
}

/// `quiz_question.html`: a question to answer, or an answered one with what was said to it.
#[derive(Debug, Serialize)]
pub struct QuestionPage {
    chrome: Chrome,
    about: About,
    number: usize,
    of: usize,
    steps: Vec<Step>,
    form: Option<QuestionForm>,
    graded: Option<Graded>,
    /// Makes a second press of the button harmless.
    submission: Uuid,
    action: String,
    /// Where to go on after the feedback.
    next: String,
    /// No other question is open.
    next_is_end: bool,
    /// Every question has its answer: the quiz is closed from here.
    all_answered: bool,
    /// Where to ask one's facilitator about this question.
    help: String,
    /// Where the quiz is closed, whatever is left open.
    end: String,
    finished: bool,
}

impl QuestionPage {
    /// A question of an attempt by its number, from 1; `None` where there is no such question.
    /// `refused` is an answer that could not be taken.
    #[must_use]
    pub fn new(
        (module, behind): (&Module, &LessonsBehind),
        attempt: &Attempt,
        number: usize,
        refused: Option<&RefusedAnswer>,
        lang: Lang,
    ) -> Option<Self> {
        let edition = module.edition(attempt.lang);
        let question = attempt.questions.get(number.checked_sub(1)?)?;
        let answer = attempt
            .answered
            .get(&question.id)
            .zip(attempt.given.get(&question.id));
        let graded = answer.map(|(grade, given)| {
            Graded::new(question, attempt.seed, given, grade.clone(), attempt.lang)
                .taught_in(lesson_behind(module, behind, question, attempt.lang))
        });
        let finished = attempt.result.is_some();
        let form = (graded.is_none() && !finished).then(|| match refused {
            Some(refused) => {
                QuestionForm::again(question, attempt.seed, refused, attempt.lang, lang)
            }
            None => QuestionForm::new(question, attempt.seed, None, attempt.lang),
        });
        let following = |at: &usize| {
            let question = attempt.questions.get(*at - 1);
            question.is_some_and(|question| !attempt.answered.contains_key(&question.id))
        };
        let of = attempt.questions.len();
        let open = (number + 1..=of).chain(1..number).find(following);
        let place = [("number".into(), number.into()), ("of".into(), of.into())];
        let place = text_with(lang, "quiz-question", &place.into());
        let chrome = chrome(module, edition, &format!("/{}/{number}", attempt.id), lang);
        let chrome = chrome.beginning(&place);
        let all_answered = !finished && first_open(attempt).is_none();
        Some(Self {
            chrome,
            about: About::new(module, edition),
            number,
            of,
            steps: steps(attempt, Some(number)),
            form,
            graded,
            submission: Uuid::new_v4(),
            action: address(attempt, number),
            next: match open {
                _ if finished => address(attempt, "esito"),
                Some(number) => address(attempt, number),
                None => address(attempt, "fine"),
            },
            next_is_end: open.is_none(),
            all_answered,
            help: format!(
                "/aiuto?da=/moduli/{}/quiz&domanda={}",
                module.id, question.id
            ),
            end: address(attempt, "fine"),
            finished,
        })
    }
}

/// `quiz_end.html`: asks before an attempt is ended.
#[derive(Debug, Serialize)]
pub struct EndPage {
    chrome: Chrome,
    about: About,
    /// The numbers of the questions without an answer.
    open: Vec<usize>,
    steps: Vec<Step>,
    action: String,
}

impl EndPage {
    /// The page before the end.
    #[must_use]
    pub fn new(module: &Module, attempt: &Attempt, lang: Lang) -> Self {
        let edition = module.edition(attempt.lang);
        let steps = steps(attempt, None);
        Self {
            chrome: chrome(module, edition, &format!("/{}/fine", attempt.id), lang),
            about: About::new(module, edition),
            open: steps
                .iter()
                .filter(|step| step.outcome == "none")
                .map(|step| step.number)
                .collect(),
            steps,
            action: address(attempt, "fine"),
        }
    }
}
