//! The process is killed while it writes: what was confirmed is there, what was not is not half
//! there, and going on counts once.

use std::cell::RefCell;
use std::process::Command;
use std::time::Duration;

use futures_util::future::{join, join_all, select};
use serde_json::{Value, json};

use crate::actor::Actor;
use crate::courses;
use crate::database::TestDb;
use crate::key;
use crate::process::Process;

/// A guest answers until the server is gone, and remembers what was confirmed.
async fn answer_until_the_end(guest: &Actor, attempt: &Value, confirmed: &RefCell<Vec<Value>>) {
    for shown in attempt["questions"].as_array().unwrap() {
        let id = shown["id"].as_str().unwrap();
        let question = courses::question(attempt["module"].as_str().unwrap(), id);
        let given = key::right(&question, shown);
        match guest.try_answer(attempt, id, &given).await {
            Some(200) => confirmed.borrow_mut().push(shown["id"].clone()),
            Some(status) => panic!("{status}"),
            None => return,
        }
    }
}

#[actix_web::test]
async fn a_kill_in_the_middle_loses_nothing_confirmed_and_counts_nothing_twice() {
    let db = TestDb::empty().await;
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys.toml");
    let mut process = Process::start(&["demo", "--format", "json"], &db, &keys);
    let demo: Value = serde_json::from_str(&process.first_line).unwrap();
    let mut address = demo["address"].as_str().unwrap().to_owned();
    let coordinator = demo["accounts"].as_array().unwrap().iter();
    let mut coordinator = coordinator.filter(|one| one["role"] == "coordinator");
    let coordinator = coordinator.next().unwrap().clone();
    let card = demo["accounts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["role"] == "citizen");
    let card = json!({ "card": card.unwrap()["card"], "pin": card.unwrap()["pin"] });
    let before = totals(&address, &coordinator).await;

    let modules = ["spid", "pagamenti-online", "prenotare-salute"];
    for (module, delay) in modules.into_iter().zip([4, 12, 30]) {
        let visitor = Actor::new(&address, None);
        let opened = visitor.post("/sessions", card.clone()).await.json(201);
        let citizen = visitor.with_token(&opened);
        let attempt = courses::answer_all(&citizen, module).await;
        let mut guests = Vec::new();
        for _ in 0..8 {
            let guest = visitor.with_token(&visitor.post("/guests", json!({})).await.json(201));
            let attempt = guest.start(module).await;
            guests.push((guest, attempt, RefCell::new(Vec::new())));
        }
        let answers = join_all(
            guests
                .iter()
                .map(|(guest, attempt, sure)| answer_until_the_end(guest, attempt, sure)),
        );
        let finishes = join_all((0..16).map(|_| citizen.try_finish(&attempt)));
        let killed = async {
            actix_web::rt::time::sleep(Duration::from_millis(delay)).await;
            process.kill();
        };
        let ((), _) = join(
            killed,
            select(Box::pin(join(answers, finishes)), Box::pin(pause())),
        )
        .await;

        process = Process::start(&["serve"], &db, &keys);
        address.clone_from(&process.first_line);
        for (guest, attempt, confirmed) in &guests {
            let again = guest.at(&address).start(module).await;
            assert_eq!(again["attempt"], attempt["attempt"], "the attempt goes on");
            let answered = again["answered"].as_array().unwrap();
            for id in confirmed.borrow().iter() {
                assert!(answered.contains(id), "{id} was confirmed and is gone");
            }
        }
        let finished = citizen.at(&address).finish(&attempt).await;
        assert!(finished["completion"]["counted"].is_object(), "{finished}");
    }

    let after = totals(&address, &coordinator).await;
    let count = |totals: &Value, of: &str, what: &str| totals[of][what].as_u64().unwrap();
    assert_eq!(
        count(&after, "citizens", "reached"),
        count(&before, "citizens", "reached") + 1
    );
    assert_eq!(
        count(&after, "services", "total"),
        count(&before, "services", "total") + 3
    );
    process.kill();
    let verified = Command::new(env!("CARGO_BIN_EXE_autonomia"))
        .args(["totals", "--verify", "--database", db.url()])
        .output()
        .unwrap();
    assert!(
        verified.status.success(),
        "{}",
        String::from_utf8_lossy(&verified.stdout)
    );
}

/// Requests to a killed server fail at once; this is only for one that would not.
async fn pause() {
    actix_web::rt::time::sleep(Duration::from_secs(5)).await;
}

async fn totals(address: &str, coordinator: &Value) -> Value {
    let visitor = Actor::new(address, None);
    let details = json!({ "email": coordinator["email"], "password": coordinator["password"] });
    let opened = visitor.post("/sessions", details).await.json(201);
    let who = visitor.with_token(&opened);
    who.api("/programmes/puglia/totals").await
}
