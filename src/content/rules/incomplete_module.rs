//! A module that lacks `module.md`, a lesson or its text, or whose quiz is not right.
//!
//! A module is a `module.md`, at least one lesson, each with a text, and at most one quiz that has
//! questions. A translation has its own `module.en.md`.
//!
//! Wrong:
//!
//! ```text
//! spid/01-che-cose-spid.md
//! ```
//!
//! Right:
//!
//! ```text
//! spid/module.md
//! spid/01-che-cose-spid.md
//! spid/90-quiz.md
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "incomplete-module",
    severity: Severity::Error,
    page: include_str!("incomplete_module.rs"),
};
