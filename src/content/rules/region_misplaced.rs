//! A region's value stands where it cannot be put in.
//!
//! `{{region.KEY}}` stands in running text; a key that ends in `_url` is the whole target of a link. In
//! a heading the page's addresses would differ by region, in a question its right answer might, and in
//! the front matter or in code it would be shown as it is written.
//!
//! Wrong:
//!
//! ```markdown
//! ## Prenotare con {{region.portale_nome}}
//!
//! Il sito è {{region.prenota_url}}.
//! ```
//!
//! Right:
//!
//! ```markdown
//! ## Prenotare online
//!
//! Prenoti [sul sito della tua Regione]({{region.prenota_url}}).
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "region-misplaced",
    severity: Severity::Error,
    page: include_str!("region_misplaced.rs"),
};
