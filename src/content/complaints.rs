//! Where the parser puts its complaints about one file.

use std::sync::Arc;

use super::diagnostic::{Diagnostic, Rule};
use super::source::{SourceFile, Span};

/// The most complaints about one file: what follows is rarely more than an echo, and a file made
/// to be wrong everywhere must not fill the memory.
const MOST: usize = 200;

/// The complaints about one file.
#[derive(Debug)]
pub(super) struct Complaints {
    file: Arc<SourceFile>,
    list: Vec<Diagnostic>,
}

impl Complaints {
    pub(super) fn new(file: &Arc<SourceFile>) -> Self {
        Self {
            file: Arc::clone(file),
            list: Vec::new(),
        }
    }

    /// The file complained about.
    pub(super) fn file(&self) -> &Arc<SourceFile> {
        &self.file
    }

    pub(super) fn add(&mut self, rule: &'static Rule, span: Span, message: impl Into<String>) {
        self.push(Diagnostic::new(rule, &self.file, span, message));
    }

    pub(super) fn add_with_help(
        &mut self,
        rule: &'static Rule,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Diagnostic::new(rule, &self.file, span, message).with_help(help));
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        if self.list.len() < MOST {
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
