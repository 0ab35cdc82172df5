//! From a file to a [`Document`] and complaints.

use std::collections::BTreeMap;
use std::sync::Arc;

use pulldown_cmark::Tag;

use crate::domain::ids::is_content_id;
use crate::domain::locale::Lang;

use super::complaints::Complaints;
use super::diagnostic::Diagnostic;
use super::document::{BodyPart, Document, FileKind, Heading, ParsedQuestion, ProsePlace};
use super::front_matter::{self, FileShape};
use super::markdown::{Events, HtmlWriter, Piece, RawHeading, Shown, headings, suggested_id};
use super::message::say;
use super::module;
use super::questions;
use super::regional;
use super::regions::Regional;
use super::rules;
use super::rules::{
    first_level_heading, invalid_id, practice_not_supported, question_misplaced, quiz_text,
    unknown_attribute, unusable_file,
};
use super::source::SourceFile;

/// What a file's name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileName {
    /// `module` or `01-che-cosa-e`
    pub(super) stem: String,
    /// Of `module.en.md`, English.
    pub(super) lang: Lang,
}

impl FileName {
    /// Reads `module.md`, `module.en.md`, `01-a.md`, `01-a.en.md`; the path may have folders.
    pub(super) fn of(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next()?.strip_suffix(".md")?;
        let (stem, lang) = match name.split_once('.') {
            None => (name, Lang::It),
            Some((stem, code)) => {
                let lang = Lang::ALL.into_iter().find(|lang| lang.code() == code);
                (stem, lang.filter(|lang| *lang != Lang::It)?)
            }
        };
        let numbered = stem.split_once('-').is_some_and(|(number, rest)| {
            number.len() == 2
                && number.bytes().all(|b| b.is_ascii_digit())
                && !rest.is_empty()
                && rest
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        });
        (numbered || stem == "module").then(|| Self {
            stem: stem.to_owned(),
            lang,
        })
    }

    fn is_module(&self) -> bool {
        self.stem == "module"
    }
}

/// Parses one file of a module. The kind of a translated quiz is known only with its original, so
/// it is a lesson here.
pub(super) fn parse(
    file: &Arc<SourceFile>,
    name: FileName,
    images: &BTreeMap<String, module::Image>,
    regional: &Regional,
) -> (Document, Vec<Diagnostic>) {
    let mut complaints = Complaints::new(file);
    check_characters(&file.text, &mut complaints);
    let shape = FileShape {
        module: name.is_module(),
        translation: name.lang != Lang::It,
    };
    let (front, offset) = front_matter::parse(shape, &mut complaints);
    let kind = match &front.kind {
        _ if name.is_module() => FileKind::Module,
        Some(_) => FileKind::Quiz,
        None => FileKind::Lesson,
    };
    let events = Events::of(&file.text, offset);
    let raw = headings(&file.text, &events);
    let no_place = regional::no_place(&raw, file.text.len());
    let events = events.changed(|list| {
        regional::fill(
            list,
            regional,
            name.lang,
            offset,
            &no_place,
            &mut complaints,
        )
    });
    // Their places among the events may have moved.
    let raw = headings(&file.text, &events);
    for heading in &raw {
        check_heading(heading, &mut complaints);
    }
    let mut body = Body {
        kind,
        parts: Vec::new(),
        questions: Vec::new(),
        raw: &raw,
        writer: HtmlWriter::new(name.lang, complaints, images, &raw),
    };
    body.parse(&events);
    let Body {
        parts,
        questions,
        writer,
        ..
    } = body;
    let HtmlWriter {
        complaints, found, ..
    } = writer;
    let document = Document {
        file: Arc::clone(file),
        kind,
        lang: name.lang,
        stem: name.stem,
        front,
        body: parts,
        headings: raw.iter().map(heading).collect(),
        links: found.links,
        images: found.images,
        tables: found.tables,
        prose: found.prose,
        questions,
    };
    let mut list = complaints.into_list();
    list.extend(rules::check_text(&Shown::of(file, &events, offset)));
    (document, list)
}

