//! What cards have to do with a person whom several points follow: their own card, used at the
//! desk, opens the record; a point that is told to stop has its cards stopped.

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use time::OffsetDateTime;

use crate::citizens::Vault;
use crate::citizens::bring::{Opening, end_in, open_in};
use crate::db::entities::cards;
use crate::db::{self, Db};
use crate::domain::ids::{AccountId, CitizenId, PointId};

use super::SignInError;
use super::card::{self, CardTry};

/// Lets a point see a person's record: the person typed their PIN at its desk.
///
/// # Errors
/// [`SignInError`] as at the door, also for somebody else's card.
pub async fn open_with_card(
    db: &Db,
    vault: &Vault,
    (citizen, point): (CitizenId, PointId),
    tried: CardTry<'_>,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), SignInError> {
    let holder = card::verify(db, vault, tried, now).await?;
    if holder.citizen != citizen {
        return Err(SignInError::Wrong);
    }
    db::write(db, async move |tx| {
        open_in(tx, citizen, point, Opening::Card, by, now).await?;
        Ok(())
    })
    .await
}

/// Lets a point see a person's record: whoever answers for the person agrees.
///
/// # Errors
/// The database's.
pub async fn agree(
    db: &Db,
    (citizen, point): (CitizenId, PointId),
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    db::write(db, async move |tx| {
        open_in(tx, citizen, point, Opening::Agreed, by, now).await?;
        Ok(())
    })
    .await
}

/// Has a point follow a person no more, and stops the cards it printed for them, with the sessions
/// they opened. Again, it changes nothing.
///
/// # Errors
/// The database's.
pub async fn object(
    db: &Db,
    (citizen, point): (CitizenId, PointId),
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    db::write(db, async move |tx| {
        if !end_in(tx, citizen, point, by, now).await? {
            return Ok(());
        }
        let printed = cards::Entity::find()
            .filter(cards::Column::CitizenId.eq(citizen))
            .filter(cards::Column::PointId.eq(point))
            .filter(cards::Column::RevokedAt.is_null())
            .all(tx)
            .await?;
        card::stop_in(tx, printed, now).await?;
        Ok(())
    })
    .await
}
