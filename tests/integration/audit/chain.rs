//! The chain: whole under many writers, only ever added to, and every kind of tampering is named.

use autonomia::db::audit::place::checkpoint;
use autonomia::db::audit::verify::{Broken, ChainFault};
use autonomia::db::audit::{Act, Action, note};
use autonomia::db::entities::{audit, audit_head};
use autonomia::db::{self, Db};
use sea_orm::{DbBackend, DbErr, EntityTrait as _};
use time::OffsetDateTime;
use time::macros::datetime;
use uuid::Uuid;

use super::{as_owner, rows, verified};
use crate::database::TestDb;

pub(super) const NOW: OffsetDateTime = datetime!(2026-11-21 23:30 UTC);

fn act(detail: &str) -> Act<'_> {
    Act {
        by: None,
        action: Action::SignedIn,
        subject: "citizen",
        id: Uuid::from_u128(7),
        detail,
    }
}

pub(super) async fn wrote(db: &Db, details: &[&str]) {
    for detail in details {
        let detail = (*detail).to_owned();
        db::write(db, async move |tx| note(tx, act(&detail), NOW).await)
            .await
            .unwrap();
    }
}

/// Takes the triggers away, as somebody who means to change the rows would.
pub(crate) async fn unguarded(test: &TestDb) {
    let sqlite = test.read().get_database_backend() == DbBackend::Sqlite;
    let statements: Vec<&str> = match sqlite {
        true => vec![
            "DROP TRIGGER audit_no_update",
            "DROP TRIGGER audit_no_delete",
            "DROP TRIGGER audit_checkpoints_no_update",
            "DROP TRIGGER audit_checkpoints_no_delete",
        ],
        false => vec![
            "DROP TRIGGER audit_kept ON audit",
            "DROP TRIGGER audit_checkpoints_kept ON audit_checkpoints",
        ],
    };
    as_owner(test, &statements).await.unwrap();
}

/// A database with nine rows, the first of which says that they are under seal. It has no
/// checkpoint beside that of the beginning, and no triggers.
pub(super) async fn nine() -> TestDb {
    let test = TestDb::new().await;
    checkpoint(&test, NOW).await.unwrap();
    wrote(&test, &["2", "3", "4", "5", "6", "7", "8", "9"]).await;
    assert!(verified(&test).await.is_whole());
    unguarded(&test).await;
    test
}

pub(super) async fn found(test: &TestDb) -> Option<(i64, ChainFault)> {
    let broken = verified(test).await.broken;
    broken.map(|Broken { sequence, kind }| (sequence, kind))
}

#[actix_web::test]
async fn the_chain_is_whole_under_many_writers_and_has_nothing_of_those_that_fail() {
    let test = TestDb::new().await;
    let writers = (0..60).map(|writer| {
        let db = test.clone();
        async move {
            let wrote: Result<(), DbErr> = db::write(&db, async move |tx| {
                note(tx, act(&format!("{writer} a")), NOW).await?;
                note(tx, act(&format!("{writer} b")), NOW).await?;
                match writer % 3 {
                    1 => Err(DbErr::Custom("changed my mind".to_owned())),
                    2 => panic!("a job that panics"),
                    _ => Ok(()),
                }
            })
            .await;
            assert_eq!(wrote.is_ok(), writer % 3 == 0);
        }
    });
    futures_util::future::join_all(writers).await;
    let rows = rows(&test).await;
    assert_eq!(rows.len(), 40, "two rows of each that was kept");
    let sequences: Vec<_> = rows.iter().map(|row| row.sequence).collect();
    assert_eq!(sequences, (1..=40).collect::<Vec<_>>(), "without a gap");
    // What one job notes stands together, in its order.
    for pair in rows.chunks(2) {
        let first = pair[0].detail.strip_suffix(" a").unwrap();
        assert_eq!(pair[1].detail, format!("{first} b"));
    }
    // The day is Rome's.
    assert_eq!(rows[0].day.to_string(), "2026-11-22");
    let found = verified(&test).await;
    assert_eq!((found.broken, found.head.sequence), (None, 40));
}

