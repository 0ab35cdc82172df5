//! No answer repeats what was sent but the name of a field: every call of the interface, with
//! every field and parameter at fault in every way, and forms and addresses besides.
//!
//! Each fault is tried with one word after the other, in turns; with `AUTONOMIA_LOAD=1` with all.

use awc::http::Method;
use serde_json::{Value, json};

use crate::actor::Actor;
use crate::app::TestApp;
use crate::log;

/// What must not come back: a codice fiscale in either case, a name, a token.
const SENT: [&str; 4] = [
    "RSSMRA80A01H501U",
    "rssmra80a01h501u",
    "Bianchettinelli",
    "eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiIwMTkifQ.c2lnbmF0dXJl",
];

/// An operation of the document.
struct Operation {
    method: Method,
    path: String,
    fields: Vec<String>,
    query: Vec<String>,
}

fn operations(document: &Value) -> Vec<Operation> {
    let mut all = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let Ok(method) = Method::from_bytes(method.to_uppercase().as_bytes()) else {
                continue;
            };
            let body = &operation["requestBody"]["content"]["application/json"]["schema"];
            let mut fields = Vec::new();
            collect(document, body, &mut fields, 0);
            let parameters = operation["parameters"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            let query = parameters.iter().filter_map(|one| one["name"].as_str());
            all.push(Operation {
                method,
                path: path.trim_start_matches("/api/v1").to_owned(),
                fields,
                query: query.map(str::to_owned).collect(),
            });
        }
    }
    all
}

/// The names of the fields of a schema, at the top.
fn collect(document: &Value, schema: &Value, fields: &mut Vec<String>, depth: usize) {
    if depth > 6 {
        return;
    }
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap();
        collect(
            document,
            &document["components"]["schemas"][name],
            fields,
            depth + 1,
        );
    }
    for list in ["oneOf", "anyOf", "allOf"] {
        for one in schema[list].as_array().into_iter().flatten() {
            collect(document, one, fields, depth + 1);
        }
    }
    for name in schema["properties"]
        .as_object()
        .into_iter()
        .flat_map(|all| all.keys())
    {
        fields.push(name.clone());
    }
}

/// A word where it does not belong, in every form.
fn wrong(word: &str) -> Vec<Value> {
    vec![
        json!(word),
        json!([word]),
        json!({ word: word }),
        json!([[word, 7, { "id": word }]]),
    ]
}

/// Bodies that are no JSON, and JSON that is none of this.
fn broken(word: &str) -> Vec<String> {
    vec![
        format!("{{\"notice\": {word}}}"),
        format!("{{\"{word}\": "),
        format!("\"{word}\""),
        format!("[\"{word}\"]"),
        word.to_owned(),
        format!("{{\"notice\": true}} {word}"),
        format!("{{\"{word}\": 1, \"{word}\": 2}}"),
    ]
}

/// A refusal that says nothing of what was sent.
fn check(answer: &crate::actor::Answer, what: &str, seen: &mut usize) {
    *seen += 1;
    assert!(!answer.status.is_server_error(), "{what}: {}", answer.text);
    if !answer.status.is_client_error() {
        return;
    }
    for word in SENT {
        assert!(!answer.text.contains(word), "{what}: {}", answer.text);
        for (name, value) in &answer.headers {
            assert!(!value.contains(word), "{what}: {name}: {value}");
        }
    }
}

#[actix_web::test]
async fn no_answer_of_the_interface_repeats_what_was_sent() {
    let app = TestApp::new().await;
    for word in SENT {
        log::remember(word);
    }
    let document = app.visitor().api("/openapi.json").await;
    let operations = operations(&document);
    assert!(operations.len() > 30);
    assert!(
        operations
            .iter()
            .any(|one| one.fields.contains(&"notice".to_owned()))
    );
    let (desk, coordinator) = (app.facilitator().await, app.coordinator().await);
    let whole = std::env::var("AUTONOMIA_LOAD").is_ok_and(|value| value == "1");
    let mut seen = 0;
    for operation in &operations {
        let with = SENT.map(|word| requests(operation, word));
        for (number, who) in [&desk, &coordinator].into_iter().enumerate() {
            for at in 0..with[0].len() {
                // Not the same word for the same fault of each field.
                let turn = (at + at / SENT.len() + number) % SENT.len();
                for (word, requests) in with.iter().enumerate() {
                    if whole || word == turn {
                        attack(who, operation, &requests[at], &mut seen).await;
                    }
                }
            }
        }
    }
    assert!(seen > if whole { 2_000 } else { 500 }, "{seen}");
    log::look();
}

