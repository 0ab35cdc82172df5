//! Days: those of Rome, wherever the server stands.

use time::{Date, OffsetDateTime};
use time_tz::{OffsetDateTimeExt, timezones};

/// The day it is in Rome at an instant.
#[must_use]
pub fn rome_day(at: OffsetDateTime) -> Date {
    at.to_timezone(timezones::db::europe::ROME).date()
}

/// The month of a day, `YYYY-MM`: months in this form sort as time does.
#[must_use]
pub fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), u8::from(day.month()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn the_day_in_rome_begins_before_that_of_greenwich() {
        assert_eq!(
            rome_day(datetime!(2026-11-21 22:59:59 UTC)),
            date!(2026 - 11 - 21)
        );
        assert_eq!(
            rome_day(datetime!(2026-11-21 23:00 UTC)),
            date!(2026 - 11 - 22)
        );
        // Summer time.
        assert_eq!(
            rome_day(datetime!(2026-07-01 22:00 UTC)),
            date!(2026 - 07 - 02)
        );
        assert_eq!(
            rome_day(datetime!(2026-07-01 21:59 UTC)),
            date!(2026 - 07 - 01)
        );
    }

    #[test]
    fn a_month_is_written_with_two_digits() {
        assert_eq!(month(date!(2026 - 03 - 09)), "2026-03");
    }
}
