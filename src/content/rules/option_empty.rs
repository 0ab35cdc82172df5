//! An option, step or cell without text.
//!
//! Nobody can choose what cannot be read.
//!
//! Wrong:
//!
//! ```markdown
//! - [x] `a` Il documento
//! - [ ] `b`
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
    code: "option-empty",
    severity: Severity::Error,
    page: include_str!("option_empty.rs"),
};
