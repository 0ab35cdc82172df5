//! At the desk: the century that is asked, the records to complete, what a service says of itself.

use serde_json::{Value, json};
use time::Date;
use time::macros::date;

use super::pages::entered;
use crate::app::{COORDINATOR, TestApp};
use crate::browser::Browser;
use crate::office::{DESK, known_to_facilita};
use crate::people::Person;

const NEW: &str = "/punto/cittadini";

/// A code whose year may be this century's.
fn open(number: u32) -> Person {
    Person::born(date!(1926 - 03 - 04), number)
}

/// The first and the last name that the code agrees with.
fn names(person: &Person) -> (String, String) {
    let record = person.record("");
    let of = |field: &str| record[field].as_str().unwrap().to_owned();
    (of("first_name"), of("last_name"))
}

#[actix_web::test]
async fn a_code_of_a_child_and_of_an_old_person_asks_which_and_keeps_the_answer() {
    let app = TestApp::new().await;
    let desk = entered(&app, DESK).await;
    let person = open(1);
    let (first_name, last_name) = names(&person);
    let mut fields = vec![
        ("codice_fiscale", person.codice_fiscale.as_str()),
        ("first_name", first_name.as_str()),
        ("last_name", last_name.as_str()),
        ("birth_date", ""),
        ("notice", "1"),
        ("name_differs", "1"),
    ];
    let read = [&fields[..], &[("leggi", "1")]].concat();
    for sent in [&fields, &read] {
        let asked = desk.post(NEW, sent).await;
        assert!(asked.says("È del 1926 o del 2026?"), "{}", asked.text);
        for year in ["1926", "2026"] {
            let choice = format!("value=\"{year}-03-04\" id=\"birth_date-{year}-03-04\"");
            assert!(
                asked.text.contains(&format!("{choice}>")),
                "nothing is chosen: {year}"
            );
        }
    }
    fields[3] = ("birth_date", "1926-03-04");
    let done = desk.post(NEW, &fields).await.expect(200, "4 marzo 1926");
    // Corrected without a word of the birth, it stays what was said.
    let id = done.at.rsplit('/').next().unwrap().to_owned();
    let api = app.facilitator().await;
    let path = format!("/api/v1/citizens/{id}");
    let code = json!({ "codice_fiscale": person.codice_fiscale, "education": "A" });
    let body = Some(("application/json", code.to_string()));
    let patched = api.send(awc::http::Method::PATCH, &path, body).await;
    assert_eq!(patched.json(200)["birth_date"], "1926-03-04");

    // A program says the day, or is refused; and so is a row of a file.
    let mut record = open(2).record(app.point());
    let refused = api.post("/citizens", record.clone()).await.json(422);
    let fault = &refused["errors"][0];
    assert_eq!(fault["field"], "birth_date", "{refused}");
    record["birth_date"] = json!("2026-03-04");
    let made = api.post("/citizens", record).await.json(201);
    let path = format!("/citizens/{}", made["id"].as_str().unwrap());
    assert_eq!(api.api(&path).await["birth_date"], "2026-03-04");
    let mut csv = "codice_fiscale,last_name,first_name,birth_date\n".to_owned();
    for (number, birth) in [(3, ""), (4, "1926-03-04")] {
        let person = open(number);
        let (first, last) = names(&person);
        csv.push_str(&format!(
            "{},{last},{first},{birth}\n",
            person.codice_fiscale
        ));
    }
    let looked = desk
        .upload("/punto/cittadini/importa", &[], ("file", &csv))
        .await;
    let looked = looked.expect(200, "Scegli l'anno di nascita");
    assert!(looked.says("<dt>Nuove</dt><dd>1</dd>") || looked.text.contains("<dd>1</dd>"));
}

/// A service that the desk gives to somebody, and the address of its page.
async fn given(app: &TestApp, citizen: &str, title: &str) -> String {
    let desk = app.facilitator().await;
    let service = json!({
        "kind": "individual", "point": app.point(), "date": "2026-11-20", "minutes": 30,
        "competences": ["2.6"], "domains": ["A"], "title": title, "citizens": [citizen],
    });
    let made = desk.post("/services", service).await.json(201);
    format!("/punto/servizi/{}", made["service"].as_str().unwrap())
}

