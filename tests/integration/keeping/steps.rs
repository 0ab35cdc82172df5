//! Every step of the schema, on a database full of the steps before it: nothing is lost, what is
//! added is filled, and the ledger agrees.

use std::collections::BTreeMap;

use autonomia::db::{self, Db};
use autonomia::network::totals::{self, TotalsFilter};
use autonomia::network::{programme, verify};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database, DbBackend, Statement, Value};
use time::macros::{date, datetime};

use super::count;
use super::fixtures::{Ids, PEOPLE, Row, fill};
use crate::database::TestDb;

/// A row without the columns that a later step took away.
pub(super) fn left(table: &str, mut row: Row, steps: usize) -> Row {
    let has = |name: &str| {
        let mut made = Migrator::migrations().into_iter().take(steps);
        made.any(|step| step.name().starts_with(name))
    };
    if has("m0014") && table == "cards" {
        row.retain(|(column, _)| *column != "failures");
    }
    row
}

/// What was looked for and not found.
pub(super) fn missed(_: &Ids) -> Vec<(&'static str, Vec<Row>)> {
    let row = vec![
        ("week", Value::from(date!(2026 - 11 - 16))),
        ("lang", Value::from("it")),
        ("words", Value::from("bolletta del gas")),
        ("times", Value::from(4)),
    ];
    vec![("missed_searches", vec![row])]
}

/// Rows of each table; the steps themselves are not counted.
async fn rows(db: &Db) -> BTreeMap<String, i64> {
    let backend = db.read().get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => {
            "SELECT table_name::text AS t FROM information_schema.tables \
             WHERE table_schema = current_schema()"
        }
        _ => {
            "SELECT name AS t FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        }
    };
    let mut rows = BTreeMap::new();
    let tables = db
        .read()
        .query_all_raw(Statement::from_string(backend, sql));
    for row in tables.await.unwrap() {
        let table: String = row.try_get("", "t").unwrap();
        if table != "seaql_migrations" {
            let n = count(db, &table).await;
            rows.insert(table, n);
        }
    }
    rows
}

/// A database filled by the program that had this many steps.
async fn of_step(steps: usize) -> TestDb {
    let db = TestDb::empty().await;
    let connection = Database::connect(db.url()).await.unwrap();
    let some = u32::try_from(steps).unwrap();
    Migrator::up(&connection, Some(some)).await.unwrap();
    fill(&connection, steps).await;
    if steps >= 16 {
        records_to_complete(&connection).await;
    }
    connection.close().await.unwrap();
    db
}

/// From step 16 on a record that lacks something says how many services stand still for it.
async fn records_to_complete(db: &sea_orm::DatabaseConnection) {
    db.execute_unprepared(
        "UPDATE citizens SET held = (SELECT COUNT(*) FROM attendances a \
         JOIN services s ON s.id = a.service_id WHERE a.citizen_id = citizens.id \
         AND a.facilita = 'ready' AND s.voided_at IS NULL) \
         WHERE merged_into IS NULL AND (cf_sealed IS NULL OR education IS NULL \
         OR occupation IS NULL OR citizenship IS NULL OR COALESCE(province, '') = '')",
    )
    .await
    .unwrap();
}

/// The totals have everybody who was reached, and by age and gender as they were.
async fn people_are_counted(db: &Db) {
    assert_eq!(verify::verify(db).await.unwrap(), []);
    let programme = programme::by_code(db.read(), "puglia").await.unwrap();
    let now = datetime!(2026-03-03 09:00 UTC);
    let programme = programme.unwrap();
    let totals = totals::of(db, &programme, TotalsFilter::default(), now).await;
    let people = totals.unwrap().citizens;
    assert_eq!(people.reached, 7);
    let expected = |is: &dyn Fn(&super::fixtures::Known) -> bool| {
        PEOPLE.iter().filter(|one| is(one)).count() as u64
    };
    for row in &people.by_age {
        let wanted = expected(&|one| one.band == row.age.code());
        assert_eq!(row.citizens, wanted, "{:?}", row.age);
    }
    for row in &people.by_gender {
        let letter = row.gender.code();
        let wanted = expected(&|one| !one.band.is_empty() && one.gender.unwrap_or("D") == letter);
        assert_eq!(row.citizens, wanted, "{:?}", row.gender);
    }
}

#[actix_web::test]
async fn a_database_of_every_earlier_step_is_migrated_whole() {
    let all = Migrator::migrations().len();
    for steps in 1..=all {
        let db = of_step(steps).await;
        let before = rows(&db).await;
        db::migrate(&db).await.unwrap();
        let after = rows(&db).await;
        for (table, n) in &before {
            // Sums that were missing are added.
            if table != "people_tallies" {
                assert_eq!(after.get(table), Some(n), "{table}, from step {steps}");
            }
        }
        if steps >= 4 {
            people_are_counted(&db).await;
        }
        // Acts of before are in the chain.
        let chain = crate::audit::verified(&db).await;
        let acts = i64::from((2..12).contains(&steps));
        assert_eq!((chain.broken, chain.head.sequence), (None, acts));
        // A step back loses nothing of the older tables, and up again the sums are there.
        let kept = rows(&db).await;
        db::migrate_down(&db, 1).await.unwrap();
        let down = rows(&db).await;
        for (table, n) in &down {
            assert_eq!(kept.get(table), Some(n), "{table}, down from step {steps}");
        }
        db::migrate(&db).await.unwrap();
        assert_eq!(rows(&db).await, kept, "up again, from step {steps}");
        if steps >= 4 {
            people_are_counted(&db).await;
        }
        db.close().await.unwrap();
    }
}

#[actix_web::test]
async fn every_step_goes_back_and_returns_on_a_filled_database() {
    // Step 9 has what was sent, which is refused: up to it, and down from it, nothing is in the way.
    let all = Migrator::migrations().len();
    let db = of_step(8).await;
    db::migrate(&db).await.unwrap();
    let whole = rows(&db).await;
    let back = u32::try_from(all - 8).unwrap();
    db::migrate_down(&db, back).await.unwrap();
    db::migrate(&db).await.unwrap();
    assert_eq!(rows(&db).await, whole);
    people_are_counted(&db).await;
}

#[actix_web::test]
async fn programs_that_bring_the_schema_up_at_once_all_find_it_whole() {
    for round in 0..3 {
        let db = TestDb::empty().await;
        let migrations = (0..4).map(|_| db::migrate(&db));
        for done in futures_util::future::join_all(migrations).await {
            done.unwrap_or_else(|error| panic!("round {round}: {error}"));
        }
        assert_eq!(db::schema_age(&db).await.unwrap(), db::SchemaAge::Current);
    }
}
