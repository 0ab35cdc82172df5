//! The key of a published question changed, and nothing says what happens to earlier marks.
//!
//! The key is what decides a mark: kind, option keys, right answers, tolerances, points. People
//! have been marked by the old one. Say in `module.md` what is to become of that: `credit` (who
//! answered keeps the better mark), `regrade` (earlier answers are graded again, never lower),
//! `ask-again`, or `none`. Raise `rev` too: an explanation belongs to a revision, and without a
//! new one it might be left over from an earlier change (a warning). Mending a typo in a label
//! does not change the key.
//!
//! Wrong, after the right option of `spid-scopo` changed:
//!
//! ```toml
//! rev = 3
//! changes = {}
//! ```
//!
//! Right:
//!
//! ```toml
//! rev = 4
//! changes = { spid-scopo = "regrade" }
//! ```

use super::locked::Comparison;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::lock::{IdKind, LockedId};
use crate::content::message::say;

pub(super) static RULE: Rule = Rule {
    code: "key-changed",
    severity: Severity::Error,
    page: include_str!("key_changed.rs"),
};

pub(super) fn check(comparison: &Comparison<'_>, out: &mut Vec<Diagnostic>) {
    let changed = comparison.known().filter(|(_, old, new)| {
        let (old, new) = (old.hashes.as_ref(), new.hashes.as_ref());
        old.map(|hashes| &hashes.key) != new.map(|hashes| &hashes.key)
    });
    for (id, old, _) in changed {
        // A retired id is complained about as such.
        if !old.retired {
            out.extend(complaint(comparison, id));
        }
    }
}

fn complaint(comparison: &Comparison<'_>, id: &LockedId) -> Option<Diagnostic> {
    let place = comparison.place_of(id)?;
    let outline = comparison.module_of(id)?;
    let name = &place.value;
    let explained = outline.changes.iter().find(|(id, _)| id.value == *name);
    let Some((explanation, _)) = explained else {
        let message = say("key-changed").with("question", name);
        let help = say("key-changed-help").with("question", name);
        let complaint = comparison.complain(&RULE, &place, message)?;
        return Some(complaint.with_help(help));
    };
    let module = LockedId::new(IdKind::Module, None, &outline.id.as_ref()?.value);
    let old_rev = comparison.locked(&module)?.rev?;
    if outline.rev.as_ref()?.value != old_rev {
        return None;
    }
    let message = say("key-changed-same-rev").with("question", name);
    let complaint = comparison.complain(&RULE, explanation, message)?;
    let complaint = complaint.with_severity(Severity::Warning);
    Some(complaint.with_help(say("key-changed-same-rev-help")))
}
