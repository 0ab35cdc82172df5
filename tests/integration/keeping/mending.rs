//! `totals --rebuild`: sums that went wrong are recounted from the ledger.

use autonomia::db;
use autonomia::network::verify;
use sea_orm::ConnectionTrait;

use super::{Place, count};
use crate::database::TestDb;

const WRONG: [&str; 7] = [
    "UPDATE tallies SET services = services + 3, citizens = 0 WHERE kind = 'A'",
    "DELETE FROM people_tallies WHERE gender = 'A'",
    "UPDATE people_tallies SET citizens = citizens + 1",
    "UPDATE citizens_reached SET age_band = NULL, gender = NULL WHERE kind = 'B'",
    "UPDATE citizens_reached SET day = '2024-05-05' WHERE kind = 'C'",
    "DELETE FROM citizens_reached WHERE citizen_id IN \
     (SELECT citizen_id FROM citizens_reached ORDER BY citizen_id LIMIT 5)",
    "UPDATE attendances SET new_citizen = NOT new_citizen WHERE citizen_id IN \
     (SELECT citizen_id FROM citizens_reached ORDER BY citizen_id DESC LIMIT 5)",
];

#[actix_web::test]
async fn wrong_sums_are_told_and_then_written_anew_from_the_ledger() {
    let place = Place::new();
    let db = TestDb::new().await;
    let some = ["simulate", "--citizens", "300", "--points", "3"];
    place.run(db.url(), &some).exits(0);
    let said = place.run(db.url(), &["totals", "--rebuild"]).exits(0);
    assert!(said.contains("nothing to write"), "{said}");
    let reached = count(&db, "citizens_reached").await;
    let services = count(&db, "services").await;
    db::write(&db, async |tx| {
        for sql in WRONG {
            tx.execute_unprepared(sql).await?;
        }
        Ok::<_, sea_orm::DbErr>(())
    })
    .await
    .unwrap();
    let wrong = verify::verify(&db).await.unwrap();
    assert!(wrong.len() > 20, "{}", wrong.len());

    let said = place.run(db.url(), &["totals", "--rebuild"]).exits(1);
    assert_eq!(said.matches("differs: ").count(), wrong.len());
    assert!(said.contains("--apply"), "{said}");
    assert_eq!(
        verify::verify(&db).await.unwrap(),
        wrong,
        "a dry run writes nothing"
    );

    let audit = count(&db, "audit").await;
    place
        .run(db.url(), &["totals", "--rebuild", "--apply"])
        .exits(0);
    place.run(db.url(), &["totals", "--verify"]).exits(0);
    assert_eq!(count(&db, "citizens_reached").await, reached);
    assert_eq!(count(&db, "services").await, services);
    assert_eq!(count(&db, "audit").await, audit + 1);
    assert_eq!(count(&db, "audit WHERE action = 'totals-rebuilt'").await, 1);
    // Again, there is nothing to do, and nothing is noted.
    place
        .run(db.url(), &["totals", "--rebuild", "--apply"])
        .exits(0);
    assert_eq!(count(&db, "audit WHERE action = 'totals-rebuilt'").await, 1);
}

#[actix_web::test]
async fn a_wrong_age_or_gender_of_somebody_reached_is_found_and_mended() {
    let place = Place::new();
    let db = TestDb::new().await;
    let some = ["simulate", "--citizens", "60", "--points", "2"];
    place.run(db.url(), &some).exits(0);
    for wrong in ["age_band = 'B'", "gender = 'C'"] {
        db::write(&db, async move |tx| {
            let sql = format!("UPDATE citizens_reached SET {wrong}");
            tx.execute_unprepared(&sql).await
        })
        .await
        .unwrap();
        let said = place.run(db.url(), &["totals", "--verify"]).exits(1);
        assert!(said.contains("another age or gender"), "{wrong}: {said}");
        place
            .run(db.url(), &["totals", "--rebuild", "--apply"])
            .exits(0);
        place.run(db.url(), &["totals", "--verify"]).exits(0);
    }
}
