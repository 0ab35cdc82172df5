//! Hashing passwords takes memory that comes back: at rest, after right sign-ins and after a flood
//! of false links the process is as large as before.
//!
//! `AUTONOMIA_LOAD=1` has the whole 500 sign-ins and 10,000 links.

use std::time::Instant;

use autonomia::accounts::links;
use autonomia::accounts::staff::{self, NewStaff};
use autonomia::domain::role::Role;
use futures_util::stream::{self, StreamExt as _};
use serde_json::json;
use time::OffsetDateTime;

use crate::actor::Actor;
use crate::app::PASSWORD;
use crate::database::TestDb;
use crate::process::Process;

/// How much more a process may take after the flood, in bytes.
const MORE: u64 = 60_000_000;

/// The memory of a process that is in use.
fn memory(process: &Process) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kilobytes = line.unwrap().split_whitespace().nth(1).unwrap();
    kilobytes.parse::<u64>().unwrap() * 1024
}

#[actix_web::test]
async fn passwords_take_memory_that_comes_back() {
    let whole = std::env::var("AUTONOMIA_LOAD").is_ok_and(|value| value == "1");
    let (sign_ins, links) = if whole { (500, 10_000) } else { (60, 400) };
    let db = TestDb::new().await;
    let now = OffsetDateTime::now_utc();
    let new = NewStaff {
        email: "memoria@example.org".to_owned(),
        name: "Persona Inventata".to_owned(),
        role: Role::Editor,
        point: None,
    };
    let (account, _) = staff::add(&db, new, None, now).await.unwrap();
    let known = links::set_known_password(&db, account, PASSWORD, now);
    known.await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["serve", "--wrong-tries", "1000000"];
    let server = Process::start(&arguments, &db, &folder.path().join("keys"));
    let visitor = Actor::new(&server.first_line, None);
    visitor.get("/moduli/spid").await;
    let at_rest = memory(&server);

    let enter = async |_| {
        let body = json!({ "email": "memoria@example.org", "password": PASSWORD });
        visitor.post("/sessions", body).await.status.as_u16()
    };
    let began = Instant::now();
    let entered: Vec<u16> = stream::iter(0..sign_ins)
        .map(enter)
        .buffer_unordered(30)
        .collect()
        .await;
    assert!(entered.iter().all(|status| *status == 201), "{entered:?}");
    let a_sign_in = began.elapsed() / sign_ins;
    let after_sign_ins = memory(&server);

    let false_link = async |number| {
        let token = format!("falso{number}");
        let fields = [
            ("token", &*token),
            ("password", PASSWORD),
            ("again", PASSWORD),
        ];
        let sent = visitor.form("/accedi/password", &fields).await;
        sent.status.as_u16()
    };
    let began = Instant::now();
    let refused: Vec<u16> = stream::iter(0..links)
        .map(false_link)
        .buffer_unordered(30)
        .collect()
        .await;
    // False links are slowed too.
    let told = |status: &u16| matches!(status, 422 | 429);
    assert!(refused.iter().all(told), "{refused:?}");
    let a_link = began.elapsed() / links;
    let after_links = memory(&server);
    println!(
        "memory: {} MB at rest, {} after {sign_ins} right sign-ins of {a_sign_in:?}, {} after \
         {links} false links of {a_link:?}",
        at_rest / 1_000_000,
        after_sign_ins / 1_000_000,
        after_links / 1_000_000,
    );
    for after in [after_sign_ins, after_links] {
        assert!(after < at_rest + MORE, "{after} bytes after {at_rest}");
    }
    // A link that is made up costs a look, not a hash, which is nearly all of a sign-in.
    assert!(a_link < a_sign_in / 3, "{a_link:?}, {a_sign_in:?}");
}
