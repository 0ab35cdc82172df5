//! The open data: what is in the file, and that nobody is found in it.

use std::collections::{BTreeMap, BTreeSet};

use autonomia::citizens::Details;
use autonomia::citizens::register::register;
use autonomia::db;
use autonomia::db::entities::{attendances, services};
use autonomia::domain::calendar::month;
use autonomia::domain::facilita::{PublicDomain, ServiceKind};
use autonomia::domain::ids::PointId;
use autonomia::domain::locale::Lang;
use autonomia::network::anonymous::K;
use autonomia::network::point::{self, Point};
use autonomia::network::service::NewService;
use autonomia::network::totals::TotalsFilter;
use autonomia::network::{open_data, public};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use sea_orm::EntityTrait as _;
use sea_orm::sea_query::Expr;
use time::macros::datetime;
use time::{Date, Duration, OffsetDateTime};

use crate::administration::autonomia;
use crate::app::TestApp;
use crate::disclosure::attack;
use crate::ground::{Ground, NOW, TODAY, person};
use crate::third_visit::{nobody_stands_out, third_visits_found};

const HEADER: &str = "FASCIA_DI_ETA,GENERE,OCCUPAZIONE,TITOLO_DI_STUDIO,NOME_SERVIZIO,\
DATA_FRUIZIONE_SERVIZIO,AMBITO_SERVIZI_PUBBLICI_DIGITALI,TIPOLOGIA_SERVIZIO,COMPETENZE_TRATTATE,\
SEDE_ID,NOME_SEDE,REGIONE,PROVINCIA,COMUNE,CAP,INTERVENTO,ID_PROGRAMMA,ID_PROGETTO,ANNO,TRIMESTRE,\
AREE_DI_COMPETENZA";

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

/// When the quarter is over in which all was recorded.
const OVER: OffsetDateTime = datetime!(2027-01-01 12:00 UTC);

#[actix_web::test]
async fn every_row_of_the_file_is_one_of_five_peoples_and_names_nobody() {
    let ground = Ground::new().await;
    fill(&ground, 1, 60, 160).await;
    let equal = open_data::whose(&ground.db, &ground.programme, OVER)
        .await
        .unwrap();
    let file = open_data::make(&ground.db, &ground.programme, OVER)
        .await
        .unwrap();
    let text = String::from_utf8(file.csv.clone()).unwrap();
    assert!(!text.contains("Nives") && !text.contains("Prova") && !text.contains("PRV"));
    let all = rows(&file.csv);
    assert!(all.len() > 100, "{} rows", all.len());
    nobody_stands_out(&equal);
    assert_eq!(third_visits_found(&equal), 0);
    for row in &all {
        let month = row["DATA_FRUIZIONE_SERVIZIO"].as_str();
        assert!(month.is_empty() || month.len() == 7, "{month}");
        // A fine value is never without the coarse one, which is what it says.
        assert!(month.is_empty() || month.starts_with(&row["ANNO"]));
        assert!(month.is_empty() || !row["TRIMESTRE"].is_empty());
        let said = row["NOME_SERVIZIO"].as_str();
        assert!(["", "App IO", "IO", "pagoPA"].contains(&said), "{said}");
    }
    for column in ["FASCIA_DI_ETA", "PROVINCIA", "TIPOLOGIA_SERVIZIO"] {
        assert!(all.iter().any(|row| !row[column].is_empty()), "{column}");
    }
}

