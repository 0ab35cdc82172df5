//! Mending what [`verify`](super::verify) finds: citizens reached and tallies are derived from
//! services, attendances and records, and are written anew from them. The ledger itself is never
//! changed here.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter,
};
use time::{Date, OffsetDateTime};

use crate::db::audit::{Act, Action, note};
use crate::db::entities::{attendances, citizens, citizens_reached, people_tallies, tallies};
use crate::db::{self, Db, installation};
use crate::domain::facilita::{AgeBand, Gender};
use crate::domain::ids::{CitizenId, ProgrammeId, ServiceId};

use super::facilita::standing;
use super::persons::Persons;
use super::programme;
use super::reached::among;
use super::tally::TallyPlace;
use super::verify::{Difference, LedgerEntry, differences_in, ledger_in};

/// Rows of one statement; both databases take 32,766 values.
const ROWS: usize = 2_000;

/// Writes everything that is derived from the ledger anew, in one transaction, and audits it where
/// something differed. Returns what a recount cannot mend: completions without a service.
///
/// On PostgreSQL it waits for whoever counts, and they for it.
///
/// # Errors
/// The database's; nothing is changed then.
pub async fn rebuild(db: &Db, now: OffsetDateTime) -> Result<Vec<Difference>, DbErr> {
    db::write(db, async move |tx| {
        if tx.get_database_backend() == DbBackend::Postgres {
            tx.execute_unprepared(
                "LOCK TABLE citizens, programmes, services, attendances, citizens_reached, \
                 tallies, people_tallies, kept_attendances, kept_digests IN EXCLUSIVE MODE",
            )
            .await?;
        }
        let before = differences_in(tx).await?;
        if before.is_empty() {
            return Ok(before);
        }
        let ledger = ledger_in(tx).await?;
        let reached = reached_of_ledger(tx, &ledger).await?;
        mend_reached(tx, &reached).await?;
        mend_marks(tx, &reached).await?;
        write_tallies(tx, &ledger, &reached).await?;
        mend_standing(tx).await?;
        let left = differences_in(tx).await?;
        let act = Act {
            by: None,
            action: Action::TotalsRebuilt,
            subject: "installation",
            id: installation::row_in(tx).await?.id,
            detail: &format!("{} differences, {} left", before.len(), left.len()),
        };
        note(tx, act, now).await?;
        Ok(left)
    })
    .await
}

/// Who is reached, by which service: the one that is written down where it counts, otherwise the
/// earliest that does.
async fn reached_of_ledger(
    tx: &DatabaseTransaction,
    ledger: &HashMap<ServiceId, LedgerEntry>,
) -> Result<Vec<citizens_reached::Model>, DbErr> {
    let programmes: HashMap<_, _> = programme::list(tx)
        .await?
        .into_iter()
        .map(|programme| (programme.id, programme))
        .collect();
    let people = Persons::read(tx).await?;
    let kept: HashMap<(ProgrammeId, CitizenId), ServiceId> = citizens_reached::Entity::find()
        .all(tx)
        .await?
        .into_iter()
        .map(|row| ((row.programme_id, row.citizen_id), row.service_id))
        .collect();
    let mut may: BTreeMap<(ProgrammeId, CitizenId), BTreeSet<(Date, ServiceId)>> = BTreeMap::new();
    for row in attendances::Entity::find().all(tx).await? {
        let Some(entry) = ledger.get(&row.service_id) else {
            continue;
        };
        let counts = programmes.get(&entry.programme).is_some_and(|programme| {
            people.counts(programme, row.citizen_id, (row.service_id, entry.day))
        });
        if counts {
            let services = may.entry((entry.programme, row.citizen_id)).or_default();
            services.insert((entry.day, row.service_id));
        }
    }
    // Of two records of one person, before it was erased and after, the one that is reached stays.
    let (first, rest): (Vec<_>, Vec<_>) = may.into_iter().partition(|(who, services)| {
        let now = kept.get(who);
        services.iter().any(|(_, service)| Some(service) == now)
    });
    let mut known: HashSet<(ProgrammeId, &[u8])> = HashSet::new();
    let mut rows = Vec::with_capacity(first.len() + rest.len());
    for ((programme, citizen), services) in first.into_iter().chain(rest) {
        let digest = people.digest(programme, citizen);
        if digest.is_some_and(|digest| !known.insert((programme, digest))) {
            continue;
        }
        let now = kept.get(&(programme, citizen));
        let stays = services.iter().find(|(_, service)| Some(service) == now);
        let Some((day, service)) = stays.or(services.first()) else {
            continue;
        };
        let described = people.described(citizen, (*service, *day));
        if let (Some(entry), Some(described)) = (ledger.get(service), described) {
            rows.push(row_of(citizen, *service, *day, entry, described));
        }
    }
    Ok(rows)
}

