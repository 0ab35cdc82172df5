//! A heading that is not read as one, or text that becomes a heading.
//!
//! Behind the `#` stands a space: a plain one, which on some keyboards a finger on the wrong key
//! makes a fixed one. A line of hyphens right under a text makes that text a heading.
//!
//! Wrong:
//!
//! ```markdown
//! ##Che cosa serve
//!
//! Porta con te un documento valido.
//! ---
//! ```
//!
//! Right:
//!
//! ```markdown
//! ## Che cosa serve
//!
//! Porta con te un documento valido.
//!
//! ---
//! ```

use pulldown_cmark::{Event, Tag};

use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::markdown::{Shown, TextWithin};
use crate::content::message::say;

pub(super) static RULE: Rule = Rule {
    code: "heading-unclear",
    severity: Severity::Error,
    page: include_str!("heading_unclear.rs"),
};

pub(super) fn check(shown: &Shown<'_>, out: &mut Vec<Diagnostic>) {
    for run in &shown.runs {
        if run.within != TextWithin::Paragraph {
            continue;
        }
        for (span, text) in shown.lines(run) {
            let level = text.len() - text.trim_start_matches('#').len();
            let rest = &text[level..];
            let wanted = match level {
                1 => is_title(rest),
                2..=6 => rest.starts_with(|c: char| c.is_alphabetic() || c == '\u{a0}'),
                _ => false,
            };
            if wanted {
                let marks = &text[..level];
                out.push(shown.complaint(
                    &RULE,
                    span,
                    say("heading-no-space").with("marks", marks),
                    say("heading-no-space-help").with("marks", marks),
                ));
            }
        }
    }
    for (_, span) in shown.find(|event| matches!(event, Event::Start(Tag::Heading { .. }))) {
        let source = shown.source(&span).trim_end();
        let level = source.len() - source.trim_start_matches('#').len();
        if level > 0 {
            closing(shown, span.start, level, out);
        } else if let Some((text, line)) = source.rsplit_once('\n') {
            let text = text.trim_end();
            let sentence = text.ends_with(['.', ':', ';', '?', '!', ',']);
            let underline = line.trim_start_matches([' ', '>']).starts_with('-');
            if underline && (sentence || text.contains('\n') || text.chars().count() > 80) {
                out.push(shown.complaint(
                    &RULE,
                    span.start..span.start + source.len(),
                    say("heading-underlined"),
                    say("heading-underlined-help"),
                ));
            }
        }
    }
}

/// `#Che cosa serve`, but not `#AttentiAlTruffatore`, which is a word, nor a sentence.
fn is_title(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or("");
    let begins = text.starts_with(|c: char| c.is_uppercase() || c == '\u{a0}');
    let word = first.chars().skip(1).any(char::is_uppercase);
    begins && !word && words.next().is_some() && !text.ends_with(['.', '!', '?'])
}

/// A `#` at the end of a heading closes it and is not shown.
fn closing(shown: &Shown<'_>, start: usize, level: usize, out: &mut Vec<Diagnostic>) {
    let line = shown.to_line_end(start);
    let source = shown.source(&line);
    let words = source.trim_end_matches('#');
    let count = source.len() - words.len();
    if count > 0 && count != level && words.ends_with(' ') && words.trim_end().len() > level {
        out.push(shown.complaint(
            &RULE,
            line.start + words.len()..line.end,
            say("heading-ending"),
            say("heading-ending-help"),
        ));
    }
}
