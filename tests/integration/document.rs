//! The description of the interface for programs: it has every address, and says what is answered.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, Mutex};

use awc::http::Method;
use jsonschema::Validator;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::actor::Answer;
use crate::app::TestApp;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The document, with answers that may hold nothing it does not name.
static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let mut document = autonomia::web::api::openapi::value().clone();
    let schemas = document["components"]["schemas"].clone();
    let parts: BTreeSet<&str> = schemas
        .as_object()
        .unwrap()
        .values()
        .filter_map(|schema| schema["allOf"].as_array())
        .flatten()
        .filter_map(|part| part["$ref"].as_str())
        .map(|name| name.rsplit('/').next().unwrap())
        .collect();
    for (name, schema) in document["components"]["schemas"].as_object_mut().unwrap() {
        if schema.get("allOf").is_some() {
            schema["unevaluatedProperties"] = json!(false);
        } else if schema.get("properties").is_some() && !parts.contains(name.as_str()) {
            schema["additionalProperties"] = json!(false);
        }
    }
    document
});

/// Every operation: method, address, and what the document says of it.
fn operations() -> impl Iterator<Item = (&'static str, &'static str, &'static Value)> {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    paths.iter().flat_map(|(path, item)| {
        METHODS
            .iter()
            .filter_map(|method| Some((*method, path.as_str(), item.get(method)?)))
    })
}

/// The operation of a request, where the document has one.
fn operation(method: &str, path: &str) -> Option<&'static Value> {
    let wanted: Vec<&str> = path.split('/').collect();
    let fits = |pattern: &str| {
        let parts: Vec<&str> = pattern.split('/').collect();
        parts.len() == wanted.len()
            && parts.iter().zip(&wanted).all(|(part, given)| {
                match part.strip_prefix('{').and_then(|part| part.split_once('}')) {
                    Some((_, end)) => given.ends_with(end),
                    None => part == given,
                }
            })
    };
    // An address without a place in braces stands before one with it, whatever the method.
    let found = operations().filter(|(_, pattern, _)| fits(pattern));
    let (_, found, _) = found.min_by_key(|(_, pattern, _)| pattern.matches('{').count())?;
    operations()
        .find(|(own, pattern, _)| *own == method && *pattern == found)
        .map(|(_, _, operation)| operation)
}

/// What a schema of a document finds wrong with a body.
fn faults(document: &Value, schema: &Value, body: &Value) -> Vec<String> {
    static MADE: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);
    let strict = std::ptr::eq(document, &*DOCUMENT);
    let name = format!("{strict} {schema}");
    let made = MADE.lock().unwrap().get(&name).cloned();
    let validator = made.unwrap_or_else(|| {
        let mut whole = schema.clone();
        whole["components"] = document["components"].clone();
        let options = jsonschema::draft202012::options().should_validate_formats(true);
        let new = Arc::new(options.build(&whole).unwrap());
        MADE.lock().unwrap().insert(name, Arc::clone(&new));
        new
    });
    validator
        .iter_errors(body)
        .map(|fault| format!("{} at {}", fault, fault.instance_path()))
        .collect()
}

/// Holds an answer against the document: its status, its media type and its body are there; and
/// what was sent, if it was understood.
pub(crate) fn hold_against(method: &Method, path: &str, sent: Option<&str>, answer: &Answer) {
    let path = path.split(['?', '#']).next().unwrap();
    let Some(path) = path.strip_prefix("/api/v1") else {
        return;
    };
    let Some(operation) = operation(&method.as_str().to_lowercase(), path) else {
        assert!(
            matches!(answer.status.as_u16(), 404 | 405) || path == "/openapi.json",
            "{method} {path} is not in the document"
        );
        return;
    };
    let place = format!("{method} {path}: {}", answer.status);
    let described = &operation["responses"][answer.status.as_str()];
    assert!(described.is_object(), "{place} is not in the document");
    let kind = answer.header("content-type");
    let kind = kind
        .and_then(|kind| kind.split(';').next())
        .unwrap_or_default();
    let content = described["content"].as_object();
    match content.and_then(|content| content.get(kind)) {
        Some(content) if kind.ends_with("json") => {
            let body = serde_json::from_str(&answer.text).unwrap();
            assert_eq!(
                faults(&DOCUMENT, &content["schema"], &body),
                [""; 0],
                "{place}: {body}"
            );
        }
        Some(_) => {}
        None => assert!(
            content.is_none() && answer.text.is_empty(),
            "{place}: {kind} is not in the document"
        ),
    }
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    if let (Some(sent), true, true) = (sent, answer.status.is_success(), body.is_object()) {
        let sent = serde_json::from_str(sent).unwrap();
        // What it does not name is ignored or refused: that is not the document's to say.
        let lenient = autonomia::web::api::openapi::value();
        let found = faults(lenient, body, &sent);
        assert_eq!(found, [""; 0], "{method} {path}: what was sent");
    }
}

