//! A need of `words.toml`, or a question of `asks.toml`, leads to a place that is not in the course.
//!
//! A place is `module/lesson#heading`, each by its id: not by the names of folders and files. Whoever
//! types "mi hanno rubato i soldi" must land where the help is, so a place that has moved is an error.
//!
//! Wrong, where the heading's id is `bloccare`:
//!
//! ```toml
//! [[urgent]]
//! place = "pagamenti-online/se-va-storto#blocca"
//! it = ["mi hanno rubato i soldi dal conto"]
//! ```
//!
//! Right:
//!
//! ```toml
//! [[urgent]]
//! place = "pagamenti-online/se-va-storto#bloccare"
//! it = ["mi hanno rubato i soldi dal conto"]
//! ```

use super::{Course, nearest, short};
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::message::{Message, say};
use crate::content::outline::{Outline, OutlineId, OutlinePlace};
use crate::content::words::WordPlace;

pub(in crate::content) static RULE: Rule = Rule {
    code: "word-leads-nowhere",
    severity: Severity::Error,
    page: include_str!("word_leads_nowhere.rs"),
};

pub(super) fn check(course: &Course<'_>, out: &mut Vec<Diagnostic>) {
    for written in &course.words.places {
        let Some(place) = WordPlace::parse(&written.value) else {
            continue;
        };
        if let Some((message, help)) = missing(course, &place) {
            let complaint = course.complain(&RULE, "words.toml", written.span.clone(), message);
            out.extend(complaint.map(|complaint| Diagnostic { help, ..complaint }));
        }
    }
}

/// What of a place is not there, and what may be meant.
fn missing(course: &Course<'_>, place: &WordPlace) -> Option<(Message, Option<Message>)> {
    let meant = |near: Option<&str>| near.map(|near| say("did-you-mean").with("name", near));
    let module = place.module.as_str();
    let ids = course.outlines.iter().filter_map(|one| one.id.as_ref());
    let is_it = |outline: &&std::sync::Arc<Outline>| {
        let id = outline.id.as_ref();
        id.is_some_and(|id| id.value == module)
    };
    let Some(outline) = course.outlines.iter().find(is_it) else {
        let near = nearest(module, ids.map(|id| id.value.as_str()));
        return Some((
            say("unknown-module").with("module", short(module)),
            meant(near),
        ));
    };
    let page: &OutlinePlace<String> = match &place.lesson {
        None => outline.id.as_ref()?,
        Some(lesson) => {
            let lessons = || outline.ids.iter().filter(|one| one.hashes.is_none());
            let is_it = |one: &&OutlineId| one.id.value == lesson.as_str();
            let Some(found) = lessons().find(is_it) else {
                let near = nearest(lesson.as_str(), lessons().map(|one| one.id.value.as_str()));
                let message = say("word-without-lesson")
                    .with("module", module)
                    .with("lesson", short(lesson.as_str()));
                return Some((message, meant(near)));
            };
            &found.id
        }
    };
    let anchor = place.anchor.as_deref()?;
    let anchors = outline.anchors.get(&page.file)?;
    if anchors.contains(anchor) {
        return None;
    }
    let near = nearest(anchor, anchors.iter().map(AsRef::as_ref));
    let message = say("word-without-heading")
        .with("file", page.file.as_ref())
        .with("heading", short(anchor));
    Some((message, meant(near)))
}
