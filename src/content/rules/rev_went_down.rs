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
use crate::content::lock::{IdKind, LockedId};

pub(super) static RULE: Rule = Rule {
    code: "rev-went-down",
    severity: Severity::Error,
    page: include_str!("rev_went_down.rs"),
};

pub(super) fn check(comparison: &Comparison<'_>, out: &mut Vec<Diagnostic>) {
    for outline in comparison.course.outlines {
        let (Some(module), Some(rev)) = (&outline.id, &outline.rev) else {
            continue;
        };
        let id = LockedId::new(IdKind::Module, None, &module.value);
        let old = comparison.lock.ids.get(&id).and_then(|entry| entry.rev);
        if let Some(old) = old
            && rev.value < old
        {
            let message = format!("`rev` is {}, but {old} was published", rev.value);
            let complaint = comparison.complain(&RULE, rev, message);
            out.extend(complaint.map(|it| it.with_help(format!("write `rev = {}`", old + 1))));
        }
    }
}
