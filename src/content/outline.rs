//! What is kept of a module once it is compiled, so that modules can be checked against each
//! other and against `ids.lock` without being parsed again.
//!
//! It holds ids, places, hashes and links, never text: a few hundred bytes a lesson.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use time::Date;

use super::document::{Document, FileKind, Placed};
use super::link::{self, LinkTarget};
use super::question::Kind;
use super::source::Span;
use crate::domain::locale::Lang;

/// A module as other modules and `ids.lock` see it. A module with errors has one too, with what
/// could be read.
#[derive(Debug, Default)]
pub struct Outline {
    /// The folder, without the course folder.
    pub folder: String,
    /// Whether a file, or the id of one, could not be read: ids that are not here may be in it.
    pub unread: bool,
    /// The module's id.
    pub id: Option<OutlinePlace<String>>,
    /// `requires` of the original.
    pub requires: Vec<OutlinePlace<String>>,
    /// The revision number.
    pub rev: Option<OutlinePlace<i64>>,
    /// Questions whose changed key is explained, and how.
    pub changes: Vec<(OutlinePlace<String>, String)>,
    /// The days of the last check of the facts, one for each language.
    pub verified: Vec<OutlinePlace<Date>>,
    /// Lessons and questions of the original.
    pub ids: Vec<OutlineId>,
    /// The ids of the headings of each file, by path from the course folder.
    pub anchors: BTreeMap<Arc<str>, BTreeSet<Box<str>>>,
    /// Links that leave the folder for another file of the course, with the language they are
    /// read in.
    pub outward: Vec<(Lang, OutlinePlace<String>)>,
}

/// A value and the file and place it stands at.
#[derive(Debug, Clone)]
pub struct OutlinePlace<T> {
    /// The value.
    pub value: T,
    /// Path from the course folder.
    pub file: Arc<str>,
    /// The place.
    pub span: Span,
}

/// A lesson or a question of a module.
#[derive(Debug, Clone)]
pub struct OutlineId {
    /// The id, and where a person finds it.
    pub id: OutlinePlace<String>,
    /// The hashes of a question; `None` for a lesson.
    pub hashes: Option<Hashes>,
}

/// The two hashes of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hashes {
    /// Of what decides a mark.
    pub key: String,
    /// Of the rest.
    pub text: String,
}

/// A learning path and the places rules point at, in `paths.toml`.
#[derive(Debug, Clone)]
pub struct PathOutline {
    /// The path's id.
    pub id: Placed<String>,
    /// The modules it names.
    pub modules: Vec<Placed<String>>,
}

impl Outline {
    /// The outline of one module, from all its documents.
    #[must_use]
    pub fn of(folder: &str, documents: &[Document]) -> Self {
        let mut outline = Self {
            folder: folder.to_owned(),
            ..Self::default()
        };
        for document in documents {
            let file: Arc<str> = document.file.path.as_str().into();
            outline.add(document, &file);
        }
        outline
    }

    fn add(&mut self, document: &Document, file: &Arc<str>) {
        let front = &document.front;
        self.unread |= front.id.is_none();
        if document.kind == FileKind::Module {
            self.verified
                .extend(front.verified.as_ref().map(|day| at(file, day)));
        }
        if document.lang == Lang::It {
            match document.kind {
                FileKind::Module => {
                    self.id = front.id.as_ref().map(|id| at(file, id));
                    self.rev = front.rev.as_ref().map(|rev| at(file, rev));
                    self.requires = front.requires.iter().map(|id| at(file, id)).collect();
                    self.changes = front
                        .changes
                        .iter()
                        .map(|(id, way)| (at(file, id), way.value.clone()))
                        .collect();
                }
                FileKind::Lesson | FileKind::Quiz => {
                    let id = front.id.as_ref().map(|id| at(file, id));
                    self.ids.extend(id.map(|id| OutlineId { id, hashes: None }));
                }
            }
            for parsed in &document.questions {
                self.ids.push(OutlineId {
                    id: OutlinePlace {
                        value: parsed.question.id.to_string(),
                        file: Arc::clone(file),
                        span: parsed.span.clone(),
                    },
                    hashes: Some(Hashes {
                        key: parsed.question.key_hash.clone(),
                        text: parsed.question.text_hash.clone(),
                    }),
                });
            }
        }
        for link in &document.links {
            if let LinkTarget::File { path, .. } = link::target(file, &link.target)
                && path.split('/').next() != Some(self.folder.as_str())
            {
                let at = OutlinePlace {
                    value: link.target.clone(),
                    file: Arc::clone(file),
                    span: link.span.clone(),
                };
                self.outward.push((document.lang, at));
            }
        }
        let ids = document.headings.iter().map(|heading| heading.id.as_str());
        self.anchors
            .insert(Arc::clone(file), ids.map(Box::from).collect());
    }
}

fn at<T: Clone>(file: &Arc<str>, placed: &Placed<T>) -> OutlinePlace<T> {
    OutlinePlace {
        value: placed.value.clone(),
        file: Arc::clone(file),
        span: placed.span.clone(),
    }
}

/// The word of a question's kind, as its class says it.
#[must_use]
pub const fn kind_word(kind: &Kind) -> &'static str {
    match kind {
        Kind::One { .. } => "one",
        Kind::Many { .. } => "many",
        Kind::Order { .. } => "order",
        Kind::Match { .. } => "match",
        Kind::Number { .. } => "number",
        Kind::Text { .. } => "text",
    }
}
