//! Every write that touches somebody says so in a row with their id.

use awc::http::Method;
use serde_json::{Value, json};

use super::rows;
use crate::actor::{Actor, Answer};
use crate::app::TestApp;
use crate::desk;
use crate::office::known_to_facilita;
use crate::services::body;

struct Writes<'a> {
    app: &'a TestApp,
    id: &'a str,
}

impl Writes<'_> {
    /// What a write that succeeded wrote about the person; reading leaves rows too, and is none.
    async fn told(&self, what: &str, done: impl Future<Output = Answer>) -> Vec<String> {
        let before = rows(&self.app.db).await.len();
        let answer = done.await;
        let status = answer.status.as_u16();
        assert!(
            (200..400).contains(&status),
            "{what}: {status} {}",
            answer.text
        );
        let rows = rows(&self.app.db).await;
        let about = rows[before..].iter().filter(|row| {
            row.subject_kind == "citizen"
                && row.subject_id == self.id
                && row.action != "record-read"
        });
        let about: Vec<_> = about.collect();
        assert!(!about.is_empty(), "{what} says nothing of whom it touched");
        assert!(about.iter().all(|row| row.account_id.is_some()), "{what}");
        about.iter().map(|row| row.action.clone()).collect()
    }
}

async fn send(desk: &Actor, method: Method, path: &str, body: Value) -> Answer {
    desk.send(method, path, Some(("application/json", body.to_string())))
        .await
}

#[actix_web::test]
async fn every_write_at_the_desk_names_whom_it_touches() {
    let app = TestApp::new().await;
    known_to_facilita(&app).await;
    let desk = app.facilitator().await;
    let record = app.somebody().record(app.point());
    let id = desk.post("/citizens", record).await.json(201)["id"].clone();
    let id = id.as_str().unwrap();
    let writes = Writes { app: &app, id };
    let at = |rest: &str| format!("/punto/cittadini/{id}{rest}");
    let api = |rest: &str| format!("/citizens/{id}{rest}");

    for (what, path, fields, action) in [
        (
            "correcting",
            at("/dati"),
            vec![("province", "Lecce")],
            "citizen-corrected",
        ),
        (
            "agreeing",
            at("/consensi"),
            vec![("consenso", "contact")],
            "consent-recorded",
        ),
        (
            "taking back",
            at("/consensi"),
            vec![("consenso", "ritira")],
            "consent-withdrawn",
        ),
        ("a card", at("/tessera"), vec![], "card-issued"),
        ("stopping it", at("/tessera/ferma"), vec![], "card-revoked"),
        (
            "a course",
            at("/assegna"),
            vec![("module", "spid")],
            "assigned",
        ),
        (
            "done at the desk",
            at("/completamenti"),
            vec![("module", "pagamenti-online"), ("reason", "Fatto qui")],
            "completion-recorded",
        ),
    ] {
        if what == "correcting" {
            let path = format!("/api/v1{}", api(""));
            let sent = send(&desk, Method::PATCH, &path, json!({ "province": "Lecce" }));
            assert_eq!(writes.told(what, sent).await, [action]);
            continue;
        }
        if what == "a course" {
            let given = json!({ "modules": ["spid"], "citizens": [id] });
            assert_eq!(
                writes.told(what, desk.post("/assignments", given)).await,
                [action]
            );
            continue;
        }
        assert_eq!(
            writes.told(what, desk.form(&path, &fields)).await,
            [action],
            "{what}"
        );
    }

    // Groups: joining, what the group is given, leaving.
    let group = desk::group(&desk, "Gruppo", &[]).await;
    let members = format!("/api/v1/groups/{group}/members");
    let put = |people: Value| send(&desk, Method::PUT, &members, json!({ "citizens": people }));
    assert_eq!(
        writes.told("joining", put(json!([id]))).await,
        ["joined-group"]
    );
    let given = json!({ "modules": ["spid"], "group": group });
    assert_eq!(
        writes
            .told("for the group", desk.post("/assignments", given))
            .await,
        ["assigned"]
    );
    assert_eq!(writes.told("leaving", put(json!([]))).await, ["left-group"]);
    put(json!([id])).await;
    let close = format!("/punto/gruppi/{group}/chiudi");
    assert_eq!(
        writes.told("closing", desk.form(&close, &[])).await,
        ["left-group"]
    );

    // The ledger, and what goes to Facilita.
    let recorded = desk.post("/services", body("individual", &[id]));
    assert_eq!(
        writes.told("a service", recorded).await,
        ["service-recorded"]
    );
    let recorded = desk.post("/services", body("individual", &[id])).await;
    let service = recorded.json(201)["service"].clone();
    let office = app.coordinator().await;
    let order = json!({ "programme": "puglia", "from": "2026-11-01", "to": "2026-11-30" });
    let sent = office.post("/facilita/batches", order);
    assert_eq!(writes.told("sending", sent).await, ["sent-to-facilita"]);
    let void = format!("/services/{}/void", service.as_str().unwrap());
    let voided = desk.post(&void, json!({ "reason": "prova" }));
    assert_eq!(writes.told("voiding", voided).await, ["service-voided"]);

    // Two records made one: both are told, and again when they are parted.
    let mut twin = app.somebody().record(app.point());
    twin.as_object_mut().unwrap().remove("codice_fiscale");
    let other = desk.post("/citizens", twin).await.json(201)["id"].clone();
    let other = other.as_str().unwrap().to_owned();
    let path = api("/merge");
    let merged = desk.post(&path, json!({ "other": other }));
    assert_eq!(writes.told("merging", merged).await, ["citizens-merged"]);
    assert_eq!(super::verified(&app.db).await.broken, None);
}
