//! Two options, steps, cells or accepted answers that say the same.
//!
//! Nobody can choose between two that read alike, and only one of them would be right. Case,
//! punctuation and bold letters make no difference to a reader; what stands in backquotes is
//! compared as it is. Accepted answers are compared without case, accents, punctuation and hyphens
//! anyway, so a second line of the same words does nothing.
//!
//! Wrong:
//!
//! ```markdown
//! - [x] `a` Il documento
//! - [ ] `b` **Il documento.**
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
    code: "options-alike",
    severity: Severity::Error,
    page: include_str!("options_alike.rs"),
};
