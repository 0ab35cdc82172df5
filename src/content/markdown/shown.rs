//! What of a file's source people see as it is written: text that Markdown took for text.
//!
//! A mistake in Markdown is no error of Markdown: it is text with stars and bars in it. The rules
//! that look for such text need it apart from code, addresses and marks that did their work, and
//! with its places.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Events, Piece};
use crate::content::diagnostic::{Diagnostic, Rule};
use crate::content::message::Message;
use crate::content::source::{SourceFile, Span};

/// Stands for a byte that people do not see as it is written.
pub(in crate::content) const HIDDEN: char = '\u{1}';

/// What a run of text stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::content) enum TextWithin {
    /// A paragraph.
    Paragraph,
    /// A heading.
    Heading,
    /// A cell of a table.
    Cell,
    /// The line of a list without empty lines.
    Item,
}

/// A run of text, from one end of its block to the other.
#[derive(Debug)]
pub(in crate::content) struct Run {
    pub(in crate::content) within: TextWithin,
    pub(in crate::content) span: Span,
}

/// A file's events beside its text with everything hidden that people do not see as written.
#[derive(Debug)]
pub(in crate::content) struct Shown<'a> {
    pub(in crate::content) file: &'a Arc<SourceFile>,
    pub(in crate::content) events: &'a Events<'a>,
    /// Where the front matter ends.
    pub(in crate::content) body: usize,
    /// As long as the file's text, byte for byte.
    masked: String,
    pub(in crate::content) runs: Vec<Run>,
}

impl<'a> Shown<'a> {
    pub(in crate::content) fn of(
        file: &'a Arc<SourceFile>,
        events: &'a Events<'a>,
        body: usize,
    ) -> Self {
        let mut shown = Self {
            file,
            events,
            body,
            masked: String::new(),
            runs: Vec::new(),
        };
        shown.collect();
        shown
    }

    fn collect(&mut self) {
        let text: &str = &self.file.text;
        let mut mask: Vec<u8> = text
            .bytes()
            .map(|byte| if byte == b'\n' { byte } else { HIDDEN as u8 })
            .collect();
        let mut open: Option<Run> = None;
        let mut in_code = false;
        for at in self.events.whole() {
            let span = self.events.span(at);
            let within = match self.events.event(at) {
                Event::Start(Tag::Paragraph) => Some(TextWithin::Paragraph),
                Event::Start(Tag::Heading { .. }) => Some(TextWithin::Heading),
                Event::Start(Tag::TableCell) => Some(TextWithin::Cell),
                _ => None,
            };
            if let Some(within) = within {
                self.runs.extend(open.replace(Run { within, span }));
                continue;
            }
            match self.events.event(at) {
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                _ => {}
            }
            if !is_inline(self.events.event(at)) || in_code {
                self.runs.extend(open.take());
                continue;
            }
            if let Event::Text(words) = self.events.event(at)
                && text.get(span.clone()) == Some(&**words)
            {
                mask[span.clone()].copy_from_slice(words.as_bytes());
                // What stands behind a backslash is meant as it is.
                if span.start > 0 && text.as_bytes()[span.start - 1] == b'\\' {
                    mask[span.start] = HIDDEN as u8;
                }
            }
            match &mut open {
                Some(run) => run.span.end = run.span.end.max(span.end),
                None => {
                    let within = TextWithin::Item;
                    open = Some(Run { within, span });
                }
            }
        }
        self.runs.extend(open);
        // A backslash escapes only ASCII, so no character is cut.
        self.masked = String::from_utf8(mask).unwrap_or_default();
        self.runs
            .retain(|run| self.masked.get(run.span.clone()).is_some());
    }

    /// What people see of a place as it is written; the rest is [`HIDDEN`].
    pub(in crate::content) fn at(&self, span: &Span) -> &str {
        self.masked.get(span.clone()).unwrap_or("")
    }

    /// The source at a place.
    pub(in crate::content) fn source(&self, span: &Span) -> &'a str {
        self.file.text.get(span.clone()).unwrap_or("")
    }

    /// The lines of a run, each from its first character on, whatever list or quote it stands in.
    pub(in crate::content) fn lines(&self, run: &Run) -> impl Iterator<Item = (Span, &str)> {
        let mut start = run.span.start;
        self.at(&run.span).split('\n').map(move |line| {
            let end = start + line.trim_end_matches([HIDDEN, '\r', ' ']).len();
            let end = end.max(start);
            let source = self.source(&(start..start + line.len()));
            let margin = source.len() - source.trim_start_matches([' ', '\t', '>']).len();
            let span = (start + margin).min(end)..end;
            start += line.len() + 1;
            (span.clone(), self.at(&span))
        })
    }

    /// The places of the elements and events of a kind.
    pub(in crate::content) fn find(
        &self,
        wanted: impl Fn(&Event<'_>) -> bool,
    ) -> impl Iterator<Item = (usize, Span)> {
        let all: Piece = self.events.whole();
        all.filter(move |at| wanted(self.events.event(*at)))
            .map(|at| (at, self.events.span(at)))
    }

    /// The whole source line of a place, from there on.
    pub(in crate::content) fn to_line_end(&self, start: usize) -> Span {
        let rest = self.file.text.get(start..).unwrap_or("");
        let line = rest.split('\n').next().unwrap_or("");
        start..start + line.trim_end().len()
    }

    pub(in crate::content) fn complaint(
        &self,
        rule: &'static Rule,
        span: Span,
        message: Message,
        help: Message,
    ) -> Diagnostic {
        Diagnostic::new(rule, self.file, span, message).with_help(help)
    }
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }
        ),
        Event::End(tag) => matches!(
            tag,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image
        ),
        Event::Rule | Event::Html(_) => false,
        _ => true,
    }
}

/// The character before a place.
pub(in crate::content) fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character at a place.
pub(in crate::content) fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The places of a mark made of exactly `count` equal characters.
pub(in crate::content) fn marks(text: &str, mark: char, count: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(at) = text[rest..].find(mark) {
        let start = rest + at;
        let run = text[start..].chars().take_while(|c| *c == mark).count();
        let end = start + run * mark.len_utf8();
        if run == count {
            found.push(start..end);
        }
        rest = end;
    }
    found
}
