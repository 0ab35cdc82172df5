//! Each one's first service of a programme, for a list of hashes.

use std::collections::HashMap;

use aws_lc_rs::digest::{SHA256, digest};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};
use time::Date;

use crate::citizens::vault::{Purpose, Sealed, Vault};
use crate::db::entities::{attendances, citizens, services};
use crate::db::{Db, audit};
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::ids::{CitizenId, ServiceId};
use crate::network::programme::Programme;

use super::hashes::{Hash, LineIs, List};

/// Codes opened at once.
const AT_ONCE: u64 = 2_000;

/// What is said of a line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
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
pub struct Line {
    /// From 1.
    pub number: usize,
    /// None where the line is no hash.
    pub hash: Option<Hash>,
    /// The answer.
    pub answer: Answer,
}

/// The SHA-256 of a code, as Facilita makes it.
#[must_use]
pub fn hash(code: &str) -> Hash {
    let mut hash = [0; 32];
    let made = digest(&SHA256, code.to_ascii_uppercase().as_bytes());
    for (byte, made) in hash.iter_mut().zip(made.as_ref()) {
        *byte = *made;
    }
    hash
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
    list: &List,
) -> Result<Vec<Line>, DbErr> {
    let owners = owners(db, vault, list).await?;
    let mut people: Vec<CitizenId> = owners.values().copied().collect();
    people.sort_unstable();
    people.dedup();
    let first = first_services(db, programme, &people).await?;
    let line = |(number, is): &(usize, LineIs)| {
        let (hash, answer) = match is {
            LineIs::Unreadable => (None, Answer::Unreadable),
            LineIs::Again(hash, earlier) => (Some(*hash), Answer::Again(*earlier)),
            LineIs::Hash(hash) => {
                let found = owners
                    .get(hash)
                    .and_then(|who| Some((first.get(who)?, who)));
                let found = found.map(|(service, who)| Answer::Found(*service, *who));
                (Some(*hash), found.unwrap_or(Answer::Missing))
            }
        };
        Line {
            number: *number,
            hash,
            answer,
        }
    };
    let lines: Vec<Line> = list.lines.iter().map(line).collect();
    let found = lines
        .iter()
        .filter(|line| matches!(line.answer, Answer::Found(..)));
    audit::counted(
        audit::Action::EvidenceLookedUp,
        "programme",
        programme.id.0,
        found.count(),
    );
    Ok(lines)
}

/// Whose the hashes are. What became a part of another record is that record's.
async fn owners(db: &Db, vault: &Vault, list: &List) -> Result<HashMap<Hash, CitizenId>, DbErr> {
    use citizens::Column as C;
    type Row = (CitizenId, Option<Vec<u8>>, Option<CitizenId>);
    let asked = list.lines.iter().filter_map(|(_, is)| match is {
        LineIs::Hash(hash) => Some(*hash),
        _ => None,
    });
    let asked = std::sync::Arc::new(asked.collect::<std::collections::HashSet<Hash>>());
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
                let hashes = hashes_of(&vault, id, sealed.as_deref().unwrap_or_default())?;
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
                true => _ = owners.entry(hash).or_insert(owner),
                false => _ = owners.insert(hash, owner),
            }
        }
    }
    Ok(owners)
}

/// The hash of a code as it is written, and of its plain form where that is another.
fn hashes_of(vault: &Vault, id: CitizenId, sealed: &[u8]) -> Result<[Option<Hash>; 2], Sealed> {
    let code = vault.open(Purpose::CodiceFiscale, id.0, sealed)?;
    let plain = CodiceFiscale::parse(&code)
        .ok()
        .map(|code| code.canonical());
    let plain = plain.filter(|plain| plain.as_str() != code);
    Ok([Some(hash(&code)), plain.map(|plain| hash(plain.as_str()))])
}

/// The hash of a sealed code as it is written.
///
/// # Errors
/// Where it does not open.
pub fn hash_of(vault: &Vault, id: CitizenId, sealed: &[u8]) -> Result<Hash, Sealed> {
    Ok(hash(&vault.open(Purpose::CodiceFiscale, id.0, sealed)?))
}

/// The first service of each, by day and then as they were recorded.
async fn first_services(
    db: &Db,
    programme: &Programme,
    people: &[CitizenId],
) -> Result<HashMap<CitizenId, ServiceId>, DbErr> {
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
    let service = |(who, (_, service))| (who, service);
    Ok(first.into_iter().map(service).collect())
}
