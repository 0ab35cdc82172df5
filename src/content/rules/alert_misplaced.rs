//! An alert where a question has none.
//!
//! Before the options a `[!TIP]` is the hint, after them a `[!NOTE]` is the explanation, once each.
//! An explanation before the options would give the answer away.
//!
//! Wrong:
//!
//! ```markdown
//! > [!NOTE]
//! > SPID ha tre livelli.
//!
//! = 3
//! ```
//!
//! Right:
//!
//! ```markdown
//! > [!TIP]
//! > Pensa al disegno.
//!
//! = 3
//!
//! > [!NOTE]
//! > SPID ha tre livelli.
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "alert-misplaced",
    severity: Severity::Error,
    page: include_str!("alert_misplaced.rs"),
};
