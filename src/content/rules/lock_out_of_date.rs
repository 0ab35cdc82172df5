//! `ids.lock` does not have all that the course has, has it as it was before, or is not there.
//!
//! Only what is in the file is protected: an id that is not can be lost or used again without a
//! complaint. Run `autonomia lock` before publishing, and commit the file with the course.
//!
//! Wrong, where the lesson `02-scegliere.md` is new:
//!
//! ```text
//! module spid live rev=1
//! lesson spid/che-cose-spid live
//! ```
//!
//! Right:
//!
//! ```text
//! module spid live rev=1
//! lesson spid/che-cose-spid live
//! lesson spid/scegliere live
//! ```

use std::sync::Arc;

use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::lock::Lock;
use crate::content::message::say;
use crate::content::source::SourceFile;

pub(super) static RULE: Rule = Rule {
    code: "lock-out-of-date",
    severity: Severity::Warning,
    page: include_str!("lock_out_of_date.rs"),
};

/// Compares what is locked with what the sources have; `file` is `None` where there is no lock.
pub(super) fn check(
    file: Option<&Arc<SourceFile>>,
    old: &Lock,
    sources: &Lock,
    out: &mut Vec<Diagnostic>,
) {
    let new = sources.ids.keys().filter(|id| !old.ids.contains_key(id));
    let (count, first) = (new.clone().count(), new.clone().next());
    let changed = sources
        .ids
        .iter()
        .filter(|(id, entry)| {
            old.ids
                .get(id)
                .is_some_and(|known| known != *entry && !known.retired)
        })
        .count();
    let message = match (file, first) {
        (_, None) if changed == 0 => return,
        (None, _) => say("lock-missing"),
        (Some(_), None) => say("lock-changed").with("count", changed),
        (Some(_), Some(first)) if count == 1 => first.message("lock-one-new"),
        (Some(_), Some(first)) => first.message("lock-new").with("more", count - 1),
    };
    let absent = SourceFile::new("ids.lock", "");
    let file = file.unwrap_or(&absent);
    out.push(Diagnostic::new(&RULE, file, 0..0, message).with_help(say("lock-out-of-date-help")));
}
