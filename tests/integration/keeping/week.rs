//! A week of a region's guests: what they leave, what is left when their time is over, and that
//! writers do not wait for the clearing. 2,000 guests in every run, 20,000 with `AUTONOMIA_WEEK=full`.

#![expect(
    clippy::print_stdout,
    reason = "the figures are for whoever reads the run"
)]

use std::time::{Duration as StdDuration, Instant};

use autonomia::db::entities::{
    answers, attempts, completions, learners, lesson_reads, question_snapshots, sessions,
};
use autonomia::db::{self, Db, instant};
use autonomia::domain::ids::{
    AttemptId, CompletionId, LearnerId, LessonId, ModuleId, QuestionId, SessionId,
};
use autonomia::domain::locale::Lang;
use autonomia::learning::tidy::{Sweep, tidy};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, Iterable, Statement,
};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::count;
use crate::database::TestDb;

const WEEK: OffsetDateTime = datetime!(2026-11-16 08:00 UTC);

fn guests() -> usize {
    match std::env::var("AUTONOMIA_WEEK").as_deref() {
        Ok("full") => 20_000,
        _ => 2_000,
    }
}

async fn insert<A>(db: &Db, rows: Vec<A>)
where
    A: ActiveModelTrait + Send + 'static,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
{
    let columns = <A::Entity as EntityTrait>::Column::iter().count();
    db::write(db, async move |tx| {
        let mut rows = rows.into_iter();
        loop {
            let some: Vec<A> = rows.by_ref().take(16_000 / columns).collect();
            if some.is_empty() {
                return Ok::<_, DbErr>(());
            }
            A::Entity::insert_many(some)
                .exec_without_returning(tx)
                .await?;
        }
    })
    .await
    .unwrap();
}

/// Of ten guests seven only look, three read and begin a quiz, and one of twenty completes it.
async fn week_of_guests(db: &Db, guests: usize, begin: OffsetDateTime) {
    let module = ModuleId::parse("spid").unwrap();
    let hash = "0".repeat(64);
    let questions: Vec<_> = (0..12)
        .map(|n| format!("{{\"id\":\"spid-domanda-{n}\",\"hash\":\"{hash}\"}}"))
        .collect();
    let served = format!(
        "{{\"questions\":[{}],\"pass\":70,\"facts\":{{\"title\":\"{}\"}}}}",
        questions.join(","),
        "x".repeat(600)
    );
    let (mut people, mut open, mut tries) = (Vec::new(), Vec::new(), Vec::new());
    let (mut given, mut reads, mut done) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..guests {
        let at = instant(begin + Duration::seconds(number as i64 * 604_800 / guests as i64));
        let learner = LearnerId::new();
        people.push(learners::ActiveModel {
            id: Set(learner),
            citizen_id: Set(None),
            account_id: Set(None),
            moved_to: Set(None),
            created_at: Set(at),
        });
        open.push(sessions::ActiveModel {
            id: Set(SessionId::new()),
            learner_id: Set(learner),
            account_id: Set(None),
            created_at: Set(at),
            expires_at: Set(at + Duration::days(365)),
            closed_at: Set(None),
            ..Default::default()
        });
        if number % 10 >= 3 {
            continue;
        }
        for lesson in 0..3 {
            reads.push(lesson_reads::ActiveModel {
                learner_id: Set(learner),
                module: Set(module.clone()),
                lesson: Set(LessonId::parse(&format!("spid-lezione-{lesson}")).unwrap()),
                read_at: Set(at),
            });
        }
        let attempt = AttemptId::new();
        let finished = (number % 20 == 0).then_some(at);
        tries.push(attempts::ActiveModel {
            id: Set(attempt),
            learner_id: Set(learner),
            module: Set(module.clone()),
            lang: Set(Lang::It),
            rev: Set(1),
            seed: Set(7),
            served: Set(served.clone()),
            started_at: Set(at),
            finished_at: Set(finished),
            points: Set(finished.map(|_| 12)),
            max_points: Set(12),
            score: Set(finished.map(|_| 100)),
            passed: Set(finished.map(|_| true)),
        });
        for question in 0..8 {
            given.push(answers::ActiveModel {
                attempt_id: Set(attempt),
                question: Set(QuestionId::parse(&format!("spid-domanda-{question}")).unwrap()),
                submission: Set(Uuid::new_v4()),
                given: Set("\"a\"".to_owned()),
                correct: Set(true),
                points: Set(1),
                max_points: Set(1),
                answered_at: Set(at),
                grade: Set("{\"correct\":true,\"points\":1}".to_owned()),
            });
        }
        if finished.is_some() {
            done.push(completions::ActiveModel {
                id: Set(CompletionId::new()),
                learner_id: Set(learner),
                module: Set(module.clone()),
                completed_at: Set(at),
                rev: Set(1),
                source: Set("online".to_owned()),
                attempt_id: Set(Some(attempt)),
                evidence: Set("{}".to_owned()),
                not_counted: Set(Some("guest".to_owned())),
                recorded_by: Set(None),
                reason: Set(None),
            });
        }
    }
    insert(db, people).await;
    insert(db, open).await;
    insert(db, tries).await;
    insert(db, given).await;
    insert(db, reads).await;
    insert(db, done).await;
}

