//! Rows about people made alike, so that nobody is found in them, and nobody's rows find each other.
//!
//! Rows begin all alike, saying nothing. Then one thing after the other is said, in the order of
//! [`Level::ALL`]: what is missed most first, and of a thing the coarse before the fine, the quarter
//! before the month. It is said of the rows among which nobody has more than one in [`K`]; the
//! others stay without it, together with as few more as it takes for that to hold of them too.
//!
//! What follows: take any columns with any values, and of the rows that have them nobody has more
//! than one in [`K`]. For such rows are whole [groups](RowGroup), of none of which somebody has more.
//! So [`K`] people at least are behind each group, and whoever knows two of somebody's rows and
//! looks for a third one is wrong four times out of five wherever they look. No order, number or
//! blank ties rows: equal rows are equal in everything.
//!
//! The work is one pass over the rows for each level, whatever they hold.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Nobody has more than one in so many of the rows that look alike.
pub const K: usize = 5;

/// How many things a row can say.
pub const LEVELS: usize = 16;

/// Something that a row can say, or how finely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Level {
    /// The year of the service.
    Year,
    /// Where.
    Region,
    /// Where.
    Province,
    /// SE3.
    Kind,
    /// AN8.
    Age,
    /// A quarter of a year.
    Quarter,
    /// AN7.
    Gender,
    /// Where.
    Municipality,
    /// Where.
    Point,
    /// When.
    Month,
    /// SE4.
    Areas,
    /// SE5.
    Competences,
    /// SE6.
    Domains,
    /// What was learned, or else the same as the domains.
    Title,
    /// AN10.
    Occupation,
    /// AN9.
    Education,
}

impl Level {
    /// Every level: what a reader misses most first.
    ///
    /// When, where, what and who come before more of one of them; the place down to the point before
    /// the month, since a public table has the points of the whole time and none has both. Education
    /// and occupation have the most values for the least that is asked of them.
    pub const ALL: [Self; LEVELS] = [
        Self::Year,
        Self::Region,
        Self::Province,
        Self::Kind,
        Self::Age,
        Self::Quarter,
        Self::Gender,
        Self::Municipality,
        Self::Point,
        Self::Month,
        Self::Areas,
        Self::Competences,
        Self::Domains,
        Self::Title,
        Self::Occupation,
        Self::Education,
    ];

    /// Where it stands in a row.
    #[must_use]
    pub const fn at(self) -> usize {
        self as usize
    }

    /// The coarser level without which it is not said.
    const fn within(self) -> Option<Self> {
        match self {
            Self::Province => Some(Self::Region),
            Self::Quarter => Some(Self::Year),
            Self::Municipality => Some(Self::Province),
            Self::Point => Some(Self::Municipality),
            Self::Month => Some(Self::Quarter),
            Self::Competences => Some(Self::Areas),
            Self::Title => Some(Self::Domains),
            _ => None,
        }
    }
}

/// What is not said.
pub const BLANK: u32 = 0;

/// A value for each level, as numbers; [`BLANK`] is never said.
pub type LevelValues = [u32; LEVELS];

/// A row about somebody.
#[derive(Debug, Clone, Copy)]
pub struct PersonRow {
    /// Whose it is: people are numbered from 0.
    pub person: usize,
    /// All that is known.
    pub known: LevelValues,
}

/// Rows that say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowGroup {
    /// What they say.
    pub said: LevelValues,
    /// Which they are, by their place in the list.
    pub rows: Vec<usize>,
}

/// Groups of rows that say as much as they can; the same rows give the same groups. Where a few
/// people have most of all rows, some of theirs are left out.
#[must_use]
pub fn alike(rows: &[PersonRow]) -> Vec<RowGroup> {
    let people = rows.iter().map(|row| row.person + 1).max().unwrap_or(0);
    let mut crowd = Crowd {
        rows,
        seen: vec![0; people],
    };
    let mut groups = vec![RowGroup {
        said: [BLANK; LEVELS],
        rows: crowd.fit(),
    }];
    for level in Level::ALL {
        let finer = |group| crowd.split(group, level);
        groups = groups.into_iter().flat_map(finer).collect();
    }
    groups.retain(|group| !group.rows.is_empty());
    groups
}

