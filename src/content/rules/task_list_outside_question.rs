//! Boxes to tick outside a question.
//!
//! Such a list is the options of a question; elsewhere a box cannot be ticked, and often means that
//! the question's heading lacks `.q`.
//!
//! Wrong:
//!
//! ```markdown
//! ## Che cosa ti serve
//!
//! - [ ] il documento
//! ```
//!
//! Right:
//!
//! ```markdown
//! ## Che cosa ti serve
//!
//! - il documento
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "task-list-outside-question",
    severity: Severity::Error,
    page: include_str!("task_list_outside_question.rs"),
};
