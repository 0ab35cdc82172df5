//! A region's value was last checked more than 180 days ago, or on a day that has yet to come.
//!
//! Telephone numbers, portals and rules of a region change more often than the rest of a course. The
//! value is shown all the same; somebody should open its source again.
//!
//! Wrong, in November 2026:
//!
//! ```toml
//! [puglia]
//! portale_nome = { value = "PugliaSalute", verified = 2026-03-01, source = "https://www.sanita.puglia.it/" }
//! ```
//!
//! Right, once the source was read again:
//!
//! ```toml
//! [puglia]
//! portale_nome = { value = "PugliaSalute", verified = 2026-11-20, source = "https://www.sanita.puglia.it/" }
//! ```

use time::Date;

use crate::content::complaints::Complaints;
use crate::content::diagnostic::{Rule, Severity};
use crate::content::message::say;
use crate::content::source::Span;

pub(in crate::content) static RULE: Rule = Rule {
    code: "region-value-old",
    severity: Severity::Warning,
    page: include_str!("region_value_old.rs"),
};

/// How long a value may go without being checked.
const DAYS: i64 = 180;

pub(in crate::content) fn check(day: Date, today: Date, place: Span, complaints: &mut Complaints) {
    let age = (today - day).whole_days();
    let message = if age > DAYS {
        say("region-value-old").with("days", age)
    } else if age < 0 {
        say("region-value-in-future")
    } else {
        return;
    };
    let help = say("region-value-old-help");
    complaints.add_with_help(&RULE, place, message, help);
}
