//! An image has no alternative text.
//!
//! Whoever cannot see it, or has no signal to load it, gets these words in its place: what the
//! picture shows that the text around it does not say. A picture that shows nothing new does not
//! belong in a lesson.
//!
//! Wrong:
//!
//! ```markdown
//! ![](images/chiave.svg)
//! ```
//!
//! Right:
//!
//! ```markdown
//! ![Una chiave apre quattro porte: pensione, salute, tasse, Comune](images/chiave.svg)
//! ```

use super::short;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::document::Document;
use crate::content::message::say;

pub(super) static RULE: Rule = Rule {
    code: "image-without-alternative",
    severity: Severity::Error,
    page: include_str!("image_without_alternative.rs"),
};

pub(super) fn check(document: &Document, out: &mut Vec<Diagnostic>) {
    for image in &document.images {
        if !image.alt.contains(char::is_alphanumeric) {
            out.push(
                Diagnostic::new(
                    &RULE,
                    &document.file,
                    image.span.clone(),
                    say("image-without-alternative").with("image", short(&image.target)),
                )
                .with_help(say("image-without-alternative-help")),
            );
        }
    }
}
