//! A heading of the first level in the text.
//!
//! The title of the page is its only heading of the first level: a screen reader's list of headings
//! would show two pages. A line with nothing but `=` makes one, too, of the line above it.
//!
//! Wrong:
//!
//! ```markdown
//! # Che cosa ti serve
//! ```
//!
//! Right:
//!
//! ```markdown
//! ## Che cosa ti serve
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "first-level-heading",
    severity: Severity::Error,
    page: include_str!("first_level_heading.rs"),
};
