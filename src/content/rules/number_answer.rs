//! An accepted number that is not a number, can be read in two ways, or is an empty range.
//!
//! Figures, with a comma before the decimals. A dot before three figures parts thousands for an
//! Italian and decimals for a program: `1.000` would be one, and a learner's 1000 wrong. Write
//! thousands without marks. Two dots join the ends of a range, not three. Learners may write
//! `1.000`, `1 000` and `1000 €` all the same.
//!
//! Wrong:
//!
//! ```markdown
//! = tre
//! = 1.000
//! = 0...5
//! = 12..10
//! ```
//!
//! Right:
//!
//! ```markdown
//! = 3
//! = 1000
//! = 3 ± 0,5
//! = 10..12
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "number-answer",
    severity: Severity::Error,
    page: include_str!("number_answer.rs"),
};
