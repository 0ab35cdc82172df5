//! What people ask to have corrected in their record: seen and answered at the desk.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use crate::citizens::correction;
use crate::domain::ids::CorrectionId;
use crate::domain::locale::Lang;
use crate::web::desk::erasing::CorrectionsPage;
use crate::web::error::Error;
use crate::web::extract::{Keeper, Language};
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::{Form, Query};
use crate::web::state::{App, State};

/// Whether one was answered just now.
#[derive(Debug, Deserialize)]
pub struct CorrectionsQuery {
    fatto: Option<String>,
}

/// What the desk answers.
#[derive(Deserialize)]
pub struct CorrectionAnswerForm {
    #[serde(default)]
    answer: String,
}

/// `GET /punto/correzioni`
pub async fn list(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    done: Query<CorrectionsQuery>,
) -> Result<HttpResponse, Error> {
    let page = page(&app, &keeper, done.fatto.is_some(), lang).await?;
    show(&app, "corrections.html", lang, &page)
}

/// `POST /punto/correzioni/{id}`
pub async fn answer(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<CorrectionId>,
    sent: Form<CorrectionAnswerForm>,
) -> Result<HttpResponse, Error> {
    let (points, by) = (keeper.points.as_deref(), keeper.account);
    let done = correction::answer(&app.db, points, *id, &sent.answer, by, app.now()).await;
    match done.map_err(Error::from) {
        Ok(_) => Ok(see_other("/punto/correzioni?fatto=1")),
        Err(Error::Invalid(faults)) => {
            let page = page(&app, &keeper, false, lang).await?;
            let page = page.refused(*id, &sent.answer, &faults, lang);
            let status = HttpResponse::UnprocessableEntity();
            show_as(status, &app, "corrections.html", lang, &page)
        }
        Err(error) => Err(error),
    }
}

async fn page(
    app: &State,
    keeper: &Keeper,
    done: bool,
    lang: Lang,
) -> Result<CorrectionsPage, Error> {
    let waiting = correction::waiting(&app.db, keeper.points.as_deref()).await?;
    Ok(CorrectionsPage::new(waiting, done, lang))
}
