//! A person who goes to another point: who learns what of them, who is told, and how a facilitator
//! who only knows a codice fiscale tries to take them over.

use std::collections::BTreeMap;

use autonomia::citizens::Details;
use autonomia::citizens::follow::{self, Access};
use autonomia::citizens::register::register;
use autonomia::db::entities::audit;
use autonomia::learning::merge::{self, MergeError};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use time::Duration;
use time::macros::date;

use crate::actor::Actor;
use crate::app::TestApp;
use crate::browser::{Browser, Seen};
use crate::desk_people::desk;
use crate::ground::{Ground, NOW, person};
use crate::keeping_home::coordinator;
use crate::people::Person;

pub(crate) const DESK: &str = "sportello@example.org";
pub(crate) const OTHER: &str = "altro-sportello@example.org";
pub(crate) const ASKED: &str = "Altri punti seguono queste persone";

/// Somebody of the first point with a card, and their record.
pub(crate) async fn known(app: &TestApp) -> (Person, String, Value) {
    let somebody = Person::born(date!(1954 - 03 - 02), 7);
    let api = app.facilitator().await;
    let made = api
        .post("/citizens", somebody.record(app.point()))
        .await
        .json(201);
    let id = made["id"].as_str().unwrap().to_owned();
    let card = api
        .post(&format!("/citizens/{id}/card"), json!({}))
        .await
        .json(201);
    (
        somebody,
        id,
        json!({ "card": card["card"], "pin": card["pin"] }),
    )
}

/// The sheet of a card, in the place of the one that works, if one does.
async fn another_card(desk: &Browser, address: &str) -> Seen {
    let path = format!("{address}/tessera");
    let page = desk.post(&path, &[]).await;
    if !page.says("al_posto_di") {
        return page;
    }
    let now = page.hidden("al_posto_di");
    let fields = [("al_posto_di", now.as_str()), ("perche", "lost")];
    desk.post(&path, &fields).await
}

pub(crate) fn new<'a>(code: &'a str, name: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("codice_fiscale", code),
        ("first_name", name),
        ("last_name", "Scritta"),
        ("name_differs", "1"),
        ("notice", "1"),
    ]
}

