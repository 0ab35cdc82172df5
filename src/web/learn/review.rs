//! "Ripassa quelle sbagliate": what was not right in a finished quiz, asked again as practice. It is
//! graded on the spot; nothing is kept, and nothing counts.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Serialize;

use crate::content::module::Module;
use crate::content::question::Grade;
use crate::content::teaching::LessonsBehind;
use crate::domain::ids::{AttemptId, ModuleId};
use crate::domain::locale::Lang;
use crate::learning::attempt::Attempt;
use crate::web::error::Error;
use crate::web::extract::{Language, Learner};
use crate::web::learn::answer_form::{FormFields, given, refused};
use crate::web::learn::module_page::lesson_behind;
use crate::web::learn::question::{Graded, QuestionForm};
use crate::web::learn::quiz::{go_on, load};
use crate::web::learn::quiz_page::{About, address, chrome, outcome};
use crate::web::learn::refused_answer::RefusedAnswer;
use crate::web::parts::chrome::Chrome;
use crate::web::parts::{see_other, show, show_as};
use crate::web::state::App;
use crate::web::templates::text_with;

const REVIEW: &str = "quiz_review.html";

/// `GET /moduli/{module}/quiz/{attempt}/ripasso`: the first question to review.
pub async fn begin(
    app: App,
    learner: Learner,
    path: Path<(ModuleId, AttemptId)>,
) -> Result<HttpResponse, Error> {
    let (_, attempt) = load(&app, &app.catalogue(), &learner, &path.0, path.1).await?;
    if attempt.result.is_none() {
        return Ok(go_on(&attempt));
    }
    Ok(see_other(&match to_review(&attempt).first() {
        Some(number) => review_address(&attempt, *number),
        None => address(&attempt, "esito"),
    }))
}

/// `GET /moduli/{module}/quiz/{attempt}/ripasso/{number}`
pub async fn question(
    app: App,
    Language(lang): Language,
    learner: Learner,
    path: Path<(ModuleId, AttemptId, usize)>,
) -> Result<HttpResponse, Error> {
    let (module, attempt) = load(&app, &app.catalogue(), &learner, &path.0, path.1).await?;
    if attempt.result.is_none() {
        return Ok(go_on(&attempt));
    }
    let published = app.published();
    let about = (&*module, published.lessons_behind(&module.id));
    let page = ReviewPage::new(about, &attempt, path.2, &ReviewForm::Not, lang);
    show(&app, REVIEW, lang, &page.ok_or(Error::NotFound)?)
}

/// `POST /moduli/{module}/quiz/{attempt}/ripasso/{number}`
pub async fn answer(
    app: App,
    Language(lang): Language,
    learner: Learner,
    path: Path<(ModuleId, AttemptId, usize)>,
    fields: FormFields,
) -> Result<HttpResponse, Error> {
    let (module, attempt) = load(&app, &app.catalogue(), &learner, &path.0, path.1).await?;
    // Before the quiz is closed an answer here would tell what its own is graded by.
    if attempt.result.is_none() {
        return Ok(go_on(&attempt));
    }
    let at = path.2.checked_sub(1).ok_or(Error::NotFound)?;
    let question = attempt.questions.get(at).ok_or(Error::NotFound)?;
    let given = given(question, &fields);
    let (response, tried) = match question.grade(&given, attempt.seed) {
        Ok(grade) => (HttpResponse::Ok(), ReviewForm::Graded(given, grade)),
        Err(error) => {
            let refused = ReviewForm::Refused(refused(question, &fields, error));
            (HttpResponse::UnprocessableEntity(), refused)
        }
    };
    let published = app.published();
    let about = (&*module, published.lessons_behind(&module.id));
    let page = ReviewPage::new(about, &attempt, path.2, &tried, lang);
    show_as(response, &app, REVIEW, lang, &page.ok_or(Error::NotFound)?)
}

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
pub enum ReviewForm {
    /// Nothing yet.
    Not,
    /// An answer, with its grade, which is kept nowhere.
    Graded(crate::content::question::Given, Grade),
    /// An answer that could not be taken.
    Refused(RefusedAnswer),
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
        tried: &ReviewForm,
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
            ReviewForm::Graded(given, grade) => Some(
                Graded::new(question, seed, given, grade.clone(), attempt.lang)
                    .taught_in(lesson_behind(module, behind, question, attempt.lang)),
            ),
            _ => None,
        };
        let form = match tried {
            ReviewForm::Refused(refused) => {
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
