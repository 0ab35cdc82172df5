//! For how long records are kept: as long as the last programme says, and then they are nobody's.

use autonomia::citizens::Vault;
use autonomia::learning::retention::{self, Forgotten};
use autonomia::learning::tidy::{self, TidyKind};
use autonomia::network::programme;
use time::Duration;

use super::whole::{MARKS, erase_oneself, everything, public, somebody};
use crate::app::TestApp;

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
    let none = Forgotten::default();
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
