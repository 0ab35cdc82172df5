//! Where the chain stands, and checkpoints of it: where it stood once, under a seal. `serve` makes
//! one every hour and logs it, so that it can be kept outside too.

use std::fmt;

use sea_orm::ActiveValue::Set;
use sea_orm::{DbErr, EntityTrait, QueryOrder};
use time::OffsetDateTime;

use crate::db::entities::{audit_checkpoints, audit_head};
use crate::db::{self, Db, instant};

use super::chain::BEGINNING;
use super::seal::{self, SealState, Sealer};
use super::{Act, Action, HEAD};

/// A place of the chain: a sequence number, and the hash of its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainPlace {
    /// How many rows there are up to here.
    pub sequence: i64,
    /// The last one's hash.
    pub hash: Vec<u8>,
}

impl fmt::Display for ChainPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.sequence)?;
        self.hash
            .iter()
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::str::FromStr for ChainPlace {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FORM: &str = "a place of the chain is a number, a colon and 64 hexadecimal digits";
        let (sequence, hex) = text.split_once(':').ok_or(FORM)?;
        let byte = |at: usize| {
            let digits = hex.get(at..at + 2);
            digits.and_then(|digits| u8::from_str_radix(digits, 16).ok())
        };
        let hash: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(byte).collect();
        let hash = hash.filter(|hash| hash.len() == BEGINNING.len());
        Ok(Self {
            sequence: sequence.parse().map_err(|_| FORM)?,
            hash: hash.ok_or(FORM)?,
        })
    }
}

/// Where the chain ends, by the database's own word.
///
/// # Errors
/// The database's.
pub async fn head(db: &Db) -> Result<ChainPlace, DbErr> {
    let head = head_row(db).await?;
    Ok(ChainPlace {
        sequence: head.sequence,
        hash: head.hash,
    })
}

pub(super) async fn head_row(db: &Db) -> Result<audit_head::Model, DbErr> {
    let head = audit_head::Entity::find_by_id(HEAD).one(db.read()).await?;
    head.ok_or_else(|| DbErr::RecordNotFound("the head of the audit".to_owned()))
}

/// Keeps where the chain stands, sealed, unless the last checkpoint is there already. Returns the
/// place, and logs it.
///
/// # Errors
/// The database's, and where the seal of the chain does not fit: what is wrong is not sealed.
pub async fn checkpoint(db: &Db, now: OffsetDateTime) -> Result<ChainPlace, DbErr> {
    let sealer = sealer(db)?;
    sealed_head(db, sealer, now).await?;
    let place = head(db).await?;
    let last = audit_checkpoints::Entity::find()
        .order_by_desc(audit_checkpoints::Column::Number)
        .one(db.read())
        .await?;
    let known = last
        .as_ref()
        .is_some_and(|last| (last.sequence, &last.hash) == (place.sequence, &place.hash));
    if !known {
        let mut row = audit_checkpoints::Model {
            number: last.map_or(0, |last| last.number) + 1,
            at: instant(now),
            sequence: place.sequence,
            hash: place.hash.clone(),
            seal: Vec::new(),
        };
        row.seal = sealer.seal(&sealed(&row));
        db::write::trace(db, async move |tx| {
            let row = audit_checkpoints::ActiveModel {
                number: Set(row.number),
                at: Set(row.at),
                sequence: Set(row.sequence),
                hash: Set(row.hash),
                seal: Set(row.seal),
            };
            // Another process may have made this one a moment ago.
            db::insert_new(tx, row).await.map(drop)
        })
        .await?;
    }
    tracing::info!(head = %place, "the audit stands here");
    Ok(place)
}

/// Seals an audit that is new, so that it has a seal from its first row.
///
/// # Errors
/// The database's.
pub async fn begin(db: &Db, now: OffsetDateTime) -> Result<(), DbErr> {
    match head_row(db).await?.sequence {
        0 => sealed_head(db, sealer(db)?, now).await,
        _ => Ok(()),
    }
}

/// The key that `db` was given to seal with.
pub(super) fn sealer(db: &Db) -> Result<&Sealer, DbErr> {
    let none = || DbErr::Custom("the audit is sealed with the keys, and there are none".to_owned());
    db.sealer().ok_or_else(none)
}

/// Has the head sealed. The first time, that becomes a row of the audit: it is seen where somebody
/// took the seal away.
async fn sealed_head(db: &Db, sealer: &Sealer, now: OffsetDateTime) -> Result<(), DbErr> {
    let head = head_row(db).await?;
    let sealer = sealer.clone();
    match seal::state(db.read(), &head, &sealer).await? {
        SealState::Whole => Ok(()),
        SealState::Behind => {
            db::write::trace(db, async move |tx| seal::cover(tx, &sealer).await).await
        }
        SealState::Never => {
            if head.sequence > 0 {
                let rows = head.sequence;
                tracing::warn!(
                    rows,
                    "the audit had no seal; that is so once, after an update"
                );
            }
            let act = Act {
                by: None,
                action: Action::AuditSealed,
                subject: "audit",
                id: uuid::Uuid::nil(),
                detail: &head.sequence.to_string(),
            };
            let row = super::row(&act, super::context().as_deref(), now);
            db::write::trace(db, async move |tx| {
                super::append(tx, vec![row], None).await?;
                seal::cover(tx, &sealer).await
            })
            .await
        }
        SealState::Broken => Err(DbErr::Custom(
            "the audit does not fit its seal: `autonomia audit verify` says where".to_owned(),
        )),
    }
}

/// What the seal of a checkpoint is made of.
pub(super) fn sealed(row: &audit_checkpoints::Model) -> Vec<u8> {
    let micros = i64::try_from(row.at.unix_timestamp_nanos() / 1_000).unwrap_or(i64::MAX);
    let mut bytes = Vec::with_capacity(24 + row.hash.len());
    for number in [row.number, micros, row.sequence] {
        bytes.extend_from_slice(&number.to_be_bytes());
    }
    bytes.extend_from_slice(&row.hash);
    bytes
}
