//! Everything of a person in order of time, on their page.

use std::collections::HashMap;

use serde::Serialize;

use crate::content::Catalogue;
use crate::domain::consent::ConsentKind;
use crate::domain::ids::{AccountId, ModuleId, PointId};
use crate::domain::locale::Lang;
use crate::learning::history::{Event, ServiceLine, What};
use crate::web::templates::{Args, day, text, text_with};

/// Lines on a page.
const ROWS: usize = 15;

/// What happened, the newest first.
#[derive(Debug)]
pub struct HistoryView(Vec<EventLine>);

/// A page of it.
#[derive(Debug, Serialize)]
pub struct HistoryPage {
    years: Vec<Year>,
    /// The pages beside this one.
    newer: Option<usize>,
    older: Option<usize>,
}

/// What happened in a year.
#[derive(Debug, Serialize)]
struct Year {
    year: i32,
    lines: Vec<EventLine>,
}

/// Something that happened.
#[derive(Debug, Clone, Serialize)]
struct EventLine {
    #[serde(skip)]
    year: i32,
    day: String,
    /// What kind of thing it was.
    what: String,
    /// About what, and in which language.
    about: String,
    lang: Option<Lang>,
    href: Option<String>,
    by: String,
    /// It counts no more.
    voided: bool,
}

impl HistoryView {
    /// With the names of the staff. `has`: whether a point's services may be opened.
    #[must_use]
    pub fn new(
        events: &[Event],
        names: &HashMap<AccountId, String>,
        catalogue: &Catalogue,
        has: impl Fn(PointId) -> bool,
        lang: Lang,
    ) -> Self {
        let line = |event: &Event| {
            let by = event.by.and_then(|by| names.get(&by)).cloned();
            let line = EventLine {
                year: event.day.year(),
                day: day(lang, event.day),
                what: text(lang, key(&event.what)),
                about: String::new(),
                lang: None,
                href: None,
                by: by.unwrap_or_default(),
                voided: false,
            };
            match &event.what {
                What::Assigned(module, group) => {
                    let line = line.course(catalogue, module, lang);
                    match group {
                        Some(name) => line.in_group(name, lang),
                        None => line,
                    }
                }
                What::Learned(module) | What::Asked(module) | What::Answered(module) => {
                    line.course(catalogue, module, lang)
                }
                What::Followed(point) | What::Opened(point) => EventLine {
                    about: point.clone(),
                    ..line
                },
                What::Service(given) => line.service(given, has(given.point), lang),
                _ => line,
            }
        };
        Self(events.iter().map(line).collect())
    }

    /// A page, counted from 1.
    #[must_use]
    pub fn page(self, page: usize) -> HistoryPage {
        let pages = self.0.len().div_ceil(ROWS).max(1);
        let at = page.clamp(1, pages);
        let mut years: Vec<Year> = Vec::new();
        for line in self.0.into_iter().skip((at - 1) * ROWS).take(ROWS) {
            match years.last_mut().filter(|last| last.year == line.year) {
                Some(last) => last.lines.push(line),
                None => years.push(Year {
                    year: line.year,
                    lines: vec![line],
                }),
            }
        }
        HistoryPage {
            years,
            newer: (at > 1).then(|| at - 1),
            older: (at < pages).then_some(at + 1),
        }
    }
}

impl EventLine {
    fn course(self, catalogue: &Catalogue, module: &ModuleId, lang: Lang) -> Self {
        let Some(module) = catalogue.module(module) else {
            // It is no longer in the courses.
            let about = module.to_string();
            return Self { about, ..self };
        };
        let edition = module.edition(lang);
        Self {
            about: edition.title.clone(),
            lang: Some(edition.lang),
            ..self
        }
    }

    fn in_group(self, name: &str, lang: Lang) -> Self {
        let args: Args = [("name".into(), name.to_owned().into())].into();
        Self {
            what: text_with(lang, "history-assigned-group", &args),
            ..self
        }
    }

    fn service(self, given: &ServiceLine, open: bool, lang: Lang) -> Self {
        let about = match given.title.as_str() {
            "" => given.kind.label(lang),
            title => title,
        };
        let args: Args = [
            ("about".into(), about.to_owned().into()),
            ("count".into(), given.minutes.into()),
        ]
        .into();
        Self {
            what: match given.corrects {
                true => text(lang, "history-service-corrected"),
                false => self.what,
            },
            about: text_with(lang, "history-service-about", &args),
            href: open.then(|| format!("/punto/servizi/{}", given.id)),
            voided: given.voided,
            ..self
        }
    }
}

const fn key(what: &What) -> &'static str {
    match what {
        What::Registered => "history-registered",
        What::Corrected => "history-corrected",
        What::Merged => "history-merged",
        What::Parted => "history-parted",
        What::Followed(_) => "history-followed",
        What::Opened(_) => "history-opened",
        What::Agreed(ConsentKind::Notice) => "history-notice",
        What::Agreed(ConsentKind::Contact) => "history-contact",
        What::TookBack(_) => "history-took-back",
        What::Card => "history-card",
        What::CardStopped => "history-card-stopped",
        What::Assigned(..) => "history-assigned",
        What::Learned(_) => "history-learned",
        What::TookOver => "history-took-over",
        What::GaveBack => "history-gave-back",
        What::Service(_) => "history-service",
        What::Asked(_) => "history-asked",
        What::Answered(_) => "history-answered",
    }
}
