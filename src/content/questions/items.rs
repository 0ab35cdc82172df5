//! The items of a list as options: marker, key, label, feedback.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Tag};

use super::Reader;
use super::alike::form;
use crate::content::document::ProsePlace;
use crate::content::markdown::{Events, Piece};
use crate::content::message::{Message, say};
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
    /// The label, as it is compared with others.
    pub(super) form: String,
    /// Its first line.
    pub(super) line: Span,
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
            let prose = children
                .iter()
                .take_while(|item| self.is_text(item))
                .count();
            // Several at the head of the options, which Markdown takes for one list with them.
            let skipped = match !steps && prose > 1 && prose < children.len() {
                true => prose,
                false => 0,
            };
            if skipped > 0 {
                let span = self.line(children[0].start);
                self.complain_list(span);
            }
            for item in &children[skipped..] {
                items.push(self.item(item, steps, &mut keys));
            }
        }
        items
    }

    /// Whether an item has neither a box, nor what is meant as one, nor a key.
    pub(super) fn is_text(&self, item: &Piece) -> bool {
        let (label, _) = split(self.events, self.events.inside(item.start));
        match first(self.events, &label) {
            Some(Event::TaskListMarker(_) | Event::Code(_)) => false,
            _ => !self
                .file_text(&self.events.span_of(&label))
                .starts_with('['),
        }
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
        let form = form(self.events, &label);
        let html = self.label(label, &line);
        let mut feedback_html = None;
        for block in rest {
            let at = block.start;
            match self.events.tag(at) {
                Some(Tag::BlockQuote(None)) if feedback_html.is_none() && !steps => {
                    let inside = self.events.inside(at);
                    feedback_html =
                        Some(self.writer.write(self.events, inside, ProsePlace::Feedback));
                }
                Some(Tag::BlockQuote(Some(_))) => {
                    let span = self.line(at);
                    self.writer.complaints.add_with_help(
                        &alert_misplaced::RULE,
                        span,
                        say("alert-in-option"),
                        say("alert-in-option-help"),
                    );
                }
                _ => {
                    let span = self.line(at);
                    let (message, help) = if steps {
                        (say("step-content"), say("step-content-help"))
                    } else {
                        (say("option-content"), say("option-content-help"))
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
            form,
            line,
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
                        say("option-marker-unread"),
                        say("option-marker-unread-help"),
                    )
                } else {
                    (
                        say("option-marker-missing"),
                        say("option-marker-missing-help"),
                    )
                }
            }
            (Some(_), true) => (say("step-marker"), say("step-marker-help")),
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
            self.complain_key(line.clone(), say("option-key-missing"));
            return None;
        };
        let span = self.events.span(label.start);
        label.start += 1;
        let good = (1..=8).contains(&key.len())
            && key
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if !good {
            self.complain_key(span, say("option-key").with("key", key.as_ref()));
            return None;
        }
        let key = key.to_string();
        if !keys.insert(key.clone()) {
            self.complain_key(span, say("option-key-twice").with("key", key));
            return None;
        }
        Some(key)
    }

    fn complain_key(&mut self, span: Span, message: Message) {
        self.writer.complaints.add_with_help(
            &option_key::RULE,
            span,
            message,
            say("option-key-help"),
        );
    }

    /// The HTML of a label or cell; an empty one is complained about.
    pub(super) fn label(&mut self, label: Piece, line: &Span) -> String {
        let html = self.writer.write(self.events, label, ProsePlace::Question);
        let html = html.trim();
        if html.is_empty() {
            self.writer
                .complaints
                .add(&option_empty::RULE, line.clone(), say("option-empty"));
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