/// Complains about the first character that no text has: a sign of a file saved in another
/// encoding, or cut.
fn check_characters(text: &str, complaints: &mut Complaints) {
    let wrong = |c: char| c == '\u{fffd}' || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    if let Some((at, c)) = text.char_indices().find(|(_, c)| wrong(*c)) {
        complaints.add_with_help(
            &unusable_file::RULE,
            at..at + c.len_utf8(),
            say("file-character").with("code", format!("U+{:04X}", u32::from(c))),
            say("file-character-help"),
        );
    }
}

fn heading(raw: &RawHeading) -> Heading {
    Heading {
        level: raw.level.max(2),
        id: raw.id.clone(),
        explicit_id: raw.explicit_id,
        text: raw.text.clone(),
        span: raw.span.clone(),
        question: questions::is_question(raw),
    }
}

struct Body<'d> {
    kind: FileKind,
    parts: Vec<BodyPart>,
    questions: Vec<ParsedQuestion>,
    raw: &'d [RawHeading],
    writer: HtmlWriter<'d>,
}

impl Body<'_> {
    fn parse(&mut self, events: &Events<'_>) {
        let blocks: Vec<Piece> = events.children(events.whole()).collect();
        let mut footnotes = Vec::new();
        let mut pending: Option<Piece> = None;
        let mut at = 0;
        while let Some(block) = blocks.get(at).cloned() {
            if matches!(events.tag(block.start), Some(Tag::FootnoteDefinition(_))) {
                self.flush(events, pending.take());
                footnotes.push(block);
                at += 1;
                continue;
            }
            let heading = self
                .raw
                .binary_search_by_key(&block.start, |heading| heading.at)
                .ok();
            let Some(index) = heading.filter(|index| has_section(&self.raw[*index])) else {
                let start = pending.map_or(block.start, |pending| pending.start);
                pending = Some(start..block.end);
                at += 1;
                continue;
            };
            self.flush(events, pending.take());
            let section = at + 1..at + 1 + self.section(events, index, &blocks[at + 1..]);
            at = section.end;
            let (notes, section): (Vec<Piece>, Vec<Piece>) =
                blocks[section].iter().cloned().partition(|block| {
                    matches!(events.tag(block.start), Some(Tag::FootnoteDefinition(_)))
                });
            footnotes.extend(notes);
            self.special(events, index, &section);
        }
        self.flush(events, pending.take());
        for note in footnotes {
            self.flush(events, Some(note));
        }
    }

    /// How many blocks belong to the heading.
    fn section(&self, events: &Events<'_>, index: usize, blocks: &[Piece]) -> usize {
        let level = self.raw[index].level;
        let is_end = |block: &Piece| match events.tag(block.start) {
            Some(Tag::Heading { level: other, .. }) => *other as u8 <= level,
            _ => false,
        };
        blocks.iter().position(is_end).unwrap_or(blocks.len())
    }

    fn flush(&mut self, events: &Events<'_>, piece: Option<Piece>) {
        let Some(piece) = piece else { return };
        let footnote = matches!(events.tag(piece.start), Some(Tag::FootnoteDefinition(_)));
        if self.kind == FileKind::Quiz && !self.questions.is_empty() && !footnote {
            let mut span = events.span_of(&piece);
            let text = self.writer.complaints.file().at(&span);
            span.end = span.start + text.lines().next().map_or(0, str::len);
            self.writer.complaints.add_with_help(
                &quiz_text::RULE,
                span,
                say("quiz-text"),
                say("quiz-text-help"),
            );
        }
        let html = self.writer.write(events, piece, ProsePlace::Text);
        match self.parts.last_mut() {
            Some(BodyPart::Html(before)) => before.push_str(&html),
            _ => self.parts.push(BodyPart::Html(html)),
        }
    }

    /// A question or a practice, with the blocks of its section.
    fn special(&mut self, events: &Events<'_>, index: usize, section: &[Piece]) {
        let heading = &self.raw[index];
        self.writer.under = Some(index);
        if !questions::is_question(heading) {
            self.writer.complaints.add(
                &practice_not_supported::RULE,
                heading.span.clone(),
                say("practice-not-supported").with("heading", &heading.text),
            );
            return;
        }
        if self.kind == FileKind::Module {
            self.writer.complaints.add_with_help(
                &question_misplaced::RULE,
                heading.span.clone(),
                say("question-in-introduction"),
                say("question-in-introduction-help"),
            );
        }
        let question = questions::parse(events, heading, section, &mut self.writer);
        if let Some(question) = question {
            self.parts.push(BodyPart::Question(self.questions.len()));
            self.questions.push(question);
        }
    }
}

