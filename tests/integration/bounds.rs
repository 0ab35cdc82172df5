//! What is bounded stays so when many come at once: whoever counts is alone with the count.

use autonomia::citizens::Details;
use autonomia::citizens::register::register;
use autonomia::db::entities::{attempts, citizen_points, reports};
use autonomia::learning::registration::correct;
use autonomia::network::report::{self, NewReport};
use futures_util::future::join_all;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use time::Duration;
use time::macros::date;

use crate::app::TestApp;
use crate::ground::{Ground, NOW, person};
use crate::unknown_codes::limit;

#[actix_web::test]
async fn many_codes_at_once_are_no_more_than_many_in_a_row() {
    let ground = Ground::new().await;
    let (db, vault, by) = (&ground.db, &ground.vault, ground.facilitator);
    limit(db, "brought-a-day", 6).await;
    let somebody = |number| person(date!(1960 - 05 - 01), number);
    for number in 0..24 {
        let far = ground.points[1];
        register(db, vault, somebody(number), far, by, NOW)
            .await
            .unwrap();
    }
    let all = (0..24).map(|number| ground.register(somebody(number)));
    let brought = join_all(all).await;
    let brought = brought.iter().filter(|one| one.is_ok()).count();
    let links = citizen_points::Entity::find().count(db.read()).await;
    assert_eq!((brought, links.unwrap()), (6, 6));

    // Codes that nobody has, each written into a record of its own.
    let tomorrow = NOW + Duration::days(1);
    let mut records = Vec::new();
    for number in 0..24 {
        let plain = Details {
            codice_fiscale: None,
            ..somebody(number)
        };
        records.push(ground.register(plain).await.unwrap());
    }
    let all = records.iter().zip(500..).map(async |(record, number)| {
        let changes = Details {
            codice_fiscale: somebody(number).codice_fiscale,
            ..Details::default()
        };
        correct(db, vault, *record, changes, by, tomorrow)
            .await
            .is_ok()
    });
    let written = join_all(all).await;
    assert_eq!(written.iter().filter(|done| **done).count(), 6);
}

#[actix_web::test]
async fn many_attempts_at_once_are_no_more_than_many_in_a_row() {
    let app = TestApp::new().await;
    let guest = app.guest().await;
    for _ in 0..18 {
        guest.finish(&guest.start("spid").await).await;
    }
    let all = (0..6).map(async |_| {
        for _ in 0..3 {
            let begun = guest.post("/modules/spid/attempts", json!({})).await;
            if begun.status.is_success() {
                let begun: serde_json::Value = serde_json::from_str(&begun.text).unwrap();
                let path = format!("/attempts/{}/finish", begun["attempt"].as_str().unwrap());
                guest.post(&path, json!({})).await;
            }
        }
    });
    join_all(all).await;
    let rows = attempts::Entity::find().count(app.db.read()).await;
    assert_eq!(rows.unwrap(), 20);
    let refused = guest.post("/modules/spid/attempts", json!({})).await;
    assert_eq!(refused.status.as_u16(), 429);
}

#[actix_web::test]
async fn many_reports_at_once_are_no_more_than_many_in_a_row() {
    let ground = Ground::new().await;
    limit(&ground.db, "reports-waiting", 5).await;
    let new = NewReport {
        text: "Non si legge.".to_owned(),
        ..NewReport::default()
    };
    let all = (0..24).map(|_| report::send(&ground.db, &new, NOW));
    let sent = join_all(all).await;
    assert_eq!(sent.iter().filter(|one| one.is_ok()).count(), 5);
    let rows = reports::Entity::find().count(ground.db.read()).await;
    assert_eq!(rows.unwrap(), 5);
}
