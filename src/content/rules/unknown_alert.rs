//! A quote that looks like an alert and is not one.
//!
//! The alerts are `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` and `[!CAUTION]`, alone on the
//! first line of a quote. Anything else is shown as it is written.
//!
//! Wrong:
//!
//! ```markdown
//! > [!NOTA] Attenzione
//! > Non dare il codice a nessuno.
//! ```
//!
//! Right:
//!
//! ```markdown
//! > [!WARNING]
//! > Non dare il codice a nessuno.
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "unknown-alert",
    severity: Severity::Error,
    page: include_str!("unknown_alert.rs"),
};
