//! A question without exactly one kind.
//!
//! How an answer is graded is never guessed from the options: the author says it with one of `.one
//! .many .order .match .number .text`.
//!
//! Wrong:
//!
//! ```markdown
//! ### A che cosa serve SPID? {#spid-scopo .q}
//! ```
//!
//! Right:
//!
//! ```markdown
//! ### A che cosa serve SPID? {#spid-scopo .q .one}
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "question-kind",
    severity: Severity::Error,
    page: include_str!("question_kind.rs"),
};
