//! What stands still since a record lacks something: how many, whose, and why.

use autonomia::citizens::Details;
use autonomia::citizens::lacking::Lacking;
use autonomia::db;
use autonomia::db::entities::citizens;
use autonomia::learning::registration;
use autonomia::network::facilita::batch::{self, Order};
use autonomia::network::facilita::standing::{self, HeldRecords, PointHeld};
use autonomia::network::facilita::{held, state};
use autonomia::network::point;
use autonomia::network::programme::Programme;
use autonomia::network::rebuild::rebuild;
use autonomia::network::verify::{Difference, verify};
use sea_orm::sea_query::Expr;
use sea_orm::{DbErr, EntityTrait as _};

use super::{BORN, known, whole};
use crate::ground::{Ground, NOW, TODAY};

async fn standing(ground: &Ground) -> (u64, u64) {
    let own = [ground.points[0]];
    let found = standing::of_points(&ground.db, Some(&own)).await.unwrap();
    let HeldRecords { records, services } = found;
    let point = standing::by_point(&ground.db, ground.programme.id)
        .await
        .unwrap();
    let sums = point.iter().fold((0, 0), |sum, one| {
        (sum.0 + one.standing.records, sum.1 + one.standing.services)
    });
    assert_eq!(sums, (records, services));
    assert_eq!(verify(&ground.db).await.unwrap(), []);
    (records, services)
}

#[actix_web::test]
async fn a_record_that_lacks_something_holds_up_its_services_until_it_is_there() {
    let ground = known().await;
    let bare = Details {
        codice_fiscale: None,
        birth_date: None,
        ..whole(BORN, 1)
    };
    let bare = ground.register(bare).await.unwrap();
    let half = Details {
        province: None,
        occupation: None,
        ..whole(BORN, 2)
    };
    let half = ground.register(half).await.unwrap();
    let fine = ground.whole(BORN, 3).await;
    assert_eq!(standing(&ground).await, (2, 0));
    let mut services = Vec::new();
    for (title, people) in [
        ("SPID", vec![half]),
        ("CIE", vec![half, fine]),
        ("pagoPA", vec![half, bare]),
    ] {
        let new = ground.service(title, &people);
        services.push(ground.record(new).await.unwrap().service);
    }
    assert_eq!(standing(&ground).await, (2, 4));
    assert_eq!(ground.never_sent().await, (1, 4));
    let page = async |at| {
        let own = [ground.points[0]];
        let rows = standing::list(&ground.db, &own, (at, 1)).await.unwrap();
        let first = rows.into_iter().next();
        first.map(|row| (row.citizen, row.lacking, row.services))
    };
    let lacks = vec![Lacking::Occupation, Lacking::Province];
    assert_eq!(page(0).await, Some((half, lacks, 3)), "most services first");
    assert_eq!(page(1).await, Some((bare, vec![Lacking::CodiceFiscale], 1)));
    assert_eq!(page(2).await, None);
    // Each service says why, of whom.
    let (db, vault) = (&ground.db, &ground.vault);
    let why = held::of_services(db, vault, &services, TODAY)
        .await
        .unwrap();
    let keys = |person| {
        let reasons: &Vec<_> = &why[&(services[2], person)];
        reasons
            .iter()
            .map(|reason| reason.key())
            .collect::<Vec<_>>()
    };
    assert_eq!((why.len(), keys(half)), (4, vec!["occupation", "province"]));
    assert_eq!(keys(bare), ["no-code"]);
    let mine = held::of_citizen(db, vault, half, TODAY).await.unwrap();
    assert_eq!((mine.len(), mine[0].title.as_str()), (3, "pagoPA"));

    // A voided service is not to be sent, and holds up nothing.
    ground.void(services[0]).await.unwrap();
    assert_eq!(
        (standing(&ground).await, ground.never_sent().await),
        ((2, 3), (1, 3))
    );
    let complete = Details {
        occupation: Some("A".to_owned()),
        province: Some("Bari".to_owned()),
        ..Details::default()
    };
    let by = ground.facilitator;
    registration::correct(db, vault, half, complete, by, NOW)
        .await
        .unwrap();
    assert_eq!(
        (standing(&ground).await, ground.never_sent().await),
        ((1, 1), (3, 1))
    );
    let made = ground.make().await;
    assert_eq!((made.rows, made.held_back.len()), (3, 1));
    assert_eq!(
        (standing(&ground).await, ground.never_sent().await),
        ((1, 1), (0, 1))
    );
    // Cleared again, after it was sent: the next one stands still.
    let nothing = Details {
        province: Some(String::new()),
        ..Details::default()
    };
    registration::correct(db, vault, half, nothing, by, NOW)
        .await
        .unwrap();
    assert_eq!(standing(&ground).await, (2, 1));
    ground
        .record(ground.service("App IO", &[half]))
        .await
        .unwrap();
    assert_eq!(standing(&ground).await, (2, 2));
}

