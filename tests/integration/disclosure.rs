//! Somebody who wants to know what the public totals hide: they take every answer, write down what
//! each says as an equation, and look for hidden figures with fewer values left than promised.

use autonomia::domain::facilita::ServiceKind;
use autonomia::network::hidden::{VALUES, is_small};
use autonomia::network::public::{Figure, part_of, shown};
use autonomia::network::totals::{ByKind, OfMonth, OfPoint, OfProvince, Totals};
use proptest::prelude::*;
use time::{Date, Month};

use crate::networks::{network, networks};

/// A figure that the attacker does not know, or does: the least and the most it can be.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Unknown {
    name: String,
    least: i64,
    most: i64,
}

const MANY: i64 = 1_000_000;

/// What the attacker has written down.
#[derive(Default)]
pub(crate) struct Attacker {
    unknowns: Vec<Unknown>,
    /// The first is the sum of the others.
    sums: Vec<(usize, Vec<usize>)>,
    /// The first is not more than the second.
    orders: Vec<(usize, usize)>,
    hidden: Vec<usize>,
}

impl Attacker {
    /// A figure of a table: known; or hidden and not zero; or, where nothing is told of the table,
    /// anything.
    fn figure(&mut self, name: String, figure: Figure, told: bool) -> usize {
        let (least, most) = match figure {
            Some(value) => (value as i64, value as i64),
            None if told => (1, MANY),
            None => (0, MANY),
        };
        let place = self.unknowns.len();
        if figure.is_none() {
            self.hidden.push(place);
        }
        self.unknowns.push(Unknown { name, least, most });
        place
    }

    /// A table whose sum is known, or not.
    fn table(&mut self, total: usize, rows: Vec<(String, Figure)>) -> Vec<usize> {
        let told = rows.iter().any(|(_, figure)| figure.is_some());
        let places: Vec<usize> = rows
            .into_iter()
            .map(|(name, figure)| self.figure(name, figure, told))
            .collect();
        // A table without rows is one that is hidden whole.
        if !places.is_empty() {
            self.sums.push((total, places.clone()));
        }
        places
    }

    /// Narrows every figure until nothing changes. The equations hang together as a tree, so what
    /// is left is what is possible.
    fn narrow(&mut self) {
        loop {
            let before = self.unknowns.clone();
            for (sum, parts) in self.sums.clone() {
                let least: i64 = parts.iter().map(|part| self.unknowns[*part].least).sum();
                let most: i64 = parts.iter().map(|part| self.unknowns[*part].most).sum();
                self.bound(sum, least, most);
                let whole = self.unknowns[sum].clone();
                for part in &parts {
                    let own = self.unknowns[*part].clone();
                    let others = (least - own.least, most - own.most);
                    self.bound(*part, whole.least - others.1, whole.most - others.0);
                }
            }
            for (less, more) in self.orders.clone() {
                self.bound(less, 0, self.unknowns[more].most);
                self.bound(more, self.unknowns[less].least, MANY);
            }
            if before == self.unknowns {
                return;
            }
        }
    }

    fn bound(&mut self, place: usize, least: i64, most: i64) {
        let one = &mut self.unknowns[place];
        one.least = one.least.max(least);
        one.most = one.most.min(most);
        assert!(
            one.least <= one.most,
            "{one:?}: the answers contradict each other"
        );
    }

    /// The hidden figures that have fewer values left than promised.
    fn found(&mut self) -> Vec<Unknown> {
        self.narrow();
        // A zero says nothing of anybody.
        let told = |one: &&Unknown| one.most > 0 && one.most - one.least + 1 < VALUES as i64;
        let hidden = self.hidden.iter().map(|place| &self.unknowns[*place]);
        hidden.filter(told).cloned().collect()
    }
}

