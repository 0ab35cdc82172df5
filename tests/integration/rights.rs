//! Who may see and write which part of the ledger, and how its list goes on.

use serde_json::json;

use crate::actor::Actor;
use crate::app::TestApp;
use crate::browser::Seen;
use crate::office::{DESK, OTHER, coordinator, entered, recorded, registered};
use crate::services::body;

const NEW: &str = "/punto/servizi/nuovo";

#[actix_web::test]
async fn a_facilitator_of_another_point_sees_and_writes_nothing_of_it() {
    let app = TestApp::new().await;
    let (ada, code) = registered(&app).await;
    let api = app.facilitator().await;
    let made = api
        .post("/services", body("individual", &[&ada]))
        .await
        .json(201);
    let id = made["service"].as_str().unwrap().to_owned();
    let other = entered(&app, OTHER).await;
    let at = format!("/punto/servizi/{id}");
    other.get(&at).await.expect(404, "");
    other
        .post(&format!("{at}/annulla"), &[("reason", "x")])
        .await
        .expect(404, "");
    let list = other.get("/punto/servizi?punto=bari-centro").await;
    let list = list.expect(422, "Punto: questa scelta non c'è");
    assert!(!list.text.contains(&id));
    other.get("/rete/servizi").await.expect(403, "");
    let elsewhere = app.other_facilitator().await;
    let void = format!("/services/{id}/void");
    assert_eq!(
        elsewhere.post(&void, json!({"reason": "x"})).await.status,
        404
    );
    // Neither the point, nor the person: foreign and unknown ids are refused alike.
    let mut foreign = body("individual", &[&ada]);
    elsewhere.post("/services", foreign.clone()).await.json(422);
    foreign["point"] = json!("lecce");
    let refused = elsewhere.post("/services", foreign).await.json(422);
    let mut unknown = body("individual", &[&uuid::Uuid::now_v7().to_string()]);
    unknown["point"] = json!("lecce");
    assert_eq!(
        elsewhere.post("/services", unknown).await.json(422),
        refused
    );
    other
        .get(&format!("{NEW}?punto=bari-centro"))
        .await
        .expect(404, "");
    let fields = [
        ("point", "lecce"),
        ("citizens", ada.as_str()),
        ("need", "spid"),
        ("date", "2026-11-21"),
        ("minutes", "30"),
    ];
    let page = other
        .post(NEW, &fields)
        .await
        .expect(422, "C'è una persona che non è registrata");
    assert!(!page.says("Inventata Prova") && !page.text.contains(&ada));
    // Nobody is found by a code alone, known elsewhere or not.
    let unknown = app.somebody().codice_fiscale;
    let mut said = Vec::new();
    for q in [&code, &unknown] {
        let form = [("point", "lecce"), ("act", "search"), ("q", q.as_str())];
        let found = other.post(NEW, &form).await;
        let found = found.expect(200, "Nella tua lista non c'è nessuna persona così");
        assert!(!found.says("Inventata Prova") && !found.text.contains(&ada));
        let mut fields = fields;
        fields[1].1 = q;
        let saved = other.post(NEW, &fields).await;
        let saved = saved.expect(422, "C'è una persona che non è registrata");
        said.push((found.without_ids() + &saved.without_ids()).replace(q, ""));
    }
    assert_eq!(said[0], said[1]);
    // Registered here, they attend under the name that was written here.
    let new = [
        ("codice_fiscale", code.as_str()),
        ("first_name", "Scritta"),
        ("last_name", "Qui"),
        ("name_differs", "1"),
        ("notice", "1"),
    ];
    let page = other.post("/punto/cittadini", &new).await;
    page.expect(200, "Qui");
    let fields = [
        ("point", "lecce"),
        ("citizens", ada.as_str()),
        ("need", "spid"),
        ("date", "2026-11-21"),
        ("minutes", "30"),
        ("act", "save"),
    ];
    let done = other.post(NEW, &fields).await.expect(200, "Già conosciuta");
    recorded(&done);
    assert!(
        done.says("Qui Scritta") && !done.says("Inventata Prova") && !done.text.contains(&code)
    );
    assert_eq!(app.totals().await.citizens, 1);
    app.verify_totals().await;
}

