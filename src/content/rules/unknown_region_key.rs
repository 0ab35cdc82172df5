//! `{{region.KEY}}`, or a table of `regions.toml`, names a key that does not exist.
//!
//! What differs by region has a fixed list of keys: `portale_nome`, `portale_url`, `prenota_url`,
//! `cup_tel`, `app`, `fse_url`, `medico_url`, `disdetta_giorni`, `ricetta_validita`, `ticket_nota`,
//! `emergenza`, `lavoro_url`, `bollo_url`, `tpl_url`, `farmacia_prenota`. A key that is mistyped would put nothing into the sentence.
//!
//! Wrong:
//!
//! ```markdown
//! Telefona al {{region.cup_telefono}}.
//! ```
//!
//! Right:
//!
//! ```markdown
//! Telefona al {{region.cup_tel}}.
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "unknown-region-key",
    severity: Severity::Error,
    page: include_str!("unknown_region_key.rs"),
};
