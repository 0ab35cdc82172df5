//! A practice screen, which this version does not build yet.
//!
//! The format has them, the program not yet: the module would be served without them.
//!
//! Wrong:
//!
//! ```markdown
//! ## Prova: prenota una visita {#prova-cup .practice}
//! ```
//!
//! Right:
//!
//! ```markdown
//! ## Prenota una visita {#prenota}
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "practice-not-supported",
    severity: Severity::Error,
    page: include_str!("practice_not_supported.rs"),
};
