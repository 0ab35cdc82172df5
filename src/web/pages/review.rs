//! "Ripassa quelle sbagliate": what was not right in a finished quiz, asked again as practice. It is
//! graded on the spot; nothing is kept, and nothing counts.

use actix_web::HttpResponse;
use actix_web::web::Path;

use crate::domain::ids::{AttemptId, ModuleId};
use crate::web::error::Error;
use crate::web::extract::{Language, Learner};
use crate::web::state::App;
use crate::web::view::quiz::address;
use crate::web::view::review::{ReviewPage, Tried, review_address, to_review};

use super::form::{Fields, given, refused};
use super::quiz::{go_on, load};
use super::{see_other, show, show_as};

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
    let page = ReviewPage::new(about, &attempt, path.2, &Tried::Not, lang);
    show(&app, REVIEW, lang, &page.ok_or(Error::NotFound)?)
}

/// `POST /moduli/{module}/quiz/{attempt}/ripasso/{number}`
pub async fn answer(
    app: App,
    Language(lang): Language,
    learner: Learner,
    path: Path<(ModuleId, AttemptId, usize)>,
    fields: Fields,
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
        Ok(grade) => (HttpResponse::Ok(), Tried::Graded(given, grade)),
        Err(error) => {
            let refused = Tried::Refused(refused(question, &fields, error));
            (HttpResponse::UnprocessableEntity(), refused)
        }
    };
    let published = app.published();
    let about = (&*module, published.lessons_behind(&module.id));
    let page = ReviewPage::new(about, &attempt, path.2, &tried, lang);
    show_as(response, &app, REVIEW, lang, &page.ok_or(Error::NotFound)?)
}
