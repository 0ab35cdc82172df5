//! What counting has to know of people: from their record, or, where that is gone, from what was
//! kept in its place (`erasure`).

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QuerySelect, QueryTrait,
};
use time::{Date, OffsetDateTime};

use crate::db::entities::{citizens, citizens_reached, kept_attendances, kept_digests};
use crate::domain::facilita::{AgeBand, Gender};
use crate::domain::ids::{CitizenId, ProgrammeId, ServiceId};

use super::programme::Programme;
use super::reached::{band_and_gender, counted_on};

/// Everybody, as far as counting goes.
pub(super) struct Persons {
    facts: HashMap<CitizenId, Facts>,
    kept: HashMap<(CitizenId, ServiceId), kept_attendances::Model>,
    digests: HashMap<(ProgrammeId, CitizenId), Vec<u8>>,
}

struct Facts {
    birth: Option<Date>,
    verified: Option<OffsetDateTime>,
    gender: Option<Gender>,
    digest: Option<Vec<u8>>,
    erased: bool,
}

impl Persons {
    pub(super) async fn read(tx: &DatabaseTransaction) -> Result<Self, DbErr> {
        use citizens::Column;
        type Row = (
            CitizenId,
            Option<Date>,
            Option<OffsetDateTime>,
            Option<Gender>,
            Option<Vec<u8>>,
            Option<OffsetDateTime>,
        );
        let rows: Vec<Row> = citizens::Entity::find()
            .select_only()
            .columns([Column::Id, Column::BirthDate, Column::CfVerifiedAt])
            .columns([Column::Gender, Column::CfDigest, Column::ErasedAt])
            .into_tuple()
            .all(tx)
            .await?;
        let facts = |(id, birth, verified, gender, digest, erased_at): Row| {
            let facts = Facts {
                birth,
                verified,
                gender,
                digest,
                erased: erased_at.is_some(),
            };
            (id, facts)
        };
        let kept = kept_attendances::Entity::find().all(tx).await?;
        let digests = kept_digests::Entity::find().all(tx).await?;
        Ok(Self {
            facts: rows.into_iter().map(facts).collect(),
            kept: kept
                .into_iter()
                .map(|row| ((row.citizen_id, row.service_id), row))
                .collect(),
            digests: digests
                .into_iter()
                .map(|row| ((row.programme_id, row.citizen_id), row.cf_digest))
                .collect(),
        })
    }

    /// Whether a service of that day counts somebody as reached.
    pub(super) fn counts(
        &self,
        programme: &Programme,
        citizen: CitizenId,
        (service, day): (ServiceId, Date),
    ) -> bool {
        let Some(facts) = self.facts.get(&citizen) else {
            return false;
        };
        match facts.erased {
            true => self
                .kept
                .get(&(citizen, service))
                .is_some_and(|kept| kept.counts),
            false => counted_on(programme, facts.birth, facts.verified, day),
        }
    }

    /// Age and gender of somebody whom a service of that day reached.
    pub(super) fn described(
        &self,
        citizen: CitizenId,
        (service, day): (ServiceId, Date),
    ) -> Option<(AgeBand, Gender)> {
        let facts = self.facts.get(&citizen)?;
        Some(match facts.erased {
            true => {
                let kept = self.kept.get(&(citizen, service));
                band_kept(kept.and_then(|kept| kept.age_band), facts.gender)
            }
            false => band_and_gender(facts.birth, facts.gender, day),
        })
    }

    /// What tells a person who comes again after their record was erased, in a programme.
    pub(super) fn digest(&self, programme: ProgrammeId, citizen: CitizenId) -> Option<&[u8]> {
        let own = self.facts.get(&citizen)?.digest.as_ref();
        let digest = own.or_else(|| self.digests.get(&(programme, citizen)));
        digest.map(Vec::as_slice)
    }
}

/// Age and gender as they were kept; whoever has no age is counted as the youngest.
fn band_kept(band: Option<AgeBand>, gender: Option<Gender>) -> (AgeBand, Gender) {
    (
        band.unwrap_or(AgeBand::From14To17),
        gender.unwrap_or(Gender::Undisclosed),
    )
}

