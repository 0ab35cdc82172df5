//! A backslash that is shown, or the name of a character that does not exist.
//!
//! A backslash at the end of a line begins a new one; at the end of a paragraph it is shown.
//! `&nbsp;` and the like are names of characters; a misspelt one, or one without its semicolon, is
//! shown as it is. Write the character itself: è, €, «.
//!
//! Wrong:
//!
//! ```markdown
//! Perch&egrve; s&igrave, costa 5 &euro.\
//! ```
//!
//! Right:
//!
//! ```markdown
//! Perché sì, costa 5 €.
//! ```

use super::short;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::markdown::{Shown, TextWithin};
use crate::content::message::say;

pub(super) static RULE: Rule = Rule {
    code: "stray-mark",
    severity: Severity::Error,
    page: include_str!("stray_mark.rs"),
};

/// Names that are often written without their semicolon.
const NAMES: [&str; 27] = [
    "agrave", "amp", "apos", "bull", "copy", "eacute", "egrave", "euro", "gt", "hellip", "igrave",
    "laquo", "ldquo", "lsquo", "lt", "mdash", "middot", "nbsp", "ndash", "ograve", "quot", "raquo",
    "rdquo", "rsquo", "times", "ugrave", "Egrave",
];

pub(super) fn check(shown: &Shown<'_>, out: &mut Vec<Diagnostic>) {
    for run in &shown.runs {
        let text = shown.at(&run.span);
        let body = text.trim_end_matches(['\n', '\r', ' ']);
        if body.ends_with('\\') && run.within != TextWithin::Cell {
            let at = run.span.start + body.len() - 1;
            out.push(shown.complaint(
                &RULE,
                at..at + 1,
                say("stray-backslash"),
                say("stray-backslash-help"),
            ));
        }
        for (at, _) in text.match_indices('&') {
            let rest = &text[at + 1..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
            let name = &rest[..end.unwrap_or(rest.len())];
            let closed = rest[name.len()..].starts_with(';');
            let numbered = name.starts_with('#') && name.len() > 1;
            let wrong = (closed && name.len() > 1 && !name.ends_with('#')) || {
                let equals = rest[name.len()..].starts_with('=');
                !closed
                    && !equals
                    && (NAMES.contains(&name)
                        || (numbered && name[1..].bytes().all(|b| b.is_ascii_digit())))
            };
            if wrong {
                let start = run.span.start + at;
                let span = start..start + 1 + name.len() + usize::from(closed);
                out.push(shown.complaint(
                    &RULE,
                    span.clone(),
                    say("stray-entity").with("text", short(shown.source(&span))),
                    say("stray-entity-help"),
                ));
            }
        }
    }
}
