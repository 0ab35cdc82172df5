//! Citizens reached: each once a programme, by the first service that counts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect,
};
use time::{Date, OffsetDateTime};

use crate::db::entities::{attendances, citizens, citizens_reached, services};
use crate::domain::age::full_years;
use crate::domain::calendar::rome_day;
use crate::domain::facilita::{AgeBand, Gender};
use crate::domain::ids::{CitizenId, ProgrammeId, ServiceId};

use super::counting::NotCounted;
use super::facilita::standing;
use super::persons::{KeptPerson, reached_among, same_person};
use super::programme::{self, Programme};
use super::tally::{Changes, People, TallyPlace};

/// Brings a citizen's place among the reached up to date: after the record was corrected, or a
/// codice fiscale verified, services attended before may begin or cease to count, and those that
/// stood still may go to Facilita. Changes nothing where nothing changed.
///
/// # Errors
/// The database's.
pub async fn settle_in(tx: &DatabaseTransaction, citizen: CitizenId) -> Result<(), DbErr> {
    settle_all_in(tx, &[citizen]).await
}

/// [`settle_in`] for several citizens at once.
///
/// # Errors
/// The database's.
pub async fn settle_all_in(tx: &DatabaseTransaction, people: &[CitizenId]) -> Result<(), DbErr> {
    let mut changes = Changes::default();
    for person in locked(tx, people).await? {
        settle(tx, &person, &mut changes).await?;
    }
    changes.apply(tx).await
}

