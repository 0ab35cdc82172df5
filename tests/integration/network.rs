//! The coordinator's pages: points, programmes that count anew; and the points as
//! everybody sees them.

use autonomia::network::point;
use autonomia::network::programme;
use serde_json::json;
use time::macros::date;

use crate::app::TestApp;
use crate::browser::Browser;
use crate::office::{DESK, coordinator, entered, registered};
use crate::people::Person;
use crate::tables::table;

#[actix_web::test]
async fn a_coordinator_looks_at_a_table_before_it_is_kept() {
    let app = TestApp::new().await;
    let office = coordinator(&app).await;
    let path = "/rete/punti/importa";
    office.get(path).await.expect(200, "Incolla qui la tabella");
    let text = table().replace(",prova", ",puglia") + "ZZ-1,Senza comune,,,,,,,,,,,,,,,puglia\n";
    let look = office.post(path, &[("text", &text), ("act", "try")]).await;
    let look = look.expect(200, "Questa è una prova");
    assert!(look.says("<strong>231</strong>") && look.says("municipality") && look.says(">233<"));
    assert_eq!(point::list(app.db.read(), None).await.unwrap().len(), 2);
    office
        .post(path, &[("text", &text), ("act", "keep")])
        .await
        .expect(200, "La tabella è caricata");
    let list = office
        .get("/rete/punti")
        .await
        .expect(200, "Ci sono 233 punti");
    assert_eq!(list.all("href=\"/rete/punti/P-", '"').len(), 20 - 2);
    let found = office.get("/rete/punti?dove=p-231").await;
    assert!(found.text.contains("href=\"/rete/punti/P-231\""));
    entered(&app, DESK).await.get(path).await.expect(403, "");
}

#[actix_web::test]
async fn a_coordinator_adds_a_point_and_is_told_what_is_missing() {
    let app = TestApp::new().await;
    let office = coordinator(&app).await;
    let path = "/rete/punti/nuovo";
    office.get(path).await.expect(200, "Aggiungi un punto");
    let point = |code: &'static str| {
        [
            ("programme", "puglia"),
            ("code", code),
            ("name", "Biblioteca di prova"),
            ("municipality", "Bitonto"),
            ("province", "Bari"),
            ("region", "Puglia"),
        ]
    };
    let refused = office
        .post(path, &point("bari-centro"))
        .await
        .expect(422, "Un altro punto ha già questo codice");
    assert!(refused.says("Biblioteca di prova") && refused.text.contains("href=\"#code\""));
    // The address of this very page.
    let refused = office.post(path, &point("nuovo")).await;
    refused.expect(422, "Comincia con una lettera");
    let refused = office.post(path, &[("code", "BT-9")]).await;
    let refused = refused.expect(422, "href=\"#programme\"");
    assert!(refused.text.contains("href=\"#municipality\""));
    let mut salento = point("BT-9");
    salento[4].1 = "Salento";
    let refused = office.post(path, &salento).await;
    let refused = refused.expect(422, "Non c'è una provincia con questo nome");
    assert!(refused.text.contains("href=\"#province\""));
    let added = office.post(path, &point("BT-9")).await;
    let added = added.expect(200, "I dati sono salvati");
    assert_eq!(added.at, "/rete/punti/BT-9?fatto=1");
    let public = office.get("/punti/BT-9").await;
    public.expect(200, "Biblioteca di prova");
    let desk = entered(&app, DESK).await;
    desk.get(path).await.expect(403, "");
    desk.post(path, &point("BT-8")).await.expect(403, "");
}

