//! Nobody reads, writes or guesses another point's citizens: every address there is, with every
//! method, by every role, with the ids of a person they have nothing to do with. What must not be
//! shown is searched for in every answer, and the person's records are the same afterwards.

mod person;
mod places;

use std::collections::BTreeSet;

use awc::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::actor::Actor;
use crate::app::TestApp;
pub(crate) use person::{Person, person};
use person::{rows, snapshot, strangers};
pub(crate) use places::filled;

/// What only the point of the person may see. No page has these words by itself.
const SECRETS: [&str; 4] = [
    "Zenobia",
    "Quarantotti",
    "zenobia@example.org",
    "QRNZNB60E41A662",
];

/// Addresses of `web/routes/`, so that a new one is tried without being named here.
pub(crate) fn addresses() -> BTreeSet<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/web/routes");
    let mut found = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let scope = if path.ends_with("api.rs") {
            "/api/v1"
        } else {
            ""
        };
        found.extend(addresses_in(
            &std::fs::read_to_string(&path).unwrap(),
            scope,
        ));
    }
    found
}

fn addresses_in(source: &str, scope: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in source.lines() {
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

/// Addresses that end the session of whoever asks, and say nothing of anybody.
const LEAVING: [&str; 2] = ["/esci", "/api/v1/sessions/current"];

/// Every field that any write asks for, with the person's ids, as a desk of `point` fills them in.
pub(crate) fn fields(address: &str, point: &str, person: &Person) -> Value {
    let mut all = json!({
        "kind": "individual", "point": point, "date": "2026-11-20", "minutes": 30,
        "competences": ["2.6"], "domains": ["A"], "title": "Prova", "reason": "prova",
        "citizens": [person.id], "citizen": person.id, "cittadino": person.id,
        "other": person.ids["unisci"], "add": person.id, "modules": ["spid"], "module": "spid",
        "name": "Prova", "note": "Prova", "due_on": "2026-12-01", "text": "Prova",
        "answer": "Prova", "q": "Quarantot", "documento": "passport", "first_name": "Altra", "last_name": "Persona",
        "name_differs": true, "email": "altra@example.org", "programme": "puglia", "from": "2026-11-01",
        "to": "2026-11-30", "submission": Uuid::new_v4(), "question": "nessuna", "given": "a",
        "tessera": "AAAA-AAAA-A", "pin": "00000", "card": "AAAA-AAAA-A", "notice": true, "altra": "1",
        "consenso": "contact", "id": person.ids["ritira"], "need": "spid", "act": "save",
    });
    if matches!(
        address,
        "/punto/cittadini" | "/punto/gruppi" | "/punto/cittadini/importa/conferma"
    ) {
        all["point"] = json!(person.point);
    }
    if address.ends_with("/conferma") {
        all["testo"] = json!("first_name,last_name\nAltra,Persona\n");
    }
    all
}

/// The fields that an address of the interface for programs takes, by its document; others would be
/// refused by their names.
fn taken(address: &str, method: &Method, fields: &Value) -> Value {
    fn collect<'d>(schema: &'d Value, document: &'d Value, names: &mut Vec<&'d str>) {
        if let Some(name) = schema["$ref"].as_str() {
            let part = document.pointer(name.trim_start_matches('#'));
            collect(part.unwrap(), document, names);
        }
        for parts in ["allOf", "oneOf", "anyOf"] {
            for part in schema[parts].as_array().into_iter().flatten() {
                collect(part, document, names);
            }
        }
        let properties = schema["properties"].as_object();
        names.extend(
            properties
                .into_iter()
                .flatten()
                .map(|(name, _)| name.as_str()),
        );
    }
    let same = |pattern: &str, address: &str| {
        let (left, right) = (pattern.split('/'), address.split('/'));
        pattern.matches('/').count() == address.matches('/').count()
            && left
                .zip(right)
                .all(|(a, b)| a == b || (a.starts_with('{') && b.starts_with('{')))
    };
    let document = autonomia::web::api::openapi::value();
    let method = method.as_str().to_lowercase();
    let operation = address.strip_prefix("/api/v1").and_then(|address| {
        let mut paths = document["paths"].as_object().unwrap().iter();
        paths.find(|(pattern, _)| same(pattern, address))
    });
    let Some((_, operation)) = operation else {
        return fields.clone();
    };
    let mut names = Vec::new();
    let body = &operation[&method]["requestBody"]["content"]["application/json"];
    collect(&body["schema"], document, &mut names);
    let known = fields.as_object().unwrap().iter();
    let known = known.filter(|(name, _)| names.contains(&name.as_str()));
    known
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// The same as a form.
pub(crate) fn form(fields: &Value) -> String {
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

/// An answer: to what, its status, and everything it says that was not just typed.
struct Told {
    what: String,
    status: u16,
    secret: Option<&'static str>,
}

/// Every answer somebody of a point gets for an address, whatever the method and the body.
async fn tries(who: &Actor, point: &str, address: &str, person: &Person) -> Vec<Told> {
    let path = &filled(address, person);
    let fields = fields(address, point, person);
    let json = |method: &Method| {
        let fields = taken(address, method, &fields);
        Some(("application/json", fields.to_string()))
    };
    let form = || Some(("application/x-www-form-urlencoded", form(&fields)));
    let mut answers = Vec::new();
    for (method, body) in [
        (Method::GET, None),
        (Method::POST, json(&Method::POST)),
        (Method::POST, form()),
        (Method::POST, Some(("text/plain", "1,prova".to_owned()))),
        (Method::PUT, json(&Method::PUT)),
        (Method::PATCH, json(&Method::PATCH)),
        (Method::DELETE, None),
    ] {
        let answer = who.send(method.clone(), path, body).await;
        let mut text = answer.text;
        for (name, value) in &answer.headers {
            text.push_str(&format!("\n{name}: {value}"));
        }
        // What somebody has typed themselves is theirs to see again.
        let typed = fields.to_string();
        let told = |secret: &&&str| text.contains(**secret) && !typed.contains(**secret);
        answers.push(Told {
            what: format!("{method} {path}"),
            status: answer.status.as_u16(),
            secret: SECRETS.iter().find(told).copied(),
        });
    }
    answers
}

#[actix_web::test]
async fn nobody_reads_or_writes_the_records_of_another_point_by_any_address() {
    let app = TestApp::new().await;
    let person = person(&app).await;
    let strangers = strangers(&app).await;
    let before = snapshot(&app, &person).await;
    let there = rows(&app).await;
    let addresses = addresses();
    assert!(
        addresses.len() > 80,
        "only {} addresses: are they still found?",
        addresses.len()
    );
    let mut faults = Vec::new();
    let leaving = |address: &&String| LEAVING.contains(&address.as_str());
    let addresses: Vec<_> = addresses.iter().filter(|one| !leaving(one)).collect();
    for (role, who) in &strangers {
        // To look at everything after each address takes longer than to ask them.
        for some in addresses.chunks(8) {
            for address in some {
                for told in tries(who, "lecce", address, &person).await {
                    let Told {
                        what,
                        status,
                        secret,
                    } = told;
                    if let Some(secret) = secret {
                        faults.push(format!("{role}: {what} ({status}) shows {secret}"));
                    }
                    if status >= 500 {
                        faults.push(format!("{role}: {what} answers {status}"));
                    }
                }
            }
            let now = snapshot(&app, &person).await;
            for lost in there.difference(&rows(&app).await) {
                faults.push(format!("{role}: one of {some:?} changed {lost}"));
            }
            if now != before {
                faults.push(format!("{role}: one of {some:?} changed\n{before}\n{now}"));
                break;
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    app.verify_totals().await;
}

/// Somebody who has got hold of the code alone, and makes the names up, has the person on their list
/// and sees nothing that they did not write. What they may write is theirs: a group of their own, a
/// service they give.
#[actix_web::test]
async fn whoever_brings_a_person_along_by_the_code_alone_sees_the_least_and_changes_nothing() {
    let app = TestApp::new().await;
    let person = person(&app).await;
    let other = app.other_facilitator().await;
    let brought = json!({
        "codice_fiscale": person.code.as_str(), "first_name": "Altra", "last_name": "Persona",
        "name_differs": true, "notice": true, "contact": true, "email": "altra@example.org", "point": "lecce",
    });
    let brought = other.post("/citizens", brought).await.json(201);
    assert_eq!(brought["id"], person.id.as_str());
    let record = other.api(&format!("/citizens/{}", person.id)).await;
    assert_eq!(record["limited"], json!(true));
    assert_eq!(record["last_name"], "Persona");
    assert_eq!(
        (&record["birth_date"], &record["codice_fiscale"]),
        (&Value::Null, &Value::Null)
    );
    let record = async || {
        let all = snapshot(&app, &person).await;
        let own = |line: &&str| !line.contains("attendances::") && !line.contains("service_id");
        all.lines()
            .filter(own)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let before = record().await;
    let mut faults = Vec::new();
    for address in addresses() {
        if LEAVING.contains(&address.as_str()) {
            continue;
        }
        for told in tries(&other, "lecce", &address, &person).await {
            if let Some(secret) = told.secret {
                faults.push(format!("{} ({}) shows {secret}", told.what, told.status));
            }
            if told.status >= 500 {
                faults.push(format!("{} answers {}", told.what, told.status));
            }
        }
        let now = record().await;
        if now != before {
            faults.push(format!("{address} changed\n{before:#?}\n{now:#?}"));
            break;
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    app.verify_totals().await;
}

/// What a desk does not do: what is the learner's, the coordinator's, or of a card that is stopped
/// by then.
const NOT_THE_DESKS: [&str; 11] = [
    "/api/v1/attempts/{attempt}/answers",
    "/api/v1/attempts/{attempt}/finish",
    "/api/v1/facilita/batches",
    "/api/v1/facilita/batches/{id}.csv",
    "/api/v1/facilita/batches/{id}/rejects",
    "/api/v1/me/data",
    "/api/v1/modules/{module}/lessons/{lesson}/answers",
    "/api/v1/search",
    "/api/v1/sessions",
    "/punto/correzioni/{id}",
    "/punto/tessere/{id}",
];

/// So that the test above is not one of bodies that nobody could send: the person's own desk reads
/// and writes with the very same ones.
#[actix_web::test]
async fn their_own_desk_reads_and_writes_them_with_the_same_addresses_and_bodies() {
    let app = TestApp::new().await;
    let person = person(&app).await;
    let desk = app.facilitator().await;
    let mut addresses: Vec<_> = addresses().into_iter().collect();
    addresses.retain(|address| address.starts_with("/punto") || address.starts_with("/api/v1"));
    addresses.retain(|address| !LEAVING.contains(&address.as_str()));
    let mut seen = BTreeSet::new();
    for address in &addresses {
        let answer = desk.get(&filled(address, &person)).await;
        if SECRETS.iter().any(|secret| answer.text.contains(secret)) {
            seen.insert(address.as_str());
        }
    }
    for address in [
        "/api/v1/citizens/{id}",
        "/punto/cittadini/{id}",
        "/punto/cittadini/{id}/assegna",
        "/punto/cittadini/{id}/dati",
        "/punto/cittadini/{id}/unisci",
        "/punto/fermi",
        "/punto/gruppi/{id}",
        "/punto/gruppi/{id}/progressi.csv",
        "/punto/persone",
        "/punto/servizi/{id}",
        "/punto/servizi/{id}/correggi",
    ] {
        assert!(
            seen.contains(address),
            "{address} does not show the person: {seen:?}"
        );
    }

    // What ends a thing comes after what needs it.
    let ends = [
        "/void",
        "/annulla",
        "/chiudi",
        "/ritira",
        "/{merge}",
        "/unisci/{other}",
    ];
    addresses.sort_by_key(|address| ends.iter().any(|end| address.ends_with(end)));
    let mut refused = Vec::new();
    for address in &addresses {
        let told = tries(&desk, app.point(), address, &person).await;
        if !told.iter().any(|told| (200..400).contains(&told.status)) {
            refused.push(address.as_str());
        }
    }
    refused.sort_unstable();
    assert_eq!(refused, NOT_THE_DESKS);
}
