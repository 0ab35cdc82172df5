//! A footnote nobody refers to, or a definition that nothing uses.
//!
//! A footnote without a `[^1]` in the text stands at the end of the page, and its way back leads
//! nowhere. A line `[nome]: https://…` that no `[testo][nome]` uses is shown nowhere at all, and so
//! is the second of two with the same name.
//!
//! Wrong:
//!
//! ```markdown
//! SPID è gratis.
//!
//! [^1]: Alcuni gestori chiedono un contributo.
//! ```
//!
//! Right:
//!
//! ```markdown
//! SPID è gratis[^1].
//!
//! [^1]: Alcuni gestori chiedono un contributo.
//! ```

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{Event, Tag};

use super::short;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::markdown::Shown;
use crate::content::message::say;
use crate::content::source::Span;

pub(super) static RULE: Rule = Rule {
    code: "definition-unused",
    severity: Severity::Error,
    page: include_str!("definition_unused.rs"),
};

pub(super) fn check(shown: &Shown<'_>, out: &mut Vec<Diagnostic>) {
    footnotes(shown, out);
    links(shown, out);
}

fn footnotes(shown: &Shown<'_>, out: &mut Vec<Diagnostic>) {
    let mut used = HashSet::new();
    let mut defined: Vec<(&str, Span)> = Vec::new();
    for at in shown.events.whole() {
        match shown.events.event(at) {
            Event::FootnoteReference(label) => {
                used.insert(&**label);
            }
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let start = shown.events.span(at).start;
                defined.push((label, shown.to_line_end(start)));
            }
            _ => {}
        }
    }
    let mut seen = HashSet::new();
    for (label, span) in defined {
        let (message, help) = if !seen.insert(label) {
            (say("footnote-twice"), say("footnote-twice-help"))
        } else if used.contains(label) {
            continue;
        } else {
            let help = say("footnote-unused-help").with("name", short(label));
            (say("footnote-unused"), help)
        };
        let message = message.with("name", short(label));
        out.push(shown.complaint(&RULE, span, message, help));
    }
}

fn links(shown: &Shown<'_>, out: &mut Vec<Diagnostic>) {
    let definitions = definitions(shown);
    if definitions.is_empty() {
        return;
    }
    let mut used = HashSet::new();
    for at in shown.events.whole() {
        if let Some(Tag::Link { id, .. } | Tag::Image { id, .. }) = shown.events.tag(at) {
            used.insert(normal(id));
        }
    }
    let mut seen: HashMap<String, ()> = HashMap::new();
    for (label, span) in definitions {
        let (message, help) = if seen.insert(normal(&label), ()).is_some() {
            (say("definition-twice"), say("definition-twice-help"))
        } else if used.contains(&normal(&label)) {
            continue;
        } else {
            (say("definition-unused"), say("definition-unused-help"))
        };
        let message = message.with("name", short(&label));
        let complaint = shown.complaint(&RULE, span, message, help);
        out.push(complaint.with_severity(Severity::Warning));
    }
}

/// The lines `[nome]: address` that Markdown took in: no event tells of them.
fn definitions(shown: &Shown<'_>) -> Vec<(String, Span)> {
    let text: &str = &shown.file.text;
    if !text.contains("]:") {
        return Vec::new();
    }
    let mut covered: Vec<Span> = shown
        .find(|event| match event {
            Event::Start(tag) => !matches!(
                tag,
                Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::FootnoteDefinition(_)
            ),
            Event::End(_) => false,
            _ => true,
        })
        .map(|(_, span)| span)
        .collect();
    covered.sort_by_key(|span| span.start);
    let mut found = Vec::new();
    let (mut start, mut next, mut reach) = (0, 0, shown.body);
    for line in text.split_inclusive('\n') {
        let margin = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
        let begin = start + margin;
        start += line.len();
        while next < covered.len() && covered[next].start <= begin {
            reach = reach.max(covered[next].end);
            next += 1;
        }
        let line = &line[margin..];
        if begin < reach || !line.starts_with('[') || line.starts_with("[^") {
            continue;
        }
        if let Some(end) = line.find("]:") {
            found.push((line[1..end].to_owned(), shown.to_line_end(begin)));
        }
    }
    found
}

/// Labels are compared without case and extra spaces.
fn normal(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
