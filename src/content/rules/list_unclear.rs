//! A list that is not read as one: its lines run together into a paragraph.
//!
//! A line of a list begins with `- ` or `1. `, with a plain space behind. The dots of a text
//! program (`•`), letters (`a)`) and hyphens without a space are text. A numbered list in the middle
//! of a paragraph begins with 1, or with an empty line before it. A list counts on from its first
//! number: what is written before the other lines is not what people see.
//!
//! Wrong:
//!
//! ```markdown
//! Porta con te:
//! • il documento
//! • il telefono
//! ```
//!
//! Right:
//!
//! ```markdown
//! Porta con te:
//!
//! - il documento
//! - il telefono
//! ```

use pulldown_cmark::{Event, Tag};

use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::markdown::{Shown, TextWithin};
use crate::content::message::say;
use crate::content::source::Span;

pub(super) static RULE: Rule = Rule {
    code: "list-unclear",
    severity: Severity::Error,
    page: include_str!("list_unclear.rs"),
};

/// What a line begins with that was meant for a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// `• `
    Dot,
    /// `-voce`
    Glued,
    /// `2. `
    Number,
    /// `a) `
    Letter,
}

pub(super) fn check(shown: &Shown<'_>, out: &mut Vec<Diagnostic>) {
    numbers(shown, out);
    for run in &shown.runs {
        if matches!(run.within, TextWithin::Heading | TextWithin::Cell) {
            continue;
        }
        let lines: Vec<(Span, &str)> = shown.lines(run).collect();
        let marks: Vec<Option<Mark>> = lines.iter().map(|(_, line)| mark(line)).collect();
        let Some(first) = marks.iter().position(Option::is_some) else {
            continue;
        };
        let last = marks.iter().rposition(Option::is_some).unwrap_or(first);
        let several = first < last && marks[first] == marks[last];
        let introduced = first > 0 && lines[first - 1].1.ends_with(':');
        let fits = match marks[first] {
            Some(Mark::Dot) => true,
            // A line may begin with a number or a hyphen by chance.
            Some(Mark::Glued | Mark::Letter) => several,
            Some(Mark::Number) => several || introduced,
            None => false,
        };
        if fits {
            out.push(shown.complaint(
                &RULE,
                lines[first].0.start..lines[last].0.end,
                say("list-unclear"),
                say("list-unclear-help"),
            ));
        }
    }
}

/// A numbered list counts on from its first number, whatever the others are.
fn numbers(shown: &Shown<'_>, out: &mut Vec<Diagnostic>) {
    let lists = shown.find(|event| matches!(event, Event::Start(Tag::List(Some(_)))));
    for (at, _) in lists {
        let items = shown.events.children(shown.events.inside(at));
        let written: Vec<(Span, usize)> = items
            .filter_map(|item| {
                let line = shown.to_line_end(shown.events.span(item.start).start);
                let source = shown.source(&line);
                let figures = source.bytes().take_while(u8::is_ascii_digit).count();
                Some((line, source[..figures].parse().ok()?))
            })
            .collect();
        let Some((_, first)) = written.first() else {
            continue;
        };
        if written.iter().all(|(_, number)| number == first) {
            continue;
        }
        let counted = written.iter().zip(*first..);
        let wrong = counted
            .into_iter()
            .find(|((_, number), seen)| number != seen);
        if let Some(((line, number), seen)) = wrong {
            let complaint = shown.complaint(
                &RULE,
                line.clone(),
                say("list-number")
                    .with("seen", seen.to_string())
                    .with("number", number.to_string()),
                say("list-number-help"),
            );
            out.push(complaint.with_severity(Severity::Warning));
        }
    }
}

fn mark(line: &str) -> Option<Mark> {
    let mut rest = line.chars();
    let first = rest.next()?;
    let rest = rest.as_str();
    let text = |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric() || c == '\u{a0}');
    match first {
        '•' | '◦' | '▪' | '●' | '○' | '‣' | '·' | '\u{f0b7}' => {
            (!rest.trim().is_empty()).then_some(Mark::Dot)
        }
        '-' | '+' => text(rest)
            .then_some(Mark::Glued)
            .filter(|_| !rest.starts_with(|c: char| c.is_ascii_digit())),
        '0'..='9' => {
            let figures = line.bytes().take_while(u8::is_ascii_digit).count();
            let (number, rest) = line.split_at(figures);
            let behind = rest.strip_prefix(['.', ')'])?;
            let listed = behind.starts_with(|c: char| c.is_whitespace() || c.is_alphabetic());
            (number.len() <= 2 && listed).then_some(Mark::Number)
        }
        'a'..='h' => rest.starts_with(") ").then_some(Mark::Letter),
        _ => None,
    }
}