/// An address, and a body where there is one.
type Request = (String, Option<String>);

/// Every way in which a word may stand where it does not belong.
fn requests(operation: &Operation, word: &str) -> Vec<Request> {
    // Where an address has a place for it.
    let mut all = vec![(places(&operation.path, word), None)];
    let path = places(&operation.path, "0193a000-0000-7000-8000-000000000000");
    for name in &operation.query {
        all.push((format!("{path}?{name}={word}&{word}={word}"), None));
    }
    if operation.method == Method::GET || operation.method == Method::DELETE {
        return all;
    }
    for body in broken(word) {
        all.push((path.clone(), Some(body)));
    }
    for field in &operation.fields {
        for value in wrong(word) {
            let body = json!({ field: value }).to_string();
            all.push((path.clone(), Some(body)));
        }
    }
    all
}

async fn attack(who: &Actor, operation: &Operation, (path, body): &Request, seen: &mut usize) {
    let what = format!("{} {path} {body:?}", operation.method);
    let path = format!("/api/v1{path}");
    let body = body.clone().map(|body| ("application/json", body));
    let answer = who.send(operation.method.clone(), &path, body).await;
    check(&answer, &what, seen);
}

fn places(path: &str, word: &str) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        out.push_str(word);
        rest = after.split_once('}').unwrap().1;
    }
    out + rest
}

#[actix_web::test]
async fn a_field_at_fault_is_named_in_the_readers_language() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let person = app.somebody().record(app.point());
    let with = |field: &str, value: Value| {
        let mut record = person.clone();
        record[field] = value;
        record
    };
    for (record, field, message) in [
        (
            with("notice", json!(SENT[0])),
            "notice",
            "Serve true oppure false.",
        ),
        (
            with("first_name", json!(7)),
            "first_name",
            "Serve un testo.",
        ),
        (with("point", json!({})), "point", "Serve un testo."),
    ] {
        let problem = desk.post("/citizens", record).await.json(400);
        assert_eq!(problem["errors"][0]["field"], json!(field), "{problem}");
        assert_eq!(problem["errors"][0]["message"], json!(message), "{problem}");
    }
    let service = json!({ "minutes": SENT[0], "date": "2026-11-20" });
    let problem = desk.post("/services", service).await.json(400);
    assert_eq!(problem["errors"][0]["field"], json!("minutes"), "{problem}");
    let lost = desk.get("/api/v1/citizens/RSSMRA80A01H501U").await;
    assert_eq!(lost.status, 404, "{}", lost.text);
}

#[actix_web::test]
async fn no_page_of_an_error_repeats_what_was_sent() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let mut seen = 0;
    for word in SENT {
        for path in [
            format!("/{word}"),
            format!("/moduli/{word}"),
            format!("/punto/cittadini/{word}"),
            format!("/punto/servizi/{word}"),
            format!("/punto/servizi?da={word}&{word}=1"),
            format!("/punto/fermi?giorni={word}"),
            format!("/rete/totali?da={word}"),
        ] {
            let answer = desk.get(&path).await;
            check(&answer, &path, &mut seen);
        }
        for path in [
            "/accedi",
            "/tessera",
            "/punto/cittadini",
            "/punto/cerca",
            "/accessibilita/segnala",
        ] {
            for body in [
                word.to_string(),
                format!("{word}={word}"),
                format!("%{word}"),
            ] {
                let body = Some(("application/x-www-form-urlencoded", body));
                let answer = desk.send(Method::POST, path, body).await;
                // A form that is shown again has what was typed.
                if answer.status == 400 {
                    check(&answer, path, &mut seen);
                }
            }
        }
    }
    assert!(seen > 30);
}
