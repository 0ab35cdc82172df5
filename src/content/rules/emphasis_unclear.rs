//! Asterisks that are shown, or that vanish in a sum.
//!
//! Emphasis opens before a word and closes behind one: `**Nota:** testo`. With a colon inside and
//! no space behind, it does not close. Between figures, asterisks make emphasis and are gone:
//! `5*3*2` is read as 532. Write `×`, or `\*`.
//!
//! Wrong:
//!
//! ```markdown
//! **Nota:**porta un documento. ** Attenzione ** 5*3*2 fa 30.
//! ```
//!
//! Right:
//!
//! ```markdown
//! **Nota:** porta un documento. **Attenzione** 5 × 3 × 2 fa 30.
//! ```

use pulldown_cmark::{Event, Tag};

use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::markdown::{Run, Shown, TextWithin, after, before, marks};
use crate::content::message::say;

pub(super) static RULE: Rule = Rule {
    code: "emphasis-unclear",
    severity: Severity::Error,
    page: include_str!("emphasis_unclear.rs"),
};

pub(super) fn check(shown: &Shown<'_>, out: &mut Vec<Diagnostic>) {
    for run in &shown.runs {
        for (mark, count) in [('*', 3), ('*', 2), ('*', 1), ('_', 2)] {
            if let Some(complaint) = left_over(shown, run, mark, count) {
                out.push(complaint);
                break;
            }
        }
    }
    for (_, span) in shown.find(|event| matches!(event, Event::Start(Tag::Emphasis | Tag::Strong)))
    {
        let text: &str = &shown.file.text;
        let source = shown.source(&span);
        let width = source.bytes().take(3).take_while(|b| *b == b'*').count();
        let (outer, inner) = (before(text, span.start), after(source, width.min(2)));
        let (last, next) = (
            before(source, source.len().saturating_sub(width.min(2))),
            after(text, span.end),
        );
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let sum = (figure(outer) && figure(inner)) || (figure(last) && figure(next));
        let glued = word(outer) && word(inner) && word(last) && word(next);
        if width > 0 && (sum || glued) {
            out.push(shown.complaint(&RULE, span, say("emphasis-read"), say("emphasis-read-help")));
        }
    }
}

/// Marks of emphasis that stayed in the text: a pair, or one that opens and is never closed.
fn left_over(shown: &Shown<'_>, run: &Run, mark: char, count: usize) -> Option<Diagnostic> {
    let text = shown.at(&run.span);
    let found = marks(text, mark, count);
    let opens = |at: &std::ops::Range<usize>| {
        let outside = before(text, at.start).is_none_or(|c| !c.is_alphanumeric() && c != mark);
        let inside = after(text, at.end).is_some_and(|c| !c.is_whitespace());
        (outside && inside) || (mark == '*' && count == 2 && outside && found.len() > 1)
    };
    let first = found.iter().position(opens)?;
    let (begin, last) = (&found[first], found.last()?);
    let end = if found.len() > first + 1 {
        last.end
    } else if count == 2 && mark == '*' && run.within != TextWithin::Cell {
        let begins = after(text, begin.end).is_some_and(char::is_alphabetic);
        if !begins {
            return None;
        }
        begin.end
    } else {
        return None;
    };
    let shown_marks = &text[begin.clone()];
    Some(
        shown.complaint(
            &RULE,
            run.span.start + begin.start..run.span.start + end,
            say("emphasis-shown").with("marks", shown_marks),
            say("emphasis-shown-help")
                .with("marks", shown_marks)
                .with("mark", mark.to_string()),
        ),
    )
}
