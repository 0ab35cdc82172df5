//! `tidy`: what counted for nothing goes after its time, and nothing else.

use autonomia::db;
use autonomia::learning::tidy::{Sweep, Swept, tidy};
use sea_orm::ConnectionTrait;
use serde_json::json;
use time::Duration;
use time::macros::date;

use super::{Place, count};
use crate::app::TestApp;
use crate::database::TestDb;
use crate::key;
use crate::people::Person;
use crate::process::Process;

impl TestApp {
    /// Clears as it would be done so many days later.
    async fn tidied_after(&self, days: i64, sweep: Sweep) -> Swept {
        let now = self.clock.now() + Duration::days(days);
        tidy(&self.db, sweep, now).await.unwrap()
    }
}

#[actix_web::test]
async fn what_counted_stays_and_what_nobody_comes_back_to_goes_after_its_time() {
    let app = TestApp::new().await;
    let citizen = app.citizen().await;
    app.pass(&citizen, "spid").await;
    citizen.start("prenotare-salute").await;
    let idle = app.guest().await;
    let half = app.guest().await;
    let attempt = half.start("spid").await;
    let shown = &attempt["questions"][0];
    let id = shown["id"].as_str().unwrap();
    let given = key::right(&app.question("spid", id), shown);
    half.answer(&attempt, id, &given).await.json(200);
    let (first, second) = (app.guest().await, app.guest().await);
    app.pass(&first, "spid").await;
    app.pass(&second, "pagamenti-online").await;
    db::write(&app.db, async |tx| {
        tx.execute_unprepared("INSERT INTO question_snapshots (hash, question) VALUES ('x', '{}')")
            .await
    })
    .await
    .unwrap();
    let before = app.totals().await;
    let audit = count(&app.db, "audit").await;

    // Today nothing is old but the text that no attempt was served.
    let today = app.tidied_after(0, Sweep::Clear).await;
    assert_eq!(today, Swept::from([("question_snapshots", 1)]));

    // After a fortnight, the guest who did nothing. To count is to change nothing.
    let counted = app.tidied_after(15, Sweep::Count).await;
    assert_eq!(counted.get("guests"), Some(&1), "{counted:?}");
    assert_eq!(app.tidied_after(15, Sweep::Clear).await, counted);
    assert_eq!(idle.get("/api/v1/me").await.status, 401);
    let again = half.start("spid").await;
    assert_eq!(again["attempt"], attempt["attempt"], "the quiz goes on");
    // Progress that was not cleared counts when its owner turns out to be somebody.
    let card = app.card(&Person::born(date!(1954 - 03 - 02), 77)).await;
    app.enter(&first, &card).await;
    let entered = app.totals().await;
    assert_eq!(entered.services, before.services + 1);
    assert_eq!(entered.citizens, before.citizens + 1);

    // After half a year the quiz that was left by a guest; what a guest completed waits longer.
    let swept = app.tidied_after(190, Sweep::Clear).await;
    assert_eq!(swept.get("answers"), Some(&1), "{swept:?}");
    assert_eq!(swept.get("completions of guests"), None, "{swept:?}");
    assert_eq!(half.get("/api/v1/me").await.status, 401);
    assert_eq!(second.get("/api/v1/me").await.status, 200);

    // After ten years only what counted is left, and all of it.
    app.tidied_after(3_650, Sweep::Clear).await;
    assert_eq!(
        count(
            &app.db,
            "learners WHERE citizen_id IS NULL AND account_id IS NULL"
        )
        .await,
        0
    );
    assert_eq!(
        count(&app.db, "attempts WHERE finished_at IS NULL").await,
        0
    );
    assert_eq!(count(&app.db, "sessions").await, 0);
    assert_eq!(count(&app.db, "account_links").await, 0);
    assert_eq!(count(&app.db, "completions").await, 2);
    assert_eq!(count(&app.db, "services").await, 2);
    assert_eq!(count(&app.db, "citizens").await, 2);
    assert!(count(&app.db, "question_snapshots").await > 0);
    assert!(count(&app.db, "audit").await >= audit);
    app.verify_totals().await;
    assert!(app.tidied_after(3_650, Sweep::Clear).await.is_empty());
}

#[actix_web::test]
async fn a_finished_quiz_can_be_read_after_tidying() {
    let app = TestApp::new().await;
    let citizen = app.citizen().await;
    let attempt = app.pass(&citizen, "spid").await;
    assert_eq!(attempt["passed"], json!(true));
    app.tidied_after(5, Sweep::Clear).await;
    let progress = citizen.api("/me/progress").await;
    assert!(
        progress["modules"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["module"] == "spid")
    );
}

