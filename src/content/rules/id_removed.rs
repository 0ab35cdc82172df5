//! An id that was published is gone from the course.
//!
//! Citizens have progress under it, and links lead to it. If only the file, the title or the order
//! changed, give the thing its old id back. If it was taken away on purpose, say so with
//! `autonomia lock --retire`: then it is kept as retired, and nobody will use the id again for
//! something else.
//!
//! Wrong, where `ids.lock` has `question spid/spid-scopo live`, to rename the question:
//!
//! ```markdown
//! ### A che cosa serve SPID? {#spid-a-che-serve .q .one}
//! ```
//!
//! Right:
//!
//! ```markdown
//! ### A che cosa serve SPID? {#spid-scopo .q .one}
//! ```

use super::locked::Comparison;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::message::say;

pub(super) static RULE: Rule = Rule {
    code: "id-removed",
    severity: Severity::Error,
    page: include_str!("id_removed.rs"),
};

pub(super) fn check(comparison: &Comparison<'_>, out: &mut Vec<Diagnostic>) {
    for (id, line) in comparison.removed() {
        let message = id.message("id-removed");
        out.push(
            Diagnostic::new(&RULE, comparison.file, line, message)
                .touching(comparison.touched(&id))
                .with_help(say("id-removed-help").with("name", &id.name)),
        );
    }
}
