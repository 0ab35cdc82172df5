//! What reads alike in a question.

use std::collections::HashSet;

use pulldown_cmark::{Event, Tag};

use super::Reader;
use crate::content::markdown::{Events, Piece};
use crate::content::message::{Message, say};
use crate::content::rules::options_alike;
use crate::content::source::Span;

impl Reader<'_, '_, '_> {
    /// Complains about each text that stood before, at its place.
    pub(super) fn alike<'s>(
        &mut self,
        message: Message,
        texts: impl IntoIterator<Item = (&'s str, &'s Span)>,
    ) {
        let mut seen = HashSet::new();
        for (text, span) in texts {
            if !text.is_empty() && !seen.insert(text) {
                let words = self.file_text(span);
                let start = span.start + words.len() - words.trim_start().len();
                let span = start..start + words.trim().len();
                self.writer.complaints.add_with_help(
                    &options_alike::RULE,
                    span,
                    message.clone(),
                    say("alike-help"),
                );
            }
        }
    }
}

/// What a reader makes of a label: its words without case, and without punctuation around them.
/// Punctuation inside a word stays, and code is taken as it is: an address may differ in a dot.
pub(super) fn form(events: &Events<'_>, label: &Piece) -> String {
    let mut text = String::new();
    for at in label.clone() {
        match events.event(at) {
            Event::Text(words) => text.push_str(&words.to_lowercase()),
            Event::Code(code) => {
                text.push('`');
                text.push_str(code);
                text.push('`');
            }
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::Start(Tag::Image { dest_url, .. }) => {
                text.push_str(dest_url);
                text.push(' ');
            }
            _ => {}
        }
    }
    let words = text.split_whitespace().map(|word| {
        let bare = word.trim_matches(|c: char| c != '`' && !c.is_alphanumeric());
        if bare.is_empty() { word } else { bare }
    });
    words.collect::<Vec<_>>().join(" ")
}
