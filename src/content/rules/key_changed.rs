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

pub(super) static RULE: Rule = Rule {
    code: "key-changed",
    severity: Severity::Error,
    page: include_str!("key_changed.rs"),
};

pub(super) fn check(comparison: &Comparison<'_>, out: &mut Vec<Diagnostic>) {
    for outline in comparison.course.outlines {
        let Some(module) = &outline.id else { continue };
        let id = LockedId::new(IdKind::Module, None, &module.value);
        let old_rev = comparison.lock.ids.get(&id).and_then(|entry| entry.rev);
        let rev = outline.rev.as_ref().map(|rev| rev.value);
        for inner in &outline.ids {
            let id = LockedId::new(IdKind::Question, Some(&module.value), &inner.id.value);
            let old = comparison.lock.ids.get(&id);
            let (Some(new), Some(old)) = (
                &inner.hashes,
                old.filter(|entry| !entry.retired)
                    .and_then(|entry| entry.hashes.as_ref()),
            ) else {
                continue;
            };
            if new.key == old.key {
                continue;
            }
            let name = &inner.id.value;
            let explained = outline.changes.iter().find(|(id, _)| id.value == *name);
            let complaint = match explained {
                None => comparison
                    .complain(
                        &RULE,
                        &inner.id,
                        format!("the key of `{name}` changed since it was published"),
                    )
                    .map(|complaint| {
                        complaint.with_help(format!(
                            "say in module.md what happens to earlier marks: \
                             `changes = {{ {name} = \"credit\" }}`, or \"regrade\", \
                             \"ask-again\", \"none\""
                        ))
                    }),
                Some((place, _)) if rev.is_some() && rev == old_rev => comparison
                    .complain(
                        &RULE,
                        place,
                        format!("the key of `{name}` changed, but `rev` is the same as before"),
                    )
                    .map(|complaint| {
                        complaint
                            .with_severity(Severity::Warning)
                            .with_help("raise `rev` by one")
                    }),
                Some(_) => None,
            };
            out.extend(complaint);
        }
    }
}
