//! Points that are not a number from 1 to 100.
//!
//! The mark is the share of the points earned.
//!
//! Wrong:
//!
//! ```markdown
//! ### Domanda {#spid-scopo .q .one points=due}
//! ```
//!
//! Right:
//!
//! ```markdown
//! ### Domanda {#spid-scopo .q .one points=2}
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "question-points",
    severity: Severity::Error,
    page: include_str!("question_points.rs"),
};
