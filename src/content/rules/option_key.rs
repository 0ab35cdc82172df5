//! An option, step or pair without a key of its own.
//!
//! Answers are kept by key, so that words and order can change. A key is 1 to 8 of a-z and 0-9 in
//! backquotes, at the beginning, and occurs once in its question.
//!
//! Wrong:
//!
//! ```markdown
//! - [x] Il documento
//! - [ ] `B!` La patente
//! ```
//!
//! Right:
//!
//! ```markdown
//! - [x] `a` Il documento
//! - [ ] `b` La patente
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "option-key",
    severity: Severity::Error,
    page: include_str!("option_key.rs"),
};
