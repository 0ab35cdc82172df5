//! The ledger: what is recorded, voided and counted, once.

use autonomia::citizens::Details;
use autonomia::citizens::RecordError;
use autonomia::citizens::register::correct_in;
use autonomia::db;
use autonomia::domain::facilita::ServiceKind;
use autonomia::network::reached::settle_in;
use autonomia::network::service::ServiceError;
use autonomia::network::totals::TotalsFilter;
use autonomia::network::verify::verify;
use futures_util::future::join_all;
use time::Duration;
use time::macros::date;

use crate::ground::{Ground, NOW, TODAY, person};

#[actix_web::test]
async fn a_citizen_is_reached_once_and_a_service_recorded_once() {
    let ground = Ground::new().await;
    let ada = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let first = ground.record(ground.service("SPID", &[ada])).await.unwrap();
    assert_eq!(first.attendances, [(ada, true)]);
    // The same again, as a form sent twice.
    assert_eq!(
        ground.record(ground.service("SPID", &[ada])).await.unwrap(),
        first
    );
    let second = ground
        .record(ground.service("pagoPA", &[ada]))
        .await
        .unwrap();
    assert_eq!(second.attendances, [(ada, false)]);
    let totals = ground.totals().await;
    assert_eq!(
        (totals.citizens.reached, totals.citizens.target),
        (1, Some(100))
    );
    assert_eq!(
        (totals.services.total, totals.services.by_kind.individual),
        (2, 2)
    );
    assert_eq!(
        (totals.by_point.len(), totals.by_point[0].point.as_str()),
        (1, "BA-1")
    );
    assert_eq!(totals.by_month[0].month, "2026-11");
}

#[actix_web::test]
async fn who_does_not_count_attends_all_the_same() {
    let ground = Ground::new().await;
    let adult = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let young = ground
        .citizen(TODAY.replace_year(2008).unwrap() + Duration::DAY, 2)
        .await;
    let just = ground.citizen(TODAY.replace_year(2008).unwrap(), 3).await;
    let old = ground.citizen(TODAY.replace_year(1951).unwrap(), 4).await;
    let last = ground
        .citizen(TODAY.replace_year(1951).unwrap() + Duration::DAY, 5)
        .await;
    let unknown = Details {
        codice_fiscale: None,
        ..person(date!(1960 - 01 - 01), 6)
    };
    let unknown = ground.register(unknown).await.unwrap();
    let everybody = [adult, young, just, old, last, unknown];
    let recorded = ground
        .record(ground.service("Truffe", &everybody))
        .await
        .unwrap();
    let reached: Vec<_> = recorded
        .attendances
        .into_iter()
        .filter_map(|(citizen, new)| new.then_some(citizen))
        .collect();
    assert_eq!(reached, [adult, just, last]);
    assert_eq!(ground.sums().await, (3, 1));
}

#[actix_web::test]
async fn a_voided_service_leaves_the_totals_and_the_next_one_reaches() {
    let ground = Ground::new().await;
    let ada = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let first = ground.record(ground.service("SPID", &[ada])).await.unwrap();
    let mut later = ground.service("pagoPA", &[ada]);
    (later.day, later.point) = (date!(2026 - 10 - 05), ground.points[1]);
    let second = ground.record(later).await.unwrap();
    ground.void(first.service).await.unwrap();
    ground.void(first.service).await.unwrap();
    let totals = ground.totals().await;
    assert_eq!((totals.citizens.reached, totals.services.total), (1, 1));
    assert_eq!(
        (
            totals.by_point[0].point.as_str(),
            totals.by_point[0].citizens
        ),
        ("BA-2", 1)
    );
    assert_eq!(totals.by_month[0].month, "2026-10");
    ground.void(second.service).await.unwrap();
    let totals = ground.totals().await;
    assert_eq!((totals.citizens.reached, totals.services.total), (0, 0));
    assert!(totals.by_point.is_empty() && totals.by_month.is_empty());
    // What was voided may be recorded anew.
    let third = ground.record(ground.service("SPID", &[ada])).await.unwrap();
    assert_ne!(third.service, first.service);
    assert_eq!(ground.sums().await, (1, 1));
}

#[actix_web::test]
async fn what_cannot_be_a_service_is_refused_with_every_field() {
    let ground = Ground::new().await;
    let ada = ground.citizen(date!(1960 - 05 - 01), 1).await;
    let mut new = ground.service("SPID", &[ada, ada, ada]);
    new.kind = ServiceKind::Individual;
    new.day = date!(2027 - 01 - 01);
    (new.minutes, new.competences, new.domains) = (0, vec![14], Vec::new());
    new.citizens.push(autonomia::domain::ids::CitizenId::new());
    let Err(ServiceError::Invalid(faults)) = ground.record(new).await else {
        panic!("it was recorded");
    };
    let faults: Vec<_> = faults
        .iter()
        .map(|fault| (fault.field, fault.key))
        .collect();
    let expected = [
        ("date", "in-the-future"),
        ("date", "after-programme"),
        ("minutes", "not-a-duration"),
        ("competences", "not-a-choice"),
        ("domains", "required"),
        ("citizens", "only-one"),
        ("citizens", "unknown-citizen"),
    ];
    assert_eq!(faults, expected);
    let mut early = ground.service("SPID", &[]);
    early.day = date!(2025 - 12 - 31);
    assert!(matches!(ground.record(early).await, Err(ServiceError::Invalid(f)) if f.len() == 2));
    assert_eq!(ground.sums().await, (0, 0));
}

