//! How many answers a second the database takes durably, from 1, 8 and 64 callers at once.
//!
//! `cargo bench --bench writes`: SQLite in a temporary folder. With an address as argument, that
//! database, which must be empty:
//!
//!     AUTONOMIA_TEST_FSYNC=on tests/postgres.sh sh -c \
//!         'cargo bench --bench writes -- "$AUTONOMIA_TEST_DATABASE"'
//!
//! An answer is what learning writes: it reads the attempt and adds a row that is not there yet.

#![expect(clippy::unwrap_used, reason = "a measure stops at a surprise")]
#![expect(clippy::print_stdout, reason = "the figures are the result")]

mod measure;

use std::time::{Duration, Instant};

use autonomia::db::entities::{answers, attempts, learners};
use autonomia::db::{self, Db};
use autonomia::domain::ids::{AttemptId, LearnerId, ModuleId, QuestionId};
use autonomia::domain::locale::Lang;
use futures_util::future::join_all;
use sea_orm::ActiveValue::Set;
use sea_orm::{DbErr, EntityTrait};
use time::OffsetDateTime;
use uuid::Uuid;

use measure::{Latencies, memory, milliseconds};

const CALLERS: [usize; 3] = [1, 8, 64];
const LASTS: Duration = Duration::from_secs(5);

fn main() {
    let given = std::env::args()
        .skip(1)
        .find(|argument| argument.contains(':'));
    let folder = tempfile::tempdir().unwrap();
    let url = given.unwrap_or(format!(
        "sqlite:{}",
        folder.path().join("bench.db").display()
    ));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let db = db::connect(&url).await.unwrap();
        db::migrate(&db).await.unwrap();
        println!("| callers | answers a second | p50 | p99 |\n|---|---|---|---|");
        for callers in CALLERS {
            measure(&db, callers).await;
        }
        println!("\nIn memory afterwards: {} MB", memory("self", "VmRSS"));
        db.close().await.unwrap();
    });
}

async fn measure(db: &Db, callers: usize) {
    let mut tries = Vec::new();
    for _ in 0..callers {
        tries.push(attempt(db).await.unwrap());
    }
    let began = Instant::now();
    let times = join_all(tries.into_iter().map(|attempt| async move {
        let mut times = Vec::new();
        let mut turn = 0;
        while began.elapsed() < LASTS {
            let asked = Instant::now();
            answer(db, attempt, turn).await.unwrap();
            times.push(asked.elapsed());
            turn += 1;
        }
        times
    }))
    .await;
    let took = began.elapsed().as_secs_f64();
    let mut all = Latencies::default();
    let mut count = 0.0;
    for time in times.into_iter().flatten() {
        all.push(time);
        count += 1.0;
    }
    let all = all.sorted();
    let (p50, p99) = (milliseconds(all.share(0.5)), milliseconds(all.share(0.99)));
    println!("| {callers} | {:.0} | {p50} | {p99} |", count / took);
}

/// A learner and an attempt.
async fn attempt(db: &Db) -> Result<AttemptId, DbErr> {
    let (id, learner) = (AttemptId::new(), LearnerId::new());
    db::write(db, async move |tx| {
        let row = learners::ActiveModel {
            id: Set(learner),
            created_at: Set(OffsetDateTime::UNIX_EPOCH),
            ..Default::default()
        };
        learners::Entity::insert(row)
            .exec_without_returning(tx)
            .await?;
        let row = attempts::ActiveModel {
            id: Set(id),
            learner_id: Set(learner),
            module: Set(ModuleId::parse("spid").unwrap()),
            lang: Set(Lang::It),
            rev: Set(1),
            seed: Set(1),
            served: Set("[]".to_owned()),
            started_at: Set(OffsetDateTime::UNIX_EPOCH),
            max_points: Set(10),
            ..Default::default()
        };
        attempts::Entity::insert(row)
            .exec_without_returning(tx)
            .await?;
        Ok(id)
    })
    .await
}

async fn answer(db: &Db, attempt: AttemptId, turn: u32) -> Result<bool, DbErr> {
    db::write(db, async move |tx| {
        attempts::Entity::find_by_id(attempt).one(tx).await?;
        let row = answers::ActiveModel {
            attempt_id: Set(attempt),
            question: Set(QuestionId::parse(&format!("question-{turn}")).unwrap()),
            submission: Set(Uuid::new_v4()),
            given: Set("\"a\"".to_owned()),
            correct: Set(true),
            points: Set(1),
            max_points: Set(1),
            answered_at: Set(OffsetDateTime::UNIX_EPOCH),
            grade: Set("{\"correct\":true,\"points\":1,\"max_points\":1}".to_owned()),
        };
        db::insert_new(tx, row).await
    })
    .await
}