#[actix_web::test]
async fn the_database_refuses_to_change_or_delete_a_row_of_the_audit() {
    let test = TestDb::new().await;
    wrote(&test, &["1", "2"]).await;
    checkpoint(&test, NOW).await.unwrap();
    let mut refused = vec![
        "UPDATE audit SET detail = 'x'",
        "UPDATE audit SET sequence = sequence + 10",
        "DELETE FROM audit WHERE sequence = 2",
        "DELETE FROM audit",
        "UPDATE audit_checkpoints SET sequence = 1",
        "DELETE FROM audit_checkpoints",
        "DELETE FROM audit_head",
    ];
    match test.read().get_database_backend() {
        DbBackend::Sqlite => refused.push(
            "INSERT OR REPLACE INTO audit SELECT 1, at, day, account_id, role, through, session_id, \
             point_id, action, subject_kind, subject_id, 'x', hash FROM audit WHERE sequence = 1",
        ),
        _ => refused.extend(["TRUNCATE audit", "TRUNCATE audit_checkpoints", "TRUNCATE audit_head"]),
    }
    for statement in refused {
        let error = as_owner(&test, &[statement]).await;
        let error = error.err().map(|error| error.to_string());
        let error = error.unwrap_or_else(|| panic!("not refused: {statement}"));
        assert!(
            error.contains("only added to") || error.contains("never empty"),
            "{statement}: {error}"
        );
    }
    assert_eq!(rows(&test).await.len(), 3);
    assert!(verified(&test).await.is_whole());
    wrote(&test, &["3"]).await;

    // Who takes the triggers away is found out before anything else is changed.
    unguarded(&test).await;
    let found = verified(&test).await;
    assert_eq!((found.broken, found.is_whole()), (None, false));
    assert!(
        found
            .unguarded
            .iter()
            .any(|name| name.starts_with("audit_checkpoints"))
    );
}

#[actix_web::test]
async fn a_row_that_was_changed_is_named() {
    for change in [
        "detail = 'x'",
        "action = 'other'",
        "subject_id = ''",
        "subject_kind = 'group'",
        "role = 'admin'",
        "through = 'shell'",
        "session_id = subject",
        "day = '2026-11-20'",
        "at = '2026-11-20 10:00:00+00:00'",
        "role = 'nobody'",
    ] {
        let test = nine().await;
        let subject = match test.read().get_database_backend() {
            DbBackend::Sqlite => "x'019ab0000000700080000000000000aa'",
            _ => "'019ab000-0000-7000-8000-0000000000aa'",
        };
        let change = change.replace("= subject", &format!("= {subject}"));
        let statement = format!("UPDATE audit SET {change} WHERE sequence = 4");
        as_owner(&test, &[&statement]).await.unwrap();
        assert_eq!(
            found(&test).await,
            Some((4, ChainFault::Changed)),
            "{change}"
        );
    }
    // The last one too.
    let test = nine().await;
    as_owner(&test, &["UPDATE audit SET detail = 'x' WHERE sequence = 9"])
        .await
        .unwrap();
    assert_eq!(found(&test).await, Some((9, ChainFault::Changed)));
}

#[actix_web::test]
async fn rows_that_are_missing_inserted_reordered_or_cut_are_named() {
    let copy = "SELECT {at}, at, day, account_id, role, through, session_id, point_id, action, \
                subject_kind, subject_id, 'forged', hash FROM audit WHERE sequence = 3";
    let insert = |at: i64| {
        format!(
            "INSERT INTO audit {}",
            copy.replace("{at}", &at.to_string())
        )
    };
    let (ten, four) = (insert(10), insert(4));
    // Row by row, from the side where there is room.
    let up: Vec<String> = (4..=9)
        .rev()
        .map(|at| {
            format!(
                "UPDATE audit SET sequence = {} WHERE sequence = {at}",
                at + 1
            )
        })
        .collect();
    let down: Vec<String> = (5..=9)
        .map(|at| {
            format!(
                "UPDATE audit SET sequence = {} WHERE sequence = {at}",
                at - 1
            )
        })
        .collect();
    let swap = |a: i64, b: i64| -> Vec<String> {
        [(a, -1), (b, a), (-1, b)]
            .map(|(from, to)| format!("UPDATE audit SET sequence = {to} WHERE sequence = {from}"))
            .into()
    };
    let delete = |which: &str| vec![format!("DELETE FROM audit WHERE sequence {which}")];
    let inserted: Vec<String> = up.into_iter().chain([four]).collect();
    let renumbered: Vec<String> = delete("= 4").into_iter().chain(down).collect();
    let back: Vec<String> = delete("> 6")
        .into_iter()
        .chain(["UPDATE audit_head SET sequence = 6, hash = \
                 (SELECT hash FROM audit WHERE sequence = 6)"
            .to_owned()])
        .collect();
    for (what, statements, expected) in [
        ("one is gone", delete("= 4"), (4, ChainFault::Missing)),
        ("the first is gone", delete("= 1"), (1, ChainFault::Missing)),
        (
            "gone, and the others moved up",
            renumbered,
            (4, ChainFault::Missing),
        ),
        ("put in between", inserted, (4, ChainFault::Inserted)),
        ("put behind the last", vec![ten], (10, ChainFault::Inserted)),
        ("two neighbours", swap(4, 5), (4, ChainFault::Reordered)),
        (
            "two far from each other",
            swap(3, 8),
            (3, ChainFault::Reordered),
        ),
        ("cut", delete("> 6"), (7, ChainFault::Cut)),
        ("all of it cut", delete("> 0"), (1, ChainFault::Cut)),
        ("cut, and the head put back", back, (7, ChainFault::Cut)),
    ] {
        let test = nine().await;
        let statements: Vec<_> = statements.iter().map(String::as_str).collect();
        as_owner(&test, &statements).await.unwrap();
        assert_eq!(found(&test).await, Some(expected), "{what}");
    }
}