async fn citizen(app: &TestApp, born: Date, number: u32, changes: Value) -> String {
    let desk = app.facilitator().await;
    let mut record = Person::born(born, number).record(app.point());
    for (field, value) in changes.as_object().unwrap() {
        record[field] = value.clone();
    }
    let made = desk.post("/citizens", record).await.json(201);
    made["id"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn what_stands_still_says_why_and_leads_to_where_it_is_put_right() {
    let app = TestApp::new().await;
    known_to_facilita(&app).await;
    let desk = entered(&app, DESK).await;
    let form = desk.get("/punto/cittadini/nuovo").await;
    assert_eq!(
        form.text
            .matches("Serve per il conteggio nazionale.")
            .count(),
        4
    );
    let born = date!(1960 - 05 - 01);
    let lacks = json!({ "education": null, "province": null });
    let half = citizen(&app, born, 1, lacks).await;
    let fine = citizen(&app, born, 2, json!({})).await;
    let service = given(&app, &half, "SPID").await;
    given(&app, &half, "CIE").await;
    let sent = given(&app, &fine, "pagoPA").await;

    let record = format!("/punto/cittadini/{half}");
    let page = desk.get(&record).await.expect(200, "Nella scheda manca");
    assert!(
        page.says("Titolo di studio") && page.says("Servizi fermi"),
        "{}",
        page.text
    );
    let complete = format!("{record}/dati");
    let page = desk.get(&service).await.expect(200, "Fermo");
    assert!(page.says("Manca il titolo di studio") && page.says("Manca la provincia"));
    assert!(page.text.contains(&complete) && !page.says("Da inviare"));
    desk.get(&sent).await.expect(200, "Da inviare a Facilita");
    let list = desk.get("/punto/servizi").await;
    list.expect(200, "Fermo: Manca il titolo di studio; Manca la provincia");
    let today = desk
        .get("/punto")
        .await
        .expect(200, "Una scheda è da completare");
    let figures = today.all("<dd><strong>", '<');
    assert_eq!(figures, ["1", "2"], "ready and held apart");
    let list = desk.get("/punto/schede").await;
    let list = list.expect(200, "1 scheda da completare. 2 servizi restano fermi.");
    assert!(list.text.contains(&complete) && list.says("Titolo di studio, Provincia"));
    // The coordinator reads numbers by point, and the people of one point when asked for.
    let office = entered(&app, COORDINATOR).await;
    let asked = office.get("/punto/schede").await;
    assert_eq!(asked.at, "/rete/schede");
    let code = format!("/punto/schede?punto={}", app.point());
    assert!(asked.text.contains(&code), "{}", asked.text);
    assert!(!asked.text.contains(&complete));
    office
        .get(&code)
        .await
        .expect(200, "Titolo di studio, Provincia");
    let figures = office.get("/rete/facilita").await;
    assert_eq!(figures.all("<dd><strong>", '<')[..2], ["1", "2"]);

    let fields = [("education", "C"), ("province", "Bari")];
    desk.post(&complete, &fields).await;
    let page = desk.get(&record).await;
    assert!(!page.says("Nella scheda manca") && !page.says("Servizi fermi"));
    desk.get(&service)
        .await
        .expect(200, "Da inviare a Facilita");
    let figures = desk.get("/punto").await.all("<dd><strong>", '<');
    assert_eq!(figures, ["3", "0"]);
    desk.get("/punto/schede")
        .await
        .expect(200, "0 schede da completare");
}

#[actix_web::test]
async fn a_service_says_what_it_is_for_the_count_and_a_voided_one_is_not_to_be_sent() {
    let app = TestApp::new().await;
    known_to_facilita(&app).await;
    let desk = entered(&app, DESK).await;
    // The programme counts people of 18 to 74.
    let words = [
        (
            citizen(&app, date!(1945 - 05 - 01), 1, json!({})).await,
            "ha più anni di quelli",
        ),
        (
            citizen(
                &app,
                date!(2010 - 05 - 01),
                2,
                json!({ "birth_date": "2010-05-01" }),
            )
            .await,
            "è troppo giovane",
        ),
        (
            citizen(
                &app,
                date!(1960 - 05 - 01),
                3,
                json!({ "codice_fiscale": null }),
            )
            .await,
            "manca il codice fiscale",
        ),
        (
            citizen(&app, date!(1960 - 05 - 01), 4, json!({})).await,
            "Nuova persona",
        ),
    ];
    for (who, words) in &words {
        let service = given(&app, who, "SPID").await;
        let page = desk.get(&service).await.expect(200, words);
        assert!(!page.says("Già conosciuta"), "{words}");
    }
    let again = given(&app, &words[3].0, "CIE").await;
    desk.get(&again).await.expect(200, "Già conosciuta");
    voided(&desk, &again).await;
}

async fn voided(desk: &Browser, service: &str) {
    let before = desk.get("/punto").await.all("<dd><strong>", '<');
    let reason = [("reason", "doppione")];
    let page = desk.post(&format!("{service}/annulla"), &reason).await;
    let page = page.expect(200, "Annullato: non si invia");
    assert!(!page.says("Da inviare") && page.says("Non conta: il servizio è annullato"));
    let after = desk.get("/punto").await.all("<dd><strong>", '<');
    assert_eq!((before[0].as_str(), after[0].as_str()), ("3", "2"));
    assert_eq!(before[1], after[1]);
}
