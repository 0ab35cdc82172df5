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

use super::MOST;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::lock::BadLine;
use crate::content::source::SourceFile;

pub(super) static RULE: Rule = Rule {
    code: "lock-unreadable",
    severity: Severity::Error,
    page: include_str!("lock_unreadable.rs"),
};

pub(super) fn check(
    file: &std::sync::Arc<SourceFile>,
    lines: Vec<BadLine>,
    out: &mut Vec<Diagnostic>,
) {
    for line in lines.into_iter().take(MOST) {
        out.push(Diagnostic::new(&RULE, file, line.span, line.message));
    }
}