#[actix_web::test]
async fn rows_of_before_are_chained_by_the_migration_and_return() {
    let test = TestDb::new().await;
    wrote(&test, &["1", "2", "3"]).await;
    let before = rows(&test).await;
    // As far as the step that chains them: there may be later ones.
    while audit_head::Entity::find().one(test.read()).await.is_ok() {
        db::migrate_down(&test, 1).await.unwrap();
    }
    db::migrate(&test).await.unwrap();
    let after = rows(&test).await;
    let told = |row: &audit::Model| {
        let texts = [&row.action, &row.subject_kind, &row.subject_id, &row.detail];
        (row.sequence, row.at, row.day, texts.map(Clone::clone))
    };
    let all = |rows: &[audit::Model]| rows.iter().map(told).collect::<Vec<_>>();
    assert_eq!(all(&after), all(&before));
    assert!(after.iter().all(|row| row.through == "unknown"));
    wrote(&test, &["4"]).await;
    let found = verified(&test).await;
    assert_eq!((found.broken, found.head.sequence), (None, 4));
}

/// `AUTONOMIA_AUDIT=full` is a million rows.
#[actix_web::test]
async fn many_rows_are_verified_in_a_moment() {
    let full = std::env::var("AUTONOMIA_AUDIT").is_ok_and(|size| size == "full");
    let (writes, rows) = if full { (100, 10_000) } else { (4, 5_000) };
    let test = TestDb::new().await;
    let began = std::time::Instant::now();
    for _ in 0..writes {
        db::write(&test, async move |tx| {
            for _ in 0..rows {
                note(tx, act("one of many"), NOW).await?;
            }
            Ok::<_, DbErr>(())
        })
        .await
        .unwrap();
    }
    let wrote = began.elapsed();
    let began = std::time::Instant::now();
    let found = verified(&test).await;
    let took = began.elapsed();
    assert_eq!((found.broken, found.head.sequence), (None, writes * rows));
    println!(
        "{} rows verified in {took:.1?}, written in {wrote:.1?}",
        writes * rows
    );
    // As long as it took to write them, on any machine: it grows with the rows and no faster.
    assert!(took < 10 * wrote, "{took:?} after {wrote:?}");
}

#[actix_web::test]
async fn the_command_says_yes_or_which_row_does_not_fit() {
    let test = TestDb::new().await;
    checkpoint(&test, NOW).await.unwrap();
    wrote(&test, &["2", "3", "4", "5", "6", "7", "8", "9"]).await;
    let run = |more: &[&str]| {
        use base64::Engine as _;
        let key = |byte| base64::engine::general_purpose::STANDARD.encode([byte; 32]);
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_autonomia"))
            .args(["audit", "verify", "--database", test.url()])
            .args(more)
            .env("AUTONOMIA_SIGNING_KEY", key(3_u8))
            .env("AUTONOMIA_DIGEST_KEY", key(1))
            .env("AUTONOMIA_SEAL_KEY", key(2))
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&run.stdout).into_owned();
        (
            run.status.code(),
            text + &String::from_utf8_lossy(&run.stderr),
        )
    };
    let (code, said) = run(&[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("The audit is whole: 9 rows"), "{said}");
    // Its last line is the place to keep outside.
    let place = said.lines().find(|line| line.starts_with("9:")).unwrap();
    assert_eq!(run(&["--place", place]).0, Some(0));
    let other = format!("9:{}", "0".repeat(64));
    assert_eq!(run(&["--place", &other]).0, Some(1));
    assert_eq!(run(&["--place", "nonsense"]).0, Some(2));
    unguarded(&test).await;
    let (code, said) = run(&[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("Missing triggers: audit_"), "{said}");
    as_owner(&test, &["UPDATE audit SET detail = 'x' WHERE sequence = 4"])
        .await
        .unwrap();
    let (code, said) = run(&[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("Row 4: changed."), "{said}");
}