/// The tile, the trial of a file, the records to complete and the desks count the same: what a record
/// lacks, and what else.
pub(crate) async fn what_stands_still_is_one_number(ground: &Ground, programme: &Programme) {
    let (db, vault) = (&ground.db, &ground.vault);
    let counts = state::counts(db, vault, programme, NOW).await.unwrap();
    assert!(counts.held > 100 && counts.rejected > 0, "{counts:?}");
    let (from, to) = state::days(db, programme).await.unwrap().unwrap();
    let order = Order {
        programme: programme.clone(),
        from,
        to,
        force: true,
    };
    let trial = batch::preview(db, vault, &order, NOW).await.unwrap();
    let refused = trial.held_back.iter().filter(|one| one.refused).count();
    let held = trial.held_back.len() - refused;
    assert_eq!(u64::try_from(held).unwrap(), counts.held);
    assert_eq!(trial.waiting, 0);
    let whole = standing::of_points(db, None).await.unwrap();
    assert_eq!(whole.services, counts.lacking);
    let by_point = standing::by_point(db, programme.id).await.unwrap();
    let sum = |of: fn(&PointHeld) -> u64| by_point.iter().map(of).sum::<u64>();
    assert_eq!(sum(|one| one.standing.services), whole.services);
    assert_eq!(sum(|one| one.standing.records), whole.records);
    let points = point::list(db.read(), Some(programme.id)).await.unwrap();
    let mut desks = (0, 0, 0);
    for point in points {
        let here = [point.id];
        let numbers = held::at_points(db, vault, &here, TODAY).await.unwrap();
        // A desk's tile is its list of records, added up over its pages.
        let tile = standing::of_points(db, Some(&here)).await.unwrap();
        let many = (0, tile.records.max(1));
        let list = standing::list(db, &here, many).await.unwrap();
        let listed: u64 = list.iter().map(|one| one.services).sum();
        assert_eq!((tile.records, tile.services), (list.len() as u64, listed));
        desks.0 += numbers.ready;
        desks.1 += numbers.others;
        desks.2 += tile.services;
    }
    let others = counts.held - counts.lacking;
    assert_eq!(desks, (counts.ready, others, counts.lacking));
}

#[actix_web::test]
async fn a_wrong_number_is_found_and_recounted() {
    let ground = known().await;
    let half = Details {
        citizenship: None,
        ..whole(BORN, 1)
    };
    let half = ground.register(half).await.unwrap();
    ground
        .record(ground.service("SPID", &[half]))
        .await
        .unwrap();
    for wrong in [None, Some(7)] {
        db::write(&ground.db, async move |tx| {
            citizens::Entity::update_many()
                .col_expr(citizens::Column::Held, Expr::value(wrong))
                .exec(tx)
                .await?;
            Ok::<_, DbErr>(())
        })
        .await
        .unwrap();
        let found = verify(&ground.db).await.unwrap();
        let expected = Difference::Held {
            citizen: half,
            kept: wrong,
            counted: Some(1),
        };
        assert_eq!(found, [expected]);
        assert_eq!(rebuild(&ground.db, NOW).await.unwrap(), []);
        assert_eq!(standing(&ground).await, (1, 1));
    }
}
