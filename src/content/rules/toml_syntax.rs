//! Front matter, or a file whose name ends in `.toml`, that is not TOML.
//!
//! Text stands in quotes, a list in square brackets, a day without quotes, and a key only once.
//!
//! Wrong:
//!
//! ```toml
//! title = SPID
//! keywords = "poste", "identità"
//! ```
//!
//! Right:
//!
//! ```toml
//! title = "SPID"
//! keywords = ["poste", "identità"]
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "toml-syntax",
    severity: Severity::Error,
    page: include_str!("toml_syntax.rs"),
};
