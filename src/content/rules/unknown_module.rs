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

use super::Course;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};

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
    let required = course
        .outlines
        .iter()
        .flat_map(|outline| &outline.requires)
        .map(|id| (&id.value, id.file.as_ref(), &id.span));
    let on_paths = course
        .paths
        .iter()
        .flat_map(|path| &path.modules)
        .map(|id| (&id.value, "paths.toml", &id.span));
    for (id, file, span) in required.chain(on_paths) {
        if known.contains(id.as_str()) {
            continue;
        }
        let message = format!("there is no module `{id}`");
        let near = known
            .iter()
            .map(|other| (strsim::damerau_levenshtein(id, other), other))
            .min()
            .filter(|(distance, _)| *distance <= 3);
        out.extend(
            course
                .complain(&RULE, file, span.clone(), message)
                .map(|mut complaint| {
                    complaint.help = near.map(|(_, near)| format!("did you mean `{near}`?"));
                    complaint
                }),
        );
    }
}