#[actix_web::test]
async fn a_coordinator_sees_all_and_records_for_a_facilitator_of_the_point() {
    let app = TestApp::new().await;
    let (ada, _) = registered(&app).await;
    let office = coordinator(&app).await;
    let form = office
        .get(&format!("{NEW}?punto=bari-centro&cittadino={ada}"))
        .await;
    let form = form.expect(200, "Chi ha dato il servizio");
    let staff = form.text.split("name=\"facilitator\"").nth(1).unwrap();
    let staff = staff
        .split("value=\"")
        .nth(2)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let fields = |who: &'static str| {
        vec![
            ("point", "bari-centro"),
            ("need", "spid"),
            ("date", "2026-11-21"),
            ("minutes", "30"),
            ("act", who),
        ]
    };
    let mut nobody = fields("save");
    nobody.push(("citizens", &ada));
    office
        .post(NEW, &nobody)
        .await
        .expect(422, "Scegli un facilitatore di questo punto");
    nobody.push(("facilitator", staff));
    let done = office
        .post(NEW, &nobody)
        .await
        .expect(200, "Persona Inventata");
    let id = recorded(&done);
    assert!(done.says("da Coordinamento"));
    let list = office
        .get("/rete/servizi?punto=bari-centro")
        .await
        .expect(200, "SPID e CIE");
    assert!(list.text.contains(&id));
    let none = office.get("/rete/servizi?punto=lecce").await;
    none.expect(200, "Nessun servizio");
    office
        .post(
            &format!("/punto/servizi/{id}/annulla"),
            &[("reason", "Doppio")],
        )
        .await
        .expect(200, "annullato");
    assert_eq!(office.get(NEW).await.at, "/rete/punti");
    // Through the API too, and for nobody of another point.
    let token = Actor::new(&app.address, office.cookie("autonomia"));
    let mut service = body("individual", &[&ada]);
    token.post("/services", service.clone()).await.json(422);
    service["facilitator"] = json!(staff);
    token.post("/services", service.clone()).await.json(201);
    service["point"] = json!("lecce");
    token.post("/services", service).await.json(422);
    app.verify_totals().await;
}

#[actix_web::test]
async fn the_list_goes_on_where_the_page_before_ended() {
    let app = TestApp::new().await;
    let (ada, _) = registered(&app).await;
    let api = app.facilitator().await;
    for number in 0..53 {
        let mut one = body("individual", &[&ada]);
        one["title"] = json!(format!("Numero {number:02}"));
        one["date"] = json!(format!("2026-11-{:02}", 1 + number % 3));
        api.post("/services", one).await.json(201);
    }
    let (desk, office) = (entered(&app, DESK).await, coordinator(&app).await);
    let titles = |page: &Seen| page.all("Argomento\">", '<');
    let link = |page: &Seen, way: &str| {
        let links = page.all(&format!("rel=\"{way}\" href=\""), '"');
        links.first().map(|link| link.replace("&amp;", "&"))
    };
    let orders = ["giorno", "-giorno", "minuti", "-minuti"];
    // Along the index of one point, of two points together, and of the programme.
    let lists = [
        (&desk, "/punto/servizi?tipo=individual", &orders[..]),
        (&office, "/rete/servizi?provincia=Bari", &orders[..]),
        (&office, "/rete/servizi?stato=validi", &orders[..2]),
    ];
    let each = lists.into_iter();
    for (who, path, order) in
        each.flat_map(|(who, path, all)| all.iter().map(move |one| (who, path, one)))
    {
        let mut pages = vec![who.get(&format!("{path}&ordina={order}")).await];
        while let Some(next) = link(pages.last().unwrap(), "next") {
            pages.push(who.get(&next).await);
        }
        let lengths: Vec<_> = pages.iter().map(|page| titles(page).len()).collect();
        assert_eq!(lengths, [18, 18, 17], "{path} {order}");
        let mut all: Vec<_> = pages.iter().flat_map(titles).collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 53, "{path} {order}");
        // And back again, page by page, to the very same rows.
        assert_eq!(link(&pages[0], "prev"), None);
        for (page, before) in pages.iter().skip(1).zip(&pages) {
            let back = who.get(&link(page, "prev").unwrap()).await;
            assert_eq!(titles(&back), titles(before), "{path} {order}");
        }
    }
}
