//! A heading skips a level.
//!
//! Screen readers list the headings of a page as an outline, and people jump along it. A level
//! that is missing looks like a part that was lost. The title in the front matter is level 1, so
//! the text begins with `##`. In a quiz file questions are shown one at a time and may have any
//! level.
//!
//! Wrong:
//!
//! ```markdown
//! ## Entrare
//!
//! #### Con l'app
//! ```
//!
//! Right:
//!
//! ```markdown
//! ## Entrare
//!
//! ### Con l'app
//! ```

use super::short;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::document::{Document, FileKind};
use crate::content::message::say;

pub(super) static RULE: Rule = Rule {
    code: "heading-level-skipped",
    severity: Severity::Error,
    page: include_str!("heading_level_skipped.rs"),
};

pub(super) fn check(document: &Document, out: &mut Vec<Diagnostic>) {
    let mut above = 1;
    for heading in &document.headings {
        if heading.question && document.kind == FileKind::Quiz {
            continue;
        }
        if heading.level > above + 1 {
            let message = say("heading-level")
                .with("heading", short(&heading.text))
                .with("level", heading.level.to_string())
                .with("above", above.to_string());
            let marks = "#".repeat(usize::from(above) + 1);
            let help = say("heading-level-help").with("marks", marks);
            out.push(
                Diagnostic::new(&RULE, &document.file, heading.span.clone(), message)
                    .with_help(help),
            );
        }
        above = heading.level;
    }
}
