//! A service that was written down wrong: void and new in one act, each knows the other.

use autonomia::db::entities::{attendances, services};
use autonomia::domain::facilita::SendState;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use crate::app::{COORDINATOR, TestApp};
use crate::browser::Browser;
use crate::office::{DESK, OTHER, entered, known_to_facilita, recorded, registered};
use crate::services::body;

async fn given(desk: &Browser, people: &[&str]) -> String {
    let mut sent = vec![
        ("point", "bari-centro"),
        ("kind", "group"),
        ("need", "spid"),
        ("date", "2026-11-20"),
        ("minutes", "30"),
        ("act", "save"),
    ];
    sent.extend(people.iter().map(|one| ("citizens", *one)));
    recorded(&desk.post("/punto/servizi/gruppo", &sent).await)
}

fn right<'a>(people: &[&'a str]) -> Vec<(&'static str, &'a str)> {
    let mut sent = vec![
        ("point", "bari-centro"),
        ("kind", "classroom"),
        ("need", "payments"),
        ("date", "2026-11-19"),
        ("minutes", "90"),
        ("reason", "mancava una persona"),
        ("act", "save"),
    ];
    sent.extend(people.iter().map(|one| ("citizens", *one)));
    sent
}

fn of(path: &str) -> String {
    path.split(['/', '?']).nth(3).unwrap().to_owned()
}

#[actix_web::test]
async fn a_service_is_corrected_in_one_act_and_the_old_one_is_kept_and_tied_to_it() {
    let app = TestApp::new().await;
    let ((ada, _), (bea, _)) = (registered(&app).await, registered(&app).await);
    let desk = entered(&app, DESK).await;
    let old = given(&desk, &[&ada]).await;
    let page = desk.get(&format!("/punto/servizi/{old}")).await;
    let page = page.expect(200, "Correggi il servizio");
    let form = page.all("href=\"/punto/servizi/", '"');
    let form = form.iter().find(|one| one.ends_with("/correggi")).unwrap();
    let address = format!("/punto/servizi/{form}");
    let form = desk.get(&address).await.expect(200, "Correggi un servizio");
    for there in [
        "value=\"2026-11-20\"",
        "value=\"group\" id=\"kind-group\" checked",
        "value=\"individual\" id=\"kind-individual\"",
        "value=\"spid\" id=\"need-spid\" checked",
        &format!("value=\"{ada}\" id=\"persona-1\" checked"),
    ] {
        assert!(form.text.contains(there), "{there}: {}", form.text);
    }
    // What is wrong with it is told, and nothing is void.
    let refused = |change: (&'static str, &'static str), words: &'static str| {
        let mut sent = right(&[ada.as_str(), bea.as_str()]);
        sent.retain(|(name, _)| *name != change.0);
        sent.push(change);
        let sent: Vec<(&'static str, String)> = sent
            .into_iter()
            .map(|(name, value)| (name, value.to_owned()))
            .collect();
        (sent, words)
    };
    for (sent, words) in [
        refused(("reason", ""), "Perché lo correggi"),
        refused(("date", "2026-11-22"), "deve ancora venire"),
        refused(("minutes", "0"), "minuti"),
        refused(
            ("citizens", "019ab000-0000-7000-8000-000000000000"),
            "person",
        ),
    ] {
        let sent: Vec<_> = sent.iter().map(|(n, v)| (*n, v.as_str())).collect();
        desk.post(&address, &sent).await.expect(422, words);
    }
    let same = [
        ("kind", "group"),
        ("need", "spid"),
        ("date", "2026-11-20"),
        ("minutes", "30"),
        ("citizens", &ada),
        ("reason", "prova"),
    ];
    desk.post(&address, &same)
        .await
        .expect(422, "Non hai cambiato niente");
    assert_eq!(app.totals().await.services, 1);

    // The search puts somebody on the list, and loses nothing of the form.
    let mut looking = right(&[&ada]);
    looking.retain(|(name, _)| *name != "act");
    looking.extend([("act", "search"), ("q", "inventata")]);
    let found = desk
        .post(&address, &looking)
        .await
        .expect(200, "Correggi un servizio");
    assert!(found.text.contains(&bea) && found.says("mancava una persona"));

    let sent = right(&[&ada, &bea]);
    let done = desk.post(&address, &sent).await;
    let done = done.expect(200, "Il servizio è corretto");
    let new = of(&done.at);
    assert_ne!(new, old);
    for shown in [
        "Pagamenti online",
        "Formazione in presenza",
        "90",
        "ne corregge un altro",
    ] {
        assert!(done.says(shown), "{shown}: {}", done.text);
    }
    assert!(
        done.text
            .contains(&format!("href=\"/punto/servizi/{old}\""))
    );
    let was = desk.get(&format!("/punto/servizi/{old}")).await;
    let was = was.expect(200, "mancava una persona");
    assert!(was.text.contains(&format!("href=\"/punto/servizi/{new}\"")));
    assert!(!was.text.contains("/correggi\""), "it is void");
    let totals = app.totals().await;
    assert_eq!((totals.citizens, totals.services), (2, 1));
    app.verify_totals().await;
    // Sent again, it is the same one.
    let again = desk.post(&address, &sent).await;
    assert_eq!(of(&again.at), new);
    assert_eq!(
        services::Entity::find().count(app.db.read()).await.unwrap(),
        2
    );
    // Another correction of the old one is refused, and changes nothing.
    for change in [
        ("minutes", "45"),
        ("date", "2026-11-18"),
        ("citizens", &ada),
    ] {
        let mut another = right(&[&ada, &bea]);
        match change.0 {
            "citizens" => another = right(&[&ada]),
            _ => another.retain(|(name, _)| *name != change.0),
        }
        another.push(change);
        let refused = desk.post(&address, &another).await;
        match change.0 {
            // Fewer of the same people: they are on the one that stands.
            "citizens" => assert_eq!(of(&refused.at), new),
            _ => drop(refused.expect(422, "Questo servizio è già annullato")),
        }
    }
    assert_eq!(
        services::Entity::find().count(app.db.read()).await.unwrap(),
        2
    );
    // A correction can be wrong too.
    let mut third = right(&[&bea]);
    third[5].1 = "non c'era";
    let third = desk
        .post(&format!("/punto/servizi/{new}/correggi"), &third)
        .await;
    third.expect(200, "Il servizio è corretto");
    let totals = app.totals().await;
    assert_eq!((totals.citizens, totals.services), (1, 1));
    app.verify_totals().await;
    // Of the person's own: two were voided before they were sent, and never are.
    let path = format!("/citizens/{ada}/card");
    let card = app
        .facilitator()
        .await
        .post(&path, json!({}))
        .await
        .json(201);
    let card = json!({ "card": card["card"], "pin": card["pin"] });
    let own = app.enter(&app.visitor(), &card).await;
    let own = own.get("/mio-percorso/dati").await.text;
    assert_eq!(own.matches("No, e non sarà mandato").count(), 2, "{own}");
    assert!(!own.contains(">Non ancora<"), "{own}");
}

