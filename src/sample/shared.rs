//! People whom two points follow: one of the first point who went to the second and is asked about,
//! and one of the second who came to the first, which does not see the record yet.

use std::sync::Arc;

use rand::rngs::StdRng;
use time::OffsetDateTime;

use crate::accounts::card::{self, Issued, Printer};
use crate::citizens::consent::{self, Agreed};
use crate::citizens::register::register;
use crate::citizens::{Details, bring};
use crate::db::audit::{self, Context, Through};
use crate::domain::calendar::rome_day;
use crate::domain::ids::{CitizenId, SessionId};
use crate::domain::role::Role;

use super::history::SampleDesk;
use super::rows::Network;
use super::{SampleError, people};

/// How old the one is who comes from the second point.
const YEARS: i32 = 57;

/// Registers the one who has a card, at the first point.
pub(super) async fn register_pupil(
    network: &Network<'_>,
    details: Details,
    desk: &SampleDesk,
    now: OffsetDateTime,
) -> Result<(CitizenId, Issued), SampleError> {
    let (db, vault) = (network.db, network.vault);
    let told = Agreed {
        notice: true,
        contact: false,
    };
    audit::within(acting(desk), async {
        let by = desk.facilitator;
        let pupil = register(db, vault, details, desk.point, by, now).await?;
        consent::record(db, pupil, told, by, now).await?;
        Ok((
            pupil,
            card::issue(db, vault, pupil, printer(desk), now).await?,
        ))
    })
    .await
}

/// Has the second point follow the pupil of the first, and the first somebody of the second; with
/// one point nobody has anywhere else to go.
pub(super) async fn follow(
    network: &Network<'_>,
    (pupil, details): (CitizenId, Details),
    random: &mut StdRng,
    now: OffsetDateTime,
) -> Result<(), SampleError> {
    let [first, second, ..] = network.desks else {
        return Ok(());
    };
    let mut other = people::born(random, people::birth_at_age(YEARS, rome_day(now)));
    other.province = Some(second.province.clone());
    let (db, vault) = (network.db, network.vault);
    for (desk, person) in [(second, &details), (second, &other), (first, &other)] {
        let (point, by) = (desk.point, desk.facilitator);
        let there = register(db, vault, person.clone(), point, by, now);
        audit::within(acting(desk), there).await?;
    }
    let (shown, by) = (bring::DOCUMENTS[0], second.facilitator);
    let stated = bring::state(db, pupil, second.point, shown, by, now);
    Ok(audit::within(acting(second), stated).await?)
}

/// What a card says of the desk that printed it.
pub(super) const fn printer(desk: &SampleDesk) -> Printer {
    Printer {
        account: desk.facilitator,
        point: desk.point,
        place: None,
    }
}

/// Whoever works at a desk, for the audit.
pub(super) fn acting(desk: &SampleDesk) -> Arc<Context> {
    let context = Context::new(Through::Page);
    context.entered(SessionId::new(), Some(desk.facilitator), None);
    context.acts_as(Role::Facilitator, vec![desk.point]);
    context
}
