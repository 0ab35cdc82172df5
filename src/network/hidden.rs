//! Which figures of a public table stay hidden, so that nobody is found among few.
//!
//! A figure of 1 to 4 is hidden; a zero says nothing of anybody and is shown. Where the sum of a
//! table is published, one hidden figure is the sum less the others, and several small ones can
//! still be guessed: larger figures are hidden beside them until each hidden one could have
//! [`VALUES`] values at least, for somebody who knows the rule, every published figure, and that a
//! hidden one is not zero. A table that cannot be made safe is hidden whole.
//!
//! Tables that only share their total tell nothing of each other: whatever the figures of one, those
//! of the other fit them. So each is judged by itself.

/// Figures below this, except zero, are hidden.
pub const SMALLEST: u64 = 5;

/// How many values a hidden figure could have, at least.
pub const VALUES: u64 = 3;

/// A figure, and the least it can be for somebody who does not see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HiddenCell {
    value: u64,
    floor: u64,
}

impl HiddenCell {
    /// A figure of which nothing is known when it is hidden, but that it is not zero.
    #[must_use]
    pub fn new(value: u64) -> Self {
        Self { value, floor: 1 }
    }

    /// A figure that another published one keeps from being lower.
    #[must_use]
    pub fn above(value: u64, floor: u64) -> Self {
        Self {
            value,
            floor: floor.clamp(1, value.max(1)),
        }
    }

    /// The figure.
    #[must_use]
    pub const fn value(self) -> u64 {
        self.value
    }

    fn is_small(self) -> bool {
        is_small(self.value)
    }
}

/// Whether a figure is hidden for its own sake.
#[must_use]
pub fn is_small(value: u64) -> bool {
    (1..SMALLEST).contains(&value)
}

/// What stays hidden of a table in two steps: groups, such as provinces, and the cells of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// The groups to hide; `None` hides all of them.
    pub groups: Option<Vec<bool>>,
    /// The cells to hide, by group; `None` hides all of them.
    pub cells: Option<Vec<Vec<bool>>>,
}

/// The cells to hide of a table whose sum is published; `None` where only hiding all of it is safe.
#[must_use]
pub fn row(cells: &[HiddenCell]) -> Option<Vec<bool>> {
    let mut hidden: Vec<bool> = cells.iter().map(|cell| cell.is_small()).collect();
    cover(cells, &mut hidden).then_some(hidden)
}

/// What to hide of groups and their cells, where the sum of all is published. A group is the sum
/// of its cells, so that a hidden group needs a hidden cell, and a shown one at least two or none.
#[must_use]
pub fn tree(groups: &[Vec<u64>]) -> Tree {
    let groups: Vec<Vec<HiddenCell>> = groups
        .iter()
        .map(|cells| cells.iter().copied().map(HiddenCell::new).collect())
        .collect();
    let sums: Vec<u64> = groups
        .iter()
        .map(|cells| cells.iter().map(|cell| cell.value).sum())
        .collect();
    let mut cells: Vec<Vec<bool>> = groups
        .iter()
        .map(|group| group.iter().map(|cell| cell.is_small()).collect())
        .collect();
    let mut open: Vec<bool> = groups
        .iter()
        .zip(&mut cells)
        .zip(&sums)
        .map(|((group, hidden), sum)| is_small(*sum) || !cover(group, hidden))
        .collect();
    while !open_is_safe(&groups, &cells, &open) {
        let Some(next) = smallest(&sums, &open) else {
            let alone: Vec<HiddenCell> = sums.into_iter().map(HiddenCell::new).collect();
            return Tree {
                groups: row(&alone),
                cells: None,
            };
        };
        open[next] = true;
        if !cells[next].contains(&true) {
            let values: Vec<u64> = groups[next].iter().map(|cell| cell.value).collect();
            if let Some(one) = smallest(&values, &cells[next]) {
                cells[next][one] = true;
            }
        }
    }
    Tree {
        groups: Some(open),
        cells: Some(cells),
    }
}

/// Hides the smallest figures still shown until those hidden are safe; false where none is left.
fn cover(cells: &[HiddenCell], hidden: &mut [bool]) -> bool {
    let values: Vec<u64> = cells.iter().map(|cell| cell.value).collect();
    while !is_safe(cells, hidden) {
        let Some(next) = smallest(&values, hidden) else {
            return false;
        };
        hidden[next] = true;
    }
    true
}

/// Each hidden figure can be as low as its floor and take all that is above the floors of the
/// others, as long as there is another one to give it or take it.
fn is_safe(cells: &[HiddenCell], hidden: &[bool]) -> bool {
    match hidden.iter().filter(|hidden| **hidden).count() {
        0 => true,
        1 => false,
        _ => slack(cells, hidden) >= VALUES - 1,
    }
}

/// The same of hidden groups: what is above the floors moves between all their hidden cells.
fn open_is_safe(groups: &[Vec<HiddenCell>], cells: &[Vec<bool>], open: &[bool]) -> bool {
    let slacks = groups
        .iter()
        .zip(cells)
        .zip(open)
        .filter(|(_, open)| **open)
        .map(|((group, hidden), _)| slack(group, hidden));
    match open.iter().filter(|open| **open).count() {
        0 => true,
        1 => false,
        _ => slacks.sum::<u64>() >= VALUES - 1,
    }
}