/// What is kept of somebody whose record is gone, by service.
pub(super) struct KeptPerson(HashMap<ServiceId, kept_attendances::Model>);

impl KeptPerson {
    /// Empty for somebody whose record is there.
    pub(super) async fn of(
        tx: &DatabaseTransaction,
        person: &citizens::Model,
    ) -> Result<Self, DbErr> {
        if person.erased_at.is_none() {
            return Ok(Self(HashMap::new()));
        }
        let rows = kept_attendances::Entity::find()
            .filter(kept_attendances::Column::CitizenId.eq(person.id))
            .all(tx)
            .await?;
        let rows = rows.into_iter().map(|row| (row.service_id, row));
        Ok(Self(rows.collect()))
    }

    pub(super) fn counts(
        &self,
        programme: &Programme,
        person: &citizens::Model,
        (service, day): (ServiceId, Date),
    ) -> bool {
        match person.erased_at {
            Some(_) => self.0.get(&service).is_some_and(|kept| kept.counts),
            None => counted_on(programme, person.birth_date, person.cf_verified_at, day),
        }
    }

    pub(super) fn described(
        &self,
        person: &citizens::Model,
        (service, day): (ServiceId, Date),
    ) -> (AgeBand, Gender) {
        match person.erased_at {
            Some(_) => {
                let kept = self.0.get(&service);
                band_kept(kept.and_then(|kept| kept.age_band), person.gender)
            }
            None => band_and_gender(person.birth_date, person.gender, day),
        }
    }
}

/// The digest that tells somebody in a programme, whether their record is there or not.
async fn digest_of(
    tx: &DatabaseTransaction,
    programme: ProgrammeId,
    person: &citizens::Model,
) -> Result<Option<Vec<u8>>, DbErr> {
    if person.erased_at.is_none() {
        return Ok(person.cf_digest.clone());
    }
    let kept = kept_digests::Entity::find_by_id((programme, person.id));
    Ok(kept.one(tx).await?.map(|row| row.cf_digest))
}

/// The others who are the same person: records that were erased, and the one that came after them.
pub(super) async fn same_person(
    tx: &DatabaseTransaction,
    programme: ProgrammeId,
    person: &citizens::Model,
) -> Result<Vec<CitizenId>, DbErr> {
    let Some(digest) = digest_of(tx, programme, person).await? else {
        return Ok(Vec::new());
    };
    let erased = kept_digests::Entity::find()
        .select_only()
        .column(kept_digests::Column::CitizenId)
        .filter(kept_digests::Column::ProgrammeId.eq(programme))
        .filter(kept_digests::Column::CfDigest.eq(digest.clone()))
        .into_query();
    if person.erased_at.is_none() && !any(tx, &erased).await? {
        return Ok(Vec::new());
    }
    let same = Condition::any()
        .add(citizens::Column::CfDigest.eq(digest))
        .add(citizens::Column::Id.in_subquery(erased));
    citizens::Entity::find()
        .select_only()
        .column(citizens::Column::Id)
        .filter(same)
        .filter(citizens::Column::Id.ne(person.id))
        .into_tuple()
        .all(tx)
        .await
}

async fn any(
    tx: &DatabaseTransaction,
    query: &sea_orm::sea_query::SelectStatement,
) -> Result<bool, DbErr> {
    let mut query = query.clone();
    Ok(tx.query_one(query.limit(1)).await?.is_some())
}

/// Which of some people a programme has reached.
pub(super) async fn reached_among(
    tx: &DatabaseTransaction,
    programme: ProgrammeId,
    people: &[CitizenId],
) -> Result<HashSet<CitizenId>, DbErr> {
    if people.is_empty() {
        return Ok(HashSet::new());
    }
    let rows: Vec<CitizenId> = citizens_reached::Entity::find()
        .select_only()
        .column(citizens_reached::Column::CitizenId)
        .filter(citizens_reached::Column::ProgrammeId.eq(programme))
        .filter(citizens_reached::Column::CitizenId.is_in(people.iter().copied()))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows.into_iter().collect())
}
