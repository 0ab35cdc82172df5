//! What was completed since on the strength of what is given back, or of a merge that is undone.

use autonomia::db;
use autonomia::db::entities::{attempts, completions, learners, services, takeovers};
use autonomia::domain::ids::{LearnerId, TakeoverId};
use autonomia::learning::tidy::{Sweep, tidy};
use autonomia::network::programme::{CompletionRule, LessonsRule};
use awc::http::Method;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QueryOrder};
use serde_json::{Value, json};
use time::Duration;

use super::back::somebody;
use super::{by_card, holder, modules, says};
use crate::actor::Actor;
use crate::app::TestApp;
use crate::browser::Browser;
use crate::office::{DESK, entered};

const ALL_LESSONS: CompletionRule = CompletionRule {
    lessons: LessonsRule::All,
    retroactive: true,
};

/// Gives back what was taken over so many-th, at the desk.
async fn gives_back(app: &TestApp, person: &str, which: usize) {
    let id = taken(app).await[which];
    let path = format!("/punto/cittadini/{person}/presi/{id}");
    let desk = entered(app, DESK).await;
    desk.post(&path, &[]).await.expect(200, "Fatto.");
}

async fn taken(app: &TestApp) -> Vec<TakeoverId> {
    let all = takeovers::Entity::find().order_by_asc(takeovers::Column::Id);
    let all = all.all(app.db.read()).await.unwrap();
    all.into_iter().map(|row| row.id).collect()
}

/// Every completion that a quiz proves has the quiz of the same learner beside it, or of whoever took
/// them over; what stands in the ledger is a citizen's; the totals are what a recount says.
async fn is_sound(app: &TestApp) {
    let read = app.db.read();
    let done = completions::Entity::find().all(read).await.unwrap();
    let made = attempts::Entity::find().all(read).await.unwrap();
    let known = learners::Entity::find().all(read).await.unwrap();
    let whose = |row: &completions::Model| {
        let proof = made.iter().find(|one| Some(one.id) == row.attempt_id);
        let learner = known.iter().find(|one| one.id == row.learner_id).unwrap();
        proof.is_none_or(|proof| {
            proof.learner_id == learner.id || Some(proof.learner_id) == learner.moved_to
        })
    };
    assert!(done.iter().all(whose), "{done:?}");
    let known = |id: LearnerId| {
        known
            .iter()
            .any(|row| row.id == id && row.citizen_id.is_some())
    };
    for service in services::Entity::find().all(read).await.unwrap() {
        if service.voided_at.is_none() {
            let row = done
                .iter()
                .find(|row| Some(row.id) == service.completion_id);
            assert!(row.is_some_and(|row| known(row.learner_id)), "{service:?}");
        }
    }
    app.verify_totals().await;
}

async fn reads_all(who: &Actor) {
    for lesson in who.api("/modules/spid").await["lessons"]
        .as_array()
        .unwrap()
    {
        let id = lesson["id"].as_str().unwrap();
        let path = format!("/modules/spid/lessons/{id}/read");
        who.post(&path, json!({})).await.json(200);
    }
}

async fn lessons_read(who: &Actor) -> Value {
    let progress = who.api("/me/progress").await;
    let modules = progress["modules"].as_array().unwrap();
    let spid = modules.iter().find(|one| one["module"] == json!("spid"));
    spid.map_or(json!(0), |one| one["lessons_read"].clone())
}

#[actix_web::test]
async fn the_quizzes_of_two_guests_that_were_taken_over_are_given_back_one_after_the_other() {
    for first in [0, 1] {
        let app = TestApp::new().await;
        let (id, card) = somebody(&app, app.somebody().record(app.point())).await;
        let mut person = app.visitor();
        for _ in 0..2 {
            let guest = app.guest().await;
            app.pass(&guest, "spid").await;
            person = app.enter(&guest, &card).await;
        }
        assert_eq!(app.totals().await.services, 1);
        gives_back(&app, &id, first).await;
        is_sound(&app).await;
        assert_eq!(
            app.totals().await.services,
            1,
            "the other quiz completes it"
        );
        gives_back(&app, &id, 1 - first).await;
        is_sound(&app).await;
        assert_eq!(app.totals().await.services, 0);
        assert_eq!(modules(&person).await, []);
    }
}

