//! A row of a table with more or fewer cells than its header.
//!
//! Cells beyond the header's are not shown to anybody; missing ones push nothing into place. A line
//! of text right under a table is read as one more row: leave an empty line between.
//!
//! Wrong:
//!
//! ```markdown
//! | Livello | Che cosa serve |
//! |---|---|
//! | 1 | password | chiunque |
//! Il livello 2 basta quasi sempre.
//! ```
//!
//! Right:
//!
//! ```markdown
//! | Livello | Che cosa serve | Per chi |
//! |---|---|---|
//! | 1 | password | chiunque |
//!
//! Il livello 2 basta quasi sempre.
//! ```

use pulldown_cmark::{Event, Tag};

use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::markdown::Shown;
use crate::content::message::say;

pub(super) static RULE: Rule = Rule {
    code: "table-row",
    severity: Severity::Error,
    page: include_str!("table_row.rs"),
};

pub(super) fn check(shown: &Shown<'_>, out: &mut Vec<Diagnostic>) {
    let mut columns = 0;
    for (at, span) in
        shown.find(|event| matches!(event, Event::Start(Tag::Table(_) | Tag::TableRow)))
    {
        if let Some(Tag::Table(alignments)) = shown.events.tag(at) {
            columns = alignments.len();
            continue;
        }
        let line = shown.to_line_end(span.start);
        let text = shown.source(&line);
        let cells = cells(text);
        if cells == columns {
            continue;
        }
        let cells_of = |key| {
            say(key)
                .with("count", cells)
                .with("columns", columns.to_string())
        };
        let (message, help) = if bars(text) == 0 {
            (say("table-row-text"), say("table-row-text-help"))
        } else if cells > columns {
            (cells_of("table-row-long"), say("table-row-long-help"))
        } else {
            (cells_of("table-row-short"), say("table-row-short-help"))
        };
        out.push(shown.complaint(&RULE, line, message, help));
    }
}

/// How many bars part cells: all but those behind a backslash.
pub(super) fn bars(line: &str) -> usize {
    let mut escaped = false;
    line.chars()
        .filter(|c| {
            let bar = *c == '|' && !escaped;
            escaped = *c == '\\' && !escaped;
            bar
        })
        .count()
}

/// How many cells a line of a table has.
pub(super) fn cells(line: &str) -> usize {
    let line = line.trim();
    let inner = line.strip_prefix('|').unwrap_or(line);
    let closed = inner.ends_with('|') && !inner.ends_with("\\|");
    let inner = if closed {
        &inner[..inner.len() - 1]
    } else {
        inner
    };
    bars(inner) + 1
}
