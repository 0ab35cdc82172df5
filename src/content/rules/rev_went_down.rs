//! The revision number of a module is lower than the published one.
//!
//! Completions are kept with the revision they were made under, and "aggiornato da allora" is told
//! by comparing. A number that goes down breaks both. It often means that an old copy of the file
//! was brought back: look at what else came with it.
//!
//! Wrong, where `ids.lock` has `module spid live rev=4`:
//!
//! ```toml
//! rev = 3
//! ```
//!
//! Right:
//!
//! ```toml
//! rev = 5
//! ```

use super::locked::Comparison;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::message::say;

pub(super) static RULE: Rule = Rule {
    code: "rev-went-down",
    severity: Severity::Error,
    page: include_str!("rev_went_down.rs"),
};

pub(super) fn check(comparison: &Comparison<'_>, out: &mut Vec<Diagnostic>) {
    for (id, old, new) in comparison.known() {
        let (Some(old), Some(new)) = (old.rev, new.rev) else {
            continue;
        };
        if new < old
            && let Some(place) = comparison.module_of(id).and_then(|it| it.rev.as_ref())
        {
            let message = say("rev-went-down")
                .with("new", new.to_string())
                .with("old", old.to_string());
            let complaint = comparison.complain(&RULE, place, message);
            out.extend(complaint.map(|it| {
                it.with_help(say("rev-went-down-help").with("next", (old + 1).to_string()))
            }));
        }
    }
}
