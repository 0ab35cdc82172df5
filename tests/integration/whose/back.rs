//! Giving back what was taken over.

use autonomia::db::entities::{learners, services, takeovers};
use autonomia::learning::tidy::{Sweep, tidy};
use autonomia::network::programme::{CompletionRule, LessonsRule};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use time::Duration;

use super::{by_card, holder, learned, modules, says};
use crate::app::TestApp;
use crate::browser::{Browser, Seen};
use crate::office::{DESK, OTHER, coordinator, entered, known_to_facilita};

/// Somebody with a card, by id.
pub(super) async fn somebody(app: &TestApp, record: Value) -> (String, Value) {
    let desk = app.facilitator().await;
    let id = desk.post("/citizens", record).await.json(201)["id"].clone();
    let id = id.as_str().unwrap().to_owned();
    let path = format!("/citizens/{id}/card");
    let card = desk.post(&path, json!({})).await.json(201);
    (id, json!({ "card": card["card"], "pin": card["pin"] }))
}

/// Somebody who said that what a guest did was theirs: their id, and the browser.
async fn taken_over(app: &TestApp) -> (String, Browser) {
    let (id, card) = somebody(app, app.somebody().record(app.point())).await;
    let browser = learned(app).await;
    by_card(&browser, &card).await;
    says(&browser, "si").await.expect(200, "Completati");
    (id, browser)
}

/// The address that gives back, as a page has it.
fn way_back(page: &Seen) -> String {
    let all = page.all("<a href=\"", '"');
    let found = all.into_iter().find(|href| href.contains("/presi/"));
    found.unwrap_or_else(|| panic!("{}", page.text))
}

fn done(module: &str) -> (String, bool) {
    (module.to_owned(), true)
}

#[actix_web::test]
async fn the_desk_gives_back_and_services_totals_and_progress_follow_at_once_and_once() {
    let app = TestApp::new().await;
    let (id, card) = somebody(&app, app.somebody().record(app.point())).await;
    // What the person had themselves.
    let person = app.enter(&app.visitor(), &card).await;
    app.pass(&person, "pagamenti-online").await;
    let read = "/modules/spid/lessons/che-cose-spid/read";
    person.post(read, json!({})).await.json(200);
    let (own, before) = (person.api("/me/progress").await, app.totals().await);
    let browser = learned(&app).await;
    by_card(&browser, &card).await;
    says(&browser, "si").await.expect(200, "Completati");
    let taken = app.totals().await;
    assert_eq!(
        (taken.citizens, taken.online),
        (before.citizens, before.online + 1)
    );

    let desk = entered(&app, DESK).await;
    let record = format!("/punto/cittadini/{id}");
    let page = desk.get(&record).await.expect(200, "Corso finito: «SPID");
    let back = way_back(&page);
    desk.get(&back).await.expect(200, "Sì, restituisci");
    for _ in 0..2 {
        let page = desk.post(&back, &[]).await;
        assert_eq!(page.at, back);
        page.expect(200, "Fatto. Questi corsi non sono più nel percorso.");
        assert_eq!(app.totals().await, before);
        assert_eq!(person.api("/me/progress").await, own);
    }
    app.verify_totals().await;
    // Nothing is deleted: the service is there, void, with who and why.
    let rows = services::Entity::find().all(app.db.read()).await.unwrap();
    let void: Vec<_> = rows.iter().filter(|row| row.voided_at.is_some()).collect();
    assert_eq!((rows.len(), void.len()), (2, 1));
    assert!(void[0].voided_by.is_some() && void[0].completion_id.is_some());
    let why = void[0].void_reason.clone().unwrap();
    let page = desk.get(&format!("/punto/servizi/{}", void[0].id)).await;
    assert_eq!(why, "void-given-back");
    page.expect(200, "Lo aveva fatto un altro sullo stesso dispositivo.");
    let page = desk.get(&record).await;
    assert!(!page.says("/presi/"));
    // The person's story has both, with who gave it back.
    for line in ["Ha detto suo quello", "Restituito quello fatto"] {
        assert!(page.says(line), "{line} {}", page.text);
    }
}

