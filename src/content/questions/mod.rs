//! Questions: a heading with class `.q`, one kind and an id, and the blocks up to the next heading
//! of the same or a higher level.
//!
//! Text before the options is part of the prompt; a `[!TIP]` there is the hint. A `[!NOTE]` after
//! them is the explanation. Everything else is complained about, since a slip here is a key that
//! is lost or, worse, shown.

mod choices;
mod hash;
mod items;
mod pairs;
mod written;

use std::sync::Arc;

use pulldown_cmark::{BlockQuoteKind, Event, Tag};

use crate::domain::ids::QuestionId;

use super::complaints::Complaints;
use super::document::{ParsedQuestion, Place};
use super::markdown::{Events, Piece, RawHeading, Writer};
use super::question::{Kind, Question};
use super::rules::{
    alert_misplaced, feedback_outside_option, invalid_id, question_content, question_kind,
    question_points, question_without_id, question_without_options,
};
use super::source::Span;

/// The kinds, as classes.
pub(super) const KINDS: [&str; 6] = ["one", "many", "order", "match", "number", "text"];

/// Whether a heading is a question's.
pub(super) fn is_question(heading: &RawHeading) -> bool {
    heading.classes.iter().any(|class| class == "q")
}

/// Complains about a kind on a heading that is not a question's.
pub(super) fn kind_without_q(heading: &RawHeading, complaints: &mut Complaints) {
    complaints.add_with_help(
        &question_kind::RULE,
        heading.span.clone(),
        "a kind of question on a heading that is not a question",
        "add the class `.q`",
    );
}

/// Parses a question. `None` where it has no id to know it by.
pub(super) fn parse(
    events: &Events<'_>,
    heading: &RawHeading,
    blocks: &[Piece],
    writer: &mut Writer<'_>,
) -> Option<ParsedQuestion> {
    let before = writer.complaints.len();
    let id = id(heading, &mut writer.complaints);
    let kind = kind(heading, &mut writer.complaints);
    let points = points(heading, &mut writer.complaints);
    let title_html = writer.write(events, events.inside(heading.at), Place::Question);
    let mut reader = Reader {
        events,
        heading,
        writer,
        class: kind,
        text_html: String::new(),
        hint_html: None,
        explanation_html: None,
        options: Vec::new(),
    };
    reader.blocks(blocks);
    let kind = reader.kind();
    let mut question = Question {
        id: id?,
        points: points.unwrap_or(1),
        title_html,
        text_html: reader.text_html,
        hint_html: reader.hint_html,
        kind,
        explanation_html: reader.explanation_html,
        key_hash: String::new(),
        text_hash: String::new(),
    };
    question.key_hash = hash::key(&question);
    question.text_hash = hash::text(&question);
    Some(ParsedQuestion {
        question: Arc::new(question),
        span: heading.span.clone(),
        sound: writer.complaints.len() == before,
    })
}

/// Reads the blocks of one question.
struct Reader<'r, 't, 'd> {
    events: &'r Events<'t>,
    heading: &'r RawHeading,
    writer: &'r mut Writer<'d>,
    /// The class of the kind, where there is exactly one.
    class: Option<&'static str>,
    text_html: String,
    hint_html: Option<String>,
    explanation_html: Option<String>,
    /// The blocks that hold the options: more than one where something split them.
    options: Vec<Piece>,
}

