//! Names that show nothing, or show something else than they are; and where a name is looked for.

use serde_json::{Value, json};
use time::macros::date;

use crate::app::TestApp;
use crate::desk_people::desk;
use crate::following::DESK;
use crate::log;
use crate::people::Person;

/// What no name is made of.
const NOTHING: [&str; 6] = [
    "\u{3164}",
    "\u{2800}\u{2800}",
    "\u{115f}\u{1160}",
    "\u{180e}\u{34f}\u{200d}",
    "\u{301}\u{301}",
    "\u{e0041}-",
];

#[actix_web::test]
async fn a_name_has_letters_that_are_seen() {
    let app = TestApp::new().await;
    let api = app.facilitator().await;
    let page = desk(&app, DESK).await;
    let signs = ["<b>x</b>", "Ada\u{2028}<", "a=1", "x@y", "\"Ada\"", "Ada;"];
    for name in NOTHING.into_iter().chain(signs) {
        for field in ["first_name", "last_name"] {
            let mut new = json!({ "first_name": "Ada", "last_name": "Prova" });
            new[field] = Value::from(name);
            let refused = api.post("/citizens", new).await.json(422);
            assert_eq!(refused["errors"][0]["field"], field, "{name:?}");
        }
        let form = [
            ("first_name", name),
            ("last_name", "Prova"),
            ("notice", "1"),
        ];
        let refused = page.post("/punto/cittadini", &form).await;
        assert_eq!(refused.status, 422, "{name:?}");
    }
    for name in NOTHING {
        let refused = api.post("/groups", json!({ "name": name })).await.json(422);
        assert_eq!(refused["errors"][0]["field"], "name", "{name:?}");
    }
    for mark in [
        "\u{180e}", "\u{115f}", "\u{34f}", "\u{200d}", "\u{202e}", "\u{fe0f}",
    ] {
        let new = json!({ "first_name": "Ada", "last_name": format!("Pro{mark}va{mark}") });
        let made = api.post("/citizens", new).await.json(201);
        let path = format!("/citizens/{}", made["id"].as_str().unwrap());
        assert_eq!(api.api(&path).await["last_name"], "Prova", "{mark:?}");
    }
    for email in ["a\u{430}@example.org", "<a@example.org>", "a,b@example.org"] {
        let new = json!({ "first_name": "Ada", "last_name": "Prova", "email": email });
        let refused = api.post("/citizens", new).await.json(422);
        assert_eq!(refused["errors"][0]["field"], "email", "{email:?}");
    }
    for name in [
        "D'Amico",
        "De’ Rossi-Bianchi",
        "Nguyễn",
        "王",
        "فاطمة",
        "Gal·la",
    ] {
        let new = json!({ "first_name": "Ada", "last_name": name });
        api.post("/citizens", new).await.json(201);
    }
}

#[actix_web::test]
async fn a_name_is_looked_for_in_a_body_and_no_log_has_it() {
    let app = TestApp::new().await;
    let api = app.facilitator().await;
    let record = Person::born(date!(1954 - 03 - 02), 1).record(app.point());
    api.post("/citizens", record).await.json(201);
    let lines = log::follow();
    let asked = "/api/v1/citizens?q=Invent";
    assert_eq!(api.get(asked).await.status.as_u16(), 200);
    assert_eq!(
        api.get(&format!("{asked}&point=Zzzunknown"))
            .await
            .status
            .as_u16(),
        422
    );
    assert_eq!(
        api.get("/api/v1/citizens?q=Invent&after=Zzzunknown")
            .await
            .status
            .as_u16(),
        400
    );
    assert_eq!(app.visitor().get(asked).await.status.as_u16(), 401);
    let found = async |body: Value| api.post("/citizens/find", body).await;
    for point in [Value::Null, Value::from(app.point())] {
        let body = json!({ "q": "Invent", "point": point });
        let found = found(body).await.json(200);
        assert_eq!(found["citizens"].as_array().unwrap().len(), 1);
    }
    found(json!({ "q": "Invent", "point": "lecce" }))
        .await
        .json(422);
    let office = app.coordinator().await;
    for (point, number) in [("lecce", 0), ("bari-centro", 1)] {
        let body = json!({ "q": "Invent", "point": point });
        let found = office.post("/citizens/find", body).await.json(200);
        assert_eq!(found["citizens"].as_array().unwrap().len(), number);
    }
    let lines = lines.lock().unwrap();
    assert!(!lines.contains("q=Invent") && !lines.contains("Zzzunknown"));
}
