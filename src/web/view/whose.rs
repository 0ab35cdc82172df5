//! Whose it is what was done before somebody entered: the question, and giving back.

use std::borrow::Cow;
use std::collections::BTreeMap;

use fluent_templates::fluent_bundle::FluentValue;
use serde::Serialize;
use time::OffsetDateTime;

use crate::content::Catalogue;
use crate::domain::ids::ModuleId;
use crate::domain::locale::Lang;
use crate::learning::progress::ModuleProgress;
use crate::learning::takeover::Takeover;
use crate::web::templates::{Args, day_of, text, text_with};

use super::chrome::{Chrome, Section};

/// Courses that a sentence names; the others are counted.
const NAMED: usize = 3;

/// `whose.html`: one sentence with what was done, and whether it was them.
#[derive(Debug, Serialize)]
pub struct QuestionPage {
    chrome: Chrome,
    asked: String,
    /// Where to go on afterwards: an address of this site, or empty.
    back: String,
}

impl QuestionPage {
    /// The question about what a guest did.
    #[must_use]
    pub fn new(
        catalogue: &Catalogue,
        progress: &BTreeMap<ModuleId, ModuleProgress>,
        back: &str,
        lang: Lang,
    ) -> Self {
        let of = |done: bool| {
            let mine = progress.iter();
            mine.filter(move |(_, one)| one.completion.is_some() == done)
                .map(|(id, _)| id)
        };
        let key = Did::of(of(true).count(), of(false).count());
        Self {
            chrome: Chrome::new(
                lang,
                text(lang, "whose-title"),
                Section::Other,
                "/accedi/sei-tu",
            ),
            asked: sentence(
                &format!("whose-{}", key.name()),
                &[
                    ("done", titles(catalogue, of(true), lang)),
                    ("begun", titles(catalogue, of(false), lang)),
                ],
                lang,
            ),
            back: back.to_owned(),
        }
    }
}

/// What there is to name in a sentence.
enum Did {
    Done,
    Begun,
    Both,
}

impl Did {
    const fn of(done: usize, begun: usize) -> Self {
        match (done, begun) {
            (_, 0) => Self::Done,
            (0, _) => Self::Begun,
            (_, _) => Self::Both,
        }
    }

    const fn name(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Begun => "begun",
            Self::Both => "both",
        }
    }
}

/// Something that can be given back.
#[derive(Debug, Serialize)]
pub struct TakenLine {
    href: String,
    what: String,
    until: String,
}

impl TakenLine {
    /// The lines of a list, with addresses below `base`.
    #[must_use]
    pub fn lines(taken: &[Takeover], base: &str, catalogue: &Catalogue, lang: Lang) -> Vec<Self> {
        let line = |one: &Takeover| Self {
            href: format!("{base}/presi/{}", one.id),
            what: what(one, catalogue, lang),
            until: day_of(lang, one.until),
        };
        taken.iter().map(line).collect()
    }
}

/// `give_back.html`: asks first, and says afterwards that it is done.
#[derive(Debug, Serialize)]
pub struct GiveBackPage {
    chrome: Chrome,
    what: String,
    until: String,
    /// `open`, `done`, or `late` where its time is over.
    state: &'static str,
    /// Of the person themselves, and not of the desk.
    own: bool,
    back: &'static str,
    back_href: String,
}

impl GiveBackPage {
    /// The page on one's own learning (`own`), or on the record of a person at the desk.
    #[must_use]
    pub fn new(
        taken: &Takeover,
        (base, own): (&str, bool),
        catalogue: &Catalogue,
        now: OffsetDateTime,
        lang: Lang,
    ) -> Self {
        let address = format!("{base}/presi/{}", taken.id);
        let title = text(lang, "give-back-title");
        let back = match own {
            true => "nav-mine",
            false => "citizen-record",
        };
        Self {
            chrome: match own {
                true => Chrome::new(lang, title, Section::Mine, &address),
                false => super::desk::chrome(title, &address, lang),
            }
            .under(base, text(lang, back), lang),
            what: what(taken, catalogue, lang),
            until: day_of(lang, taken.until),
            state: match (taken.undone, now > taken.until) {
                (true, _) => "done",
                (false, true) => "late",
                (false, false) => "open",
            },
            own,
            back,
            back_href: base.to_owned(),
        }
    }
}

fn what(taken: &Takeover, catalogue: &Catalogue, lang: Lang) -> String {
    let key = Did::of(taken.done.len(), taken.begun.len());
    sentence(
        &format!("taken-{}", key.name()),
        &[
            ("done", titles(catalogue, taken.done.iter(), lang)),
            ("begun", titles(catalogue, taken.begun.iter(), lang)),
            ("day", day_of(lang, taken.taken_at)),
        ],
        lang,
    )
}

fn sentence(key: &str, parts: &[(&'static str, String)], lang: Lang) -> String {
    let args: Args = parts
        .iter()
        .map(|(name, value)| (Cow::Borrowed(*name), FluentValue::from(value.clone())))
        .collect();
    text_with(lang, key, &args)
}

/// The titles of courses, as a list in a sentence. One that is no longer in the catalogue is counted.
fn titles<'a>(
    catalogue: &Catalogue,
    modules: impl Iterator<Item = &'a ModuleId>,
    lang: Lang,
) -> String {
    let all: Vec<_> = modules.collect();
    let titles = all.iter().filter_map(|id| catalogue.module(id));
    let mut parts: Vec<String> = titles
        .take(NAMED)
        .map(|module| format!("«{}»", module.edition(lang).title))
        .collect();
    let others = all.len() - parts.len();
    if others > 0 {
        let count = (Cow::Borrowed("count"), FluentValue::from(others));
        parts.push(text_with(lang, "whose-others", &Args::from([count])));
    }
    let and = format!(" {} ", text(lang, "whose-and"));
    match parts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{}{and}{last}", before.join(", ")),
        None => String::new(),
    }
}
