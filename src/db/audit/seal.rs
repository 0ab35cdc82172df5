//! The seal of the chain's end.
//!
//! Who can write in the database can change a row, or cut some off, and make every hash after it
//! anew. So where the chain ends is sealed with each row by a key that is not in the database.
//!
//! Commands without the keys append behind the seal, and the next row that is written with keys
//! covers theirs. A seal that does not fit is never made anew, so that what broke it stays to be
//! seen. Whoever kept a copy of the whole database can still put it back in its place: only a
//! [`Place`](super::place::ChainPlace) that was kept outside tells that.

use std::fmt;
use std::sync::Arc;

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel,
    QuerySelect,
};

use crate::db::entities::{audit, audit_head};

use super::chain::BEGINNING;

type Seal = dyn Fn(&[u8]) -> Vec<u8> + Send + Sync;

/// Seals bytes with a key of the installation's.
#[derive(Clone)]
pub struct Sealer(Arc<Seal>);

impl Sealer {
    /// From what signs with the key.
    pub fn new(seal: impl Fn(&[u8]) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self(Arc::new(seal))
    }

    pub(super) fn seal(&self, bytes: &[u8]) -> Vec<u8> {
        (self.0)(bytes)
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer")
    }
}

/// How the seal stands to the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealState {
    /// There is none: no program with keys has looked after this audit yet.
    Never,
    /// It covers everything.
    Whole,
    /// It covers all but the last rows, which commands without keys wrote.
    Behind,
    /// It is not the one that the program made here.
    Broken,
}

impl SealState {
    pub(super) const fn fits(self) -> bool {
        matches!(self, Self::Whole | Self::Behind)
    }
}

/// What the seal of the head is made of.
pub(super) fn of_head(sequence: i64, hash: &[u8]) -> Vec<u8> {
    [&sequence.to_be_bytes(), hash].concat()
}

/// How the seal stands, by the word of the row that it covers last.
pub(super) async fn state(
    db: &impl ConnectionTrait,
    head: &audit_head::Model,
    sealer: &Sealer,
) -> Result<SealState, DbErr> {
    let Some(seal) = &head.seal else {
        return Ok(SealState::Never);
    };
    let sequence = head.sealed_sequence;
    let hash = match sequence {
        0 => Some(BEGINNING.to_vec()),
        _ if sequence == head.sequence => Some(head.hash.clone()),
        _ => {
            audit::Entity::find_by_id(sequence)
                .select_only()
                .column(audit::Column::Hash)
                .into_tuple()
                .one(db)
                .await?
        }
    };
    Ok(match hash {
        Some(hash) if sealer.seal(&of_head(sequence, &hash)) == *seal => {
            match sequence == head.sequence {
                true => SealState::Whole,
                false => SealState::Behind,
            }
        }
        _ => SealState::Broken,
    })
}

/// Seals the chain as it stands.
pub(super) async fn cover(tx: &DatabaseTransaction, sealer: &Sealer) -> Result<(), DbErr> {
    let head = super::hold_head(tx).await?;
    let seal = sealer.seal(&of_head(head.sequence, &head.hash));
    let sequence = head.sequence;
    let mut head = head.into_active_model();
    head.sealed_sequence = Set(sequence);
    head.seal = Set(Some(seal));
    head.update(tx).await.map(drop)
}