#[actix_web::test]
async fn a_quiz_that_the_person_only_finished_goes_back_with_its_completion_and_tidy_goes_on() {
    let app = TestApp::new().await;
    let (id, card) = somebody(&app, app.somebody().record(app.point())).await;
    let guest = app.guest().await;
    let attempt = app.answer_all(&guest, "spid").await;
    let person = app.enter(&guest, &card).await;
    assert_eq!(person.finish(&attempt).await["passed"], json!(true));
    assert_eq!(app.totals().await.services, 1);
    gives_back(&app, &id, 0).await;
    is_sound(&app).await;
    assert_eq!(app.totals().await.services, 0);
    assert_eq!(modules(&person).await, []);
    let later = app.clock.now() + Duration::days(500);
    tidy(&app.db, Sweep::Clear, later).await.unwrap();
    is_sound(&app).await;
}

#[actix_web::test]
async fn tidy_keeps_a_guest_whose_quiz_proves_what_somebody_else_completed_and_clears_the_others() {
    let app = TestApp::new().await;
    let person = app.citizen().await;
    let (guest, _other) = (app.guest().await, app.guest().await);
    app.pass(&guest, "spid").await;
    app.pass(&person, "spid").await;
    let read = app.db.read();
    let done = completions::Entity::find().order_by_asc(completions::Column::Id);
    let done = done.all(read).await.unwrap();
    let [of_guest, of_person] = &done[..] else {
        panic!("{done:?}")
    };
    // As a database may have it from before: the person's completion names the guest's attempt.
    let (proof, person) = (of_guest.attempt_id, of_person.clone());
    db::write(&app.db, async move |tx| {
        let mut change = person.into_active_model();
        change.attempt_id = Set(proof);
        change.update(tx).await.map(drop)
    })
    .await
    .unwrap();
    let later = app.clock.now() + Duration::days(500);
    let counted = tidy(&app.db, Sweep::Count, later).await.unwrap();
    assert_eq!(counted.get("guests"), Some(&1), "{counted:?}");
    let swept = tidy(&app.db, Sweep::Clear, later).await.unwrap();
    assert_eq!(swept.get("guests"), Some(&1), "{swept:?}");
    let left = completions::Entity::find().all(app.db.read()).await;
    assert_eq!(left.unwrap().len(), 2);
    app.verify_totals().await;
}

#[actix_web::test]
async fn a_guest_whom_something_unforeseen_refers_to_does_not_stop_tidy() {
    let app = TestApp::new().await;
    let (held, _other) = (app.guest().await, app.guest().await);
    app.pass(&held, "spid").await;
    let done = completions::Entity::find().one(app.db.read()).await;
    let learner = done.unwrap().unwrap().learner_id;
    // No screen has a guest take anything over.
    let row = takeovers::ActiveModel {
        id: Set(TakeoverId::new()),
        guest_id: Set(LearnerId::new()),
        learner_id: Set(learner),
        answer: Set("yes".to_owned()),
        moved: Set("{}".to_owned()),
        taken_at: Set(app.clock.now()),
        undone_at: Set(None),
        undone_by: Set(None),
    };
    db::write(&app.db, async move |tx| {
        let row = takeovers::Entity::insert(row);
        row.exec_without_returning(tx).await
    })
    .await
    .unwrap();
    let later = app.clock.now() + Duration::days(500);
    for left in [Some(1), None] {
        let swept = tidy(&app.db, Sweep::Clear, later).await.unwrap();
        assert_eq!(swept.get("guests").copied(), left, "{swept:?}");
    }
    let left = completions::Entity::find().all(app.db.read()).await;
    assert_eq!(left.unwrap().len(), 1);
}

#[actix_web::test]
async fn what_the_person_passed_on_the_lessons_of_another_counts_no_more() {
    let app = TestApp::with_rule(ALL_LESSONS).await;
    let (id, card) = somebody(&app, app.somebody().record(app.point())).await;
    let guest = app.guest().await;
    reads_all(&guest).await;
    let person = app.enter(&guest, &card).await;
    app.pass(&person, "spid").await;
    assert_eq!(app.totals().await.services, 1);
    gives_back(&app, &id, 0).await;
    is_sound(&app).await;
    assert_eq!(app.totals().await.services, 0);
    assert_eq!(lessons_read(&person).await, json!(0));
    // The quiz is theirs, and counts with the lessons that they read themselves.
    assert_eq!(modules(&person).await, [("spid".to_owned(), true)]);
    reads_all(&person).await;
    assert_eq!(app.totals().await.services, 1);
    is_sound(&app).await;
}

