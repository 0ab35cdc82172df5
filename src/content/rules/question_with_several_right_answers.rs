//! A `.one` question with more than one option marked as right.
//!
//! Only one can be chosen. Where several are right, the question is `.many`.
//!
//! Wrong:
//!
//! ```markdown
//! ### Che cosa serve? {#spid-serve .q .one}
//!
//! - [x] `a` Il documento
//! - [x] `b` Il telefono
//! ```
//!
//! Right:
//!
//! ```markdown
//! ### Che cosa serve? {#spid-serve .q .many}
//!
//! - [x] `a` Il documento
//! - [x] `b` Il telefono
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "question-with-several-right-answers",
    severity: Severity::Error,
    page: include_str!("question_with_several_right_answers.rs"),
};