#[actix_web::test]
async fn a_codice_fiscale_that_comes_later_reaches_by_what_was_attended() {
    let ground = Ground::new().await;
    let details = person(date!(1960 - 05 - 01), 1);
    let without = Details {
        codice_fiscale: None,
        ..details.clone()
    };
    let ada = ground.register(without).await.unwrap();
    ground.record(ground.service("SPID", &[ada])).await.unwrap();
    assert_eq!(ground.sums().await, (0, 1));
    let (vault, by) = (ground.vault.clone(), ground.facilitator);
    let code = Details {
        codice_fiscale: details.codice_fiscale,
        ..Details::default()
    };
    db::write(&ground.db, async move |tx| {
        correct_in(tx, &vault, ada, &code, by, NOW).await?;
        settle_in(tx, ada).await?;
        Ok::<_, RecordError>(())
    })
    .await
    .unwrap();
    assert_eq!(ground.sums().await, (1, 1));
}

#[actix_web::test]
async fn services_recorded_and_voided_at_once_leave_sums_that_agree() {
    let ground = Ground::new().await;
    let mut people = Vec::new();
    for number in 0..4 {
        people.push(ground.citizen(date!(1960 - 05 - 01), number).await);
    }
    let titles: Vec<_> = (0..6).map(|n| format!("Servizio {n}")).collect();
    let recorded = join_all((0..24).map(|n| {
        let title = &titles[n % 6];
        // Rows in different orders: the locks must not meet crosswise.
        let mut citizens = people.clone();
        citizens.rotate_left(n % 4);
        ground.record(ground.service(title, &citizens))
    }))
    .await;
    let mut services: Vec<_> = recorded.into_iter().map(|r| r.unwrap().service).collect();
    services.sort();
    services.dedup();
    assert_eq!(services.len(), 6, "each service once");
    assert_eq!(ground.sums().await, (4, 6));
    let voids = services[..5]
        .iter()
        .chain(&services[..5])
        .map(|service| ground.void(*service));
    for voided in join_all(voids).await {
        voided.unwrap();
    }
    assert_eq!(ground.sums().await, (4, 1));
    ground.void(services[5]).await.unwrap();
    assert_eq!(ground.sums().await, (0, 0));
}

#[actix_web::test]
async fn totals_of_some_days_add_up_to_the_whole() {
    let ground = Ground::new().await;
    let days = [
        date!(2026 - 01 - 31),
        date!(2026 - 02 - 01),
        date!(2026 - 02 - 28),
        date!(2026 - 03 - 01),
        date!(2026 - 03 - 15),
    ];
    for (number, day) in (0..).zip(days) {
        let who = ground.citizen(date!(1960 - 05 - 01), number).await;
        let mut new = ground.service("SPID", &[who]);
        new.day = day;
        ground.record(new).await.unwrap();
    }
    let of = async |from, to| {
        let totals = ground
            .totals_of(TotalsFilter {
                from,
                to,
                ..TotalsFilter::default()
            })
            .await;
        (
            totals.citizens.reached,
            totals.services.total,
            totals.by_month.len(),
        )
    };
    assert_eq!(of(None, None).await, (5, 5, 3));
    assert_eq!(
        of(Some(date!(2026 - 02 - 01)), Some(date!(2026 - 02 - 28))).await,
        (2, 2, 1)
    );
    assert_eq!(
        of(Some(date!(2026 - 01 - 31)), Some(date!(2026 - 03 - 01))).await,
        (4, 4, 3)
    );
    assert_eq!(
        of(Some(date!(2026 - 02 - 02)), Some(date!(2026 - 02 - 27))).await,
        (0, 0, 0)
    );
    assert_eq!(of(Some(date!(2026 - 03 - 02)), None).await, (1, 1, 1));
    assert_eq!(of(None, Some(date!(2026 - 03 - 14))).await, (4, 4, 3));
    let elsewhere = TotalsFilter {
        point: Some(ground.points[1]),
        ..TotalsFilter::default()
    };
    assert_eq!(ground.totals_of(elsewhere).await.services.total, 0);
}

#[actix_web::test]
async fn a_sum_that_was_tampered_with_is_found() {
    use autonomia::db::entities::{attendances, citizens_reached, tallies};
    use sea_orm::sea_query::Expr;
    use sea_orm::{DbErr, EntityTrait};

    let ground = Ground::new().await;
    let ada = ground.citizen(date!(1960 - 05 - 01), 1).await;
    ground.record(ground.service("SPID", &[ada])).await.unwrap();
    let found = async |step: &str| {
        let found = verify(&ground.db).await.unwrap();
        assert!(!found.is_empty(), "{step}");
        found.len()
    };
    db::write(&ground.db, async |tx| {
        let more = tallies::Entity::update_many();
        more.col_expr(tallies::Column::Services, Expr::value(7))
            .exec(tx)
            .await
    })
    .await
    .unwrap();
    assert_eq!(found("a tally").await, 1);
    db::write(&ground.db, async |tx| {
        let more = tallies::Entity::update_many();
        more.col_expr(tallies::Column::Services, Expr::value(1))
            .exec(tx)
            .await?;
        citizens_reached::Entity::delete_many().exec(tx).await
    })
    .await
    .unwrap();
    // Both tallies, the citizen, and the service that says it reached them.
    assert_eq!(found("a citizen reached").await, 4);
    db::write(&ground.db, async |tx| {
        attendances::Entity::delete_many().exec(tx).await?;
        Ok::<_, DbErr>(())
    })
    .await
    .unwrap();
    // One of them is the mark that a service of hers stands still.
    assert_eq!(found("an attendance").await, 3);
}