#[actix_web::test]
async fn a_coordinator_corrects_a_point_and_how_facilita_knows_who_works_there() {
    let app = TestApp::new().await;
    let office = coordinator(&app).await;
    let path = "/rete/punti/bari-centro";
    let page = office.get(path).await.expect(200, "Persona Inventata");
    let account = page.all("/facilitatori/", '"').remove(0);
    let wrong = [
        ("name", "Lecce"),
        ("municipality", "Bari"),
        ("province", "Bari"),
        ("region", "Puglia"),
        ("postcode", "7"),
        ("hours", "Il lunedì"),
    ];
    let refused = office
        .post(path, &wrong)
        .await
        .expect(422, "Un altro punto ha già questo nome");
    assert!(refused.text.contains("href=\"#postcode\"") && refused.says("Il lunedì"));
    let right = [
        ("name", "Bari Centro"),
        ("municipality", "Bari"),
        ("province", "Bari"),
        ("region", "Puglia"),
        ("postcode", "70121"),
        ("hours", "Il lunedì"),
        ("latitude", "41,12"),
        ("longitude", "16,87"),
        ("itinerant", "yes"),
    ];
    office
        .post(path, &right)
        .await
        .expect(200, "I dati sono salvati");
    let point = point::by_code(app.db.read(), "bari-centro")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (point.position, point.itinerant),
        (Some((41.12, 16.87)), true)
    );

    let at = format!("{path}/facilitatori/{account}");
    let code = Person::born(date!(1980 - 02 - 03), 77).codice_fiscale;
    let fields = |id, code: &str| {
        [
            ("facilita_name", "Inventata Persona".to_owned()),
            ("facilita_id", String::from(id)),
            ("codice_fiscale", code.to_owned()),
        ]
    };
    let post = async |fields: [(&'static str, String); 3]| {
        let named: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        office.post(&at, &named).await
    };
    let refused = post(fields("x1", "RSSMRA85M01H501Z"))
        .await
        .expect(422, "L'ultima lettera non torna");
    assert!(refused.says("Inventata Persona") && refused.says("Scrivi un numero"));
    let saved = post(fields("12", &code))
        .await
        .expect(200, "I dati sono salvati");
    assert!(saved.says(&code) && saved.says("Inventata Persona"));
    let desk = entered(&app, DESK).await;
    desk.get(path).await.expect(403, "");
    assert_eq!(desk.post(path, &right).await.status, 403);
}

#[actix_web::test]
async fn everybody_finds_a_point_and_nobody_a_person() {
    let app = TestApp::new().await;
    let office = coordinator(&app).await;
    let text = table().replace(",prova", ",puglia");
    office
        .post("/rete/punti/importa", &[("text", &text), ("act", "keep")])
        .await
        .expect(200, "caricata");
    let visitor = Browser::new(&app);
    let home = visitor
        .get("/")
        .await
        .expect(200, "Il punto più vicino a te");
    assert!(home.text.contains("action=\"/punti\""));
    let all = visitor.get("/punti").await.expect(200, "Ci sono 233 punti");
    assert_eq!(all.all("<circle ", '>').len(), 231);
    assert!(
        all.text
            .contains("<a href=\"/punti/P-007\" aria-label=\"Punto 7\">")
    );
    let near = visitor
        .get("/punti?dove=comune+115")
        .await
        .expect(200, "Ci sono 2 punti");
    assert!(near.says("Punto 230") && near.says("Punto 231"));
    visitor
        .get("/punti?dove=73100&provincia=Lecce")
        .await
        .expect(200, "Ci sono 231 punti");
    visitor
        .get("/punti?dove=atlantide")
        .await
        .expect(200, "Nessun punto corrisponde");
    let one = visitor.get("/punti/P-007").await.expect(200, "Via Roma, 7");
    for there in [
        "href=\"tel:0832000000\"",
        "href=\"geo:40.00700,18.00700\"",
        "Che cosa portare",
        "Dalle 9 alle 13",
    ] {
        assert!(one.text.contains(there), "{there}: {}", one.text);
    }
    for page in [&all.text, &one.text] {
        assert!(!page.contains("Persona Inventata") && !page.contains("sportello@example.org"));
    }
    let closing = [
        ("name", "Punto 7"),
        ("municipality", "Comune 3"),
        ("province", "Lecce"),
        ("region", "Puglia"),
        ("closed_on", "2026-11-21"),
    ];
    office
        .post("/rete/punti/P-007", &closing)
        .await
        .expect(200, "salvati");
    visitor.get("/punti").await.expect(200, "Ci sono 232 punti");
    visitor
        .get("/punti/P-007")
        .await
        .expect(200, "Questo punto ha chiuso");
    visitor.get("/punti/nulla").await.expect(404, "");
}

/// The fields of a programme's form, with these instead.
pub(crate) fn fields<'f>(changes: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let mut all = vec![
        ("name", "Puglia"),
        ("starts_on", "2023-01-01"),
        ("ends_on", "2027-06-30"),
        ("age_min", "18"),
        ("age_max", "74"),
        ("lessons", "none"),
        ("retroactive", "yes"),
        ("citizens-day-1", "2027-06-30"),
        ("citizens-value-1", "183.000"),
    ];
    all.retain(|(name, _)| changes.iter().all(|(other, _)| other != name));
    all.extend(changes);
    all
}

