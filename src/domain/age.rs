//! Ages in full years, and the ages a programme counts.

use serde::{Deserialize, Serialize};
use time::Date;

/// Full years between a birth and a day; `None` if the day comes before the birth.
///
/// Someone born on 29 February has their birthday on 1 March in other years, as the civil code
/// counts it.
#[must_use]
pub fn full_years(birth: Date, on: Date) -> Option<u8> {
    let had_birthday = (on.month() as u8, on.day()) >= (birth.month() as u8, birth.day());
    let years = on.year() - birth.year() - i32::from(!had_birthday);
    u8::try_from(years).ok()
}

/// The ages a programme counts, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgeRange {
    /// The youngest age that counts, in full years.
    pub min: u8,
    /// The oldest age that counts, in full years.
    pub max: u8,
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_year_is_full_on_the_birthday() {
        let birth = date!(2008 - 11 - 21);
        assert_eq!(full_years(birth, date!(2026 - 11 - 20)), Some(17));
        assert_eq!(full_years(birth, date!(2026 - 11 - 21)), Some(18));
        assert_eq!(full_years(birth, date!(2008 - 11 - 20)), None);
        assert_eq!(
            full_years(date!(2008 - 02 - 29), date!(2026 - 02 - 28)),
            Some(17)
        );
        assert_eq!(
            full_years(date!(2008 - 02 - 29), date!(2026 - 03 - 01)),
            Some(18)
        );
    }
}
