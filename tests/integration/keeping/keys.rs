//! A database is used with its own keys or not at all.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sea_orm::{ConnectionTrait, EntityTrait};

use autonomia::db;
use autonomia::db::entities::installation;

use super::{Place, count};
use crate::database::TestDb;
use crate::process::Process;

/// Somebody is registered with keys of their own; `mark` says whether the mark is kept.
async fn filled(place: &Place, mark: bool) -> TestDb {
    let db = TestDb::new().await;
    let few = ["simulate", "--citizens", "40", "--points", "2"];
    place.run(db.url(), &few).exits(0);
    if !mark {
        // As a database is that was filled before there was a mark.
        db::write(&db, async |tx| {
            installation::Entity::delete_many().exec(tx).await
        })
        .await
        .unwrap();
    }
    db
}

const FILE: [&str; 8] = [
    "export",
    "facilita",
    "--programme",
    "puglia",
    "--from",
    "2020-01-01",
    "--to",
    "2020-01-02",
];

#[actix_web::test]
async fn a_filled_database_is_refused_without_its_keys_and_with_others() {
    for mark in [true, false] {
        let place = Place::new();
        let db = filled(&place, mark).await;
        let file = place.path("keys.toml");
        let own = fs::read_to_string(&file).unwrap();
        let people = count(&db, "citizens").await;
        let serve = ["serve", "--listen", "127.0.0.1:0"];

        fs::remove_file(&file).unwrap();
        for command in [&serve[..], &FILE] {
            let said = place.run(db.url(), command).exits(2);
            assert!(said.contains("keys.toml is missing"), "{said}");
            assert_eq!(said.lines().count(), 1, "{said}");
            assert!(!file.exists(), "keys were made in silence");
        }

        let key = |letter: u8| STANDARD.encode([letter; 32]);
        let other = |signing: &str, digest: &str, seal: &str| {
            format!("signing = \"{signing}\"\ndigest = \"{digest}\"\nseal = \"{seal}\"\n")
        };
        let of = |name: &str| {
            let line = own.lines().find(|line| line.starts_with(name)).unwrap();
            line.split('"').nth(1).unwrap().to_owned()
        };
        let (signing, digest, seal) = (of("signing"), of("digest"), of("seal"));
        for (text, why) in [
            (other(&signing, &key(7), &seal), "digest key is another"),
            (other(&signing, &digest, &key(8)), "seal key is another"),
            (other(&key(6), &key(7), &key(8)), "is another one"),
        ] {
            fs::write(&file, text).unwrap();
            for command in [&serve[..], &FILE] {
                let said = place.run(db.url(), command).exits(2);
                assert!(said.contains(why), "{said}");
                assert!(said.contains("key file back"), "{said}");
                assert!(!said.contains(&key(7)), "{said}");
            }
        }
        // From the environment they are judged the same.
        fs::write(&file, &own).unwrap();
        let wrong = [("AUTONOMIA_DIGEST_KEY", key(9))];
        let wrong = wrong.each_ref().map(|(name, key)| (*name, key.as_str()));
        let said = place.run_with(db.url(), &FILE, &wrong).exits(2);
        assert!(said.contains("digest key"), "{said}");

        // With its own it is served, and marked where it was not.
        let mut process = Process::start(&["serve"], &db, &file);
        assert!(
            process.first_line.starts_with("http://"),
            "{}",
            process.first_line
        );
        process.kill();
        assert_eq!(
            count(&db, "installation WHERE digest_mark IS NOT NULL").await,
            1
        );
        assert_eq!(count(&db, "citizens").await, people);
    }
}

#[actix_web::test]
async fn another_signing_key_ends_sessions_and_loses_nothing() {
    let place = Place::new();
    let db = filled(&place, true).await;
    let new = STANDARD.encode([5; 32]);
    let env = [
        ("AUTONOMIA_SIGNING_KEY", new.as_str()),
        ("RUST_LOG", "warn"),
    ];
    place.run_with(db.url(), &FILE, &env).exits(1);
    let marks = installation::Entity::find().all(db.read()).await.unwrap();
    assert_eq!(marks.len(), 1);
    // The digest and the seal are as they were.
    place.run(db.url(), &FILE).exits(1);
}

#[actix_web::test]
async fn keys_are_made_for_a_new_database_and_kept_ones_are_taken_by_it() {
    let place = Place::new();
    let (first, second) = (TestDb::empty().await, TestDb::empty().await);
    let file = place.path("keys.toml");
    let mut process = Process::start(&["serve"], &first, &file);
    process.kill();
    let made = fs::read_to_string(&file).unwrap();
    let mut process = Process::start(&["serve"], &second, &file);
    process.kill();
    assert_eq!(fs::read_to_string(&file).unwrap(), made);
    // Marked while still empty: keys that are lost afterwards are not replaced either.
    fs::remove_file(&file).unwrap();
    let said = place.run(first.url(), &["serve", "--listen", "127.0.0.1:0"]);
    assert!(said.exits(2).contains("is missing"));
}

#[actix_web::test]
async fn a_database_of_a_newer_program_is_named_as_such() {
    let place = Place::new();
    let db = TestDb::new().await;
    db::write(&db, async |tx| {
        tx.execute_unprepared(
            "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)",
        )
        .await
    })
    .await
    .unwrap();
    let said = place.run(db.url(), &["migrate"]).exits(2);
    assert!(said.contains("newer autonomia"), "{said}");
    assert!(said.contains("m9999_later"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}
