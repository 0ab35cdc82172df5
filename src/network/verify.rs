//! Recounting: whether tallies and citizens reached are what the ledger says.
//!
//! It reads the whole ledger in one snapshot and shares no sum with what keeps the tallies, so that
//! a mistake there is found here. Differences name records by id, never people.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sea_orm::{
    AccessMode, ColumnTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait, IsolationLevel,
    JoinType, QueryFilter, QuerySelect, TransactionTrait,
};
use time::Date;

use crate::db::Db;
use crate::db::entities::{
    attendances, citizens_reached, completions, learners, people_tallies, services, tallies,
};
use crate::domain::facilita::ServiceKind;
use crate::domain::ids::{CitizenId, CompletionId, PointId, ProgrammeId, ServiceId};
use crate::domain::progress;

pub use super::difference::Difference;
use super::facilita::standing;
use super::persons::Persons;
use super::programme::{self, Programme};
use super::tally::{People, TallyPlace};

/// A service that stands, as far as counting goes.
#[derive(Clone, Copy)]
pub(super) struct LedgerEntry {
    pub(super) programme: ProgrammeId,
    pub(super) point: PointId,
    pub(super) day: Date,
    pub(super) kind: ServiceKind,
}

/// Recounts everything; nothing to report means that the totals are right.
///
/// # Errors
/// The database's.
pub async fn verify(db: &Db) -> Result<Vec<Difference>, DbErr> {
    let _step = progress::begin("recounting from the ledger", 6);
    let tx = snapshot(db).await?;
    let differences = differences_in(&tx).await?;
    tx.rollback().await?;
    Ok(differences)
}

/// [`verify`] in a transaction.
pub(super) async fn differences_in(tx: &DatabaseTransaction) -> Result<Vec<Difference>, DbErr> {
    let programmes: HashMap<_, _> = programme::list(tx)
        .await?
        .into_iter()
        .map(|programme| (programme.id, programme))
        .collect();
    let ledger = ledger_in(tx).await?;
    progress::advance(1);
    let reached = citizens_reached::Entity::find().all(tx).await?;
    progress::advance(1);
    let mut differences = tallies_differ(tx, &ledger, &reached).await?;
    let people = Persons::read(tx).await?;
    progress::advance(1);
    differences.extend(people_differ(tx, &ledger, &reached, &people).await?);
    progress::advance(1);
    differences.extend(reached_differ(tx, &programmes, &ledger, &reached, &people).await?);
    progress::advance(1);
    differences.extend(completions_differ(tx).await?);
    let standing = standing::recounted(tx).await?.into_iter();
    let standing = standing.filter(|(_, kept, counted)| kept != counted);
    differences.extend(standing.map(|(citizen, kept, counted)| Difference::Held {
        citizen,
        kept,
        counted,
    }));
    progress::advance(1);
    Ok(differences)
}

/// One view of the database, whatever is written meanwhile.
async fn snapshot(db: &Db) -> Result<DatabaseTransaction, DbErr> {
    match db.read().get_database_backend() {
        DbBackend::Postgres => {
            let (level, mode) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
            db.read().begin_with_config(Some(level), Some(mode)).await
        }
        _ => db.read().begin().await,
    }
}

pub(super) async fn ledger_in(
    tx: &DatabaseTransaction,
) -> Result<HashMap<ServiceId, LedgerEntry>, DbErr> {
    use services::Column;
    let rows: Vec<(ServiceId, ProgrammeId, PointId, Date, ServiceKind)> = services::Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::ProgrammeId,
            Column::PointId,
            Column::Day,
            Column::Kind,
        ])
        .filter(Column::VoidedAt.is_null())
        .into_tuple()
        .all(tx)
        .await?;
    let entry = |(id, programme, point, day, kind)| {
        let entry = LedgerEntry {
            programme,
            point,
            day,
            kind,
        };
        (id, entry)
    };
    Ok(rows.into_iter().map(entry).collect())
}

async fn tallies_differ(
    tx: &DatabaseTransaction,
    ledger: &HashMap<ServiceId, LedgerEntry>,
    reached: &[citizens_reached::Model],
) -> Result<Vec<Difference>, DbErr> {
    let mut sums: BTreeMap<TallyPlace, [(i64, i64); 2]> = BTreeMap::new();
    for entry in ledger.values() {
        let place = TallyPlace::new(entry.programme, entry.point, entry.day, entry.kind);
        sums.entry(place).or_default()[1].0 += 1;
    }
    for row in reached {
        let place = TallyPlace::new(row.programme_id, row.point_id, row.day, row.kind);
        sums.entry(place).or_default()[1].1 += 1;
    }
    for row in tallies::Entity::find().all(tx).await? {
        let place = TallyPlace {
            programme: row.programme_id,
            point: row.point_id,
            month: row.month,
            kind: row.kind,
        };
        sums.entry(place).or_default()[0] = (row.services, row.citizens);
    }
    let differ = |(place, [kept, counted]): (TallyPlace, [(i64, i64); 2])| {
        (kept != counted).then_some(Difference::Tally {
            place,
            kept,
            counted,
        })
    };
    Ok(sums.into_iter().filter_map(differ).collect())
}

