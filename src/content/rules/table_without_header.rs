//! A table whose header row is empty.
//!
//! A screen reader says the column's name before each cell. Without names a table is a heap of
//! words: whoever cannot see it cannot tell which value belongs to what.
//!
//! Wrong:
//!
//! ```markdown
//! |  |  |
//! |---|---|
//! | Livello 1 | password |
//! ```
//!
//! Right:
//!
//! ```markdown
//! | Livello | Che cosa serve |
//! |---|---|
//! | Livello 1 | password |
//! ```

use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::document::Document;
use crate::content::message::say;

pub(super) static RULE: Rule = Rule {
    code: "table-without-header",
    severity: Severity::Error,
    page: include_str!("table_without_header.rs"),
};

pub(super) fn check(document: &Document, out: &mut Vec<Diagnostic>) {
    for table in &document.tables {
        if table.header.iter().all(|cell| cell.trim().is_empty()) {
            out.push(
                Diagnostic::new(
                    &RULE,
                    &document.file,
                    table.span.clone(),
                    say("table-without-header"),
                )
                .with_help(say("table-without-header-help")),
            );
        }
    }
}
