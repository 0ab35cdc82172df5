//! Whether the chain is whole, and still the one of its checkpoints.

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Db;
use crate::db::entities::{audit, audit_checkpoints};
use crate::domain::calendar::rome_day;
use crate::domain::progress;

use super::chain::{BEGINNING, hash};
use super::guards;
use super::place::{self, ChainPlace, sealed};
use super::seal::{Sealer, of_head};

/// Rows that are read at once.
const AT_ONCE: u64 = 20_000;

/// What happened to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainFault {
    /// It says something else than when it was written.
    Changed,
    /// It is not there any more.
    Missing,
    /// It was not written by the program.
    Inserted,
    /// It stood elsewhere.
    Reordered,
    /// It is gone, and so is all that came after it.
    Cut,
    /// The chain is whole in itself, and is not the one that was: it was made anew, from this row
    /// on or before it.
    Rewritten,
}

impl ChainFault {
    /// One word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Inserted => "inserted",
            Self::Reordered => "reordered",
            Self::Cut => "cut at the end",
            Self::Rewritten => "rewritten",
        }
    }
}

/// The first row that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// Its place.
    pub sequence: i64,
    /// What happened.
    pub kind: ChainFault,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The end of the chain.
    pub head: ChainPlace,
    /// The checkpoints that agree.
    pub checkpoints: usize,
    /// Whether the end of the chain has a seal; without one, nothing says that rows were not cut.
    pub sealed: bool,
    /// The triggers that keep rows from being changed and are not there.
    pub unguarded: Vec<String>,
    /// `None` where everything fits.
    pub broken: Option<Broken>,
}

impl Verified {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.broken.is_none() && self.sealed && self.unguarded.is_empty()
    }
}

/// Recomputes the chain from its beginning, and compares it with its seal, with its checkpoints and
/// with a place that was kept `outside`.
///
/// # Errors
/// The database's, and where there is no key to compare seals with.
pub async fn verify(db: &Db, outside: Option<&ChainPlace>) -> Result<Verified, DbErr> {
    let sealer = place::sealer(db)?;
    let unguarded = guards::missing(db).await?;
    // First: what is appended meanwhile lies after it.
    let row = place::head_row(db).await?;
    let head = ChainPlace {
        sequence: row.sequence,
        hash: row.hash,
    };
    let (mut kept, mut broken) = checkpoints(db, sealer).await?;
    let checkpoints = kept.len();
    if let Some(outside) = outside {
        kept.entry(outside.sequence)
            .or_default()
            .push(outside.hash.clone());
    }
    let mut walk = Walk {
        db,
        kept: &kept,
        seal: row.seal.map(|seal| (row.sealed_sequence, seal)),
        sealer,
        at: ChainPlace {
            sequence: 0,
            hash: BEGINNING.to_vec(),
        },
    };
    let rows = |sequence: i64| usize::try_from(sequence).unwrap_or(0);
    let step = progress::begin("recomputing the audit's chain", rows(head.sequence));
    broken = broken.or_else(|| walk.unsealed());
    while broken.is_none() && walk.at.sequence < head.sequence {
        let before = walk.at.sequence;
        broken = walk.on(&head).await?;
        progress::advance(rows(walk.at.sequence - before));
    }
    drop(step);
    if broken.is_none() {
        broken = walk.end(&head).await?;
    }
    Ok(Verified {
        head,
        checkpoints,
        sealed: walk.seal.is_some(),
        unguarded,
        broken,
    })
}

/// The places of the checkpoints, unless one is not what the program made.
async fn checkpoints(
    db: &Db,
    sealer: &Sealer,
) -> Result<(BTreeMap<i64, Vec<Vec<u8>>>, Option<Broken>), DbErr> {
    let mut kept: BTreeMap<i64, Vec<Vec<u8>>> = BTreeMap::new();
    let rows = audit_checkpoints::Entity::find()
        .order_by_asc(audit_checkpoints::Column::Number)
        .all(db.read())
        .await?;
    for (number, row) in (1..).zip(rows) {
        if row.number != number || row.seal != sealer.seal(&sealed(&row)) {
            let kind = ChainFault::Rewritten;
            let sequence = row.sequence;
            return Ok((kept, Some(Broken { sequence, kind })));
        }
        kept.entry(row.sequence).or_default().push(row.hash);
    }
    Ok((kept, None))
}

#[derive(Clone)]
struct Walk<'a> {
    db: &'a Db,
    kept: &'a BTreeMap<i64, Vec<Vec<u8>>>,
    /// The last row that the seal covers, and the seal.
    seal: Option<(i64, Vec<u8>)>,
    sealer: &'a Sealer,
    /// The last row that fits.
    at: ChainPlace,
}

