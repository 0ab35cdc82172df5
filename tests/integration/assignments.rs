//! What the desk gives people to learn, with the way straight to the lesson; and what it records.

use autonomia::db::entities::{audit, completions, services};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use time::macros::datetime;

use crate::app::TestApp;
use crate::desk::{assign, assigned, group, leads, members, pupil, read, resume, says};

#[actix_web::test]
async fn a_citizen_sees_first_what_the_facilitator_chose_by_need_and_goes_straight_to_the_lesson() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let (id, citizen) = pupil(&app).await;
    let page = format!("/punto/cittadini/{id}/assegna");
    let found = desk.get(&format!("{page}?q=prenotare+una+visita")).await;
    says(&found, "id=\"modulo-prenotare-salute\"");
    says(&found, "value=\"prenotare-salute/prenotare-una-visita\"");
    let by_domain = desk.get(&format!("{page}?ambito=B")).await;
    says(&by_domain, "id=\"modulo-pagamenti-online\"");
    assert!(!by_domain.text.contains("id=\"modulo-prenotare-salute\""));

    let sent = [
        ("modules", "prenotare-salute"),
        ("lesson", "prenotare-salute/prenotare-una-visita"),
        ("due_on", "2026-12-03"),
        ("note", "Ne parliamo giovedì, con calma."),
    ];
    let done = desk.form(&page, &sent).await;
    says(&desk.get(&leads(&done)).await, "Ne parliamo giovedì");

    let mine = citizen.get("/mio-percorso").await;
    says(&mine, "Da fare per te");
    says(
        &mine,
        "Il tuo facilitatore ti dice: «Ne parliamo giovedì, con calma.»",
    );
    says(&mine, "Da fare entro il 3 dicembre 2026.");
    let way = "/moduli/prenotare-salute/prenotare-una-visita";
    says(&mine, &format!("href=\"{way}\""));
    says(&mine, "data-keep=\"prenotare-salute\"");
    assert_eq!(resume(&citizen).await, way);

    // The lesson read, the first one that is not; all read, the quiz; begun, that very attempt.
    read(&citizen, "prenotare-salute", "prenotare-una-visita").await;
    let module = app
        .catalogue()
        .module(&"prenotare-salute".parse().unwrap())
        .unwrap();
    let first = &module.original.lessons[0].id;
    assert_eq!(
        resume(&citizen).await,
        format!("/moduli/prenotare-salute/{first}")
    );
    for lesson in &module.original.lessons {
        read(&citizen, "prenotare-salute", lesson.id.as_str()).await;
    }
    assert_eq!(resume(&citizen).await, "/moduli/prenotare-salute/quiz");
    let attempt = citizen.start("prenotare-salute").await;
    let attempt = attempt["attempt"].as_str().unwrap();
    assert_eq!(
        resume(&citizen).await,
        format!("/moduli/prenotare-salute/quiz/{attempt}")
    );
    app.pass(&citizen, "prenotare-salute").await;
    let mine = citizen.get("/mio-percorso").await;
    says(&mine, "Fatto il 21 novembre 2026.");
    assert!(!mine.text.contains("data-keep"), "nothing is left to keep");
    assert_eq!(resume(&citizen).await, "/mio-percorso");
}

#[actix_web::test]
async fn the_way_back_is_for_everybody() {
    let app = TestApp::new().await;
    assert_eq!(resume(&app.visitor()).await, "/tessera");
    let guest = app.guest().await;
    assert_eq!(resume(&guest).await, "/mio-percorso");
    read(&guest, "spid", "che-cose-spid").await;
    assert_eq!(resume(&guest).await, "/moduli/spid/scegliere");
    app.clock.set(datetime!(2026-11-21 10:05 UTC));
    read(&guest, "pagamenti-online", "carte").await;
    let last = resume(&guest).await;
    assert!(last.starts_with("/moduli/pagamenti-online/"), "{last}");
    // Who enters with a card is in the room that leads there.
    let card = app.card(&app.somebody()).await;
    let (code, pin) = (
        card["card"].as_str().unwrap(),
        card["pin"].as_str().unwrap(),
    );
    let entered = app
        .visitor()
        .form("/tessera", &[("tessera", code), ("pin", pin)])
        .await;
    assert_eq!(leads(&entered), "/mio-percorso");
}

#[actix_web::test]
async fn what_is_due_comes_first_then_what_was_given_last() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let (id, citizen) = pupil(&app).await;
    let give = async |module: &str, due: Value| {
        assign(
            &desk,
            json!({ "modules": [module], "citizens": [id], "due_on": due }),
        )
        .await;
        resume(&citizen).await
    };
    let first = give("spid", json!("2026-11-21")).await;
    assert!(first.starts_with("/moduli/spid/"), "{first}");
    let due_today = give("pagamenti-online", json!("2026-11-30")).await;
    assert!(due_today.starts_with("/moduli/spid/"), "{due_today}");
    app.pass(&citizen, "spid").await;
    app.clock.set(datetime!(2026-11-21 10:05 UTC));
    let given_last = give("prenotare-salute", Value::Null).await;
    assert!(
        given_last.starts_with("/moduli/prenotare-salute/"),
        "{given_last}"
    );
}

