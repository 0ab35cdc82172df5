//! Marks that nobody sees are left out of every text that comes in: through the API, the pages and
//! the files.

use awc::http::Method;
use serde_json::{Value, json};

use crate::app::{COORDINATOR, TestApp};
use crate::browser::Browser;
use crate::desk_people::desk;

/// Right to left, an isolate, a mark without width, a bell.
const MARKS: [char; 5] = ['\u{202e}', '\u{2066}', '\u{200f}', '\u{200b}', '\u{7}'];

fn marked(text: &str) -> String {
    let (begin, end) = text.split_at(2);
    format!("{begin}{}{end}", MARKS.iter().collect::<String>())
}

#[track_caller]
fn clean(text: &str, at: &str, wanted: &str) {
    assert!(text.contains(wanted), "{at} does not say {wanted}: {text}");
    for mark in MARKS {
        let escaped = format!("\\u{:04x}", u32::from(mark));
        assert!(
            !text.contains(mark) && !text.contains(&escaped),
            "{at} has {mark:?}"
        );
    }
}

#[actix_web::test]
async fn records_points_groups_and_notes_have_no_marks_that_nobody_sees() {
    let app = TestApp::new().await;
    let api = app.facilitator().await;
    let mut record = app.somebody().record(app.point());
    record["first_name"] = json!(marked("Serafina"));
    record["last_name"] = json!(marked("Provolini"));
    record["name_differs"] = json!(true);
    record["province"] = json!(marked("Foggia"));
    let made = api.post("/citizens", record).await.json(201);
    let id = made["id"].as_str().unwrap().to_owned();
    let kept = api.get(&format!("/api/v1/citizens/{id}")).await.text;
    for word in ["Serafina", "Provolini", "Foggia"] {
        clean(&kept, "the record", word);
    }

    let group = json!({ "name": marked("Mercoledì"), "point": app.point() });
    api.post("/groups", group).await.json(201);
    let desk = desk(&app, "sportello@example.org").await;
    clean(&desk.get("/punto/gruppi").await.text, "groups", "Mercoledì");

    let note =
        json!({ "modules": ["spid"], "citizens": [id], "note": marked("Porta il telefono") });
    api.post("/assignments", note).await.json(201);
    let page = desk.get(&format!("/punto/cittadini/{id}")).await.text;
    clean(&page, "the citizen's page", "Provolini");

    let service = json!({
        "kind": "individual", "point": app.point(), "date": "2026-11-20", "minutes": 30,
        "competences": ["1.1"], "domains": ["A"], "title": marked("Aiuto in fila"), "citizens": [id],
    });
    let done = api.post("/services", service).await;
    let done: Value = serde_json::from_str(&done.text).unwrap();
    let service = done["service"].as_str().unwrap_or_else(|| panic!("{done}"));
    let reason = json!({ "reason": marked("Sbagliato giorno") });
    api.post(&format!("/services/{service}/void"), reason)
        .await
        .json(200);
    let page = desk.get(&format!("/punto/servizi/{service}")).await.text;
    clean(&page, "the service", "Aiuto in fila");
    clean(&page, "the service", "Sbagliato giorno");
}

#[actix_web::test]
async fn reports_and_points_have_no_marks_that_nobody_sees() {
    let app = TestApp::new().await;
    let sent = [
        ("page", "/"),
        ("text", &marked("Non si legge.\r\nPer niente.")),
        ("email", ""),
    ];
    Browser::new(&app)
        .post("/accessibilita/segnala", &sent)
        .await;
    let office = desk(&app, COORDINATOR).await;
    let list = office.get("/rete/segnalazioni").await.text;
    clean(&list, "reports", "Non si legge.");

    let name = marked("Barletta Mare");
    let fields = [
        ("code", "barletta"),
        ("programme", "puglia"),
        ("name", name.as_str()),
        ("municipality", "Barletta"),
        ("province", "BT"),
        ("region", "Puglia"),
    ];
    let pairs = fields.map(|(name, value)| format!("{name}={}", crate::actor::encode(value)));
    let added = office
        .once(Method::POST, "/rete/punti/nuovo", Some(pairs.join("&")))
        .await;
    assert_eq!(added.status, 303, "{}", added.text);
    clean(&office.get("/punti").await.text, "points", "Barletta Mare");
}
