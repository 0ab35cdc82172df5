//! A person known at another point, who is at this one now: their record comes along, for a
//! facilitator who has the health card in hand.

use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::sea_query::LockType;
use sea_orm::{ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use time::OffsetDateTime;

use crate::db::audit::{Act, note};
use crate::db::entities::citizens;
use crate::db::{self, Db, instant};
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::ids::{AccountId, CitizenId, PointId};

use super::record::folded;
use super::vault::Vault;

/// What a health card says of its holder.
#[derive(Clone)]
pub struct HealthCard {
    /// All 16 characters.
    pub codice_fiscale: CodiceFiscale,
    /// As printed; case and accents do not matter.
    pub first_name: String,
    /// As printed.
    pub last_name: String,
}

/// Moves the record of a health card's holder to a point, whose facilitator follows them from now
/// on. `None` where the names are not those on record, or nobody has the code: no more is told, and
/// a try at somebody's record is remembered in the audit.
///
/// # Errors
/// The database's.
pub async fn bring(
    db: &Db,
    vault: &Vault,
    card: &HealthCard,
    to: PointId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Option<CitizenId>, DbErr> {
    let digest = vault.find_by(&card.codice_fiscale);
    let named = folded(&format!("{} {}", card.last_name, card.first_name));
    db::write(db, async move |tx| {
        let row = citizens::Entity::find()
            .filter(citizens::Column::CfDigest.eq(digest))
            .lock(LockType::NoKeyUpdate)
            .one(tx)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let same = row.last_first == named;
        if same && row.point_id == to {
            return Ok(Some(row.id));
        }
        let detail = format!("from point {} to point {to}", row.point_id);
        let act = Act {
            by: Some(by),
            action: if same {
                "citizen-brought"
            } else {
                "citizen-not-brought"
            },
            subject: "citizen",
            id: row.id.0,
            detail: &detail,
        };
        note(tx, act, now).await?;
        if !same {
            return Ok(None);
        }
        let change = citizens::ActiveModel {
            id: Unchanged(row.id),
            point_id: Set(to),
            registered_by: Set(by),
            updated_at: Set(instant(now)),
            ..Default::default()
        };
        change.update(tx).await?;
        Ok(Some(row.id))
    })
    .await
}
