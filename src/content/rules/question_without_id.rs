//! A question without an id of its own.
//!
//! Answers are kept under the id. One made from the words would change with them, and the answers
//! would be lost.
//!
//! Wrong:
//!
//! ```markdown
//! ### A che cosa serve SPID? {.q .one}
//! ```
//!
//! Right:
//!
//! ```markdown
//! ### A che cosa serve SPID? {#spid-scopo .q .one}
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "question-without-id",
    severity: Severity::Error,
    page: include_str!("question_without_id.rs"),
};
