//! Everything at once: one completion, one service, one citizen.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use serde_json::json;
use uuid::Uuid;

use crate::app::TestApp;
use crate::key;

#[actix_web::test]
async fn sixteen_finishes_at_once_count_once() {
    let app = TestApp::new().await;
    let citizen = app.citizen().await;
    let attempt = app.answer_all(&citizen, "spid").await;
    let finished = join_all((0..16).map(|_| citizen.finish(&attempt))).await;
    for one in &finished {
        assert_eq!(one, &finished[0]);
    }
    assert_eq!(
        finished[0]["completion"]["counted"]["new_citizen"],
        json!(true)
    );
    let totals = app.totals().await;
    assert_eq!((totals.citizens, totals.services), (1, 1));
    app.verify_totals().await;
}

#[actix_web::test]
async fn one_citizen_who_finishes_three_modules_at_once_is_reached_once() {
    let app = TestApp::new().await;
    let citizen = app.citizen().await;
    let modules = ["spid", "pagamenti-online", "prenotare-salute"];
    let mut attempts = Vec::new();
    for module in modules {
        attempts.push(app.answer_all(&citizen, module).await);
    }
    let finished = join_all(attempts.iter().map(|attempt| citizen.finish(attempt))).await;
    let new = finished
        .iter()
        .filter(|one| one["completion"]["counted"]["new_citizen"] == json!(true));
    assert_eq!(new.count(), 1);
    let services: BTreeSet<_> = finished
        .iter()
        .map(|one| {
            one["completion"]["counted"]["service"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(services.len(), 3);
    let totals = app.totals().await;
    assert_eq!((totals.citizens, totals.services), (1, 3));
    app.verify_totals().await;
}

#[actix_web::test]
async fn sixteen_citizens_who_finish_at_once_are_sixteen() {
    let app = TestApp::new().await;
    let mut ready = Vec::new();
    for _ in 0..16 {
        let citizen = app.citizen().await;
        let attempt = app.answer_all(&citizen, "spid").await;
        ready.push((citizen, attempt));
    }
    join_all(
        ready
            .iter()
            .map(|(citizen, attempt)| citizen.finish(attempt)),
    )
    .await;
    let totals = app.totals().await;
    assert_eq!((totals.citizens, totals.services), (16, 16));
    app.verify_totals().await;
}

#[actix_web::test]
async fn one_submission_sent_sixteen_times_at_once_is_one_answer() {
    let app = TestApp::new().await;
    let guest = app.guest().await;
    let attempt = guest.start("spid").await;
    let shown = &attempt["questions"][0];
    let id = shown["id"].as_str().unwrap();
    let given = key::right(&app.question("spid", id), shown);
    let submission = Uuid::new_v4();
    let answers = join_all((0..16).map(|_| guest.submit(&attempt, id, &given, submission))).await;
    let answers: Vec<_> = answers.into_iter().map(|answer| answer.json(200)).collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]));
}

#[actix_web::test]
async fn of_sixteen_tabs_that_answer_the_same_question_one_wins() {
    let app = TestApp::new().await;
    let guest = app.guest().await;
    let attempt = guest.start("spid").await;
    let shown = &attempt["questions"][0];
    let id = shown["id"].as_str().unwrap();
    let given = key::right(&app.question("spid", id), shown);
    let answers = join_all((0..16).map(|_| guest.answer(&attempt, id, &given))).await;
    let statuses: Vec<u16> = answers
        .iter()
        .map(|answer| answer.status.as_u16())
        .collect();
    assert_eq!(
        statuses.iter().filter(|status| **status == 200).count(),
        1,
        "{statuses:?}"
    );
    assert_eq!(
        statuses.iter().filter(|status| **status == 409).count(),
        15,
        "{statuses:?}"
    );
}

#[actix_web::test]
async fn two_tabs_that_begin_at_once_share_one_attempt() {
    let app = TestApp::new().await;
    let guest = app.guest().await;
    let begun = join_all((0..8).map(|_| guest.start("spid"))).await;
    let attempts: BTreeSet<_> = begun.iter().map(|one| one["attempt"].to_string()).collect();
    assert_eq!(attempts.len(), 1);
}

#[actix_web::test]
async fn answers_and_a_finish_at_once_leave_a_score_that_their_points_add_up_to() {
    let app = TestApp::new().await;
    for _ in 0..4 {
        let guest = app.guest().await;
        let attempt = guest.start("spid").await;
        let questions = attempt["questions"].as_array().unwrap();
        let answers = questions.iter().map(|shown| {
            let id = shown["id"].as_str().unwrap();
            let given = key::right(&app.question("spid", id), shown);
            let (guest, attempt) = (&guest, &attempt);
            async move { guest.answer(attempt, id, &given).await }
        });
        let (answers, finished) =
            futures_util::future::join(join_all(answers), guest.finish(&attempt)).await;
        let max: u64 = questions
            .iter()
            .map(|shown| u64::from(app.question("spid", shown["id"].as_str().unwrap()).points))
            .sum();
        let points: u64 = answers
            .into_iter()
            .filter(|answer| answer.status == 200)
            .map(|answer| answer.json(200)["points"].as_u64().unwrap())
            .sum();
        assert_eq!(finished["score"].as_u64().unwrap(), points * 100 / max);
    }
}
