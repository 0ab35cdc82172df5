//! A codice fiscale that somebody writes into a record: whose it is, as far as they may be told.
//!
//! A person of the writer's own points is told; anybody else is brought along ([`super::bring`]), in
//! the same words and counted ([`super::written`]), so that nothing tells who is known elsewhere
//! before that.

use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect};
use time::OffsetDateTime;

use crate::db::entities::citizens;
use crate::domain::field::FieldError;
use crate::domain::ids::{AccountId, CitizenId, PointId};

use super::record::CheckedDetails;
use super::register::RecordError;
use super::{bring, follow, written};

/// The key of what is said to whoever has written as many codes as one may in a day.
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

/// Whether somebody may write as many codes as they like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// So many a day.
    Day,
    /// Whoever runs the installation moves a point's own list.
    None,
}

/// Where a code is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    /// Into a new record of a point.
    New(PointId),
    /// Into a record that is there.
    Correction,
}

/// What is to be known of a codice fiscale that is new to a facilitator's points.
pub(super) enum KnownCode {
    Nowhere,
    /// At other points only.
    Elsewhere(CitizenId),
}

/// Who has a codice fiscale, as far as a facilitator may be told: nothing before it is counted.
/// Only somebody whom their points follow already is named without that.
pub(super) async fn known_as(
    tx: &DatabaseTransaction,
    digest: &[u8],
    writing: Writing,
    (by, bound): (AccountId, Bound),
    now: OffsetDateTime,
) -> Result<KnownCode, RecordError> {
    let known = who_has(tx, digest, writing, by).await?;
    let everybody = follow::points_of(tx, by).await?.is_none();
    let counts = writing == Writing::Correction || matches!(known, KnownCode::Elsewhere(_));
    if bound == Bound::Day && !everybody && !written::room_in(tx, by, counts, now).await? {
        let fault = FieldError::new("codice_fiscale", ENOUGH);
        return Err(RecordError::Invalid(vec![fault]));
    }
    Ok(known)
}

/// [`known_as`] for a code that is counted already.
pub(super) async fn who_has(
    tx: &DatabaseTransaction,
    digest: &[u8],
    writing: Writing,
    by: AccountId,
) -> Result<KnownCode, RecordError> {
    let Some(there) = holder(tx, digest).await? else {
        return Ok(KnownCode::Nowhere);
    };
    let Some(mut own) = follow::points_of(tx, by).await? else {
        return Err(RecordError::Exists(there));
    };
    // Whoever runs the installation has no points, and imports for one.
    if let Writing::New(point) = writing {
        own.push(point);
    }
    match follow::access(tx, there, &own).await? {
        Some(_) => Err(RecordError::Exists(there)),
        None => Ok(KnownCode::Elsewhere(there)),
    }
}

pub(super) async fn bring_in(
    tx: &DatabaseTransaction,
    citizen: CitizenId,
    point: PointId,
    checked: &CheckedDetails,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    let written = |name: &Option<String>| name.clone().unwrap_or_default();
    let (first, last) = (written(&checked.first_name), written(&checked.last_name));
    bring::follow_in(tx, citizen, point, (&first, &last), by, now).await
}

async fn holder(tx: &DatabaseTransaction, digest: &[u8]) -> Result<Option<CitizenId>, DbErr> {
    citizens::Entity::find()
        .select_only()
        .column(citizens::Column::Id)
        .filter(citizens::Column::CfDigest.eq(digest.to_vec()))
        .into_tuple()
        .one(tx)
        .await
}