/// The citizens' rows, kept from every other count until the transaction ends, and in one order,
/// so that two of them wait for each other and never for good. A record that was merged into
/// another attends nothing: it is left out.
pub(super) async fn locked(
    tx: &DatabaseTransaction,
    people: &[CitizenId],
) -> Result<Vec<citizens::Model>, DbErr> {
    citizens::Entity::find()
        .filter(citizens::Column::Id.is_in(people.iter().copied()))
        .filter(citizens::Column::MergedInto.is_null())
        .order_by_asc(citizens::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(tx)
        .await
}

/// Whether a service on a day counts a person as reached, who was born and verified then.
pub(crate) fn counted_on(
    programme: &Programme,
    birth: Option<Date>,
    verified_at: Option<OffsetDateTime>,
    day: Date,
) -> bool {
    why_not(programme, birth, verified_at, day).is_none()
}

/// Why a service on a day does not count a person as reached; `None` where it may.
pub(super) fn why_not(
    programme: &Programme,
    birth: Option<Date>,
    verified_at: Option<OffsetDateTime>,
    day: Date,
) -> Option<NotCounted> {
    let retroactive = programme.rule.retroactive;
    match birth.and_then(|birth| full_years(birth, day)) {
        _ if day < programme.starts_on => Some(NotCounted::BeforeProgramme),
        _ if day > programme.ends_on => Some(NotCounted::AfterProgramme),
        Some(age) if age < programme.ages.min => Some(NotCounted::TooYoung),
        Some(age) if age > programme.ages.max => Some(NotCounted::TooOld),
        None => Some(NotCounted::NoCodiceFiscale),
        Some(_) => match verified_at {
            None => Some(NotCounted::NoCodiceFiscale),
            Some(at) if !retroactive && day < rome_day(at) => Some(NotCounted::BeforeVerification),
            Some(_) => None,
        },
    }
}

/// What the tallies say of somebody: their age on the day they were reached, their gender as the
/// record has it now. Below Facilita's youngest band they are counted in it.
pub(super) fn band_and_gender(
    birth: Option<Date>,
    gender: Option<Gender>,
    day: Date,
) -> (AgeBand, Gender) {
    let age = birth.and_then(|birth| full_years(birth, day));
    (
        age.and_then(AgeBand::of_age).unwrap_or(AgeBand::From14To17),
        gender.unwrap_or(Gender::Undisclosed),
    )
}

/// [`settle_in`] for a row that is [`locked`], gathering what changes in the tallies. A citizen who
/// is reached stays reached by the same service as long as that one counts; otherwise by the
/// earliest one that does. Age and gender follow the record.
///
/// Whoever was reached, erased, and registered again is not reached a second time; where the first
/// time ceases to count, the other one does.
pub(super) async fn settle(
    tx: &DatabaseTransaction,
    person: &citizens::Model,
    changes: &mut Changes,
) -> Result<(), DbErr> {
    for programme in settle_one(tx, person, changes).await? {
        let others = same_person(tx, programme, person).await?;
        for other in locked(tx, &others).await? {
            settle_one(tx, &other, changes).await?;
        }
    }
    Ok(())
}

/// Tells the programmes that the person is no longer reached by.
async fn settle_one(
    tx: &DatabaseTransaction,
    person: &citizens::Model,
    changes: &mut Changes,
) -> Result<Vec<ProgrammeId>, DbErr> {
    let attended = attended(tx, person.id).await?;
    let kept = KeptPerson::of(tx, person).await?;
    let mut reached: HashMap<ProgrammeId, citizens_reached::Model> =
        citizens_reached::Entity::find()
            .filter(citizens_reached::Column::CitizenId.eq(person.id))
            .all(tx)
            .await?
            .into_iter()
            .map(|row| (row.programme_id, row))
            .collect();
    let involved: BTreeSet<ProgrammeId> = attended.keys().chain(reached.keys()).copied().collect();
    let mut left = Vec::new();
    for id in involved {
        let programme = programme::held(tx, id)
            .await?
            .ok_or_else(|| DbErr::RecordNotFound("a service's programme".to_owned()))?;
        let all = attended.get(&id).map_or(&[][..], Vec::as_slice);
        let counts = |one: &&services::Model| kept.counts(&programme, person, (one.id, one.day));
        let counting = || all.iter().filter(counts);
        let now = reached.remove(&id);
        let same = |row: &citizens_reached::Model| counting().any(|s| s.id == row.service_id);
        if let Some(row) = now.as_ref().filter(|row| same(row)) {
            let described = kept.described(person, (row.service_id, row.day));
            describe(tx, row, described, changes).await?;
            continue;
        }
        let had = now.is_some();
        if let Some(row) = now {
            leave(tx, &row, changes).await?;
        }
        match counting().next() {
            Some(service) if !is_taken(tx, id, person).await? => {
                let described = kept.described(person, (service.id, service.day));
                reach(tx, person, service, described, changes).await?;
            }
            _ if had => left.push(id),
            _ => {}
        }
    }
    standing::keep(tx, person).await?;
    Ok(left)
}

/// Whether another record of the same person is reached: one that was erased, or that came after.
async fn is_taken(
    tx: &DatabaseTransaction,
    programme: ProgrammeId,
    person: &citizens::Model,
) -> Result<bool, DbErr> {
    let others = same_person(tx, programme, person).await?;
    Ok(!reached_among(tx, programme, &others).await?.is_empty())
}

/// The services that stand, by programme, the earliest first.
async fn attended(
    tx: &DatabaseTransaction,
    citizen: CitizenId,
) -> Result<BTreeMap<ProgrammeId, Vec<services::Model>>, DbErr> {
    let rows = services::Entity::find()
        .join(
            JoinType::InnerJoin,
            services::Entity::belongs_to(attendances::Entity)
                .from(services::Column::Id)
                .to(attendances::Column::ServiceId)
                .into(),
        )
        .filter(attendances::Column::CitizenId.eq(citizen))
        .filter(services::Column::VoidedAt.is_null())
        .order_by_asc(services::Column::Day)
        .order_by_asc(services::Column::Id)
        .all(tx)
        .await?;
    let mut by_programme: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in rows {
        by_programme.entry(row.programme_id).or_default().push(row);
    }
    Ok(by_programme)
}

async fn reach(
    tx: &DatabaseTransaction,
    person: &citizens::Model,
    service: &services::Model,
    (age, gender): (AgeBand, Gender),
    changes: &mut Changes,
) -> Result<(), DbErr> {
    let row = citizens_reached::ActiveModel {
        programme_id: Set(service.programme_id),
        citizen_id: Set(person.id),
        service_id: Set(service.id),
        point_id: Set(service.point_id),
        day: Set(service.day),
        kind: Set(service.kind),
        age_band: Set(Some(age)),
        gender: Set(Some(gender)),
    };
    citizens_reached::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    mark(tx, service.id, person.id, true).await?;
    let people = People {
        programme: service.programme_id,
        point: service.point_id,
        age,
        gender,
    };
    changes.people(people, 1);
    let place = TallyPlace::new(
        service.programme_id,
        service.point_id,
        service.day,
        service.kind,
    );
    changes.citizens(place, 1);
    Ok(())
}

async fn leave(
    tx: &DatabaseTransaction,
    row: &citizens_reached::Model,
    changes: &mut Changes,
) -> Result<(), DbErr> {
    citizens_reached::Entity::delete_by_id((row.programme_id, row.citizen_id))
        .exec(tx)
        .await?;
    mark(tx, row.service_id, row.citizen_id, false).await?;
    if let Some(people) = among(row) {
        changes.people(people, -1);
    }
    changes.citizens(
        TallyPlace::new(row.programme_id, row.point_id, row.day, row.kind),
        -1,
    );
    Ok(())
}

/// Whom a citizen reached is counted among.
pub(super) fn among(row: &citizens_reached::Model) -> Option<People> {
    Some(People {
        programme: row.programme_id,
        point: row.point_id,
        age: row.age_band?,
        gender: row.gender?,
    })
}

/// Moves a citizen who stays reached to where the record now says they are counted.
async fn describe(
    tx: &DatabaseTransaction,
    row: &citizens_reached::Model,
    (age, gender): (AgeBand, Gender),
    changes: &mut Changes,
) -> Result<(), DbErr> {
    if (row.age_band, row.gender) == (Some(age), Some(gender)) {
        return Ok(());
    }
    use citizens_reached::Column;
    citizens_reached::Entity::update_many()
        .col_expr(Column::AgeBand, Expr::value(age))
        .col_expr(Column::Gender, Expr::value(gender))
        .filter(Column::ProgrammeId.eq(row.programme_id))
        .filter(Column::CitizenId.eq(row.citizen_id))
        .exec(tx)
        .await?;
    if let Some(people) = among(row) {
        changes.people(people, -1);
    }
    let people = People {
        programme: row.programme_id,
        point: row.point_id,
        age,
        gender,
    };
    changes.people(people, 1);
    Ok(())
}

async fn mark(
    tx: &DatabaseTransaction,
    service: ServiceId,
    citizen: CitizenId,
    new: bool,
) -> Result<(), DbErr> {
    attendances::Entity::update_many()
        .col_expr(attendances::Column::NewCitizen, Expr::value(new))
        .filter(attendances::Column::ServiceId.eq(service))
        .filter(attendances::Column::CitizenId.eq(citizen))
        .exec(tx)
        .await?;
    Ok(())
}
