//! Somebody new at the desk: record, card, service and what to learn in one act, or nothing of it.

use autonomia::db::entities::{assignments, cards, citizens, services};
use sea_orm::{EntityTrait, PaginatorTrait};

use crate::app::TestApp;
use crate::browser::Seen;
use crate::office::{DESK, OTHER, entered, registered};

const NEW: &str = "/punto/cittadini/nuovo";
const SEND: &str = "/punto/cittadini";
const CODE: &str = "RSSMRA60E45H501P";

/// A woman born in Rome on 5 May 1960, as the form is sent.
const MARA: [(&str, &str); 12] = [
    ("codice_fiscale", CODE),
    ("last_name", "Rossi"),
    ("first_name", "Mara"),
    ("education", "C"),
    ("occupation", "G"),
    ("citizenship", "A"),
    ("province", "Bari"),
    ("notice", "1"),
    ("need", "spid"),
    ("minutes", "40"),
    ("impara", "1"),
    ("tessera", "1"),
];

fn but(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let changed = |(name, value): &(&'static str, &'static str)| {
        let change = changes.iter().find(|(other, _)| other == name);
        (*name, change.map_or(*value, |(_, value)| *value))
    };
    let all: Vec<_> = MARA.iter().map(changed).collect();
    // What is not ticked is not sent.
    all.into_iter().filter(|(_, value)| *value != "-").collect()
}

/// Records, cards, services and assignments.
async fn counts(app: &TestApp) -> [u64; 4] {
    let db = app.db.read();
    [
        citizens::Entity::find().count(db).await.unwrap(),
        cards::Entity::find().count(db).await.unwrap(),
        services::Entity::find().count(db).await.unwrap(),
        assignments::Entity::find().count(db).await.unwrap(),
    ]
}

fn focused(page: &Seen) -> String {
    let (before, _) = page.text.split_once(" autofocus").unwrap();
    let (_, name) = before.rsplit_once("<input id=\"").unwrap();
    name.split_once('"').unwrap().0.to_owned()
}

#[actix_web::test]
async fn record_card_service_and_course_are_one_act_and_a_reload_does_nothing() {
    let app = TestApp::new().await;
    let desk = entered(&app, DESK).await;
    let form = desk
        .get(NEW)
        .await
        .expect(200, "Registra, tessera e servizio");
    assert_eq!(focused(&form), "codice_fiscale");
    for there in [
        "name=\"province\" type=\"text\" value=\"Bari\"",
        "id=\"tessera\" checked",
        "value=\"30\"",
    ] {
        assert!(form.text.contains(there), "{there}: {}", form.text);
    }
    // A reader types the code and Enter.
    let read = desk
        .post(SEND, &[("codice_fiscale", CODE), ("leggi", "1")])
        .await;
    let read = read.expect(200, "5 maggio 1960");
    assert_eq!(focused(&read), "last_name");
    assert!(read.text.contains("<option value=\"A\" selected>Italiana"));
    assert!(read.text.contains("value=\"Bari\""), "the point's province");
    assert_eq!(counts(&app).await, [0; 4]);

    let card = desk
        .post(SEND, &MARA)
        .await
        .expect(200, "Tessera di Mara Rossi");
    assert!(card.says("<dt>PIN</dt>") && card.says("SPID: la tua identità digitale"));
    assert_eq!(counts(&app).await, [1, 1, 1, 1]);
    let again = desk
        .get(&card.at)
        .await
        .expect(200, "Tessera di Mara Rossi");
    assert_eq!(again.text, card.text);
    assert_eq!(counts(&app).await, [1, 1, 1, 1]);
    let service = card.all("href=\"/punto/servizi/", '"');
    let service = desk.get(&format!("/punto/servizi/{}", service[0])).await;
    let service = service.expect(200, "SPID e CIE");
    assert!(service.says("Rossi Mara") && service.says("40") && service.says("Nuova persona"));
    let totals = app.totals().await;
    assert_eq!((totals.citizens, totals.services), (1, 1));
    app.verify_totals().await;

    // Whoever is known at the point is recognised, before and after everything is written.
    for sent in [
        vec![("codice_fiscale", CODE), ("leggi", "1")],
        MARA.to_vec(),
    ] {
        let known = desk.post(SEND, &sent).await.expect(422, "è già registrata");
        let to = known.all("href=\"/punto/servizi/nuovo?cittadino=", '"');
        assert_eq!(to.len(), 1);
        let form = desk
            .get(&format!("/punto/servizi/nuovo?cittadino={}", to[0]))
            .await;
        // Point, minutes and need are those of the last time.
        let form = form.expect(200, "Rossi Mara");
        assert!(form.text.contains("value=\"40\""));
        assert!(
            form.text
                .contains("value=\"spid\" id=\"need-spid\" checked")
        );
    }
    assert_eq!(counts(&app).await, [1, 1, 1, 1]);
}

