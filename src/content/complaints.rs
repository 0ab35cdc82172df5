//! Where the parser puts its complaints about one file.

use std::sync::Arc;

use super::diagnostic::{Diagnostic, Rule, Severity};
use super::message::Message;
use super::source::{SourceFile, Span};

/// The most errors, and the most warnings, about one file: what follows is rarely more than an
/// echo, and a file made to be wrong everywhere must not fill the memory. They are counted apart,
/// so that no warning hides that a module cannot be served.
const MOST: usize = 200;

/// The complaints about one file.
#[derive(Debug)]
pub(super) struct Complaints {
    file: Arc<SourceFile>,
    list: Vec<Diagnostic>,
    errors: usize,
}

impl Complaints {
    pub(super) fn new(file: &Arc<SourceFile>) -> Self {
        Self {
            file: Arc::clone(file),
            list: Vec::new(),
            errors: 0,
        }
    }

    /// The file complained about.
    pub(super) fn file(&self) -> &Arc<SourceFile> {
        &self.file
    }

    pub(super) fn add(&mut self, rule: &'static Rule, span: Span, message: impl Into<Message>) {
        self.push(Diagnostic::new(rule, &self.file, span, message));
    }

    pub(super) fn add_with_help(
        &mut self,
        rule: &'static Rule,
        span: Span,
        message: impl Into<Message>,
        help: impl Into<Message>,
    ) {
        self.push(Diagnostic::new(rule, &self.file, span, message).with_help(help));
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        let error = diagnostic.severity == Severity::Error;
        let before = match error {
            true => self.errors,
            false => self.list.len() - self.errors,
        };
        if before < MOST {
            self.errors += usize::from(error);
            self.list.push(diagnostic);
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }
}
