//! A citizen learns at home: from the first lesson to the network's total, once.

use serde_json::json;
use uuid::Uuid;

use crate::app::TestApp;
use crate::key;

#[actix_web::test]
async fn a_passed_quiz_moves_the_total_by_exactly_one() {
    let app = TestApp::new().await;
    let citizen = app.citizen().await;
    let before = app.totals().await;
    let finished = app.pass(&citizen, "spid").await;
    assert_eq!(
        (&finished["score"], &finished["passed"]),
        (&json!(100), &json!(true))
    );
    assert_eq!(
        finished["completion"]["counted"]["new_citizen"],
        json!(true),
        "{finished}"
    );
    let after = app.totals().await;
    assert_eq!(after.citizens, before.citizens + 1);
    assert_eq!(after.services, before.services + 1);
    assert_eq!(after.online, before.online + 1);

    // A second module is a second service, and no second citizen.
    let finished = app.pass(&citizen, "pagamenti-online").await;
    assert_eq!(
        finished["completion"]["counted"]["new_citizen"],
        json!(false)
    );
    // The same module again is nothing at all.
    let again = app.pass(&citizen, "spid").await;
    assert_eq!(
        again["completion"]["counted"]["new_citizen"],
        json!(true),
        "the first one stands"
    );
    let last = app.totals().await;
    assert_eq!(last.citizens, before.citizens + 1);
    assert_eq!(last.services, before.services + 2);
    app.verify_totals().await;
}

#[actix_web::test]
async fn a_failed_quiz_completes_nothing_and_the_best_result_stays() {
    let app = TestApp::new().await;
    let citizen = app.citizen().await;
    let attempt = citizen.start("spid").await;
    let failed = citizen.finish(&attempt).await;
    assert_eq!(
        (&failed["score"], &failed["passed"]),
        (&json!(0), &json!(false))
    );
    assert_eq!(failed["completion"], json!(null));
    assert_eq!(app.totals().await.services, 0);

    app.pass(&citizen, "spid").await;
    let worse = citizen.start("spid").await;
    citizen.finish(&worse).await;
    let progress = citizen.api("/me/progress").await;
    let spid = progress["modules"]
        .as_array()
        .unwrap()
        .iter()
        .find(|m| m["module"] == "spid");
    assert_eq!(spid.unwrap()["quiz_best"], json!(100), "{progress}");
    assert!(spid.unwrap()["completed_at"].is_string());
}

#[actix_web::test]
async fn a_repeated_submission_gives_the_same_answer_and_changes_nothing() {
    let app = TestApp::new().await;
    let guest = app.guest().await;
    let attempt = guest.start("spid").await;
    let shown = &attempt["questions"][0];
    let id = shown["id"].as_str().unwrap();
    let question = app.question("spid", id);
    let (right, wrong) = (key::right(&question, shown), key::wrong(&question, shown));
    let submission = Uuid::new_v4();
    let first = guest
        .submit(&attempt, id, &wrong, submission)
        .await
        .json(200);
    assert_eq!(first["correct"], json!(false));
    // The very same again, and once more with another answer under the same name.
    assert_eq!(
        guest
            .submit(&attempt, id, &wrong, submission)
            .await
            .json(200),
        first
    );
    assert_eq!(
        guest
            .submit(&attempt, id, &right, submission)
            .await
            .json(200),
        first
    );
    // A second thought under a new name is refused: the first answer stands.
    let refused = guest.answer(&attempt, id, &right).await.json(409);
    assert_eq!(refused["status"], json!(409));
    assert_eq!(guest.start("spid").await["answered"], json!([id]));
}

#[actix_web::test]
async fn an_attempt_goes_on_in_another_tab_and_on_another_device() {
    let app = TestApp::new().await;
    let (phone, tablet) = app.citizen_twice().await;
    let begun = phone.start("spid").await;
    let shown = &begun["questions"][3];
    let id = shown["id"].as_str().unwrap();
    let right = key::right(&app.question("spid", id), shown);
    phone.answer(&begun, id, &right).await.json(200);
    let resumed = tablet.start("spid").await;
    assert_eq!(resumed["attempt"], begun["attempt"]);
    assert_eq!(
        resumed["questions"], begun["questions"],
        "the same order on both"
    );
    assert_eq!(resumed["answered"], json!([id]));
    // Both finish: one result, and nothing can be answered after it.
    let first = tablet.finish(&begun).await;
    assert_eq!(phone.finish(&begun).await, first);
    let late = begun["questions"][0]["id"].as_str().unwrap();
    let given = key::right(&app.question("spid", late), &begun["questions"][0]);
    phone.answer(&begun, late, &given).await.json(409);
}

