//! A value of the wrong kind, or outside its limits.
//!
//! `level` is 1 to 8, `minutes` 1 to 600, `pass` 1 to 100, `title` has at most 120 characters,
//! `summary` 160, `asks` at most twenty questions of 80,
//! `verified` a day; `digcomp` and `domains` have the codes of DigComp 2.2 and Facilita; `sources`
//! are `https://` addresses.
//!
//! Wrong:
//!
//! ```toml
//! level = "uno"
//! verified = "10 novembre"
//! ```
//!
//! Right:
//!
//! ```toml
//! level = 1
//! verified = 2026-11-10
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "invalid-value",
    severity: Severity::Error,
    page: include_str!("invalid_value.rs"),
};
