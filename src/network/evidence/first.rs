//! Each one's first service of a programme, for a list of hashes.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use sea_orm::{ColumnTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};
use time::Date;

use crate::citizens::audit_hash::{Hash, kept_hashes, made, of_sealed};
use crate::citizens::vault::{Purpose, Sealed, Vault};
use crate::db::entities::{attendances, citizens, kept_digests, services};
use crate::db::{Db, audit};
use crate::domain::ids::{CitizenId, ServiceId};
use crate::network::programme::Programme;

use super::hashes::{HashList, LineIs};
use super::{Proof, SealedCode};

/// Codes opened at once.
const AT_ONCE: u64 = 2_000;

/// What is said of a line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookUpAnswer {
    /// Whoever has this code came to this service first.
    Found(ServiceId, CitizenId),
    /// Nobody with this code is counted by the programme.
    Missing,
    /// See the earlier line.
    Again(usize),
    /// It is no hash.
    Unreadable,
}

/// A line of the list, its hash where it has one, and the answer.
#[derive(Debug, Clone, Copy)]
pub struct LookUpLine {
    /// From 1.
    pub number: usize,
    /// None where the line is no hash.
    pub hash: Option<Hash>,
    /// The answer.
    pub answer: LookUpAnswer,
}

/// Looks a list up. Every sealed code of the records is opened once, some at a time and in threads
/// that serve nobody; none is kept.
///
/// A code is found as it was written on the card and, where digits were replaced by letters
/// (omocodia), as it was before: Facilita keeps the hash of whichever was sent.
///
/// # Errors
/// The database's, or a code that does not open.
pub async fn look_up(
    db: &Db,
    vault: &Vault,
    programme: &Programme,
    list: &HashList,
) -> Result<Vec<LookUpLine>, DbErr> {
    let asked = list.lines.iter().filter_map(|(_, is)| match is {
        LineIs::Hash(hash) => Some(*hash),
        _ => None,
    });
    let asked = Arc::new(asked.collect::<HashSet<Hash>>());
    let mut owners = owners(db, vault, &asked).await?;
    for (hash, citizen) in erased(db, vault, programme, &asked).await? {
        owners.entry(hash).or_default().push(citizen);
    }
    let mut people: Vec<CitizenId> = owners.values().flatten().copied().collect();
    people.sort_unstable();
    people.dedup();
    let first = first_services(db, programme, &people).await?;
    let line = |(number, is): &(usize, LineIs)| {
        let (hash, answer) = match is {
            LineIs::Unreadable => (None, LookUpAnswer::Unreadable),
            LineIs::Again(hash, earlier) => (Some(*hash), LookUpAnswer::Again(*earlier)),
            LineIs::Hash(hash) => {
                // Whoever came again after their record was erased came first before.
                let records = owners.get(hash).into_iter().flatten();
                let services = records.filter_map(|who| Some((first.get(who)?, who)));
                let found = services
                    .min()
                    .map(|((_, service), who)| LookUpAnswer::Found(*service, *who));
                (Some(*hash), found.unwrap_or(LookUpAnswer::Missing))
            }
        };
        LookUpLine {
            number: *number,
            hash,
            answer,
        }
    };
    let lines: Vec<LookUpLine> = list.lines.iter().map(line).collect();
    let found = lines
        .iter()
        .filter(|line| matches!(line.answer, LookUpAnswer::Found(..)));
    audit::counted(
        audit::Action::EvidenceLookedUp,
        "programme",
        programme.id.0,
        found.count(),
    );
    Ok(lines)
}

