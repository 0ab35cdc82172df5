//! `changes` names a question that the module does not have.
//!
//! Each entry of `changes` says what happens to marks given under an older key of a question. An
//! entry without its question is a mistyped id, or a leftover of a question that is gone.
//!
//! Wrong, where the question is `spid-scopo`:
//!
//! ```toml
//! changes = { spid-scoppo = "credit" }
//! ```
//!
//! Right:
//!
//! ```toml
//! changes = { spid-scopo = "credit" }
//! ```

use std::collections::HashSet;

use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::document::Document;
use crate::content::message::say;

pub(super) static RULE: Rule = Rule {
    code: "unknown-question",
    severity: Severity::Error,
    page: include_str!("unknown_question.rs"),
};

/// Checks the original documents of a module.
pub(super) fn check(original: &[&Document], out: &mut Vec<Diagnostic>) {
    let questions = original.iter().flat_map(|document| &document.questions);
    let ids: HashSet<&str> = questions
        .map(|parsed| parsed.question.id.as_str())
        .collect();
    for document in original {
        for (id, _) in &document.front.changes {
            if !ids.contains(id.value.as_str()) {
                out.push(Diagnostic::new(
                    &RULE,
                    &document.file,
                    id.span.clone(),
                    say("unknown-question").with("question", &id.value),
                ));
            }
        }
    }
}
