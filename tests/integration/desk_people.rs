//! People at the desk: registered from the health card, found, told how their data are used.

use autonomia::citizens::consent::{self, Agreed};
use autonomia::citizens::find;
use autonomia::db::entities::audit;
use autonomia::domain::codice_fiscale::CodiceFiscale;
use sea_orm::EntityTrait;
use serde_json::json;
use time::Duration;
use time::macros::date;

use crate::app::{PASSWORD, TestApp};
use crate::browser::Browser;
use crate::ground::{Ground, NOW};
use crate::people::Person;

const DESK: &str = "sportello@example.org";
const OTHER_DESK: &str = "altro-sportello@example.org";

pub(crate) async fn desk(app: &TestApp, email: &str) -> Browser {
    let browser = Browser::new(app);
    let form = [("email", email), ("password", PASSWORD)];
    browser.post("/accedi", &form).await;
    browser
}

#[actix_web::test]
async fn the_code_of_the_health_card_tells_birth_and_sex_before_anything_is_saved() {
    let app = TestApp::new().await;
    let desk = desk(&app, DESK).await;
    let code = ("codice_fiscale", "RSSMRA85M41H501U");
    let form = desk
        .post("/punto/cittadini", &[code, ("leggi", "1")])
        .await
        .expect(200, "Donna, nata il 1º agosto 1985, 41 anni.");
    assert!(form.says("Luogo di nascita: codice H501."));
    assert!(form.says("value=\"1985-08-01\"") && form.says("selected>Femmina<"));
    assert!(!desk.get("/punto").await.says("RSS"), "nothing is saved");
    desk.post(
        "/punto/cittadini",
        &[("codice_fiscale", "RSS"), ("leggi", "1")],
    )
    .await
    .expect(422, "Il codice fiscale ha sedici caratteri");
    // The code and the names are enough.
    let new = [code, ("last_name", "Rossi"), ("first_name", "Mara")];
    let unsaid = desk.post("/punto/cittadini", &new).await;
    assert!(unsaid.status == 422 && unsaid.says("Prima dai l'informativa"));
    assert!(unsaid.says("value=\"Rossi\""), "nothing typed is lost");
    let said = [new.as_slice(), &[("notice", "1")]].concat();
    let record = desk.post("/punto/cittadini", &said).await;
    let record = record.expect(200, "Nata il 1º agosto 1985, 41 anni");
    assert!(record.says("Codice fiscale verificato"));
    // Under omocodia it is the same person.
    let omocode = CodiceFiscale::invented("RSSMRA85M41H50M").unwrap();
    let again = [("codice_fiscale", omocode.as_str()), ("leggi", "1")];
    let known = desk.post("/punto/cittadini", &again).await;
    assert!(known.expect(422, "è già registrata").says(&record.at));
    let found = desk.post("/punto/cerca", &[("q", omocode.as_str())]).await;
    assert!(found.says("Rossi Mara"));
}

#[actix_web::test]
async fn a_card_in_the_hand_finds_its_holder_at_the_points_of_the_facilitator_alone() {
    let app = TestApp::new().await;
    let card = app.card(&Person::born(date!(1954 - 03 - 02), 1)).await;
    let code = card["card"].as_str().unwrap();
    let own = desk(&app, DESK).await;
    let found = own.post("/punto/cerca", &[("q", code)]).await;
    let found = found.expect(200, "Inventata Prova");
    assert!(!found.at.contains(code), "{}", found.at);
    let other = desk(&app, OTHER_DESK).await;
    let found = other.post("/punto/cerca", &[("q", code)]).await;
    assert!(!found.says("Inventata"));
    let api = app.facilitator().await;
    let found = api.post("/citizens/find", json!({ "q": code })).await;
    assert_eq!(found.json(200)["citizens"].as_array().unwrap().len(), 1);
    let answer = api.get(&format!("/api/v1/citizens?q={code}")).await;
    assert_eq!(answer.status, 400, "no card code in an address");
}

