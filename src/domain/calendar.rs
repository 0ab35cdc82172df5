//! Days: those of Rome, wherever the server stands.

use time::macros::time;
use time::{Date, Duration, Month, OffsetDateTime, PrimitiveDateTime, Time};
use time_tz::{OffsetDateTimeExt, PrimitiveDateTimeExt, timezones};

/// The day it is in Rome at an instant.
#[must_use]
pub fn rome_day(at: OffsetDateTime) -> Date {
    at.to_timezone(timezones::db::europe::ROME).date()
}

/// The next time that it is half past three at night in Rome: nobody learns then, and no change of
/// the clocks falls on it.
#[must_use]
pub fn next_night(now: OffsetDateTime) -> OffsetDateTime {
    let night = |day: Date| {
        let local = PrimitiveDateTime::new(day, time!(03:30));
        local
            .assume_timezone(timezones::db::europe::ROME)
            .take_first()
    };
    let today = rome_day(now);
    let later = |at: &OffsetDateTime| *at > now;
    night(today)
        .filter(later)
        .or_else(|| night(today.next_day()?))
        .unwrap_or(now + Duration::days(1))
}

/// The time it is in Rome at an instant.
#[must_use]
pub fn rome_time(at: OffsetDateTime) -> Time {
    at.to_timezone(timezones::db::europe::ROME).time()
}

/// The month of a day, `YYYY-MM`: months in this form sort as time does.
#[must_use]
pub fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), u8::from(day.month()))
}

/// The last day of the quarter of a year before the one that a day is in.
#[must_use]
pub fn end_of_last_quarter(day: Date) -> Date {
    let month = u8::from(day.month());
    let first = Month::try_from(month - (month - 1) % 3).unwrap_or(Month::January);
    let first = Date::from_calendar_date(day.year(), first, 1);
    first.ok().and_then(Date::previous_day).unwrap_or(Date::MIN)
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
    fn the_next_night_is_half_past_three_in_rome_winter_and_summer() {
        for (now, night) in [
            (
                datetime!(2026-11-21 23:00 UTC),
                datetime!(2026-11-22 02:30 UTC),
            ),
            (
                datetime!(2026-11-22 02:29 UTC),
                datetime!(2026-11-22 02:30 UTC),
            ),
            (
                datetime!(2026-11-22 02:30 UTC),
                datetime!(2026-11-23 02:30 UTC),
            ),
            (
                datetime!(2026-07-01 12:00 UTC),
                datetime!(2026-07-02 01:30 UTC),
            ),
            // The clocks change in this night, and in this one.
            (
                datetime!(2026-03-28 12:00 UTC),
                datetime!(2026-03-29 01:30 UTC),
            ),
            (
                datetime!(2026-10-24 12:00 UTC),
                datetime!(2026-10-25 02:30 UTC),
            ),
        ] {
            assert_eq!(next_night(now), night);
        }
    }

    #[test]
    fn a_quarter_ends_on_the_last_day_of_its_third_month() {
        for (day, end) in [
            (date!(2026 - 01 - 01), date!(2025 - 12 - 31)),
            (date!(2026 - 03 - 31), date!(2025 - 12 - 31)),
            (date!(2026 - 04 - 01), date!(2026 - 03 - 31)),
            (date!(2026 - 11 - 29), date!(2026 - 09 - 30)),
            (date!(2026 - 12 - 31), date!(2026 - 09 - 30)),
        ] {
            assert_eq!(end_of_last_quarter(day), end);
        }
    }

    #[test]
    fn a_month_is_written_with_two_digits() {
        assert_eq!(month(date!(2026 - 03 - 09)), "2026-03");
    }
}
