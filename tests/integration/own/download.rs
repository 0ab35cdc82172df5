//! What the list of answers says a person reads of themselves is what they read: each column gets a
//! value that it had not, and the file that is downloaded must not be as before.

use std::collections::BTreeSet;

use autonomia::db;
use autonomia::db::entities::completions;
use autonomia::domain::age::AgeRange;
use autonomia::domain::ids::ProgrammeId;
use autonomia::learning::own;
use autonomia::network::point::{self, Point};
use autonomia::network::programme::{self, CompletionRule, LessonsRule, Programme};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityTrait, Statement};
use serde_json::Value;
use time::macros::date;

use super::answers::COLUMNS;
use super::whole::{Whole, somebody};
use crate::app::TestApp;
use crate::audit::{as_owner, chain, vault};
use crate::desk;

/// Columns that nothing of the person's journey fills: they get a value here. A new one belongs into
/// the journey (`whole.rs`), or among these.
const FILLED: [(&str, &str); 24] = [
    ("assignments", "due_on"),
    ("assignments", "lesson"),
    ("assignments", "withdrawn_at"),
    ("card_tries", "right_on"),
    ("cards", "revoked_at"),
    ("citizen_points", "document"),
    ("citizen_points", "ended_at"),
    ("citizen_points", "opened_at"),
    ("completions", "not_counted"),
    ("completions", "reason"),
    ("consents", "withdrawn_at"),
    ("corrections", "answer"),
    ("corrections", "answered_at"),
    ("facilita_rows", "reason"),
    ("help_requests", "answer"),
    ("help_requests", "answered_at"),
    ("help_requests", "lesson"),
    ("help_requests", "question"),
    ("citizens", "cf_verified_at"),
    ("services", "void_reason"),
    ("services", "voided_at"),
    ("sessions", "closed_at"),
    ("sessions", "last_seen_at"),
    ("takeovers", "undone_at"),
];

/// Ids that cannot be changed alone: the file has what they stand for, which is looked at by itself.
const STAND_FOR: [(&str, &str); 3] = [
    // The attendance says it: `new_citizen`.
    ("citizens_reached", "service_id"),
    // In the file as it is.
    ("completions", "id"),
    // When the file for Facilita was made.
    ("facilita_rows", "batch_id"),
];

/// What takes rows out of sight comes last, in this order.
const LAST: [(&str, &str); 9] = [
    ("reports", "email"),
    ("assignments", "group_id"),
    ("group_members", "group_id"),
    ("services", "completion_id"),
    ("completions", "not_counted"),
    ("certificates", "completion_id"),
    ("citizens", "email"),
    ("citizens", "cf_sealed"),
    ("citizens", "merged_into"),
];

const INSTANT: &str = "'2026-11-20 09:00:00+00:00'";

fn is_instant(column: &str) -> bool {
    column.ends_with("_at") || matches!(column, "at" | "since")
}

fn is_day(column: &str) -> bool {
    column.ends_with("_on") || matches!(column, "day" | "birth_date")
}

/// A value for a column that has none.
fn some(column: &str) -> &'static str {
    match column {
        column if is_instant(column) => INSTANT,
        column if is_day(column) => "'2026-11-20'",
        _ => "'qualcosa'",
    }
}

/// Another value than the column has, of its kind, in the words of the database.
fn other(table: &str, column: &str, sqlite: bool) -> String {
    let swap = |one: &str, two: &str| {
        format!("CASE \"{column}\" WHEN '{one}' THEN '{two}' ELSE '{one}' END")
    };
    match (table, column) {
        ("services", "completion_id")
        | ("certificates", "completion_id")
        | ("citizens", "merged_into" | "cf_sealed")
        | ("citizen_points", "opened_at") => "NULL".to_owned(),
        ("assignments", "group_id") => {
            "NULL, citizen_id = (SELECT citizen_id FROM group_members LIMIT 1)".to_owned()
        }
        ("group_members", "group_id") => {
            "(SELECT id FROM groups WHERE name LIKE 'Altro gruppo%')".to_owned()
        }
        (_, "programme_id") => "(SELECT id FROM programmes WHERE code = 'altro')".to_owned(),
        ("citizen_points", "point_id") => {
            "(SELECT id FROM points WHERE code = 'bari-centro')".to_owned()
        }
        (_, "point_id") => {
            let of = |code| format!("(SELECT id FROM points WHERE code = '{code}')");
            let (here, there) = (of("bari-centro"), of("altrove"));
            format!("CASE WHEN point_id = {here} THEN {there} ELSE point_id END")
        }
        ("citizens", "gender" | "education" | "occupation" | "citizenship")
        | ("services", "kind") => swap("A", "B"),
        (_, "facilita" | "state") => swap("sent", "accepted"),
        ("consents", "kind") => swap("notice", "contact"),
        ("completions", "source") => swap("online", "facilitator"),
        ("attempts", "lang") => swap("it", "en"),
        ("audit", "action") => swap("record-read", "card-printed"),
        ("audit", "role") => swap("facilitator", "coordinator"),
        ("audit", "through") => swap("page", "api"),
        ("completions", "evidence") => format!("replace({column}, 'SPID', 'SPIQ')"),
        (_, "passed" | "correct" | "own" | "new_citizen") if sqlite => format!("1 - {column}"),
        (_, "passed" | "correct" | "own" | "new_citizen") => format!("NOT {column}"),
        (_, "score") => format!("{column} - 1"),
        (_, "failures" | "rev" | "points" | "minutes") => format!("{column} + 1"),
        (_, "number") => format!("{column} + 1000"),
        (_, column) if is_instant(column) || is_day(column) => match (sqlite, is_day(column)) {
            (true, _) => format!("'2001' || substr(\"{column}\", 5)"),
            (false, true) => format!("(\"{column}\" - interval '20 years')::date"),
            (false, false) => format!("\"{column}\" - interval '20 years'"),
        },
        _ => format!("\"{column}\" || 'q'"),
    }
}

