//! Somebody of the first point, and everybody who has nothing to do with them.

use std::collections::{BTreeMap, BTreeSet};

use autonomia::db::entities::{
    assignments, attendances, cards, citizens, citizens_reached, consents, facilita_rows,
    group_members, help_requests, learners, takeovers,
};
use autonomia::domain::codice_fiscale::CodiceFiscale;
use autonomia::domain::ids::CitizenId;
use autonomia::domain::role::Role;
use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, Statement};
use serde_json::{Value, json};

use crate::actor::Actor;
use crate::app::TestApp;
use crate::desk;
use crate::office::known_to_facilita;
use crate::services::body;

/// Somebody of the first point with everything that a record can have about it.
pub(crate) struct Person {
    pub(crate) id: String,
    pub(super) code: CodiceFiscale,
    pub(crate) card: Value,
    pub(super) learner: Actor,
    /// Their point's id, which forms have where the interface for programs has its code.
    pub(crate) point: String,
    /// The ids of what belongs to them, by the part of an address that stands before such an id.
    pub(super) ids: BTreeMap<&'static str, String>,
}

fn id(made: &Value, field: &str) -> String {
    made[field].as_str().unwrap().to_owned()
}

pub(crate) async fn person(app: &TestApp) -> Person {
    known_to_facilita(app).await;
    let desk = app.facilitator().await;
    let code = CodiceFiscale::invented("QRNZNB60E41A662").unwrap();
    let mut record = json!({
        "codice_fiscale": code.as_str(), "first_name": "Zenobia", "last_name": "Quarantotti",
        "education": "C", "occupation": "G", "citizenship": "A", "province": "Bari",
        "email": "zenobia@example.org", "point": app.point(),
    });
    let citizen = id(
        &desk.post("/citizens", record.clone()).await.json(201),
        "id",
    );
    record.as_object_mut().unwrap().remove("codice_fiscale");
    let second = id(&desk.post("/citizens", record).await.json(201), "id");
    let path = format!("/citizens/{citizen}/merge");
    let merge = desk.post(&path, json!({ "other": second })).await.json(201);
    let merge = id(&merge, "merge");

    let card = desk
        .post(&format!("/citizens/{citizen}/card"), json!({}))
        .await
        .json(201);
    let opened = json!({ "card": card["card"], "pin": card["pin"] });
    // They learned something before they entered.
    let guest = app.guest().await;
    let lesson = "/modules/pagamenti-online/lessons/carte/read";
    guest.post(lesson, json!({})).await.json(200);
    let learner = app.enter(&guest, &opened).await;
    let attempt = id(&learner.start("spid").await, "attempt");
    let asked = [
        ("da", "/moduli/spid/che-cose-spid"),
        ("text", "Non capisco il PIN."),
    ];
    assert_eq!(learner.form("/aiuto", &asked).await.status, 303);
    let stuck = desk.api("/points/bari-centro/stuck").await;
    let help = id(&stuck["help"][0], "id");

    let group = desk::group(&desk, "Gruppo del martedì", &[&citizen]).await;
    let given = json!({ "modules": ["spid"], "citizens": [citizen], "note": "Con calma" });
    let given = desk.post("/assignments", given).await.json(201);
    let given = given["assignments"][0].as_str().unwrap().to_owned();
    let service = desk
        .post("/services", body("individual", &[&citizen]))
        .await
        .json(201);
    let service = id(&service, "service");
    let order = json!({ "programme": "puglia", "from": "2026-11-01", "to": "2026-11-30" });
    let made = app
        .coordinator()
        .await
        .post("/facilita/batches", order)
        .await
        .json(201);
    let batch = id(&made, "batch");
    let db = app.db.read();
    let printed = cards::Entity::find().one(db).await.unwrap().unwrap();
    let record = citizens::Entity::find().one(db).await.unwrap().unwrap();
    let taken = takeovers::Entity::find().one(db).await.unwrap().unwrap();
    let ids = [
        ("gruppi", &group),
        ("groups", &group),
        ("servizi", &service),
        ("services", &service),
        ("tolti", &service),
        ("facilita", &batch),
        ("batches", &batch),
        ("tessere", &printed.id.to_string()),
        ("quiz", &attempt),
        ("attempts", &attempt),
        ("fermi", &help),
        ("ritira", &given),
        ("unisci", &second),
        ("unioni", &merge),
        ("merge", &merge),
        ("presi", &taken.id.to_string()),
    ];
    Person {
        ids: ids.map(|(before, id)| (before, id.clone())).into(),
        id: citizen,
        point: record.point_id.to_string(),
        code,
        card,
        learner,
    }
}

/// Everybody who has nothing to do with the first point, by role.
pub(super) async fn strangers(app: &TestApp) -> [(&'static str, Actor); 6] {
    [
        ("visitor", app.visitor()),
        ("guest", app.guest().await),
        ("another citizen", app.citizen().await),
        (
            "a facilitator of another point",
            app.other_facilitator().await,
        ),
        ("an editor", app.staff_without_point(Role::Editor).await),
        (
            "an administrator",
            app.staff_without_point(Role::Admin).await,
        ),
    ]
}

/// Everything that is kept about the person, but for wrong PINs, which anybody may type.
pub(super) async fn snapshot(app: &TestApp, person: &Person) -> String {
    let db = app.db.read();
    let citizen: CitizenId = person.id.parse().unwrap();
    let mut all = String::new();
    macro_rules! rows {
        ($($table:ident)*) => {$(
            let of = $table::Column::CitizenId.eq(citizen);
            for row in $table::Entity::find().filter(of).all(db).await.unwrap() {
                all.push_str(&format!("{row:?}\n"));
            }
        )*};
    }
    rows!(consents attendances citizens_reached group_members assignments help_requests);
    rows!(facilita_rows learners);
    let records = Condition::any()
        .add(citizens::Column::Id.eq(citizen))
        .add(citizens::Column::MergedInto.eq(citizen));
    for row in citizens::Entity::find()
        .filter(records)
        .all(db)
        .await
        .unwrap()
    {
        all.push_str(&format!("{row:?}\n"));
    }
    for row in cards::Entity::find()
        .filter(cards::Column::CitizenId.eq(citizen))
        .all(db)
        .await
        .unwrap()
    {
        all.push_str(&format!("{} {:?}\n", row.id, row.revoked_at));
    }
    // What they have done so far, as they see it themselves.
    all.push_str(&person.learner.api("/me/progress").await.to_string());
    all
}

/// Every row of what belongs to points, groups and learners, as text.
pub(super) async fn rows(app: &TestApp) -> BTreeSet<String> {
    let db = app.db.read();
    let mut all = BTreeSet::new();
    for table in [
        "services",
        "groups",
        "attempts",
        "completions",
        "facilita_batches",
        "accounts",
    ] {
        let every =
            Statement::from_string(db.get_database_backend(), format!("SELECT * FROM {table}"));
        let rows = Value::find_by_statement(every).all(db).await.unwrap();
        all.extend(rows.iter().map(|row| format!("{table} {row}")));
    }
    all
}
