//! An accepted number that is not a number, or an empty range.
//!
//! Figures, with a comma or a dot for the decimals.
//!
//! Wrong:
//!
//! ```markdown
//! = tre
//! = 12..10
//! ```
//!
//! Right:
//!
//! ```markdown
//! = 3
//! = 3 ± 0,5
//! = 10..12
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "number-answer",
    severity: Severity::Error,
    page: include_str!("number_answer.rs"),
};
