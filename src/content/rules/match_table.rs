//! Pairs that are not in a table of two columns.
//!
//! Left and right cell of a row are a pair; a row with an empty left cell is a distractor.
//!
//! Wrong:
//!
//! ```markdown
//! | Servizio | Uso | Nota |
//! |---|---|---|
//! | `s` SPID | entrare | |
//! ```
//!
//! Right:
//!
//! ```markdown
//! | Servizio | Uso |
//! |---|---|
//! | `s` SPID | entrare |
//! | `p` pagoPA | pagare |
//! |  | `m` prescrivere |
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "match-table",
    severity: Severity::Error,
    page: include_str!("match_table.rs"),
};