/// Bytes in use and bytes of the file, or of the database on the server.
async fn bytes(db: &TestDb) -> (i64, i64) {
    let backend = db.read().get_database_backend();
    let one = async |sql: &str| -> i64 {
        let row = db
            .read()
            .query_one_raw(Statement::from_string(backend, sql));
        row.await.unwrap().unwrap().try_get_by_index(0).unwrap()
    };
    if db.url().starts_with("sqlite:") {
        let pages = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
        let free = "SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size";
        let whole = one(pages).await;
        (whole - one(free).await, whole)
    } else {
        let whole = one("SELECT pg_database_size(current_database())").await;
        (whole, whole)
    }
}

const TABLES: [&str; 6] = [
    "learners",
    "sessions",
    "attempts",
    "answers",
    "lesson_reads",
    "completions",
];

async fn line(db: &TestDb, when: &str) -> (i64, (i64, i64)) {
    let mut rows = 0;
    let mut text = format!("{when:<24}");
    for table in TABLES {
        let n = count(db, table).await;
        rows += n;
        text += &format!("{n:>9} {table}");
    }
    let (used, whole) = bytes(db).await;
    println!("{text} {rows:>9} rows, {used:>12} bytes in use of {whole:>12}");
    (rows, (used, whole))
}

/// Writes one small row after another, and tells the longest wait.
async fn longest_wait(db: Db, stop: std::sync::Arc<std::sync::atomic::AtomicBool>) -> StdDuration {
    let mut longest = StdDuration::ZERO;
    let mut number = 0;
    while !stop.load(std::sync::atomic::Ordering::Relaxed) {
        number += 1;
        let row = question_snapshots::ActiveModel {
            hash: Set(format!("wait-{number}")),
            question: Set(String::new()),
        };
        let began = Instant::now();
        db::write(&db, async move |tx| {
            question_snapshots::Entity::insert(row)
                .exec_without_returning(tx)
                .await
        })
        .await
        .unwrap();
        longest = longest.max(began.elapsed());
        actix_web::rt::time::sleep(StdDuration::from_millis(2)).await;
    }
    longest
}

#[actix_web::test]
async fn a_week_of_a_regions_guests_is_cleared_and_its_room_used_again() {
    let db = TestDb::new().await;
    let guests = guests();
    println!("{guests} guests a week");
    let (empty, _) = line(&db, "before").await;
    assert_eq!(empty, 0);
    week_of_guests(&db, guests, WEEK).await;
    let (week, (_, first)) = line(&db, "after a week").await;
    assert!(
        tidy(&db, Sweep::Clear, WEEK + Duration::days(7))
            .await
            .unwrap()
            .is_empty()
    );

    let stop = std::sync::Arc::<std::sync::atomic::AtomicBool>::default();
    let writer = actix_web::rt::spawn(longest_wait(db.clone(), stop.clone()));
    let began = Instant::now();
    tidy(&db, Sweep::Clear, WEEK + Duration::days(22))
        .await
        .unwrap();
    let (idle_gone, _) = line(&db, "22 days later").await;
    assert_eq!(count(&db, "attempts").await as usize, guests * 3 / 10);
    tidy(&db, Sweep::Clear, WEEK + Duration::days(188))
        .await
        .unwrap();
    let (half_year, _) = line(&db, "188 days later").await;
    assert_eq!(count(&db, "completions").await as usize, guests / 20);
    tidy(&db, Sweep::Clear, WEEK + Duration::days(410))
        .await
        .unwrap();
    let took = began.elapsed();
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    let longest = writer.await.unwrap();
    let (left, (used, whole)) = line(&db, "410 days later").await;
    println!("cleared in {took:?}; the longest wait of a write meanwhile: {longest:?}");
    assert!(week > idle_gone && idle_gone > half_year && half_year > left);
    assert_eq!(left, 0);
    // It clears a little at a time: a writer that waited for all of it would take most of the time.
    let most = StdDuration::from_secs(3).max(took / 3);
    assert!(longest < most, "a writer waited {longest:?} of {took:?}");

    week_of_guests(&db, guests, WEEK + Duration::days(410)).await;
    let (_, (_, again)) = line(&db, "after another week").await;
    if db.url().starts_with("sqlite:") {
        // The file does not shrink: what is free in it is written again before it grows.
        assert!(used < whole / 2, "{used} of {whole}");
        assert!(again < first + first / 10, "{first} grew to {again}");
    }
}
