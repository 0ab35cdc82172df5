//! How fast the totals of a large network are read.

use std::time::Instant;

use autonomia::db;
use autonomia::db::entities::{people_tallies, tallies};
use autonomia::domain::facilita::{AgeBand, Gender, ServiceKind};
use autonomia::domain::ids::PointId;
use autonomia::network::point::{self, Point};
use autonomia::network::totals::Filter;
use autonomia::network::{public, totals};
use sea_orm::ActiveValue::Set;
use sea_orm::{DbErr, EntityTrait};

use crate::ground::{Ground, NOW};

/// The tallies of a network that is at work for two and a half years.
#[actix_web::test]
#[ignore = "it measures: run it by name"]
async fn the_totals_of_a_large_network_are_read_at_once() {
    let ground = Ground::new().await;
    let programme = ground.programme.id;
    db::write(&ground.db, async move |tx| {
        for number in 0..229_u64 {
            let code = format!("X-{number:03}");
            let province = format!("Provincia {}", number % 6);
            let place = ["Comune", province.as_str(), "Puglia"];
            point::create_in(tx, &Point::new(programme, &code, &code, place), NOW).await?;
        }
        Ok::<_, DbErr>(())
    })
    .await
    .unwrap();
    let points = point::list(ground.db.read(), Some(programme))
        .await
        .unwrap();
    let points: Vec<PointId> = points.iter().map(|point| point.id).collect();
    db::write(&ground.db, async move |tx| {
        for (number, point) in points.iter().enumerate() {
            let mut rows = Vec::new();
            for month in 0..30 {
                for (at, kind) in ServiceKind::ALL.iter().enumerate() {
                    let n = i64::try_from((number * 31 + month * 7 + at * 3) % 25).unwrap();
                    rows.push(tallies::ActiveModel {
                        programme_id: Set(programme),
                        point_id: Set(*point),
                        month: Set(format!("{}-{:02}", 2024 + month / 12, month % 12 + 1)),
                        kind: Set(*kind),
                        services: Set(n),
                        citizens: Set(n * 2 / 3),
                    });
                }
            }
            tallies::Entity::insert_many(rows)
                .exec_without_returning(tx)
                .await?;
            let people = AgeBand::ALL.iter().flat_map(|age| {
                Gender::ALL
                    .iter()
                    .map(move |gender| people_tallies::ActiveModel {
                        programme_id: Set(programme),
                        point_id: Set(*point),
                        age_band: Set(*age),
                        gender: Set(*gender),
                        citizens: Set(60),
                    })
            });
            people_tallies::Entity::insert_many(people)
                .exec_without_returning(tx)
                .await?;
        }
        Ok::<_, DbErr>(())
    })
    .await
    .unwrap();
    let mut times = Vec::new();
    for _ in 0..100 {
        let began = Instant::now();
        let filter = Filter::default();
        totals::of(&ground.db, &ground.programme, filter, NOW)
            .await
            .unwrap();
        times.push(began.elapsed());
    }
    times.sort();
    let began = Instant::now();
    public::of(&ground.db, &ground.programme, NOW)
        .await
        .unwrap();
    #[expect(clippy::print_stderr, reason = "it measures")]
    {
        eprintln!(
            "totals: median {:?}, p99 {:?}; public {:?}",
            times[50],
            times[98],
            began.elapsed()
        );
    }
}
