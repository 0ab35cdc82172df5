//! Whoever reads something about people leaves a trace, one for what is shown at once; and so does
//! whoever is refused.

use autonomia::domain::role::Role;
use serde_json::json;

use super::rows;
use crate::actor::Actor;
use crate::app::{PASSWORD, TestApp};
use crate::desk;
use crate::office::known_to_facilita;
use crate::services::body;

/// The rows since one: action, kind and id of the subject.
async fn since(app: &TestApp, after: usize) -> Vec<(String, String, String)> {
    let rows = rows(&app.db).await;
    let told = rows[after..].iter();
    told.map(|row| {
        (
            row.action.clone(),
            row.subject_kind.clone(),
            row.subject_id.clone(),
        )
    })
    .collect()
}

/// The actions that getting an address leaves behind, with the status.
async fn traces(app: &TestApp, who: &Actor, path: &str) -> (u16, Vec<String>) {
    let before = rows(&app.db).await.len();
    let status = who.get(path).await.status.as_u16();
    let told = since(app, before).await;
    (
        status,
        told.into_iter().map(|(action, _, _)| action).collect(),
    )
}

fn one(action: &str) -> (u16, Vec<String>) {
    (200, vec![action.to_owned()])
}

#[actix_web::test]
async fn every_look_at_people_leaves_one_row() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let (id, _) = app.citizen_from(app.somebody().record(app.point())).await;
    let (other, _) = app.citizen_from(app.somebody().record(app.point())).await;
    let group = desk::group(&desk, "Gruppo", &[&id, &other]).await;
    let service = desk.post("/services", body("individual", &[&id])).await;
    let service = service.json(201)["service"].as_str().unwrap().to_owned();
    let at = |path: &str| format!("/punto/cittadini/{id}{path}");
    for (path, action) in [
        (at(""), "record-read"),
        (at("/dati"), "record-read"),
        (format!("/api/v1/citizens/{id}"), "record-read"),
        ("/punto/persone".to_owned(), "people-listed"),
        ("/api/v1/citizens".to_owned(), "people-listed"),
        ("/api/v1/citizens?q=Nives".to_owned(), "people-searched"),
        (format!("/punto/gruppi/{group}"), "group-read"),
        (
            format!("/punto/gruppi/{group}/progressi.csv"),
            "group-exported",
        ),
        (format!("/punto/servizi/{service}"), "service-read"),
        ("/punto/fermi".to_owned(), "stuck-listed"),
        ("/punto/schede".to_owned(), "incomplete-listed"),
        (
            "/api/v1/points/bari-centro/stuck".to_owned(),
            "stuck-listed",
        ),
        (
            format!("/punto/servizi/nuovo?cittadino={id}"),
            "people-listed",
        ),
    ] {
        assert_eq!(traces(&app, &desk, &path).await, one(action), "{path}");
    }
    // Two records side by side are two looks.
    let path = at(&format!("/unisci/{other}"));
    let (status, told) = traces(&app, &desk, &path).await;
    assert_eq!((status, told.len()), (200, 2), "{told:?}");
    // What says nothing of anybody leaves nothing.
    for path in [
        "/",
        "/moduli",
        "/punto/gruppi",
        "/rete/totali",
        "/api/v1/me",
    ] {
        assert_eq!(traces(&app, &desk, path).await, (200, vec![]), "{path}");
    }
    let coordinator = app.coordinator().await;
    let (status, told) = traces(&app, &coordinator, "/rete/segnalazioni").await;
    assert_eq!((status, told), one("reports-listed"));
    assert_eq!(super::verified(&app.db).await.broken, None);
}

#[actix_web::test]
async fn facilitas_file_and_its_report_leave_a_row_through_each_way_in() {
    let app = TestApp::new().await;
    known_to_facilita(&app).await;
    let desk = app.facilitator().await;
    let (id, _) = app.citizen_from(app.somebody().record(app.point())).await;
    desk.post("/services", body("individual", &[&id]))
        .await
        .json(201);
    let office = app.coordinator().await;
    let order = json!({ "programme": "puglia", "from": "2026-11-01", "to": "2026-11-30" });
    let made = office.post("/facilita/batches", order).await.json(201);
    let batch = made["batch"].as_str().unwrap();
    let api = format!("/api/v1/facilita/batches/{batch}");
    // Not there yet: nothing was read.
    let (status, told) = traces(&app, &office, &format!("{api}/rejects")).await;
    assert_eq!((status, told), (404, vec!["access-refused".to_owned()]));
    let path = format!("/facilita/batches/{batch}/rejects?none=true");
    office.post_text(&path, "").await.json(200);
    for (path, action) in [
        (format!("{api}.csv"), "facilita-file-exported"),
        (format!("{api}/rejects"), "facilita-report-exported"),
        (format!("/rete/facilita/{batch}"), "facilita-rows-read"),
    ] {
        assert_eq!(traces(&app, &office, &path).await, one(action), "{path}");
        let rows = rows(&app.db).await;
        let last = rows.last().unwrap();
        assert_eq!(
            (last.subject_id.as_str(), last.role),
            (batch, Some(Role::Coordinator)),
            "{path}"
        );
    }
}

