//! A table that shows its bars.
//!
//! A table is a row of names, a line of hyphens with as many parts, and the rows, with an empty
//! line before it. Otherwise people read the bars.
//!
//! Wrong:
//!
//! ```markdown
//! | Livello 1 | password |
//! | Livello 2 | password e codice |
//! ```
//!
//! Right:
//!
//! ```markdown
//! | Livello | Che cosa serve |
//! |---|---|
//! | 1 | password |
//! | 2 | password e codice |
//! ```

use super::table_row::{bars, cells};
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::markdown::{Shown, TextWithin};
use crate::content::message::say;
use crate::content::source::Span;

pub(super) static RULE: Rule = Rule {
    code: "table-not-read",
    severity: Severity::Error,
    page: include_str!("table_not_read.rs"),
};

pub(super) fn check(shown: &Shown<'_>, out: &mut Vec<Diagnostic>) {
    for run in &shown.runs {
        if matches!(run.within, TextWithin::Heading | TextWithin::Cell) {
            continue;
        }
        let lines: Vec<(Span, &str)> = shown.lines(run).collect();
        let line = |span: &Span| shown.source(span);
        let hyphens = lines.iter().position(|(span, _)| is_hyphens(line(span)));
        let is_row = |(span, text): &&(Span, &str)| {
            (text.starts_with('|') && bars(line(span)) > 1) || is_hyphens(line(span))
        };
        let Some((first, _)) = lines.iter().find(is_row) else {
            continue;
        };
        let mut start = first.start;
        let mut end = lines
            .iter()
            .rev()
            .find(is_row)
            .map_or(first.end, |last| last.0.end);
        let (message, help) = match hyphens {
            Some(at) if at > 0 => {
                let (names, parts) = (cells(line(&lines[at - 1].0)), cells(line(&lines[at].0)));
                start = start.min(lines[at - 1].0.start);
                if names == parts {
                    end = end.max(lines[at].0.end);
                    (say("table-not-read"), say("table-not-read-help"))
                } else {
                    (
                        say("table-header-cells")
                            .with("count", names)
                            .with("parts", parts.to_string()),
                        say("table-header-cells-help"),
                    )
                }
            }
            _ => (say("table-no-header"), say("table-no-header-help")),
        };
        out.push(shown.complaint(&RULE, start..end, message, help));
    }
}

/// The line below a header: `|---|---|`
fn is_hyphens(line: &str) -> bool {
    line.contains('|')
        && line.contains("--")
        && line
            .chars()
            .all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}
