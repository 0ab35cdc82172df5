//! Who counts, when, and what everybody else is told.

use autonomia::network::programme::{CompletionRule, LessonsRule};
use serde_json::{Value, json};
use time::macros::{date, datetime};

use crate::app::TestApp;
use crate::people::Person;

/// What the completion says of its counting: a service, or the reason.
fn reason(finished: &Value) -> &str {
    assert_eq!(finished["passed"], json!(true), "{finished}");
    assert_eq!(finished["completion"]["counted"], json!(null), "{finished}");
    let why = &finished["completion"]["not_counted"];
    assert!(
        why["detail"].as_str().unwrap().len() > 20,
        "told in a sentence: {why}"
    );
    why["reason"].as_str().unwrap()
}

#[actix_web::test]
async fn a_guest_who_enters_with_a_card_keeps_the_progress_and_it_counts() {
    let app = TestApp::new().await;
    let guest = app.guest().await;
    let finished = app.pass(&guest, "spid").await;
    assert_eq!(reason(&finished), "guest");
    let half = guest.start("pagamenti-online").await;
    let question = half["questions"][0]["id"].as_str().unwrap();
    let key = app.question("pagamenti-online", question);
    let given = crate::key::right(&key, &half["questions"][0]);
    guest.answer(&half, question, &given).await.json(200);
    let lessons = guest.api("/modules/pagamenti-online").await["lessons"].clone();
    let lesson = lessons[0]["id"].as_str().unwrap();
    guest
        .post(
            &format!("/modules/pagamenti-online/lessons/{lesson}/read"),
            json!({}),
        )
        .await
        .json(200);
    assert_eq!(app.totals().await.services, 0);

    let card = app.card(&Person::born(date!(1954 - 03 - 02), 1)).await;
    let citizen = app.enter(&guest, &card).await;
    let totals = app.totals().await;
    assert_eq!((totals.citizens, totals.services), (1, 1));
    let progress = citizen.api("/me/progress").await;
    let module = |id: &str| {
        let modules = progress["modules"].as_array().unwrap();
        modules
            .iter()
            .find(|module| module["module"] == id)
            .cloned()
            .unwrap()
    };
    assert!(module("spid")["completed_at"].is_string(), "{progress}");
    assert_eq!(module("pagamenti-online")["lessons_read"], json!(1));
    let resumed = citizen.start("pagamenti-online").await;
    assert_eq!(resumed["attempt"], half["attempt"]);
    assert_eq!(resumed["answered"], json!([question]));
    // The guest's token opens nothing any more.
    assert_eq!(guest.get("/api/v1/me").await.status.as_u16(), 401);
    app.verify_totals().await;
}

#[actix_web::test]
async fn entering_twice_moves_nothing_twice() {
    let app = TestApp::new().await;
    let guest = app.guest().await;
    app.pass(&guest, "spid").await;
    let card = app.card(&Person::born(date!(1954 - 03 - 02), 1)).await;
    let first = app.enter(&guest, &card).await;
    app.pass(&first, "spid").await;
    let other = app.guest().await;
    app.pass(&other, "spid").await;
    app.enter(&other, &card).await;
    let totals = app.totals().await;
    assert_eq!((totals.citizens, totals.services), (1, 1));
    app.verify_totals().await;
}

#[actix_web::test]
async fn somebody_too_young_or_too_old_learns_does_not_count_and_is_told_why() {
    let app = TestApp::new().await;
    // The clock stands on 21 November 2026; the programme counts 18 to 74.
    let cases = [
        (date!(2008 - 11 - 22), Some("too-young")),
        (date!(2008 - 11 - 21), None),
        (date!(1951 - 11 - 22), None),
        (date!(1951 - 11 - 21), Some("too-old")),
    ];
    for (number, (birth, expected)) in (0..).zip(cases) {
        let mut record = Person::born(birth, number).record(app.point());
        // The code of a minor may be that of somebody a hundred years older.
        record["birth_date"] = birth.to_string().into();
        let (_, citizen) = app.citizen_from(record).await;
        let finished = app.pass(&citizen, "spid").await;
        match expected {
            Some(expected) => assert_eq!(reason(&finished), expected, "{birth}"),
            None => assert!(
                finished["completion"]["counted"].is_object(),
                "{birth}: {finished}"
            ),
        }
        let progress = citizen.api("/me/progress").await;
        assert!(
            progress["modules"][0]["completed_at"].is_string(),
            "it is learned all the same"
        );
    }
    assert_eq!(app.totals().await.citizens, 2);
    app.verify_totals().await;
}

#[actix_web::test]
async fn what_is_done_before_or_after_the_programme_does_not_count() {
    let cases = [
        (datetime!(2022-12-31 10:00 UTC), "before-programme"),
        // Half past midnight in Rome, still the last day in London: days are those of Rome.
        (datetime!(2027-06-30 22:30 UTC), "after-programme"),
    ];
    for (when, expected) in cases {
        let app = TestApp::new().await;
        app.clock.set(when);
        let citizen = app.citizen().await;
        let finished = app.pass(&citizen, "spid").await;
        assert_eq!(reason(&finished), expected);
        assert_eq!(app.totals().await.services, 0);
    }
}

#[actix_web::test]
async fn a_programme_that_asks_for_the_lessons_counts_when_the_last_one_is_read() {
    let rule = CompletionRule {
        lessons: LessonsRule::All,
        retroactive: true,
    };
    let app = TestApp::with_rule(rule).await;
    let citizen = app.citizen().await;
    let finished = app.pass(&citizen, "spid").await;
    assert_eq!(reason(&finished), "lessons-unread");
    let lessons = citizen.api("/modules/spid").await["lessons"].clone();
    for lesson in lessons.as_array().unwrap() {
        assert_eq!(app.totals().await.services, 0);
        let path = format!(
            "/modules/spid/lessons/{}/read",
            lesson["id"].as_str().unwrap()
        );
        citizen.post(&path, json!({})).await.json(200);
    }
    let totals = app.totals().await;
    assert_eq!((totals.citizens, totals.services), (1, 1));
    app.verify_totals().await;
}

