//! Who is stuck, which questions many get wrong, and who asks the desk for help.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use crate::domain::ids::HelpRequestId;
use crate::domain::locale::Lang;
use crate::learning::help::{self, Answer};
use crate::learning::stuck;
use crate::web::error::Error;
use crate::web::extract::{Facilitator, Language};
use crate::web::read::{Form, Query};
use crate::web::state::{App, State};
use crate::web::view::stuck::{PEOPLE, StuckPage};

use super::asked::page_of_part;
use super::{see_other, show, show_as};

/// Whether a question was dealt with just now, and the page of those who are stuck.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    fatto: Option<String>,
    pagina: String,
}

/// What the desk answers; `at_desk` where it was dealt with in person.
#[derive(Deserialize)]
pub struct Answered {
    #[serde(default)]
    answer: String,
    at_desk: Option<String>,
}

/// `GET /punto/fermi`
pub async fn list(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    done: Query<Done>,
) -> Result<HttpResponse, Error> {
    let at = (done.fatto.is_some(), page_of_part(&done.pagina));
    let page = page(&app, &desk, at, lang).await?;
    show(&app, "stuck.html", lang, &page)
}

/// `POST /punto/fermi/{id}`
pub async fn answer(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    id: Path<HelpRequestId>,
    sent: Form<Answered>,
) -> Result<HttpResponse, Error> {
    let answer = match sent.at_desk {
        Some(_) => Answer::AtTheDesk,
        None => Answer::Written(sent.answer.clone()),
    };
    let done = help::answer(&app.db, &desk.points, *id, answer, desk.account, app.now()).await;
    match done.map_err(Error::from) {
        Ok(()) => Ok(see_other("/punto/fermi?fatto=1")),
        Err(Error::Invalid(faults)) => {
            let page = page(&app, &desk, (false, 1), lang).await?;
            let page = page.refused(*id, &sent.answer, &faults, lang);
            show_as(
                HttpResponse::UnprocessableEntity(),
                &app,
                "stuck.html",
                lang,
                &page,
            )
        }
        Err(error) => Err(error),
    }
}

async fn page(
    app: &State,
    desk: &Facilitator,
    (answered, page): (bool, usize),
    lang: Lang,
) -> Result<StuckPage, Error> {
    let catalogue = app.catalogue();
    let care = stuck::care(&app.db, &catalogue, &desk.points, (page, PEOPLE), app.now()).await?;
    Ok(StuckPage::new(&catalogue, care, (answered, page), lang))
}
