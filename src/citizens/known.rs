//! A codice fiscale that somebody writes into a record: whose it is, as far as they may be told.
//!
//! A person of the writer's own points is told; anybody else is brought along ([`super::bring`]), in
//! the same words and counted, so that nothing tells who is known elsewhere before that.

use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect};
use time::OffsetDateTime;

use crate::db::entities::citizens;
use crate::domain::field::FieldError;
use crate::domain::ids::{AccountId, CitizenId, PointId};

use super::record::Checked;
use super::register::RecordError;
use super::{bring, follow};

/// The key of what is said to whoever has brought as many people as one may in a day.
pub const ENOUGH: &str = "citizen-enough-today";

/// What became of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registered {
    /// A new record.
    New(CitizenId),
    /// Somebody known elsewhere: the point follows them from now on ([`bring`]).
    Brought(CitizenId),
}

impl Registered {
    /// Whose record it is.
    #[must_use]
    pub const fn id(self) -> CitizenId {
        match self {
            Self::New(id) | Self::Brought(id) => id,
        }
    }
}

/// What became of a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corrected {
    /// It was written.
    Done,
    /// The codice fiscale is that of somebody known elsewhere, whom the point follows from now on;
    /// nothing was written.
    Brought(CitizenId),
}

/// Whether somebody may bring as many people as they like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// So many a day.
    Day,
    /// Whoever runs the installation moves a point's own list.
    None,
}

/// What is to be known of a codice fiscale that is new to a facilitator's points.
pub(super) enum Known {
    Nowhere,
    /// At other points only.
    Elsewhere(CitizenId),
}

/// Who has a codice fiscale, as far as a facilitator may be told: nothing before they have brought
/// one person more.
pub(super) async fn known_as(
    tx: &DatabaseTransaction,
    digest: &[u8],
    point: PointId,
    (by, bound): (AccountId, Bound),
    now: OffsetDateTime,
) -> Result<Known, RecordError> {
    let there = holder(tx, digest).await?;
    if let Some(there) = there {
        let own = match follow::points_of(tx, by).await? {
            None => true,
            Some(mut own) => {
                own.push(point);
                follow::access(tx, there, &own).await?.is_some()
            }
        };
        if own {
            return Err(RecordError::Exists(there));
        }
    }
    if bound == Bound::Day && bring::enough_in(tx, by, now).await? {
        let fault = FieldError::new("codice_fiscale", ENOUGH);
        return Err(RecordError::Invalid(vec![fault]));
    }
    Ok(there.map_or(Known::Nowhere, Known::Elsewhere))
}

pub(super) async fn bring_in(
    tx: &DatabaseTransaction,
    citizen: CitizenId,
    point: PointId,
    checked: &Checked,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let written = |name: &Option<String>| name.clone().unwrap_or_default();
    let (first, last) = (written(&checked.first_name), written(&checked.last_name));
    bring::follow_in(tx, citizen, point, (&first, &last), by, now).await
}

pub(super) async fn holder(
    tx: &DatabaseTransaction,
    digest: &[u8],
) -> Result<Option<CitizenId>, DbErr> {
    citizens::Entity::find()
        .select_only()
        .column(citizens::Column::Id)
        .filter(citizens::Column::CfDigest.eq(digest.to_vec()))
        .into_tuple()
        .one(tx)
        .await
}
