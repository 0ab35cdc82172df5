//! A class or attribute of a heading that means nothing.
//!
//! Attributes stand last on the line, in closed braces, without quotes: `{#id .q .one points=2}`. A
//! mistyped class would turn a question into text, with its key in sight.
//!
//! Wrong:
//!
//! ```markdown
//! ### Domanda {#spid-scopo .q .uno points="2"}
//! ```
//!
//! Right:
//!
//! ```markdown
//! ### Domanda {#spid-scopo .q .one points=2}
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "unknown-attribute",
    severity: Severity::Error,
    page: include_str!("unknown_attribute.rs"),
};
