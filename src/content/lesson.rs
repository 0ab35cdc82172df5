//! Lessons and the graded quiz of one edition.

use std::sync::Arc;

use crate::domain::ids::LessonId;

use super::html::{Html, Packer};
use super::question::Question;

/// A lesson in one language.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// Permanent, the same in every language.
    pub id: LessonId,
    /// The title, plain text.
    pub title: String,
    /// One line about it, plain text.
    pub summary: Option<String>,
    /// The questions it answers, as people say them. For the search alone: shown to nobody.
    pub asks: Vec<String>,
    /// Declared learning time.
    pub minutes: u16,
    /// Text and practice questions, in the author's order.
    pub body: Vec<Block>,
}

/// A part of a lesson's body.
#[derive(Debug, Clone)]
pub enum Block {
    /// Rendered text.
    Html(Html),
    /// A practice question, answered on the spot and never counted.
    Practice(Arc<Question>),
}

impl Lesson {
    /// The practice questions, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Arc<Question>> {
        self.body.iter().filter_map(|block| match block {
            Block::Practice(question) => Some(question),
            Block::Html(_) => None,
        })
    }

    /// The rendered text without the questions.
    #[must_use]
    pub fn html(&self) -> String {
        self.body
            .iter()
            .filter_map(|block| match block {
                Block::Html(html) => Some(html.text()),
                Block::Practice(_) => None,
            })
            .collect()
    }
}

impl Lesson {
    /// Keeps its text compressed.
    pub(super) fn pack(&mut self, packer: &mut Packer) {
        for block in &mut self.body {
            if let Block::Html(html) = block {
                packer.pack(html);
            }
        }
    }
}

/// The graded quiz of a module, in one language.
#[derive(Debug, Clone)]
pub struct Quiz {
    /// The title, plain text.
    pub title: String,
    /// Text before the questions, rendered.
    pub intro_html: String,
    /// In the author's order.
    pub questions: Vec<Arc<Question>>,
}

impl Quiz {
    /// The points of all questions together.
    #[must_use]
    pub fn points(&self) -> u32 {
        self.questions.iter().map(|q| u32::from(q.points)).sum()
    }
}
