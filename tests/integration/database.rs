//! The database: a fresh one for every test, and what `db::write` promises.
//!
//! SQLite in a temporary folder, or PostgreSQL where `AUTONOMIA_TEST_DATABASE` has the address of
//! a server: there every test gets a database of its own, dropped at its end.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use autonomia::db::entities::question_snapshots::{ActiveModel, Column, Entity};
use autonomia::db::{self, Db};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait, ConnectionTrait, Database, DatabaseTransaction, DbBackend, DbErr, EntityTrait,
    PaginatorTrait, QueryFilter, Statement,
};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::quiet;

/// A migrated database of one test's own.
pub(crate) struct TestDb {
    db: Db,
    url: String,
    place: Place,
}

enum Place {
    Folder(tempfile::TempDir),
    Server { admin: String, name: String },
}

/// A database that others begin as a copy of: to migrate each of them takes longer than most tests.
pub(crate) enum Pattern {
    File(Vec<u8>),
    /// Its name there.
    Server(String),
}

impl Pattern {
    /// Keeps a database that is used no more. On a server it stays as long as the server does.
    pub(crate) async fn of(test: TestDb) -> Self {
        test.db.close().await.unwrap();
        match &test.place {
            Place::Folder(folder) => Self::File(fs::read(file(folder)).unwrap()),
            Place::Server { name, .. } => {
                let name = name.clone();
                std::mem::forget(test);
                Self::Server(name)
            }
        }
    }
}

static MIGRATED: OnceCell<Pattern> = OnceCell::const_new();

impl TestDb {
    pub(crate) async fn new() -> Self {
        let migrated = MIGRATED.get_or_init(async || {
            let test = Self::empty().await;
            db::migrate(&test.db).await.unwrap();
            Pattern::of(test).await
        });
        Self::like(migrated.await).await
    }

    pub(crate) async fn empty() -> Self {
        Self::beginning_as(None).await
    }

    pub(crate) async fn like(pattern: &Pattern) -> Self {
        Self::beginning_as(Some(pattern)).await
    }

    async fn beginning_as(pattern: Option<&Pattern>) -> Self {
        let (url, place) = match std::env::var("AUTONOMIA_TEST_DATABASE") {
            Err(_) => {
                let folder = tempfile::tempdir().unwrap();
                let file = file(&folder);
                if let Some(Pattern::File(bytes)) = pattern {
                    fs::create_dir(file.parent().unwrap()).unwrap();
                    fs::write(&file, bytes).unwrap();
                }
                (format!("sqlite:{}", file.display()), Place::Folder(folder))
            }
            Ok(admin) => {
                let name = format!("test_{}", Uuid::now_v7().simple());
                let like = match pattern {
                    Some(Pattern::Server(pattern)) => format!(" TEMPLATE {pattern}"),
                    _ => String::new(),
                };
                on_server(&admin, &format!("CREATE DATABASE {name}{like}")).await;
                let end = admin.rfind('/').unwrap();
                let url = format!("{}/{name}", &admin[..end]);
                (url, Place::Server { admin, name })
            }
        };
        let db = db::connect(&url).await.unwrap();
        db.seal_audit_with(crate::audit::vault().audit_sealer());
        Self { db, url, place }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl std::ops::Deref for TestDb {
    type Target = Db;
    fn deref(&self) -> &Db {
        &self.db
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        let Place::Server { admin, name } = &self.place else {
            return;
        };
        let (admin, drop) = (admin.clone(), format!("DROP DATABASE {name} WITH (FORCE)"));
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.unwrap().block_on(on_server(&admin, &drop));
        });
        thread.join().unwrap();
    }
}

fn file(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("new/test.db")
}

