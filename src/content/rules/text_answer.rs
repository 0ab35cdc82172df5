//! An accepted text without letters, or too short for a typing error.
//!
//! `=~` forgives one typing error. In a word of fewer than six letters one letter makes another
//! word: `carta`, `corta`.
//!
//! Wrong:
//!
//! ```markdown
//! =~ OTP
//! ```
//!
//! Right:
//!
//! ```markdown
//! = OTP
//! =~ codice temporaneo
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "text-answer",
    severity: Severity::Error,
    page: include_str!("text_answer.rs"),
};
