//! A point that follows a person, and sees the record, tries to take them away from the point that
//! registered them: by merging, by the codice fiscale, by refusing, by undoing.

use autonomia::accounts::staff::{self, NewStaff};
use autonomia::citizens::Details;
use autonomia::citizens::find::read;
use autonomia::citizens::register::register;
use autonomia::db::entities::audit;
use autonomia::domain::ids::{AccountId, PointId};
use autonomia::domain::role::Role;
use autonomia::learning::merge::{MergeError, merge, undo};
use awc::http::Method;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use time::macros::date;

use crate::actor::{Actor, Answer};
use crate::app::{COORDINATOR, TestApp};
use crate::browser::Browser;
use crate::desk_people::desk;
use crate::following::{ASKED, DESK, OTHER, known, lecce, new};
use crate::ground::{Ground, NOW, person};
use crate::people::Person;

/// Somebody else who works for the network.
async fn staff(ground: &Ground, name: &str, role: Role, point: Option<PointId>) -> AccountId {
    let new = NewStaff {
        email: format!("{name}@example.org"),
        name: "Persona Inventata".to_owned(),
        role,
        point,
    };
    staff::add(&ground.db, new, None, NOW).await.unwrap().0
}

pub(crate) async fn coordinator(ground: &Ground) -> AccountId {
    staff(ground, "coordinatrice", Role::Coordinator, None).await
}

/// Somebody of the first point whose record the second sees, with their own card.
async fn opened(app: &TestApp) -> (Person, String, Browser) {
    let (somebody, id, card) = known(app).await;
    let other = desk(app, OTHER).await;
    let form = new(&somebody.codice_fiscale, "Nome");
    other.post("/punto/cittadini", &form).await;
    let card = [
        ("tessera", card["card"].as_str().unwrap()),
        ("pin", card["pin"].as_str().unwrap()),
    ];
    let open = other
        .post(&format!("/punto/cittadini/{id}/apri"), &card)
        .await;
    open.expect(200, "Inventata");
    (somebody, id, other)
}

async fn correct(who: &Actor, id: &str, changes: Value) -> Answer {
    let body = Some(("application/json", changes.to_string()));
    let path = format!("/api/v1/citizens/{id}");
    who.send(Method::PATCH, &path, body).await
}

/// The first point has the person still, and is who answers for them.
async fn still_at_home(app: &TestApp, id: &str) {
    let own = app.facilitator().await;
    let record = own.api(&format!("/citizens/{id}")).await;
    assert_eq!(record["last_name"], "Inventata");
    assert_eq!(record["limited"], Value::Null);
    let page = desk(app, DESK).await;
    let page = page.get(&format!("/punto/cittadini/{id}")).await;
    assert!(page.expect(200, "Inventata").says("Lecce, dal"));
}

#[actix_web::test]
async fn a_record_is_merged_away_by_its_own_point_alone() {
    let app = TestApp::new().await;
    let (_, id, other) = opened(&app).await;
    let api = app.other_facilitator().await;
    let mine = json!({ "first_name": "Nome", "last_name": "Scritta", "point": "lecce" });
    let mine = api.post("/citizens", mine).await.json(201);
    let mine = mine["id"].as_str().unwrap();
    let away = format!("/punto/cittadini/{mine}/unisci/{id}");
    let compared = other.get(&format!("{away}?scelta=1")).await;
    let compared = compared.expect(200, "Tieni quella scheda");
    assert!(compared.says(&format!("/punto/cittadini/{id}/unisci/{mine}?scelta=1\"")));
    assert!(!compared.says("Unisci le schede"));
    assert_eq!(other.post(&away, &[]).await.status, 409);
    let refused = api
        .post(&format!("/citizens/{mine}/merge"), json!({ "other": id }))
        .await
        .json(409);
    assert!(
        refused["detail"]
            .as_str()
            .unwrap()
            .contains("di un altro punto")
    );
    still_at_home(&app, &id).await;
    // The way that is offered; it leaves the person where they are, and its own point may go back.
    let done = api
        .post(&format!("/citizens/{id}/merge"), json!({ "other": mine }))
        .await
        .json(201);
    still_at_home(&app, &id).await;
    let bari = autonomia::network::point::by_code(app.db.read(), "bari-centro").await;
    let bari = bari.unwrap().unwrap().id.to_string();
    let no = [("punto", bari.as_str()), ("risposta", "rifiuta")];
    let no = other
        .post(&format!("/punto/cittadini/{id}/punti"), &no)
        .await;
    assert_eq!(no.status, 403);
    let merge = done["merge"].as_str().unwrap();
    let path = format!("/api/v1/citizens/{id}/merge/{merge}");
    api.send(Method::DELETE, &path, None).await.json(204);
    still_at_home(&app, &id).await;
}

