//! Text between the questions of the quiz.
//!
//! The quiz shows one question a page: text between them has no page to stand on.
//!
//! Wrong:
//!
//! ```markdown
//! ## Prima domanda {#spid-uno .q .number}
//!
//! = 3
//!
//! ## Seconda parte
//! ```
//!
//! Right:
//!
//! ```markdown
//! Due parti, dieci domande.
//!
//! ## Prima domanda {#spid-uno .q .number}
//!
//! = 3
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "quiz-text",
    severity: Severity::Error,
    page: include_str!("quiz_text.rs"),
};