/// Everything that the page and the interface for programs say.
pub(crate) fn attack(public: &Totals<Figure>) -> Vec<String> {
    let mut attacker = Attacker::default();
    let (people, services) = (&public.citizens, &public.services);
    let reached = attacker.figure("reached".to_owned(), people.reached, true);
    let total = attacker.figure("total".to_owned(), services.total, true);
    let kinds = |of: &ByKind<Figure>| {
        let kinds = ServiceKind::ALL.iter();
        kinds
            .map(|kind| (kind.name().to_owned(), of.of(*kind)))
            .collect::<Vec<_>>()
    };
    let citizens = attacker.table(reached, kinds(&people.by_kind));
    let of_kinds = attacker.table(total, kinds(&services.by_kind));
    // One citizen at most is reached by an individual service.
    attacker.orders.push((citizens[0], of_kinds[0]));
    for (citizens, services) in citizens.iter().zip(&of_kinds) {
        linked(&mut attacker, *citizens, *services);
    }
    let ages = people.by_age.iter();
    attacker.table(
        reached,
        ages.map(|row| (row.age.code().to_owned(), row.citizens))
            .collect(),
    );
    let genders = people.by_gender.iter();
    let genders = genders.map(|row| (row.gender.code().to_owned(), row.citizens));
    attacker.table(reached, genders.collect());
    places(
        &mut attacker,
        public,
        reached,
        |row| row.citizens,
        |row| row.citizens,
    );
    places(
        &mut attacker,
        public,
        total,
        |row| row.services,
        |row| row.services,
    );
    let mut found: Vec<String> = attacker
        .found()
        .iter()
        .map(|one| format!("{one:?}"))
        .collect();
    found.extend(attack_months(public, "citizens", people.reached, |part| {
        part.citizens.reached
    }));
    found.extend(attack_months(public, "services", services.total, |part| {
        part.services.total
    }));
    for row in &public.by_point {
        let part = part_of(public.clone(), (None, None, Some(&row.point))).unwrap();
        let same = (part.citizens.reached, part.services.total) == (row.citizens, row.services);
        if !same || !part.by_month.is_empty() || part.services.by_kind != ByKind::default() {
            found.push(format!("a point's answer says more than its row: {part:?}"));
        }
    }
    found
}

/// Nobody is reached without a service, and somebody who is hidden needs one.
fn linked(attacker: &mut Attacker, citizens: usize, services: usize) {
    if attacker.unknowns[services].most == 0 {
        attacker.bound(citizens, 0, 0);
    }
    if attacker.unknowns[citizens].least > 0 {
        attacker.bound(services, 1, MANY);
    }
}

fn places(
    attacker: &mut Attacker,
    public: &Totals<Figure>,
    total: usize,
    of_province: fn(&OfProvince<Figure>) -> Figure,
    of_point: fn(&OfPoint<Figure>) -> Figure,
) {
    let rows = public.by_province.iter();
    let rows = rows
        .map(|row| (row.province.clone(), of_province(row)))
        .collect();
    let provinces = attacker.table(total, rows);
    let told = public.by_point.iter().any(|row| of_point(row).is_some());
    for (province, row) in provinces.iter().zip(&public.by_province) {
        let here = public
            .by_point
            .iter()
            .filter(|point| point.province == row.province);
        let points: Vec<usize> = here
            .map(|point| attacker.figure(point.name.clone(), of_point(point), told))
            .collect();
        if !points.is_empty() && told {
            attacker.sums.push((*province, points));
        }
    }
}

