//! Where the network will be on the day a target is due, if it goes on as in its last three whole
//! months. It is arithmetic on published figures, and promises nothing.

use time::{Date, Duration};

use crate::domain::calendar::month;

/// How many whole months are carried on.
pub const MONTHS: usize = 3;

/// What would be reached by a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Projection {
    /// The day.
    pub on: Date,
    /// At the mean of the last three whole months, day for day.
    pub likely: u64,
    /// At the pace of the worst of them.
    pub least: u64,
    /// At the pace of the best of them.
    pub most: u64,
    /// The mean of a month of 30 days.
    pub a_month: u64,
}

/// Carries on the last three whole months before `today` to the day a target is `due`: what has
/// been `reached`, and as much a day as in those months. `of` gives a month's figure, written
/// `YYYY-MM`; zero where nothing happened, and `None` where the figure is not to be seen.
///
/// `None` too where the day has gone by, or the programme, which begins on `starts`, has no three
/// whole months yet.
pub fn project(
    reached: u64,
    starts: Date,
    today: Date,
    due: Date,
    of: impl Fn(&str) -> Option<u64>,
) -> Option<Projection> {
    let left = u64::try_from((due - today).whole_days()).ok()?;
    let mut paces = Vec::new();
    let mut first = today.replace_day(1).ok()?;
    for _ in 0..MONTHS {
        let last = first - Duration::days(1);
        first = last.replace_day(1).ok()?;
        paces.push((of(&month(last))?, u64::from(last.day())));
    }
    if first < starts || left == 0 {
        return None;
    }
    let carried = |(value, days): (u64, u64)| value * left / days;
    let (value, days) = paces
        .iter()
        .fold((0, 0), |sum, pace| (sum.0 + pace.0, sum.1 + pace.1));
    let each = || paces.iter().copied().map(carried);
    Some(Projection {
        on: due,
        likely: reached + carried((value, days)),
        least: reached + each().min()?,
        most: reached + each().max()?,
        a_month: value * 30 / days,
    })
}

/// What it takes in a month of 30 days to reach a target by its day; `None` once the day has gone
/// by, and zero where the target is reached.
#[must_use]
pub fn pace_needed(reached: u64, target: u64, today: Date, due: Date) -> Option<u64> {
    let left = u64::try_from((due - today).whole_days()).ok()?;
    let missing = target.saturating_sub(reached) * 30;
    (left > 0).then(|| missing.div_ceil(left))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn months(name: &str) -> Option<u64> {
        match name {
            "2026-08" => Some(310),
            "2026-09" => Some(600),
            "2026-10" => Some(10),
            _ => None,
        }
    }

    #[test]
    fn the_last_three_whole_months_are_carried_on_day_for_day() {
        let (starts, today) = (date!(2026 - 08 - 01), date!(2026 - 11 - 21));
        let there = project(1_000, starts, today, date!(2026 - 12 - 31), months);
        // 920 in 92 days, 40 days to go.
        let expected = Projection {
            on: date!(2026 - 12 - 31),
            likely: 1_400,
            least: 1_012,
            most: 1_800,
            a_month: 300,
        };
        assert_eq!(there, Some(expected));
    }

    #[test]
    fn nothing_is_projected_without_three_months_or_past_the_day() {
        let (starts, today) = (date!(2026 - 08 - 01), date!(2026 - 11 - 21));
        let due = date!(2026 - 12 - 31);
        assert_eq!(
            project(0, starts, today, date!(2026 - 11 - 20), months),
            None
        );
        assert_eq!(project(0, starts, today, today, months), None);
        assert_eq!(project(0, date!(2026 - 08 - 02), today, due, months), None);
        // A month that is not to be seen.
        assert_eq!(project(0, starts, date!(2026 - 12 - 01), due, months), None);
    }

    #[test]
    fn the_pace_needed_is_what_is_missing_over_the_days_left() {
        let (today, due) = (date!(2026 - 11 - 21), date!(2026 - 12 - 21));
        assert_eq!(pace_needed(100, 400, today, due), Some(300));
        assert_eq!(pace_needed(500, 400, today, due), Some(0));
        assert_eq!(pace_needed(0, 1, due, today), None);
    }
}
