//! An id that an address cannot hold for ever.
//!
//! Ids are permanent, and stand in addresses: 3 to 40 characters, a-z, 0-9 and -, beginning with a
//! letter. The id of a heading may also be shorter, or up to 60 characters.
//!
//! Wrong:
//!
//! ```markdown
//! ## Livelli {#Livelli_SPID}
//! ```
//!
//! Right:
//!
//! ```markdown
//! ## Livelli {#livelli-spid}
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "invalid-id",
    severity: Severity::Error,
    page: include_str!("invalid_id.rs"),
};
