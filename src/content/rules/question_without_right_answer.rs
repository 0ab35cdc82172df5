//! A question with no option marked as right.
//!
//! Nobody could answer it.
//!
//! Wrong:
//!
//! ```markdown
//! ### A che cosa serve SPID? {#spid-scopo .q .one}
//!
//! - [ ] `a` A entrare nei servizi
//! - [ ] `b` A pagare la spesa
//! ```
//!
//! Right:
//!
//! ```markdown
//! ### A che cosa serve SPID? {#spid-scopo .q .one}
//!
//! - [x] `a` A entrare nei servizi
//! - [ ] `b` A pagare la spesa
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "question-without-right-answer",
    severity: Severity::Error,
    page: include_str!("question_without_right_answer.rs"),
};
