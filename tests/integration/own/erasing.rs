//! Erasing: by whom, what is said before, twice at once, and what comes after.

use std::collections::BTreeSet;

use autonomia::domain::role::Role;
use serde_json::json;

use super::whole::{erase_oneself, somebody};
use crate::app::TestApp;
use crate::browser::Browser;
use crate::office::{coordinator, entered};
use crate::services::body;

const DESK: &str = "sportello@example.org";
const OTHER: &str = "altro-sportello@example.org";

#[actix_web::test]
async fn a_person_erases_themselves_with_their_pin_and_staff_read_that_they_did() {
    let app = TestApp::new().await;
    let who = somebody(&app).await;
    let page = who.learner.get("/mio-percorso/dati/cancella").await;
    for words in [
        "Resta scritto che abbiamo aiutato qualcuno",
        "Facilita",
        "Non abbiamo cancellato",
    ] {
        let said = page.text.contains(words);
        assert_eq!(said, !words.starts_with("Non"), "{words}: {}", page.text);
    }
    let path = "/mio-percorso/dati/cancella";
    let wrong = who.learner.form(path, &[("pin", "11111")]).await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.text.contains("Non abbiamo cancellato niente"),
        "{}",
        wrong.text
    );
    assert_eq!(who.learner.get("/mio-percorso/dati").await.status, 200);
    // Two tabs at once: both are told that it is done, or that nobody is there any more.
    let (one, two) = futures_util::join!(
        erase_oneself(&who.learner, &who.card),
        erase_oneself(&who.learner, &who.card)
    );
    assert!(one == 303 || two == 303, "{one} {two}");
    assert!([one, two].iter().all(|status| *status < 500), "{one} {two}");
    app.verify_totals().await;
    assert_ne!(who.learner.get("/mio-percorso/dati").await.status, 200);
    let again = app.visitor().post("/sessions", who.card.clone()).await;
    assert_eq!(again.status, 401, "{}", again.text);
    assert!(
        app.visitor()
            .get("/dati-cancellati")
            .await
            .text
            .contains("cancellati")
    );

    let (desk, office) = (entered(&app, DESK).await, coordinator(&app).await);
    for id in [&who.id, &who.merged] {
        for browser in [&desk, &office] {
            for rest in ["", "/dati", "/cancella", "/unisci", "/assegna"] {
                let seen = browser.get(&format!("/punto/cittadini/{id}{rest}")).await;
                assert!(seen.status < 500, "{rest}: {}", seen.status);
            }
            let page = browser.get(&format!("/punto/cittadini/{id}")).await;
            page.expect(410, "Scheda cancellata");
        }
    }
    let other = entered(&app, OTHER).await;
    other
        .get(&format!("/punto/cittadini/{}", who.id))
        .await
        .expect(404, "");
    let api = app.facilitator().await;
    let gone = api.get(&format!("/api/v1/citizens/{}", who.id)).await;
    assert_eq!(gone.status, 410, "{}", gone.text);
    office
        .get(&format!("/rete/facilita/{}", who.batch))
        .await
        .expect(200, "Persona cancellata")
        // What is downloaded now is not what was sent, and the page says why.
        .expect(200, "Il file che scarichi ora ne ha un'altra");
    let list = office
        .get("/rete/facilita")
        .await
        .expect(200, "Da togliere in Facilita");
    let acts = list.all("action=\"/rete/facilita/cancellati/", '"');
    assert!(!acts.is_empty());
    for act in acts {
        let path = format!("/rete/facilita/cancellati/{act}");
        assert_eq!(office.post(&path, &[]).await.status, 200);
    }
    let list = office.get("/rete/facilita").await;
    assert!(
        !list.text.contains("/rete/facilita/cancellati/"),
        "{}",
        list.text
    );
    let withdrawn = app
        .visitor()
        .get(&format!("/verifica/{}", who.certificate))
        .await;
    assert!(
        withdrawn.text.contains("non è più valido"),
        "{}",
        withdrawn.text
    );
}

#[actix_web::test]
async fn no_page_leads_to_the_record_of_somebody_who_was_erased() {
    let app = TestApp::new().await;
    let who = somebody(&app).await;
    assert_eq!(erase_oneself(&who.learner, &who.card).await, 303);
    let rooms = [
        "/punto",
        "/accesso/oggi",
        "/rete",
        "/amministrazione/registro",
    ];
    let (mut services, mut acts) = (0, 0);
    for browser in [entered(&app, DESK).await, both_offices(&app).await] {
        let mut waiting: Vec<String> = rooms.map(str::to_owned).to_vec();
        let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
        while let Some(address) = waiting.pop() {
            let page = browser.get(&address).await;
            if page.status != 200 || !page.text.starts_with("<!doctype") {
                continue;
            }
            services += usize::from(address.starts_with("/punto/servizi/"));
            let register = address.starts_with("/amministrazione/registro");
            acts += usize::from(register && page.text.contains(&who.id));
            for link in page.all("href=\"/", '"') {
                let gone = [&who.id, &who.merged]
                    .into_iter()
                    .any(|id| link.contains(id.as_str()));
                assert!(
                    !gone || !link.starts_with("punto/cittadini"),
                    "{address} leads to /{link}"
                );
                let link = link.replace("&amp;", "&");
                let inside = ["punto", "accesso/oggi", "rete", "amministrazione"];
                let inside = inside.iter().any(|room| link.starts_with(room));
                if inside && !link.contains('#') && seen.insert(format!("/{link}")) {
                    waiting.push(format!("/{link}"));
                }
            }
            assert!(seen.len() < 1000, "{address}: the walk has no end");
        }
    }
    assert!(services >= 4, "services looked at: {services}");
    assert!(acts > 0, "the register tells of acts upon them");
}

