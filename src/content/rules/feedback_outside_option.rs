//! Feedback that fell out of its option.
//!
//! A quote at the left margin ends the list: it is nobody's feedback, and it splits the options in
//! two.
//!
//! Wrong:
//!
//! ```markdown
//! - [x] `a` Il documento
//! > Giusto.
//! - [ ] `b` La patente
//! ```
//!
//! Right:
//!
//! ```markdown
//! - [x] `a` Il documento
//!   > Giusto.
//! - [ ] `b` La patente
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "feedback-outside-option",
    severity: Severity::Error,
    page: include_str!("feedback_outside_option.rs"),
};
