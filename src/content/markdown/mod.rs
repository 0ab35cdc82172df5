//! Markdown: the events of a file with their places, and the HTML made of them.
//!
//! CommonMark with tables, footnotes, task lists, heading attributes and alerts, as read by
//! pulldown-cmark. Nothing an author writes reaches the HTML unescaped.

mod escape;
mod headings;
mod html;
mod inline;
mod shown;
mod table;

pub(super) use escape::href;
pub(super) use headings::{RawHeading, headings, suggested_id};
pub(super) use html::HtmlWriter;
pub(super) use shown::{HIDDEN, Run, Shown, TextWithin, after, before, marks};

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::source::Span;

/// Events with their places in the file.
pub(super) type Located<'t> = Vec<(Event<'t>, Span)>;

/// A file's events.
#[derive(Debug)]
pub(super) struct Events<'t> {
    list: Located<'t>,
    /// For the start of an element, the index of its end; for anything else, its own index.
    ends: Vec<usize>,
}

/// Indices of [`Events`]: a block from its start to its end, or what is in it.
pub(super) type Piece = Range<usize>;

impl<'t> Events<'t> {
    /// Parses the text from `offset` on; the places are those of the whole text.
    pub(super) fn of(text: &'t str, offset: usize) -> Self {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_GFM;
        let body = text.get(offset..).unwrap_or("");
        let list = Parser::new_ext(body, options)
            .into_offset_iter()
            .map(|(event, span)| (event, span.start + offset..span.end + offset))
            .collect();
        Self::from_list(list)
    }

    /// The same events after a change of their list, such as [`regional::fill`].
    ///
    /// [`regional::fill`]: super::regional::fill
    pub(super) fn changed(self, change: impl FnOnce(Located<'t>) -> Located<'t>) -> Self {
        Self::from_list(change(self.list))
    }

    fn from_list(list: Located<'t>) -> Self {
        let mut ends: Vec<usize> = (0..list.len()).collect();
        let mut open = Vec::new();
        for (at, (event, _)) in list.iter().enumerate() {
            match event {
                Event::Start(_) => open.push(at),
                Event::End(_) => {
                    if let Some(start) = open.pop() {
                        ends[start] = at;
                    }
                }
                _ => {}
            }
        }
        Self { list, ends }
    }

    pub(super) fn event(&self, at: usize) -> &Event<'t> {
        &self.list[at].0
    }

    /// The element that starts here, if one does.
    pub(super) fn tag(&self, at: usize) -> Option<&Tag<'t>> {
        match self.list.get(at) {
            Some((Event::Start(tag), _)) => Some(tag),
            _ => None,
        }
    }

    pub(super) fn span(&self, at: usize) -> Span {
        self.list[at].1.clone()
    }

    /// All of them.
    pub(super) fn whole(&self) -> Piece {
        0..self.list.len()
    }

    /// The element or event that begins here.
    pub(super) fn piece(&self, at: usize) -> Piece {
        at..self.ends[at] + 1
    }

    /// What is inside the element that begins here.
    pub(super) fn inside(&self, at: usize) -> Piece {
        (at + 1).min(self.ends[at])..self.ends[at]
    }

    /// The elements and events of a piece, without what is inside them.
    pub(super) fn children(&self, piece: Piece) -> impl Iterator<Item = Piece> {
        let mut at = piece.start;
        std::iter::from_fn(move || {
            (at < piece.end).then(|| {
                let child = self.piece(at);
                at = child.end;
                child
            })
        })
    }

    /// The place of a piece; empty at 0 where there is nothing in it.
    pub(super) fn span_of(&self, piece: &Piece) -> Span {
        let spans = self.list.get(piece.clone()).unwrap_or(&[]);
        let start = spans.iter().map(|(_, span)| span.start).min().unwrap_or(0);
        let end = spans.iter().map(|(_, span)| span.end).max().unwrap_or(0);
        start..end.max(start)
    }

    /// The words of a piece without markup and code; line breaks are spaces, an image is its
    /// alternative text.
    pub(super) fn plain(&self, piece: Piece) -> String {
        let mut text = String::new();
        for (event, _) in self.list.get(piece).unwrap_or(&[]) {
            match event {
                Event::Text(words) => text.push_str(words),
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                _ => {}
            }
        }
        text
    }
}
