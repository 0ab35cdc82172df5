//! Text that becomes code, or code that is never closed.
//!
//! A backquote opens code and wants another one to close it; the apostrophe is `'`. Three open a
//! block that runs to the next three, or to the end of the file. Four spaces at the beginning of a
//! line make it code too. What stands behind the three backquotes names a language and is not
//! shown.
//!
//! Wrong:
//!
//! ````markdown
//! L`app chiede l`OTP.
//!
//!     Questo rientro non voleva dire niente.
//!
//! ``` Il messaggio:
//! Il tuo pacco è fermo
//! ````
//!
//! Right:
//!
//! ````markdown
//! L'app chiede l'OTP.
//!
//! Il messaggio:
//!
//! ```
//! Il tuo pacco è fermo
//! ```
//! ````

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::short;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::markdown::{Shown, after, before};
use crate::content::message::{Message, say};
use crate::content::source::Span;

pub(super) static RULE: Rule = Rule {
    code: "code-unclear",
    severity: Severity::Error,
    page: include_str!("code_unclear.rs"),
};

const APOSTROPHE: Message = say("code-apostrophe-help");

pub(super) fn check(shown: &Shown<'_>, out: &mut Vec<Diagnostic>) {
    for run in &shown.runs {
        let text = shown.at(&run.span);
        if let Some(at) = text.find('`') {
            let count = text[at..].chars().take_while(|c| *c == '`').count();
            let start = run.span.start + at;
            let message = say("code-open");
            out.push(shown.complaint(&RULE, start..start + count, message, APOSTROPHE));
        }
    }
    for at in shown.events.whole() {
        let span = shown.events.span(at);
        match shown.events.event(at) {
            Event::Code(_) => {
                let text: &str = &shown.file.text;
                let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
                if letter(before(text, span.start)) && letter(after(text, span.end)) {
                    let message = say("code-apostrophe");
                    out.push(shown.complaint(&RULE, span, message, APOSTROPHE));
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                let complaint = shown.complaint(
                    &RULE,
                    first_line(shown, &span),
                    say("code-indented"),
                    say("code-indented-help"),
                );
                out.push(complaint.with_severity(Severity::Warning));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                fenced(shown, &span, info, out);
            }
            _ => {}
        }
    }
}

fn fenced(shown: &Shown<'_>, span: &Span, info: &str, out: &mut Vec<Diagnostic>) {
    let source = shown.source(span).trim_end();
    let fence = if source.starts_with('~') { '~' } else { '`' };
    let width = source.chars().take_while(|c| *c == fence).count();
    let last = source.lines().last().unwrap_or("");
    let last = last.trim_matches([' ', '\t', '>']);
    let closed = source.contains('\n') && last.len() >= width && last.chars().all(|c| c == fence);
    if !closed {
        out.push(shown.complaint(
            &RULE,
            first_line(shown, span),
            say("code-endless"),
            say("code-endless-help").with("fence", fence.to_string().repeat(width)),
        ));
    } else if info.trim().contains(' ') && !info.contains('{') {
        out.push(shown.complaint(
            &RULE,
            first_line(shown, span),
            say("code-info").with("text", short(info)),
            say("code-info-help"),
        ));
    }
}

fn first_line(shown: &Shown<'_>, span: &Span) -> Span {
    let line = shown.to_line_end(span.start);
    line.start..line.end.min(span.end)
}
