//! "Chiedi al mio facilitatore": the form, what was asked, and for guests how to get help.

use serde::Serialize;

use crate::accounts::Viewer;
use crate::content::Catalogue;
use crate::domain::locale::Lang;
use crate::learning::help::{Asked, LONGEST, OPEN, Place};
use crate::web::error::Field;
use crate::web::templates::{day_of, text};

use super::chrome::{Chrome, Section};
use super::module::Link;
use super::stuck::place_links;

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
    at: Link,
    module: Link,
    /// The address of the page, and the question on it: the form sends them back.
    from: String,
    question: String,
    /// This very page, to come back to.
    here: String,
}

/// A citizen's question, with the answer where there is one.
#[derive(Debug, Serialize)]
pub struct AskedLine {
    place: Link,
    module: Link,
    asked: String,
    text: String,
    answered: Option<String>,
    answer: Option<String>,
}

impl AskedLine {
    /// The lines of a citizen's questions.
    #[must_use]
    pub fn lines(catalogue: &Catalogue, asked: &[Asked], lang: Lang) -> Vec<Self> {
        let line = |one: &Asked| {
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
        place: Option<&Place>,
        asked: &[Asked],
        sent: bool,
        lang: Lang,
    ) -> Self {
        let place = place.map(|place| PlaceView::new(catalogue, place, lang));
        let here = place.as_ref().map_or("/aiuto", |place| place.here.as_str());
        Self {
            chrome: Chrome::new(lang, text(lang, "help-title"), Section::Other, here),
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
    pub fn refused(mut self, typed: &str, faults: &[Field], lang: Lang) -> Self {
        let fault = faults.iter().find(|fault| fault.field == "text");
        self.error = fault.map_or_else(String::new, |fault| text(lang, &fault.key));
        typed.clone_into(&mut self.text);
        self
    }
}

impl PlaceView {
    fn new(catalogue: &Catalogue, place: &Place, lang: Lang) -> Self {
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
