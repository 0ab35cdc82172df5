//! A line of `ids.lock` cannot be read.
//!
//! The file keeps every id that was ever published. A line that cannot be read would let an id be
//! lost unseen. It is written by `autonomia lock`; a merge of two branches may have left its marks
//! in it. Keep the lines of both sides, then run `autonomia lock`.
//!
//! Wrong:
//!
//! ```text
//! <<<<<<< HEAD
//! lesson spid/che-cose-spid live
//! ```
//!
//! Right:
//!
//! ```text
//! lesson spid/che-cose-spid live
//! ```

use super::locked::Comparison;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::lock::{BadLine, IdKind, LockedId};
use crate::content::touches::Touches;

pub(super) static RULE: Rule = Rule {
    code: "lock-unreadable",
    severity: Severity::Error,
    page: include_str!("lock_unreadable.rs"),
};

pub(super) fn check(comparison: &Comparison<'_>, lines: Vec<BadLine>, out: &mut Vec<Diagnostic>) {
    for line in lines {
        let touches = touched(comparison, comparison.file.at(&line.span));
        let complaint = Diagnostic::new(&RULE, comparison.file, line.span, line.message);
        out.push(complaint.touching(touches));
    }
}

/// The module that a line names, if it names one of the course.
fn touched(comparison: &Comparison<'_>, line: &str) -> Touches {
    let mut words = line.split_whitespace();
    let kind = match words.next() {
        Some("path") => return Touches::Beside,
        Some("module" | "lesson" | "question") => IdKind::Module,
        _ => return Touches::Everything,
    };
    let id = words.next().map(|name| LockedId::new(kind, None, name));
    match id.filter(|id| comparison.knows(id)) {
        Some(id) => comparison.touched(&id),
        None => Touches::Everything,
    }
}
