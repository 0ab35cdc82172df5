//! A mark of another kind of Markdown, or of another program.
//!
//! Lessons are CommonMark with tables, footnotes and alerts. What other programs add (boxes of
//! colons, braces with attributes, formulas between dollars, names of emoji, links of a wiki,
//! instructions of a template) is text here, and citizens would read it. The complaint names where
//! the mark is at home, and what to write instead.
//!
//! `{{region.…}}` is ours: a value that differs by region.
//!
//! Wrong:
//!
//! ```markdown
//! ::: callout
//! Non dire il PIN a ~~nessun parente~~ ==nessuno== :lock:
//! :::
//! ```
//!
//! Right:
//!
//! ```markdown
//! > [!WARNING]
//! > Non dire il PIN a **nessuno**.
//! ```

use std::collections::BTreeSet;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::dialects::{LIA, Mark, in_line, in_run};
use super::short;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::markdown::Shown;
use crate::content::message::say;
use crate::content::source::Span;

pub(super) static RULE: Rule = Rule {
    code: "other-dialect",
    severity: Severity::Error,
    page: include_str!("other_dialect.rs"),
};

pub(super) fn check(shown: &Shown<'_>, out: &mut Vec<Diagnostic>) {
    second_front_matter(shown, out);
    for run in &shown.runs {
        // One mark of a kind in a run: the others are an echo.
        let mut seen = BTreeSet::new();
        let mut found: Vec<(usize, usize, &Mark)> = Vec::new();
        for (span, line) in shown.lines(run) {
            // In front of code it is a role: found in the run.
            let role = shown.source(&shown.to_line_end(span.end)).starts_with('`');
            let mark = in_line(line).filter(|_| !role);
            found.extend(mark.map(|(length, mark)| (span.start, length, mark)));
        }
        let marks = in_run(run.within, shown.at(&run.span), shown.source(&run.span));
        found.extend(marks.map(|(at, length, mark)| (run.span.start + at, length, mark)));
        for (start, length, mark) in found {
            if seen.insert(mark.home) {
                out.push(complaint(
                    shown,
                    start..start + length,
                    mark.home,
                    mark.help,
                ));
            }
        }
    }
    for at in shown.events.whole() {
        match shown.events.event(at) {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let line = shown.to_line_end(shown.events.span(at).start);
                let name = info.split_whitespace().next().unwrap_or("");
                if name.starts_with('{') {
                    let home = "dialect-rmd";
                    let help = "dialect-rmd-help";
                    out.push(complaint(shown, line, home, help));
                } else if DRAWN.contains(&name) {
                    let home = "dialect-drawn";
                    let help = "dialect-drawn-help";
                    out.push(complaint(shown, line, home, help));
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                let line = shown.to_line_end(shown.events.span(at).start);
                let text = shown.source(&line).trim_start();
                if text.starts_with("--{{") || text.starts_with("{{") {
                    out.push(complaint(shown, line, LIA.home, LIA.help));
                }
            }
            Event::Start(Tag::Image { .. }) => {
                let span = shown.events.span(at);
                let words = shown.source(&span).split("](").next().unwrap_or("");
                let size = words.rsplit_once('|').map_or("", |(_, size)| size);
                if !size.is_empty() && size.bytes().all(|b| b.is_ascii_digit() || b == b'x') {
                    let home = "dialect-size";
                    let help = "dialect-size-help";
                    out.push(complaint(shown, span, home, help));
                }
            }
            Event::Code(code) if code.starts_with("r ") && code.contains(['(', '$']) => {
                let home = "dialect-inline-r";
                let help = "dialect-inline-r-help";
                out.push(complaint(shown, shown.events.span(at), home, help));
            }
            _ => {}
        }
    }
}

/// Blocks of code that other programs draw.
const DRAWN: [&str; 9] = [
    "mermaid",
    "plantuml",
    "graphviz",
    "dot",
    "math",
    "dataview",
    "vega-lite",
    "tikz",
    "abc",
];

fn complaint(shown: &Shown<'_>, span: Span, home: &'static str, help: &'static str) -> Diagnostic {
    let mark = short(shown.source(&span).trim().trim_matches('`'));
    let message = say("other-dialect")
        .with("mark", mark)
        .with("home", say(home));
    shown.complaint(&RULE, span, message, say(help))
}

/// A front matter in the text: another program's, taken along with its lesson.
fn second_front_matter(shown: &Shown<'_>, out: &mut Vec<Diagnostic>) {
    let body = shown.file.text.get(shown.body..).unwrap_or("");
    let start = shown.body + body.len() - body.trim_start().len();
    let mut lines = body.trim_start().split_inclusive('\n');
    let fence = lines.next().unwrap_or("").trim_end();
    if fence != "---" && fence != "+++" {
        return;
    }
    let mut end = start + fence.len();
    let mut keys = 0;
    let mut length = start
        + body
            .trim_start()
            .lines()
            .next()
            .map_or(0, |line| line.len() + 1);
    for line in lines.take(60) {
        if line.trim_end() == fence || line.trim_end() == "..." {
            if keys > 0 {
                end = length + line.trim_end().len();
            }
            break;
        }
        let key = line.split([':', '=']).next().unwrap_or("");
        let simple = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' ');
        keys += usize::from(key.len() < line.trim_end().len() && key.chars().all(simple));
        length += line.len();
    }
    if keys > 0 && end > start + fence.len() {
        let home = if fence == "---" {
            say("dialect-yaml")
        } else {
            say("dialect-second")
        };
        let help = say("dialect-second-help");
        let message = say("other-dialect-block").with("home", home);
        out.push(shown.complaint(&RULE, start..end, message, help));
    }
}
