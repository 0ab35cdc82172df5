//! The items of a list as options: marker, key, label, feedback.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Tag};

use super::Reader;
use crate::content::document::Place;
use crate::content::markdown::{Events, Piece};
use crate::content::rules::{
    alert_misplaced, option_empty, option_key, option_marker, question_content,
};
use crate::content::source::Span;

/// An option as written.
pub(super) struct Item {
    /// `[x]` or `[ ]`.
    pub(super) checked: Option<bool>,
    /// The key, where it is a good one.
    pub(super) key: Option<String>,
    /// The label.
    pub(super) html: String,
    /// The block quote.
    pub(super) feedback_html: Option<String>,
}

impl Reader<'_, '_, '_> {
    /// The items of the lists, in order.
    pub(super) fn items(&mut self, lists: &[Piece], steps: bool) -> Vec<Item> {
        let mut keys = BTreeSet::new();
        let mut items = Vec::new();
        for list in lists {
            let children: Vec<Piece> = self
                .events
                .children(self.events.inside(list.start))
                .collect();
            for item in children {
                items.push(self.item(&item, steps, &mut keys));
            }
        }
        items
    }

    fn item(&mut self, item: &Piece, steps: bool, keys: &mut BTreeSet<String>) -> Item {
        let line = self.line(item.start);
        let (mut label, rest) = split(self.events, self.events.inside(item.start));
        let mut checked = None;
        if let Some(Event::TaskListMarker(mark)) = first(self.events, &label) {
            checked = Some(*mark);
            label.start += 1;
        }
        self.check_marker(checked, steps, &mut label, &line);
        let key = self.key(&mut label, keys, &line);
        let html = self.label(label, &line);
        let mut feedback_html = None;
        for block in rest {
            let at = block.start;
            match self.events.tag(at) {
                Some(Tag::BlockQuote(None)) if feedback_html.is_none() && !steps => {
                    let inside = self.events.inside(at);
                    feedback_html = Some(self.writer.write(self.events, inside, Place::Feedback));
                }
                Some(Tag::BlockQuote(Some(_))) => {
                    let span = self.line(at);
                    self.writer.complaints.add_with_help(
                        &alert_misplaced::RULE,
                        span,
                        "an alert inside an option",
                        "feedback is a plain quote: `> …`; an explanation stands after the \
                         options, at the left margin, with an empty line before it",
                    );
                }
                _ => {
                    let span = self.line(at);
                    let (message, help) = if steps {
                        ("a step is one line", "say more before the steps")
                    } else {
                        (
                            "an option is one line and one quote with its feedback",
                            "say more before the options, or in the feedback",
                        )
                    };
                    self.writer.complaints.add_with_help(
                        &question_content::RULE,
                        span,
                        message,
                        help,
                    );
                }
            }
        }
        Item {
            checked,
            key,
            html,
            feedback_html,
        }
    }

    fn check_marker(&mut self, checked: Option<bool>, steps: bool, label: &mut Piece, line: &Span) {
        let (message, help) = match (checked, steps) {
            (None, false) => {
                let text = self.file_text(&self.events.span_of(&*label));
                if text.starts_with('[') {
                    let key = label
                        .clone()
                        .find(|at| matches!(self.events.event(*at), Event::Code(_)));
                    label.start = key.unwrap_or(label.start);
                    (
                        "this is not read as a box to tick",
                        "write `[x]` or `[ ]` with a space inside and one after it",
                    )
                } else {
                    (
                        "the option has no box to tick",
                        "begin it with `[ ]`, or with `[x]` if it is right",
                    )
                }
            }
            (Some(_), true) => (
                "a step has no box to tick",
                "remove it: the order of the list is the right one",
            ),
            _ => return,
        };
        self.writer
            .complaints
            .add_with_help(&option_marker::RULE, line.clone(), message, help);
    }

    /// Takes the key from the beginning of a label or cell.
    pub(super) fn key(
        &mut self,
        label: &mut Piece,
        keys: &mut BTreeSet<String>,
        line: &Span,
    ) -> Option<String> {
        while let Some(Event::Text(text)) = first(self.events, label)
            && text.trim().is_empty()
        {
            label.start += 1;
        }
        let Some(Event::Code(key)) = first(self.events, label) else {
            self.complain_key(line.clone(), "there is no key");
            return None;
        };
        let span = self.events.span(label.start);
        label.start += 1;
        let good = (1..=8).contains(&key.len())
            && key
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if !good {
            self.complain_key(span, format!("`{key}` cannot be a key"));
            return None;
        }
        let key = key.to_string();
        if !keys.insert(key.clone()) {
            self.complain_key(
                span,
                format!("the key `{key}` stands twice in the question"),
            );
            return None;
        }
        Some(key)
    }

    fn complain_key(&mut self, span: Span, message: impl Into<String>) {
        self.writer.complaints.add_with_help(
            &option_key::RULE,
            span,
            message,
            "begin with a key in backquotes, 1 to 8 of a-z and 0-9, that stays when the text \
             changes: `a`",
        );
    }

    /// The HTML of a label or cell; an empty one is complained about.
    pub(super) fn label(&mut self, label: Piece, line: &Span) -> String {
        let html = self.writer.write(self.events, label, Place::Question);
        let html = html.trim();
        if html.is_empty() {
            self.writer.complaints.add(
                &option_empty::RULE,
                line.clone(),
                "there is no text after the key",
            );
        }
        html.to_owned()
    }
}

pub(super) fn first<'e, 't>(events: &'e Events<'t>, piece: &Piece) -> Option<&'e Event<'t>> {
    (piece.start < piece.end).then(|| events.event(piece.start))
}

/// The label of an item, paragraph or not, and the blocks after it.
fn split(events: &Events<'_>, inside: Piece) -> (Piece, Vec<Piece>) {
    if events.tag(inside.start) == Some(&Tag::Paragraph) && inside.start < inside.end {
        let label = events.inside(inside.start);
        let after = events.piece(inside.start).end..inside.end;
        return (label, events.children(after).collect());
    }
    let mut label = inside.start..inside.start;
    let mut rest = Vec::new();
    for child in events.children(inside) {
        let inline = match events.event(child.start) {
            Event::Start(tag) => matches!(
                tag,
                Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }
            ),
            Event::Rule => false,
            _ => true,
        };
        if inline && rest.is_empty() {
            label.end = child.end;
        } else {
            rest.push(child);
        }
    }
    (label, rest)
}
