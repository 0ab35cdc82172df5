//! One invented person who has everything that a person can have, and what is in every column.

use std::collections::BTreeMap;

use autonomia::db::Db;
use autonomia::domain::codice_fiscale::CodiceFiscale;
use autonomia::network::facilita::report::header;
use autonomia::network::{open_data, programme};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};
use time::Duration;

use crate::actor::Actor;
use crate::app::TestApp;
use crate::browser::Browser;
use crate::desk;
use crate::office::known_to_facilita;
use crate::services::body;

/// Values that are theirs alone, in lower case: no row may have one of them when they are erased.
pub(super) const MARKS: [&str; 8] = [
    "zobeida",
    "marcovaldi",
    "zobeide",
    "mrczbd60e41a662",
    "zobeida@example.org",
    "333 7654321",
    "dromedario",
    "firefox",
];

pub(super) struct Whole {
    pub(super) id: String,
    pub(super) merged: String,
    pub(super) card: Value,
    pub(super) code: String,
    pub(super) learner: Actor,
    pub(super) batch: String,
    pub(super) certificate: String,
}

fn id(made: &Value, field: &str) -> String {
    made[field].as_str().unwrap().to_owned()
}

/// What a form leads to, with everything that a person can have.
pub(super) async fn somebody(app: &TestApp) -> Whole {
    known_to_facilita(app).await;
    let desk = app.facilitator().await;
    let code = CodiceFiscale::invented("MRCZBD60E41A662").unwrap();
    let code = code.as_str().to_owned();
    let mut record = json!({
        "codice_fiscale": code, "first_name": "Zobeida", "last_name": "Marcovaldi",
        "education": "C", "occupation": "G", "citizenship": "A", "province": "Bari",
        "email": "zobeida@example.org", "phone": "333 7654321", "point": app.point(),
        "notice": true, "contact": true,
    });
    let citizen = id(
        &desk.post("/citizens", record.clone()).await.json(201),
        "id",
    );
    record.as_object_mut().unwrap().remove("codice_fiscale");
    let merged = id(&desk.post("/citizens", record).await.json(201), "id");
    let path = format!("/citizens/{citizen}/merge");
    desk.post(&path, json!({ "other": merged })).await.json(201);
    let card = desk
        .post(&format!("/citizens/{citizen}/card"), json!({}))
        .await
        .json(201);
    let card = json!({ "card": card["card"], "pin": card["pin"] });
    let mut wrong = card.clone();
    wrong["pin"] = json!("00000");
    app.visitor().post("/sessions", wrong).await;
    // Another browser of theirs, which is known by its name.
    let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0";
    let browser = Browser::new(app).with_header("user-agent", firefox);
    let [code_of_card, pin] = ["card", "pin"].map(|name| card[name].as_str().unwrap());
    let fields = [("tessera", code_of_card), ("pin", pin)];
    assert_eq!(browser.post("/tessera", &fields).await.status, 200);
    // A guest whose progress comes along.
    let guest = app.guest().await;
    desk::read(&guest, "spid", "che-cose-spid").await;
    let learner = app.enter(&guest, &card).await;
    let done = app.pass(&learner, "spid").await;
    assert_eq!(done["passed"], true, "{done}");
    asked(app, &desk, &learner, &citizen).await;
    let made = services(app, &desk, &citizen).await;
    let data = learner.api("/me/data").await;
    let completion = data["modules"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["module"] == "spid")
        .unwrap();
    let completion = id(&completion["completion"], "id");
    let page = format!("/mio-percorso/attestati/{completion}");
    assert_eq!(learner.get(&page).await.status, 200);
    let data = learner.api("/me/data").await;
    Whole {
        id: citizen,
        merged,
        card,
        code,
        certificate: id(&data["certificates"][0], "serial"),
        learner,
        batch: made,
    }
}

/// What they were given, asked and said, at two points.
async fn asked(app: &TestApp, desk: &Actor, learner: &Actor, citizen: &str) {
    let help = [
        ("da", "/moduli/spid/che-cose-spid"),
        ("text", "Sono Zobeida, non capisco il dromedario."),
    ];
    assert_eq!(learner.form("/aiuto", &help).await.status, 303);
    let wrong = [
        ("about", "name"),
        ("text", "Mi chiamo Zobeida con la Z, dromedario."),
    ];
    let page = "/mio-percorso/dati/correzione";
    assert_eq!(learner.form(page, &wrong).await.status, 303);
    let report = [
        ("page", "/moduli"),
        ("text", "Dromedario illeggibile."),
        ("email", "Zobeida@example.org"),
    ];
    let sent = learner.form("/accessibilita/segnala", &report).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    let group = desk::group(desk, "Amici di Zobeida", &[citizen]).await;
    let given = json!({ "modules": ["pagamenti-online"], "group": group, "note": "Con Zobeida" });
    desk.post("/assignments", given).await.json(201);
    let given = json!({ "modules": ["spid"], "citizens": [citizen], "note": "Brava Zobeida" });
    desk.post("/assignments", given).await.json(201);
    desk.api(&format!("/citizens/{citizen}")).await;
    // Another point follows them, and wrote the name its own way.
    let other = app.other_facilitator().await;
    let elsewhere = json!({
        "codice_fiscale": CodiceFiscale::invented("MRCZBD60E41A662").unwrap().as_str(),
        "first_name": "Zobeide", "last_name": "Marcovaldi", "point": "lecce", "notice": true,
    });
    let brought = other.post("/citizens", elsewhere).await;
    assert!(brought.status.is_success(), "{}", brought.text);
}

