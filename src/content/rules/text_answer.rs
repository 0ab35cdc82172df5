//! An accepted text that is empty, or too short for a typing error.
//!
//! `=~` forgives one typing error. In a word of fewer than six letters one letter makes another
//! word: `carta`, `corta`; the letters of an article do not count. Case, accents, punctuation,
//! hyphens, the kind of apostrophe and a leading article are passed over in every answer, so that
//! one line stands for `e-mail`, `email` and `l'email`.
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
