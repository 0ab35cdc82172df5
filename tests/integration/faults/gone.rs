//! The database goes away under the program, is locked, read-only or damaged: every request is
//! answered soon, ready says what is wrong, and nothing has to be started again.

use std::time::{Duration, Instant};

use awc::http::Method;
use futures_util::future::join_all;
use sea_orm::{ConnectionTrait, Database, TransactionTrait};
use serde_json::json;

use crate::actor::{Actor, Answer};
use crate::app::TestApp;

use super::network::{Ground, Program, furnish};
use super::start::damage;

/// As soon as the next second.
const SOON: Duration = Duration::from_secs(1);

async fn ready(visitor: &Actor) -> Answer {
    let asked = Instant::now();
    let answer = visitor.get("/health/ready").await;
    assert!(
        asked.elapsed() < super::patience(SOON),
        "{:?}",
        asked.elapsed()
    );
    answer
}

async fn is_ready(visitor: &Actor) -> bool {
    ready(visitor).await.status == 200
}

async fn guest(visitor: &Actor) -> Answer {
    visitor.post("/guests", json!({})).await
}

/// What is said to programs and to people when something cannot be written now.
fn says_not_now(api: &Answer, page: &Answer) {
    for answer in [api, page] {
        assert_eq!(answer.status, 503, "{}", answer.text);
        assert!(answer.header("retry-after").is_some());
    }
    assert_eq!(api.header("content-type"), Some("application/problem+json"));
    assert!(
        page.text.contains("Riprova tra qualche minuto"),
        "{}",
        page.text
    );
}

#[actix_web::test]
async fn a_database_that_goes_away_is_said_in_a_second_and_comes_back_by_itself() {
    let ground = Ground::new();
    let (desks, _) = furnish(&ground, 1, 0).await;
    let program = ground.serve();
    let visitor = Actor::new(&program.address, None);
    let desk = Actor::new(&program.address, Some(desks[0].token.clone()));
    assert_eq!(ready(&visitor).await.text, "ok\n");
    guest(&visitor).await.json(201);

    let elsewhere = |file: &std::path::Path| file.with_extension("elsewhere");
    match &ground.cluster {
        Some(cluster) => cluster.crash(),
        None => std::fs::rename(ground.file(), elsewhere(&ground.file())).unwrap(),
    }
    super::until(Duration::from_secs(1), async || !is_ready(&visitor).await).await;
    let says = ready(&visitor).await.text;
    let part = match &ground.cluster {
        Some(_) => "database: does not answer",
        None => "writing: not possible",
    };
    assert!(says.contains(part), "{says}");
    let asked = Instant::now();
    let (api, pages) = futures_util::future::join(
        guest(&visitor),
        join_all((0..40).map(|_| desk.form("/esci", &[]))),
    )
    .await;
    assert!(
        asked.elapsed() < super::patience(SOON),
        "{:?}",
        asked.elapsed()
    );
    for page in &pages {
        says_not_now(&api, page);
    }

    match &ground.cluster {
        Some(cluster) => cluster.start(),
        None => std::fs::rename(elsewhere(&ground.file()), ground.file()).unwrap(),
    }
    super::until(Duration::from_secs(4), async || is_ready(&visitor).await).await;
    guest(&visitor).await.json(201);
    let logged = program.logged();
    assert!(logged.lines().count() < 60, "{logged}");
}

#[actix_web::test]
async fn a_database_that_somebody_else_holds_for_ten_seconds_is_503_and_then_works() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    let other = Database::connect(app.db.url()).await.unwrap();
    let held = other.begin().await.unwrap();
    let lock = match held.get_database_backend() {
        sea_orm::DbBackend::Postgres => "LOCK TABLE learners",
        // The first write takes the lock.
        _ => "DELETE FROM question_snapshots WHERE hash = 'none'",
    };
    held.execute_unprepared(lock).await.unwrap();
    let asked = Instant::now();
    let guests = join_all((0..6).map(|_| guest(&visitor)));
    let page = visitor.form("/moduli/spid/quiz", &[]);
    let (answers, page) = futures_util::future::join(guests, page).await;
    // Those who wait are told together, and not one after the other.
    assert!(
        asked.elapsed() < Duration::from_secs(30),
        "{:?}",
        asked.elapsed()
    );
    for answer in &answers {
        says_not_now(answer, &page);
    }
    held.rollback().await.unwrap();
    super::until(Duration::from_secs(3), async || {
        guest(&visitor).await.status == 201
    })
    .await;
    assert!(is_ready(&visitor).await);
    other.close().await.unwrap();
}

#[actix_web::test]
async fn a_database_that_may_only_be_read_is_read_and_says_that_it_cannot_write() {
    let ground = Ground::new();
    furnish(&ground, 1, 0).await;
    let program = read_only(&ground).await;
    let visitor = Actor::new(&program.address, None);
    super::until(Duration::from_secs(2), async || {
        ready(&visitor).await.text == "writing: not possible\n"
    })
    .await;
    assert_eq!(guest(&visitor).await.status, 503);
    assert_eq!(visitor.get("/rete/totali").await.status, 200);
}