/// A coordinator who administers too: both rooms are theirs.
async fn both_offices(app: &TestApp) -> Browser {
    coordinator(app).await;
    app.add_staff("rete@example.org", Role::Admin).await;
    entered(app, "rete@example.org").await
}

#[actix_web::test]
async fn who_was_erased_and_registers_again_is_somebody_new_whom_the_programme_counts_once() {
    let app = TestApp::new().await;
    let who = somebody(&app).await;
    let before = app.totals().await;
    assert_eq!(erase_oneself(&who.learner, &who.card).await, 303);
    let desk = app.facilitator().await;
    let record = json!({
        "codice_fiscale": who.code, "first_name": "Zobeida", "last_name": "Marcovaldi",
        "point": app.point(), "notice": true,
    });
    let made = desk.post("/citizens", record).await.json(201);
    let again = made["id"].as_str().unwrap().to_owned();
    assert_ne!(again, who.id);
    let service = desk
        .post("/services", body("classroom", &[&again]))
        .await
        .json(201);
    assert_eq!(service["attendances"][0]["new_citizen"], false, "{service}");
    let after = app.totals().await;
    assert_eq!(after.citizens, before.citizens);
    assert_eq!(after.services, before.services + 1);
    app.verify_totals().await;
    // What they did before is void: now the new service is the one that counts them.
    let db = app.db.read();
    use autonomia::db::entities::attendances;
    use sea_orm::EntityTrait;
    let all = attendances::Entity::find().all(db).await.unwrap();
    for row in all
        .iter()
        .filter(|row| row.citizen_id.to_string() == who.id)
    {
        let path = format!("/services/{}/void", row.service_id);
        desk.post(&path, json!({ "reason": "sbagliato" }))
            .await
            .json(200);
        app.verify_totals().await;
    }
    let now = attendances::Entity::find().all(db).await.unwrap();
    let new = now
        .iter()
        .find(|row| row.citizen_id.to_string() == again)
        .unwrap();
    assert!(new.new_citizen, "{now:?}");
    // A recount from nothing but the ledger says the same.
    autonomia::network::rebuild::rebuild(&app.db, app.clock.now())
        .await
        .unwrap();
    app.verify_totals().await;
}

#[actix_web::test]
async fn the_desk_erases_with_a_reason_and_only_who_answers_for_the_person() {
    let app = TestApp::new().await;
    let who = somebody(&app).await;
    let (desk, other) = (entered(&app, DESK).await, entered(&app, OTHER).await);
    let path = format!("/punto/cittadini/{}/cancella", who.id);
    other.get(&path).await.expect(403, "");
    desk.post(&path, &[]).await.expect(422, "Scegli il motivo");
    let asked = [("motivo", "asked-at-desk")];
    assert!(other.post(&path, &asked).await.status >= 400);
    let form = desk.get(&path).await;
    assert!(form.says("Che cosa resta, senza nome") && !form.says("il tuo nome"));
    let done = desk.post(&path, &asked).await;
    let done = done.expect(200, "È fatto: i dati della persona sono cancellati");
    assert!(!done.says("Errore"), "{}", done.text);
    // Sent twice, or opened again: it is done still.
    let again = desk.post(&path, &asked).await;
    again.expect(200, "<h1>Dati cancellati</h1>");
    app.verify_totals().await;
    // Whoever is found by name, code or list is not among them.
    let found = Browser::new(&app);
    drop(found);
    let list = desk.get("/punto").await;
    assert!(
        !list.text.contains(&who.id) && !list.text.contains("Zobeida"),
        "{}",
        list.text
    );
}

#[actix_web::test]
async fn erasing_while_they_learn_leaves_nothing_half_done() {
    let app = TestApp::new().await;
    let card = app.card(&app.somebody()).await;
    let learner = app.enter(&app.visitor(), &card).await;
    let attempt = app.answer_all(&learner, "spid").await;
    let (status, ()) = futures_util::join!(erase_oneself(&learner, &card), async {
        learner.try_finish(&attempt).await;
    });
    assert_eq!(status, 303);
    app.verify_totals().await;
    let late = learner.form("/moduli/spid/che-cose-spid/letta", &[]).await;
    assert!(late.status.as_u16() < 500, "{}", late.status);
}
