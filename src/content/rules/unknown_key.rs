//! A key that this file's front matter, or a file such as `paths.toml`, does not have.
//!
//! A mistyped key would be passed over in silence, and the value with it.
//!
//! Wrong:
//!
//! ```toml
//! sumary = "Che cos'è SPID"
//! ```
//!
//! Right:
//!
//! ```toml
//! summary = "Che cos'è SPID"
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "unknown-key",
    severity: Severity::Error,
    page: include_str!("unknown_key.rs"),
};
