//! The exact totals of networks that do not exist, of every size.

use std::collections::BTreeMap;

use autonomia::domain::facilita::{AgeBand, Gender, ServiceKind};
use autonomia::network::totals::{
    ByKind, Citizens, OfAge, OfGender, OfMonth, OfPoint, OfProvince, Services, Totals,
};
use proptest::prelude::*;

use crate::ground::NOW;

/// What is counted in one place: point, month, kind, services, citizens as shares of five.
pub(crate) type Entry = (usize, usize, usize, u64, u64);

/// The exact totals of a network: point `n` is in province `n % provinces`.
pub(crate) fn network(provinces: usize, entries: &[Entry], people: &[(usize, usize)]) -> Totals {
    let mut points: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
    let mut months: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
    let mut kinds = [(0, 0); 5];
    let mut all = (0, 0);
    for (point, month, kind, services, share) in entries {
        // At most one citizen a service where it is individual.
        let most = if *kind == 0 { *services } else { services * 2 };
        let citizens = most * share / 5;
        for sum in [
            points.entry(*point).or_default(),
            months.entry(*month).or_default(),
            &mut kinds[*kind],
            &mut all,
        ] {
            *sum = (sum.0 + citizens, sum.1 + services);
        }
    }
    let mut ages = [0; 5];
    let mut genders = [0; 4];
    for number in 0..all.0 {
        let (age, gender) = people[number as usize % people.len()];
        ages[age] += 1;
        genders[gender] += 1;
    }
    let named = |point: usize| format!("Provincia {}", point % provinces);
    let mut of_provinces: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for (point, sum) in &points {
        let province = of_provinces.entry(named(*point)).or_default();
        *province = (province.0 + sum.0, province.1 + sum.1);
    }
    let kind = |one: ServiceKind| {
        kinds[ServiceKind::ALL
            .iter()
            .position(|kind| *kind == one)
            .unwrap()]
    };
    Totals {
        programme: "prova".to_owned(),
        as_of: NOW,
        citizens: Citizens {
            reached: all.0,
            target: None,
            eligible_unverified: 0,
            by_kind: ByKind::each(|one| kind(one).0),
            by_age: AgeBand::ALL
                .iter()
                .zip(ages)
                .map(|(age, citizens)| OfAge {
                    age: *age,
                    citizens,
                })
                .collect(),
            by_gender: Gender::ALL
                .iter()
                .zip(genders)
                .map(|(gender, citizens)| OfGender {
                    gender: *gender,
                    citizens,
                })
                .collect(),
            hidden: false,
        },
        services: Services {
            total: all.1,
            target: None,
            by_kind: ByKind::each(|one| kind(one).1),
            hidden: false,
        },
        by_province: of_provinces
            .into_iter()
            .filter(|(_, sum)| *sum != (0, 0))
            .map(|(province, (citizens, services))| OfProvince {
                province,
                citizens,
                services,
                hidden: false,
            })
            .collect(),
        by_point: points
            .into_iter()
            .filter(|(_, sum)| *sum != (0, 0))
            .map(|(point, (citizens, services))| OfPoint {
                point: format!("P-{point:03}"),
                name: format!("Punto {point}"),
                province: named(point),
                citizens,
                services,
                hidden: false,
            })
            .collect(),
        by_month: months
            .into_iter()
            .filter(|(_, sum)| *sum != (0, 0))
            .map(|(month, (citizens, services))| OfMonth {
                month: format!("{}-{:02}", 2024 + month / 12, month % 12 + 1),
                citizens,
                services,
                hidden: false,
            })
            .collect(),
        targets: Vec::new(),
    }
}

/// Networks of every size: one province with one point and one month, up to many of each.
pub(crate) fn networks() -> impl Strategy<Value = Totals> {
    let size = (1_usize..5, 1_usize..14, 1_usize..8, 1_usize..40, 1_u64..12);
    size.prop_flat_map(|(provinces, points, months, entries, most)| {
        let entry = (0..points, 0..months, 0_usize..5, 0..=most, 0_u64..=5);
        let people = prop::collection::vec((0_usize..5, 0_usize..4), 1..30);
        (prop::collection::vec(entry, 0..entries), people)
            .prop_map(move |(entries, people)| network(provinces, &entries, &people))
    })
}