#[actix_web::test]
async fn what_is_refused_writes_nothing_of_it_and_keeps_what_was_typed() {
    let app = TestApp::new().await;
    let desk = entered(&app, DESK).await;
    for (changes, words) in [
        (vec![("minutes", "mezzora")], "Scrivi una durata in minuti"),
        (vec![("minutes", "5000")], "Scrivi una durata in minuti"),
        (
            vec![("codice_fiscale", "RSSMRA60E45H501A")],
            "ultima lettera",
        ),
        (vec![("last_name", "")], "Questo dato serve"),
        (
            vec![("notice", "-"), ("minutes", "x")],
            "Ci sono 2 dati da correggere",
        ),
        (vec![("last_name", "Bianchi")], "codice"),
    ] {
        let page = desk.post(SEND, &but(&changes)).await;
        assert_eq!(page.status, 422, "{changes:?}: {}", page.text);
        assert!(page.says(words), "{changes:?}: {words}: {}", page.text);
        let kept = |there: &str| page.text.contains(there);
        assert!(
            kept("value=\"spid\" id=\"need-spid\" checked"),
            "{changes:?}"
        );
        assert!(kept("id=\"tessera\" checked") && kept("id=\"impara\" checked"));
        assert!(kept("value=\"Mara\"") && kept("<option value=\"G\" selected>"));
    }
    assert_eq!(counts(&app).await, [0; 4]);

    // Less is possible: a record alone, and a record with a service.
    let alone = [("need", ""), ("tessera", "-"), ("impara", "-")];
    let record = desk.post(SEND, &but(&alone)).await;
    assert!(
        record
            .expect(200, "Mara Rossi")
            .at
            .starts_with("/punto/cittadini/")
    );
    assert_eq!(counts(&app).await, [1, 0, 0, 0]);
    let other = [
        ("codice_fiscale", "-"),
        ("first_name", "Lia"),
        ("tessera", "-"),
    ];
    let record = desk.post(SEND, &but(&other)).await;
    record.expect(200, "Il servizio è registrato");
    assert_eq!(counts(&app).await, [2, 0, 1, 1]);
    app.verify_totals().await;
}

#[actix_web::test]
async fn somebody_of_another_point_gets_the_service_and_nothing_that_opens_their_record() {
    let app = TestApp::new().await;
    let (id, code) = registered(&app).await;
    let before = counts(&app).await;
    let desk = entered(&app, OTHER).await;
    let code: &'static str = Box::leak(code.into_boxed_str());
    let mut sent = but(&[("codice_fiscale", code), ("last_name", "Inventata")]);
    sent.push(("name_differs", "1"));
    let page = desk.post(SEND, &sent).await;
    let page = page.expect(200, "La tessera si dà quando la scheda è aperta");
    assert_eq!(page.at, format!("/punto/cittadini/{id}?fatto=servizio"));
    let after = counts(&app).await;
    assert_eq!(after, [before[0], before[1], before[2] + 1, before[3]]);
    app.verify_totals().await;
}

#[actix_web::test]
async fn a_code_that_the_search_does_not_know_begins_the_form() {
    let app = TestApp::new().await;
    let desk = entered(&app, DESK).await;
    let page = desk.post("/punto/cerca", &[("q", CODE)]).await;
    let page = page.expect(200, "Registra chi ha questo codice");
    assert!(!page.at.contains(CODE), "no code stands in an address");
    let fields = [
        ("codice_fiscale", CODE),
        ("tessera", "1"),
        ("impara", "1"),
        ("leggi", "1"),
    ];
    let form = desk.post(SEND, &fields).await.expect(200, "5 maggio 1960");
    assert_eq!(focused(&form), "last_name");
    assert!(form.text.contains("value=\"Bari\"") && form.text.contains("id=\"tessera\" checked"));
    let nobody = desk.post("/punto/cerca", &[("q", "Nessuno")]).await;
    assert!(!nobody.says("Registra chi ha questo codice"));
}
