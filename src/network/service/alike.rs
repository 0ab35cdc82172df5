//! Services that say what another says: the same sent twice, or in a table that was read before.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};

use crate::db::entities::services;
use crate::domain::ids::{CitizenId, ServiceId};
use crate::domain::text::line;

use super::{NewService, competences, domains, recorded};

/// A service that says what another says, of whomever.
pub(in crate::network) struct Alike {
    /// Which.
    pub(in crate::network) id: ServiceId,
    /// It is not voided.
    pub(in crate::network) stands: bool,
    people: BTreeSet<CitizenId>,
}

impl Alike {
    /// It has just the people of this one.
    pub(in crate::network) fn is_of(&self, new: &NewService) -> bool {
        self.people == new.citizens.iter().copied().collect()
    }

    /// It has some of them.
    pub(in crate::network) fn has_any_of(&self, new: &NewService) -> bool {
        new.citizens.iter().any(|one| self.people.contains(one))
    }
}

/// What says the same, in the order in which it was recorded; nothing that somebody learned.
pub(in crate::network) async fn alike(
    tx: &DatabaseTransaction,
    new: &NewService,
) -> Result<Vec<Alike>, DbErr> {
    let mut rows = services::Entity::find()
        .filter(services::Column::AccountId.eq(new.facilitator))
        .filter(services::Column::Day.eq(new.day))
        .filter(services::Column::PointId.eq(new.point))
        .filter(services::Column::Kind.eq(new.kind))
        .filter(services::Column::Minutes.eq(i32::from(new.minutes)))
        .filter(services::Column::Competences.eq(competences(new)))
        .filter(services::Column::Domains.eq(domains(new)))
        .filter(services::Column::Title.eq(line(&new.title)))
        .filter(services::in_person())
        .all(tx)
        .await?;
    rows.sort_unstable_by_key(|row| row.id);
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let there = recorded(tx, row.id).await?.attendances;
        all.push(Alike {
            id: row.id,
            stands: row.voided_at.is_none(),
            people: there.into_iter().map(|(citizen, _)| citizen).collect(),
        });
    }
    Ok(all)
}
