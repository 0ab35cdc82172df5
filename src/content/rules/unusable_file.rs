//! A file that cannot be read as text, or is too large.
//!
//! A course file is UTF-8 text of at most 1 MB. A file in another encoding would show wrong
//! letters; a larger one is never a lesson, and would slow every page.
//!
//! Wrong:
//!
//! ```text
//! a lesson saved as "Windows-1252"
//! ```
//!
//! Right:
//!
//! ```text
//! the same lesson saved as "UTF-8"
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "unusable-file",
    severity: Severity::Error,
    page: include_str!("unusable_file.rs"),
};
