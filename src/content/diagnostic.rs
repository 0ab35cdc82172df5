//! Complaints about a course: a code for programs, a sentence for people, a place, a fix.

use std::sync::Arc;

use serde::Serialize;

use super::source::{SourceFile, Span};

/// How bad a complaint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The module cannot be served.
    Error,
    /// The module is served; a person should look.
    Warning,
}

/// A rule of the course format: its permanent code and its manual page.
///
/// Each rule is a constant in a file of its own under `rules/`, whose module documentation is the
/// manual page that `autonomia explain` prints.
#[derive(Debug)]
pub struct Rule {
    /// Permanent, in kebab case: `question-without-right-answer`.
    pub code: &'static str,
    /// The severity of its complaints. A rule with two levels names the worse one here.
    pub severity: Severity,
    /// The source of the rule's file; its leading `//!` lines are the manual page.
    pub page: &'static str,
}

/// One complaint.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule it breaks.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// The file it is about.
    pub file: Arc<SourceFile>,
    /// The place, in bytes of the file's text; empty (0..0) when it is about the whole file.
    pub span: Span,
    /// What is wrong, in plain words, naming the thing.
    pub message: String,
    /// What to do, where a fix exists.
    pub help: Option<String>,
}
