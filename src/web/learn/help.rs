//! "Chiedi al mio facilitatore", from the page where the question came up.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};

use crate::accounts::Viewer;
use crate::content::Catalogue;
use crate::domain::ids::{LessonId, ModuleId, QuestionId};
use crate::domain::locale::Lang;
use crate::learning::help::{self, HelpPlace, HelpQuestion, LONGEST, OPEN};
use crate::web::desk::stuck::place_links;
use crate::web::error::{Error, FieldFault};
use crate::web::extract::{Anyone, Language, Learner};
use crate::web::learn::module_page::ContentLink;
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::{Form, Query};
use crate::web::state::{App, State};
use crate::web::templates::{day_of, text};

/// The page where the question came up, and the question of the quiz.
#[derive(Debug, Deserialize)]
pub struct HelpQuery {
    #[serde(default)]
    da: String,
    #[serde(default)]
    domanda: String,
    inviata: Option<String>,
}

/// What is asked.
#[derive(Deserialize)]
pub struct HelpForm {
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
    from: Query<HelpQuery>,
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
    sent: Form<HelpForm>,
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
fn thanks(sent: &HelpForm) -> String {
    let question = match sent.domanda.as_str() {
        "" => String::new(),
        id => format!("&domanda={id}"),
    };
    format!("/aiuto?da={}{question}&inviata=1", sent.da)
}

/// The place of an address: `/moduli/{module}`, with a lesson or `quiz` after it.
fn place(app: &State, address: &str, question: &str) -> Result<HelpPlace, Error> {
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
    let place = HelpPlace {
        module,
        lesson,
        question,
    };
    place.module(&app.catalogue()).ok_or(Error::NotFound)?;
    Ok(place)
}

/// `help.html`
#[derive(Debug, Serialize)]
pub struct HelpPage {
    chrome: Chrome,
    /// `citizen`, `staff`, or `nobody` for guests and for who has not entered.
    who: &'static str,
    /// Where the question came up; without it there is nothing to ask about.
    place: Option<PlaceView>,
    text: String,
    error: String,
    longest: usize,
    most: u64,
    sent: bool,
    asked: Vec<AskedLine>,
}

#[derive(Debug, Serialize)]
struct PlaceView {
    at: ContentLink,
    module: ContentLink,
    /// The address of the page, and the question on it: the form sends them back.
    from: String,
    question: String,
    /// This very page, to come back to.
    here: String,
}

/// A citizen's question, with the answer where there is one.
#[derive(Debug, Serialize)]
pub struct AskedLine {
    place: ContentLink,
    module: ContentLink,
    asked: String,
    text: String,
    answered: Option<String>,
    answer: Option<String>,
}

impl AskedLine {
    /// The lines of a citizen's questions.
    #[must_use]
    pub fn lines(catalogue: &Catalogue, asked: &[HelpQuestion], lang: Lang) -> Vec<Self> {
        let line = |one: &HelpQuestion| {
            let (place, module) = place_links(catalogue, &one.place, lang);
            Self {
                place,
                module,
                asked: day_of(lang, one.asked_at),
                text: one.text.clone(),
                answered: one.answered_at.map(|at| day_of(lang, at)),
                answer: one.answer.clone(),
            }
        };
        asked.iter().map(line).collect()
    }
}

impl HelpPage {
    /// The page for whoever looks; `asked` are their questions.
    #[must_use]
    pub fn new(
        catalogue: &Catalogue,
        viewer: Option<&Viewer>,
        place: Option<&HelpPlace>,
        asked: &[HelpQuestion],
        sent: bool,
        lang: Lang,
    ) -> Self {
        let place = place.map(|place| PlaceView::new(catalogue, place, lang));
        let here = place.as_ref().map_or("/aiuto", |place| place.here.as_str());
        Self {
            chrome: Chrome::new(lang, text(lang, "help-title"), SiteSection::Other, here),
            who: match viewer {
                Some(viewer) if viewer.citizen.is_some() => "citizen",
                Some(viewer) if viewer.account.is_some() => "staff",
                _ => "nobody",
            },
            place,
            text: String::new(),
            error: String::new(),
            longest: LONGEST,
            most: OPEN,
            sent,
            asked: AskedLine::lines(catalogue, asked, lang),
        }
    }

    /// The page with what was typed, and what is wrong with it.
    #[must_use]
    pub fn refused(mut self, typed: &str, faults: &[FieldFault], lang: Lang) -> Self {
        let fault = faults.iter().find(|fault| fault.field == "text");
        self.error = fault.map_or_else(String::new, |fault| text(lang, &fault.key));
        typed.clone_into(&mut self.text);
        self
    }
}

impl PlaceView {
    fn new(catalogue: &Catalogue, place: &HelpPlace, lang: Lang) -> Self {
        let (at, module) = place_links(catalogue, place, lang);
        let question = place.question.as_ref().map(ToString::to_string);
        let asked = question.iter().map(|id| format!("&domanda={id}"));
        Self {
            here: format!("/aiuto?da={}{}", at.href, asked.collect::<String>()),
            from: at.href.clone(),
            question: question.unwrap_or_default(),
            at,
            module,
        }
    }
}
