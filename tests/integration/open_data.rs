//! The open data: what is in the file, and that nobody is found in it.

use std::collections::{BTreeMap, BTreeSet};

use autonomia::citizens::Details;
use autonomia::citizens::register::register;
use autonomia::db;
use autonomia::domain::calendar::month;
use autonomia::domain::facilita::{PublicDomain, ServiceKind};
use autonomia::domain::ids::PointId;
use autonomia::domain::locale::Lang;
use autonomia::network::point::{self, Point};
use autonomia::network::service::NewService;
use autonomia::network::totals::Filter;
use autonomia::network::{open_data, public};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use time::{Date, Duration};

use crate::administration::autonomia;
use crate::app::TestApp;
use crate::disclosure::attack;
use crate::ground::{Ground, NOW, TODAY, person};

const HEADER: &str = "ID,FASCIA_DI_ETA,GENERE,OCCUPAZIONE,TITOLO_DI_STUDIO,SERVIZIO_ID,NOME_SERVIZIO,\
DATA_FRUIZIONE_SERVIZIO,AMBITO_SERVIZI_PUBBLICI_DIGITALI,TIPOLOGIA_SERVIZIO,COMPETENZE_TRATTATE,\
SEDE_ID,NOME_SEDE,REGIONE,PROVINCIA,COMUNE,CAP,INTERVENTO,ID_PROGRAMMA,ID_PROGETTO";

type Row = BTreeMap<String, String>;

fn rows(file: &[u8]) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(file);
    let header = reader.headers().unwrap().clone();
    assert_eq!(header.iter().collect::<Vec<_>>().join(","), HEADER);
    let row = |record: csv::StringRecord| {
        let named = header.iter().zip(record.iter());
        named
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    };
    reader
        .records()
        .map(|record| row(record.unwrap()))
        .collect()
}

/// A network of chance: points in three provinces, most of them busy, some hardly.
async fn fill(ground: &Ground, seed: u64, people: u32, services: u32) {
    let mut random = StdRng::seed_from_u64(seed);
    let mut points: Vec<PointId> = ground.points.to_vec();
    for (code, province) in [("LE-1", "Lecce"), ("LE-2", "Lecce"), ("FG-1", "Foggia")] {
        let place = [province, province, "Puglia"];
        let point = Point::new(ground.programme.id, code, &format!("Punto {code}"), place);
        points.push(point.id);
        db::write(&ground.db, async move |tx| {
            point::create_in(tx, &point, NOW).await
        })
        .await
        .unwrap();
    }
    let mut citizens = Vec::new();
    for number in 0..people {
        let year = *[1955, 1970, 2003].choose(&mut random).unwrap();
        let birth = Date::from_ordinal_date(year, random.random_range(1..365)).unwrap();
        let details = Details {
            education: Some((*["A", "C", "I"].choose(&mut random).unwrap()).to_owned()),
            occupation: Some((*["A", "G"].choose(&mut random).unwrap()).to_owned()),
            ..person(birth, number)
        };
        let (point, by) = (points[0], ground.facilitator);
        let made = register(&ground.db, &ground.vault, details, point, by, NOW).await;
        citizens.push(made.unwrap());
    }
    for number in 0..services {
        let kind = *ServiceKind::ALL.choose(&mut random).unwrap();
        let most = if kind == ServiceKind::Individual {
            1
        } else {
            6
        };
        let few = random.random_range(1..=most);
        // The last two points have next to nothing.
        let point = if random.random_bool(0.96) {
            random.random_range(0..3)
        } else {
            random.random_range(3..5)
        };
        let chosen: BTreeSet<_> = (0..few)
            .map(|_| *citizens.choose(&mut random).unwrap())
            .collect();
        let new = NewService {
            kind,
            point: points[point],
            facilitator: ground.facilitator,
            day: TODAY - Duration::days(random.random_range(0..90) * random.random_range(0..3) / 2),
            minutes: 30,
            competences: vec![6],
            domains: vec![
                *[PublicDomain::AppIo, PublicDomain::PagoPa]
                    .choose(&mut random)
                    .unwrap(),
            ],
            title: format!("Con Nives Prova {number}"),
            citizens: chosen.into_iter().collect(),
        };
        ground.record(new).await.unwrap();
    }
}

