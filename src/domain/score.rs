//! Points and per cents.

use serde::{Deserialize, Serialize};

/// A whole per cent, 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Percent(u8);

impl Percent {
    /// Accepts 0 to 100.
    #[must_use]
    pub fn new(value: u8) -> Option<Self> {
        (value <= 100).then_some(Self(value))
    }

    /// The share of `points` in `max`, rounded down so that a mark is never better than it was.
    /// Nothing out of nothing is 100.
    #[must_use]
    pub fn of(points: u32, max: u32) -> Self {
        if max == 0 || points >= max {
            return Self(100);
        }
        let share = u64::from(points) * 100 / u64::from(max);
        Self(u8::try_from(share).unwrap_or(100))
    }

    /// The number, 0 to 100.
    #[must_use]
    pub const fn value(self) -> u8 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_down() {
        assert_eq!(Percent::of(2, 3).value(), 66);
        assert_eq!(Percent::of(0, 3).value(), 0);
        assert_eq!(Percent::of(3, 3).value(), 100);
        assert_eq!(Percent::of(0, 0).value(), 100);
    }
}
