//! Rows about people made alike: each says what is said of [`K`] people at least.
//!
//! Whoever knows a few things of somebody, and that they are in the file, finds [`K`] people or
//! more, and cannot tell which. Where fewer people have all that a row says, the row says less: one
//! column after the other becomes blank, in the order of [`ORDER`], until it is like enough others;
//! a row that would have to be all blank and is still one of few is left out. What one row of a
//! person, or of a service, does not say, none of theirs does: rows that belong together do not
//! complete each other.

use std::collections::HashMap;

/// How many people have what a row says, at least.
pub const K: usize = 5;

/// Columns of a person.
pub const AGE: usize = 0;
/// See [`AGE`].
pub const GENDER: usize = 1;
/// See [`AGE`].
pub const OCCUPATION: usize = 2;
/// See [`AGE`].
pub const EDUCATION: usize = 3;

/// Columns of a service.
pub const MONTH: usize = 0;
/// See [`MONTH`].
pub const KIND: usize = 1;
/// See [`MONTH`].
pub const DOMAINS: usize = 2;
/// See [`MONTH`].
pub const COMPETENCES: usize = 3;
/// See [`MONTH`].
pub const TITLE: usize = 4;
/// See [`MONTH`].
pub const POINT: usize = 5;
/// See [`MONTH`].
pub const PROVINCE: usize = 6;

/// Whose a column is, and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Of the person.
    Person(usize),
    /// Of the service.
    Service(usize),
}

/// What becomes blank first comes first.
pub const ORDER: [Column; 11] = [
    Column::Person(EDUCATION),
    Column::Person(OCCUPATION),
    Column::Service(TITLE),
    Column::Service(COMPETENCES),
    Column::Service(DOMAINS),
    Column::Service(POINT),
    Column::Person(GENDER),
    Column::Service(MONTH),
    Column::Service(KIND),
    Column::Person(AGE),
    Column::Service(PROVINCE),
];

/// What a blank column has.
pub const BLANK: u32 = 0;

/// People, services, and who attended which. A value is a number; [`BLANK`] says nothing.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// What is said of each person.
    pub people: Vec<[u32; 4]>,
    /// What is said of each service.
    pub services: Vec<[u32; 7]>,
    /// Who attended what, by place in the lists above.
    pub rows: Vec<(usize, usize)>,
}

type Key = ([u32; 4], [u32; 7]);

impl Sheet {
    /// Makes rows blank until each is one of [`K`] people's.
    pub fn generalise(&mut self) {
        self.rows.sort_unstable();
        loop {
            let people = self.people_alike();
            let mut changed = false;
            for row in self.rare(&people) {
                let (person, service) = self.rows[row];
                // Another row of the same person or service may have gone first.
                let said = |column: &Column| match *column {
                    Column::Person(at) => self.people[person][at] != BLANK,
                    Column::Service(at) => self.services[service][at] != BLANK,
                };
                if let Some(column) = ORDER.into_iter().find(said) {
                    match column {
                        Column::Person(at) => self.people[person][at] = BLANK,
                        Column::Service(at) => self.services[service][at] = BLANK,
                    }
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        let rare = self.rare(&self.people_alike());
        let mut place = 0..;
        self.rows.retain(|_| {
            let at = place.next();
            at.is_some_and(|at: usize| rare.binary_search(&at).is_err())
        });
    }

    /// The rows that too few people have.
    fn rare(&self, people: &HashMap<Key, usize>) -> Vec<usize> {
        let few = |row: &usize| people.get(&self.key(*row)).is_none_or(|people| *people < K);
        (0..self.rows.len()).filter(few).collect()
    }

    fn key(&self, row: usize) -> Key {
        let (person, service) = self.rows[row];
        (self.people[person], self.services[service])
    }

    /// How many people have what a row says. Rows are in the order of people.
    fn people_alike(&self) -> HashMap<Key, usize> {
        let mut last: HashMap<Key, (usize, usize)> = HashMap::new();
        for (row, (person, _)) in self.rows.iter().enumerate() {
            let (seen, people) = last.entry(self.key(row)).or_insert((usize::MAX, 0));
            if *seen != *person {
                *seen = *person;
                *people += 1;
            }
        }
        last.into_iter()
            .map(|(key, (_, people))| (key, people))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_rare_person_loses_first_what_is_least_missed() {
        let mut sheet = Sheet {
            people: vec![[1, 1, 1, 1]; 5],
            services: vec![[1; 7]],
            rows: (0..5).map(|person| (person, 0)).collect(),
        };
        sheet.people[0][EDUCATION] = 2;
        let mut alike = sheet.clone();
        alike.people[0][EDUCATION] = 1;
        sheet.generalise();
        assert_eq!(sheet.people, vec![[1, 1, 1, BLANK]; 5]);
        assert_eq!(sheet.rows.len(), 5);
        alike.generalise();
        assert_eq!(alike.people, vec![[1, 1, 1, 1]; 5]);
    }

    #[test]
    fn what_is_left_of_few_people_is_left_out() {
        let mut sheet = Sheet {
            people: vec![[1; 4]; 4],
            services: vec![[1; 7]],
            rows: (0..4).map(|person| (person, 0)).collect(),
        };
        sheet.generalise();
        assert!(sheet.rows.is_empty());
    }

    proptest! {
        #[test]
        fn every_row_is_one_of_five_peoples(
            people in prop::collection::vec(prop::array::uniform4(1_u32..4), 1..40),
            services in prop::collection::vec(prop::array::uniform7(1_u32..3), 1..20),
            rows in prop::collection::hash_set((0_usize..40, 0_usize..20), 0..200),
        ) {
            let rows = rows.into_iter().filter(|(p, s)| *p < people.len() && *s < services.len());
            let mut sheet = Sheet { rows: rows.collect(), people, services };
            sheet.generalise();
            prop_assert!(sheet.people_alike().values().all(|people| *people >= K));
        }
    }
}
