//! The rules of the course format: their codes, their manual pages, and the checks that see more
//! than one place of one file.
//!
//! A rule is a file. Its head is the manual page that `autonomia explain` prints: what is wrong,
//! why it matters, an example wrong and right. Complaints of the first group come from the parser,
//! which has the place in its hands; the second group has its `check` beside its page. The first
//! line of a file's head is the rule in one line.
//!
//! To add a rule: the file, a line in [`ALL`], a case in `tests/content/CODE.md`.

// What the parser complains about.

// What is checked once a module is parsed, and across modules.
mod table_without_header;
mod verified_long_ago;

use std::sync::Arc;

use time::Date;

use super::diagnostic::{Diagnostic, Rule};
use super::document::Document;
use super::outline::{Outline, PathOutline};
use super::source::SourceFile;

/// Every rule, by code.
pub static ALL: &[&Rule] = &[
    // What the parser complains about.

    // What is checked once a module is parsed, and across modules.
    &table_without_header::RULE,
    &verified_long_ago::RULE,
];

/// What the checks across modules look at.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "it holds a function")]
pub struct Course<'a> {
    /// Every module folder, those with errors included, in the order of their folders.
    pub outlines: &'a [Arc<Outline>],
    /// The learning paths.
    pub paths: &'a [PathOutline],
    /// `ids.lock`, if there is one.
    pub lock: Option<&'a Arc<SourceFile>>,
    /// Today, in Rome.
    pub today: Date,
    /// A file of the course by its path: asked only for files that are complained about.
    pub file: &'a dyn Fn(&str) -> Option<Arc<SourceFile>>,
}

/// The rule of a code.
#[must_use]
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code == code)
}

/// Everything that can be seen in one module: all its documents, in every language, in the order
/// of their paths. Its answer depends on nothing else, so it may be kept as long as the documents
/// stay the same.
#[must_use]
pub fn check_module(documents: &[Document]) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for document in documents {
        table_without_header::check(document, &mut out);
    }
    out
}

/// Everything that can be seen only across modules, or against `ids.lock` and the day.
#[must_use]
pub fn check_course(course: &Course<'_>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    verified_long_ago::check(course, &mut out);
    out
}

impl Course<'_> {
    /// Complains at a place of a file that is known by its path alone.
    fn complain(
        &self,
        rule: &'static Rule,
        file: &str,
        span: super::source::Span,
        message: String,
    ) -> Option<Diagnostic> {
        let file = (self.file)(file)?;
        Some(Diagnostic::new(rule, &file, span, message))
    }
}