#[actix_web::test]
async fn lessons_that_waited_for_the_guest_go_back_with_the_rest() {
    let app = TestApp::new().await;
    let (id, card) = somebody(&app, app.somebody().record(app.point())).await;
    let browser = Browser::new(&app);
    let read = |lesson: &str| format!("/moduli/spid/{lesson}/letta");
    browser.post(&read("che-cose-spid"), &[]).await;
    let mark = browser.cookie("chi").unwrap();
    by_card(&browser, &card).await;
    says(&browser, "si").await.expect(200, "SPID");
    let person = holder(&app, &browser);
    let all: Vec<String> = person.api("/modules/spid").await["lessons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lesson| lesson["id"].as_str().unwrap().to_owned())
        .collect();
    // One of them the person reads themselves.
    let waiting = Browser::new(&app).with_header("waited-for", &mark);
    waiting.set_cookie("autonomia", &browser.cookie("autonomia").unwrap());
    browser.post(&read(&all[1]), &[]).await;
    let send = async |lesson: &str| {
        let path = read(lesson);
        let sent = waiting.once(Method::POST, &path, Some(String::new()));
        sent.await.status
    };
    for lesson in &all[1..] {
        assert_eq!(send(lesson).await, 303, "{lesson}");
    }
    assert_eq!(lessons_read(&person).await, json!(all.len()));
    gives_back(&app, &id, 0).await;
    is_sound(&app).await;
    assert_eq!(lessons_read(&person).await, json!(1));
    assert_eq!(send(&all[2]).await, 409);
    assert_eq!(lessons_read(&person).await, json!(1));
}

/// Two records of one person, the first of which has the codice fiscale; ids and cards.
async fn two_records(app: &TestApp) -> [(String, Value); 2] {
    let full = app.somebody().record(app.point());
    let mut bare = full.clone();
    bare.as_object_mut().unwrap().remove("codice_fiscale");
    [somebody(app, full).await, somebody(app, bare).await]
}

async fn merged(app: &TestApp, kept: &str, other: &str) -> String {
    let desk = app.facilitator().await;
    let path = format!("/citizens/{kept}/merge");
    let made = desk.post(&path, json!({ "other": other })).await.json(201);
    format!("/api/v1{path}/{}", made["merge"].as_str().unwrap())
}

async fn undone(app: &TestApp, merge: &str) {
    let desk = app.facilitator().await;
    let answer = desk.send(Method::DELETE, merge, None).await;
    assert_eq!(answer.status, 204);
}

#[actix_web::test]
async fn a_quiz_of_the_merged_record_that_was_finished_since_is_the_merged_records_again() {
    let app = TestApp::new().await;
    let [(kept, kept_card), (other, other_card)] = two_records(&app).await;
    let person = app.enter(&app.visitor(), &other_card).await;
    let attempt = app.answer_all(&person, "spid").await;
    let merge = merged(&app, &kept, &other).await;
    let person = app.enter(&app.visitor(), &kept_card).await;
    assert_eq!(person.finish(&attempt).await["passed"], json!(true));
    assert_eq!(app.totals().await.services, 1);
    undone(&app, &merge).await;
    is_sound(&app).await;
    assert_eq!(app.totals().await.services, 0);
    assert_eq!(modules(&person).await, []);
    let person = app.enter(&app.visitor(), &other_card).await;
    assert_eq!(modules(&person).await, [("spid".to_owned(), true)]);
}

#[actix_web::test]
async fn what_counted_on_the_lessons_of_the_merged_record_counts_no_more() {
    let app = TestApp::with_rule(ALL_LESSONS).await;
    let [(kept, kept_card), (other, other_card)] = two_records(&app).await;
    reads_all(&app.enter(&app.visitor(), &other_card).await).await;
    let merge = merged(&app, &kept, &other).await;
    let person = app.enter(&app.visitor(), &kept_card).await;
    app.pass(&person, "spid").await;
    assert_eq!(app.totals().await.services, 1);
    undone(&app, &merge).await;
    is_sound(&app).await;
    assert_eq!(app.totals().await.services, 0);
    assert_eq!(modules(&person).await, [("spid".to_owned(), true)]);
    reads_all(&person).await;
    assert_eq!(app.totals().await.services, 1);
    is_sound(&app).await;
}

#[actix_web::test]
async fn what_counted_with_the_code_of_the_merged_record_counts_no_more() {
    let app = TestApp::new().await;
    let [(coded, _), (plain, plain_card)] = two_records(&app).await;
    let merge = merged(&app, &plain, &coded).await;
    let person = app.enter(&app.visitor(), &plain_card).await;
    app.pass(&person, "spid").await;
    let counted = app.totals().await;
    assert_eq!((counted.citizens, counted.services), (1, 1));
    undone(&app, &merge).await;
    is_sound(&app).await;
    let after = app.totals().await;
    assert_eq!((after.citizens, after.services), (0, 0));
    assert_eq!(after.eligible_unverified, 1);
    assert_eq!(modules(&person).await, [("spid".to_owned(), true)]);
}