fn slack(cells: &[HiddenCell], hidden: &[bool]) -> u64 {
    let hidden = cells.iter().zip(hidden).filter(|(_, hidden)| **hidden);
    hidden.map(|(cell, _)| cell.value - cell.floor).sum()
}

/// The smallest figure that is shown and not zero.
fn smallest(values: &[u64], hidden: &[bool]) -> Option<usize> {
    let shown = values.iter().zip(hidden).enumerate();
    shown
        .filter(|(_, (value, hidden))| !**hidden && **value > 0)
        .min_by_key(|(_, (value, _))| **value)
        .map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(values: &[u64]) -> Option<Vec<bool>> {
        let cells: Vec<HiddenCell> = values.iter().copied().map(HiddenCell::new).collect();
        row(&cells)
    }

    #[test]
    fn a_small_figure_is_hidden_with_the_next_larger_one() {
        assert_eq!(of(&[0, 7, 20]), Some(vec![false, false, false]));
        assert_eq!(of(&[0, 3, 20, 9]), Some(vec![false, true, false, true]));
        assert_eq!(of(&[2, 3, 20]), Some(vec![true, true, false]));
        // One and one of two, or one, one and two of four: each would be known.
        assert_eq!(of(&[1, 1, 20]), Some(vec![true, true, true]));
        assert_eq!(of(&[1, 1, 2, 9]), Some(vec![true, true, true, true]));
    }

    #[test]
    fn a_table_without_anything_to_hide_behind_is_hidden_whole() {
        assert_eq!(of(&[1, 1, 1, 1, 1]), None);
        assert_eq!(of(&[2]), None);
        assert_eq!(of(&[]), Some(vec![]));
        assert_eq!(of(&[0, 0]), Some(vec![false, false]));
    }

    #[test]
    fn a_figure_that_cannot_be_lower_is_nothing_to_hide_behind() {
        let cells = [
            HiddenCell::above(6, 6),
            HiddenCell::new(2),
            HiddenCell::new(30),
        ];
        assert_eq!(row(&cells), Some(vec![true, true, true]));
    }

    #[test]
    fn a_province_of_one_small_point_is_hidden_with_another_province() {
        let hidden = tree(&[vec![3], vec![40, 60], vec![500]]);
        assert_eq!(hidden.groups, Some(vec![true, true, false]));
        let cells = vec![vec![true], vec![true, false], vec![false]];
        assert_eq!(hidden.cells, Some(cells));
        // The points that hide each other leave their province shown.
        let hidden = tree(&[vec![3, 9, 80], vec![40]]);
        assert_eq!(hidden.groups, Some(vec![false, false]));
        // A single province cannot be hidden behind another: its points are.
        let hidden = tree(&[vec![1, 1, 1, 1, 1]]);
        assert_eq!((hidden.groups, hidden.cells), (Some(vec![false]), None));
    }

    /// How many values each hidden cell of a table with this sum can have, by trying all.
    fn fewest_values(values: &[u64], hidden: &[bool]) -> u64 {
        let known: u64 = values
            .iter()
            .zip(hidden)
            .filter(|(_, hidden)| !**hidden)
            .map(|(value, _)| value)
            .sum();
        let cells = hidden.iter().filter(|hidden| **hidden).count();
        let left = values.iter().sum::<u64>() - known;
        let fits = |first: u64| ways(left.saturating_sub(first), cells - 1) && first <= left;
        match cells {
            0 => u64::MAX,
            _ => (1..=left).filter(|first| fits(*first)).count() as u64,
        }
    }

    /// Whether a sum can be made of this many figures, none of them zero.
    fn ways(sum: u64, cells: usize) -> bool {
        match cells {
            0 => sum == 0,
            _ => (1..=sum).any(|first| ways(sum - first, cells - 1)),
        }
    }

    proptest! {
        #[test]
        fn no_hidden_figure_of_a_table_can_be_told(values in prop::collection::vec(0_u64..14, 0..6)) {
            if let Some(hidden) = of(&values) {
                for (value, hidden) in values.iter().zip(&hidden) {
                    prop_assert!(*hidden || !is_small(*value));
                    prop_assert!(!*hidden || *value > 0);
                }
                prop_assert!(fewest_values(&values, &hidden) >= VALUES);
            }
        }

        #[test]
        fn nothing_small_is_shown_of_a_tree(
            groups in prop::collection::vec(prop::collection::vec(0_u64..20, 1..5), 0..5)
        ) {
            let hidden = tree(&groups);
            let sums: Vec<u64> = groups.iter().map(|group| group.iter().sum()).collect();
            if let Some(open) = &hidden.groups {
                prop_assert!(sums.iter().zip(open).all(|(sum, open)| *open || !is_small(*sum)));
            }
            if let (Some(open), Some(cells)) = (&hidden.groups, &hidden.cells) {
                for ((group, hidden), open) in groups.iter().zip(cells).zip(open) {
                    let shown = group.iter().zip(hidden).all(|(v, hidden)| *hidden || !is_small(*v));
                    prop_assert!(shown);
                    prop_assert!(!*open || hidden.contains(&true));
                    if !*open {
                        prop_assert!(fewest_values(group, hidden) >= VALUES);
                    }
                }
            }
        }
    }
}
