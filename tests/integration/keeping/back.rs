//! Steps of the schema are not taken back unawares.

use sea_orm::ConnectionTrait;

use autonomia::db::{self, Loss};

use super::{Place, count};
use crate::database::TestDb;
use crate::process::Process;

#[actix_web::test]
async fn what_was_sent_to_facilita_is_never_forgotten() {
    let place = Place::new();
    let db = TestDb::new().await;
    let few = ["simulate", "--citizens", "200", "--points", "2"];
    place.run(db.url(), &few).exits(0);
    let sent = count(&db, "attendances WHERE facilita <> 'ready'").await;
    assert!(sent > 0);
    let batches = count(&db, "facilita_batches").await;
    let steps = steps_down_to_facilita(&db).await;
    let said = place
        .run(db.url(), &["migrate", "--down", &steps, "--yes"])
        .exits(2);
    assert!(
        said.contains(&format!("{sent} attendances were sent")),
        "{said}"
    );
    assert_eq!(
        count(&db, "attendances WHERE facilita <> 'ready'").await,
        sent
    );
    assert_eq!(count(&db, "facilita_batches").await, batches);
}

/// As many steps as it takes to take back the one with Facilita's files.
async fn steps_down_to_facilita(db: &TestDb) -> String {
    let steps = count(db, "seaql_migrations WHERE version >= 'm0009'").await;
    steps.to_string()
}

#[actix_web::test]
async fn a_step_names_what_it_loses_and_asks() {
    let place = Place::new();
    let db = TestDb::new().await;
    let few = ["simulate", "--citizens", "40", "--points", "2"];
    place.run(db.url(), &few).exits(0);
    let newer = count(&db, "seaql_migrations WHERE version >= 'm0011'").await;
    let steps = u32::try_from(newer).unwrap() + 1;
    let way = db::way_back(&db, steps).await.unwrap();
    let reached = u64::try_from(count(&db, "citizens_reached").await).unwrap();
    let loss = |table: &str, column: Option<&str>, rows: u64| Loss {
        table: table.to_owned(),
        column: column.map(str::to_owned),
        rows,
    };
    let tallies = u64::try_from(count(&db, "people_tallies").await).unwrap();
    for wanted in [
        loss("people_tallies", None, tallies),
        loss("citizens_reached", Some("age_band"), reached),
        loss("installation", None, 1),
    ] {
        assert!(way.losses.contains(&wanted), "{wanted:?}: {way:?}");
    }
    assert_eq!(way.sent, 0);
    // To look is to change nothing.
    assert_eq!(
        count(&db, "people_tallies").await,
        i64::try_from(tallies).unwrap()
    );

    let (down, lost) = (steps.to_string(), format!("people_tallies, {tallies} rows"));
    let asked = place.run(db.url(), &["migrate", "--down", &down]);
    assert!(asked.out().contains(&lost), "{}", asked.out());
    assert!(asked.exits(2).contains("--yes"));
    assert_eq!(
        count(&db, "people_tallies").await,
        i64::try_from(tallies).unwrap()
    );

    let done = place.run(db.url(), &["migrate", "--down", &down, "--yes"]);
    assert!(done.exits(0).contains(&format!("took back {down} steps")));
    // And up again: what the step adds is filled.
    place.run(db.url(), &["migrate"]).exits(0);
    place.run(db.url(), &["totals", "--verify"]).exits(0);
}

#[actix_web::test]
async fn a_database_that_is_served_keeps_its_schema() {
    let place = Place::new();
    let db = TestDb::new().await;
    let mut process = Process::start(&["serve"], &db, &place.path("keys.toml"));
    let down = ["migrate", "--down", "1", "--yes"];
    let said = place.run(db.url(), &down).exits(2);
    assert!(said.contains("stop it first"), "{said}");
    if let Some(file) = db.url().strip_prefix("sqlite:") {
        // By another name too, and where the file of the lock was deleted.
        let link = place.path("link.db");
        std::os::unix::fs::symlink(file, &link).unwrap();
        let by_link = format!("sqlite:{}", link.display());
        let said = place.run(&by_link, &down).exits(2);
        assert!(said.contains("stop it first"), "{said}");
        std::fs::remove_file(format!("{file}.lock")).unwrap();
        let said = place.run(db.url(), &down).exits(2);
        assert!(said.contains("stop it first"), "{said}");
    }
    process.kill();
    drop(process);
    // A killed server leaves no lock behind; a server of a database is told of its end a little later.
    let mut ran = place.run(db.url(), &down);
    for _ in 0..600 {
        if !ran.error().contains("stop it first") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
        ran = place.run(db.url(), &down);
    }
    ran.exits(0);
}

#[actix_web::test]
async fn a_default_of_a_column_is_nothing_to_lose() {
    let db = TestDb::new().await;
    let newer = count(&db, "seaql_migrations WHERE version >= 'm0008'").await;
    db::write(&db, async |tx| {
        tx.execute_unprepared("INSERT INTO retention (kind, days) VALUES ('another', 3)")
            .await
    })
    .await
    .unwrap();
    let way = db::way_back(&db, u32::try_from(newer).unwrap())
        .await
        .unwrap();
    let tables: Vec<_> = way.losses.iter().map(|loss| loss.table.as_str()).collect();
    assert!(tables.contains(&"retention"), "{way:?}");
    assert!(!tables.contains(&"points"), "{way:?}");
    assert!(!tables.contains(&"attendances"), "{way:?}");
}
