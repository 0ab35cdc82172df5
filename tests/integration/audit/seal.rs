//! The seal of the chain's end: whoever has the database and not the keys is found out.

use autonomia::db;
use autonomia::db::audit::chain;
use autonomia::db::audit::place::{ChainPlace, checkpoint};
use autonomia::db::audit::verify::{ChainFault, verify};
use sea_orm::DbBackend;

use super::chain::{NOW, found, nine, wrote};
use super::{as_owner, rows, verified};
use crate::database::TestDb;

/// The statements that make the chain anew after the fourth row says something else.
async fn rewritten(test: &TestDb) -> Vec<String> {
    let mut hash = chain::BEGINNING.to_vec();
    let mut statements = Vec::new();
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    let bytes = |bytes: &[u8]| match test.read().get_database_backend() {
        DbBackend::Sqlite => format!("x'{}'", hex(bytes)),
        _ => format!("'\\x{}'", hex(bytes)),
    };
    for mut row in rows(test).await {
        if row.sequence == 4 {
            "forged".clone_into(&mut row.detail);
        }
        hash = chain::hash(&hash, &row);
        statements.push(format!(
            "UPDATE audit SET detail = '{}', hash = {} WHERE sequence = {}",
            row.detail,
            bytes(&hash),
            row.sequence
        ));
    }
    statements.push(format!("UPDATE audit_head SET hash = {}", bytes(&hash)));
    statements
}

/// Whoever has the database and not the keys makes everything fit, and takes away what would tell.
#[actix_web::test]
async fn a_chain_that_was_made_anew_is_found_by_its_seal() {
    let cut = "DELETE FROM audit WHERE sequence > 6";
    let back =
        "UPDATE audit_head SET sequence = 6, hash = (SELECT hash FROM audit WHERE sequence = 6)";
    let covered = "UPDATE audit_head SET sealed_sequence = sequence";
    let unmarked = "DELETE FROM audit_checkpoints";
    let emptied = "UPDATE audit_head SET sequence = 0, hash = {nothing}";
    for (what, anew, more, expected) in [
        (
            "made anew",
            true,
            vec![unmarked],
            (9, ChainFault::Rewritten),
        ),
        (
            "cut after a row",
            false,
            vec![cut, back, unmarked],
            (7, ChainFault::Cut),
        ),
        (
            "cut, and the seal said to be of there",
            false,
            vec![cut, back, covered, unmarked],
            (6, ChainFault::Rewritten),
        ),
        (
            "all of it",
            false,
            vec!["DELETE FROM audit", emptied, unmarked],
            (1, ChainFault::Cut),
        ),
        (
            "all of it, and the seal too",
            false,
            vec!["DELETE FROM audit", emptied, covered, unmarked],
            (0, ChainFault::Rewritten),
        ),
    ] {
        let test = nine().await;
        let nothing = match test.read().get_database_backend() {
            DbBackend::Sqlite => format!("x'{}'", "0".repeat(64)),
            _ => format!("'\\x{}'", "0".repeat(64)),
        };
        let mut statements = match anew {
            true => rewritten(&test).await,
            false => Vec::new(),
        };
        statements.extend(more.iter().map(|one| one.replace("{nothing}", &nothing)));
        let statements: Vec<_> = statements.iter().map(String::as_str).collect();
        as_owner(&test, &statements).await.unwrap();
        assert_eq!(found(&test).await, Some(expected), "{what}");
        // What the program writes afterwards, and a checkpoint, do not make it good.
        wrote(&test, &["after"]).await;
        assert!(checkpoint(&test, NOW).await.is_err(), "{what}");
        assert!(found(&test).await.is_some(), "{what}");
    }
}

#[actix_web::test]
async fn a_seal_that_was_taken_away_is_missed_and_a_new_one_is_written_down() {
    let test = nine().await;
    let taken = "UPDATE audit_head SET seal = NULL, sealed_sequence = 0";
    as_owner(&test, &[taken, "DELETE FROM audit_checkpoints"])
        .await
        .unwrap();
    wrote(&test, &["10"]).await;
    let found = verified(&test).await;
    assert_eq!(
        (found.broken, found.sealed, found.is_whole()),
        (None, false, false)
    );
    checkpoint(&test, NOW).await.unwrap();
    let rows = rows(&test).await;
    let last = rows.last().unwrap();
    assert_eq!(
        (last.action.as_str(), last.detail.as_str()),
        ("audit-sealed", "10")
    );
    assert!(verified(&test).await.sealed);
}

#[actix_web::test]
async fn rows_of_a_command_without_keys_stand_behind_the_seal_until_it_covers_them() {
    let test = nine().await;
    let command = db::connect(test.url()).await.unwrap();
    wrote(&command, &["of a command"]).await;
    command.close().await.unwrap();
    assert_eq!(verified(&test).await.broken, None);
    checkpoint(&test, NOW).await.unwrap();
    assert_eq!(rows(&test).await.len(), 10, "covering is no row");
    let cut = "DELETE FROM audit WHERE sequence = 10";
    let back =
        "UPDATE audit_head SET sequence = 9, hash = (SELECT hash FROM audit WHERE sequence = 9)";
    as_owner(&test, &[cut, back]).await.unwrap();
    assert_eq!(found(&test).await, Some((10, ChainFault::Cut)));
}

#[actix_web::test]
async fn a_place_that_was_kept_outside_or_sealed_before_is_compared() {
    let test = nine().await;
    let place = checkpoint(&test, NOW).await.unwrap();
    // Once more where it stood: no second row.
    assert_eq!(checkpoint(&test, NOW).await.unwrap(), place);
    wrote(&test, &["10"]).await;
    let checked = verified(&test).await;
    assert_eq!((checked.broken, checked.checkpoints), (None, 2));

    let statements = rewritten(&test).await;
    let statements: Vec<_> = statements.iter().map(String::as_str).collect();
    as_owner(&test, &statements).await.unwrap();
    assert_eq!(found(&test).await, Some((9, ChainFault::Rewritten)));

    // A checkpoint that was made to agree has no seal.
    let agree = "UPDATE audit_checkpoints SET hash = (SELECT hash FROM audit WHERE sequence = 9) \
                 WHERE sequence = 9";
    as_owner(&test, &[agree]).await.unwrap();
    assert_eq!(found(&test).await, Some((9, ChainFault::Rewritten)));

    let whole = nine().await;
    let outside: ChainPlace = format!("9:{}", "0".repeat(64)).parse().unwrap();
    let checked = verify(&whole, Some(&outside)).await.unwrap();
    let broken = checked.broken.unwrap();
    assert_eq!((broken.sequence, broken.kind), (9, ChainFault::Rewritten));
}
