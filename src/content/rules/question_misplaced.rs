//! A question where none can be.
//!
//! Questions stand in lessons and in the quiz, with their heading at the left margin: not in
//! `module.md`, not inside a list or a quote.
//!
//! Wrong:
//!
//! ```markdown
//! > ### Domanda {#spid-scopo .q .one}
//! ```
//!
//! Right:
//!
//! ```markdown
//! ### Domanda {#spid-scopo .q .one}
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "question-misplaced",
    severity: Severity::Error,
    page: include_str!("question_misplaced.rs"),
};
