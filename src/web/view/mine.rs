//! "Il mio percorso": what somebody has begun and done.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::accounts::Viewer;
use crate::content::Catalogue;
use crate::domain::ids::ModuleId;
use crate::domain::locale::Lang;
use crate::domain::role::Role;
use crate::learning::progress::ModuleProgress;
use crate::web::templates::{day_of, text};

use super::chrome::{Chrome, Section};

/// `mine.html`
#[derive(Debug, Serialize)]
pub struct MinePage {
    chrome: Chrome,
    /// `none` (no session yet), `guest`, `citizen` or `staff`.
    who: &'static str,
    facilitator: bool,
    coordinator: bool,
    under_way: Vec<Line>,
    done: Vec<Line>,
}

/// A module begun or done.
#[derive(Debug, Serialize)]
pub struct Line {
    href: String,
    title: String,
    content_lang: Lang,
    lessons: usize,
    read: usize,
    /// Where to go on, and what it is.
    next_href: String,
    next: &'static str,
    next_title: String,
    best: Option<u8>,
    pass: u8,
    completed: Option<String>,
    updated: bool,
    counted: Option<String>,
}

impl MinePage {
    /// What a person has begun and done; modules that are no longer in the catalogue are passed
    /// over, but not lost.
    #[must_use]
    pub fn new(
        catalogue: &Catalogue,
        viewer: Option<&Viewer>,
        progress: &BTreeMap<ModuleId, ModuleProgress>,
        lang: Lang,
    ) -> Self {
        let (done, under_way) = lines(catalogue, progress, lang)
            .into_iter()
            .partition(|line| line.completed.is_some());
        Self {
            chrome: Chrome::new(
                lang,
                text(lang, "mine-title"),
                Section::Mine,
                "/mio-percorso",
            )
            .entered(viewer.is_some_and(|viewer| !viewer.is_guest())),
            who: match viewer {
                None => "none",
                Some(viewer) if viewer.is_guest() => "guest",
                Some(viewer) if viewer.account.is_some() => "staff",
                Some(_) => "citizen",
            },
            facilitator: viewer.is_some_and(|viewer| viewer.is(Role::Facilitator)),
            coordinator: viewer.is_some_and(|viewer| viewer.is(Role::Coordinator)),
            under_way,
            done,
        }
    }
}

/// The modules begun or done, in the catalogue's order.
#[must_use]
pub fn lines(
    catalogue: &Catalogue,
    progress: &BTreeMap<ModuleId, ModuleProgress>,
    lang: Lang,
) -> Vec<Line> {
    let begun = catalogue.modules().iter().filter_map(|module| {
        let progress = progress.get(&module.id)?;
        let edition = module.edition(lang);
        let href = format!("/moduli/{}", module.id);
        let unread = edition
            .lessons
            .iter()
            .find(|lesson| !progress.read.contains(&lesson.id));
        let read = edition
            .lessons
            .iter()
            .filter(|one| progress.read.contains(&one.id))
            .count();
        let quiz = edition.quiz.as_ref();
        let (next_href, next, next_title) = match (progress.under_way, unread, quiz) {
            (Some(_), _, Some(quiz)) => (format!("{href}/quiz"), "quiz", quiz.title.clone()),
            (_, Some(lesson), _) => (
                format!("{href}/{}", lesson.id),
                "lesson",
                lesson.title.clone(),
            ),
            (_, None, Some(quiz)) => (format!("{href}/quiz"), "quiz", quiz.title.clone()),
            (_, None, None) => (href.clone(), "module", edition.title.clone()),
        };
        Some(Line {
            title: edition.title.clone(),
            content_lang: edition.lang,
            lessons: edition.lessons.len(),
            read,
            next_href,
            next,
            next_title,
            best: progress.best.map(|best| best.value()),
            pass: module.pass.value(),
            completed: progress
                .completion
                .as_ref()
                .map(|done| day_of(lang, done.completed_at)),
            updated: progress
                .completion
                .as_ref()
                .is_some_and(|done| done.rev < module.rev),
            counted: progress.completion.as_ref().map(|done| match done.counted {
                Ok(_) => "counted".to_owned(),
                Err(reason) => format!("not-counted-{}", reason.key()),
            }),
            href,
        })
    });
    begun.collect()
}