#[actix_web::test]
async fn a_search_keeps_how_many_were_found_and_never_what_was_asked_for() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let person = app.somebody();
    app.citizen_from(person.record(app.point())).await;
    let code = person.codice_fiscale;
    let before = rows(&app.db).await.len();
    for q in [code.as_str(), "Nives", "Nessuno Cosi"] {
        assert_eq!(desk.form("/punto/cerca", &[("q", q)]).await.status, 200);
        desk.post("/citizens/find", json!({ "q": q }))
            .await
            .json(200);
    }
    let rows = rows(&app.db).await;
    let found: Vec<_> = rows[before..].iter().collect();
    assert_eq!(found.len(), 6, "one row for each search");
    for row in found {
        assert_eq!(row.action, "people-searched");
        assert_eq!(
            (row.role, row.subject_id.as_str()),
            (Some(Role::Facilitator), "")
        );
        assert!(row.point_id.is_some() && row.session_id.is_some());
        assert!(matches!(row.through.as_str(), "page" | "api"));
        let number = row.detail.strip_suffix(" found").unwrap();
        assert!(number.parse::<usize>().is_ok(), "{}", row.detail);
    }
}

#[actix_web::test]
async fn a_failed_sign_in_leaves_a_row_with_whose_it_was_where_that_is_known() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let (id, card) = {
        let record = app.somebody().record(app.point());
        let id = desk.post("/citizens", record).await.json(201)["id"].clone();
        let id = id.as_str().unwrap().to_owned();
        let card = desk.post(&format!("/citizens/{id}/card"), json!({})).await;
        (id, card.json(201)["card"].as_str().unwrap().to_owned())
    };
    let account = rows(&app.db).await;
    let account = account
        .iter()
        .find(|row| row.action == "signed-in")
        .unwrap();
    let account = account.subject_id.clone();
    let wrong = |email: &str| json!({ "email": email, "password": "sbagliata-del-tutto" });
    for (body, subject, whose) in [
        (wrong("sportello@example.org"), "account", account.as_str()),
        (wrong("nessuno@example.org"), "account", ""),
        (
            json!({ "card": card, "pin": "00000" }),
            "citizen",
            id.as_str(),
        ),
        (
            json!({ "card": "AAAA-AAAA-A", "pin": "00000" }),
            "citizen",
            "",
        ),
    ] {
        let before = rows(&app.db).await.len();
        let status = app.visitor().post("/sessions", body).await.status;
        assert_eq!(status, 401);
        let told = since(&app, before).await;
        let expected = (
            "sign-in-failed".to_owned(),
            subject.to_owned(),
            whose.to_owned(),
        );
        assert_eq!(told, [expected]);
    }
    // The right one is the account's own row.
    let right = json!({ "email": "sportello@example.org", "password": PASSWORD });
    app.visitor().post("/sessions", right).await.json(201);
    assert_eq!(rows(&app.db).await.last().unwrap().action, "signed-in");
}

#[actix_web::test]
async fn whoever_tries_somebody_elses_records_leaves_a_row_and_sees_nothing() {
    let app = TestApp::new().await;
    let (id, citizen) = app.citizen_from(app.somebody().record(app.point())).await;
    let stranger = app.other_facilitator().await;
    let editor = app.staff_without_point(Role::Editor).await;
    let nobody = "019ab000-0000-7000-8000-000000000000";
    for (who, path, status, subject) in [
        (
            &stranger,
            format!("/punto/cittadini/{id}"),
            404,
            id.as_str(),
        ),
        (&stranger, format!("/api/v1/citizens/{id}"), 404, &id),
        // It looks the same where there is no such record.
        (&stranger, format!("/api/v1/citizens/{nobody}"), 404, nobody),
        (&editor, format!("/api/v1/citizens/{id}"), 403, &id),
        (&citizen, format!("/punto/cittadini/{id}"), 403, &id),
        (&citizen, "/rete/facilita".to_owned(), 403, ""),
    ] {
        let before = rows(&app.db).await.len();
        assert_eq!(who.get(&path).await.status, status, "{path}");
        let told = since(&app, before).await;
        assert_eq!(told.len(), 1, "{path}: {told:?}");
        assert_eq!(
            (told[0].0.as_str(), told[0].2.as_str()),
            ("access-refused", subject)
        );
    }
    let before = rows(&app.db).await.len();
    // A stranger without a name, and a page that is not there, are nobody's tries.
    app.visitor().get(&format!("/punto/cittadini/{id}")).await;
    stranger.get("/non-esiste").await;
    assert_eq!(since(&app, before).await, []);
}
