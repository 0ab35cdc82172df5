//! The facts were last checked more than a year ago, or on a day that has yet to come.
//!
//! Addresses, limits and steps of public services change. `verified` is the day a person last
//! went through the module with the sources at hand; after 365 days somebody should do it again.
//! Each language has its own day. The module is served all the same.
//!
//! Wrong, in November 2026:
//!
//! ```toml
//! verified = 2025-03-01
//! ```
//!
//! Right, once the facts have been checked again:
//!
//! ```toml
//! verified = 2026-11-20
//! ```

use super::Course;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::message::say;

pub(super) static RULE: Rule = Rule {
    code: "verified-long-ago",
    severity: Severity::Warning,
    page: include_str!("verified_long_ago.rs"),
};

const DAYS: i64 = 365;

pub(super) fn check(course: &Course<'_>, out: &mut Vec<Diagnostic>) {
    let days = course.outlines.iter().flat_map(|module| &module.verified);
    for day in days {
        let age = (course.today - day.value).whole_days();
        let message = if age > DAYS {
            say("verified-long-ago").with("days", age)
        } else if age < 0 {
            say("verified-in-future")
        } else {
            continue;
        };
        let complaint = course.complain(&RULE, &day.file, day.span.clone(), message);
        out.extend(complaint.map(|complaint| complaint.with_help(say("verified-help"))));
    }
}