#[actix_web::test]
async fn a_programme_that_does_not_look_back_leaves_out_what_a_guest_did() {
    let rule = CompletionRule {
        lessons: LessonsRule::None,
        retroactive: false,
    };
    let app = TestApp::with_rule(rule).await;
    let guest = app.guest().await;
    app.pass(&guest, "spid").await;
    app.clock.set(datetime!(2026-11-22 10:00 UTC));
    let card = app.card(&app.somebody()).await;
    let citizen = app.enter(&guest, &card).await;
    let progress = citizen.api("/me/progress").await;
    let why = &progress["modules"][0]["completion"]["not_counted"]["reason"];
    assert_eq!(*why, json!("before-verification"), "{progress}");
    // What is done from now on counts.
    let finished = app.pass(&citizen, "pagamenti-online").await;
    assert!(finished["completion"]["counted"].is_object());
    let totals = app.totals().await;
    assert_eq!((totals.citizens, totals.services), (1, 1));
}

#[actix_web::test]
async fn without_a_codice_fiscale_it_counts_from_the_day_it_is_known() {
    let app = TestApp::new().await;
    let person = Person::born(date!(1970 - 05 - 05), 3);
    let mut record = person.record(app.point());
    record.as_object_mut().unwrap().remove("codice_fiscale");
    let (id, citizen) = app.citizen_from(record).await;
    let finished = app.pass(&citizen, "spid").await;
    assert_eq!(reason(&finished), "no-codice-fiscale");
    assert_eq!(app.totals().await.services, 0);
    assert_eq!(app.totals().await.eligible_unverified, 1);

    let desk = app.facilitator().await;
    let change = json!({ "codice_fiscale": person.codice_fiscale });
    let path = format!("/api/v1/citizens/{id}");
    let body = Some(("application/json", change.to_string()));
    desk.send(awc::http::Method::PATCH, &path, body)
        .await
        .json(200);
    let totals = app.totals().await;
    assert_eq!(
        (totals.citizens, totals.services, totals.eligible_unverified),
        (1, 1, 0)
    );
    app.verify_totals().await;
}

#[actix_web::test]
async fn both_forms_of_a_codice_fiscale_are_one_person() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let person = Person::born(date!(1970 - 05 - 05), 3);
    let first = desk
        .post("/citizens", person.record(app.point()))
        .await
        .json(201);
    let again = desk
        .post("/citizens", person.record(app.point()))
        .await
        .json(409);
    assert_eq!(again["id"], first["id"], "{again}");
}

#[actix_web::test]
async fn a_citizen_reached_online_and_at_the_desk_counts_once() {
    let app = TestApp::new().await;
    let person = Person::born(date!(1966 - 06 - 06), 4);
    let (id, citizen) = app.citizen_from(person.record(app.point())).await;
    let desk = app.facilitator().await;
    let service = json!({
        "kind": "individual", "point": app.point(), "date": "2026-11-20", "minutes": 30,
        "competences": ["2.6"], "domains": ["S"], "title": "Primo accesso", "citizens": [id],
    });
    let recorded = desk.post("/services", service).await.json(201);
    assert_eq!(
        recorded["attendances"][0]["new_citizen"],
        json!(true),
        "{recorded}"
    );
    let finished = app.pass(&citizen, "spid").await;
    assert_eq!(
        finished["completion"]["counted"]["new_citizen"],
        json!(false),
        "{finished}"
    );
    let totals = app.totals().await;
    assert_eq!((totals.citizens, totals.services, totals.online), (1, 2, 1));

    // A mistake at the desk is voided: the citizen stays reached, by what remains.
    let path = format!("/services/{}/void", recorded["service"].as_str().unwrap());
    desk.post(&path, json!({ "reason": "registrato due volte" }))
        .await
        .json(200);
    let totals = app.totals().await;
    assert_eq!((totals.citizens, totals.services, totals.online), (1, 1, 1));
    app.verify_totals().await;
}

#[actix_web::test]
async fn another_points_citizens_and_services_are_as_if_they_were_not_there() {
    let app = TestApp::new().await;
    let (desk, other) = (app.facilitator().await, app.other_facilitator().await);
    let (id, citizen) = app.citizen_from(app.somebody().record(app.point())).await;
    let finished = app.pass(&citizen, "spid").await;
    let service = finished["completion"]["counted"]["service"]
        .as_str()
        .unwrap();
    desk.api(&format!("/citizens/{id}")).await;
    assert_eq!(
        other
            .get(&format!("/api/v1/citizens/{id}"))
            .await
            .status
            .as_u16(),
        404
    );
    other
        .post(&format!("/citizens/{id}/card"), json!({}))
        .await
        .json(404);
    let reason = json!({ "reason": "non mio" });
    other
        .post(&format!("/services/{service}/void"), reason.clone())
        .await
        .json(404);
    assert_eq!(other.api("/citizens?q=").await["citizens"], json!([]));
    let elsewhere = app.somebody().record(app.point());
    other.post("/citizens", elsewhere).await.json(422);
    for who in [app.visitor(), app.guest().await] {
        assert_eq!(
            who.get(&format!("/api/v1/citizens/{id}"))
                .await
                .status
                .as_u16(),
            401
        );
    }
    assert_eq!(
        citizen
            .get(&format!("/api/v1/citizens/{id}"))
            .await
            .status
            .as_u16(),
        403
    );
    assert_eq!(app.totals().await.services, 1);
}