#[actix_web::test]
async fn assigning_again_changes_the_day_and_the_note_and_doubles_nothing() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let ((one, citizen), (two, other)) = (pupil(&app).await, pupil(&app).await);
    let body = |due: &str, note: &str| {
        json!({ "path": "pagare-online", "modules": ["prenotare-salute"],
                "citizens": [one, two], "due_on": due, "note": note })
    };
    let first = assign(&desk, body("2026-12-01", "prima")).await;
    assert_eq!(first.len(), 6, "three modules for each of two people");
    let again = assign(&desk, body("2026-12-08", "poi")).await;
    assert_eq!(again, first);
    for who in [&citizen, &other] {
        for module in ["spid", "pagamenti-online", "prenotare-salute"] {
            let told = assigned(who, module).await;
            assert_eq!(
                (&told["due_on"], &told["note"]),
                (&json!("2026-12-08"), &json!("poi"))
            );
        }
        let mine = who.get("/mio-percorso").await;
        let tasks = mine.text.split_once("id=\"assegnati\"").unwrap().1;
        assert_eq!(tasks.matches("class=\"next-title\"").count(), 3);
    }

    // Taken back, it is not asked any more; taken back again, nothing happens.
    let page = format!("/punto/cittadini/{one}/assegna");
    for _ in 0..2 {
        let taken = [("id", first[0].as_str().unwrap())];
        let done = desk.form(&format!("{page}/ritira"), &taken).await;
        assert_eq!(leads(&done), format!("{page}?fatto=ritirato"));
    }
    let left = desk.get(&page).await;
    assert_eq!(left.text.matches("name=\"id\"").count(), 2);
    let noted = audit::Entity::find().filter(audit::Column::SubjectId.eq(one.as_str()));
    let noted: Vec<_> = noted.all(app.db.read()).await.unwrap();
    let acts = |name: &str| noted.iter().filter(|act| act.action == name).count();
    assert_eq!((acts("assigned"), acts("unassigned")), (2, 1));
}

#[actix_web::test]
async fn what_cannot_be_assigned_comes_back_with_everything_that_was_typed() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let (id, _) = pupil(&app).await;
    let page = format!("/punto/cittadini/{id}/assegna");
    let nothing = desk
        .form(&page, &[("note", "Ciao"), ("due_on", "2026-11-20")])
        .await;
    assert_eq!(nothing.status, 422);
    says(&nothing, "Scegli almeno un modulo o un percorso.");
    says(&nothing, "Questo giorno è già passato.");
    says(&nothing, ">Ciao</textarea>");
    says(&nothing, "value=\"2026-11-20\"");
    let kept = [
        ("modules", "spid"),
        ("due_on", "domani"),
        ("lesson", "spid/scegliere"),
    ];
    let kept = desk.form(&page, &kept).await;
    assert_eq!(kept.status, 422);
    says(&kept, "id=\"modulo-spid\" checked");
    says(&kept, "<option value=\"spid/scegliere\" selected>");
    for (body, field) in [
        (
            json!({ "modules": ["inventato"], "citizens": [id] }),
            "modules",
        ),
        (json!({ "path": "inventato", "citizens": [id] }), "path"),
        (
            json!({ "modules": ["spid"], "lesson": "ricevute", "citizens": [id] }),
            "lesson",
        ),
        (json!({ "modules": ["spid"] }), "citizens"),
        (
            json!({ "modules": ["spid"], "citizens": [id], "note": "a".repeat(501) }),
            "note",
        ),
    ] {
        let refused = desk.post("/assignments", body).await.json(422);
        assert_eq!(refused["errors"][0]["field"], field, "{refused}");
    }
}

