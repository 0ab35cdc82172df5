//! A question without enough to choose from, or without an accepted answer.
//!
//! A choice needs two options at least, an order two steps, a match two pairs, a number or a text
//! one line `= …`. That line is seen only after an empty line.
//!
//! Wrong:
//!
//! ```markdown
//! ### Quanti livelli ha SPID? {#spid-livelli .q .number}
//!
//! Scrivi il numero.
//! ```
//!
//! Right:
//!
//! ```markdown
//! ### Quanti livelli ha SPID? {#spid-livelli .q .number}
//!
//! Scrivi il numero.
//!
//! = 3
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "question-without-options",
    severity: Severity::Error,
    page: include_str!("question_without_options.rs"),
};
