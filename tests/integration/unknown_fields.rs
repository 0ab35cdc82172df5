//! What the program does not know is refused by its name, in every body and query of the interface
//! for programs.

use awc::http::Method;
use serde_json::{Value, json};

use crate::actor::Actor;
use crate::app::TestApp;
use crate::people::Person;

const UNKNOWN: &str = "an_unknown_field";

/// Every operation that takes JSON, from the document: one that is added is tried too.
fn bodies() -> Vec<(Method, String)> {
    let document = autonomia::web::api::openapi::value();
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter();
        methods.map(move |(method, operation)| (method, path, operation))
    });
    operations
        .filter(|(_, _, operation)| {
            operation["requestBody"]["content"]["application/json"].is_object()
        })
        .map(|(method, path, _)| {
            let path = path
                .replace("{module}", "spid")
                .replace("{lesson}", "che-cose-spid")
                .replace("{question}", "spid-scopo")
                .split('/')
                .map(|part| match part.starts_with('{') {
                    true => "0193a000-0000-7000-8000-000000000000",
                    false => part,
                })
                .collect::<Vec<_>>()
                .join("/");
            (method.to_uppercase().parse().unwrap(), path)
        })
        .collect()
}

fn names(problem: &Value, field: &str) -> bool {
    let errors = problem["errors"].as_array();
    errors.is_some_and(|all| all.iter().any(|one| one["field"] == field))
}

#[actix_web::test]
async fn every_body_refuses_an_unknown_field_by_its_name() {
    let app = TestApp::new().await;
    let people: [Actor; 4] = [
        app.facilitator().await,
        app.coordinator().await,
        app.citizen().await,
        app.visitor(),
    ];
    let bodies = bodies();
    assert!(bodies.len() >= 12, "{bodies:?}");
    for (method, path) in bodies {
        let mut refused = false;
        for who in &people {
            let body = json!({ UNKNOWN: true }).to_string();
            let body = Some(("application/json", body));
            let answer = who
                .send(method.clone(), &format!("/api/v1{path}"), body)
                .await;
            assert!(!answer.status.is_success(), "{method} {path} took it");
            let problem = serde_json::from_str(&answer.text).unwrap_or_default();
            refused |= answer.status == 422 && names(&problem, UNKNOWN);
        }
        assert!(refused, "{method} {path} does not name the field");
    }
}

#[actix_web::test]
async fn a_field_in_another_tongue_makes_nobody_without_a_code_and_a_mistyped_filter_no_list() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let person = Person::born(time::macros::date!(1954 - 03 - 02), 1);
    let mut record = person.record(app.point());
    let code = record.as_object_mut().unwrap().remove("codice_fiscale");
    for name in ["fiscal_code", "fiscalCode"] {
        let mut wrong = record.clone();
        wrong[name] = code.clone().unwrap();
        let problem = desk.post("/citizens", wrong).await.json(422);
        assert!(names(&problem, name), "{problem}");
    }
    // What could be a code is not repeated.
    let mut wrong = record.clone();
    wrong[&person.codice_fiscale] = json!(1);
    let problem = desk.post("/citizens", wrong).await.json(422);
    assert!(!problem.to_string().contains(&person.codice_fiscale));
    let listed = desk.api("/citizens").await;
    assert_eq!(listed["citizens"], json!([]));
    for address in ["/citizens?pont=lecce", "/modules?competenza=1"] {
        let answer = desk.get(&format!("/api/v1{address}")).await;
        let name = address.split(['?', '=']).nth(1).unwrap();
        assert!(names(&answer.json(422), name), "{address}");
    }
    // Others add their own marks to the address of a page.
    assert_eq!(
        desk.get("/cerca?q=spid&utm_source=giornale").await.status,
        200
    );
}

#[actix_web::test]
async fn a_code_of_another_name_is_asked_about_once() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let person = Person::born(time::macros::date!(1954 - 03 - 02), 1);
    let with = |last: &str, first: &str, yes: Option<bool>| {
        let mut record = person.record(app.point());
        record["last_name"] = json!(last);
        record["first_name"] = json!(first);
        record["name_differs"] = json!(yes);
        record
    };
    let asked = |problem: Value, words: &str| {
        let error = &problem["errors"][0];
        assert_eq!(error["field"], "name_differs", "{problem}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(words), "{problem}");
    };
    let refused = desk.post("/citizens", with("Sposata", "Prova", None)).await;
    asked(refused.json(422), "di un altro nome");
    let record = person.record(app.point());
    let text = |name: &str| record[name].as_str().unwrap().to_owned();
    let swapped = with(&text("first_name"), &text("last_name"), Some(false));
    asked(desk.post("/citizens", swapped).await.json(422), "scambiati");
    let yes = with("Sposata", "Prova", Some(true));
    let made = desk.post("/citizens", yes).await.json(201);
    let path = format!("/api/v1/citizens/{}", made["id"].as_str().unwrap());
    let patch = async |body: Value| {
        let body = Some(("application/json", body.to_string()));
        desk.send(Method::PATCH, &path, body).await
    };
    // It stands while name and code do, however the code is written.
    let same = json!({ "last_name": "Sposata", "first_name": "Prova", "phone": "080 555 0100",
        "codice_fiscale": person.codice_fiscale.to_lowercase() });
    assert_eq!(patch(same).await.status, 200);
    asked(
        patch(json!({ "last_name": "Altra" })).await.json(422),
        "altro nome",
    );
    assert_eq!(patch(json!({ "phone": "080 555 0101" })).await.status, 200);
    let right = json!({ "last_name": text("last_name"), "first_name": text("first_name") });
    assert_eq!(patch(right).await.status, 200);
    // Once name and code fit, the old yes is no more.
    let back = json!({ "last_name": "Sposata", "first_name": "Prova" });
    asked(patch(back).await.json(422), "altro nome");
}

#[actix_web::test]
async fn the_desk_asks_whose_card_it_is_and_keeps_what_was_typed() {
    let app = TestApp::new().await;
    let desk = crate::desk_people::desk(&app, "sportello@example.org").await;
    let form = [
        ("codice_fiscale", "RSSMRA85M41H501U"),
        ("last_name", "Verdi"),
        ("first_name", "Mara"),
        ("notice", "1"),
    ];
    let asked = desk.post("/punto/cittadini", &form).await;
    let asked = asked.expect(422, "È la tessera di questa persona?");
    assert!(asked.says("value=\"Verdi\"") && asked.says("name=\"name_differs\""));
    let yes = [form.as_slice(), &[("name_differs", "1")]].concat();
    let record = desk.post("/punto/cittadini", &yes).await;
    let record = record.expect(200, "Verdi");
    // The form of the record sends all of it back, and does not ask again.
    let edit = format!("{}/dati", record.at);
    assert!(!desk.get(&edit).await.says("name_differs"));
    let phone = [&form[..3], &[("phone", "080 555 0100")]].concat();
    let again = desk.post(&edit, &phone).await;
    again.expect(200, "080 555 0100");
}