#[actix_web::test]
async fn a_completion_recorded_for_somebody_counts_once_and_says_who_recorded_it() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    let (id, citizen) = pupil(&app).await;
    let before = app.totals().await;
    let form = format!("/punto/cittadini/{id}/completamenti");
    let silent = desk
        .form(&form, &[("module", "spid"), ("reason", " ")])
        .await;
    assert_eq!(silent.status, 422, "a reason is asked for");
    says(&silent, "<option value=\"spid\" selected>");
    let seen = [("module", "spid"), ("reason", "Quiz fatto sul mio tablet")];
    let done = desk.form(&form, &seen).await;
    says(
        &desk.get(&leads(&done)).await,
        "il modulo è registrato come completato",
    );
    let after = app.totals().await;
    assert_eq!(
        (after.services, after.online),
        (before.services + 1, before.online + 1)
    );
    assert_eq!(after.citizens, before.citizens + 1);

    let row = completions::Entity::find()
        .one(app.db.read())
        .await
        .unwrap()
        .unwrap();
    let by = row.recorded_by.unwrap();
    assert_eq!(row.reason.as_deref(), Some("Quiz fatto sul mio tablet"));
    let evidence: Value = serde_json::from_str(&row.evidence).unwrap();
    assert_eq!(evidence["rule"]["kind"], "facilitator");
    let service = services::Entity::find()
        .one(app.db.read())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(service.recorded_by, Some(by));
    let noted = audit::Entity::find().filter(audit::Column::Action.eq("completion-recorded"));
    assert_eq!(noted.count(app.db.read()).await.unwrap(), 1);

    // Marked wherever it is shown.
    let progress = citizen.api("/me/progress").await;
    assert_eq!(
        progress["modules"][0]["completion"]["source"],
        "facilitator"
    );
    says(
        &citizen.get("/mio-percorso").await,
        "Lo ha segnato un facilitatore.",
    );
    for page in ["", "/assegna"] {
        let page = desk.get(&format!("/punto/cittadini/{id}{page}")).await;
        says(&page, "Lo ha segnato un facilitatore.");
    }

    // The first one stands, whoever comes after.
    let again = desk.form(&form, &seen).await;
    assert_eq!(again.status, 422);
    says(&again, "Questo modulo è già completato.");
    app.pass(&citizen, "spid").await;
    assert_eq!(app.totals().await, after);
    app.verify_totals().await;
}

#[actix_web::test]
async fn another_points_facilitator_sees_and_writes_nothing() {
    let app = TestApp::new().await;
    let (desk, other) = (app.facilitator().await, app.other_facilitator().await);
    let (id, citizen) = pupil(&app).await;
    let group = group(&desk, "Gruppo", &[&id]).await;
    let given = assign(&desk, json!({ "modules": ["spid"], "citizens": [id] })).await;
    let taken = [("id", given[0].as_str().unwrap())];
    citizen
        .form("/aiuto", &[("da", "/moduli/spid"), ("text", "Non capisco")])
        .await;
    let waiting = desk.api("/points/bari-centro/stuck").await["help"][0]["id"].clone();
    let waiting = format!("/punto/fermi/{}", waiting.as_str().unwrap());

    let (person, place) = (
        format!("/punto/cittadini/{id}"),
        format!("/punto/gruppi/{group}"),
    );
    for page in [
        format!("{person}/assegna"),
        place.clone(),
        format!("{place}/assegna"),
        format!("{place}/progressi.csv"),
        "/api/v1/points/bari-centro/stuck".to_owned(),
    ] {
        assert_eq!(other.get(&page).await.status, 404, "{page}");
    }
    for (page, fields) in [
        (
            format!("{person}/assegna"),
            [("modules", "spid")].as_slice(),
        ),
        (format!("{person}/assegna/ritira"), &taken),
        (
            format!("{person}/completamenti"),
            &[("module", "spid"), ("reason", "x")],
        ),
        (place.clone(), &[("name", "Altro")]),
        (format!("{place}/assegna"), &[("modules", "spid")]),
        (format!("{place}/persone"), &[("add", &id)]),
        (format!("{place}/cerca"), &[("q", "a")]),
        (format!("{place}/chiudi"), &[]),
        (waiting.clone(), &[("answer", "x")]),
    ] {
        assert_eq!(other.form(&page, fields).await.status, 404, "{page}");
    }
    let body = json!({ "modules": ["spid"], "citizens": [id] });
    assert_eq!(other.post("/assignments", body).await.status, 404);
    let body = json!({ "modules": ["spid"], "group": group });
    assert_eq!(other.post("/assignments", body).await.status, 404);
    assert_eq!(members(&other, &group, &[]).await.status, 404);
    for page in ["/punto/gruppi", "/punto/fermi"] {
        let page = other.get(page).await;
        assert_eq!(page.status, 200);
        assert!(!page.text.contains("Inventata") && !page.text.contains("Gruppo</a>"));
    }
    // Nor does anybody of the other point come into a group of this one.
    let record = app.somebody().record("lecce");
    let stranger = other.post("/citizens", record).await.json(201);
    let stranger = stranger["id"].as_str().unwrap();
    assert_eq!(members(&desk, &group, &[stranger]).await.status, 422);
    let own = members(&desk, &group, &[&id]).await.json(200);
    assert_eq!(own["citizens"], json!([id]));
    assert_eq!(
        assigned(&citizen, "spid").await["note"],
        "",
        "nothing was changed"
    );
    for page in [
        "/punto/gruppi",
        "/punto/fermi",
        &format!("{person}/assegna"),
    ] {
        assert_eq!(citizen.get(page).await.status, 403, "{page}");
    }
}
