//! Where the chain stands, and checkpoints of it.
//!
//! Who can write in the database can change a row and make every hash after it anew. A checkpoint
//! says where the chain stood, sealed by a key that is not in the database; `serve` makes one every
//! hour and logs it, so that it can be kept outside too.

use std::fmt;

use sea_orm::ActiveValue::Set;
use sea_orm::{DbErr, EntityTrait, QueryOrder};
use time::OffsetDateTime;

use crate::db::entities::{audit_checkpoints, audit_head};
use crate::db::{self, Db, instant};

use super::HEAD;
use super::chain::BEGINNING;

/// Seals bytes with a key of the installation's.
pub type Sealer<'a> = &'a (dyn Fn(&[u8]) -> Vec<u8> + Send + Sync);

/// A place of the chain: a sequence number, and the hash of its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// How many rows there are up to here.
    pub sequence: i64,
    /// The last one's hash.
    pub hash: Vec<u8>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.sequence)?;
        self.hash
            .iter()
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::str::FromStr for Place {
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
pub async fn head(db: &Db) -> Result<Place, DbErr> {
    let head = audit_head::Entity::find_by_id(HEAD).one(db.read()).await?;
    let head = head.ok_or_else(|| DbErr::RecordNotFound("the head of the audit".to_owned()))?;
    Ok(Place {
        sequence: head.sequence,
        hash: head.hash,
    })
}

/// Keeps where the chain stands, sealed, unless the last checkpoint is there already. Returns the
/// place, and logs it.
///
/// # Errors
/// The database's.
pub async fn checkpoint(db: &Db, seal: Sealer<'_>, now: OffsetDateTime) -> Result<Place, DbErr> {
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
        row.seal = seal(&sealed(&row));
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