/// Whose the hashes are. What became a part of another record is that record's.
async fn owners(
    db: &Db,
    vault: &Vault,
    asked: &Arc<HashSet<Hash>>,
) -> Result<HashMap<Hash, Vec<CitizenId>>, DbErr> {
    use citizens::Column as C;
    type Row = (CitizenId, Option<Vec<u8>>, Option<CitizenId>);
    let mut owners = HashMap::new();
    let mut after: Option<CitizenId> = None;
    loop {
        let mut query = citizens::Entity::find()
            .select_only()
            .columns([C::Id, C::CfSealed, C::MergedInto])
            .filter(C::CfSealed.is_not_null());
        if let Some(after) = after {
            query = query.filter(C::Id.gt(after));
        }
        let rows = query.order_by_asc(C::Id).limit(AT_ONCE);
        let rows: Vec<Row> = rows.into_tuple().all(db.read()).await?;
        let Some((last, ..)) = rows.last() else { break };
        after = Some(*last);
        let (vault, asked) = (vault.clone(), asked.clone());
        let matched = tokio::task::spawn_blocking(move || {
            let mut matched = Vec::new();
            for (id, sealed, merged) in rows {
                let hashes = of_sealed(&vault, id, sealed.as_deref().unwrap_or_default())?;
                let owner = merged.unwrap_or(id);
                let known = hashes
                    .into_iter()
                    .flatten()
                    .filter(|hash| asked.contains(hash));
                matched.extend(known.map(|hash| (hash, owner, merged.is_some())));
            }
            Ok::<_, Sealed>(matched)
        });
        let matched = matched.await.map_err(|e| DbErr::Custom(e.to_string()))??;
        for (hash, owner, merged) in matched {
            // A record of its own stands before what was merged.
            match merged {
                true => _ = owners.entry(hash).or_insert_with(|| vec![owner]),
                false => _ = owners.insert(hash, vec![owner]),
            }
        }
    }
    Ok(owners)
}

/// Whose record is erased of those whom the programme has to know: so few that all are opened.
async fn erased(
    db: &Db,
    vault: &Vault,
    programme: &Programme,
    asked: &HashSet<Hash>,
) -> Result<Vec<(Hash, CitizenId)>, DbErr> {
    let rows = kept_digests::Entity::find()
        .filter(kept_digests::Column::ProgrammeId.eq(programme.id))
        .all(db.read())
        .await?;
    let mut found = Vec::new();
    for row in rows {
        let hashes = kept_hashes(vault, row.citizen_id, &row.hashes_sealed)?;
        let asked = hashes.into_iter().filter(|hash| asked.contains(hash));
        found.extend(asked.map(|hash| (hash, row.citizen_id)));
    }
    Ok(found)
}

/// The hash of the code of a proof, as it was written; none where there is no code.
///
/// # Errors
/// Where it does not open.
pub fn hash_of(vault: &Vault, proof: &Proof) -> Result<Option<Hash>, Sealed> {
    let id = proof.citizen;
    match &proof.code {
        SealedCode::None => Ok(None),
        SealedCode::Sealed(sealed) => {
            let code = vault.open(Purpose::CodiceFiscale, id.0, sealed)?;
            Ok(Some(made(&code)))
        }
        SealedCode::Hashes(sealed) => Ok(kept_hashes(vault, id, sealed)?.first().copied()),
    }
}

/// The first service of each, by day and then as they were recorded.
async fn first_services(
    db: &Db,
    programme: &Programme,
    people: &[CitizenId],
) -> Result<HashMap<CitizenId, (Date, ServiceId)>, DbErr> {
    let mut first: HashMap<CitizenId, (Date, ServiceId)> = HashMap::new();
    for some in people.chunks(500) {
        let rows: Vec<(CitizenId, Date, ServiceId)> = attendances::Entity::find()
            .select_only()
            .column(attendances::Column::CitizenId)
            .columns([services::Column::Day, services::Column::Id])
            .join(
                JoinType::InnerJoin,
                attendances::Entity::belongs_to(services::Entity)
                    .from(attendances::Column::ServiceId)
                    .to(services::Column::Id)
                    .into(),
            )
            .filter(attendances::Column::CitizenId.is_in(some.iter().copied()))
            .filter(services::Column::ProgrammeId.eq(programme.id))
            .filter(services::Column::VoidedAt.is_null())
            .into_tuple()
            .all(db.read())
            .await?;
        for (who, day, service) in rows {
            let known = first.entry(who).or_insert((day, service));
            *known = (*known).min((day, service));
        }
    }
    Ok(first)
}
