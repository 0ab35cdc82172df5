//! A retired id is used again.
//!
//! Under this id there are answers and completions of something that is no longer in the course.
//! Used for something else, it would mix the two. Give the new thing a new id. If it is the very
//! same thing that returns, change `retired` to `live` in its line of `ids.lock`.
//!
//! Wrong, where `ids.lock` has `lesson spid/costi retired`:
//!
//! ```toml
//! id = "costi"
//! ```
//!
//! Right:
//!
//! ```toml
//! id = "quanto-costa"
//! ```

use super::locked::Comparison;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::message::say;

pub(super) static RULE: Rule = Rule {
    code: "id-returns",
    severity: Severity::Error,
    page: include_str!("id_returns.rs"),
};

pub(super) fn check(comparison: &Comparison<'_>, out: &mut Vec<Diagnostic>) {
    let returned = comparison.known().filter(|(_, old, _)| old.retired);
    for (id, _, _) in returned {
        let Some(place) = comparison.place_of(id) else {
            continue;
        };
        let message = id.message("id-returns");
        let complaint = comparison.complain(&RULE, &place, message);
        out.extend(complaint.map(|it| it.with_help(say("id-returns-help"))));
    }
}