async fn on_server(admin: &str, sql: &str) {
    let connection = Database::connect(admin).await.unwrap();
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

async fn put(tx: &DatabaseTransaction, hash: &str) -> Result<(), DbErr> {
    let row = ActiveModel {
        hash: Set(hash.to_owned()),
        question: Set(String::new()),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

async fn there(db: &Db, hash: &str) -> bool {
    Entity::find_by_id(hash)
        .one(db.read())
        .await
        .unwrap()
        .is_some()
}

async fn count(db: &Db) -> u64 {
    Entity::find().count(db.read()).await.unwrap()
}

#[actix_web::test]
async fn sixty_four_writers_at_once_all_write() {
    let test = TestDb::new().await;
    let writers = (0..64).map(|writer| {
        let db = test.clone();
        async move {
            for turn in 0..8 {
                let hash = format!("{writer}-{turn}");
                // A read before the write is what fails under SQLite's plain BEGIN.
                db::write(&db, async move |tx| {
                    Entity::find()
                        .filter(Column::Hash.eq("none"))
                        .one(tx)
                        .await?;
                    put(tx, &hash).await
                })
                .await
                .unwrap();
            }
        }
    });
    futures_util::future::join_all(writers).await;
    assert_eq!(count(&test).await, 64 * 8);
}

#[actix_web::test]
async fn a_write_that_fails_or_panics_harms_no_other() {
    quiet::about_wanted_panics();
    let test = TestDb::new().await;
    let writers = (0..60).map(|writer| {
        let db = test.clone();
        async move {
            let hash = format!("{writer}");
            let result: Result<(), DbErr> = db::write(&db, async move |tx| {
                put(tx, &hash).await?;
                match writer % 4 {
                    1 => Err(DbErr::Custom("changed my mind".to_owned())),
                    2 => panic!("{}a job that panics", quiet::WANTED),
                    // The same key twice: the database's own refusal.
                    3 => put(tx, &hash).await,
                    _ => Ok(()),
                }
            })
            .await;
            assert_eq!(result.is_ok(), writer % 4 == 0, "{writer}: {result:?}");
        }
    });
    futures_util::future::join_all(writers).await;
    assert_eq!(count(&test).await, 15);
    assert!(there(&test, "0").await && !there(&test, "1").await && !there(&test, "2").await);
}

#[actix_web::test]
async fn a_caller_is_answered_after_the_commit() {
    let test = TestDb::new().await;
    let other = db::connect(test.url()).await.unwrap();
    let checks = (0..32).map(|writer| {
        let (db, other) = (test.clone(), other.clone());
        async move {
            let hash = format!("{writer}");
            let key = hash.clone();
            db::write(&db, async move |tx| put(tx, &key).await)
                .await
                .unwrap();
            // Another connection sees only what is committed.
            assert!(there(&other, &hash).await, "{writer}");
        }
    });
    futures_util::future::join_all(checks).await;
    other.close().await.unwrap();
}

#[actix_web::test]
async fn closing_lets_the_writes_that_wait_be_committed() {
    let test = TestDb::new().await;
    let started = Arc::new(AtomicU32::new(0));
    let writers: Vec<_> = (0..16)
        .map(|writer| {
            let (db, started) = (test.clone(), Arc::clone(&started));
            actix_web::rt::spawn(async move {
                started.fetch_add(1, Ordering::SeqCst);
                db::write(&db, async move |tx| put(tx, &format!("{writer}")).await).await
            })
        })
        .collect();
    while started.load(Ordering::SeqCst) < 16 {
        tokio::task::yield_now().await;
    }
    test.close().await.unwrap();
    let mut written = 0;
    for writer in writers {
        written += u64::from(writer.await.unwrap().is_ok());
    }
    let again = db::connect(test.url()).await.unwrap();
    assert_eq!(count(&again).await, written);
    let late = db::write(&test, async |tx| put(tx, "late").await).await;
    assert!(late.is_err());
    again.close().await.unwrap();
}

#[actix_web::test]
async fn nothing_is_written_through_the_connections_for_reading() {
    let test = TestDb::new().await;
    let row = ActiveModel {
        hash: Set("x".to_owned()),
        question: Set(String::new()),
    };
    assert!(
        Entity::insert(row)
            .exec_without_returning(test.read())
            .await
            .is_err()
    );
    assert_eq!(count(&test).await, 0);
}

#[actix_web::test]
async fn a_row_that_is_there_is_not_put_in_again() {
    let test = TestDb::new().await;
    let both = db::write(&test, async |tx| {
        let row = || ActiveModel {
            hash: Set("x".to_owned()),
            question: Set(String::new()),
        };
        let first = db::insert_new(tx, row()).await?;
        Ok::<_, DbErr>((first, db::insert_new(tx, row()).await?))
    });
    assert_eq!(both.await.unwrap(), (true, false));
}

#[actix_web::test]
async fn an_address_that_is_no_database_is_refused() {
    for url in ["mysql://localhost", "sqlite::memory:", "sqlite:", "data.db"] {
        assert!(db::connect(url).await.is_err(), "{url}");
    }
}

#[actix_web::test]
async fn after_much_was_written_the_database_knows_how_much_is_in_it() {
    let test = TestDb::new().await;
    db::write(&test, async |tx| put(tx, "one").await)
        .await
        .unwrap();
    db::analyze(&test).await.unwrap();
    let known = "SELECT CAST(reltuples AS bigint) AS n FROM pg_class \
                 WHERE oid = CAST('question_snapshots' AS regclass)";
    let connection = test.read();
    let backend = connection.get_database_backend();
    // SQLite keeps no statistics here: it is left as it was.
    let known = match backend {
        DbBackend::Postgres => known,
        _ => "SELECT COUNT(*) + 1 AS n FROM sqlite_master WHERE name LIKE 'sqlite_stat%'",
    };
    let row = connection
        .query_one_raw(Statement::from_string(backend, known))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(row.try_get::<i64>("", "n").unwrap(), 1);
}
