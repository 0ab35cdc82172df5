//! `SECURITY.md` answers every requirement of OWASP's ASVS 5.0, level 2, in the chapters it names,
//! and every test that it names is there. What it says without a test is tried here.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use autonomia::accounts::staff;
use awc::http::Method;
use walkdir::WalkDir;

use crate::app::TestApp;

/// The sections of V6, V7, V8, V13, V14 and V16, and how many requirements each has up to level 2.
const SECTIONS: [(&str, u32); 29] = [
    ("6.1", 3),
    ("6.2", 12),
    ("6.3", 4),
    ("6.4", 4),
    ("6.5", 5),
    ("6.6", 3),
    ("6.8", 4),
    ("7.1", 3),
    ("7.2", 4),
    ("7.3", 2),
    ("7.4", 5),
    ("7.5", 2),
    ("7.6", 2),
    ("8.1", 2),
    ("8.2", 3),
    ("8.3", 1),
    ("8.4", 1),
    ("13.1", 1),
    ("13.2", 5),
    ("13.3", 2),
    ("13.4", 5),
    ("14.1", 2),
    ("14.2", 4),
    ("14.3", 3),
    ("16.1", 1),
    ("16.2", 5),
    ("16.3", 4),
    ("16.4", 3),
    ("16.5", 3),
];

/// The tests there are, as `folder/file.rs::name`.
fn tests() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["src", "tests/integration"]
        .into_iter()
        .flat_map(|folder| WalkDir::new(root.join(folder)))
        .map(Result::unwrap)
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "rs"));
    let mut found = BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(file.path()).unwrap();
        let path = file.path().strip_prefix(root).unwrap().to_str().unwrap();
        for after in text.split("test]\n").skip(1) {
            let Some((_, name)) = after.split_once("fn ") else {
                continue;
            };
            let name = name.split(['(', '<']).next().unwrap();
            found.insert(format!("{path}::{name}"));
        }
    }
    found
}

#[test]
fn every_requirement_is_answered_and_every_test_named_is_there() {
    let text = include_str!("../../SECURITY.md");
    let tests = tests();
    let mut asked: Vec<String> = SECTIONS
        .iter()
        .flat_map(|(section, many)| (1..=*many).map(move |n| format!("{section}.{n}")))
        .collect();
    for line in text.lines() {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let &["", number, _, here, shown, ""] = cells.as_slice() else {
            continue;
        };
        let Some(at) = asked.iter().position(|one| one == number) else {
            assert!(
                !number.starts_with(|c: char| c.is_ascii_digit()),
                "{number} is answered twice, or is no requirement"
            );
            continue;
        };
        asked.remove(at);
        assert!(!here.is_empty(), "{number} says nothing");
        let named: Vec<_> = shown.split('`').skip(1).step_by(2).collect();
        let words = ["*read*", "*later*", "*no*"];
        assert!(
            !named.is_empty() || words.iter().any(|word| shown.starts_with(word)),
            "{number} names neither a test nor a reason"
        );
        for name in named {
            let known = tests.iter().any(|test| test.ends_with(&format!("/{name}")));
            assert!(known, "{number} names a test that is not there: {name}");
        }
    }
    assert!(asked.is_empty(), "not answered: {asked:?}");
}

#[actix_web::test]
async fn there_is_no_trace_no_list_of_a_folder_and_no_source_control() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    for address in ["/", "/accedi", "/api/v1/modules"] {
        let answer = visitor.try_send(Method::TRACE, address, None).await;
        let answer = answer.unwrap();
        assert!(matches!(answer.status.as_u16(), 404 | 405), "{address}");
        assert!(!answer.text.contains("TRACE"), "{address}");
    }
    for address in [
        "/assets/",
        "/assets/css",
        "/assets/css/",
        "/assets/../Cargo.toml",
        "/assets/%2e%2e/Cargo.toml",
        "/.git/HEAD",
        "/.git/config",
        "/moduli/spid/immagini/",
        "/moduli/spid/immagini/..%2fmodule.md",
        "/moduli/spid/immagini/..%2f..%2fids.lock",
        "/data/keys.toml",
    ] {
        let answer = visitor.try_send(Method::GET, address, None).await;
        assert_eq!(answer.unwrap().status, 404, "{address}");
    }
}

#[actix_web::test]
async fn an_account_that_is_disabled_is_out_at_once() {
    let app = TestApp::new().await;
    let desk = app.facilitator().await;
    assert_eq!(desk.get("/api/v1/me").await.status, 200);
    let now = app.clock.now();
    staff::disable(&app.db, "sportello@example.org", None, now)
        .await
        .unwrap();
    assert_eq!(desk.get("/api/v1/me").await.status, 401);
    assert_eq!(desk.get("/api/v1/citizens").await.status, 401);
}
