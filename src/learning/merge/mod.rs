//! Two records of one person made one: services, learning, groups, cards and the record itself go
//! to the record that is kept, in one transaction with the totals. Nothing is lost: what cannot
//! move stays with the merged record, hidden, or is written down in [`Moved`]. Within a day it can
//! be undone.

mod card;
mod carry;
pub(super) mod learned;

use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use time::{Duration, OffsetDateTime};

use crate::accounts::session::learner_of_citizen_in;
use crate::citizens::Vault;
use crate::citizens::bring::{carry_in, leave_in};
use crate::citizens::follow::answers_for;
use crate::citizens::merge::{
    JoinedRecord, are_two_people, hide_in, join_in, lends_code, pair_in, part_in,
};
use crate::db::audit::{Act, Action, note};
use crate::db::entities::{citizens, merges};
use crate::db::{self, Db, instant};
use crate::domain::ids::{AccountId, CitizenId, MergeId, PointId};
use crate::domain::void::VoidReason;
use crate::network::reached::settle_all_in;

use super::LearningError;
use super::completion::count_pending_in;
use super::takeover::with_merged;
use super::theirs::{Parted, follow_in};

/// How long a merge can be undone.
pub const UNDO: Duration = Duration::days(1);

/// Why two records were not merged, or not parted again.
#[derive(Debug, Error)]
pub enum MergeError {
    /// No such record, or one that was merged already.
    #[error("no such record")]
    NotFound,
    /// A record with itself.
    #[error("a record cannot be merged with itself")]
    Same,
    /// Two verified codes, or two birth dates, that are not the same: correct one first.
    #[error("these are two people")]
    TwoPeople,
    /// The merged record is another point's, which would lose the person: it is to be kept, and the
    /// other one merged into it.
    #[error("the record of another point is to be kept")]
    KeepTheirs,
    /// The kept record is another point's, and would get a codice fiscale.
    #[error("the codice fiscale is for the record's own point to write")]
    CodeTheirs,
    /// Only the points of the two records part them again.
    #[error("the merge is for the records' own points to undo")]
    UndoTheirs,
    /// More than a day ago.
    #[error("the merge is older than a day")]
    TooLate,
    /// The kept record was merged again since: that one is to be undone first.
    #[error("a later merge is to be undone first")]
    LaterFirst,
    /// Somebody else was registered with the codice fiscale since.
    #[error("the codice fiscale is another record's by now")]
    CodeTaken,
    /// What was learned could not be counted.
    #[error(transparent)]
    Learning(#[from] LearningError),
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

impl From<serde_json::Error> for MergeError {
    fn from(error: serde_json::Error) -> Self {
        Self::Learning(error.into())
    }
}

/// A merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// Of the merge itself.
    pub id: MergeId,
    /// The record that stands.
    pub kept: CitizenId,
    /// The record that is hidden.
    pub merged: CitizenId,
    /// Until when it can be undone.
    pub until: OffsetDateTime,
}

/// Which card goes on working where both records have one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cards {
    /// The kept record's.
    #[default]
    OfKept,
    /// The merged record's.
    OfMerged,
}

/// What to give back.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Moved {
    record: JoinedRecord,
    carried: carry::Carried,
    learned: learned::LearnedMoves,
    /// The points that follow the kept record only since.
    #[serde(default)]
    points: Vec<PointId>,
}

