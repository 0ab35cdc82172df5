//! HTML in a course.
//!
//! Nothing an author writes reaches the page unescaped, so that no course can break a page or carry
//! a script.
//!
//! Wrong:
//!
//! ```markdown
//! Premi <b>Avanti</b>.
//! ```
//!
//! Right:
//!
//! ```markdown
//! Premi **Avanti**. Il numero è \<10.
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "raw-html",
    severity: Severity::Error,
    page: include_str!("raw_html.rs"),
};