/// Whether what stands under the heading is read as a whole.
fn has_section(heading: &RawHeading) -> bool {
    questions::is_question(heading)
        || heading
            .classes
            .iter()
            .any(|class| class == "practice" || class == "screen")
}

fn check_heading(heading: &RawHeading, complaints: &mut Complaints) {
    let span = heading.span.clone();
    if heading.level == 1 {
        complaints.add_with_help(
            &first_level_heading::RULE,
            span.clone(),
            say("first-level-heading"),
            say("first-level-heading-help"),
        );
    }
    if heading.nested && has_section(heading) {
        complaints.add_with_help(
            &question_misplaced::RULE,
            span.clone(),
            say("question-nested"),
            say("question-nested-help"),
        );
    }
    if heading.explicit_id && !questions::is_question(heading) && !is_anchor(&heading.id) {
        complaints.add_with_help(
            &invalid_id::RULE,
            span.clone(),
            say("invalid-heading-id").with("id", &heading.id),
            say("invalid-heading-id-help").with("id", suggested_id(&heading.id)),
        );
    }
    if heading.text.contains("{#") || heading.text.contains("{.") {
        complaints.add_with_help(
            &unknown_attribute::RULE,
            span.clone(),
            say("heading-braces"),
            say("heading-braces-help"),
        );
    }
    let question = questions::is_question(heading);
    for class in &heading.classes {
        let known = match class.as_str() {
            "q" | "practice" | "screen" => true,
            "required" => heading.classes.iter().any(|other| other == "practice"),
            // A kind without `.q` is complained about with the kinds.
            class => questions::KINDS.contains(&class),
        };
        if !known {
            complaints.add_with_help(
                &unknown_attribute::RULE,
                span.clone(),
                say("heading-class").with("class", class),
                say("heading-class-help").with("kinds", questions::kinds()),
            );
        }
    }
    for (name, value) in &heading.attributes {
        let quoted = name.contains('"') || value.as_ref().is_some_and(|v| v.contains('"'));
        if quoted {
            complaints.add_with_help(
                &unknown_attribute::RULE,
                span.clone(),
                say("heading-quotes"),
                say("heading-quotes-help"),
            );
            break;
        }
        if !(question && name == "points") {
            complaints.add_with_help(
                &unknown_attribute::RULE,
                span.clone(),
                say("heading-attribute").with("name", name),
                say("heading-attribute-help"),
            );
        }
    }
    if !question
        && heading
            .classes
            .iter()
            .any(|c| questions::KINDS.contains(&c.as_str()))
    {
        questions::kind_without_q(heading, complaints);
    }
}

/// Whether a heading may have this id.
pub(super) fn is_anchor(id: &str) -> bool {
    is_content_id(id)
        || (id.len() <= 60
            && id.starts_with(|c: char| c.is_ascii_lowercase())
            && id
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_tells_order_and_language() {
        let name = |path| FileName::of(path).map(|name| (name.stem, name.lang));
        assert_eq!(name("m/module.md"), Some(("module".to_owned(), Lang::It)));
        assert_eq!(name("m/01-a.en.md"), Some(("01-a".to_owned(), Lang::En)));
        for bad in [
            "m/README.md",
            "m/1-a.md",
            "m/01-A.md",
            "m/01-a.it.md",
            "m/01-a.fr.md",
        ] {
            assert_eq!(name(bad), None, "{bad}");
        }
    }
}
