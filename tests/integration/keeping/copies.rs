//! Copies: made while others write, put back in another folder, and readable by their owner only.

use std::cell::{Cell, RefCell};
use std::fs;
use std::path::Path;
use std::process::Command;

use autonomia::db::entities::answers;
use autonomia::db::{self, Db};
use autonomia::domain::ids::{AttemptId, QuestionId};
use futures_util::future::{join, join_all};
use sea_orm::EntityTrait;
use serde_json::json;

use super::{Place, count, mode};
use crate::actor::Actor;
use crate::app::courses;
use crate::database::TestDb;
use crate::key;
use crate::process::Process;

/// Answers that were acknowledged, in their order.
type Acknowledged = RefCell<Vec<(String, String)>>;

/// One guest after another answers all quizzes, until told to stop.
async fn answer_on(visitor: &Actor, kept: &Acknowledged, stop: &Cell<bool>) {
    while !stop.get() {
        let guest = visitor.post("/guests", json!({})).await.json(201);
        answer_all(&visitor.with_token(&guest), kept, stop).await;
    }
}

async fn answer_all(guest: &Actor, kept: &Acknowledged, stop: &Cell<bool>) {
    for module in courses::catalogue().modules() {
        if module.original.quiz.is_none() {
            continue;
        }
        let attempt = guest.start(module.id.as_str()).await;
        for shown in attempt["questions"].as_array().unwrap() {
            if stop.get() {
                return;
            }
            let id = shown["id"].as_str().unwrap();
            let given = key::right(&courses::question(module.id.as_str(), id), shown);
            guest.answer(&attempt, id, &given).await.json(200);
            let attempt = attempt["attempt"].as_str().unwrap().to_owned();
            kept.borrow_mut().push((attempt, id.to_owned()));
        }
    }
}

async fn has_all(db: &Db, kept: &[(String, String)]) {
    for (attempt, question) in kept {
        let key = (
            AttemptId(attempt.parse().unwrap()),
            QuestionId::parse(question).unwrap(),
        );
        let row = answers::Entity::find_by_id(key)
            .one(db.read())
            .await
            .unwrap();
        assert!(
            row.is_some(),
            "{question} was acknowledged before the copy began"
        );
    }
}

/// Runs what was printed to be run.
fn shell(printed: &str, tool: &str, url: &str) {
    let line = printed.lines().find(|line| line.starts_with(tool)).unwrap();
    let password = url.split([':', '@']).nth(2).unwrap();
    assert!(!printed.contains(password), "the password is shown");
    let run = Command::new("sh")
        .args(["-c", line])
        .env("PGPASSWORD", password)
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
}

