//! More than a file holds.

use autonomia::db;
use autonomia::db::entities::{attendances, services};
use autonomia::domain::facilita::{SendState, ServiceKind};
use autonomia::domain::ids::ServiceId;
use sea_orm::ActiveValue::Set;
use sea_orm::{DbErr, EntityTrait};
use time::macros::date;

use super::{BORN, known, reader, services_of};
use crate::ground::{Ground, NOW};

/// Writes services as they stand in the ledger, without counting them.
async fn fill(ground: &Ground, number: u32, group: usize) {
    let mut people = Vec::new();
    for one in 0..20 {
        people.push(ground.whole(BORN, one).await);
    }
    let (programme, point, account) = (ground.programme.id, ground.points[0], ground.facilitator);
    db::write(&ground.db, async move |tx| {
        let ids: Vec<_> = (0..number).map(|_| ServiceId::new()).collect();
        for some in ids.chunks(1_000) {
            let rows = some.iter().map(|id| services::ActiveModel {
                id: Set(*id),
                programme_id: Set(programme),
                point_id: Set(point),
                account_id: Set(account),
                kind: Set(ServiceKind::Group),
                day: Set(date!(2026 - 11 - 02)),
                minutes: Set(30),
                competences: Set("6:9".to_owned()),
                domains: Set("A".to_owned()),
                title: Set("SPID".to_owned()),
                completion_id: Set(None),
                recorded_at: Set(NOW),
                recorded_by: Set(Some(account)),
                voided_at: Set(None),
                voided_by: Set(None),
                void_reason: Set(None),
                corrects_id: Set(None),
            });
            services::Entity::insert_many(rows)
                .exec_without_returning(tx)
                .await?;
            let rows = some.iter().enumerate().flat_map(|(at, id)| {
                let attends = people.iter().cycle().skip(at).take(group);
                attends.map(|citizen| attendances::ActiveModel {
                    service_id: Set(*id),
                    citizen_id: Set(*citizen),
                    new_citizen: Set(false),
                    facilita: Set(SendState::Ready),
                })
            });
            attendances::Entity::insert_many(rows)
                .exec_without_returning(tx)
                .await?;
        }
        Ok::<_, DbErr>(())
    })
    .await
    .unwrap();
}

#[actix_web::test]
async fn what_does_not_fit_in_9000_rows_goes_with_the_next_file() {
    let ground = known().await;
    fill(&ground, 9_001, 1).await;
    let first = ground.make().await;
    assert_eq!((first.rows, first.waiting), (9_000, 1));
    assert_eq!(ground.rows(&first).await.len(), 9_000);
    ground.all_taken(first.batch.unwrap()).await.unwrap();
    let second = ground.make().await;
    assert_eq!((second.rows, second.waiting), (1, 0));
    let mut sent = services_of(&ground, &first).await;
    sent.extend(services_of(&ground, &second).await);
    sent.sort_unstable();
    sent.dedup();
    assert_eq!(sent.len(), 9_001);
    assert_eq!(ground.counts().await, [0, 1, 9_000, 0, 0]);
}

#[actix_web::test]
async fn the_people_of_a_service_are_in_one_file() {
    let ground = known().await;
    // 1,286 services of seven people are 9,002 rows: the last one does not fit.
    fill(&ground, 1_286, 7).await;
    let first = ground.make().await;
    assert_eq!((first.rows, first.waiting), (8_995, 7));
    let rows = ground.rows(&first).await;
    assert_eq!(reader::identity(&rows[0]), reader::identity(&rows[6]));
    ground.all_taken(first.batch.unwrap()).await.unwrap();
    assert_eq!(ground.make().await.rows, 7);
}
