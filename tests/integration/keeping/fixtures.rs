//! Databases as the program left them at each step of the schema: rows with the columns of then,
//! written by hand, about invented people.

use std::collections::BTreeMap;

use autonomia::citizens::Vault;
use autonomia::citizens::vault::Purpose;
use autonomia::domain::codice_fiscale::CodiceFiscale;
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, Query};
use sea_orm::{ConnectionTrait, DatabaseConnection, Value};
use time::macros::{date, datetime};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::people::Person;

const NOW: OffsetDateTime = datetime!(2026-03-02 09:30 UTC);

/// Somebody in the records: birth, gender's letter, the day of their first service if they came, and
/// the band they are counted in.
pub(super) struct Known {
    birth: Date,
    pub(super) gender: Option<&'static str>,
    came: Option<Date>,
    pub(super) band: &'static str,
}

/// Ages at their edges: on the birthday, the day before, and a birthday that there is not each year.
pub(super) const PEOPLE: [Known; 8] = [
    known(
        date!(1996 - 03 - 02),
        Some("A"),
        Some(date!(2026 - 03 - 02)),
        "B",
    ),
    known(
        date!(1996 - 03 - 03),
        Some("A"),
        Some(date!(2026 - 03 - 02)),
        "A",
    ),
    known(
        date!(1952 - 02 - 29),
        Some("B"),
        Some(date!(2026 - 02 - 28)),
        "C",
    ),
    known(
        date!(1971 - 03 - 01),
        Some("B"),
        Some(date!(2026 - 03 - 01)),
        "C",
    ),
    known(
        date!(1971 - 12 - 31),
        None,
        Some(date!(2026 - 03 - 01)),
        "B",
    ),
    known(
        date!(2008 - 03 - 02),
        Some("C"),
        Some(date!(2026 - 03 - 02)),
        "A",
    ),
    known(
        date!(1951 - 03 - 03),
        Some("A"),
        Some(date!(2026 - 03 - 02)),
        "C",
    ),
    // Never came.
    known(date!(1980 - 01 - 01), Some("A"), None, ""),
];

const fn known(
    birth: Date,
    gender: Option<&'static str>,
    came: Option<Date>,
    band: &'static str,
) -> Known {
    Known {
        birth,
        gender,
        came,
        band,
    }
}

/// Ids of what others refer to.
pub(super) struct Ids {
    programme: Uuid,
    point: Uuid,
    account: Uuid,
    citizens: Vec<Uuid>,
    learner: Uuid,
    guest: Uuid,
    completion: Uuid,
    services: Vec<Uuid>,
}

/// Fills a database that has the first `steps` steps, as the program of then would have.
pub(super) async fn fill(db: &DatabaseConnection, steps: usize) {
    let new = Uuid::now_v7;
    let ids = Ids {
        programme: new(),
        point: new(),
        account: new(),
        citizens: PEOPLE.iter().map(|_| new()).collect(),
        learner: new(),
        guest: new(),
        completion: new(),
        services: PEOPLE.iter().map(|_| new()).collect(),
    };
    let parts: [(usize, Part); 9] = [
        (1, programmes),
        (2, people),
        (3, learning),
        (4, ledger),
        (5, reports),
        (6, records),
        (7, desk),
        (9, facilita),
        (21, super::steps::missed),
    ];
    // From step 12 on the audit is chained, and the program alone writes it.
    let wanted = |table: &str| table != "audit" || steps < 12;
    let filled = parts.into_iter().filter(|(from, _)| steps >= *from);
    for (table, rows) in filled.flat_map(|(_, part)| part(&ids)) {
        for row in rows.into_iter().filter(|_| wanted(table)) {
            put(db, table, super::steps::left(table, row, steps)).await;
        }
    }
    if steps >= 10 {
        counted_people(db, &ids, steps).await;
    }
}

