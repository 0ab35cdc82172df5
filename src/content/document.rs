//! One parsed file: what the rules look at, and what a module is put together from.
//!
//! Parsing never fails: it returns a [`Document`] and complaints. The spans are bytes of the
//! file's text.

use std::sync::Arc;

use time::Date;

use crate::domain::locale::Lang;

use super::question::Question;
use super::source::{SourceFile, Span};

/// What a file is, by its name and its `kind` key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// `module.md`
    Module,
    /// `NN-….md`
    Lesson,
    /// `NN-….md` with `kind = "quiz"`
    Quiz,
}

/// A parsed file.
#[derive(Debug)]
pub struct Document {
    /// Where it was read from.
    pub file: Arc<SourceFile>,
    /// What it is.
    pub kind: FileKind,
    /// `module.en.md` is English, `module.md` Italian.
    pub lang: Lang,
    /// The file's name without language and ending: `01-che-cosa-e`. The same for a translation.
    pub stem: String,
    /// The front matter.
    pub front: FrontMatter,
    /// Text and questions in order, for assembling the page.
    pub body: Vec<BodyPart>,
    /// The headings, those of questions included.
    pub headings: Vec<Heading>,
    /// The links.
    pub links: Vec<MarkdownLink>,
    /// The images.
    pub images: Vec<MarkdownImage>,
    /// The tables outside questions.
    pub tables: Vec<Table>,
    /// Every run of prose: paragraphs, list items, table cells, headings, alerts.
    pub prose: Vec<Prose>,
    /// The questions, with the places rules point at.
    pub questions: Vec<ParsedQuestion>,
}

/// A part of the body.
#[derive(Debug)]
pub enum BodyPart {
    /// Rendered HTML. Links to lessons are still file paths between NULs, for the link pass.
    Html(String),
    /// The index of a question in [`Document::questions`].
    Question(usize),
}

/// A front-matter value and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// The front matter of any kind of file: absent keys are `None` or empty. Values that could not
/// be read are complained about and absent.
#[derive(Debug, Default)]
#[expect(
    missing_docs,
    reason = "the keys of the course format, described there"
)]
pub struct FrontMatter {
    /// The whole block, delimiters included.
    pub span: Span,
    pub id: Option<Placed<String>>,
    pub title: Option<Placed<String>>,
    pub summary: Option<Placed<String>>,
    pub kind: Option<Placed<String>>,
    pub level: Option<Placed<i64>>,
    pub digcomp: Vec<Placed<String>>,
    pub domains: Vec<Placed<String>>,
    pub minutes: Option<Placed<i64>>,
    pub pass: Option<Placed<i64>>,
    pub asks: Vec<Placed<String>>,
    pub keywords: Vec<Placed<String>>,
    pub requires: Vec<Placed<String>>,
    pub verified: Option<Placed<Date>>,
    pub sources: Vec<Placed<String>>,
    pub rev: Option<Placed<i64>>,
    pub changes: Vec<(Placed<String>, Placed<String>)>,
}

/// A heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// `{#id}`, or the one made from the text where the author gave none.
    pub id: String,
    /// Whether the author gave the id.
    pub explicit_id: bool,
    /// Plain text.
    pub text: String,
    /// The whole line.
    pub span: Span,
    /// Whether it is a question's.
    pub question: bool,
}

/// A link.
#[derive(Debug, Clone)]
pub struct MarkdownLink {
    /// As written.
    pub target: String,
    /// Its words, plain.
    pub text: String,
    /// The whole link.
    pub span: Span,
}

/// An image.
#[derive(Debug, Clone)]
pub struct MarkdownImage {
    /// As written.
    pub target: String,
    /// The alternative text.
    pub alt: String,
    /// The whole image.
    pub span: Span,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// The cells of its header row, plain text.
    pub header: Vec<String>,
    /// The whole table.
    pub span: Span,
}

/// A run of prose.
#[derive(Debug, Clone)]
pub struct Prose {
    /// Plain text, without markup and code; a soft break is a space.
    pub text: String,
    /// The place of the whole block in the source.
    pub span: Span,
    /// What it is part of.
    pub place: ProsePlace,
    /// The index in [`Document::headings`] of the heading it stands under; `None` before the
    /// first.
    pub under: Option<usize>,
}

/// What a run of prose is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProsePlace {
    /// A heading.
    Heading,
    /// The text of the lesson: what is measured and searched.
    Text,
    /// A question's prompt or option.
    Question,
    /// A question's hint, feedback or explanation.
    Feedback,
}

/// A question and the places rules point at.
#[derive(Debug)]
pub struct ParsedQuestion {
    /// The question; incomplete where the parser complained.
    pub question: Arc<Question>,
    /// Its heading line.
    pub span: Span,
    /// Whether it could be parsed whole, so that it can be served.
    pub sound: bool,
}