/// Asks for every span of months. Each answer says how far two points of a running sum are apart,
/// and so do the months that are shown: the shortest ways between them are all that can be known.
fn attack_months(
    public: &Totals<Figure>,
    what: &str,
    total: Figure,
    of: fn(&Totals<Figure>) -> Figure,
) -> Vec<String> {
    let months = &public.by_month;
    let figure = |row: &OfMonth<Figure>| {
        if what == "citizens" {
            row.citizens
        } else {
            row.services
        }
    };
    let told = months.iter().any(|row| figure(row).is_some());
    let n = months.len();
    let mut far = vec![vec![MANY; n + 1]; n + 1];
    let mut know = |from: usize, to: usize, least: i64, most: i64| {
        far[from][to] = far[from][to].min(most);
        far[to][from] = far[to][from].min(-least);
    };
    for (place, row) in months.iter().enumerate() {
        match figure(row) {
            Some(value) => know(place, place + 1, value as i64, value as i64),
            None => know(place, place + 1, i64::from(told), MANY),
        }
    }
    if let Some(total) = total.filter(|_| n > 0) {
        know(0, n, total as i64, total as i64);
    }
    for first in 0..n {
        for last in first..n {
            let (from, to) = (
                first_day(&months[first].month),
                last_day(&months[last].month),
            );
            if let Ok(part) = part_of(public.clone(), (Some(from), Some(to), None))
                && let Some(value) = of(&part)
            {
                know(first, last + 1, value as i64, value as i64);
            }
        }
    }
    for by in 0..=n {
        for from in 0..=n {
            for to in 0..=n {
                far[from][to] = far[from][to].min(far[from][by] + far[by][to]);
            }
        }
    }
    let hidden = months
        .iter()
        .enumerate()
        .filter(|(_, row)| figure(row).is_none());
    hidden
        .map(|(place, row)| (row, -far[place + 1][place], far[place][place + 1]))
        .filter(|(_, least, most)| *most > 0 && most - least + 1 < VALUES as i64)
        .map(|(row, least, most)| format!("{what} of {}: {least} to {most}", row.month))
        .collect()
}

pub(crate) fn first_day(month: &str) -> Date {
    let (year, number) = month.split_once('-').unwrap();
    let number = Month::try_from(number.parse::<u8>().unwrap()).unwrap();
    Date::from_calendar_date(year.parse().unwrap(), number, 1).unwrap()
}

pub(crate) fn last_day(month: &str) -> Date {
    let first = first_day(month);
    first
        .replace_day(first.month().length(first.year()))
        .unwrap()
}

/// The same with small figures hidden, and nothing to hide them behind.
fn naive(exact: &Totals) -> Totals<Figure> {
    let see = |value: u64| Some(value).filter(|value| !is_small(*value));
    let mut public = shown(exact.clone());
    public.citizens.reached = see(exact.citizens.reached);
    public.services.total = see(exact.services.total);
    public.citizens.by_kind = ByKind::each(|kind| see(exact.citizens.by_kind.of(kind)));
    public.services.by_kind = ByKind::each(|kind| see(exact.services.by_kind.of(kind)));
    for (row, exact) in public
        .citizens
        .by_age
        .iter_mut()
        .zip(&exact.citizens.by_age)
    {
        row.citizens = see(exact.citizens);
    }
    public
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn nobody_can_tell_a_hidden_figure_from_all_that_is_said(exact in networks()) {
        let found = attack(&shown(exact));
        prop_assert!(found.is_empty(), "{found:#?}");
    }
}

#[test]
fn the_attacker_finds_what_is_hidden_badly() {
    let entries = [(0, 0, 0, 40, 5), (1, 0, 1, 3, 5), (2, 1, 3, 30, 4)];
    let exact = network(1, &entries, &[(0, 0), (1, 1)]);
    assert_eq!(attack(&shown(exact.clone())), Vec::<String>::new());
    let found = attack(&naive(&exact));
    assert!(
        found.iter().any(|one| one.contains("least: 3, most: 3")),
        "{found:#?}"
    );
    // Three hidden months of one each: the sum says it.
    let mut public = shown(network(
        1,
        &[(0, 0, 0, 50, 5), (0, 1, 0, 50, 5), (0, 2, 0, 9, 5)],
        &[(0, 0)],
    ));
    public.by_month[2].services = None;
    assert!(
        attack(&public)
            .iter()
            .any(|one| one.contains("services of 2024-03: 9 to 9"))
    );
}
