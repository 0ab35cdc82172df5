//! The whole way: a citizen comes to the desk, goes home with a card, learns, is counted once, and
//! reaches Facilita, whose refusal is mended and sent again.

use serde_json::{Value, json};
use time::macros::date;

use crate::app::TestApp;
use crate::browser::Browser;
use crate::office::known_to_facilita;
use crate::people::Person;

/// The rows of a file for Facilita that has no quoted commas.
fn rows(file: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| line.split(',').map(str::to_owned).collect();
    file.lines().skip(1).map(cells).collect()
}

/// A file of what is ready: its id, and its rows.
async fn batch(app: &TestApp) -> (String, Vec<Vec<String>>, Value) {
    let coordinator = app.coordinator().await;
    let span = json!({ "programme": "puglia", "from": "2026-11-01", "to": "2026-11-30" });
    let made = coordinator.post("/facilita/batches", span).await.json(201);
    let id = made["batch"].as_str().unwrap_or_default().to_owned();
    let file = coordinator
        .get(&format!("/api/v1/facilita/batches/{id}.csv"))
        .await;
    assert_eq!(file.status, 200, "{made}");
    (id, rows(&file.text), made)
}

#[actix_web::test]
async fn from_the_desk_to_the_lesson_at_home_to_facilita_and_back() {
    let app = TestApp::new().await;
    known_to_facilita(&app).await;
    let before = app.totals().await;

    // At the desk: registered from the health card, with a card, and something to learn.
    let desk = app.facilitator().await;
    let person = Person::born(date!(1958 - 03 - 14), 4_321);
    let mut record = person.record(app.point());
    record["notice"] = json!(true);
    let citizen = desk.post("/citizens", record).await.json(201);
    let id = citizen["id"].as_str().unwrap().to_owned();
    let card = desk
        .post(&format!("/citizens/{id}/card"), json!({}))
        .await
        .json(201);
    let assigned = json!({
        "modules": ["spid"], "citizens": [id], "due_on": "2026-12-05", "note": "Con calma",
    });
    desk.post("/assignments", assigned).await.json(201);

    // At home: the QR's address asks for the PIN alone and opens the very lesson.
    let phone = Browser::new(&app);
    let code = card["card"].as_str().unwrap();
    let page = phone
        .get(&format!("/tessera/{code}"))
        .await
        .expect(200, code);
    assert!(page.text.contains("name=\"pin\""));
    let back = page.hidden("ritorno");
    let lesson = phone
        .post(
            "/tessera",
            &[
                ("tessera", code),
                ("pin", card["pin"].as_str().unwrap()),
                ("ritorno", &back),
            ],
        )
        .await;
    assert_eq!(
        (lesson.status, lesson.at.as_str()),
        (200, "/moduli/spid/che-cose-spid")
    );
    phone.get("/mio-percorso").await.expect(200, "Con calma");

    // They learn, and pass.
    let opened = json!({ "card": card["card"], "pin": card["pin"] });
    let learner = app.enter(&app.visitor(), &opened).await;
    let finished = app.pass(&learner, "spid").await;
    assert_eq!(
        finished["completion"]["counted"]["new_citizen"],
        json!(true)
    );

    // The desk sees it, and the total has moved by one.
    let seen = desk.get(&format!("/punto/cittadini/{id}")).await;
    assert!(seen.text.contains("Completato"), "{}", seen.text);
    let after = app.totals().await;
    assert_eq!(after.citizens, before.citizens + 1);
    assert_eq!(
        (after.services, after.online),
        (before.services + 1, before.online + 1)
    );

    // Facilita's file has the row.
    let (first, rows, made) = batch(&app).await;
    assert_eq!((rows.len(), &made["rows"]), (1, &json!(1)), "{made}");
    assert_eq!(rows[0].len(), 33);
    assert_eq!(rows[0][6], person.codice_fiscale);
    assert_eq!(
        (rows[0][20].as_str(), rows[0][22].as_str()),
        ("2026-11-21", "D")
    );

    // It comes back; until it is mended, there is nothing to send.
    let coordinator = app.coordinator().await;
    let path = format!("/facilita/batches/{first}/rejects");
    let refused = coordinator
        .post_text(
            &path,
            &crate::facilita::brief(&[(1, "Campi obbligatori vuoti")]),
        )
        .await
        .json(200);
    assert_eq!(
        (&refused["accepted"], &refused["rejected"][0]["row"]),
        (&json!(0), &json!(1))
    );
    assert_eq!(
        refused["rejected"][0]["service"],
        finished["completion"]["counted"]["service"]
    );
    let span = json!({ "programme": "puglia", "from": "2026-11-01", "to": "2026-11-30" });
    let nothing = coordinator.post("/facilita/batches", span).await;
    let nothing = nothing.json(200);
    assert_eq!(
        (&nothing["batch"], &nothing["rows"]),
        (&Value::Null, &json!(0))
    );

    // Mended at the desk, it goes again, alone.
    let changes = json!({ "education": "I" });
    let body = Some(("application/json", changes.to_string()));
    let mended = desk
        .send(
            awc::http::Method::PATCH,
            &format!("/api/v1/citizens/{id}"),
            body,
        )
        .await;
    mended.json(200);
    let (second, rows, _) = batch(&app).await;
    assert_ne!(first, second);
    assert_eq!((rows.len(), rows[0][12].as_str()), (1, "I"));
    let taken = coordinator
        .post_text(&format!("/facilita/batches/{second}/rejects?none=true"), "")
        .await
        .json(200);
    assert_eq!(
        (&taken["accepted"], &taken["rejected"]),
        (&json!(1), &json!([]))
    );
    assert_eq!(app.totals().await, after);
    app.verify_totals().await;
}
