//! The one writer of a SQLite file, when a commit fails or a file is taken away; and what
//! PostgreSQL does not tell.

use std::fs;
use std::time::{Duration, Instant};

use autonomia::db::entities::question_snapshots::{ActiveModel, Entity};
use autonomia::db::{self, Db, is_unavailable};
use futures_util::future::join_all;
use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait};

use crate::database::TestDb;

use super::disk::Disk;

async fn put(db: &Db, hash: String, size: usize) -> Result<(), DbErr> {
    db::write(db, async move |tx| row(tx, &hash, size).await).await
}

async fn row(tx: &DatabaseTransaction, hash: &str, size: usize) -> Result<(), DbErr> {
    let row = ActiveModel {
        hash: Set(hash.to_owned()),
        question: Set("x".repeat(size)),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

async fn is_there(db: &Db, hash: &str) -> bool {
    let found = Entity::find_by_id(hash).one(db.read()).await.unwrap();
    found.is_some()
}

#[actix_web::test]
async fn after_commits_that_failed_for_want_of_room_nothing_is_confirmed_that_is_not_kept() {
    let disk = Disk::new(8);
    let url = format!("sqlite:{}", disk.path().join("prova.db").display());
    let db = db::connect(&url).await.unwrap();
    db::migrate(&db).await.unwrap();
    let mut confirmed = Vec::new();
    for round in 0..6 {
        disk.fill();
        let mut failed = 0;
        for turn in 0..40 {
            // Small ones may still fit into the log; large ones do not.
            let hash = format!("{round}-{turn}");
            match put(&db, hash.clone(), if turn % 2 == 0 { 200_000 } else { 10 }).await {
                Ok(()) => confirmed.push(hash),
                Err(error) => {
                    assert!(is_unavailable(&error), "{error}");
                    failed += 1;
                }
            }
        }
        assert!(failed >= 2, "{failed}: the disk was not full");
        disk.free();
        let freed = Instant::now();
        let mut turn = 0;
        while let Err(error) = put(&db, format!("{round}-after-{turn}"), 10).await {
            assert!(is_unavailable(&error), "{error}");
            let limit = super::patience(Duration::from_secs(3));
            assert!(freed.elapsed() < limit, "{error}");
            tokio::time::sleep(Duration::from_millis(20)).await;
            turn += 1;
        }
        confirmed.push(format!("{round}-after-{turn}"));
        let more = (0..32).map(|turn| put(&db, format!("{round}-more-{turn}"), 10));
        for (turn, done) in join_all(more).await.into_iter().enumerate() {
            done.unwrap();
            confirmed.push(format!("{round}-more-{turn}"));
        }
        // Another connection has never heard of what was only said.
        let other = db::connect(&url).await.unwrap();
        for hash in &confirmed {
            assert!(
                is_there(&other, hash).await,
                "{hash} was confirmed and is gone"
            );
        }
        other.close().await.unwrap();
    }
    assert_eq!(db.queued(), 0);
    db.close().await.unwrap();
}

#[actix_web::test]
async fn a_file_that_was_moved_is_not_written_to_and_one_that_took_its_place_neither() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("prova.db");
    let elsewhere = folder.path().join("elsewhere.db");
    let db = db::connect(&format!("sqlite:{}", file.display()))
        .await
        .unwrap();
    db::migrate(&db).await.unwrap();
    put(&db, "before".to_owned(), 10).await.unwrap();
    fs::rename(&file, &elsewhere).unwrap();
    let error = put(&db, "moved".to_owned(), 10).await.unwrap_err();
    assert!(is_unavailable(&error), "{error}");
    fs::copy(&elsewhere, &file).unwrap();
    let error = put(&db, "replaced".to_owned(), 10).await.unwrap_err();
    assert!(is_unavailable(&error), "{error}");
    fs::rename(&elsewhere, &file).unwrap();
    put(&db, "after".to_owned(), 10).await.unwrap();
    for (hash, there) in [
        ("before", true),
        ("moved", false),
        ("replaced", false),
        ("after", true),
    ] {
        assert_eq!(is_there(&db, hash).await, there, "{hash}");
    }
    db.close().await.unwrap();
}

#[actix_web::test]
async fn what_was_confirmed_before_the_log_was_deleted_is_brought_into_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("prova.db");
    let db = db::connect(&format!("sqlite:{}", file.display()))
        .await
        .unwrap();
    db::migrate(&db).await.unwrap();
    put(&db, "before".to_owned(), 10).await.unwrap();
    for suffix in ["-wal", "-shm"] {
        fs::remove_file(format!("{}{suffix}", file.display())).unwrap();
    }
    // Whether somebody writes or nobody does, within two seconds.
    let mut copies = 0;
    let brought = async || {
        copies += 1;
        let copy = folder.path().join(format!("copy-{copies}.db"));
        fs::copy(&file, &copy).unwrap();
        let mut found = false;
        // A copy made while it is brought is none.
        if let Ok(next) = db::connect(&format!("sqlite:{}", copy.display())).await {
            let row = Entity::find_by_id("before").one(next.read()).await;
            found = matches!(row, Ok(Some(_)));
            next.close().await.unwrap();
        }
        found
    };
    super::until(Duration::from_secs(2), brought).await;
    let error = put(&db, "after".to_owned(), 10).await.unwrap_err();
    assert!(is_unavailable(&error), "{error}");
    db.close().await.unwrap();
}