pub(super) type Row = Vec<(&'static str, Value)>;
type Part = fn(&Ids) -> Vec<(&'static str, Vec<Row>)>;

macro_rules! row {
    ($($column:ident: $value:expr),* $(,)?) => { vec![$((stringify!($column), Value::from($value))),*] };
}

async fn put(db: &DatabaseConnection, table: &str, row: Row) {
    let (columns, values): (Vec<_>, Vec<_>) = row.into_iter().unzip();
    let insert = Query::insert()
        .into_table(Alias::new(table))
        .columns(columns.into_iter().map(Alias::new))
        .values_panic(values.into_iter().map(Expr::val))
        .take();
    db.execute(&insert).await.unwrap();
}

fn programmes(ids: &Ids) -> Vec<(&'static str, Vec<Row>)> {
    let programme = row! {
        id: ids.programme, code: "puglia", name: "Puglia",
        starts_on: date!(2023 - 01 - 01), ends_on: date!(2027 - 06 - 30),
        age_min: 18_i16, age_max: 74_i16,
        rule: r#"{"lessons":"none","retroactive":true}"#,
    };
    let target = row! {
        programme_id: ids.programme, kind: "citizens", due_on: date!(2026 - 06 - 30), value: 100_i64,
    };
    let point = row! {
        id: ids.point, programme_id: ids.programme, code: "bari-centro", name: "Bari Centro",
        municipality: "Bari", province: "Bari", region: "Puglia", created_at: NOW,
    };
    vec![
        ("programmes", vec![programme]),
        ("programme_targets", vec![target]),
        ("points", vec![point]),
    ]
}

fn people(ids: &Ids) -> Vec<(&'static str, Vec<Row>)> {
    let vault = Vault::new(&[1; 32], &[2; 32]).unwrap();
    let account = row! {
        id: ids.account, email: "sportello@example.org", name: "Persona Inventata", created_at: NOW,
    };
    let role = row! {
        id: Uuid::now_v7(), account_id: ids.account, role: "facilitator", point_id: ids.point,
    };
    let link = row! {
        token_digest: vec![1_u8; 32], account_id: ids.account, expires_at: NOW,
    };
    let citizens = (1..)
        .zip(&PEOPLE)
        .zip(&ids.citizens)
        .map(|((number, known), id)| {
            let person = Person::born(known.birth, number);
            let code = CodiceFiscale::parse(&person.codice_fiscale).unwrap();
            let sealed = vault.seal(Purpose::CodiceFiscale, *id, &person.codice_fiscale);
            row! {
                id: *id, cf_digest: vault.find_by(&code), cf_sealed: sealed.unwrap(),
                cf_verified_at: NOW, first_name: "Prova", last_name: "Inventata",
                last_first: format!("inventata prova {number}"),
                first_last: format!("prova inventata {number}"),
                birth_date: known.birth, gender: known.gender, point_id: ids.point,
                registered_by: ids.account, created_at: NOW, updated_at: NOW,
            }
        });
    let citizens = citizens.collect();
    let card = Uuid::now_v7();
    let code = vault.seal(Purpose::Card, card, "ABCD1234").unwrap();
    let card = row! {
        id: card, citizen_id: ids.citizens[0], code_digest: vault.digest(Purpose::Card, "ABCD1234"),
        code_sealed: code, pin_hash: "", issued_by: ids.account, issued_at: NOW, failures: 0_i32,
    };
    let learner = row! { id: ids.learner, citizen_id: ids.citizens[0], created_at: NOW };
    let guest = row! { id: ids.guest, created_at: NOW };
    let session = row! {
        id: Uuid::now_v7(), learner_id: ids.learner, created_at: NOW,
        expires_at: datetime!(2026-03-02 21:30 UTC),
    };
    let act = row! {
        id: Uuid::now_v7(), at: NOW, account_id: ids.account, action: "citizen-registered",
        subject_kind: "citizen", subject_id: ids.citizens[0].to_string(), detail: "",
    };
    vec![
        ("accounts", vec![account]),
        ("account_roles", vec![role]),
        ("account_links", vec![link]),
        ("citizens", citizens),
        ("cards", vec![card]),
        ("learners", vec![learner, guest]),
        ("sessions", vec![session]),
        ("audit", vec![act]),
    ]
}

fn learning(ids: &Ids) -> Vec<(&'static str, Vec<Row>)> {
    let attempt = Uuid::now_v7();
    let read = row! { learner_id: ids.guest, module: "spid", lesson: "spid-scopo", read_at: NOW };
    let snapshot = row! { hash: "abc", question: "{}" };
    let attempts = row! {
        id: attempt, learner_id: ids.learner, module: "spid", lang: "it", rev: 1_i32, seed: 7_i64,
        served: r#"{"questions":[{"id":"spid-uno","hash":"abc"}]}"#, started_at: NOW,
        finished_at: NOW, points: 1_i32, max_points: 1_i32, score: 100_i16, passed: true,
    };
    let answer = row! {
        attempt_id: attempt, question: "spid-uno", submission: Uuid::now_v7(), given: "\"a\"",
        correct: true, points: 1_i32, max_points: 1_i32, answered_at: NOW, grade: "{}",
    };
    let completion = row! {
        id: ids.completion, learner_id: ids.learner, module: "spid", completed_at: NOW, rev: 1_i32,
        source: "quiz", attempt_id: attempt, evidence: "{}",
    };
    // Not counted then, so that the ledger need not have it at step 3.
    let other = row! {
        id: Uuid::now_v7(), learner_id: ids.guest, module: "spid", completed_at: NOW, rev: 1_i32,
        source: "quiz", evidence: "{}", not_counted: "guest",
    };
    vec![
        ("lesson_reads", vec![read]),
        ("question_snapshots", vec![snapshot]),
        ("attempts", vec![attempts]),
        ("answers", vec![answer]),
        ("completions", vec![completion, other]),
    ]
}

/// One service each, the first of them by the completion; and one that was voided.
fn ledger(ids: &Ids) -> Vec<(&'static str, Vec<Row>)> {
    let (mut services, mut attendances, mut reached) = (Vec::new(), Vec::new(), Vec::new());
    for (number, known) in PEOPLE.iter().enumerate() {
        let Some(day) = known.came else { continue };
        let (service, citizen) = (ids.services[number], ids.citizens[number]);
        let (kind, completion) = match number {
            0 => ("D", Some(ids.completion)),
            _ => ("A", None),
        };
        services.push(row! {
            id: service, programme_id: ids.programme, point_id: ids.point, account_id: ids.account,
            kind: kind, day: day, minutes: 30_i32, competences: "1", domains: "A", title: "Prova",
            completion_id: completion, recorded_at: NOW, recorded_by: ids.account,
        });
        attendances.push(row! { service_id: service, citizen_id: citizen, new_citizen: true });
        reached.push(row! {
            programme_id: ids.programme, citizen_id: citizen, service_id: service,
            point_id: ids.point, day: day, kind: kind,
        });
    }
    let voided = ids.services[PEOPLE.len() - 1];
    services.push(row! {
        id: voided, programme_id: ids.programme, point_id: ids.point, account_id: ids.account,
        kind: "A", day: date!(2026 - 03 - 02), minutes: 30_i32, competences: "1", domains: "A",
        title: "Prova", recorded_at: NOW, voided_at: NOW, voided_by: ids.account,
        void_reason: "sbagliato",
    });
    let citizen = ids.citizens[PEOPLE.len() - 1];
    attendances.push(row! { service_id: voided, citizen_id: citizen, new_citizen: false });
    let tally = |month: &str, kind: &str, n: i64| {
        row! {
            programme_id: ids.programme, point_id: ids.point, month: month, kind: kind,
            services: n, citizens: n,
        }
    };
    let tallies = vec![
        tally("2026-03", "D", 1),
        tally("2026-03", "A", 5),
        tally("2026-02", "A", 1),
    ];
    vec![
        ("services", services),
        ("attendances", attendances),
        ("citizens_reached", reached),
        ("tallies", tallies),
    ]
}

fn reports(_: &Ids) -> Vec<(&'static str, Vec<Row>)> {
    let report = row! { id: Uuid::now_v7(), page: "/moduli", text: "Non si legge.", sent_at: NOW };
    vec![("reports", vec![report])]
}

fn records(ids: &Ids) -> Vec<(&'static str, Vec<Row>)> {
    let consent = row! {
        id: Uuid::now_v7(), citizen_id: ids.citizens[0], kind: "notice", version: "1",
        day: date!(2026 - 03 - 02), recorded_by: ids.account, recorded_at: NOW,
    };
    let merge = row! {
        id: Uuid::now_v7(), kept_id: ids.citizens[0], merged_id: ids.citizens[7], moved: "{}",
        merged_by: ids.account, merged_at: NOW, undone_by: ids.account, undone_at: NOW,
    };
    vec![("consents", vec![consent]), ("merges", vec![merge])]
}

fn desk(ids: &Ids) -> Vec<(&'static str, Vec<Row>)> {
    let group = Uuid::now_v7();
    let groups = row! {
        id: group, point_id: ids.point, name: "Martedì", created_by: ids.account, created_at: NOW,
    };
    let member = row! { group_id: group, citizen_id: ids.citizens[0], added_at: NOW };
    let assignment = row! {
        id: Uuid::now_v7(), group_id: group, module: "spid", note: "", assigned_by: ids.account,
        assigned_at: NOW,
    };
    let help = row! {
        id: Uuid::now_v7(), citizen_id: ids.citizens[0], point_id: ids.point, module: "spid",
        text: "Dove trovo il codice?", asked_at: NOW,
    };
    vec![
        ("groups", vec![groups]),
        ("group_members", vec![member]),
        ("assignments", vec![assignment]),
        ("help_requests", vec![help]),
    ]
}

fn facilita(ids: &Ids) -> Vec<(&'static str, Vec<Row>)> {
    let batch = Uuid::now_v7();
    let vault = Vault::new(&[1; 32], &[2; 32]).unwrap();
    let file = vault
        .seal(Purpose::FacilitaFile, batch, "una riga")
        .unwrap();
    let batches = row! {
        id: batch, programme_id: ids.programme, from_day: date!(2026 - 02 - 01),
        to_day: date!(2026 - 02 - 28), rows: 1_i32, sha256: "x", made_by: ids.account,
        made_at: NOW, file_sealed: file,
    };
    let rows = row! {
        batch_id: batch, number: 1_i32, service_id: ids.services[2], citizen_id: ids.citizens[2],
        hash: "x", state: "sent",
    };
    vec![
        ("facilita_batches", vec![batches]),
        ("facilita_rows", vec![rows]),
    ]
}

/// Step 10 left those who were reached before it without age, gender and a place in the sums; who
/// came after it has them. At step 10 the first came after it and the others before; from step 11
/// on everybody has them.
async fn counted_people(db: &DatabaseConnection, ids: &Ids, steps: usize) {
    let all = if steps > 10 { PEOPLE.len() } else { 1 };
    let mut sums: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for (known, id) in PEOPLE.iter().zip(&ids.citizens).take(all) {
        if known.came.is_none() {
            continue;
        }
        let gender = known.gender.unwrap_or("D");
        let update = Query::update()
            .table(Alias::new("citizens_reached"))
            .value("age_band", known.band)
            .value("gender", gender)
            .and_where(Expr::col("citizen_id").eq(*id))
            .take();
        db.execute(&update).await.unwrap();
        *sums.entry((known.band, gender)).or_default() += 1;
    }
    for ((band, gender), n) in sums {
        let tally = row! {
            programme_id: ids.programme, point_id: ids.point, age_band: band, gender: gender,
            citizens: n,
        };
        put(db, "people_tallies", tally).await;
    }
}
