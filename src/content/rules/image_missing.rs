//! An image that is not in the module's `images` folder.
//!
//! The page would show a gap.
//!
//! Wrong:
//!
//! ```markdown
//! ![Il telefono mostra il codice](telefono.svg)
//! ```
//!
//! Right:
//!
//! ```markdown
//! ![Il telefono mostra il codice](images/telefono.svg)
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "image-missing",
    severity: Severity::Error,
    page: include_str!("image_missing.rs"),
};
