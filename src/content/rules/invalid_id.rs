//! An id that an address cannot hold for ever.
//!
//! Ids are permanent, and stand in addresses: 3 to 40 characters, a-z, 0-9 and -, beginning with a
//! letter. The id of a heading may also be shorter, or up to 60 characters.
//! A lesson cannot be called `quiz`, `scheda`, `stampa` or `immagini`: the module has other pages there.
//!
//! Wrong:
//!
//! ```markdown
//! ## Livelli {#Livelli_SPID}
//! ```
//!
//! Right:
//!
//! ```markdown
//! ## Livelli {#livelli-spid}
//! ```

use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::document::{Document, FileKind};
use crate::content::message::say;

pub(in crate::content) static RULE: Rule = Rule {
    code: "invalid-id",
    severity: Severity::Error,
    page: include_str!("invalid_id.rs"),
};

/// The last part of addresses that a module has beside its lessons'.
const TAKEN: [&str; 4] = ["quiz", "scheda", "stampa", "immagini"];

pub(super) fn check(document: &Document, out: &mut Vec<Diagnostic>) {
    if document.kind == FileKind::Lesson
        && let Some(id) = &document.front.id
        && TAKEN.contains(&id.value.as_str())
    {
        let message = say("invalid-lesson-id").with("id", &id.value);
        let help = say("invalid-lesson-id-help");
        out.push(Diagnostic::new(&RULE, &document.file, id.span.clone(), message).with_help(help));
    }
}