#[actix_web::test]
async fn a_long_list_has_pages_that_leave_nobody_out() {
    let ground = Ground::new().await;
    let (db, vault) = (&ground.db, &ground.vault);
    let mut all = Vec::new();
    for number in 0..120 {
        all.push(ground.citizen(date!(1960 - 05 - 01), number).await);
    }
    for (q, points) in [
        ("", Some(&ground.points[..])),
        ("pro", Some(&ground.points[..])),
        ("nives", None),
    ] {
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = find::page(db, vault, q, points, after).await.unwrap();
            assert!(page.people.len() <= 20);
            seen.extend(page.people.iter().map(|person| person.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 120, "{q}: nobody twice");
        seen.sort();
        assert_eq!(seen, all, "{q}: nobody left out");
    }
    let app = TestApp::new().await;
    let api = app.facilitator().await;
    for number in 0..21 {
        let person = Person::born(date!(1954 - 03 - 02), number);
        let new = api.post("/citizens", person.record(app.point())).await;
        new.json(201);
    }
    let desk = desk(&app, DESK).await;
    let first = desk.get("/punto/persone").await;
    let next = first.all(
        "<a class=\"btn btn-outline-primary\" rel=\"next\" href=\"",
        '"',
    );
    let last = desk.get(next[0].split('#').next().unwrap()).await;
    assert_eq!(last.all("<th scope=\"row\"", '>').len(), 1);
    let found = desk.post("/punto/cerca", &[("q", "inv")]).await;
    let next = found.all("rel=\"next\" href=\"", '"');
    let next = next[0].replace("&amp;", "&");
    let last = desk.get(next.split('#').next().unwrap()).await;
    assert_eq!(last.all("<th scope=\"row\"", '>').len(), 1);
}

#[actix_web::test]
async fn a_consent_has_its_text_and_day_and_can_be_withdrawn() {
    let ground = Ground::new().await;
    let ada = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let (db, by) = (&ground.db, ground.facilitator);
    let both = Agreed {
        notice: true,
        contact: true,
    };
    for _ in 0..2 {
        consent::record(db, ada, both, by, NOW).await.unwrap();
    }
    let stands = consent::of_citizen(db.read(), ada).await.unwrap();
    let contact = stands.contact.unwrap();
    assert_eq!(contact.day, date!(2026 - 11 - 21));
    assert!(contact.version.starts_with("2026-"));
    let later = NOW + Duration::days(30);
    consent::withdraw_contact(db, ada, Some(by), later)
        .await
        .unwrap();
    let stands = consent::of_citizen(db.read(), ada).await.unwrap();
    assert!(stands.contact.is_none() && stands.notice.is_some());
    let anew = later + Duration::days(1);
    consent::record(db, ada, both, by, anew).await.unwrap();
    let stands = consent::of_citizen(db.read(), ada).await.unwrap();
    assert_eq!(stands.contact.unwrap().day, date!(2026 - 12 - 22));
    let acts = audit::Entity::find().all(db.read()).await.unwrap();
    let of = |action: &str| acts.iter().filter(|act| act.action == action).count();
    assert_eq!((of("consent-recorded"), of("consent-withdrawn")), (3, 1));
}

#[actix_web::test]
async fn what_a_person_agrees_to_is_on_the_record() {
    let app = TestApp::new().await;
    let api = app.facilitator().await;
    let mut record = Person::born(date!(1954 - 03 - 02), 1).record(app.point());
    record["notice"] = json!(true);
    record["contact"] = json!(true);
    let made = api.post("/citizens", record).await.json(201);
    let path = format!("/punto/cittadini/{}", made["id"].as_str().unwrap());
    let desk = desk(&app, DESK).await;
    let page = desk.get(&path).await;
    let page = page.expect(200, "Informativa data il 21 novembre 2026");
    assert!(page.says("Accetta di essere contattato dal 21 novembre 2026"));
    let said = desk
        .post(&format!("{path}/consensi"), &[("consenso", "ritira")])
        .await;
    assert!(
        said.expect(200, "Non ha dato il consenso")
            .says("Informativa data")
    );
}

#[actix_web::test]
async fn the_record_leads_to_what_can_be_done_for_a_person() {
    let app = TestApp::new().await;
    let api = app.facilitator().await;
    let record = Person::born(date!(1954 - 03 - 02), 1).record(app.point());
    let made = api.post("/citizens", record).await.json(201);
    let id = made["id"].as_str().unwrap();
    let path = format!("/punto/cittadini/{id}");
    let desk = desk(&app, DESK).await;
    let links = [
        format!("{path}/assegna"),
        format!("/punto/servizi/nuovo?cittadino={id}"),
    ];
    let page = desk.get(&path).await.expect(200, "Non ha una tessera");
    assert!(links.iter().all(|link| page.says(link)), "{}", page.text);
    let card = desk.post(&format!("{path}/tessera"), &[]).await;
    let card = card.expect(200, "Riprendi da casa");
    assert!(links.iter().all(|link| card.says(link)));
    let [code, pin] = [
        card.all("<dd>", '<')[0].clone(),
        card.all("<dd>", '<')[1].clone(),
    ];
    let page = desk.get(&path).await;
    assert!(page.says("Ha una tessera dal 21 novembre 2026"));
    let stopped = desk.post(&format!("{path}/tessera/ferma"), &[]).await;
    assert!(
        stopped
            .expect(200, "La tessera non funziona più")
            .says("Non ha una tessera")
    );
    let lost = Browser::new(&app);
    let form = [("tessera", code.as_str()), ("pin", pin.as_str())];
    lost.post("/tessera", &form)
        .await
        .expect(401, "non corrisponde");
}

/// A form that says what it wants before it is sent, and what still stands still after.
#[actix_web::test]
async fn a_record_is_told_what_it_lacks_and_a_province_is_one_of_the_list() {
    let app = TestApp::new().await;
    let desk = desk(&app, DESK).await;
    let form = desk.get("/punto/cittadini/nuovo").await;
    let needed = "Serve per il conteggio nazionale";
    assert_eq!(form.text.matches(needed).count(), 5, "{}", form.text);
    for field in [
        "codice_fiscale",
        "education",
        "occupation",
        "citizenship",
        "province",
    ] {
        let (_, help) = form
            .text
            .split_once(&format!("id=\"{field}-aiuto\">"))
            .unwrap();
        assert!(help.split_once("</p>").unwrap().0.contains(needed));
    }
    assert!(form.text.contains("<option value=\"Forlì-Cesena\">"));

    let mut new = vec![
        ("last_name", "Neri"),
        ("first_name", "Lia"),
        ("province", "Barri"),
        ("notice", "1"),
        ("need", "spid"),
        ("minutes", "20"),
        ("tessera", "1"),
    ];
    let refused = desk.post("/punto/cittadini", &new).await;
    let refused = refused.expect(422, "Non c'è una provincia con questo nome");
    assert!(refused.text.contains("href=\"#province\""));
    new[2].1 = "fg";
    let card = desk.post("/punto/cittadini", &new).await;
    let card = card.expect(200, "Il servizio di oggi è fermo");
    assert!(card.says("Codice fiscale, Titolo di studio, Occupazione, Cittadinanza."));
    let complete = card.all("href=\"/punto/cittadini/", '"');
    let complete = complete.iter().find(|href| href.ends_with("/dati"));
    let complete = format!("/punto/cittadini/{}", complete.unwrap());

    // From the list of records to complete: whose it is, the way back, and on with the next.
    let list = desk.get("/punto/schede").await;
    let listed = format!("{complete}?da=schede");
    assert!(list.text.contains(&listed), "{}", list.text);
    let edit = desk.get(&listed).await.expect(200, "Lia Neri");
    assert!(edit.says("value=\"Foggia\"") && edit.text.contains("href=\"/punto/schede\""));
    let wrong = desk.post(&listed, &[("province", "Barri")]).await;
    let wrong = wrong.expect(422, "Lia Neri");
    assert!(wrong.text.contains(&format!("action=\"{listed}\"")));
    let fields = [("education", "C"), ("occupation", "G")];
    assert_eq!(desk.post(&listed, &fields).await.at, "/punto/schede");
    assert_eq!(
        desk.post(&complete, &fields).await.at,
        complete.trim_end_matches("/dati")
    );

    // Nobody was looked for yet.
    let merge = complete.replace("/dati", "/unisci");
    let page = desk.get(&merge).await.expect(200, "ha lo stesso nome");
    assert!(!page.says("Nessuna persona trovata"));
    let searched = desk.post(&merge, &[("q", "Bianchi")]).await;
    searched.expect(200, "Nessuna persona trovata");

    // One exception is no rule: the next group begins as groups do.
    let id = complete.split('/').nth(3).unwrap();
    let mut group = vec![
        ("act", "save"),
        ("point", app.point()),
        ("kind", "other"),
        ("need", "spid"),
        ("date", "2026-11-21"),
        ("minutes", "45"),
    ];
    group.push(("citizens", id));
    let done = desk.post("/punto/servizi/gruppo", &group).await;
    done.expect(200, "Il servizio è registrato");
    let next = desk.get("/punto/servizi/gruppo").await;
    let chosen = "value=\"group\" id=\"kind-group\" checked";
    assert!(
        next.says(chosen) && next.says("value=\"45\""),
        "{}",
        next.text
    );
}
