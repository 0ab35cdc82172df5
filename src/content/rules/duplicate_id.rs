//! An id is used twice.
//!
//! Progress, answers and links are kept by id, so two things with one id would be one thing. A
//! module's id is unique in the course, as is a learning path's; a lesson's and a question's in
//! its module; a heading's in its file. A translation repeats the ids of the original: that is no
//! duplicate.
//!
//! Wrong:
//!
//! ```markdown
//! ### A che cosa serve SPID? {#spid-uso .q .one}
//! …
//! ### Quando si usa SPID? {#spid-uso .q .one}
//! ```
//!
//! Right:
//!
//! ```markdown
//! ### A che cosa serve SPID? {#spid-scopo .q .one}
//! …
//! ### Quando si usa SPID? {#spid-uso .q .one}
//! ```

use std::collections::{HashMap, HashSet};

use super::Course;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::document::{Document, FileKind};
use crate::content::message::{Message, say};
use crate::content::source::Span;
use crate::content::touches::Touches;

pub(super) static RULE: Rule = Rule {
    code: "duplicate-id",
    severity: Severity::Error,
    page: include_str!("duplicate_id.rs"),
};

/// Lessons, questions and headings of one language of a module.
pub(super) fn check(documents: &[&Document], out: &mut Vec<Diagnostic>) {
    let mut lessons = Seen::default();
    let mut questions = Seen::default();
    for document in documents {
        if document.kind != FileKind::Module
            && let Some(id) = &document.front.id
        {
            let message = lessons.see(&id.value, document, "duplicate-lesson-id");
            out.extend(message.map(|message| complaint(document, &id.span, message)));
        }
        for parsed in &document.questions {
            let id = parsed.question.id.as_str();
            let message = questions.see(id, document, "duplicate-question-id");
            out.extend(message.map(|message| complaint(document, &parsed.span, message)));
        }
        let mut headings = Seen::default();
        for heading in &document.headings {
            // A question's heading was looked at just above.
            let message = headings.see(&heading.id, document, "duplicate-heading-id");
            if let Some(message) = message
                && heading.explicit_id
                && !heading.question
            {
                out.push(complaint(document, &heading.span, message));
            }
        }
    }
}

/// Modules and learning paths of the course.
pub(super) fn check_course(course: &Course<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<&str, &str> = HashMap::new();
    for outline in course.outlines {
        let Some(id) = &outline.id else { continue };
        if let Some(first) = seen.insert(&id.value, &outline.folder) {
            let message = say("duplicate-module-id")
                .with("id", &id.value)
                .with("folder", first);
            let complaint = course.complain(&RULE, &id.file, id.span.clone(), message);
            let both = [first, outline.folder.as_str()].map(str::to_owned);
            out.extend(complaint.map(|complaint| {
                let complaint = complaint.touching(Touches::Folders(both.into()));
                complaint.with_help(HELP)
            }));
        }
    }
    let mut paths = HashSet::new();
    for path in course.paths {
        if !paths.insert(&path.id.value) {
            let message = say("duplicate-path-id").with("id", &path.id.value);
            let complaint = course.complain(&RULE, "paths.toml", path.id.span.clone(), message);
            out.extend(complaint.map(|complaint| complaint.with_help(HELP)));
        }
    }
}

const HELP: Message = say("duplicate-id-help");

fn complaint(document: &Document, span: &Span, message: Message) -> Diagnostic {
    Diagnostic::new(&RULE, &document.file, span.clone(), message).with_help(HELP)
}

/// The ids seen so far and the files they were seen in.
#[derive(Default)]
struct Seen<'a>(HashMap<&'a str, &'a Document>);

impl<'a> Seen<'a> {
    fn see(&mut self, id: &'a str, document: &'a Document, key: &'static str) -> Option<Message> {
        let first = self.0.insert(id, document)?;
        let place = if first.file.path == document.file.path {
            say("in-this-file")
        } else {
            say("in-file").with("file", &first.file.path)
        };
        Some(say(key).with("id", id).with("place", place))
    }
}