#[actix_web::test]
async fn the_person_gives_back_within_thirty_days_and_nobody_elses() {
    let app = TestApp::new().await;
    let (id, browser) = taken_over(&app).await;
    let (other_id, other) = taken_over(&app).await;
    let before = app.totals().await;
    let back = way_back(&browser.get("/mio-percorso").await);

    // Another person, their record, and another point's desk.
    assert_eq!(other.post(&back, &[]).await.status, 404);
    let takeover = back.rsplit('/').next().unwrap();
    let wrong = format!("/punto/cittadini/{other_id}/presi/{takeover}");
    assert_eq!(
        entered(&app, DESK).await.post(&wrong, &[]).await.status,
        404
    );
    let theirs = format!("/punto/cittadini/{id}/presi/{takeover}");
    assert_eq!(
        entered(&app, OTHER).await.post(&theirs, &[]).await.status,
        404
    );
    assert_eq!(app.totals().await, before);

    browser.post(&back, &[]).await.expect(200, "Fatto.");
    assert_eq!(modules(&holder(&app, &browser)).await, []);
    let after = app.totals().await;
    assert_eq!(
        (after.citizens, after.services),
        (before.citizens - 1, before.services - 1)
    );
    app.verify_totals().await;
    // Who took it out is the person themselves.
    let rows = services::Entity::find().all(app.db.read()).await.unwrap();
    let void = rows.iter().find(|row| row.voided_at.is_some()).unwrap();
    assert_eq!(void.voided_by, None);
    let page = entered(&app, DESK)
        .await
        .get(&format!("/punto/servizi/{}", void.id))
        .await;
    page.expect(200, "La persona stessa");

    // Thirty days are thirty days.
    let now = app.clock.now();
    let desk = format!("/punto/cittadini/{other_id}");
    app.clock.set(now + Duration::days(30));
    let last = way_back(&entered(&app, DESK).await.get(&desk).await);
    app.clock
        .set(now + Duration::days(30) + Duration::seconds(1));
    let late = entered(&app, DESK).await;
    assert!(!late.get(&desk).await.says("/presi/"));
    late.get(&last)
        .await
        .expect(200, "Sono passati più di 30 giorni");
    assert_eq!(late.post(&last, &[]).await.status, 409);
    let rows = services::Entity::find().all(app.db.read()).await.unwrap();
    let stands = rows.iter().filter(|row| row.voided_at.is_none());
    assert_eq!(stands.count(), 1);
    app.verify_totals().await;
}

#[actix_web::test]
async fn what_facilita_has_already_is_listed_to_be_taken_out_there() {
    let app = TestApp::new().await;
    known_to_facilita(&app).await;
    let (id, _) = taken_over(&app).await;
    let office = app.coordinator().await;
    let span = json!({ "programme": "puglia", "from": "2026-11-01", "to": "2026-11-30" });
    let made = office.post("/facilita/batches", span).await.json(201);
    assert_eq!(made["rows"], json!(1), "{made}");
    let path = format!(
        "/facilita/batches/{}/rejects?none=true",
        made["batch"].as_str().unwrap()
    );
    office
        .send(awc::http::Method::POST, &format!("/api/v1{path}"), None)
        .await
        .json(200);

    let room = coordinator(&app).await;
    assert!(
        !room
            .get("/rete/facilita")
            .await
            .says("/rete/facilita/tolti/")
    );
    let page = room.get(&format!("/punto/cittadini/{id}")).await;
    room.post(&way_back(&page), &[]).await.expect(200, "Fatto.");
    let listed = room.get("/rete/facilita").await;
    assert_eq!(listed.all("action=\"/rete/facilita/tolti/", '"').len(), 1);
    assert_eq!(app.totals().await.services, 0);
    app.verify_totals().await;
}

#[actix_web::test]
async fn a_merge_before_giving_back_loses_nothing_and_undoing_it_brings_nothing_back() {
    let app = TestApp::new().await;
    let mut record = app.somebody().record(app.point());
    record.as_object_mut().unwrap().remove("codice_fiscale");
    let (merged, card) = somebody(&app, record).await;
    let (kept, own_card) = somebody(&app, app.somebody().record(app.point())).await;
    let person = app.enter(&app.visitor(), &own_card).await;
    // Both have read the first lesson.
    let read = "/modules/spid/lessons/che-cose-spid/read";
    person.post(read, json!({})).await.json(200);
    let (own, before) = (person.api("/me/progress").await, app.totals().await);
    let browser = learned(&app).await;
    by_card(&browser, &card).await;
    says(&browser, "si").await.expect(200, "Completati");

    let desk = app.facilitator().await;
    let merge = format!("/citizens/{kept}/merge");
    let made = desk
        .post(&merge, json!({ "other": merged }))
        .await
        .json(201);
    assert_eq!(
        app.totals().await.online,
        before.online + 1,
        "it counts with the code"
    );
    let page = entered(&app, DESK).await;
    let back = way_back(&page.get(&format!("/punto/cittadini/{kept}")).await);
    page.post(&back, &[]).await.expect(200, "Fatto.");
    assert_eq!(person.api("/me/progress").await, own);
    assert_eq!(app.totals().await, before);
    app.verify_totals().await;

    let undo = format!("/api/v1{merge}/{}", made["merge"].as_str().unwrap());
    let undone = desk.send(awc::http::Method::DELETE, &undo, None).await;
    assert!(undone.status.is_success(), "{}", undone.text);
    assert_eq!(person.api("/me/progress").await, own);
    let parted = desk.get(&format!("/punto/cittadini/{merged}")).await;
    assert!(!parted.text.contains("SPID"), "{}", parted.text);
    assert_eq!(app.totals().await, before);
    app.verify_totals().await;
}

