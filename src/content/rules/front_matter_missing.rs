//! A file that does not begin with front matter, or does not close it.
//!
//! The front matter says what the file is: without an id nothing learned in it could be kept.
//!
//! Wrong:
//!
//! ```markdown
//! # Che cos'è SPID
//! ```
//!
//! Right:
//!
//! ```markdown
//! +++
//! id = "che-cose-spid"
//! title = "Che cos'è SPID"
//! minutes = 5
//! +++
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "front-matter-missing",
    severity: Severity::Error,
    page: include_str!("front_matter_missing.rs"),
};