/// Age and gender come from the records, day and point from the ledger: not from the row that
/// keeps them.
async fn people_differ(
    tx: &DatabaseTransaction,
    ledger: &HashMap<ServiceId, LedgerEntry>,
    reached: &[citizens_reached::Model],
    people: &Persons,
) -> Result<Vec<Difference>, DbErr> {
    let mut sums: BTreeMap<People, (i64, i64)> = BTreeMap::new();
    for row in reached {
        let Some(entry) = ledger.get(&row.service_id) else {
            continue;
        };
        let at = (row.service_id, entry.day);
        let Some((age, gender)) = people.described(row.citizen_id, at) else {
            continue;
        };
        let among = People {
            programme: entry.programme,
            point: entry.point,
            age,
            gender,
        };
        sums.entry(among).or_default().1 += 1;
    }
    for row in people_tallies::Entity::find().all(tx).await? {
        let among = People {
            programme: row.programme_id,
            point: row.point_id,
            age: row.age_band,
            gender: row.gender,
        };
        sums.entry(among).or_default().0 += row.citizens;
    }
    let differ = |(people, (kept, counted)): (People, (i64, i64))| {
        (kept != counted).then_some(Difference::People {
            people,
            kept,
            counted,
        })
    };
    Ok(sums.into_iter().filter_map(differ).collect())
}

async fn reached_differ(
    tx: &DatabaseTransaction,
    programmes: &HashMap<ProgrammeId, Programme>,
    ledger: &HashMap<ServiceId, LedgerEntry>,
    reached: &[citizens_reached::Model],
    people: &Persons,
) -> Result<Vec<Difference>, DbErr> {
    // Who should be reached, by which services they may be, and which one says that it did.
    let mut may: BTreeMap<(ProgrammeId, CitizenId), BTreeSet<ServiceId>> = BTreeMap::new();
    let mut says: BTreeSet<(CitizenId, ServiceId)> = BTreeSet::new();
    for row in attendances::Entity::find().all(tx).await? {
        if row.new_citizen {
            says.insert((row.citizen_id, row.service_id));
        }
        let Some(entry) = ledger.get(&row.service_id) else {
            continue;
        };
        let counts = programmes.get(&entry.programme).is_some_and(|programme| {
            people.counts(programme, row.citizen_id, (row.service_id, entry.day))
        });
        if counts {
            let services = may.entry((entry.programme, row.citizen_id)).or_default();
            services.insert(row.service_id);
        }
    }
    let mut differences = Vec::new();
    // A person who was erased and registered again is reached once.
    let mut known: HashSet<(ProgrammeId, &[u8])> = HashSet::new();
    for row in reached {
        let mut fault = |why| {
            differences.push(Difference::Reached {
                programme: row.programme_id,
                citizen: row.citizen_id,
                why,
            });
        };
        let services = may
            .remove(&(row.programme_id, row.citizen_id))
            .unwrap_or_default();
        if !services.contains(&row.service_id) {
            fault("reached by a service that does not count");
        }
        if !says.remove(&(row.citizen_id, row.service_id)) {
            fault("reached by a service that does not say so");
        }
        let same = ledger.get(&row.service_id).is_some_and(|entry| {
            (entry.point, entry.day, entry.kind) == (row.point_id, row.day, row.kind)
        });
        if !same {
            fault("reached on another day or at another point than the service's");
        }
        let digest = people.digest(row.programme_id, row.citizen_id);
        if digest.is_some_and(|digest| !known.insert((row.programme_id, digest))) {
            fault("reached twice, before the record was erased and after");
        }
        let described = people.described(row.citizen_id, (row.service_id, row.day));
        // Totals of a span of days are added up from these.
        if described != row.age_band.zip(row.gender) {
            fault("reached with another age or gender than the record's");
        }
    }
    let is_known = |(programme, citizen): &(ProgrammeId, CitizenId)| {
        let digest = people.digest(*programme, *citizen);
        digest.is_some_and(|digest| known.contains(&(*programme, digest)))
    };
    let missing = may
        .into_keys()
        .filter(|one| !is_known(one))
        .map(|(programme, citizen)| Difference::Reached {
            programme,
            citizen,
            why: "attended a service that counts, and is not reached",
        });
    differences.extend(missing);
    for (citizen, service) in says {
        let programme = ledger
            .get(&service)
            .map_or(ProgrammeId(uuid::Uuid::nil()), |e| e.programme);
        let why = "a service says that it reached the citizen, and did not";
        differences.push(Difference::Reached {
            programme,
            citizen,
            why,
        });
    }
    Ok(differences)
}

async fn completions_differ(tx: &DatabaseTransaction) -> Result<Vec<Difference>, DbErr> {
    let rows: Vec<CompletionId> = completions::Entity::find()
        .select_only()
        .column(completions::Column::Id)
        .join(
            JoinType::InnerJoin,
            completions::Entity::belongs_to(learners::Entity)
                .from(completions::Column::LearnerId)
                .to(learners::Column::Id)
                .into(),
        )
        .join(
            JoinType::LeftJoin,
            completions::Entity::belongs_to(services::Entity)
                .from(completions::Column::Id)
                .to(services::Column::CompletionId)
                .into(),
        )
        .filter(learners::Column::CitizenId.is_not_null())
        .filter(completions::Column::NotCounted.is_null())
        .filter(services::Column::Id.is_null())
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(Difference::Completion).collect())
}