const fn row_of(
    citizen_id: CitizenId,
    service_id: ServiceId,
    day: Date,
    entry: &LedgerEntry,
    (age, gender): (AgeBand, Gender),
) -> citizens_reached::Model {
    citizens_reached::Model {
        programme_id: entry.programme,
        citizen_id,
        service_id,
        point_id: entry.point,
        day,
        kind: entry.kind,
        age_band: Some(age),
        gender: Some(gender),
    }
}

/// Replaces the rows that are not as they should be.
async fn mend_reached(
    tx: &DatabaseTransaction,
    wanted: &[citizens_reached::Model],
) -> Result<(), DbErr> {
    let key = |row: &citizens_reached::Model| (row.programme_id, row.citizen_id);
    let mut missing: BTreeMap<_, _> = wanted.iter().map(|row| (key(row), row)).collect();
    for row in citizens_reached::Entity::find().all(tx).await? {
        if missing.get(&key(&row)) == Some(&&row) {
            missing.remove(&key(&row));
        } else {
            citizens_reached::Entity::delete_by_id(key(&row))
                .exec(tx)
                .await?;
        }
    }
    let rows: Vec<_> = missing.into_values().cloned().collect();
    for some in rows.chunks(ROWS) {
        let some = some.iter().cloned().map(IntoActiveModel::into_active_model);
        citizens_reached::Entity::insert_many(some)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// An attendance says that it reached somebody where it did, and nowhere else.
async fn mend_marks(
    tx: &DatabaseTransaction,
    reached: &[citizens_reached::Model],
) -> Result<(), DbErr> {
    use attendances::Column;
    let marked: BTreeSet<_> = reached
        .iter()
        .map(|row| (row.service_id, row.citizen_id))
        .collect();
    for row in attendances::Entity::find().all(tx).await? {
        let new = marked.contains(&(row.service_id, row.citizen_id));
        if row.new_citizen != new {
            attendances::Entity::update_many()
                .col_expr(Column::NewCitizen, Expr::value(new))
                .filter(Column::ServiceId.eq(row.service_id))
                .filter(Column::CitizenId.eq(row.citizen_id))
                .exec(tx)
                .await?;
        }
    }
    Ok(())
}

/// A record says how many services stand still for it, and nothing where it lacks nothing.
async fn mend_standing(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    for (citizen, kept, counted) in standing::recounted(tx).await? {
        if kept != counted {
            citizens::Entity::update_many()
                .col_expr(citizens::Column::Held, Expr::value(counted))
                .filter(citizens::Column::Id.eq(citizen))
                .exec(tx)
                .await?;
        }
    }
    Ok(())
}

async fn write_tallies(
    tx: &DatabaseTransaction,
    ledger: &HashMap<ServiceId, LedgerEntry>,
    reached: &[citizens_reached::Model],
) -> Result<(), DbErr> {
    let mut places: BTreeMap<TallyPlace, (i64, i64)> = BTreeMap::new();
    for entry in ledger.values() {
        let place = TallyPlace::new(entry.programme, entry.point, entry.day, entry.kind);
        places.entry(place).or_default().0 += 1;
    }
    let mut people = BTreeMap::new();
    for row in reached {
        let place = TallyPlace::new(row.programme_id, row.point_id, row.day, row.kind);
        places.entry(place).or_default().1 += 1;
        if let Some(among) = among(row) {
            *people.entry(among).or_insert(0_i64) += 1;
        }
    }
    tallies::Entity::delete_many().exec(tx).await?;
    people_tallies::Entity::delete_many().exec(tx).await?;
    let of_place = |(place, (services, citizens)): (TallyPlace, (i64, i64))| {
        tallies::Model {
            programme_id: place.programme,
            point_id: place.point,
            month: place.month,
            kind: place.kind,
            services,
            citizens,
        }
        .into_active_model()
    };
    let rows: Vec<_> = places.into_iter().map(of_place).collect();
    for some in rows.chunks(ROWS) {
        tallies::Entity::insert_many(some.iter().cloned())
            .exec_without_returning(tx)
            .await?;
    }
    let rows = people.into_iter().map(|(among, citizens)| {
        people_tallies::Model {
            programme_id: among.programme,
            point_id: among.point,
            age_band: among.age,
            gender: among.gender,
            citizens,
        }
        .into_active_model()
    });
    let rows: Vec<_> = rows.collect();
    for some in rows.chunks(ROWS) {
        people_tallies::Entity::insert_many(some.iter().cloned())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}