impl Reader<'_, '_, '_> {
    fn blocks(&mut self, blocks: &[Piece]) {
        for block in blocks {
            let at = block.start;
            if self.is_options(block) {
                self.options.push(block.clone());
                continue;
            }
            match self.events.tag(at) {
                Some(Tag::BlockQuote(Some(kind))) => self.alert(at, *kind),
                Some(Tag::Heading { .. }) => self.complain_content(
                    at,
                    "a heading inside a question",
                    "a question ends at a heading of its own level or a higher one; use bold text",
                ),
                Some(Tag::BlockQuote(None)) if !self.options.is_empty() => {
                    let span = self.line(at);
                    self.writer.complaints.add_with_help(
                        &feedback_outside_option::RULE,
                        span,
                        "this quote is outside the options, so it is nobody's feedback",
                        "indent it by two spaces, to the text of its option",
                    );
                }
                _ if !self.options.is_empty() => self.complain_content(
                    at,
                    "text after the options is not shown",
                    "put it before the options, or into an explanation: `> [!NOTE]`",
                ),
                _ => {
                    let html = self
                        .writer
                        .write(self.events, block.clone(), Place::Question);
                    self.text_html.push_str(&html);
                }
            }
        }
    }

    /// Whether a block holds the options of this kind of question.
    fn is_options(&self, block: &Piece) -> bool {
        match (self.class, self.events.tag(block.start)) {
            (Some("one" | "many"), Some(Tag::List(start))) => {
                start.is_none() || self.has_markers(block)
            }
            (Some("order"), Some(Tag::List(_))) => true,
            (Some("match"), Some(Tag::Table(_))) => true,
            (Some("number" | "text"), Some(Tag::Paragraph)) => {
                let text = self.file_text(&self.events.span(block.start));
                text.lines().any(|line| line.trim_start().starts_with('='))
            }
            _ => false,
        }
    }

    fn has_markers(&self, block: &Piece) -> bool {
        block
            .clone()
            .any(|at| matches!(self.events.event(at), Event::TaskListMarker(_)))
    }

    fn alert(&mut self, at: usize, kind: BlockQuoteKind) {
        let after = !self.options.is_empty();
        let slot = match (kind, after) {
            (BlockQuoteKind::Tip, false) if self.hint_html.is_none() => &mut self.hint_html,
            (BlockQuoteKind::Note, true) if self.explanation_html.is_none() => {
                &mut self.explanation_html
            }
            _ => {
                let (message, help) = match (kind, after) {
                    (BlockQuoteKind::Tip, false) => {
                        ("a second hint", "put both into one `> [!TIP]`")
                    }
                    (BlockQuoteKind::Note, true) => {
                        ("a second explanation", "put both into one `> [!NOTE]`")
                    }
                    (BlockQuoteKind::Tip, true) => (
                        "a hint after the options",
                        "move the `> [!TIP]` before the options; an explanation is a `> [!NOTE]`",
                    ),
                    (BlockQuoteKind::Note, false) => (
                        "an explanation before the options would give the answer away",
                        "move the `> [!NOTE]` after the options; a hint is a `> [!TIP]`",
                    ),
                    _ => (
                        "this alert has no meaning in a question",
                        "a hint is `> [!TIP]` before the options, an explanation `> [!NOTE]` \
                         after them",
                    ),
                };
                let span = self.line(at);
                return self.writer.complaints.add_with_help(
                    &alert_misplaced::RULE,
                    span,
                    message,
                    help,
                );
            }
        };
        let inside = self.events.inside(at);
        *slot = Some(self.writer.write(self.events, inside, Place::Feedback));
    }

    /// Reads the options. What is wrong was said, and what is left is what could be read.
    fn kind(&mut self) -> Kind {
        let options = std::mem::take(&mut self.options);
        let Some(class) = self.class else {
            return Kind::Text {
                accepted: Vec::new(),
            };
        };
        if options.is_empty() {
            let (message, help) = match class {
                "one" | "many" => ("has no options", "add a list: - [ ] `a` …"),
                "order" => ("has no steps", "add a numbered list: 1. `a` …"),
                "match" => ("has no table of pairs", "add a table of two columns"),
                _ => (
                    "has no accepted answer",
                    "add a line `= …`, with an empty line before it",
                ),
            };
            self.writer.complaints.add_with_help(
                &question_without_options::RULE,
                self.heading.span.clone(),
                format!("\"{}\" {message}", self.heading.text),
                help,
            );
        }
        match class {
            "one" => self.one(&options),
            "many" => self.many(&options),
            "order" => self.order(&options),
            "match" => self.pairs(&options),
            "number" => self.number(&options),
            _ => self.text(&options),
        }
    }

    fn complain_content(&mut self, at: usize, message: &str, help: &str) {
        let span = self.line(at);
        self.writer
            .complaints
            .add_with_help(&question_content::RULE, span, message, help);
    }

    fn file_text(&self, span: &Span) -> &str {
        self.writer.complaints.file().at(span)
    }

    /// The place of an element's first line.
    fn line(&self, at: usize) -> Span {
        let span = self.events.span(at);
        let line = self.file_text(&span).lines().next().unwrap_or("");
        span.start..span.start + line.trim_end().len()
    }
}

fn id(heading: &RawHeading, complaints: &mut Complaints) -> Option<QuestionId> {
    let span = heading.span.clone();
    if !heading.explicit_id {
        complaints.add_with_help(
            &question_without_id::RULE,
            span,
            format!("the question \"{}\" has no id", heading.text),
            format!("add one that will never change: {{#{} …}}", heading.id),
        );
        return None;
    }
    let id = QuestionId::parse(&heading.id).ok();
    if id.is_none() {
        complaints.add_with_help(
            &invalid_id::RULE,
            span,
            format!("`{}` cannot be a question's id", heading.id),
            "3 to 40 characters: a-z, 0-9 and -, beginning with a letter",
        );
    }
    id
}

fn kind(heading: &RawHeading, complaints: &mut Complaints) -> Option<&'static str> {
    let kinds: Vec<&'static str> = KINDS
        .into_iter()
        .filter(|kind| heading.classes.iter().any(|class| class == kind))
        .collect();
    if let [kind] = kinds[..] {
        return Some(kind);
    }
    let message = if kinds.is_empty() {
        format!("the question \"{}\" has no kind", heading.text)
    } else {
        format!(
            "the question \"{}\" has more than one kind: .{}",
            heading.text,
            kinds.join(", .")
        )
    };
    complaints.add_with_help(
        &question_kind::RULE,
        heading.span.clone(),
        message,
        format!("add exactly one of .{}", KINDS.join(", .")),
    );
    None
}

fn points(heading: &RawHeading, complaints: &mut Complaints) -> Option<u16> {
    let (_, value) = heading
        .attributes
        .iter()
        .find(|(name, _)| name == "points")?;
    if value.as_ref().is_some_and(|value| value.contains('"')) {
        // Quotes are complained about with the attributes.
        return None;
    }
    let points = value
        .as_deref()
        .and_then(|value| value.parse::<u16>().ok())
        .filter(|points| (1..=100).contains(points));
    if points.is_none() {
        complaints.add_with_help(
            &question_points::RULE,
            heading.span.clone(),
            format!(
                "`{}` is no number of points",
                value.as_deref().unwrap_or("points")
            ),
            "write `points=` and a whole number from 1 to 100",
        );
    }
    points
}
