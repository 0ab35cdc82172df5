//! `requires` or a learning path names a module that is not in the course.
//!
//! It may be mistyped, or the module was taken away. A module is named by the `id` in its front
//! matter, not by its folder.
//!
//! Wrong, where the module's id is `pagamenti-online`:
//!
//! ```toml
//! requires = ["pagamenti"]
//! ```
//!
//! Right:
//!
//! ```toml
//! requires = ["pagamenti-online"]
//! ```

use std::collections::BTreeSet;

use super::{Course, MOST, nearest, short};
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::message::say;
use crate::content::source::Span;

pub(super) static RULE: Rule = Rule {
    code: "unknown-module",
    severity: Severity::Error,
    page: include_str!("unknown_module.rs"),
};

pub(super) fn check(course: &Course<'_>, out: &mut Vec<Diagnostic>) {
    let ids = course
        .outlines
        .iter()
        .filter_map(|outline| outline.id.as_ref());
    let known: BTreeSet<&str> = ids.map(|id| id.value.as_str()).collect();
    for outline in course.outlines {
        let required = outline.requires.iter();
        let places = required.map(|id| (id.value.as_str(), id.file.as_ref(), &id.span));
        check_each(course, &known, places, out);
    }
    let on_paths = course.paths.iter().flat_map(|path| &path.modules);
    let places = on_paths.map(|id| (id.value.as_str(), "paths.toml", &id.span));
    check_each(course, &known, places, out);
}

fn check_each<'a>(
    course: &Course<'_>,
    known: &BTreeSet<&str>,
    named: impl Iterator<Item = (&'a str, &'a str, &'a Span)>,
    out: &mut Vec<Diagnostic>,
) {
    let unknown = named.filter(|(id, _, _)| !known.contains(id));
    for (id, file, span) in unknown.take(MOST) {
        let message = say("unknown-module").with("module", short(id));
        let near = nearest(id, known.iter().copied());
        out.extend(
            course
                .complain(&RULE, file, span.clone(), message)
                .map(|complaint| Diagnostic {
                    help: near.map(|near| say("did-you-mean").with("name", near)),
                    ..complaint
                }),
        );
    }
}