/// Two services at the desk, sent to Facilita, which refused one; the file's id.
async fn services(app: &TestApp, desk: &Actor, citizen: &str) -> String {
    let mut first = body("individual", &[citizen]);
    first["title"] = json!("Aiuto a Zobeida Marcovaldi");
    desk.post("/services", first).await.json(201);
    let (other, _) = app.citizen_from(app.somebody().record(app.point())).await;
    desk.post("/services", body("group", &[citizen, &other]))
        .await
        .json(201);
    let coordinator = app.coordinator().await;
    let order = json!({ "programme": "puglia", "from": "2026-11-01", "to": "2026-11-30" });
    let made = coordinator.post("/facilita/batches", order).await.json(201);
    assert!(made["rows"].as_u64().unwrap() >= 3, "{made}");
    let batch = id(&made, "batch");
    let path = format!("/facilita/batches/{batch}.csv");
    let file = coordinator.get(&format!("/api/v1{path}")).await.text;
    let row = file
        .lines()
        .skip(1)
        .position(|line| line.contains("Zobeida"))
        .unwrap()
        + 1;
    let line = file.lines().nth(row).unwrap();
    let report = format!("{}\n{row},Zobeida ha un codice errato,{line}\n", header());
    let path = format!("/facilita/batches/{batch}/rejects");
    coordinator.post_text(&path, &report).await.json(200);
    batch
}

/// Table → column → the values of its rows, as text: what is binary in hexadecimal.
pub(super) type Everything = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// Every value of every row of the database.
pub(super) async fn everything(db: &Db) -> Everything {
    let mut all = Everything::new();
    for (table, columns) in schema(db).await {
        for column in columns {
            // In one order, so that values of a row are at one place.
            let (text, order) = match db.read().get_database_backend() {
                DbBackend::Sqlite => (
                    format!(
                        "CASE typeof(\"{column}\") WHEN 'blob' THEN lower(hex(\"{column}\")) \
                     ELSE CAST(\"{column}\" AS TEXT) END"
                    ),
                    "rowid",
                ),
                _ => (format!("replace(\"{column}\"::text, '\\x', '')"), "ctid"),
            };
            // The audit in its own: a row may stand where one was that was taken back.
            let order = match table.as_str() {
                "audit" => "sequence",
                _ => order,
            };
            let sql = format!("SELECT COALESCE({text}, '') AS v FROM \"{table}\" ORDER BY {order}");
            let backend = db.read().get_database_backend();
            let rows = db
                .read()
                .query_all_raw(Statement::from_string(backend, sql))
                .await
                .unwrap();
            let values = rows.iter().map(|row| row.try_get("", "v").unwrap());
            let of_table = all.entry(table.clone()).or_default();
            of_table.insert(column, values.collect());
        }
    }
    all
}

/// Tables and their columns, as the database itself has them.
pub(crate) async fn schema(db: &Db) -> BTreeMap<String, Vec<String>> {
    let sql = match db.read().get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT m.name AS t, c.name AS c FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
        }
        _ => {
            "SELECT table_name::text AS t, column_name::text AS c \
             FROM information_schema.columns WHERE table_schema = current_schema()"
        }
    };
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let backend = db.read().get_database_backend();
    let statement = Statement::from_string(backend, sql);
    for row in db.read().query_all_raw(statement).await.unwrap() {
        let table: String = row.try_get("", "t").unwrap();
        all.entry(table)
            .or_default()
            .push(row.try_get("", "c").unwrap());
    }
    all.remove("seaql_migrations");
    all
}

/// An id as it is in a column of either database.
pub(super) fn plain(id: &str) -> String {
    id.replace('-', "").to_lowercase()
}

/// Erases somebody by themselves, with the PIN of their card.
pub(super) async fn erase_oneself(who: &Actor, card: &Value) -> u16 {
    let pin = card["pin"].as_str().unwrap();
    let answer = who
        .form("/mio-percorso/dati/cancella", &[("pin", pin)])
        .await;
    answer.status.as_u16()
}

/// What is public: totals and the open data's rows, sorted.
pub(super) async fn public(app: &TestApp) -> (Value, usize) {
    let who = app.coordinator().await;
    let mut totals = who.api("/programmes/puglia/totals").await;
    totals["as_of"] = Value::Null;
    totals["citizens"]["eligible_unverified"] = Value::Null;
    let programme = programme::by_code(app.db.read(), "puglia").await.unwrap();
    // When the quarter is over.
    let now = app.clock.now() + Duration::days(92);
    let data = open_data::csv(&app.db, &programme.unwrap(), now).await;
    let data = String::from_utf8(data.unwrap()).unwrap();
    (totals, data.lines().count())
}