/// Another programme with a point, and another group.
async fn elsewhere(app: &TestApp) {
    let other = Programme {
        id: ProgrammeId::new(),
        code: "altro".to_owned(),
        name: "Un altro programma".to_owned(),
        starts_on: date!(2023 - 01 - 01),
        ends_on: date!(2027 - 06 - 30),
        ages: AgeRange { min: 18, max: 74 },
        rule: CompletionRule {
            lessons: LessonsRule::None,
            retroactive: true,
        },
        facilita_body: None,
        facilita_project: None,
        facilita_until: None,
        minors_from: None,
    };
    let place = ["Bari", "Bari", "Puglia"];
    let point = Point::new(other.id, "altrove", "Un altro punto", place);
    let now = app.clock.now();
    db::write(&app.db, async move |tx| -> Result<(), DbErr> {
        programme::create_in(tx, &other, &[]).await?;
        point::create_in(tx, &point, now).await
    })
    .await
    .unwrap();
    let desk = app.facilitator().await;
    desk::group(&desk, "Altro gruppo", &[]).await;
}

/// The file that the person downloads.
async fn file(app: &TestApp, who: &Whole) -> Value {
    let (id, now) = (who.id.parse().unwrap(), app.clock.now());
    let data = own::of_citizen(&app.db, &vault(), id, now).await.unwrap();
    serde_json::to_value(data).unwrap()
}

/// How many rows have something in a column.
async fn filled(app: &TestApp, table: &str, column: &str) -> i64 {
    let db = app.db.read();
    let sql = format!(
        "SELECT COUNT(*) AS n FROM \"{table}\" WHERE \"{column}\" IS NOT NULL \
         AND CAST(\"{column}\" AS TEXT) <> ''"
    );
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get("", "n").unwrap()
}

#[actix_web::test]
async fn every_column_that_a_person_reads_of_themselves_is_in_what_they_download() {
    let app = TestApp::new().await;
    let who = somebody(&app).await;
    elsewhere(&app).await;
    // What is asked for here is what the page gives.
    let page = who
        .learner
        .get("/mio-percorso/dati/scarica")
        .await
        .json(200);
    let mut before = file(&app, &who).await;
    for (part, said) in page.as_object().unwrap() {
        // That it was taken away is a look more.
        let same = said == &before[part] || matches!(part.as_str(), "looks" | "made_at");
        assert!(same, "{part}: {said}, {}", before[part]);
    }
    assert_eq!(
        page.as_object().unwrap().len(),
        before.as_object().unwrap().len()
    );
    // Words in place of letters and of ids, for whoever has no list of them.
    for (name, word) in [
        ("gender", "Femmina"),
        ("education", "Diploma di scuola superiore"),
        ("citizenship", "Italiana"),
    ] {
        assert_eq!(before["records"][0][name], word);
    }
    let kind = before["services"][0]["kind"].as_str().unwrap();
    assert!(kind.len() > 1, "{kind}");
    let shown = who.learner.get("/mio-percorso/dati").await.text;
    let modules = before["modules"].as_array().unwrap().iter();
    for one in modules.chain(before["assignments"].as_array().unwrap()) {
        let id = one["module"].as_str().unwrap();
        assert!(!shown.contains(&format!(">{id}<")), "{id}: {shown}");
    }
    let completions = completions::Entity::find()
        .all(app.db.read())
        .await
        .unwrap();
    for one in completions {
        assert!(before.to_string().contains(&one.id.to_string()));
    }

    let mut shown = Vec::new();
    for (table, _, _, said) in COLUMNS {
        let (in_it, _) = said.split_once('|').unwrap_or((said, ""));
        shown.extend(in_it.split_whitespace().map(|column| (*table, column)));
    }
    let known: BTreeSet<_> = shown.iter().copied().collect();
    for one in FILLED.iter().chain(&STAND_FOR).chain(&LAST) {
        assert!(known.contains(one), "{one:?} is not shown");
    }
    let rank = |one: &(&str, &str)| {
        LAST.iter()
            .position(|last| last == one)
            .map_or(0, |at| at + 1)
    };
    shown.sort_by_key(rank);

    chain::unguarded(&app.db).await;
    let sqlite = app.db.read().get_database_backend() == DbBackend::Sqlite;
    let mut faults = Vec::new();
    for (table, column) in shown {
        let one = (table, column);
        if FILLED.contains(&one) {
            let fill = format!(
                "UPDATE \"{table}\" SET \"{column}\" = {} WHERE \"{column}\" IS NULL",
                some(column)
            );
            as_owner(&app.db, &[fill.as_str()]).await.unwrap();
            before = file(&app, &who).await;
        }
        if filled(&app, table, column).await == 0 {
            faults.push(format!("{table}.{column}: nobody has one"));
            continue;
        }
        if STAND_FOR.contains(&one) {
            continue;
        }
        let change = format!(
            "UPDATE \"{table}\" SET \"{column}\" = {} WHERE \"{column}\" IS NOT NULL",
            other(table, column, sqlite)
        );
        if let Err(error) = as_owner(&app.db, &[change.as_str()]).await {
            faults.push(format!("{table}.{column}: {error}"));
            continue;
        }
        let after = file(&app, &who).await;
        if after == before {
            faults.push(format!("{table}.{column} is not in the download"));
        }
        before = after;
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