#[actix_web::test]
async fn the_file_does_not_tell_what_the_totals_hide() {
    for (seed, people, services) in [(2, 30, 60), (3, 50, 120), (4, 12, 20), (5, 6, 5)] {
        let ground = Ground::new().await;
        fill(&ground, seed, people, services).await;
        let exact = ground.totals_of(TotalsFilter::default()).await;
        let shown = public::of(&ground.db, &ground.programme, NOW)
            .await
            .unwrap();
        assert_eq!(attack(&shown), Vec::<String>::new());
        let equal = open_data::whose(&ground.db, &ground.programme, OVER)
            .await
            .unwrap();
        let file = open_data::csv(&ground.db, &ground.programme, OVER)
            .await
            .unwrap();
        let all = rows(&file);
        let given = |column: &str, value: &str| {
            let rows = all.iter().filter(|row| row[column] == value);
            rows.count()
        };
        // Of what is hidden there is no row to count, and none of what it could be counted by: a
        // year, a quarter or a municipality stands only in the rows of months and points that are
        // shown.
        let points: BTreeMap<_, _> = shown.by_point.iter().map(|row| (&row.point, row)).collect();
        let is_shown = |code: &String| points.get(code).is_some_and(|row| !row.hidden);
        for point in exact
            .by_point
            .iter()
            .filter(|point| !is_shown(&point.point))
        {
            assert_eq!(given("SEDE_ID", &point.point), 0, "{}", point.point);
        }
        let months = shown.by_month.iter().filter(|row| !row.hidden);
        let months: BTreeSet<&str> = months.map(|row| row.month.as_str()).collect();
        for one in exact.by_month.iter().map(|row| row.month.as_str()) {
            assert!(
                months.contains(one) || given("DATA_FRUIZIONE_SERVIZIO", one) == 0,
                "{one}"
            );
        }
        let (mut in_shown, mut at_shown) = (0, 0);
        let ledger = ledger_of(&ground).await;
        for (day, point) in &ledger {
            in_shown += usize::from(months.contains(month(*day).as_str()));
            at_shown += usize::from(is_shown(point));
        }
        let stands = |column: &str| all.iter().filter(|row| !row[column].is_empty()).count();
        for column in ["ANNO", "TRIMESTRE"] {
            assert!(stands(column) <= in_shown, "{column}");
        }
        assert!(stands("COMUNE") <= at_shown);
        for kind in ServiceKind::ALL {
            let both = shown
                .citizens
                .by_kind
                .of(*kind)
                .and(shown.services.by_kind.of(*kind));
            let rows = given("TIPOLOGIA_SERVIZIO", kind.label(Lang::It));
            assert!(both.is_some() || rows == 0, "{kind:?}");
        }
        // Of the few nothing is said, of those who hide them what leaves five people out at least.
        let citizens = (&shown.citizens, &exact.citizens);
        let ages = citizens.0.by_age.iter().zip(&citizens.1.by_age);
        let ages = ages.map(|(seen, is)| (0, seen.age.label(Lang::It), seen.citizens, is.citizens));
        let genders = citizens.0.by_gender.iter().zip(&citizens.1.by_gender);
        let genders =
            genders.map(|(seen, is)| (1, seen.gender.label(Lang::It), seen.citizens, is.citizens));
        for (column, value, seen, people) in ages.chain(genders) {
            let told = equal.iter().filter(|rows| rows.columns[column] == value);
            let told: BTreeSet<_> = told.flat_map(|rows| &rows.whose).collect();
            let few = usize::try_from(people).unwrap().saturating_sub(K);
            assert!(seen.is_some() || told.len() <= few, "{value}: {people}");
        }
    }
}

/// The day and the point of every attendance.
async fn ledger_of(ground: &Ground) -> Vec<(Date, String)> {
    let points = point::list(ground.db.read(), None).await.unwrap();
    let services = services::Entity::find()
        .all(ground.db.read())
        .await
        .unwrap();
    let attended = attendances::Entity::find()
        .all(ground.db.read())
        .await
        .unwrap();
    let of = |row: &attendances::Model| {
        let service = services
            .iter()
            .find(|one| one.id == row.service_id)
            .unwrap();
        let point = points
            .iter()
            .find(|one| one.id == service.point_id)
            .unwrap();
        (service.day, point.code.clone())
    };
    attended.iter().map(of).collect()
}

/// Everything was recorded in a quarter that is over, whatever day it is.
async fn recorded_long_ago(ground: &Ground) {
    let long_ago = datetime!(2020-02-01 12:00 UTC);
    let all = services::Entity::update_many();
    let all = all.col_expr(services::Column::RecordedAt, Expr::value(long_ago));
    db::write(&ground.db, async move |tx| all.exec(tx).await)
        .await
        .unwrap();
}

#[actix_web::test]
async fn the_file_is_written_by_the_command_and_fetched_from_the_page() {
    let ground = Ground::new().await;
    fill(&ground, 6, 30, 40).await;
    recorded_long_ago(&ground).await;
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

    // What each column says, in which part of the rows it stands, and under which licence.
    for (lang, said) in [
        ("it", "Ogni riga è uguale"),
        ("en", "Each row is equal"),
        ("it", "Ancora niente"),
        ("it", "non cambia più"),
        ("en", "does not change any more"),
    ] {
        let address = format!("/rete/totali/dati?lingua={lang}");
        let page = app.visitor().get(&address).await;
        assert_eq!(page.status.as_u16(), 200);
        for text in HEADER.split(',').chain([said, "CC BY 4.0"]) {
            assert!(page.text.contains(text), "{lang}: {text}");
        }
    }
}