#[actix_web::test]
async fn a_correction_reaches_no_further_than_its_desk_and_respects_what_facilita_has() {
    let app = TestApp::new().await;
    known_to_facilita(&app).await;
    let ((ada, _), (bea, _)) = (registered(&app).await, registered(&app).await);
    let (desk, api) = (entered(&app, DESK).await, app.facilitator().await);
    let old = given(&desk, &[&ada]).await;
    let address = format!("/punto/servizi/{old}/correggi");
    let stranger = entered(&app, OTHER).await;
    stranger
        .get(&address)
        .await
        .expect(404, "Pagina non trovata");
    let sent = right(&[ada.as_str()]);
    stranger
        .post(&address, &sent)
        .await
        .expect(404, "Pagina non trovata");

    // Facilita has the old one: it is to be taken away there, and the new one is to be sent.
    let office = app.coordinator().await;
    let order = json!({ "programme": "puglia", "from": "2026-11-01", "to": "2026-11-30" });
    let made: Value = office.post("/facilita/batches", order).await.json(201);
    let batch = made["batch"].as_str().unwrap();
    let path = format!("/facilita/batches/{batch}/rejects?none=true");
    office.post_text(&path, "").await.json(200);
    desk.get(&address)
        .await
        .expect(200, "Facilita ha già quello vecchio");
    let done = desk.post(&address, &right(&[&ada, &bea])).await;
    let new = of(&done.expect(200, "Il servizio è corretto").at);
    let was = desk.get(&format!("/punto/servizi/{old}")).await;
    was.expect(200, "è da togliere in Facilita");
    let rows = attendances::Entity::find()
        .all(app.db.read())
        .await
        .unwrap();
    for row in &rows {
        let state = match row.service_id.to_string() == new {
            true => SendState::Ready,
            false => SendState::Accepted,
        };
        assert_eq!(row.facilita, state);
    }
    assert_eq!(rows.len(), 3);
    // The coordinator's list of what to take away has the old one.
    let office = entered(&app, COORDINATOR).await;
    let list = office.get("/rete/facilita").await;
    assert!(
        list.text.contains(&format!("/rete/facilita/tolti/{old}")),
        "{}",
        list.text
    );
    assert!(!list.text.contains(&format!("/rete/facilita/tolti/{new}")));

    // What was voided, and what somebody learned, is not corrected.
    let voided = given(&desk, &[&bea]).await;
    let reason = [("reason", "prova")];
    desk.post(&format!("/punto/servizi/{voided}/annulla"), &reason)
        .await;
    let address = format!("/punto/servizi/{voided}/correggi");
    let page = desk.get(&address).await;
    assert_eq!(page.at, format!("/punto/servizi/{voided}"));
    desk.post(&address, &sent)
        .await
        .expect(422, "già annullato");
    // Recorded by a program, corrected at the desk.
    let made: Value = api
        .post("/services", body("individual", &[&ada]))
        .await
        .json(201);
    let service = made["service"].as_str().unwrap();
    let page = desk
        .get(&format!("/punto/servizi/{service}/correggi"))
        .await;
    let page = page.expect(200, "Prova individual");
    assert!(
        page.text.contains("<details name=\"parti\" open"),
        "its own title and lists"
    );
    app.verify_totals().await;
}

