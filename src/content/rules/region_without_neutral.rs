//! A key is used in a text and has no neutral words.
//!
//! A region that has no value for the key, and an installation without a region, show the neutral words
//! of the table `[neutral]`: never another region's value, and never a hole in a sentence.
//!
//! Wrong, where `[neutral]` has no `cup_tel`:
//!
//! ```markdown
//! Telefona al {{region.cup_tel}}.
//! ```
//!
//! Right, in `regions.toml`:
//!
//! ```toml
//! [neutral]
//! cup_tel = { it = "numero del CUP della tua ASL", en = "booking number of your local health unit" }
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "region-without-neutral",
    severity: Severity::Error,
    page: include_str!("region_without_neutral.rs"),
};
