//! An option without a box, or a box that is not read as one.
//!
//! `[x]` marks the right option, `[ ]` the others, with a space after it. Steps have none. Options
//! are not numbered: each begins with a hyphen.
//!
//! Wrong:
//!
//! ```markdown
//! - [x]`a` Il documento
//! - `b` La patente
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
    code: "option-marker",
    severity: Severity::Error,
    page: include_str!("option_marker.rs"),
};