#[actix_web::test]
async fn merging_and_undoing_move_no_code_out_of_its_point() {
    let ground = Ground::new().await;
    let (db, vault, home) = (&ground.db, &ground.vault, ground.facilitator);
    let far = ground.points[1];
    let follower = staff(&ground, "altra", Role::Facilitator, Some(far)).await;
    let nobody = staff(&ground, "redattrice", Role::Editor, None).await;
    let coordinator = coordinator(&ground).await;
    let plain = |number| Details {
        codice_fiscale: None,
        ..person(date!(1960 - 05 - 01), number)
    };
    let theirs = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let mine = register(db, vault, plain(1), far, follower, NOW)
        .await
        .unwrap();
    let taken = merge(db, vault, mine, theirs, follower, NOW).await;
    assert!(matches!(taken, Err(MergeError::KeepTheirs)));
    let given = merge(db, vault, theirs, mine, follower, NOW).await.unwrap();
    let undone = undo(db, vault, given.id, nobody, NOW).await;
    assert!(matches!(undone, Err(MergeError::UndoTheirs)));
    undo(db, vault, given.id, follower, NOW).await.unwrap();

    // A record without a code gets one from its own point, and keeps it.
    let bare = ground.register(plain(2)).await.unwrap();
    let coded = person(date!(1960 - 05 - 01), 2);
    let coded = register(db, vault, coded, far, follower, NOW)
        .await
        .unwrap();
    let written = merge(db, vault, bare, coded, follower, NOW).await;
    assert!(matches!(written, Err(MergeError::CodeTheirs)));
    let done = merge(db, vault, bare, coded, coordinator, NOW)
        .await
        .unwrap();
    let undone = undo(db, vault, done.id, follower, NOW).await;
    assert!(matches!(undone, Err(MergeError::UndoTheirs)));
    let record = read(db, vault, bare).await.unwrap().unwrap();
    assert!(record.codice_fiscale.is_some());
    undo(db, vault, done.id, home, NOW).await.unwrap();
}

#[actix_web::test]
async fn a_codice_fiscale_is_changed_and_cleared_by_its_own_point_alone() {
    let app = TestApp::new().await;
    let (somebody, id, other) = opened(&app).await;
    let api = app.other_facilitator().await;
    let elsewhere = Person::born(date!(1954 - 03 - 02), 8);
    let own = app.facilitator().await;
    let record = elsewhere.record(app.point());
    own.post("/citizens", record).await.json(201);
    let form = other.get(&format!("/punto/cittadini/{id}/dati")).await;
    let form = form.expect(200, "Il codice lo cambia solo il punto");
    assert!(form.says(" readonly") && form.says(&somebody.codice_fiscale));
    let mut said = Vec::new();
    for code in [
        "",
        elsewhere.codice_fiscale.as_str(),
        Person::born(date!(1954 - 03 - 02), 9)
            .codice_fiscale
            .as_str(),
    ] {
        let refused = correct(&api, &id, json!({ "codice_fiscale": code })).await;
        said.push(refused.json(422));
        let fields = [
            ("codice_fiscale", code),
            ("first_name", "A"),
            ("last_name", "B"),
            ("name_differs", "1"),
        ];
        let refused = other
            .post(&format!("/punto/cittadini/{id}/dati"), &fields)
            .await;
        assert_eq!(refused.status, 422);
    }
    assert!(said.iter().all(|one| *one == said[0]), "{said:?}");
    still_at_home(&app, &id).await;
    // The form sends the code back as it is; everything else may be corrected.
    let changes = json!({ "codice_fiscale": somebody.codice_fiscale, "phone": "080 555 0199" });
    let corrected = correct(&api, &id, changes).await.json(200);
    assert_eq!(
        corrected["codice_fiscale"],
        somebody.codice_fiscale.as_str()
    );
    assert_eq!(corrected["verified"], true);
    let again = api
        .post("/citizens", somebody.record("lecce"))
        .await
        .json(409);
    assert_eq!(again["id"], id.as_str());
    // Their own point may, and a coordinator.
    for who in [own, app.coordinator().await] {
        for code in ["", somebody.codice_fiscale.as_str()] {
            let changes = json!({ "codice_fiscale": code });
            correct(&who, &id, changes).await.json(200);
        }
    }
}

#[actix_web::test]
async fn a_notice_is_put_aside_by_whom_it_is_for_and_written_down() {
    let app = TestApp::new().await;
    let (somebody, id, _) = known(&app).await;
    let (own, other) = (desk(&app, DESK).await, desk(&app, OTHER).await);
    let (point, address) = (lecce(&app).await, format!("/punto/cittadini/{id}/punti"));
    let seen = [("punto", point.as_str()), ("risposta", "visto")];
    assert_eq!(
        own.post(&address, &seen).await.status,
        404,
        "nobody follows"
    );
    let form = new(&somebody.codice_fiscale, "Nome");
    other.post("/punto/cittadini", &form).await;
    assert_eq!(other.post(&address, &seen).await.status, 403);
    own.get("/punto").await.expect(200, ASKED);
    for _ in 0..2 {
        assert!(!own.post(&address, &seen).await.says(ASKED));
    }
    let office = desk(&app, COORDINATOR).await;
    office.get("/rete").await.expect(200, ASKED);
    let acts = audit::Entity::find().all(app.db.read()).await.unwrap();
    let acts = acts.iter().filter(|act| act.action == "notice-put-aside");
    let acts: Vec<_> = acts.map(|act| (&act.subject_id, &act.detail)).collect();
    assert_eq!(acts, [(&id, &format!("point {point}"))]);
}