#[actix_web::test]
async fn a_person_who_goes_to_another_point_stays_with_both() {
    let app = TestApp::new().await;
    let (somebody, id, card) = known(&app).await;
    let (own, other) = (desk(&app, DESK).await, desk(&app, OTHER).await);
    let address = format!("/punto/cittadini/{id}");
    assert_eq!(other.get(&address).await.status, 404);
    let page = other
        .post("/punto/cittadini", &new(&somebody.codice_fiscale, "Nome"))
        .await;
    assert_eq!(page.at, address);
    let page = page.expect(200, "Scritta");
    for hidden in [
        "Inventata",
        &somebody.codice_fiscale,
        "Correggi i dati",
        "tessera\"><button",
    ] {
        assert!(!page.says(hidden), "{hidden}");
    }
    // Found by the name that was written here, and there by their own.
    for (desk, q, there) in [
        (&other, "scritta", true),
        (&other, "inventata", false),
        (&other, somebody.codice_fiscale.as_str(), true),
        (&other, card["card"].as_str().unwrap(), true),
        (&own, "inventata", true),
        (&own, "scritta", false),
    ] {
        let found = desk.post("/punto/cerca", &[("q", q)]).await;
        assert_eq!(found.text.contains(&address), there, "{q}");
    }
    assert!(
        own.get(&address)
            .await
            .expect(200, "Inventata")
            .says("Lecce, dal 21 novembre 2026")
    );
    // The person sees it too, and still enters.
    let phone = Browser::new(&app);
    let form = [
        ("tessera", card["card"].as_str().unwrap()),
        ("pin", card["pin"].as_str().unwrap()),
    ];
    phone.post("/tessera", &form).await;
    let mine = phone
        .get("/mio-percorso")
        .await
        .expect(200, "I punti che ti seguono");
    assert!(mine.says("Bari Centro, dal") && mine.says("Lecce, dal 21 novembre 2026. Vede solo"));
    // A service is given and counted where it is given; what is learned at home is the first point's.
    let service = [
        ("point", "lecce"),
        ("citizens", id.as_str()),
        ("need", "spid"),
        ("date", "2026-11-21"),
        ("minutes", "30"),
        ("act", "save"),
    ];
    let done = other.post("/punto/servizi/nuovo", &service).await;
    assert!(
        done.expect(200, "Scritta Nome")
            .at
            .starts_with("/punto/servizi/")
    );
    app.pass(&Actor::new(&app.address, phone.cookie("autonomia")), "spid")
        .await;
    app.verify_totals().await;
    let totals = app
        .coordinator()
        .await
        .api("/programmes/puglia/totals")
        .await;
    let by: BTreeMap<&str, u64> = totals["by_point"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["point"].as_str().unwrap(),
                one["services"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!((by["lecce"], by["bari-centro"]), (1, 1));
    let page = other.get(&address).await;
    assert!(page.says("SPID"), "what is learned from now on");
}

#[actix_web::test]
async fn their_own_card_or_the_first_points_word_opens_the_record_and_time_does_not() {
    let app = TestApp::new().await;
    let (somebody, id, card) = known(&app).await;
    let other = desk(&app, OTHER).await;
    let address = format!("/punto/cittadini/{id}");
    other
        .post("/punto/cittadini", &new(&somebody.codice_fiscale, "Nome"))
        .await;
    let another = app.card(&Person::born(date!(1960 - 01 - 02), 8)).await;
    app.clock.set(app.clock.now() + Duration::days(30));
    let (own, other) = (desk(&app, DESK).await, desk(&app, OTHER).await);
    for act in [
        "tessera",
        "tessera/ferma",
        "tessera/riapri",
        "dati",
        "consensi",
    ] {
        let fields = [
            ("consenso", "contact"),
            ("first_name", "Altra"),
            ("last_name", "Ancora"),
        ];
        let tried = other.post(&format!("{address}/{act}"), &fields).await;
        assert_eq!(tried.status, 403, "{act}");
    }
    let api = app.other_facilitator().await;
    let printed = api.post(&format!("/citizens/{id}/card"), json!({})).await;
    assert_eq!(printed.status, 403);
    let given = json!({ "modules": ["spid"], "citizens": [id], "note": "" });
    assert_eq!(api.post("/assignments", given).await.status, 404);
    // Only whoever answers for the person may say yes.
    let yes = [
        ("punto", lecce(&app).await),
        ("risposta", "accetta".to_owned()),
    ];
    let yes = yes.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(
        other.post(&format!("{address}/punti"), &yes).await.status,
        403
    );
    assert!(!other.get(&address).await.says("Inventata"));
    let wrong = [("tessera", card["card"].as_str().unwrap()), ("pin", "no")];
    other
        .post(&format!("{address}/apri"), &wrong)
        .await
        .expect(422, "non corrisponde");
    // Somebody else's card is none, whatever its PIN.
    let another = [
        ("tessera", another["card"].as_str().unwrap()),
        ("pin", another["pin"].as_str().unwrap()),
    ];
    other
        .post(&format!("{address}/apri"), &another)
        .await
        .expect(422, "non corrisponde");
    // The first point and the coordinators are asked, with what was shown.
    let shown = [("documento", "passport")];
    other
        .post(&format!("{address}/documento"), &shown)
        .await
        .expect(200, "Fatto: lo abbiamo chiesto");
    let asked = own.get("/punto").await.expect(200, ASKED);
    assert!(asked.says("Lecce") && asked.says("Passaporto") && asked.says("un altro nome"));
    assert!(!other.get("/punto").await.says(ASKED));
    desk(&app, crate::app::COORDINATOR)
        .await
        .get("/rete")
        .await
        .expect(200, ASKED);
    let own_card = [
        ("tessera", card["card"].as_str().unwrap()),
        ("pin", card["pin"].as_str().unwrap()),
    ];
    let open = other.post(&format!("{address}/apri"), &own_card).await;
    assert!(open.expect(200, "Ora vedi la sua scheda").says("Inventata"));
    assert!(
        !own.get("/punto").await.says(ASKED),
        "nothing is left to ask"
    );
    another_card(&other, &address)
        .await
        .expect(200, "Ritaglia la tessera");
    own.get(&address).await.expect(200, "Inventata");
    let acts = audit::Entity::find().all(app.db.read()).await.unwrap();
    for action in ["citizen-brought", "document-seen", "record-opened"] {
        assert_eq!(
            acts.iter().filter(|act| act.action == action).count(),
            1,
            "{action}"
        );
    }
}

pub(crate) async fn lecce(app: &TestApp) -> String {
    let all = autonomia::network::point::list(app.db.read(), None)
        .await
        .unwrap();
    all.iter()
        .find(|point| point.code == "lecce")
        .unwrap()
        .id
        .to_string()
}

#[actix_web::test]
async fn the_first_point_or_a_coordinator_stops_a_point_and_the_cards_it_printed() {
    let app = TestApp::new().await;
    let (somebody, id, _) = known(&app).await;
    let address = format!("/punto/cittadini/{id}");
    let point = lecce(&app).await;
    let say = async |who: &Browser, answer: &str| {
        let fields = [("punto", point.as_str()), ("risposta", answer)];
        who.post(&format!("{address}/punti"), &fields).await
    };
    let other = desk(&app, OTHER).await;
    for (who, home) in [(DESK, "/punto"), (crate::app::COORDINATOR, "/rete")] {
        let who = desk(&app, who).await;
        other
            .post("/punto/cittadini", &new(&somebody.codice_fiscale, "Nome"))
            .await;
        who.get(home).await.expect(200, ASKED);
        let put_aside = say(&who, "visto").await;
        assert!(put_aside.at == home && !put_aside.says(ASKED));
        assert!(
            !other.get(&address).await.says("Inventata"),
            "seen is not agreed"
        );
        // The record itself stops it too, whenever: a notice that was put aside is not the end.
        who.get(&address).await.expect(200, "Ferma questo punto");
        say(&who, "accetta").await;
        let theirs = other.get(&address).await.expect(200, "Inventata");
        assert!(theirs.says("Bari Centro") && !theirs.says("Ferma questo punto"));
        let sheet = another_card(&other, &address).await;
        let sheet = sheet.expect(200, "Ritaglia la tessera").all("<dd>", '<');
        let thief = app
            .enter(
                &app.visitor(),
                &json!({ "card": sheet[0], "pin": sheet[1] }),
            )
            .await;
        thief.api("/me").await;
        say(&who, "rifiuta").await;
        assert_eq!(thief.get("/api/v1/me").await.status, 401);
        let again = json!({ "card": sheet[0], "pin": sheet[1] });
        assert_eq!(app.visitor().post("/sessions", again).await.status, 401);
        assert_eq!(other.get(&address).await.status, 404);
        assert!(
            !other
                .post("/punto/cerca", &[("q", "scritta")])
                .await
                .text
                .contains(&address)
        );
        // A point that comes again is asked about as one that was stopped.
        other
            .post("/punto/cittadini", &new(&somebody.codice_fiscale, "Nome"))
            .await;
        who.get(home).await.expect(200, "Era già stato fermato");
        say(&who, "rifiuta").await;
    }
}

#[actix_web::test]
async fn no_point_loses_a_person_by_a_merge() {
    let ground = Ground::new().await;
    let (db, vault, by) = (&ground.db, &ground.vault, ground.facilitator);
    let kept = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let again = Details {
        codice_fiscale: None,
        ..person(date!(1960 - 05 - 01), 1)
    };
    let far = ground.points[1];
    let merged = register(db, vault, again, far, by, NOW).await.unwrap();
    let sees = async || follow::access(db.read(), kept, &[far]).await.unwrap();
    assert_eq!(sees().await, None);
    let done = merge::merge(db, vault, kept, merged, by, NOW).await;
    assert!(matches!(done, Err(MergeError::KeepTheirs)));
    let by = coordinator(&ground).await;
    let done = merge::merge(db, vault, kept, merged, by, NOW)
        .await
        .unwrap();
    assert_eq!(sees().await, Some(Access::Whole));
    merge::undo(db, vault, done.id, by, NOW).await.unwrap();
    assert_eq!(sees().await, None);
}