#[actix_web::test]
async fn what_the_person_did_themselves_stays_and_counts_by_itself() {
    let app = TestApp::new().await;
    let (id, browser) = taken_over(&app).await;
    let person = holder(&app, &browser);
    app.clock.set(app.clock.now() + Duration::minutes(10));
    app.pass(&person, "spid").await;
    let before = app.totals().await;
    let back = way_back(&browser.get("/mio-percorso").await);
    browser.post(&back, &[]).await.expect(200, "Fatto.");
    // Their own quiz completes the module, from when they passed it.
    assert_eq!(modules(&person).await, [done("spid")]);
    let at = person.api("/me/progress").await["modules"][0]["completed_at"].clone();
    assert_eq!(at, json!("2026-11-21T10:10:00Z"));
    assert_eq!(app.totals().await, before);
    app.verify_totals().await;
    let desk = entered(&app, DESK).await;
    let page = desk.get(&format!("/punto/cittadini/{id}")).await;
    assert!(!page.says("/presi/"));
}

#[actix_web::test]
async fn what_counted_only_with_the_lessons_of_another_counts_no_more() {
    let rule = CompletionRule {
        lessons: LessonsRule::All,
        retroactive: true,
    };
    let app = TestApp::with_rule(rule).await;
    let (_, card) = somebody(&app, app.somebody().record(app.point())).await;
    let person = app.enter(&app.visitor(), &card).await;
    app.pass(&person, "spid").await;
    assert_eq!(app.totals().await.services, 0);
    let browser = Browser::new(&app);
    browser.post("/moduli/spid/che-cose-spid/letta", &[]).await;
    let guest = holder(&app, &browser);
    for lesson in guest.api("/modules/spid").await["lessons"]
        .as_array()
        .unwrap()
    {
        let path = format!(
            "/modules/spid/lessons/{}/read",
            lesson["id"].as_str().unwrap()
        );
        guest.post(&path, json!({})).await.json(200);
    }
    by_card(&browser, &card).await;
    says(&browser, "si").await.expect(200, "Completati");
    assert_eq!(app.totals().await.services, 1);
    let back = way_back(&browser.get("/mio-percorso").await);
    browser.post(&back, &[]).await.expect(200, "Fatto.");
    assert_eq!(app.totals().await.services, 0);
    app.verify_totals().await;
    // The completion is theirs, and counts the day they read the lessons themselves.
    assert_eq!(modules(&person).await, [done("spid")]);
    for lesson in person.api("/modules/spid").await["lessons"]
        .as_array()
        .unwrap()
    {
        let path = format!(
            "/modules/spid/lessons/{}/read",
            lesson["id"].as_str().unwrap()
        );
        person.post(&path, json!({})).await.json(200);
    }
    assert_eq!(app.totals().await.services, 1);
    app.verify_totals().await;
}

#[actix_web::test]
async fn tidy_keeps_what_could_come_back_and_what_was_taken_over_is_remembered() {
    let app = TestApp::new().await;
    let (_, browser) = taken_over(&app).await;
    let (_, other) = taken_over(&app).await;
    let guests = async || {
        let all = learners::Entity::find().all(app.db.read()).await.unwrap();
        all.iter()
            .filter(|row| row.citizen_id.is_none() && row.account_id.is_none())
            .count()
    };
    let later = |days| app.clock.now() + Duration::days(days);
    let back = way_back(&browser.get("/mio-percorso").await);
    tidy(&app.db, Sweep::Clear, later(29)).await.unwrap();
    assert_eq!(guests().await, 2);
    browser.post(&back, &[]).await.expect(200, "Fatto.");
    tidy(&app.db, Sweep::Clear, later(400)).await.unwrap();
    // The one that was given back has a void service, which stays with what proves it.
    assert_eq!(guests().await, 1);
    let taken = takeovers::Entity::find().all(app.db.read()).await.unwrap();
    assert_eq!(taken.len(), 2);
    assert!(taken.iter().all(|row| row.answer == "yes"));
    assert_eq!(app.totals().await.services, 1);
    app.verify_totals().await;
    drop(other);
}