#[actix_web::test]
async fn a_copy_made_under_load_has_all_that_was_acknowledged_and_works_elsewhere() {
    let place = Place::new();
    let db = TestDb::empty().await;
    let keys = place.path("keys.toml");
    let some = ["--citizens", "400", "--points", "4", "--days", "60"];
    place
        .run(db.url(), &[&["simulate"], &some[..]].concat())
        .exits(0);
    let process = Process::start(&["serve"], &db, &keys);
    let visitor = Actor::new(&process.first_line, None);
    let (kept, stop) = (Acknowledged::default(), Cell::new(false));
    let writers = join_all((0..6).map(|_| answer_on(&visitor, &kept, &stop)));
    let copy = place.path("copies/autonomia.backup");
    fs::create_dir(place.path("copies")).unwrap();
    let name = copy.display().to_string();
    let backup = async {
        while kept.borrow().len() < 60 {
            actix_web::rt::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        let before = kept.borrow().clone();
        let (url, folder, name) = (db.url().to_owned(), keys.clone(), name.clone());
        actix_web::rt::task::spawn_blocking(move || {
            let ran = Command::new(env!("CARGO_BIN_EXE_autonomia"))
                .args(["backup", &name, "--with-keys", "--database", &url, "--keys"])
                .arg(folder)
                .output()
                .unwrap();
            let printed = String::from_utf8(ran.stdout).unwrap();
            // Nobody takes the words of how to make one for a copy.
            let copied = i32::from(!url.starts_with("sqlite:"));
            let said = String::from_utf8_lossy(&ran.stderr);
            assert_eq!(ran.status.code(), Some(copied), "{said}");
            if copied == 1 {
                assert!(printed.starts_with("No copy was made"), "{printed}");
                shell(&printed, "pg_dump", &url);
            }
        })
        .await
        .unwrap();
        let meanwhile = kept.borrow().len() - before.len();
        stop.set(true);
        (before, meanwhile)
    };
    let (_, (before, meanwhile)) = join(writers, backup).await;
    assert!(meanwhile > 0, "nobody wrote while it was copied");

    let told = async |db: &db::Db| -> Vec<String> {
        let rows = crate::audit::rows(db).await;
        rows.into_iter()
            .filter(|row| row.through == "shell")
            .map(|row| row.action)
            .collect()
    };
    let elsewhere = Place::new();
    assert!(told(&db).await.contains(&"keys-copied".to_owned()));
    if db.url().starts_with("sqlite:") {
        assert!(db::last_backup(&db).await.unwrap().is_some());
        assert!(told(&db).await.contains(&"database-copied".to_owned()));
        let url = format!("sqlite:{}", elsewhere.path("data/autonomia.db").display());
        let said = elsewhere
            .run(&url, &["restore", &name, "--with-keys"])
            .exits(0);
        assert!(said.contains("is restored from"), "{said}");
        looks_the_same(&elsewhere, &url, &before).await;
        let restored = db::connect(&url).await.unwrap();
        let there = told(&restored).await;
        assert!(there.contains(&"database-restored".to_owned()), "{there:?}");
        restored.close().await.unwrap();
        assert_eq!(mode(&elsewhere.path("data")), 0o700);
    } else {
        let target = TestDb::empty().await;
        let said = elsewhere.run(target.url(), &["restore", &name]).exits(1);
        shell(&said, "pg_restore", target.url());
        fs::copy(format!("{name}.keys.toml"), elsewhere.path("keys.toml")).unwrap();
        looks_the_same(&elsewhere, target.url(), &before).await;
    }
    drop(process);
}

/// The ledger agrees, what was acknowledged is there, and the keys are its own.
async fn looks_the_same(place: &Place, url: &str, before: &[(String, String)]) {
    place.run(url, &["totals", "--verify"]).exits(0);
    let restored = db::connect(url).await.unwrap();
    has_all(&restored, before).await;
    restored.close().await.unwrap();
    let nothing = [
        "export",
        "facilita",
        "--programme",
        "puglia",
        "--from",
        "2020-01-01",
    ];
    let nothing = [&nothing[..], &["--to", "2020-01-02"]].concat();
    place.run(url, &nothing).exits(1);
}

/// A small network in a SQLite file, whatever the tests run on.
fn network(place: &Place) -> String {
    let url = format!("sqlite:{}", place.path("data/autonomia.db").display());
    let few = ["simulate", "--citizens", "40", "--points", "2"];
    place.run(&url, &few).exits(0);
    url
}

fn open_to_all(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
}

#[actix_web::test]
async fn files_are_for_their_owner_and_looser_ones_are_tightened() {
    let place = Place::new();
    let url = network(&place);
    let (data, keys) = (place.path("data/autonomia.db"), place.path("keys.toml"));
    assert_eq!(mode(&place.path("data")), 0o700);
    assert_eq!(mode(&data), 0o600);
    open_to_all(&data);
    let process = Process::start_at(&["serve"], &url, &keys);
    for end in ["", "-wal", "-shm", ".lock"] {
        let path = place.path(&format!("data/autonomia.db{end}"));
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    assert_eq!(mode(&keys), 0o600);
    let copy = place.path("copy").display().to_string();
    let said = place.run(&url, &["backup", &copy]).exits(0);
    assert!(said.contains("keys are not in it"), "{said}");
    assert_eq!(mode(Path::new(&copy)), 0o600);
    assert!(!place.path("copy.keys.toml").exists());
    // A copy is never written over another, and nothing half is left.
    let said = place.run(&url, &["backup", &copy]).exits(2);
    assert!(said.contains("is there already"), "{said}");
    assert!(!place.path("copy.partial").exists());
    // Nor put under a server.
    let said = place.run(&url, &["restore", &copy, "--force"]).exits(2);
    assert!(said.contains("stop it first"), "{said}");
    drop(process);
}

#[actix_web::test]
async fn a_restore_loses_nothing_and_takes_only_a_whole_copy_with_its_keys() {
    let place = Place::new();
    let url = network(&place);
    let copy = place.path("copy");
    let name = copy.display().to_string();
    let copied = place.run(&url, &["backup", &name, "--with-keys"]).exits(0);
    assert!(copied.contains("whole"), "{copied}");
    assert_eq!(mode(&place.path("copy.keys.toml")), 0o600);

    // What is there is kept beside.
    let said = place.run(&url, &["restore", &name]).exits(2);
    assert!(said.contains("--force"), "{said}");
    place.run(&url, &["restore", &name, "--force"]).exits(0);
    let data = fs::read_dir(place.path("data")).unwrap();
    let names: Vec<_> = data
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let aside = names.iter().find(|name| name.contains(".before-")).unwrap();
    let old = format!("sqlite:{}", place.path(&format!("data/{aside}")).display());
    place.run(&old, &["totals", "--verify"]).exits(0);
    place.run(&url, &["totals", "--verify"]).exits(0);

    // Without its keys it is refused, and so it is with others.
    let other = Place::new();
    let target = format!("sqlite:{}", other.path("new/autonomia.db").display());
    let said = other.run(&target, &["restore", &name]).exits(2);
    assert!(said.contains("keys of this copy are missing"), "{said}");
    let theirs = Place::new();
    network(&theirs);
    fs::copy(theirs.path("keys.toml"), other.path("keys.toml")).unwrap();
    let said = other.run(&target, &["restore", &name]).exits(2);
    assert!(said.contains("not the keys"), "{said}");
    let said = other
        .run(&target, &["restore", &name, "--with-keys"])
        .exits(2);
    assert!(said.contains("other keys"), "{said}");

    // A damaged copy, a copy cut off, and something else.
    fs::copy(place.path("keys.toml"), other.path("keys.toml")).unwrap();
    let whole = fs::read(&copy).unwrap();
    let mut damaged = whole.clone();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 4096].fill(0x5a);
    for (bytes, why) in [
        (damaged, ""),
        (whole[..whole.len() / 2].to_vec(), ""),
        (
            b"not a database at all, only a text".to_vec(),
            "not a database",
        ),
        (Vec::new(), "not a database"),
    ] {
        let bad = other.path("bad");
        fs::write(&bad, bytes).unwrap();
        let said = other.run(&target, &["restore", &bad.display().to_string()]);
        let said = said.exits(2);
        assert!(said.contains(why), "{said}");
        assert!(!other.path("new/autonomia.db").exists());
        assert!(!other.path("new/autonomia.db.restoring").exists());
    }
    other.run(&target, &["restore", &name]).exits(0);
    other.run(&target, &["totals", "--verify"]).exits(0);

    // A folder that was moved is an installation like before.
    let moved = other.path("moved");
    fs::rename(other.path("new"), &moved).unwrap();
    let url = format!("sqlite:{}", moved.join("autonomia.db").display());
    let mut process = Process::start_at(&["serve"], &url, &other.path("keys.toml"));
    assert!(process.first_line.starts_with("http://"));
    process.kill();
    let db = db::connect(&url).await.unwrap();
    assert_eq!(count(&db, "citizens").await, 42);
    db.close().await.unwrap();
}

#[test]
fn a_mistyped_address_is_not_copied() {
    let place = Place::new();
    let url = format!("sqlite:{}", place.path("none.db").display());
    let said = place.run(&url, &["backup", "copy"]).exits(2);
    assert!(said.contains("there is no database"), "{said}");
    assert!(!place.path("none.db").exists());
    let said = place.run(&url, &["restore", "nothing"]).exits(2);
    assert!(said.contains("there is no file"), "{said}");
    assert!(!place.path("none.db").exists());
}

#[actix_web::test]
async fn keys_that_are_not_the_databases_are_not_copied_with_it() {
    let place = Place::new();
    let db = TestDb::new().await;
    if !db.url().starts_with("sqlite:") {
        return;
    }
    let few = ["simulate", "--citizens", "20", "--points", "2"];
    place.run(db.url(), &few).exits(0);
    let other = Place::new();
    other
        .run(
            "sqlite:other.db",
            &["simulate", "--citizens", "20", "--points", "2"],
        )
        .exits(0);
    let copy = other.path("copy.db").display().to_string();
    let said = other
        .run(db.url(), &["backup", &copy, "--with-keys"])
        .exits(2);
    assert!(said.contains("not the keys this database"), "{said}");
    assert!(!other.path("copy.db").exists());
}
