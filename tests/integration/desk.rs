//! What a facilitator and their citizens do in the tests of the desk.

use serde_json::{Value, json};

use crate::actor::{Actor, Answer};
use crate::app::TestApp;

/// A citizen of the point, and their id.
pub(crate) async fn pupil(app: &TestApp) -> (String, Actor) {
    let record = app.somebody().record(app.point());
    app.citizen_from(record).await
}

pub(crate) async fn group(desk: &Actor, name: &str, citizens: &[&str]) -> String {
    let made = desk
        .post("/groups", json!({ "name": name }))
        .await
        .json(201);
    let id = made["id"].as_str().unwrap().to_owned();
    members(desk, &id, citizens).await.json(200);
    id
}

pub(crate) async fn members(desk: &Actor, group: &str, citizens: &[&str]) -> Answer {
    let body = json!({ "citizens": citizens }).to_string();
    let path = format!("/api/v1/groups/{group}/members");
    let body = Some(("application/json", body));
    desk.send(awc::http::Method::PUT, &path, body).await
}

pub(crate) async fn assign(desk: &Actor, body: Value) -> Vec<Value> {
    let given = desk.post("/assignments", body).await.json(201);
    given["assignments"].as_array().unwrap().clone()
}

/// What a citizen is told of a module that was assigned.
pub(crate) async fn assigned(who: &Actor, module: &str) -> Value {
    let progress = who.api("/me/progress").await;
    let modules = progress["modules"].as_array().unwrap();
    let found = modules.iter().find(|one| one["module"] == module);
    found.map_or(Value::Null, |one| one["assigned"].clone())
}

/// Where a page leads to.
#[track_caller]
pub(crate) fn leads(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text);
    answer.header("location").unwrap().to_owned()
}

pub(crate) async fn resume(who: &Actor) -> String {
    leads(&who.get("/riprendi").await)
}

#[track_caller]
pub(crate) fn says(page: &Answer, words: &str) {
    let text = page.text.replace("&#39;", "'");
    assert!(text.contains(words), "it does not say {words}: {text}");
}

pub(crate) async fn read(who: &Actor, module: &str, lesson: &str) {
    who.post(
        &format!("/modules/{module}/lessons/{lesson}/read"),
        json!({}),
    )
    .await
    .json(200);
}
