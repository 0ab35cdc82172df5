//! Putting in the addresses that the writer left open: links to lessons and images.
//!
//! The writer leaves `\0folder/file.md#anchor\0`, since a lesson's address is made of ids that
//! stand in other files. What cannot be resolved was complained about, and its module is not
//! served.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::ids::{LessonId, ModuleId};

use super::lesson::{Block, Lesson};
use super::markdown;
use super::module::{Edition, Image, Module};
use super::parse::FileName;
use super::question::{Kind, Question};

/// The addresses of one module's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Addresses {
    module: ModuleId,
    /// By the file's name without language and ending: the lesson, `None` for the quiz.
    files: BTreeMap<String, Option<LessonId>>,
}

impl Addresses {
    pub(super) fn new(module: ModuleId, files: BTreeMap<String, Option<LessonId>>) -> Self {
        Self { module, files }
    }

    /// The address of a Markdown file (`01-a.md`).
    fn page(&self, file: &str) -> Option<String> {
        let name = FileName::of(file)?;
        let module = &self.module;
        if name.stem == "module" {
            return Some(format!("/moduli/{module}"));
        }
        Some(match self.files.get(&name.stem)? {
            Some(lesson) => format!("/moduli/{module}/{lesson}"),
            None => format!("/moduli/{module}/quiz"),
        })
    }

    fn image(&self, name: &str, images: &BTreeMap<String, Image>) -> Option<String> {
        let hash = &images.get(name)?.hash;
        Some(format!("/moduli/{}/immagini/{name}?v={hash}", self.module))
    }
}

/// Resolves a module's own images and the links between its pages; what leads to other folders
/// stays open.
pub(super) fn resolve_own(folder: &str, own: &Addresses, module: &mut Module) {
    let images = std::mem::take(&mut module.images);
    each_html(module, &mut |html| {
        fill(html, |open| {
            let (path, anchor) = split(open);
            let name = path.strip_prefix(folder)?.strip_prefix('/')?;
            Some(match name.strip_prefix("images/") {
                Some(image) => own.image(image, &images).unwrap_or_else(|| "#".to_owned()),
                None => own
                    .page(name)
                    .map_or_else(|| "#".to_owned(), |page| page + anchor),
            })
        });
    });
    module.images = images;
}

/// The addresses of links to other folders, in the course as it is: `None` where one leads
/// nowhere.
pub(super) fn outward(open: &str, course: &BTreeMap<&str, &Addresses>) -> Option<String> {
    let (path, anchor) = split(open);
    let (folder, file) = path.split_once('/')?;
    let page = course.get(folder)?.page(file)?;
    Some(page + anchor)
}

/// Resolves the links that [`resolve_own`] left open.
pub(super) fn resolve_outward(course: &BTreeMap<&str, &Addresses>, module: &mut Module) {
    each_html(module, &mut |html| {
        fill(html, |open| {
            Some(outward(open, course).unwrap_or_else(|| "#".to_owned()))
        });
    });
}

/// The path, and the anchor with its `#`.
fn split(open: &str) -> (&str, &str) {
    open.split_at(open.find('#').unwrap_or(open.len()))
}

/// Replaces what stands between NULs; what has no answer stays.
fn fill(html: &mut String, answer: impl Fn(&str) -> Option<String>) {
    if !html.contains('\0') {
        return;
    }
    let mut out = String::with_capacity(html.len());
    for (at, part) in html.split('\0').enumerate() {
        if at % 2 == 0 {
            out.push_str(part);
            continue;
        }
        match answer(part) {
            Some(address) => markdown::href(&mut out, &address),
            None => {
                out.push('\0');
                out.push_str(part);
                out.push('\0');
            }
        }
    }
    out.shrink_to_fit();
    *html = out;
}

fn each_html(module: &mut Module, change: &mut dyn FnMut(&mut String)) {
    edition(&mut module.original, change);
    for translation in module.translations.values_mut() {
        edition(translation, change);
    }
}

fn edition(edition: &mut Edition, change: &mut dyn FnMut(&mut String)) {
    change(&mut edition.intro_html);
    for Lesson { body, .. } in &mut edition.lessons {
        for block in body {
            match block {
                Block::Html(html) => change(html.plain()),
                Block::Practice(practice) => question(practice, change),
            }
        }
    }
    if let Some(quiz) = &mut edition.quiz {
        change(&mut quiz.intro_html);
        for graded in &mut quiz.questions {
            question(graded, change);
        }
    }
}

fn question(question: &mut Arc<Question>, change: &mut dyn FnMut(&mut String)) {
    let question = Arc::make_mut(question);
    change(&mut question.title_html);
    change(&mut question.text_html);
    question.hint_html.as_mut().map(&mut *change);
    question.explanation_html.as_mut().map(&mut *change);
    match &mut question.kind {
        Kind::One { options, .. } | Kind::Many { options, .. } => {
            for option in options {
                change(&mut option.html);
                option.feedback_html.as_mut().map(&mut *change);
            }
        }
        Kind::Order { steps } => {
            for step in steps {
                change(&mut step.html);
            }
        }
        Kind::Match { left, right } => {
            for cell in left.iter_mut().chain(right) {
                change(&mut cell.html);
            }
        }
        Kind::Number { .. } | Kind::Text { .. } => {}
    }
}
