//! Nobody reads, writes or guesses another point's citizens: every address there is, with every
//! method, by every role, with the ids of a person they have nothing to do with. What must not be
//! shown is searched for in every answer, and the person's records are the same afterwards.

use std::collections::{BTreeMap, BTreeSet};

use awc::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::actor::Actor;
use crate::app::TestApp;

/// What only the point of the person may see. No page has these words by itself.
const SECRETS: [&str; 4] = ["Zenobia", "Quarantotti", "zenobia@example.org", "BTTZNB60E41A662"];

/// Addresses of `web/routes.rs`, so that a new one is tried without being named here.
fn addresses() -> BTreeSet<String> {
    let source = include_str!("../../src/web/routes.rs");
    let mut found = BTreeSet::new();
    let mut scope = "";
    for line in source.lines() {
        if line.contains("fn api(") {
            scope = "/api/v1";
        }
        if line.contains("web::scope(") || line.trim_start().starts_with("//") {
            continue;
        }
        for piece in line.split('"').skip(1).step_by(2) {
            if piece.starts_with('/') {
                found.insert(format!("{scope}{piece}"));
            }
        }
    }
    found
}

/// The ids of the person, and of what belongs to them.
struct Person {
    id: String,
    card: Value,
    ids: BTreeMap<&'static str, String>,
}

/// An address with the person's ids in its places.
fn filled(address: &str, person: &Person) -> String {
    let mut path = String::new();
    let mut before = "";
    for part in address.split('/').skip(1) {
        path.push('/');
        let Some(name) = part.strip_prefix('{').and_then(|part| part.split('}').next()) else {
            path.push_str(part);
            before = part;
            continue;
        };
        let name = name.split(':').next().unwrap();
        let rest = part.split('}').nth(1).unwrap_or_default();
        let value = match (before, name) {
            ("cittadini" | "citizens", _) => person.id.as_str(),
            ("tessera", _) => person.card["card"].as_str().unwrap(),
            (_, "module") => "spid",
            (_, "lesson") => "che-cose-spid",
            (_, "number") => "1",
            ("percorsi", _) => "pagare-online",
            ("programmi" | "programmes", _) => "puglia",
            ("punti" | "points", _) => "bari-centro",
            (before, _) => person.ids.get(before).map_or("nessuno", String::as_str),
        };
        path.push_str(value);
        path.push_str(rest);
    }
    path
}

/// Addresses that end the session of whoever asks, and say nothing of anybody.
const LEAVING: [&str; 2] = ["/esci", "/api/v1/sessions/current"];

/// A body that has every field that any write asks for, with the person's ids in it.
fn fields(person: &Person) -> Value {
    json!({
        "kind": "individual", "point": "lecce", "date": "2026-11-20", "minutes": 30,
        "competences": ["2.6"], "domains": ["A"], "title": "Prova", "reason": "prova",
        "citizens": [person.id], "citizen": person.id, "cittadino": person.id,
        "citizen_id": person.id, "other": person.id, "with": person.id,
        "members": [person.id], "modules": ["spid"], "module": "spid", "lesson": "che-cose-spid",
        "group": person.ids["gruppi"], "name": "Prova", "note": "Prova", "due_on": "2026-12-01",
        "text": "Prova", "answer": "Prova", "q": "Quarantotti", "first_name": "Altra",
        "last_name": "Persona", "email": "altra@example.org", "programme": "puglia",
        "from": "2026-11-01", "to": "2026-11-30", "submission": Uuid::new_v4(),
        "question": "nessuna", "given": "a", "pin": "00000", "card": person.card["card"],
        "notice": true, "contact": true, "confirm": "1", "kept": person.id,
    })
}

/// The same as a form.
fn form(fields: &Value) -> String {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(all) => all[0].as_str().unwrap().to_owned(),
        other => other.to_string(),
    };
    let pairs = fields.as_object().unwrap().iter();
    pairs
        .map(|(name, value)| format!("{name}={}", crate::actor::encode(&text(value))))
        .collect::<Vec<_>>()
        .join("&")
}

/// Every answer somebody gets for an address, whatever the method and the body.
async fn tries(who: &Actor, path: &str, person: &Person) -> Vec<(String, u16, String)> {
    let fields = fields(person);
    let json = || Some(("application/json", fields.to_string()));
    let form = || Some(("application/x-www-form-urlencoded", form(&fields)));
    let mut answers = Vec::new();
    for (method, body) in [
        (Method::GET, None),
        (Method::POST, json()),
        (Method::POST, form()),
        (Method::POST, Some(("text/plain", "1,prova".to_owned()))),
        (Method::PUT, json()),
        (Method::PATCH, json()),
        (Method::DELETE, None),
    ] {
        let answer = who.send(method.clone(), path, body).await;
        let mut text = answer.text;
        for (name, value) in &answer.headers {
            text.push_str(&format!("\n{name}: {value}"));
        }
        answers.push((format!("{method} {path}"), answer.status.as_u16(), text));
    }
    answers
}

#[actix_web::test]
async fn nobody_reads_or_writes_the_records_of_another_point_by_any_address() {
    let app = TestApp::new().await;
    let person = person(&app).await;
    let strangers = strangers(&app).await;
    let before = snapshot(&app, &person.id).await;
    let addresses = addresses();
    assert!(addresses.len() > 80, "only {} addresses: are they still found?", addresses.len());
    let mut faults = Vec::new();
    for (role, who) in &strangers {
        for address in &addresses {
            if LEAVING.contains(&address.as_str()) {
                continue;
            }
            for (what, status, text) in tries(who, &filled(address, &person), &person).await {
                if let Some(secret) = SECRETS.iter().find(|secret| text.contains(*secret)) {
                    // What somebody has typed themselves is theirs to see again.
                    if *secret != "Quarantotti" || !text.contains("value=\"Quarantotti\"") {
                        faults.push(format!("{role}: {what} ({status}) shows {secret}"));
                    }
                }
                if status >= 500 {
                    faults.push(format!("{role}: {what} answers {status}"));
                }
            }
            let now = snapshot(&app, &person.id).await;
            if now != before {
                faults.push(format!("{role}: {address} changed\n{before}\n{now}"));
                break;
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    app.verify_totals().await;
}

#[actix_web::test]
async fn their_own_point_does_see_them_at_these_addresses() {
    let app = TestApp::new().await;
    let person = person(&app).await;
    let desk = app.facilitator().await;
    let mut seen = BTreeSet::new();
    for address in addresses() {
        if LEAVING.contains(&address.as_str()) {
            continue;
        }
        let answer = desk.get(&filled(&address, &person)).await;
        if SECRETS.iter().any(|secret| answer.text.contains(secret)) {
            seen.insert(address);
        }
    }
    for address in ["/api/v1/citizens/{id}", "/punto/cittadini/{id}", "/punto/gruppi/{id}", "/punto/servizi/{id}"] {
        assert!(seen.contains(address), "{address} does not show the person: {seen:?}");
    }
}