#[actix_web::test]
async fn an_answer_that_does_not_fit_its_question_is_refused_and_costs_nothing() {
    let app = TestApp::new().await;
    let guest = app.guest().await;
    let attempt = guest.start("spid").await;
    for shown in attempt["questions"].as_array().unwrap() {
        let id = shown["id"].as_str().unwrap();
        for given in [
            json!(["nowhere"]),
            json!({ "nowhere": "r1" }),
            json!([]),
            json!(""),
        ] {
            let answer = guest.answer(&attempt, id, &given).await;
            assert!(
                [422, 200].contains(&answer.status.as_u16()),
                "{id} {given}: {}",
                answer.text
            );
            if answer.status == 200 {
                panic!("{id} takes {given}");
            }
        }
    }
    assert_eq!(guest.start("spid").await["answered"], json!([]));
}

#[actix_web::test]
async fn nobody_reads_or_finishes_somebody_elses_attempt() {
    let app = TestApp::new().await;
    let (one, other) = (app.guest().await, app.guest().await);
    let attempt = one.start("spid").await;
    let id = attempt["attempt"].as_str().unwrap();
    other
        .post(&format!("/attempts/{id}/finish"), json!({}))
        .await
        .json(404);
    let question = attempt["questions"][0]["id"].as_str().unwrap();
    other
        .answer(&attempt, question, &json!("a"))
        .await
        .json(404);
    app.visitor()
        .post(&format!("/attempts/{id}/finish"), json!({}))
        .await
        .json(401);
}

#[actix_web::test]
async fn a_lesson_is_read_by_an_explicit_act_once() {
    let app = TestApp::new().await;
    let guest = app.guest().await;
    let lessons = guest.api("/modules/spid").await["lessons"].clone();
    let first = lessons[0]["id"].as_str().unwrap();
    guest.api(&format!("/modules/spid/lessons/{first}")).await;
    assert_eq!(
        guest.api("/me/progress").await["modules"],
        json!([]),
        "looking is not reading"
    );
    for _ in 0..2 {
        let path = format!("/modules/spid/lessons/{first}/read");
        let read = guest.post(&path, json!({})).await.json(200);
        assert_eq!(read["lessons_read"], json!(1));
        assert_eq!(read["lessons"], json!(lessons.as_array().unwrap().len()));
        assert_eq!(read["completed_at"], json!(null));
    }
}

#[actix_web::test]
async fn signing_out_works_at_once() {
    let app = TestApp::new().await;
    let citizen = app.citizen().await;
    citizen.api("/me").await;
    let out = citizen
        .send(awc::http::Method::DELETE, "/api/v1/sessions/current", None)
        .await;
    assert_eq!(out.status.as_u16(), 204);
    assert_eq!(citizen.get("/api/v1/me").await.status.as_u16(), 401);
}

#[actix_web::test]
async fn a_body_that_cannot_be_read_is_refused_with_the_field() {
    let app = TestApp::new().await;
    let guest = app.guest().await;
    let sent = r#"{"question": 3}"#.to_owned();
    let path = "/api/v1/modules/spid/lessons/x-y-z/answers";
    let body = Some(("application/json", sent));
    let refused = guest
        .send(awc::http::Method::POST, path, body)
        .await
        .json(400);
    assert_eq!(
        refused["errors"][0]["field"],
        json!("question"),
        "{refused}"
    );
    let refused = guest.get("/api/v1/modules?level=tall").await.json(400);
    assert_eq!(refused["status"], json!(400));
    let missing = guest.get("/api/v1/nowhere").await.json(404);
    assert!(missing["title"].as_str().unwrap().len() > 3, "{missing}");
}
