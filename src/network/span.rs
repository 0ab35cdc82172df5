//! A span of days, cut into whole months and what is left.

use time::Date;

use crate::domain::calendar::month;

/// What of a span of days is whole months, and what is not.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MonthSpan {
    /// First and last whole month, `None` for no limit; the whole is `None` where no month is whole.
    pub(super) months: Option<(Option<String>, Option<String>)>,
    /// First and last day of what is left.
    pub(super) days: Vec<(Date, Date)>,
}

impl MonthSpan {
    pub(super) fn of(from: Option<Date>, to: Option<Date>) -> Self {
        let none = Self {
            months: None,
            days: Vec::new(),
        };
        if let (Some(from), Some(to)) = (from, to) {
            let whole = from == first_day(from) && to == last_day(to);
            if from > to {
                return none;
            }
            if month(from) == month(to) && !whole {
                return Self {
                    days: vec![(from, to)],
                    ..none
                };
            }
        }
        let mut days = Vec::new();
        let mut first = from;
        if let Some(day) = from
            && day != first_day(day)
        {
            days.push((day, last_day(day)));
            first = last_day(day).next_day();
        }
        let mut last = to;
        if let Some(day) = to
            && day != last_day(day)
        {
            days.push((first_day(day), day));
            last = first_day(day).previous_day();
        }
        let months = match (first, last) {
            (Some(first), Some(last)) if first > last => None,
            (first, last) => Some((first.map(month), last.map(month))),
        };
        Self { months, days }
    }
}

fn first_day(day: Date) -> Date {
    day.replace_day(1).unwrap_or(day)
}

fn last_day(day: Date) -> Date {
    day.replace_day(day.month().length(day.year()))
        .unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_span_of_days_is_whole_months_and_what_is_left() {
        let text = |month: &str| Some(month.to_owned());
        let span = |months, days: &[_]| MonthSpan {
            months,
            days: days.to_vec(),
        };
        assert_eq!(MonthSpan::of(None, None), span(Some((None, None)), &[]));
        let (jan, feb) = (date!(2026 - 01 - 01), date!(2026 - 02 - 28));
        let whole = span(Some((text("2026-01"), text("2026-02"))), &[]);
        assert_eq!(MonthSpan::of(Some(jan), Some(feb)), whole);
        let (from, to) = (date!(2026 - 01 - 10), date!(2026 - 03 - 05));
        let left = [(from, date!(2026 - 01 - 31)), (date!(2026 - 03 - 01), to)];
        let mixed = span(Some((text("2026-02"), text("2026-02"))), &left);
        assert_eq!(MonthSpan::of(Some(from), Some(to)), mixed);
        let near = date!(2026 - 02 - 03);
        let apart = [(from, date!(2026 - 01 - 31)), (date!(2026 - 02 - 01), near)];
        assert_eq!(MonthSpan::of(Some(from), Some(near)), span(None, &apart));
        let within = date!(2026 - 01 - 20);
        assert_eq!(
            MonthSpan::of(Some(from), Some(within)),
            span(None, &[(from, within)])
        );
        assert_eq!(MonthSpan::of(Some(to), Some(from)), span(None, &[]));
    }
}
