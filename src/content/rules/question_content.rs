//! Something in a question that is no part of it.
//!
//! A question is its heading, text, perhaps a hint, the options, perhaps an explanation. An option
//! is one line and perhaps a quote. Whatever else stands there would be lost.
//!
//! Wrong:
//!
//! ```markdown
//! - [x] `a` Il documento
//! - [ ] `b` La patente
//!
//! Ricorda: serve anche il telefono.
//! ```
//!
//! Right:
//!
//! ```markdown
//! - [x] `a` Il documento
//! - [ ] `b` La patente
//!
//! > [!NOTE]
//! > Serve anche il telefono.
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "question-content",
    severity: Severity::Error,
    page: include_str!("question_content.rs"),
};
