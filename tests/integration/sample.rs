//! The sample network: invented, and as sound as a real one.

use autonomia::network::totals::{self, Filter};
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
    let totals = totals::of(&ground.db, &made.programme, Filter::default(), NOW);
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
    assert!(matches!(fill().await, Err(SampleError::Exists)));
}
