//! The commands for administrators as the shell sees them.

use std::process::{Command, Output};

use autonomia::db;
use autonomia::db::entities::tallies;
use autonomia::network::totals::TotalsFilter;
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;
use time::macros::date;

use crate::database::TestDb;
use crate::ground::Ground;

pub(crate) fn autonomia(database: &str, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_autonomia"))
        .args(args)
        .env_clear()
        .env("AUTONOMIA_DATABASE", database)
        .output()
        .unwrap()
}

fn text(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

#[actix_web::test]
async fn an_administrator_is_added_with_a_link_listed_and_disabled() {
    let test = TestDb::new().await;
    let user = |args: &[&str]| autonomia(test.url(), &[&["user"], args].concat());
    let added = user(&["add", "--email", "Admin@example.org", "--role", "admin"]);
    assert_eq!(added.status.code(), Some(0), "{added:?}");
    assert!(text(&added).contains("http://127.0.0.1:8080/accedi/password?token="));
    let listed = user(&["list"]);
    assert_eq!(text(&listed), "admin@example.org: admin, no password yet\n");
    assert_eq!(
        user(&["disable", "--email", "admin@example.org"])
            .status
            .code(),
        Some(0)
    );
    assert_eq!(
        text(&user(&["list"])),
        "admin@example.org: admin, disabled\n"
    );
    for wrong in [
        &["disable", "--email", "nobody@example.org"][..],
        &["add", "--email", "a@example.org", "--role", "queen"],
        &["add", "--email", "a@example.org", "--role", "facilitator"],
        &[
            "add",
            "--email",
            "a@example.org",
            "--role",
            "facilitator",
            "--point",
            "X",
        ],
        &["add", "--email", "nobody", "--role", "admin"],
    ] {
        let output = user(wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(text(&output).is_empty() && !output.stderr.is_empty());
    }
}

#[actix_web::test]
async fn totals_are_printed_and_a_difference_from_the_ledger_exits_with_1() {
    let ground = Ground::new().await;
    let ada = ground.citizen(date!(1960 - 05 - 01), 1).await;
    ground.record(ground.service("SPID", &[ada])).await.unwrap();
    let totals = |args: &[&str]| autonomia(ground.db.url(), &[&["totals"], args].concat());
    let sound = totals(&["--verify"]);
    assert_eq!(sound.status.code(), Some(0), "{sound:?}");
    assert!(
        text(&sound).contains("citizens reached  1 of 100"),
        "{}",
        text(&sound)
    );
    assert!(text(&sound).ends_with("The ledger agrees.\n"));
    let json = totals(&["--programme", "prova", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let expected = serde_json::to_value(ground.totals_of(TotalsFilter::default()).await).unwrap();
    assert_eq!(json[0]["services"], expected["services"]);
    assert_eq!(totals(&["--programme", "none"]).status.code(), Some(2));
    db::write(&ground.db, async |tx| {
        let more = tallies::Entity::update_many();
        more.col_expr(tallies::Column::Citizens, Expr::value(2))
            .exec(tx)
            .await
    })
    .await
    .unwrap();
    let wrong = totals(&["--verify"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(text(&wrong).contains("differs: point"));
    let json = totals(&["--verify", "--format", "json"]);
    assert_eq!(json.status.code(), Some(1));
    assert!(serde_json::from_slice::<serde_json::Value>(&json.stdout).is_ok());
}

#[actix_web::test]
async fn the_schema_goes_up_and_down() {
    let test = TestDb::empty().await;
    let migrate = |args: &[&str]| autonomia(test.url(), &[&["migrate"], args].concat());
    for args in [&[][..], &["--down", "2", "--yes"], &[]] {
        let output = migrate(args);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }
    assert_eq!(autonomia("mysql://x", &["migrate"]).status.code(), Some(2));
}