/// The rows, and room to count each person's.
struct Crowd<'r> {
    rows: &'r [PersonRow],
    seen: Vec<usize>,
}

impl Crowd<'_> {
    /// The rows that can be published at all: of everybody's the first ones, as long as they are not
    /// more than their part of what is left.
    fn fit(&mut self) -> Vec<usize> {
        let mut fit: Vec<usize> = (0..self.rows.len()).collect();
        while !fit.is_empty() && !self.hide(&fit) {
            let most = fit.len() / K;
            fit.retain(|row| {
                let seen = &mut self.seen[self.rows[*row].person];
                *seen += 1;
                *seen <= most
            });
            self.seen.fill(0);
        }
        fit
    }

    /// Whether nobody has more than their part of these rows.
    fn hide(&mut self, rows: &[usize]) -> bool {
        let most = self.most(rows);
        most > 0 && rows.len() >= K * most
    }

    /// How many of these rows the person has who has most of them.
    fn most(&mut self, rows: &[usize]) -> usize {
        let mut most = 0;
        for row in rows {
            let seen = &mut self.seen[self.rows[*row].person];
            *seen += 1;
            most = most.max(*seen);
        }
        self.forget(rows);
        most
    }

    fn forget<'a>(&mut self, rows: impl IntoIterator<Item = &'a usize>) {
        for row in rows {
            self.seen[self.rows[*row].person] = 0;
        }
    }

    /// Hides the rest among rows that the told values can do without, the most frequent ones first:
    /// a rare value goes unsaid with a few others, and not with all of another value. Changes nothing
    /// where they cannot do without enough.
    fn spare(&mut self, rest: &mut Vec<usize>, told: &mut [(u32, Vec<usize>)]) {
        let most = self.most(rest);
        let wanted = (K * most).saturating_sub(rest.len());
        if wanted == 0 {
            return;
        }
        let spare = |(_, rows): &(u32, Vec<usize>)| rows.len() - K * self.most(rows);
        let spare: Vec<usize> = told.iter().map(spare).collect();
        for row in &*rest {
            self.seen[self.rows[*row].person] += 1;
        }
        let mut moved = BTreeSet::new();
        for ((_, rows), spare) in told.iter().zip(spare) {
            let end = wanted.min(moved.len() + spare);
            for row in rows {
                let seen = &mut self.seen[self.rows[*row].person];
                if moved.len() < end && *seen < most {
                    *seen += 1;
                    moved.insert(*row);
                }
            }
        }
        self.forget(&*rest);
        self.forget(&moved);
        if moved.len() == wanted {
            for (_, rows) in told {
                rows.retain(|row| !moved.contains(row));
            }
            rest.extend(moved);
        }
    }

    /// Says one more thing of the rows of a group where that can be.
    fn split(&mut self, group: RowGroup, level: Level) -> Vec<RowGroup> {
        let coarse = level.within();
        if coarse.is_some_and(|coarse| group.said[coarse.at()] == BLANK) {
            return vec![group];
        }
        let RowGroup { said, rows } = group;
        let mut by: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for row in rows {
            let value = self.rows[row].known[level.at()];
            by.entry(value).or_default().push(row);
        }
        let mut rest = by.remove(&BLANK).unwrap_or_default();
        let mut told = Vec::new();
        for (value, rows) in by {
            match self.hide(&rows) {
                true => told.push((value, rows)),
                false => rest.extend(rows),
            }
        }
        told.sort_by_key(|(value, rows)| (Reverse(rows.len()), *value));
        self.spare(&mut rest, &mut told);
        while !rest.is_empty() && !self.hide(&rest) {
            // With all of them the rest is the group again, in which everybody is hidden.
            let Some((_, rows)) = told.pop() else { break };
            rest.extend(rows);
        }
        let told = told.into_iter().map(|(value, rows)| {
            let mut said = said;
            said[level.at()] = value;
            RowGroup { said, rows }
        });
        let rest = Some(RowGroup { said, rows: rest }).filter(|rest| !rest.rows.is_empty());
        told.chain(rest).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(person: usize, changed: &[(Level, u32)]) -> PersonRow {
        let mut known = [1; LEVELS];
        for (level, value) in changed {
            known[level.at()] = *value;
        }
        PersonRow { person, known }
    }

    #[test]
    fn a_rare_value_goes_unsaid_with_the_smallest_crowd_that_hides_it() {
        let mut rows: Vec<PersonRow> = (0..11).map(|person| row(person, &[])).collect();
        assert_eq!(alike(&rows).len(), 1);
        // Five others hide it; the six that are left are enough to say theirs.
        for (person, month) in [(0, 9), (1, 2), (2, 2), (3, 2), (4, 2), (5, 2)] {
            rows[person] = row(person, &[(Level::Month, month)]);
        }
        let groups = alike(&rows);
        let months: Vec<_> = groups
            .iter()
            .map(|group| (group.said[Level::Month.at()], group.rows.len()))
            .collect();
        assert_eq!(months, [(1, 5), (BLANK, 6)]);
        assert!(
            groups
                .iter()
                .all(|group| group.said[Level::Quarter.at()] == 1)
        );
    }

    #[test]
    fn a_rare_value_leaves_that_of_all_others_but_four_said() {
        let mut rows: Vec<PersonRow> = (0..21).map(|person| row(person, &[])).collect();
        for row in &mut rows[12..] {
            row.known[Level::Gender.at()] = 2;
        }
        rows[20].known[Level::Gender.at()] = 3;
        let groups = alike(&rows);
        let genders: Vec<_> = groups
            .iter()
            .map(|group| (group.said[Level::Gender.at()], group.rows.len()))
            .collect();
        assert_eq!(genders, [(1, 8), (2, 8), (BLANK, 5)]);
    }

    #[test]
    fn a_fine_value_is_not_said_where_the_coarse_one_is_not() {
        let rows: Vec<PersonRow> = (0..12)
            .map(|person| row(person, &[(Level::Areas, u32::from(person < 10))]))
            .collect();
        let said: Vec<_> = alike(&rows)
            .iter()
            .map(|group| {
                let of = |level: Level| group.said[level.at()];
                (of(Level::Areas), of(Level::Competences), group.rows.len())
            })
            .collect();
        assert_eq!(said, [(1, 1, 7), (BLANK, BLANK, 5)]);
    }

    #[test]
    fn four_people_are_too_few_and_of_five_nobody_has_more_rows_than_another() {
        let four: Vec<PersonRow> = (0..40).map(|at| row(at % 4, &[])).collect();
        assert_eq!(alike(&four), []);
        let five: Vec<PersonRow> = (0..40_usize)
            .map(|at| row(at.saturating_sub(35), &[]))
            .collect();
        let groups = alike(&five);
        assert_eq!(groups.len(), 1);
        assert_eq!(groups[0].rows.len(), 5);
    }

    proptest! {
        #[test]
        fn of_rows_that_look_alike_nobody_has_more_than_one_in_five(
            rows in prop::collection::vec((0_usize..30, prop::array::uniform16(0_u32..3)), 0..250),
            asked in prop::array::uniform16(0_u32..3),
        ) {
            let rows: Vec<PersonRow> = rows.into_iter().map(|(person, known)| PersonRow { person, known }).collect();
            let groups = alike(&rows);
            prop_assert_eq!(&groups, &alike(&rows));
            let of = |groups: &[&RowGroup]| {
                let mut seen = BTreeMap::<usize, usize>::new();
                for row in groups.iter().flat_map(|group| &group.rows) {
                    *seen.entry(rows[*row].person).or_default() += 1;
                }
                (seen.values().sum::<usize>(), seen.into_values().max().unwrap_or(0))
            };
            for group in &groups {
                let (all, most) = of(&[group]);
                prop_assert!(all >= K * most, "{most} of {all}");
            }
            // Also of the rows that fit what somebody knows, whatever it is.
            let fits = |group: &&RowGroup| group.said.iter().zip(&asked).all(|(said, asked)| {
                *asked == 0 || *said == BLANK || said == asked
            });
            let (all, most) = of(&groups.iter().filter(fits).collect::<Vec<_>>());
            prop_assert!(all >= K * most, "{most} of {all}");
            // Nothing is said that is not so.
            for group in &groups {
                for row in &group.rows {
                    let known = rows[*row].known;
                    let so = group.said.iter().zip(known).all(|(said, known)| {
                        *said == BLANK || *said == known
                    });
                    prop_assert!(so);
                }
            }
        }
    }
}
