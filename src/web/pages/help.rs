//! "Chiedi al mio facilitatore", from the page where the question came up.

use actix_web::HttpResponse;
use serde::Deserialize;

use crate::domain::ids::{LessonId, ModuleId, QuestionId};
use crate::domain::locale::Lang;
use crate::learning::help::{self, Place};
use crate::web::error::Error;
use crate::web::extract::{Anyone, Language, Learner};
use crate::web::read::{Form, Query};
use crate::web::state::{App, State};
use crate::web::view::help::HelpPage;

use super::{see_other, show, show_as};

/// The page where the question came up, and the question of the quiz.
#[derive(Debug, Deserialize)]
pub struct From {
    #[serde(default)]
    da: String,
    #[serde(default)]
    domanda: String,
    inviata: Option<String>,
}

/// What is asked.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    da: String,
    #[serde(default)]
    domanda: String,
    #[serde(default)]
    text: String,
}

/// `GET /aiuto?da=&domanda=`
pub async fn form(
    app: App,
    Language(lang): Language,
    Anyone(viewer): Anyone,
    from: Query<From>,
) -> Result<HttpResponse, Error> {
    let place = match from.da.as_str() {
        "" => None,
        address => Some(place(&app, address, &from.domanda)?),
    };
    let citizen = viewer.as_ref().and_then(|viewer| viewer.citizen);
    let asked = match citizen {
        Some(citizen) => help::of_citizen(&app.db, citizen).await?,
        None => Vec::new(),
    };
    let (catalogue, sent) = (app.catalogue(), from.inviata.is_some());
    let page = HelpPage::new(
        &catalogue,
        viewer.as_ref(),
        place.as_ref(),
        &asked,
        sent,
        lang,
    );
    show(&app, "help.html", lang, &page)
}

/// `POST /aiuto`
pub async fn send(
    app: App,
    Language(lang): Language,
    learner: Learner,
    sent: Form<Sent>,
) -> Result<HttpResponse, Error> {
    let citizen = learner.viewer.citizen.ok_or(Error::Forbidden)?;
    let place = place(&app, &sent.da, &sent.domanda)?;
    let catalogue = app.catalogue();
    let asked = help::ask(
        &app.db,
        &catalogue,
        citizen,
        place.clone(),
        &sent.text,
        app.now(),
    );
    match asked.await.map_err(Error::from) {
        Ok(()) => Ok(see_other(&thanks(&sent))),
        Err(Error::Invalid(faults)) => {
            let asked = help::of_citizen(&app.db, citizen).await?;
            let viewer = Some(&learner.viewer);
            let page = HelpPage::new(&catalogue, viewer, Some(&place), &asked, false, lang);
            again(&app, lang, &page.refused(&sent.text, &faults, lang))
        }
        Err(error) => Err(error),
    }
}

fn again(app: &State, lang: Lang, page: &HelpPage) -> Result<HttpResponse, Error> {
    let response = HttpResponse::UnprocessableEntity();
    show_as(response, app, "help.html", lang, page)
}

/// The form again, with thanks: the place was recognized, so the address holds ids only.
fn thanks(sent: &Sent) -> String {
    let question = match sent.domanda.as_str() {
        "" => String::new(),
        id => format!("&domanda={id}"),
    };
    format!("/aiuto?da={}{question}&inviata=1", sent.da)
}

/// The place of an address: `/moduli/{module}`, with a lesson or `quiz` after it.
fn place(app: &State, address: &str, question: &str) -> Result<Place, Error> {
    let rest = address.strip_prefix("/moduli/").ok_or(Error::NotFound)?;
    let (module, part) = rest.split_once('/').unwrap_or((rest, ""));
    let unknown = |_| Error::NotFound;
    let lesson = match part {
        "" | "quiz" => None,
        lesson => Some(LessonId::parse(lesson).map_err(unknown)?),
    };
    let question = match question {
        "" => None,
        id => Some(QuestionId::parse(id).map_err(unknown)?),
    };
    let module = ModuleId::parse(module).map_err(unknown)?;
    let place = Place {
        module,
        lesson,
        question,
    };
    place.module(&app.catalogue()).ok_or(Error::NotFound)?;
    Ok(place)
}
