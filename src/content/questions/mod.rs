//! Questions: a heading with class `.q`, one kind and an id, and the blocks up to the next heading
//! of the same or a higher level.
//!
//! Text before the options is part of the prompt; a `[!TIP]` there is the hint. A `[!NOTE]` after
//! them is the explanation. Everything else is complained about, since a slip here is a key that
//! is lost or, worse, shown.

mod alike;
mod choices;
mod hash;
mod items;
mod pairs;
mod written;

use std::sync::Arc;

use pulldown_cmark::{BlockQuoteKind, Event, Tag};

use crate::domain::ids::QuestionId;

use super::complaints::Complaints;
use super::document::{ParsedQuestion, ProsePlace};
use super::markdown::{Events, HtmlWriter, Piece, RawHeading, suggested_id};
use super::message::{Message, say};
use super::question::{Kind, Question};
use super::rules::{
    alert_misplaced, feedback_outside_option, invalid_id, question_content, question_kind,
    question_points, question_without_id, question_without_options,
};
use super::source::Span;

/// The kinds, as classes.
pub(super) const KINDS: [&str; 6] = ["one", "many", "order", "match", "number", "text"];

/// The kinds as people write them: `.one, .many`…
pub(super) fn kinds() -> String {
    format!(".{}", KINDS.join(", ."))
}

/// Whether a heading is a question's.
pub(super) fn is_question(heading: &RawHeading) -> bool {
    heading.classes.iter().any(|class| class == "q")
}

/// Complains about a kind on a heading that is not a question's.
pub(super) fn kind_without_q(heading: &RawHeading, complaints: &mut Complaints) {
    complaints.add_with_help(
        &question_kind::RULE,
        heading.span.clone(),
        say("question-kind-without-q"),
        say("question-kind-without-q-help"),
    );
}

/// Parses a question. `None` where it has no id to know it by.
pub(super) fn parse(
    events: &Events<'_>,
    heading: &RawHeading,
    blocks: &[Piece],
    writer: &mut HtmlWriter<'_>,
) -> Option<ParsedQuestion> {
    let before = writer.complaints.len();
    let id = id(heading, &mut writer.complaints);
    let kind = kind(heading, &mut writer.complaints);
    let points = points(heading, &mut writer.complaints);
    let title_html = writer.write(events, events.inside(heading.at), ProsePlace::Question);
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
    writer: &'r mut HtmlWriter<'d>,
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
        let parted = blocks.iter().any(|block| self.is_right_list(block));
        for block in blocks {
            let at = block.start;
            let prose = parted && self.is_list_of_text(block);
            if prose && self.options.is_empty() {
                let span = self.line(at);
                self.complain_list(span);
                continue;
            }
            if !prose && self.is_options(block) {
                self.options.push(block.clone());
                continue;
            }
            match self.events.tag(at) {
                Some(Tag::BlockQuote(Some(kind))) => self.alert(at, *kind),
                Some(Tag::Heading { .. }) => {
                    self.complain_content(at, say("question-heading"), say("question-heading-help"))
                }
                Some(Tag::BlockQuote(None)) if !self.options.is_empty() => {
                    let span = self.line(at);
                    self.writer.complaints.add_with_help(
                        &feedback_outside_option::RULE,
                        span,
                        say("feedback-outside-option"),
                        say("feedback-outside-option-help"),
                    );
                }
                _ if !self.options.is_empty() => self.complain_content(
                    at,
                    say("question-text-after"),
                    say("question-text-after-help"),
                ),
                _ => {
                    let html = self
                        .writer
                        .write(self.events, block.clone(), ProsePlace::Question);
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

    /// Whether a block is plainly the list of the options, or of the steps.
    fn is_right_list(&self, block: &Piece) -> bool {
        match (self.class, self.events.tag(block.start)) {
            (Some("one" | "many"), Some(Tag::List(_))) => self.has_markers(block),
            (Some("order"), Some(Tag::List(start))) => start.is_some(),
            _ => false,
        }
    }

    /// Whether a block is a list without anything that options have.
    fn is_list_of_text(&self, block: &Piece) -> bool {
        matches!(self.events.tag(block.start), Some(Tag::List(_)))
            && !self.is_right_list(block)
            && self
                .events
                .children(self.events.inside(block.start))
                .all(|item| self.is_text(&item))
    }

    /// Complains about a list in the question's text.
    fn complain_list(&mut self, span: Span) {
        self.writer.complaints.add_with_help(
            &question_content::RULE,
            span,
            say("question-list"),
            say("question-list-help"),
        );
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
                        (say("alert-second-hint"), say("alert-second-hint-help"))
                    }
                    (BlockQuoteKind::Note, true) => {
                        (say("alert-second-note"), say("alert-second-note-help"))
                    }
                    (BlockQuoteKind::Tip, true) => {
                        (say("alert-late-hint"), say("alert-late-hint-help"))
                    }
                    (BlockQuoteKind::Note, false) => {
                        (say("alert-early-note"), say("alert-early-note-help"))
                    }
                    _ => (say("alert-in-question"), say("alert-in-question-help")),
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
        *slot = Some(self.writer.write(self.events, inside, ProsePlace::Feedback));
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
                "one" | "many" => (say("question-no-options"), say("question-no-options-help")),
                "order" => (say("question-no-steps"), say("question-no-steps-help")),
                "match" => (say("question-no-pairs"), say("question-no-pairs-help")),
                _ => (say("question-no-answer"), say("question-no-answer-help")),
            };
            self.writer.complaints.add_with_help(
                &question_without_options::RULE,
                self.heading.span.clone(),
                message.with("question", &self.heading.text),
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

    fn complain_content(&mut self, at: usize, message: Message, help: Message) {
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
            say("question-without-id").with("question", &heading.text),
            say("question-without-id-help").with("id", suggested_id(&heading.id)),
        );
        return None;
    }
    let id = QuestionId::parse(&heading.id).ok();
    if id.is_none() {
        complaints.add_with_help(
            &invalid_id::RULE,
            span,
            say("invalid-question-id").with("id", &heading.id),
            say("invalid-id-help").with("id", suggested_id(&heading.id)),
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
        say("question-without-kind").with("question", &heading.text)
    } else {
        say("question-kinds")
            .with("question", &heading.text)
            .with("kinds", format!(".{}", kinds.join(", .")))
    };
    complaints.add_with_help(
        &question_kind::RULE,
        heading.span.clone(),
        message,
        say("question-kind-help").with("kinds", self::kinds()),
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
            say("question-points").with("value", value.as_deref().unwrap_or("points")),
            say("question-points-help"),
        );
    }
    points
}