#[actix_web::test]
async fn the_rule_is_data_shown_by_the_dry_run_and_changed_by_the_shell() {
    let place = Place::new();
    let db = TestDb::new().await;
    let said = place.run(db.url(), &["tidy", "--dry-run"]).exits(0);
    assert!(
        said.contains("guest            kept for 180 days"),
        "{said}"
    );
    assert!(said.contains("nothing would be cleared"), "{said}");
    assert_eq!(
        count(&db, "installation WHERE tidied_at IS NOT NULL").await,
        0
    );
    let said = place.run(db.url(), &["tidy", "--keep", "guest=9"]).exits(0);
    assert!(said.contains("guest            kept for 9 days"), "{said}");
    assert_eq!(
        count(&db, "retention WHERE kind = 'guest' AND days = 9").await,
        1
    );
    assert_eq!(
        count(&db, "audit WHERE action = 'retention-changed'").await,
        1
    );
    assert_eq!(
        count(&db, "installation WHERE tidied_at IS NOT NULL").await,
        1
    );
    let said = place
        .run(db.url(), &["tidy", "--keep", "services=9"])
        .exits(2);
    assert!(said.contains("nothing called services"), "{said}");
}

#[actix_web::test]
async fn a_server_clears_by_itself_what_a_missed_night_left() {
    let app = TestApp::new().await;
    app.guest().await;
    // Long ago, by the system's clock.
    db::write(&app.db, async |tx| {
        tx.execute_unprepared("UPDATE learners SET created_at = '2020-01-01 00:00:00+00:00'")
            .await?;
        tx.execute_unprepared(
            "UPDATE sessions SET created_at = '2020-01-01 00:00:00+00:00', \
             expires_at = '2020-06-01 00:00:00+00:00'",
        )
        .await
    })
    .await
    .unwrap();
    assert_eq!(count(&app.db, "learners").await, 1);
    let place = Place::new();
    let _process = Process::start(&["serve"], &app.db, &place.path("keys.toml"));
    for _ in 0..300 {
        if count(&app.db, "learners").await == 0 {
            return;
        }
        actix_web::rt::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("nothing was cleared");
}

#[actix_web::test]
async fn one_learner_begins_a_quiz_as_often_as_anybody_answers_it() {
    let app = TestApp::new().await;
    let guest = app.guest().await;
    for _ in 0..20 {
        let attempt = guest
            .post("/modules/spid/attempts", json!({}))
            .await
            .json(201);
        guest.finish(&attempt).await;
    }
    let refused = guest.post("/modules/spid/attempts", json!({})).await;
    assert_eq!(refused.status, 429);
    let wait: i64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=3_600).contains(&wait), "{wait}");
    assert_eq!(count(&app.db, "attempts").await, 20);
    // Another quiz, and another learner, are not concerned; and later it goes on.
    guest
        .post("/modules/pagamenti-online/attempts", json!({}))
        .await
        .json(201);
    app.guest()
        .await
        .post("/modules/spid/attempts", json!({}))
        .await
        .json(201);
    app.clock.set(app.clock.now() + Duration::seconds(wait));
    guest
        .post("/modules/spid/attempts", json!({}))
        .await
        .json(201);
}

#[actix_web::test]
async fn reports_that_wait_are_bounded() {
    let app = TestApp::new().await;
    let rows: Vec<String> = (0..2_000)
        .map(|_| {
            let id = uuid::Uuid::now_v7();
            match app.db.url().starts_with("sqlite:") {
                true => format!(
                    "(X'{}', '/', 'x', '2026-11-21 10:00:00+00:00')",
                    id.simple()
                ),
                false => format!("('{id}', '/', 'x', '2026-11-21 10:00:00+00:00')"),
            }
        })
        .collect();
    db::write(&app.db, async move |tx| {
        let rows = rows.join(", ");
        let sql = format!("INSERT INTO reports (id, page, text, sent_at) VALUES {rows}");
        tx.execute_unprepared(&sql).await
    })
    .await
    .unwrap();
    let new = autonomia::network::report::NewReport {
        text: "Non si legge.".to_owned(),
        ..Default::default()
    };
    let now = app.clock.now();
    let sent = autonomia::network::report::send(&app.db, &new, now).await;
    assert!(matches!(
        sent,
        Err(autonomia::network::report::ReportError::Full)
    ));
    assert_eq!(count(&app.db, "reports").await, 2_000);
}
