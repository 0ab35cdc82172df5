//! The sample network: invented, and as sound as a real one.

use autonomia::citizens::bring::{DOCUMENTS, notices};
use autonomia::domain::role::Role;
use autonomia::network::totals::{self, TotalsFilter};
use autonomia::network::verify::verify;
use autonomia::sample::{self, SampleError, Size};

use crate::courses;
use crate::ground::{Ground, NOW};

#[actix_web::test]
async fn the_sample_network_agrees_with_its_ledger() {
    let ground = Ground::new().await;
    let size = Size {
        citizens: 600,
        points: 40,
        days: 365,
    };
    let fill = || {
        let (db, vault) = (&ground.db, &ground.vault);
        sample::fill(
            db,
            vault,
            courses::catalogue(),
            "una password lunga",
            (size, 7),
            NOW,
        )
    };
    let made = fill().await.unwrap();
    assert_eq!(verify(&ground.db).await.unwrap(), []);
    let totals = totals::of(&ground.db, &made.programme, TotalsFilter::default(), NOW);
    let totals = totals.await.unwrap();
    assert!(
        (880..=900).contains(&totals.services.total) && totals.citizens.reached > 400,
        "{totals:?}"
    );
    assert!(totals.services.by_kind.online > 50, "{totals:?}");
    assert_eq!(
        (totals.by_point.len(), totals.citizens.target),
        (40, Some(183_000))
    );
    // Somebody went from each of the first two points to the other, and is asked about.
    let facilitators: Vec<_> = made
        .staff
        .iter()
        .filter(|one| one.role == Role::Facilitator)
        .collect();
    let [first, second] = facilitators.as_slice() else {
        panic!("two facilitators enter: {facilitators:?}");
    };
    assert_ne!(first.point, second.point);
    let asked = notices(&ground.db, Some(&[made.point.id])).await.unwrap();
    let asked: Vec<_> = asked
        .iter()
        .map(|one| (Some(&one.point_name), one.document.as_deref()))
        .collect();
    assert_eq!(asked, [(second.point.as_ref(), Some(DOCUMENTS[0]))]);
    let office = notices(&ground.db, None).await.unwrap();
    assert_eq!(office.len(), 2);
    assert!(
        office
            .iter()
            .any(|one| Some(&one.point_name) == first.point.as_ref())
    );
    assert!(matches!(fill().await, Err(SampleError::Exists)));
}