#[actix_web::test]
async fn whoever_is_erased_stays_where_they_were_and_their_evidence_with_them() {
    let app = TestApp::new().await;
    let ((ada, code), (bea, _)) = (registered(&app).await, registered(&app).await);
    let (desk, office) = (entered(&app, DESK).await, entered(&app, COORDINATOR).await);
    let first = given(&desk, &[&ada, &bea]).await;
    let second = app
        .facilitator()
        .await
        .post("/services", body("individual", &[&ada]))
        .await
        .json(201);
    let second = second["service"].as_str().unwrap().to_owned();
    let reached = app.totals().await.citizens;
    assert_eq!(reached, 2);
    let asked = [("motivo", "asked-at-desk")];
    desk.post(&format!("/punto/cittadini/{ada}/cancella"), &asked)
        .await;
    assert_eq!(app.totals().await.citizens, reached);

    // The list of a correction names who can be named; the other one stays.
    let change = [
        ("kind", "group"),
        ("need", "spid"),
        ("date", "2026-11-20"),
        ("minutes", "45"),
        ("citizens", bea.as_str()),
        ("reason", "durata"),
    ];
    let done = desk
        .post(&format!("/punto/servizi/{first}/correggi"), &change)
        .await;
    let corrected = of(&done.expect(200, "Il servizio è corretto").at);
    assert_eq!(app.totals().await.citizens, reached);
    app.verify_totals().await;
    let page = desk.get(&format!("/punto/servizi/{corrected}")).await;
    assert!(page.says("Persona cancellata") && page.says("Nuova persona"));
    let new: services::Model = services::Entity::find_by_id(
        corrected
            .parse::<autonomia::domain::ids::ServiceId>()
            .unwrap(),
    )
    .one(app.db.read())
    .await
    .unwrap()
    .unwrap();
    let there = attendances::Entity::find()
        .all(app.db.read())
        .await
        .unwrap();
    let mut there = there.iter().filter(|row| row.service_id == new.id);
    assert!(
        there.any(|row| row.citizen_id.to_string() == ada && row.facilita == SendState::Erased),
        "what Facilita never had of somebody erased does not go"
    );
    // One who was alone at a service stays alone.
    let change = [
        ("kind", "individual"),
        ("need", "payments"),
        ("date", "2026-11-21"),
        ("minutes", "20"),
        ("reason", "durata"),
    ];
    let alone = desk
        .post(&format!("/punto/servizi/{second}/correggi"), &change)
        .await;
    let alone = of(&alone.expect(200, "Il servizio è corretto").at);
    app.verify_totals().await;
    let page = office.get(&format!("/punto/servizi/{alone}")).await;
    let page = page.expect(200, "Già conosciuta");
    assert!(!page.says("manca il codice fiscale"), "{}", page.text);

    // What an auditor asks is answered as before, without a name.
    let hash = autonomia::citizens::audit_hash::made(&code);
    let hash = autonomia::citizens::audit_hash::hexadecimal(&hash);
    for sheets in [
        format!("/rete/prove/servizi/{corrected}"),
        format!("/rete/prove/servizi/{alone}"),
        format!("/rete/prove/cittadini/{ada}"),
    ] {
        let sheets = office.get(&sheets).await.expect(200, "Scheda cancellata");
        assert!(sheets.says(&hash), "{}: {}", sheets.at, sheets.text);
        let main = sheets.text.split("<main").nth(1).unwrap();
        assert!(main.contains("Persona cancellata"), "{}", sheets.at);
        for wrong in ["manca il codice fiscale", "non ancora"] {
            assert!(!main.contains(wrong), "{}: {wrong}", sheets.at);
        }
    }
    let found = office
        .upload(
            "/rete/verifica",
            &[("programma", "puglia")],
            ("file", &hash),
        )
        .await
        .expect(200, "20 novembre 2026");
    assert!(!found.says("non trovato"), "{}", found.text);
}
