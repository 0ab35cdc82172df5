//! A reference to a link or a footnote that is not defined.
//!
//! `[testo][nome]` and `[^1]` take what they show from a line `[nome]: …` or `[^1]: …` of the same
//! file. Without it people read the brackets.
//!
//! Wrong:
//!
//! ```markdown
//! Leggi la [guida di INPS][guida]. Costa poco[^1].
//! ```
//!
//! Right:
//!
//! ```markdown
//! Leggi la [guida di INPS](https://www.inps.it/guida). Costa poco[^1].
//!
//! [^1]: Meno di 2 euro.
//! ```

use super::short;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::markdown::Shown;
use crate::content::message::say;

pub(super) static RULE: Rule = Rule {
    code: "reference-undefined",
    severity: Severity::Error,
    page: include_str!("reference_undefined.rs"),
};

pub(super) fn check(shown: &Shown<'_>, out: &mut Vec<Diagnostic>) {
    for run in &shown.runs {
        let text = shown.at(&run.span);
        for (at, _) in text.match_indices("][") {
            let Some((start, end)) = around(text, at) else {
                continue;
            };
            let label = &text[at + 2..end];
            if text[start + 1..at].starts_with('^') || label.contains('\n') {
                continue;
            }
            let start = start - usize::from(text[..start].ends_with('!'));
            let span = run.span.start + start..run.span.start + end + 1;
            let words = shown.source(&span);
            let label = if label.is_empty() {
                words.trim_start_matches('!').trim_matches(['[', ']'])
            } else {
                label
            };
            out.push(shown.complaint(
                &RULE,
                span.clone(),
                say("reference-undefined").with("text", short(words)),
                say("reference-undefined-help").with("name", short(label)),
            ));
        }
        for (at, _) in text.match_indices("[^") {
            let rest = &text[at..];
            let Some(end) = rest.find(']') else { continue };
            let label = &rest[2..end];
            if label.is_empty() || label.contains(char::is_whitespace) {
                continue;
            }
            let span = run.span.start + at..run.span.start + at + end + 1;
            out.push(shown.complaint(
                &RULE,
                span,
                say("footnote-undefined").with("name", short(label)),
                say("footnote-undefined-help").with("name", short(label)),
            ));
        }
    }
}

/// The brackets around a `][`: where the first opens and the second closes.
pub(super) fn around(text: &str, at: usize) -> Option<(usize, usize)> {
    let start = text[..at].rfind(['[', ']'])?;
    let end = at + 2 + text[at + 2..].find(['[', ']'])?;
    (text[start..].starts_with('[') && text[end..].starts_with(']')).then_some((start, end))
}