impl Walk<'_> {
    /// Goes on to the head, as far as one reading goes.
    async fn on(&mut self, head: &ChainPlace) -> Result<Option<Broken>, DbErr> {
        let rows = match self.rows(AT_ONCE).await {
            Ok(rows) => rows,
            // Perhaps a value that no row of the program has: one by one, it has a place.
            Err(_) => match self.rows(1).await {
                Ok(rows) => rows,
                Err(_) => {
                    place::head(self.db).await?;
                    return Ok(self.broken(ChainFault::Changed));
                }
            },
        };
        if rows.is_empty() {
            return Ok(self.broken(ChainFault::Cut));
        }
        for row in &rows {
            let next = self.at.sequence + 1;
            if row.sequence != next {
                return Ok(self.broken(ChainFault::Missing));
            }
            let right = hash(&self.at.hash, row);
            if row.hash != right || row.day != rome_day(row.at) {
                let kind = self.kind(row).await?;
                return Ok(self.broken(kind));
            }
            self.at = ChainPlace {
                sequence: next,
                hash: right,
            };
            if let Some(kept) = self.kept.get(&next)
                && kept.iter().any(|kept| *kept != self.at.hash)
            {
                return Ok(Some(Broken {
                    sequence: next,
                    kind: ChainFault::Rewritten,
                }));
            }
            if let Some(broken) = self.unsealed() {
                return Ok(Some(broken));
            }
            if next == head.sequence {
                break;
            }
        }
        Ok(None)
    }

    /// Where the seal covers the row that was reached last, and is not of this chain.
    fn unsealed(&self) -> Option<Broken> {
        let ChainPlace { sequence, hash } = &self.at;
        let (covered, seal) = self.seal.as_ref()?;
        let fits = covered != sequence || self.sealer.seal(&of_head(*sequence, hash)) == *seal;
        let (sequence, kind) = (*sequence, ChainFault::Rewritten);
        (!fits).then_some(Broken { sequence, kind })
    }

    /// Nothing may lie after the head, nor a checkpoint, nor may the seal cover more; and the head's
    /// hash is the last row's.
    async fn end(&self, head: &ChainPlace) -> Result<Option<Broken>, DbErr> {
        if self.at.hash != head.hash {
            return Ok(Some(Broken {
                sequence: head.sequence,
                kind: ChainFault::Rewritten,
            }));
        }
        if let Some((sequence, _)) = self.kept.range(head.sequence + 1..).next_back() {
            // The one just made may be newer than this look at the head.
            let now = place::head(self.db).await?;
            if now.sequence < *sequence {
                return Ok(self.broken(ChainFault::Cut));
            }
        }
        if let Some((covered, _)) = &self.seal
            && *covered > head.sequence
        {
            return Ok(self.broken(ChainFault::Cut));
        }
        // Read before the head is, so that what the program appends meanwhile is below it.
        let last = audit::Entity::find()
            .select_only()
            .column(audit::Column::Sequence)
            .order_by_desc(audit::Column::Sequence)
            .into_tuple::<i64>()
            .one(self.db.read())
            .await?;
        let now = place::head(self.db).await?;
        if last.is_some_and(|last| last > now.sequence) {
            return Ok(Some(Broken {
                sequence: now.sequence + 1,
                kind: ChainFault::Inserted,
            }));
        }
        Ok(None)
    }

    fn broken(&self, kind: ChainFault) -> Option<Broken> {
        Some(Broken {
            sequence: self.at.sequence + 1,
            kind,
        })
    }

    async fn rows(&self, most: u64) -> Result<Vec<audit::Model>, DbErr> {
        audit::Entity::find()
            .filter(audit::Column::Sequence.gt(self.at.sequence))
            .order_by_asc(audit::Column::Sequence)
            .limit(most)
            .all(self.db.read())
            .await
    }

    /// What happened to a row that does not fit where it stands, by the rows that follow it.
    async fn kind(&self, row: &audit::Model) -> Result<ChainFault, DbErr> {
        let place = row.sequence;
        let mut after = Walk {
            at: ChainPlace {
                sequence: place,
                hash: row.hash.clone(),
            },
            ..self.clone()
        };
        let mut first = true;
        loop {
            let Ok(rows) = after.rows(AT_ONCE).await else {
                return Ok(ChainFault::Changed);
            };
            let Some(last) = rows.last() else {
                return Ok(ChainFault::Changed);
            };
            after.at.sequence = last.sequence;
            for other in rows {
                let stored = other.hash.clone();
                let fits = |previous: &[u8], sequence: i64| {
                    let moved = audit::Model {
                        sequence,
                        ..other.clone()
                    };
                    hash(previous, &moved) == stored
                };
                if first && fits(&row.hash, other.sequence) {
                    return Ok(ChainFault::Changed);
                }
                // Everything was moved up by one.
                if first && fits(&row.hash, other.sequence + 1) {
                    return Ok(ChainFault::Missing);
                }
                if first && fits(&row.hash, other.sequence - 1) {
                    return Ok(ChainFault::Inserted);
                }
                if fits(&self.at.hash, place) {
                    // The row that belongs here stands right behind: this one came between.
                    return Ok(
                        match other.sequence == place + 1 && !self.moved(row).await? {
                            true => ChainFault::Inserted,
                            false => ChainFault::Reordered,
                        },
                    );
                }
                first = false;
            }
        }
    }

    /// Whether a row belongs to one of the places right after its own.
    async fn moved(&self, row: &audit::Model) -> Result<bool, DbErr> {
        let next = audit::Entity::find_by_id(row.sequence + 1);
        let Some(next) = next.one(self.db.read()).await? else {
            return Ok(false);
        };
        let there = audit::Model {
            sequence: row.sequence + 1,
            ..row.clone()
        };
        Ok(hash(&next.hash, &there) == row.hash)
    }
}