#[actix_web::test]
async fn a_job_that_hides_a_statement_that_failed_is_not_confirmed_half_done() {
    let test = TestDb::new().await;
    put(&test, "there".to_owned(), 10).await.unwrap();
    let hidden = db::write(&test, async |tx| {
        row(tx, "first", 10).await?;
        // Its key is there already.
        drop(row(tx, "there", 10).await);
        Ok::<_, DbErr>(())
    })
    .await;
    // PostgreSQL has undone the first statement too, and its COMMIT does not say so.
    assert_eq!(hidden.is_ok(), is_there(&test, "first").await);
}

#[actix_web::test]
async fn two_programs_on_one_database_keep_what_each_confirmed() {
    let test = TestDb::new().await;
    let other = db::connect(test.url()).await.unwrap();
    let writers = (0..16).map(|writer| {
        let db = if writer % 2 == 0 {
            Db::clone(&test)
        } else {
            other.clone()
        };
        async move {
            for turn in 0..8 {
                put(&db, format!("{writer}-{turn}"), 100).await.unwrap();
            }
        }
    });
    join_all(writers).await;
    assert_eq!(Entity::find().count(test.read()).await.unwrap(), 16 * 8);
    assert_eq!(test.writes() + other.writes(), 16 * 8);
    other.close().await.unwrap();
}

#[actix_web::test]
async fn a_connection_that_the_server_ended_in_the_middle_is_not_used_again() {
    let test = TestDb::new().await;
    let ended = db::write(&test, async |tx| {
        row(tx, "lost", 10).await?;
        match tx.get_database_backend() {
            sea_orm::DbBackend::Postgres => {
                let end = "SELECT pg_terminate_backend(pg_backend_pid())";
                tx.execute_unprepared(end).await?;
            }
            // The transaction ends under the savepoint of the job, as it does when there is no room.
            _ => {
                tx.execute_unprepared("ROLLBACK").await?;
            }
        }
        Ok::<_, DbErr>(())
    })
    .await;
    assert!(is_unavailable(&ended.unwrap_err()));
    assert!(!is_there(&test, "lost").await);
    let next = async || put(&test, "next".to_owned(), 10).await.is_ok();
    super::until(Duration::from_secs(3), next).await;
    let again = db::connect(test.url()).await.unwrap();
    assert!(is_there(&again, "next").await, "confirmed and gone");
    again.close().await.unwrap();
}