#[actix_web::test]
async fn a_programme_that_changes_who_counts_counts_everybody_again() {
    let app = TestApp::new().await;
    let (adult, _) = registered(&app).await;
    let desk = app.facilitator().await;
    let old = Person::born(date!(1946 - 01 - 02), 5).record(app.point());
    let (old, learner) = app.citizen_from(old).await;
    let service = json!({
        "kind": "group", "point": "bari-centro", "date": "2026-11-20", "minutes": 45,
        "competences": ["2.6"], "domains": ["A"], "title": "Prova", "citizens": [adult, old],
    });
    desk.post("/services", service).await.json(201);
    // Too old for the programme, so what she learns waits.
    app.pass(&learner, "spid").await;
    let sums = async || {
        app.verify_totals().await;
        let totals = app.totals().await;
        (totals.citizens, totals.services, totals.online)
    };
    assert_eq!(sums().await, (1, 1, 0));
    let office = coordinator(&app).await;
    let path = "/rete/programmi/puglia";
    office.get(path).await.expect(200, "Chi conta");
    let older = fields(&[("age_max", "99")]);
    let asked = office
        .post(path, &older)
        .await
        .expect(409, "Questa modifica cambia chi conta");
    assert!(asked.text.contains("value=\"99\""));
    assert_eq!(sums().await, (1, 1, 0));
    let yes = fields(&[("age_max", "99"), ("confirmed", "yes")]);
    office
        .post(path, &yes)
        .await
        .expect(200, "contate di nuovo");
    assert_eq!(sums().await, (2, 2, 1));
    // And back; what was learned stays in the ledger.
    let back = fields(&[("confirmed", "yes")]);
    office
        .post(path, &back)
        .await
        .expect(200, "contate di nuovo");
    assert_eq!(sums().await, (1, 2, 1));
    let later = fields(&[("starts_on", "2026-11-21"), ("confirmed", "yes")]);
    office
        .post(path, &later)
        .await
        .expect(200, "contate di nuovo");
    assert_eq!(sums().await, (0, 2, 1));
    // A name or a target counts nobody again, and needs no yes.
    let name = fields(&[
        ("name", "Puglia 2026"),
        ("starts_on", "2026-11-21"),
        ("services-day-1", "2027-01-01"),
        ("services-value-1", "10"),
    ]);
    office
        .post(path, &name)
        .await
        .expect(200, "Il programma è salvato.");
    let programme = programme::by_code(app.db.read(), "puglia")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(programme.name, "Puglia 2026");
    assert_eq!(
        programme::targets(app.db.read(), programme.id)
            .await
            .unwrap()
            .len(),
        2
    );
    entered(&app, DESK).await.get(path).await.expect(403, "");
}

#[actix_web::test]
async fn a_programme_is_added_and_what_is_wrong_with_it_named() {
    let app = TestApp::new().await;
    let office = coordinator(&app).await;
    let path = "/rete/programmi/nuovo";
    let wrong = fields(&[
        ("code", "puglia"),
        ("name", " "),
        ("ends_on", "2020-01-01"),
        ("age_min", "vecchia"),
        ("points-day-1", "2027-01-01"),
    ]);
    let page = office
        .post(path, &wrong)
        .await
        .expect(422, "Questo codice è già usato");
    for field in ["code", "name", "ends_on", "age_min", "points"] {
        assert!(
            page.text.contains(&format!("href=\"#{field}\"")),
            "{field}: {}",
            page.text
        );
    }
    let right = fields(&[
        ("code", "umbria"),
        ("name", "Umbria"),
        ("facilita_until", "2026-10-31"),
        ("minors_from", "2026-01-01"),
    ]);
    office
        .post(path, &right)
        .await
        .expect(200, "Il programma è salvato");
    let umbria = programme::by_code(app.db.read(), "umbria")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (umbria.facilita_until, umbria.minors_from),
        (Some(date!(2026 - 10 - 31)), Some(date!(2026 - 01 - 01)))
    );
    office.get("/rete/programmi").await.expect(200, "Umbria");
    office.get("/rete/programmi/nulla").await.expect(404, "");
}
