//! The pages and the interface for programs: who may, what is shown, what is sent.

use serde_json::{Value, json};

use super::reader;
use crate::actor::Actor;
use crate::app::{COORDINATOR, PASSWORD, TestApp};
use crate::browser::Browser;
use crate::office::known_to_facilita;

/// A network that Facilita knows, with a coordinator.
async fn known() -> (TestApp, Actor) {
    let app = TestApp::new().await;
    known_to_facilita(&app).await;
    let office = app.coordinator().await;
    (app, office)
}

/// A citizen and a service that was given to them.
async fn served(app: &TestApp, title: &str, changes: Value) -> (String, String) {
    let desk = app.facilitator().await;
    let mut record = app.somebody().record(app.point());
    for (field, value) in changes.as_object().unwrap() {
        record[field] = value.clone();
    }
    let citizen = desk.post("/citizens", record).await.json(201);
    let service = json!({
        "kind": "individual", "point": app.point(), "date": "2026-11-20", "minutes": 30,
        "competences": ["2.6"], "domains": ["A"], "title": title, "citizens": [citizen["id"]],
    });
    let service = desk.post("/services", service).await.json(201);
    let id = |value: &Value| value.as_str().unwrap().to_owned();
    (id(&service["service"]), id(&citizen["id"]))
}

const BATCHES: &str = "/facilita/batches";

fn november() -> Value {
    json!({ "programme": "puglia", "from": "2026-11-01", "to": "2026-11-30" })
}

#[actix_web::test]
async fn a_program_makes_a_file_fetches_it_and_reports_what_was_refused() {
    let (app, office) = known().await;
    let (service, _) = served(&app, "SPID", json!({})).await;
    let (fine, _) = served(&app, "CIE", json!({})).await;
    let (held, citizen) = served(&app, "CIE", json!({ "province": null })).await;
    let made = office.post(BATCHES, november()).await.json(201);
    assert_eq!((&made["rows"], &made["waiting"]), (&json!(2), &json!(0)));
    let reasons = json!([{ "service": held, "citizen": citizen, "reasons": ["province"] }]);
    assert_eq!(made["held_back"], reasons);
    let batch = made["batch"].as_str().unwrap();

    let path = format!("/api/v1{BATCHES}/{batch}");
    let first = office.get(&format!("{path}.csv")).await;
    let again = office.get(&format!("{path}.csv")).await;
    assert_eq!((first.status.as_u16(), &first.text), (200, &again.text));
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, first.text.as_bytes());
    let hex: String = hash.as_ref().iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(first.header("etag"), Some(format!("\"{hex}\"").as_str()));
    let disposition = first.header("content-disposition").unwrap();
    assert!(disposition.starts_with("attachment;"), "{disposition}");
    assert_eq!(first.header("cache-control"), Some("private, no-store"));
    let rows = reader::read(&first.text, (2026, 11, 21), false);
    let rows: Vec<_> = rows.into_iter().map(Result::unwrap).collect();

    let open = office.post(BATCHES, november()).await.json(409);
    assert_eq!(open["id"], json!(batch));
    let nothing = json!({
        "programme": "puglia", "from": "2026-11-01", "to": "2026-11-30", "force": true,
    });
    let nothing = office.post(BATCHES, nothing).await.json(200);
    assert_eq!(
        (&nothing["batch"], &nothing["rows"]),
        (&Value::Null, &json!(0))
    );

    let rejects = format!("{path}/rejects");
    assert_eq!(office.get(&rejects).await.status.as_u16(), 404);
    let text = reader::report(&rows, &[(2, "La sede non e' presente su Facilita")]);
    let send = async |who: &Actor, text: &str| {
        let body = Some(("text/csv", text.to_owned()));
        who.send(awc::http::Method::POST, &rejects, body).await
    };
    let bad = reader::brief(&[(1, "Minorenne"), (9, "Minorenne")]);
    let wrong = send(&office, &bad).await.json(422);
    assert_eq!(wrong["errors"][0]["field"], "line-3");
    for part in ["", &bad[..30], "1,Minorenne"] {
        let wrong = send(&office, part).await.json(422);
        assert_eq!(wrong["errors"][0]["field"], "report", "{part}");
    }
    let none = format!("{rejects}?none=true");
    let both = Some(("text/csv", text.clone()));
    let both = office.send(awc::http::Method::POST, &none, both).await;
    assert_eq!(both.json(422)["errors"][0]["field"], "report");
    let two = format!("{rejects}?refused=2");
    let cut = Some(("text/csv", text.clone()));
    let cut = office.send(awc::http::Method::POST, &two, cut).await;
    assert_eq!(cut.json(422)["errors"][0]["field"], "refused");
    let outcome = send(&office, &text).await.json(200);
    let note = "La sede non e' presente su Facilita";
    let expected = json!([{ "row": 2, "service": fine, "note": note }]);
    assert_eq!(
        (&outcome["accepted"], &outcome["rejected"]),
        (&json!(1), &expected)
    );
    assert_ne!(service, fine);
    assert_eq!(send(&office, &text).await.json(200), outcome);
    assert_eq!(office.get(&rejects).await.text, text);

    for who in [app.facilitator().await, app.citizen().await] {
        who.post(BATCHES, november()).await.json(403);
        assert_eq!(who.get(&format!("{path}.csv")).await.status.as_u16(), 403);
        assert_eq!(who.get(&rejects).await.status.as_u16(), 403);
        send(&who, &text).await.json(403);
    }
    app.visitor().post(BATCHES, november()).await.json(401);
    let unknown = json!({ "programme": "nulla", "from": "2026-11-01", "to": "2026-11-30" });
    office.post(BATCHES, unknown).await.json(404);
    let reversed = json!({ "programme": "puglia", "from": "2026-11-30", "to": "2026-11-01" });
    office.post(BATCHES, reversed).await.json(422);
    let nobodys = "/api/v1/facilita/batches/019a0000-0000-7000-8000-000000000000";
    assert_eq!(
        office.get(&format!("{nobodys}.csv")).await.status.as_u16(),
        404
    );
}