#[test]
fn the_document_and_the_table_of_addresses_have_the_same_operations() {
    let table = include_str!("../../src/web/routes/api.rs");
    let mut routes = BTreeSet::new();
    let mut path = "";
    // An address, then the methods that it takes, up to the next address.
    for part in table.split_inclusive(['(', ')']) {
        if let Some(address) = part.split('"').nth(1).filter(|text| text.starts_with('/')) {
            path = address;
        }
        for method in METHODS {
            if part.ends_with(&format!("::{method}(")) || part.ends_with(&format!(".{method}(")) {
                routes.insert((method, path));
            }
        }
    }
    routes.remove(&("get", "/openapi.json"));
    let described: BTreeSet<_> = operations()
        .map(|(method, path, _)| (method, path))
        .collect();
    assert!(routes.len() > 30, "{routes:?}");
    assert_eq!(routes, described);
}

#[test]
fn every_operation_says_what_it_takes_and_what_it_answers() {
    let mut faults = Vec::new();
    let mut names = BTreeSet::new();
    for (method, path, operation) in operations() {
        let mut fault = |what: &str| faults.push(format!("{method} {path}: {what}"));
        if !names.insert(operation["operationId"].as_str().unwrap()) {
            fault("its name is another's");
        }
        if operation["summary"]
            .as_str()
            .is_none_or(|text| text.contains('`'))
        {
            fault("no summary");
        }
        if operation["tags"].as_array().is_none_or(Vec::is_empty) {
            fault("no tag");
        }
        for (status, answer) in operation["responses"].as_object().unwrap() {
            if answer["description"].as_str().is_none_or(str::is_empty) {
                fault(&format!("no words for {status}"));
            }
            let schema = "/content/application~1problem+json/schema/$ref";
            let problem = answer.pointer(schema) == Some(&json!("#/components/schemas/Problem"));
            if problem != (status.as_str() >= "400") {
                fault(&format!("{status} is a problem, or is not"));
            }
        }
        let typed = operation.to_string();
        if typed.contains(r#"{"type":"object"}"#) || typed.contains(r#"{"schema":{}}"#) {
            fault("something without a type");
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[actix_web::test]
async fn only_what_has_a_lock_asks_for_a_token() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    let mut locked = BTreeMap::new();
    for (method, path, operation) in operations() {
        let open = operation["security"]
            .as_array()
            .is_some_and(|ways| ways.contains(&json!({})));
        let id = Uuid::nil().to_string();
        let path = path
            .replace("{module}", "spid")
            .replace("{lesson}", "che-cose-spid")
            .replace("/programmes/{code}", "/programmes/puglia")
            .replace("/points/{code}", "/points/bari-centro")
            .replace("{id}", &id)
            .replace("{merge}", &id)
            .replace("{attempt}", &id);
        let query = if path == "/search" { "?q=spid" } else { "" };
        let method: Method = method.to_uppercase().parse().unwrap();
        let address = format!("/api/v1{path}{query}");
        // A sign-in with nothing is 400: it comes before the credentials are looked at.
        let body = Some(("application/json", "{}".to_owned()));
        let answer = visitor.send(method.clone(), &address, body).await;
        locked.insert(open, locked.get(&open).unwrap_or(&0) + 1);
        assert_eq!(
            answer.status == 401,
            !open,
            "{method} {path}: {}",
            answer.status
        );
        assert!(
            !matches!(answer.status.as_u16(), 404 | 405),
            "{method} {path} is not there"
        );
    }
    assert!(locked.values().all(|count| *count > 5), "{locked:?}");
}

#[actix_web::test]
async fn another_method_is_405_with_those_that_there_are() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    let paths: BTreeSet<&str> = operations().map(|(_, path, _)| path).collect();
    for path in paths {
        let there: BTreeSet<String> = operations()
            .filter(|(_, own, _)| *own == path)
            .map(|(method, ..)| method.to_uppercase())
            .collect();
        let address = format!("/api/v1{}", path.replace(['{', '}'], ""));
        let others = ["OPTIONS", "GET", "POST", "PUT", "PATCH", "DELETE", "PURGE"];
        for method in others.iter().filter(|method| !there.contains(**method)) {
            let answer = visitor.send(method.parse().unwrap(), &address, None).await;
            assert_eq!(answer.status, 405, "{method} {path}: {}", answer.text);
            let kind = answer.header("content-type");
            assert_eq!(kind, Some("application/problem+json"), "{method} {path}");
            let allowed = answer.header("allow").unwrap_or_default().split(", ");
            let allowed: BTreeSet<String> = allowed.map(str::to_owned).collect();
            assert_eq!(allowed, there, "{method} {path}");
        }
    }
    // What is not there stays so, whatever the method.
    for method in [Method::GET, Method::POST] {
        assert_eq!(
            visitor.send(method, "/api/v1/nulla", None).await.status,
            404
        );
    }
    let page = visitor.send(Method::PUT, "/punto/cerca", None).await;
    assert_eq!(page.status, 405);
    assert_eq!(page.header("allow"), Some("POST"));
    assert!(page.text.contains("Operazione non possibile"));
}

/// Every answer is held against the document: here those that no journey has.
#[actix_web::test]
async fn a_body_of_another_kind_or_too_large_is_refused_as_the_document_says() {
    let app = TestApp::new().await;
    let citizen = app.citizen().await;
    let people = [
        app.visitor(),
        citizen,
        app.facilitator().await,
        app.coordinator().await,
    ];
    for (method, path, operation) in operations() {
        let Some(body) = operation["requestBody"]["content"].as_object() else {
            continue;
        };
        let id = Uuid::nil().to_string();
        let path = path
            .replace("{module}", "spid")
            .replace("{lesson}", "che-cose-spid");
        let path = path.replace("{id}", &id).replace("{attempt}", &id);
        let address = format!("/api/v1{path}");
        let method: Method = method.to_uppercase().parse().unwrap();
        let own = body.keys().next().unwrap();
        let large = " ".repeat(17 * 1024 * 1024);
        for (kind, text, expected) in [
            ("application/xml", "<a/>".to_owned(), 415),
            (own.as_str(), large, 413),
        ] {
            let mut seen = Vec::new();
            for who in &people {
                let sent = Some((kind, text.clone()));
                let answer = who.try_send(method.clone(), &address, sent).await;
                seen.extend(answer.map(|answer| answer.status.as_u16()));
                if seen.last() == Some(&expected) {
                    break;
                }
            }
            assert!(seen.contains(&expected), "{method} {path} {kind}: {seen:?}");
            let described = &operation["responses"][expected.to_string()];
            assert!(described.is_object(), "{method} {path}: {expected}");
        }
        assert!(operation["responses"]["408"].is_object(), "{path}");
    }
}

#[test]
fn an_answer_that_the_document_does_not_have_is_found() {
    let problem = json!({ "$ref": "#/components/schemas/Problem" });
    let right = json!({ "type": "about:blank", "title": "T", "status": 404, "detail": "D" });
    assert_eq!(faults(&DOCUMENT, &problem, &right), [""; 0]);
    for (field, value) in [
        ("status", json!("404")),
        ("id", json!(null)),
        ("id", json!("not-a-uuid")),
        ("unknown", json!(1)),
    ] {
        let mut wrong = right.clone();
        wrong[field] = value;
        assert_eq!(faults(&DOCUMENT, &problem, &wrong).len(), 1, "{wrong}");
    }
    assert!(operation("get", "/modules/spid").is_some());
    assert!(operation("get", "/modules/spid/else").is_none());
    assert_eq!(
        operation("post", "/citizens/find").unwrap()["operationId"],
        "find_citizens"
    );
}
