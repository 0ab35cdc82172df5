//! Text that a quote or an alert takes in, though it does not begin with `>`.
//!
//! A paragraph right under a quote belongs to it. In a question that may be the text of the question
//! in its hint. Leave an empty line between them, or begin the line with `>`.
//!
//! Wrong:
//!
//! ```markdown
//! > [!WARNING]
//! > Non dire a nessuno il PIN.
//! Poi premi Avanti.
//! ```
//!
//! Right:
//!
//! ```markdown
//! > [!WARNING]
//! > Non dire a nessuno il PIN.
//!
//! Poi premi Avanti.
//! ```

use pulldown_cmark::{Event, Tag};

use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::markdown::Shown;
use crate::content::message::say;

pub(super) static RULE: Rule = Rule {
    code: "quote-goes-on",
    severity: Severity::Error,
    page: include_str!("quote_goes_on.rs"),
};

pub(super) fn check(shown: &Shown<'_>, out: &mut Vec<Diagnostic>) {
    let mut reach = 0;
    for (_, span) in shown.find(|event| matches!(event, Event::Start(Tag::BlockQuote(_)))) {
        if span.start < reach {
            continue;
        }
        reach = span.end;
        let source = shown.source(&span).trim_end();
        let mut start = span.start;
        for line in source.split_inclusive('\n') {
            let words = line.trim_start();
            let lazy = start > span.start && !words.is_empty() && !words.starts_with(['>', ':']);
            if lazy {
                let begin = start + line.len() - words.len();
                out.push(shown.complaint(
                    &RULE,
                    begin..begin + words.trim_end().len(),
                    say("quote-goes-on"),
                    say("quote-goes-on-help"),
                ));
                break;
            }
            start += line.len();
        }
    }
}