/// [`merge_with`]; of two cards, the kept record's goes on.
///
/// # Errors
/// As there.
pub async fn merge(
    db: &Db,
    vault: &Vault,
    kept: CitizenId,
    merged: CitizenId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Merge, MergeError> {
    merge_with(db, vault, (kept, merged), Cards::default(), by, now).await
}

/// Makes the second record a part of the first. Again, it changes nothing. Only who answers for
/// the second gives it away: whoever follows a person would become the point that registered them
/// otherwise. A card goes along; where both have one, `cards` says which stops.
///
/// # Errors
/// [`MergeError::TwoPeople`] where they are; [`MergeError::KeepTheirs`] and
/// [`MergeError::CodeTheirs`] where another point is to do it; [`MergeError::NotFound`] where one is
/// no more.
pub async fn merge_with(
    db: &Db,
    vault: &Vault,
    (kept, merged): (CitizenId, CitizenId),
    cards: Cards,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Merge, MergeError> {
    if kept == merged {
        return Err(MergeError::Same);
    }
    let vault = vault.clone();
    db::write(db, async move |tx| {
        merge_in(tx, &vault, (kept, merged), cards, by, now).await
    })
    .await
}

async fn merge_in(
    tx: &DatabaseTransaction,
    vault: &Vault,
    (kept, merged): (CitizenId, CitizenId),
    cards: Cards,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Merge, MergeError> {
    let (to, from) = pair_in(tx, kept, merged)
        .await?
        .ok_or(MergeError::NotFound)?;
    if to.merged_into.is_some() || from.merged_into.is_some() {
        let same = standing(tx, kept).await?;
        let same = same.filter(|row| from.merged_into.is_some() && row.merged_id == merged);
        return same
            .map(|row| Merge::from(&row))
            .ok_or(MergeError::NotFound);
    }
    if are_two_people(&to, &from) {
        return Err(MergeError::TwoPeople);
    }
    if !answers_for(tx, by, from.point_id).await? {
        return Err(MergeError::KeepTheirs);
    }
    if lends_code(&to, &from) && !answers_for(tx, by, to.point_id).await? {
        return Err(MergeError::CodeTheirs);
    }
    let learner = learner_of_citizen_in(tx, kept, now).await?;
    let learned = learned::to(tx, merged, learner).await?;
    let record = join_in(tx, vault, &to, &from, now).await?;
    let mut carried = carry::to(tx, merged, kept, record.code, now).await?;
    card::to(tx, (kept, merged), cards, now, &mut carried).await?;
    settle_all_in(tx, &[kept, merged]).await?;
    hide_in(tx, merged, kept).await?;
    count_pending_in(tx, learner, now).await?;
    let points = carry_in(tx, &from, &to, by, now).await?;
    let moved = Moved {
        points,
        record,
        carried,
        learned,
    };
    let row = merges::ActiveModel {
        id: Set(MergeId::new()),
        kept_id: Set(kept),
        merged_id: Set(merged),
        moved: Set(serde_json::to_string(&moved)?),
        merged_by: Set(by),
        merged_at: Set(instant(now)),
        undone_by: Set(None),
        undone_at: Set(None),
    };
    let row = row.insert(tx).await?;
    audit(tx, Action::CitizensMerged, (kept, merged), by, now).await?;
    Ok(Merge::from(&row))
}

/// Parts two records again: each has what it had, and what came since stays with the kept one, as far
/// as it does not follow from what the other has.
/// Again, it changes nothing.
///
/// # Errors
/// [`MergeError::UndoTheirs`] for whoever answers for neither record; [`MergeError::TooLate`] after a
/// day, [`MergeError::LaterFirst`], [`MergeError::CodeTaken`].
pub async fn undo(
    db: &Db,
    vault: &Vault,
    merge: MergeId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), MergeError> {
    let vault = vault.clone();
    db::write(db, async move |tx| {
        undo_in(tx, &vault, merge, by, now).await
    })
    .await
}

async fn undo_in(
    tx: &DatabaseTransaction,
    vault: &Vault,
    merge: MergeId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), MergeError> {
    let none = || MergeError::NotFound;
    let row = merges::Entity::find_by_id(merge).one(tx).await?;
    let (kept, merged) = row
        .map(|row| (row.kept_id, row.merged_id))
        .ok_or_else(none)?;
    let (to, from) = pair_in(tx, kept, merged).await?.ok_or_else(none)?;
    // Under the lock: of two undoings at once, the second finds it undone.
    let row = merges::Entity::find_by_id(merge).one(tx).await?;
    let row = row.ok_or_else(none)?;
    if row.undone_at.is_some() {
        return Ok(());
    }
    if !may_undo(tx, &row, (to.point_id, from.point_id), by).await? {
        return Err(MergeError::UndoTheirs);
    }
    if now - row.merged_at > UNDO {
        return Err(MergeError::TooLate);
    }
    let last = standing(tx, kept).await?;
    if to.merged_into.is_some() || last.is_none_or(|last| last.id != merge) {
        return Err(MergeError::LaterFirst);
    }
    let moved: Moved = serde_json::from_str(&row.moved)?;
    if !part_in(tx, vault, &to, &from, &moved.record, now).await? {
        return Err(MergeError::CodeTaken);
    }
    let (kept_learner, merged_learner) = (
        learner_of_citizen_in(tx, kept, now).await?,
        learner_of_citizen_in(tx, merged, now).await?,
    );
    learned::back(tx, &moved.learned, kept_learner, merged_learner).await?;
    carry::back(tx, &moved.carried, kept, merged).await?;
    card::back(tx, &moved.carried, (kept, merged), now).await?;
    leave_in(tx, kept, &moved.points).await?;
    settle_all_in(tx, &[kept, merged]).await?;
    let sides = (
        with_merged(tx, kept_learner).await?,
        with_merged(tx, merged_learner).await?,
    );
    let parted = Parted {
        sides: [&sides.0, &sides.1],
        since: row.merged_at,
        modules: None,
        reason: VoidReason::MergeUndone,
        by: Some(by),
        now,
    };
    Box::pin(follow_in(tx, &parted)).await?;
    let change = merges::ActiveModel {
        id: Unchanged(merge),
        undone_by: Set(Some(by)),
        undone_at: Set(Some(instant(now))),
        ..Default::default()
    };
    change.update(tx).await?;
    audit(tx, Action::MergeUndone, (kept, merged), by, now).await?;
    Ok(())
}

/// Who answers for the kept record; or for the other one, unless the codice fiscale would go with it.
async fn may_undo<C: sea_orm::ConnectionTrait>(
    db: &C,
    merge: &merges::Model,
    (kept, merged): (PointId, PointId),
    by: AccountId,
) -> Result<bool, MergeError> {
    let moved: Moved = serde_json::from_str(&merge.moved)?;
    let own = !moved.record.code && answers_for(db, by, merged).await?;
    Ok(own || answers_for(db, by, kept).await?)
}

/// The last merge into a record, while somebody can undo it.
///
/// # Errors
/// The database's.
pub async fn undoable(
    db: &Db,
    kept: CitizenId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Option<Merge>, MergeError> {
    let Some(row) = standing(db.read(), kept).await? else {
        return Ok(None);
    };
    let point = async |citizen| {
        let row = citizens::Entity::find_by_id(citizen).one(db.read()).await?;
        row.map(|row| row.point_id).ok_or(MergeError::NotFound)
    };
    let points = (point(row.kept_id).await?, point(row.merged_id).await?);
    let merge = Merge::from(&row);
    let may = now <= merge.until && may_undo(db.read(), &row, points, by).await?;
    Ok(may.then_some(merge))
}

/// A merge by its id.
///
/// # Errors
/// The database's.
pub async fn by_id(db: &Db, merge: MergeId) -> Result<Option<Merge>, DbErr> {
    let row = merges::Entity::find_by_id(merge).one(db.read()).await?;
    Ok(row.map(|row| Merge::from(&row)))
}

/// The last merge into a record that was not undone.
async fn standing<C: sea_orm::ConnectionTrait>(
    db: &C,
    kept: CitizenId,
) -> Result<Option<merges::Model>, DbErr> {
    merges::Entity::find()
        .filter(merges::Column::KeptId.eq(kept))
        .filter(merges::Column::UndoneAt.is_null())
        .order_by_desc(merges::Column::Id)
        .one(db)
        .await
}

impl From<&merges::Model> for Merge {
    fn from(row: &merges::Model) -> Self {
        Self {
            id: row.id,
            kept: row.kept_id,
            merged: row.merged_id,
            until: row.merged_at + UNDO,
        }
    }
}

async fn audit(
    tx: &DatabaseTransaction,
    action: Action,
    (kept, merged): (CitizenId, CitizenId),
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), DbErr> {
    for (citizen, other) in [(kept, merged), (merged, kept)] {
        let act = Act {
            by: Some(by),
            action,
            subject: "citizen",
            id: citizen.0,
            detail: &format!("with {other}"),
        };
        note(tx, act, now).await?;
    }
    Ok(())
}
