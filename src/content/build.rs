//! What a compilation gives: a value that is never changed.

use std::sync::Arc;

use super::catalogue::Catalogue;
use super::diagnostic::Diagnostic;
use super::left_out::LeftOut;
use super::module::Module;
use super::outline::{Outline, PathOutline};
use super::words::Words;
use crate::domain::ids::{LessonId, ModuleId};
use crate::domain::locale::Lang;

/// What a compilation gives.
#[derive(Debug)]
pub struct Build {
    /// The sound modules.
    pub catalogue: Arc<Catalogue>,
    /// Every complaint, in the order of files and lines. An error leaves its module out.
    pub diagnostics: Vec<Diagnostic>,
    /// The modules that are new or differ from the previous build.
    pub changed: Vec<Changed>,
    /// The modules of the previous build that are no longer in the catalogue.
    pub removed: Vec<ModuleId>,
    /// Every module folder, those with errors too, as `ids.lock` and other modules see it.
    pub outlines: Vec<Arc<Outline>>,
    /// The paths of `paths.toml`, as `ids.lock` sees them.
    pub paths: Vec<PathOutline>,
    /// What the errors leave out of the catalogue.
    pub left_out: LeftOut,
    /// An error is about no module, so the catalogue is the last good one.
    pub held: bool,
    /// `words.toml`, for the search.
    pub words: Arc<Words>,
}

/// A module that is new or differs from the previous build.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The module, as in the catalogue.
    pub module: Arc<Module>,
    /// Its text, for the search index, in every language.
    pub sections: Vec<Section>,
}

/// The text under one heading, plain. Questions are no part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The language of the text.
    pub lang: Lang,
    /// The lesson; `None` for the module's introduction.
    pub lesson: Option<LessonId>,
    /// The heading's id; `None` before the first heading.
    pub anchor: Option<String>,
    /// The heading's words; the page's title before the first heading.
    pub heading: String,
    /// The paragraphs, a line each.
    pub text: String,
}
