//! Steps to order that are not a numbered list.
//!
//! The list is the right order, so it is numbered; citizens always see it shuffled.
//!
//! Wrong:
//!
//! ```markdown
//! - `a` Scegli il gestore
//! - `b` Fatti riconoscere
//! ```
//!
//! Right:
//!
//! ```markdown
//! 1. `a` Scegli il gestore
//! 2. `b` Fatti riconoscere
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "order-list",
    severity: Severity::Error,
    page: include_str!("order_list.rs"),
};