pub(super) async fn entered(app: &TestApp, email: &str) -> Browser {
    let browser = Browser::new(app);
    let fields = [("email", email), ("password", PASSWORD)];
    assert_eq!(browser.post("/accedi", &fields).await.status, 200);
    browser
}

#[actix_web::test]
async fn a_coordinator_sends_mends_and_sends_again() {
    let (app, _) = known().await;
    let page = "/rete/facilita";
    let visitor = Browser::new(&app);
    assert!(visitor.get(page).await.at.starts_with("/accedi?ritorno="));
    let desk = entered(&app, "sportello@example.org").await;
    desk.get(page).await.expect(403, "");
    let office = entered(&app, COORDINATOR).await;
    office
        .get(page)
        .await
        .expect(200, "Non c'è ancora nessun file");
    let (_, one) = served(&app, "SPID", json!({})).await;
    served(&app, "CIE", json!({})).await;
    let (_, citizen) = served(&app, "pagoPA", json!({ "province": null })).await;

    let wrong = format!("{page}?programma=puglia&dal=boh&al=");
    let wrong = office.get(&wrong).await.expect(422, "boh");
    let summary = wrong.text.split_once("class=\"error-summary\"").unwrap().1;
    let summary = summary.split_once("</div>").unwrap().0;
    assert_eq!(summary.matches("href=\"#").count(), 2, "{summary}");
    let days = "programma=puglia&dal=2026-11-01&al=2026-11-30";
    let trial = office.get(&format!("{page}?{days}")).await;
    let trial = trial.expect(200, "Il file avrà 2 righe");
    assert!(trial.says("Manca la provincia"));
    let href = format!("/punto/cittadini/{citizen}/dati");
    assert!(trial.text.contains(&href), "it leads to the record");
    let new = [
        ("programma", "puglia"),
        ("from", "2026-11-01"),
        ("to", "2026-11-30"),
    ];
    let file = office.post(page, &new).await.expect(200, "Scarica il file");
    let first = "class=\"btn btn-primary\" href=\"/api/v1/facilita/";
    assert!(file.text.contains(first));
    // What was called back is there to be read, and nobody is led to send it.
    let back = format!("{}/richiama", file.at);
    let back = office.post(&back, &[]).await.expect(200, "File richiamato");
    let main = back.text.split_once("<main").unwrap().1;
    assert!(!main.contains("btn-primary") && main.contains("Scarica il file"));
    let file = office.post(page, &new).await.expect(200, "Scarica il file");
    let open = office.post(page, &new).await;
    open.expect(409, "Un file aspetta ancora la risposta");
    let at = file.at.clone();

    let empty = office
        .upload(&at, &[("refused", "1")], ("report", " "))
        .await;
    empty.expect(422, "Il file è vuoto");
    let none = office
        .upload(&at, &[("refused", "1")], ("altro", "niente"))
        .await;
    none.expect(422, "Il file è vuoto");
    let text = reader::brief(&[(1, "Dati del cittadino errati. Ricontrollare")]);
    let cut = office
        .upload(
            &at,
            &[("refused", "1")],
            ("report", &text[..text.len() - 9]),
        )
        .await;
    cut.expect(422, "Riga 2 del file");
    // Cut where a line ends, it is as good as whole but for the number of its rows.
    for (told, words) in [("", "Scrivi quante righe"), ("2", "Forse è tagliato")] {
        let cut = office
            .upload(&at, &[("refused", told)], ("report", &text))
            .await;
        cut.expect(422, words);
    }
    let read = office
        .upload(&at, &[("refused", "1")], ("report", &text))
        .await;
    let read = read.expect(200, "Dati del cittadino errati. Ricontrollare");
    assert!(read.says("Controlla la sua scheda") && read.says("Da correggere"));
    assert!(read.text.contains(&format!("/punto/cittadini/{one}/dati")));

    let decide = format!("{at}/1");
    let bare = office.post(&decide, &[("decision", "again")]).await;
    bare.expect(422, "Scrivi perché");
    let change = json!({ "province": "Foggia" });
    let path = format!("/api/v1/citizens/{one}");
    let body = Some(("application/json", change.to_string()));
    let desk_api = app.facilitator().await;
    desk_api
        .send(awc::http::Method::PATCH, &path, body)
        .await
        .json(200);
    office
        .get(&at)
        .await
        .expect(200, "Corretta: parte con il prossimo file");
    let again = office
        .post(page, &new)
        .await
        .expect(200, "Foggia".split_at(0).0);
    assert_ne!(again.at, at);
    office.get(&at).await.expect(200, "Inviata di nuovo");
    office
        .post(&format!("{}/nessuna", again.at), &[])
        .await
        .expect(200, "Righe accettate: 1");
    let nothing = office.post(page, &new).await;
    nothing.expect(422, "non c'è niente da inviare");
    office
        .get("/rete/facilita/019a0000-0000-7000-8000-000000000000")
        .await
        .expect(404, "");
}