/// Nobody reads without a trace: what is about a person is not shown while it cannot be written down
/// who looked, and everything else is.
#[actix_web::test]
async fn nothing_of_a_person_is_shown_while_its_trace_cannot_be_written() {
    let ground = Ground::new();
    let (desks, _) = furnish(&ground, 1, 0).await;
    let (token, id) = (desks[0].token.clone(), desks[0].people[0]);
    let record = format!("/api/v1/citizens/{id}");
    let page = format!("/punto/cittadini/{id}");
    let name = {
        let program = ground.serve();
        let desk = Actor::new(&program.address, Some(token.clone()));
        let name = desk.api(&format!("/citizens/{id}")).await["last_name"].clone();
        let name = name.as_str().unwrap().to_owned();
        for address in [record.as_str(), &page, "/punto/persone"] {
            let shown = desk.get(address).await;
            assert_eq!(shown.status, 200, "{address}");
            assert!(shown.text.contains(&name), "{address}");
        }
        name
    };
    let program = read_only(&ground).await;
    let desk = Actor::new(&program.address, Some(token));
    // Connections of before may still write.
    super::until(Duration::from_secs(10), async || {
        guest(&desk).await.status == 503
    })
    .await;
    let answers = (desk.get(&record).await, desk.get(&page).await);
    says_not_now(&answers.0, &answers.1);
    for address in ["/punto/persone", "/api/v1/citizens", "/punto/fermi"] {
        let refused = desk.get(address).await;
        assert_eq!(refused.status, 503, "{address}");
        assert!(!refused.text.contains(&name), "{address}");
    }
    assert!(!answers.0.text.contains(&name) && !answers.1.text.contains(&name));
    // It is the trace that is missing: the session and what is about nobody are read.
    for address in ["/punto/gruppi", "/api/v1/me", "/moduli"] {
        assert_eq!(desk.get(address).await.status, 200, "{address}");
    }
}

/// The program, serving a database that may be read and not written.
async fn read_only(ground: &Ground) -> Program {
    match &ground.cluster {
        Some(_) => {
            let program = ground.serve();
            let admin = Database::connect(ground.url()).await.unwrap();
            for sql in [
                "ALTER DATABASE postgres SET default_transaction_read_only = on",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'",
            ] {
                admin.execute_unprepared(sql).await.unwrap();
            }
            admin.close().await.unwrap();
            program
        }
        None => {
            // The first start leaves its mark in it.
            drop(ground.serve());
            let url = format!("{}?mode=ro", ground.url());
            Program::start(&url, &ground.keys())
        }
    }
}

#[actix_web::test]
async fn a_file_that_is_damaged_under_the_program_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("prova.db");
    let url = format!("sqlite:{}", file.display());
    // Closed once, so that its pages are in the file and not in the log.
    let db = autonomia::db::connect(&url).await.unwrap();
    autonomia::db::migrate(&db).await.unwrap();
    db.close().await.unwrap();
    let program = Program::start(&url, &folder.path().join("keys.toml"));
    let visitor = Actor::new(&program.address, None);
    assert!(is_ready(&visitor).await);
    damage(&file);
    super::until(Duration::from_secs(2), async || {
        ready(&visitor).await.text.contains("database: damaged")
    })
    .await;
    // What was written into such a file would be gone with the next start.
    let answer = visitor.post("/guests", json!({})).await;
    assert_eq!(answer.status, 503, "{}", answer.text);
    assert!(answer.header("Retry-After").is_some());
    let page = visitor.send(Method::GET, "/health/live", None).await;
    assert_eq!(page.status, 200);
}

#[actix_web::test]
async fn a_schema_that_was_changed_under_the_program_is_said() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    assert!(is_ready(&visitor).await);
    autonomia::db::migrate_down(&app.db, 1).await.unwrap();
    super::until(Duration::from_secs(2), async || {
        ready(&visitor).await.text.contains("schema")
    })
    .await;
    autonomia::db::migrate(&app.db).await.unwrap();
    super::until(Duration::from_secs(2), async || is_ready(&visitor).await).await;
}

#[actix_web::test]
async fn many_who_ask_whether_it_is_ready_share_one_try() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    assert!(is_ready(&visitor).await);
    let before = app.db.writes();
    let asked = Instant::now();
    let answers = join_all((0..200).map(|_| ready(&visitor))).await;
    assert!(answers.iter().all(|answer| answer.status == 200));
    let tries = app.db.writes() - before;
    let most = asked.elapsed().as_millis() / 400 + 1;
    assert!(
        u128::from(tries) <= most,
        "{tries} in {:?}",
        asked.elapsed()
    );
}
