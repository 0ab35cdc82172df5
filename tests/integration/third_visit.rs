//! Somebody who knows two visits of a person, and looks for a third in the open data.

use std::collections::BTreeMap;

use autonomia::db::entities::attendances;
use autonomia::domain::ids::{CitizenId, ServiceId};
use autonomia::network::anonymous::K;
use autonomia::network::open_data::{self, COLUMNS, EqualRows};
use autonomia::sample::{self, Size};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use sea_orm::{EntityTrait, QuerySelect};
use time::macros::datetime;

use crate::courses;
use crate::facilita::demo;
use crate::ground::{Ground, NOW};

/// Of rows that look alike, whatever columns one looks at, nobody has more than one in five.
pub(crate) fn nobody_stands_out(equal: &[EqualRows]) {
    let columns: Vec<usize> = (0..COLUMNS.len()).collect();
    let mut random = StdRng::seed_from_u64(9);
    for look in 0..60 {
        // All of them, then none, then some.
        let chosen: Vec<usize> = match look {
            0 => columns.clone(),
            _ => columns.sample(&mut random, look % 8).copied().collect(),
        };
        let mut alike: BTreeMap<Vec<&str>, BTreeMap<CitizenId, usize>> = BTreeMap::new();
        for rows in equal {
            let values = chosen.iter().map(|at| rows.columns[*at].as_str()).collect();
            let people = alike.entry(values).or_default();
            for who in &rows.whose {
                *people.entry(*who).or_default() += 1;
            }
        }
        for (values, people) in alike {
            let (rows, most) = (people.values().sum::<usize>(), people.values().max());
            assert!(rows >= K * most.unwrap(), "{most:?} of {rows}: {values:?}");
        }
    }
}

/// Somebody who knows all of a person and two of their visits, and says of which rows a third one
/// is: those that fit, less what they know. Gives how many people's visits they find, with more
/// than one guess in five right.
pub(crate) fn third_visits_found(equal: &[EqualRows]) -> usize {
    let mut of_person: BTreeMap<CitizenId, BTreeMap<usize, usize>> = BTreeMap::new();
    for (group, rows) in equal.iter().enumerate() {
        for who in &rows.whose {
            *of_person.entry(*who).or_default().entry(group).or_default() += 1;
        }
    }
    let found = |own: &BTreeMap<usize, usize>| {
        let visits = own
            .iter()
            .flat_map(|(group, n)| std::iter::repeat_n(*group, *n));
        let visits: Vec<usize> = visits.collect();
        visits.len() > 2
            && visits.iter().enumerate().any(|(at, first)| {
                visits[at + 1..].iter().any(|second| {
                    own.iter().any(|(group, n)| {
                        let known = [first, second]
                            .into_iter()
                            .filter(|one| *one == group)
                            .count();
                        let (theirs, all) = (n - known, equal[*group].whose.len() - known);
                        theirs * K > all
                    })
                })
            })
    };
    of_person.values().filter(|own| found(own)).count()
}

#[actix_web::test]
async fn in_the_file_of_the_demo_who_knows_two_visits_finds_no_third_and_facilita_takes_every_row()
{
    let ground = Ground::new().await;
    let (db, vault, courses) = (&ground.db, &ground.vault, courses::catalogue());
    let size = (Size::DEMO, 172);
    let made = sample::fill(db, vault, courses, "una password lunga", size, NOW);
    let programme = made.await.unwrap().programme;
    // Published as time goes by, a quarter when it is over.
    let mut equal = Vec::new();
    for quarter in [
        datetime!(2026-01-01 12:00 UTC),
        datetime!(2026-04-01 12:00 UTC),
        datetime!(2026-07-01 12:00 UTC),
        datetime!(2026-10-01 12:00 UTC),
        datetime!(2027-01-01 12:00 UTC),
    ] {
        let due = open_data::whose(db, &programme, quarter).await.unwrap();
        equal.extend(due);
        open_data::make(db, &programme, quarter).await.unwrap();
    }
    let file = open_data::make(db, &programme, NOW).await.unwrap();

    // Every attendance of the ledger is in the file, and nobody can be told from four others.
    let attended: Vec<(CitizenId, ServiceId)> = attendances::Entity::find()
        .select_only()
        .columns([
            attendances::Column::CitizenId,
            attendances::Column::ServiceId,
        ])
        .into_tuple()
        .all(db.read())
        .await
        .unwrap();
    let whose = equal.iter().flat_map(|rows| rows.whose.iter().copied());
    let mut whose: Vec<CitizenId> = whose.collect();
    let mut truth: Vec<CitizenId> = attended.iter().map(|(who, _)| *who).collect();
    whose.sort_unstable();
    truth.sort_unstable();
    assert_eq!(whose, truth);
    assert_eq!((file.rows, file.left_out), (truth.len(), 0));
    nobody_stands_out(&equal);
    assert_eq!(third_visits_found(&equal), 0);

    // The same attacker finds nearly everybody's where each row says all that it could.
    let apart = |(at, (who, _)): (usize, &(CitizenId, ServiceId))| EqualRows {
        columns: std::array::from_fn(|_| at.to_string()),
        whose: vec![*who],
    };
    let naive: Vec<EqualRows> = attended.iter().enumerate().map(apart).collect();
    assert!(third_visits_found(&naive) > 2_000);

    // Nothing in the bytes is of a person or a service, and equal rows are equal to the last byte.
    let lines = std::str::from_utf8(&file.csv).unwrap().lines().skip(1);
    let mut alike: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines {
        *alike.entry(line).or_default() += 1;
    }
    assert_eq!(alike.values().min(), Some(&file.smallest));
    assert!(file.smallest >= K, "{}", file.smallest);

    // What is kept, per cent of the rows: before, a number tied a person's rows, and these stood.
    let share = |name: &str| {
        let at = COLUMNS.iter().position(|(column, _)| *column == name);
        file.stands[at.unwrap()] * 1_000 / file.rows
    };
    let shares: Vec<String> = COLUMNS
        .iter()
        .map(|(name, _)| format!("{name} {}", share(name)))
        .collect();
    // An age is told of fewer than before: of rows, not of people whose other rows tell it too.
    for (name, before, least) in [
        ("FASCIA_DI_ETA", 937, 900),
        ("ANNO", 537, 990),
        ("PROVINCIA", 982, 990),
        ("TIPOLOGIA_SERVIZIO", 805, 980),
        ("TRIMESTRE", 537, 960),
        ("GENERE", 254, 880),
        ("DATA_FRUIZIONE_SERVIZIO", 537, 570),
        ("AREE_DI_COMPETENZA", 0, 350),
        ("COMPETENZE_TRATTATE", 0, 200),
        ("COMUNE", 3, 190),
        ("NOME_SERVIZIO", 0, 150),
        ("AMBITO_SERVIZI_PUBBLICI_DIGITALI", 0, 150),
        ("SEDE_ID", 3, 100),
        ("OCCUPAZIONE", 0, 80),
    ] {
        let more = name == "FASCIA_DI_ETA" || share(name) > before;
        assert!(share(name) >= least && more, "{name}: {shares:?}");
    }

    // The same demo as Facilita reads it: nobody builds it twice.
    crate::facilita::standing::what_stands_still_is_one_number(&ground, &programme).await;
    demo::every_row_is_taken(&ground, &programme).await;
}
