//! For how long records are kept: as long as the last programme says, and then they are nobody's.

use std::process::{Command, Output};

use autonomia::citizens::Vault;
use autonomia::db;
use autonomia::db::entities::{citizens, programme_retention, programmes};
use autonomia::learning::retention::{self, ForgottenCount};
use autonomia::learning::tidy::{self, TidyKind};
use autonomia::network::programme;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sea_orm::sea_query::Expr;
use sea_orm::{DbErr, EntityTrait};
use time::Duration;
use time::macros::{date, datetime};

use super::whole::{MARKS, erase_oneself, everything, public, somebody};
use crate::app::TestApp;
use crate::audit::rows;
use crate::ground::Ground;

#[actix_web::test]
async fn records_are_kept_as_long_as_their_programme_says_and_the_totals_for_ever() {
    let app = TestApp::new().await;
    let who = somebody(&app).await;
    let (gone, card) = {
        let card = app.card(&app.somebody()).await;
        (app.enter(&app.visitor(), &card).await, card)
    };
    app.pass(&gone, "spid").await;
    assert_eq!(erase_oneself(&gone, &card).await, 303);
    let vault = Vault::new(&[1; 32], &[2; 32]).unwrap();
    let figures = public(&app).await;
    // The programme ends on 30 June 2027; five years later nobody is kept.
    let programme = programme::by_code(app.db.read(), "puglia")
        .await
        .unwrap()
        .unwrap();
    let end = programme.ends_on.midnight().assume_utc();
    let none = ForgottenCount::default();
    let early = end + Duration::days(1_826);
    assert_eq!(retention::due(&app.db, early).await.unwrap(), none);
    let late = end + Duration::days(1_828);
    let due = retention::due(&app.db, late).await.unwrap();
    assert!(due.people >= 2 && due.digests == 1, "{due:?}");
    // A programme that keeps longer, by its own rule.
    retention::keep_for(&app.db, programme.id, 10, app.clock.now())
        .await
        .unwrap();
    assert_eq!(retention::due(&app.db, late).await.unwrap(), none);
    let late = end + Duration::days(366 * 10 + 2);
    // A dry run changes nothing.
    let before = everything(&app.db).await;
    assert_eq!(retention::due(&app.db, late).await.unwrap(), due);
    assert_eq!(everything(&app.db).await, before);
    assert_eq!(retention::forget(&app.db, &vault, late).await.unwrap(), due);
    assert_eq!(
        retention::forget(&app.db, &vault, late).await.unwrap(),
        none
    );
    let after = everything(&app.db).await;
    for (table, columns) in &after {
        for value in columns.values().flatten() {
            let value = value.to_lowercase();
            let found = MARKS.iter().find(|mark| value.contains(*mark));
            assert!(found.is_none(), "{table} still says {found:?}: {value}");
        }
    }
    assert!(
        after["kept_digests"]["cf_digest"].is_empty(),
        "nothing tells who it was"
    );
    assert_eq!(public(&app).await, figures);
    app.verify_totals().await;
    drop(who);
    assert!(TidyKind::from_name("citizen").is_some());
    assert_eq!(
        tidy::rule(&app.db).await.unwrap()[&TidyKind::Citizen],
        1_826
    );
}

/// `autonomia tidy`, with the keys of the ground.
fn tidied(ground: &Ground, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_autonomia"))
        .args([&["tidy"], args].concat())
        .env_clear()
        .env("AUTONOMIA_DATABASE", ground.db.url())
        .env("AUTONOMIA_SIGNING_KEY", STANDARD.encode([3; 32]))
        .env("AUTONOMIA_DIGEST_KEY", STANDARD.encode([1; 32]))
        .env("AUTONOMIA_SEAL_KEY", STANDARD.encode([2; 32]))
        .output()
        .unwrap()
}

#[actix_web::test]
async fn the_command_keeps_people_as_long_as_it_is_told_of_their_programme_and_tries_it_first() {
    let ground = Ground::new().await;
    for number in 0..3 {
        ground.citizen(date!(1960 - 05 - 04), number).await;
    }
    // A programme that ended long ago, whenever this is run, and who was registered then.
    db::write(&ground.db, async move |tx| {
        let (first, last) = (date!(2008 - 01 - 01), date!(2009 - 12 - 31));
        programmes::Entity::update_many()
            .col_expr(programmes::Column::StartsOn, Expr::value(first))
            .col_expr(programmes::Column::EndsOn, Expr::value(last))
            .exec(tx)
            .await?;
        let then = datetime!(2009-06-01 9:00 UTC);
        citizens::Entity::update_many()
            .col_expr(citizens::Column::CreatedAt, Expr::value(then))
            .exec(tx)
            .await?;
        Ok::<_, DbErr>(())
    })
    .await
    .unwrap();
    let run = |args: &[&str]| {
        let done = tidied(&ground, args);
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        let wrong = String::from_utf8_lossy(&done.stderr).into_owned();
        (done.status.code(), said + &wrong)
    };
    let named = async || {
        let people = citizens::Entity::find()
            .all(ground.db.read())
            .await
            .unwrap();
        people
            .iter()
            .filter(|row| !row.last_name.is_empty())
            .count()
    };
    let own = async || {
        let rows = programme_retention::Entity::find()
            .all(ground.db.read())
            .await;
        rows.unwrap()
            .iter()
            .map(|row| row.years)
            .collect::<Vec<_>>()
    };

    // By the rule of the installation they would be erased; a trial says so and changes nothing.
    let before = everything(&ground.db).await;
    let (code, said) = run(&["--dry-run"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("3 people's records would be cleared"),
        "{said}"
    );
    // A trial of another rule would have to change it.
    let (code, said) = run(&["--dry-run", "--keep-programme", "prova=90"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("--dry-run changes nothing"), "{said}");
    for wrong in ["prova", "prova=dieci", "nessuno=10", "prova=-1"] {
        let (code, said) = run(&["--keep-programme", wrong]);
        assert_eq!(code, Some(2), "{wrong}: {said}");
    }
    assert!(everything(&ground.db).await == before, "something changed");

    // The programme keeps them for longer.
    let (code, said) = run(&["--keep-programme", "prova=90"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("keeps people for 90 years after its end") && !said.contains("people's"),
        "{said}"
    );
    assert_eq!((named().await, own().await), (3, vec![90]));
    // It is a rule from now on, also where it is not said again.
    let (_, said) = run(&[]);
    assert!(!said.contains("people's records"), "{said}");

    let (code, said) = run(&["--keep-programme", "prova=5"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("3 people's records cleared"), "{said}");
    assert_eq!((named().await, own().await), (0, vec![5]));
    let told: Vec<_> = rows(&ground.db).await.into_iter().collect();
    let count = |action: &str| told.iter().filter(|row| row.action == action).count();
    assert_eq!(
        (count("retention-changed"), count("citizen-erased")),
        (2, 3)
    );
    assert_eq!(ground.totals().await.citizens.reached, 0);
    let (_, said) = run(&["--dry-run"]);
    assert!(!said.contains("people's records"), "{said}");
}
