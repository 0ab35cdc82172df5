//! A key that must be there.
//!
//! Each required key is shown to citizens or reported to the network: a module without `level`,
//! `domains` or `minutes` could not be counted.
//!
//! Wrong:
//!
//! ```toml
//! title = "Che cos'è SPID"
//! ```
//!
//! Right:
//!
//! ```toml
//! id = "che-cose-spid"
//! title = "Che cos'è SPID"
//! minutes = 5
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "missing-key",
    severity: Severity::Error,
    page: include_str!("missing_key.rs"),
};