#[actix_web::test]
async fn a_voided_service_is_listed_until_it_is_taken_out() {
    let (app, api) = known().await;
    let (service, _) = served(&app, "Servizio sbagliato", json!({})).await;
    let made = api.post(BATCHES, november()).await.json(201);
    let office = entered(&app, COORDINATOR).await;
    let file = format!("/rete/facilita/{}", made["batch"].as_str().unwrap());
    office
        .post(&format!("{file}/nessuna"), &[])
        .await
        .expect(200, "accettata");
    let reason = json!({ "reason": "doppione" });
    let desk = app.facilitator().await;
    let path = format!("/services/{service}/void");
    desk.post(&path, reason).await.json(200);
    let listed = office
        .get("/rete/facilita")
        .await
        .expect(200, "Da togliere in Facilita");
    assert!(listed.says("Servizio sbagliato") && listed.says("doppione"));
    let done = office
        .post(&format!("/rete/facilita/tolti/{service}"), &[])
        .await;
    assert!(!done.expect(200, "").says("Da togliere in Facilita"));

    // One that was refused and then voided has nothing to be mended any more.
    let (service, _) = served(&app, "Altro servizio", json!({})).await;
    let made = api.post(BATCHES, november()).await.json(201);
    let file = format!("/rete/facilita/{}", made["batch"].as_str().unwrap());
    let report = reader::brief(&[(1, "Dati del servizio errati")]);
    let read = office
        .upload(&file, &[("refused", "1")], ("report", &report))
        .await;
    read.expect(200, "Da correggere");
    let reason = json!({ "reason": "durata sbagliata" });
    desk.post(&format!("/services/{service}/void"), reason)
        .await
        .json(200);
    office.get(&file).await.expect(200, "Servizio annullato");
}