#[actix_web::test]
async fn every_row_of_the_file_is_one_of_five_peoples_and_names_nobody() {
    let ground = Ground::new().await;
    fill(&ground, 1, 60, 160).await;
    let file = open_data::csv(&ground.db, &ground.programme, NOW)
        .await
        .unwrap();
    let text = String::from_utf8(file.clone()).unwrap();
    assert!(!text.contains("Nives") && !text.contains("Prova") && !text.contains("PRV"));
    let all = rows(&file);
    assert!(all.len() > 100, "{} rows", all.len());
    let mut alike: BTreeMap<Vec<&str>, BTreeSet<&str>> = BTreeMap::new();
    for row in &all {
        let said = row
            .iter()
            .filter(|(name, _)| !["ID", "SERVIZIO_ID"].contains(&name.as_str()));
        let said = said.map(|(_, value)| value.as_str()).collect();
        alike.entry(said).or_default().insert(&row["ID"]);
    }
    assert!(alike.values().all(|people| people.len() >= 5), "{alike:#?}");
    // A person says the same in every row, or the rows would complete each other.
    for (whose, columns) in [
        (
            "ID",
            ["FASCIA_DI_ETA", "GENERE", "OCCUPAZIONE", "TITOLO_DI_STUDIO"],
        ),
        (
            "SERVIZIO_ID",
            [
                "SEDE_ID",
                "PROVINCIA",
                "DATA_FRUIZIONE_SERVIZIO",
                "TIPOLOGIA_SERVIZIO",
            ],
        ),
    ] {
        let mut said: BTreeMap<&str, BTreeSet<[&str; 4]>> = BTreeMap::new();
        for row in &all {
            let values = columns.map(|column| row[column].as_str());
            said.entry(&row[whose]).or_default().insert(values);
        }
        assert!(said.values().all(|ways| ways.len() == 1));
    }
    for row in &all {
        let day = &row["DATA_FRUIZIONE_SERVIZIO"];
        assert!(day.is_empty() || day.ends_with("-01"), "{day}");
        let said = row["NOME_SERVIZIO"].as_str();
        assert!(["", "App IO", "IO", "pagoPA"].contains(&said), "{said}");
    }
    for column in ["FASCIA_DI_ETA", "PROVINCIA", "TIPOLOGIA_SERVIZIO"] {
        assert!(all.iter().any(|row| !row[column].is_empty()), "{column}");
    }
    // Numbers are of one file only.
    let again = open_data::csv(&ground.db, &ground.programme, NOW)
        .await
        .unwrap();
    assert_ne!(file, again);
}

#[actix_web::test]
async fn the_file_does_not_tell_what_the_totals_hide() {
    for (seed, people, services) in [(2, 30, 60), (3, 50, 120), (4, 12, 20), (5, 6, 5)] {
        let ground = Ground::new().await;
        fill(&ground, seed, people, services).await;
        let exact = ground.totals_of(Filter::default()).await;
        let shown = public::of(&ground.db, &ground.programme, NOW)
            .await
            .unwrap();
        assert_eq!(attack(&shown), Vec::<String>::new());
        let file = open_data::csv(&ground.db, &ground.programme, NOW)
            .await
            .unwrap();
        let all = rows(&file);
        let given = |column: &str, value: &str| -> u64 {
            let rows = all.iter().filter(|row| row[column] == value);
            rows.map(|row| &row["SERVIZIO_ID"])
                .collect::<BTreeSet<_>>()
                .len() as u64
        };
        // Of what is hidden there is no row to count; of the rest no more than is shown.
        for point in &exact.by_point {
            let public = shown.by_point.iter().find(|row| row.point == point.point);
            let most = public
                .filter(|row| !row.hidden)
                .and_then(|row| row.services);
            assert!(
                given("SEDE_ID", &point.point) <= most.unwrap_or(0),
                "{}",
                point.point
            );
        }
        for one in &exact.by_month {
            let public = shown.by_month.iter().find(|row| row.month == one.month);
            let most = public
                .filter(|row| !row.hidden)
                .and_then(|row| row.services);
            let day = format!("{}-01", one.month);
            assert!(
                given("DATA_FRUIZIONE_SERVIZIO", &day) <= most.unwrap_or(0),
                "{day}"
            );
        }
        for kind in ServiceKind::ALL {
            let both = shown
                .citizens
                .by_kind
                .of(*kind)
                .and(shown.services.by_kind.of(*kind));
            assert!(given("TIPOLOGIA_SERVIZIO", kind.label(Lang::It)) <= both.unwrap_or(0));
        }
        for row in &shown.citizens.by_age {
            let rows = given("FASCIA_DI_ETA", row.age.label(Lang::It));
            assert!(row.citizens.is_some() || rows == 0, "{row:?}");
        }
        for row in &shown.citizens.by_gender {
            let rows = given("GENERE", row.gender.label(Lang::It));
            assert!(row.citizens.is_some() || rows == 0, "{row:?}");
        }
        assert!(
            all.iter()
                .all(|row| row["DATA_FRUIZIONE_SERVIZIO"] <= format!("{}-31", month(TODAY)))
        );
    }
}

#[actix_web::test]
async fn the_file_is_written_by_the_command_and_fetched_from_the_page() {
    let ground = Ground::new().await;
    fill(&ground, 6, 30, 40).await;
    let run =
        |args: &[&str]| autonomia(ground.db.url(), &[&["export", "open-data"], args].concat());
    let printed = run(&["--programme", "prova"]);
    assert_eq!(printed.status.code(), Some(0), "{printed:?}");
    assert!(rows(&printed.stdout).len() > 20);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dati.csv");
    let written = run(&["--programme", "prova", path.to_str().unwrap()]);
    assert_eq!(written.status.code(), Some(0), "{written:?}");
    assert_eq!(
        rows(&std::fs::read(&path).unwrap()).len(),
        rows(&printed.stdout).len()
    );
    assert_eq!(run(&["--programme", "none"]).status.code(), Some(2));

    let app = TestApp::new().await;
    let file = app.visitor().get("/rete/totali/dati.csv").await;
    assert_eq!(file.status.as_u16(), 200);
    assert!(file.header("content-type").unwrap().starts_with("text/csv"));
    assert_eq!(file.text.trim_end(), HEADER);
}
