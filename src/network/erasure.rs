//! What the ledger keeps of somebody whose record is erased: that they attended, their age then, and
//! whether it counted. Totals stay what they are, and a recount finds the same.

use std::collections::HashMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use time::Date;

use crate::citizens::audit_hash::keep_hashes;
use crate::citizens::erased::NamedBy;
use crate::citizens::vault::Vault;
use crate::db::entities::{
    attendances, citizens, facilita_rows, kept_attendances, kept_digests, services,
};
use crate::db::insert_new;
use crate::domain::age::full_years;
use crate::domain::facilita::{AgeBand, SendState};
use crate::domain::ids::{BatchId, CitizenId, ProgrammeId, ServiceId};

use super::facilita::redact;
use super::programme::{self, Programme};
use super::reached::{counted_on, settle};
use super::tally::Changes;

/// The files for Facilita that have rows of these people, locked: to be taken before the people
/// are, as whoever reads a report does.
///
/// # Errors
/// The database's.
pub async fn files_in(
    tx: &DatabaseTransaction,
    people: &[CitizenId],
) -> Result<Vec<BatchId>, DbErr> {
    let files: Vec<BatchId> = facilita_rows::Entity::find()
        .select_only()
        .column(facilita_rows::Column::BatchId)
        .distinct()
        .filter(facilita_rows::Column::CitizenId.is_in(people.iter().copied()))
        .order_by_asc(facilita_rows::Column::BatchId)
        .into_tuple()
        .all(tx)
        .await?;
    redact::hold_in(tx, &files).await?;
    Ok(files)
}

/// Keeps of a locked record what the totals need, and takes the person out of what was written of
/// their services and sent to Facilita. `keep_digest` says which programmes still have to know
/// whom they reached.
///
/// # Errors
/// The database's, or a seal that does not open.
pub async fn forget_in(
    tx: &DatabaseTransaction,
    vault: &Vault,
    people: &[citizens::Model],
    named: &NamedBy,
    keep_digest: impl Fn(ProgrammeId) -> bool,
) -> Result<(), DbErr> {
    let programmes: HashMap<ProgrammeId, Programme> = programme::list(tx)
        .await?
        .into_iter()
        .map(|programme| (programme.id, programme))
        .collect();
    for person in people {
        let attended = attended(tx, person.id).await?;
        for service in &attended {
            keep(tx, person, service, &programmes).await?;
            rewrite(tx, service, named).await?;
        }
        if let (Some(digest), Some(sealed)) = (&person.cf_digest, &person.cf_sealed) {
            let hashes = keep_hashes(vault, person.id, sealed)?;
            for id in programmes.keys().filter(|id| keep_digest(**id)) {
                if attended.iter().any(|one| one.programme_id == *id) {
                    let row = kept_digests::ActiveModel {
                        programme_id: Set(*id),
                        citizen_id: Set(person.id),
                        cf_digest: Set(digest.clone()),
                        hashes_sealed: Set(hashes.clone()),
                    };
                    insert_new(tx, row).await?;
                }
            }
        }
        withhold(tx, person.id).await?;
    }
    let ids: Vec<CitizenId> = people.iter().map(|person| person.id).collect();
    for file in files_in(tx, &ids).await? {
        redact::file_in(tx, vault, file, &ids, named).await?;
    }
    Ok(())
}

async fn attended(
    tx: &DatabaseTransaction,
    citizen: CitizenId,
) -> Result<Vec<services::Model>, DbErr> {
    let ids: Vec<ServiceId> = attendances::Entity::find()
        .select_only()
        .column(attendances::Column::ServiceId)
        .filter(attendances::Column::CitizenId.eq(citizen))
        .into_tuple()
        .all(tx)
        .await?;
    services::Entity::find()
        .filter(services::Column::Id.is_in(ids))
        .all(tx)
        .await
}

async fn keep(
    tx: &DatabaseTransaction,
    person: &citizens::Model,
    service: &services::Model,
    programmes: &HashMap<ProgrammeId, Programme>,
) -> Result<(), DbErr> {
    let (birth, verified) = (person.birth_date, person.cf_verified_at);
    let programme = programmes.get(&service.programme_id);
    let counts = programme.is_some_and(|one| counted_on(one, birth, verified, service.day));
    let row = kept_attendances::ActiveModel {
        service_id: Set(service.id),
        citizen_id: Set(person.id),
        age_band: Set(birth.and_then(|birth| band(birth, service.day))),
        counts: Set(counts),
    };
    insert_new(tx, row).await?;
    Ok(())
}

fn band(birth: Date, day: Date) -> Option<AgeBand> {
    full_years(birth, day).and_then(AgeBand::of_age)
}

/// Whoever of these people is erased has at `to`, which was entered in place of `from`, what is kept
/// of them at `from`: nobody can say it again.
///
/// # Errors
/// The database's.
pub(super) async fn carry_in(
    tx: &DatabaseTransaction,
    people: &[citizens::Model],
    (from, to): (ServiceId, ServiceId),
) -> Result<(), DbErr> {
    let erased = people.iter().filter(|person| person.erased_at.is_some());
    let mut changes = Changes::default();
    for person in erased {
        let kept = kept_attendances::Entity::find_by_id((from, person.id));
        let Some(kept) = kept.one(tx).await? else {
            continue;
        };
        let row = kept_attendances::ActiveModel {
            service_id: Set(to),
            citizen_id: Set(person.id),
            age_band: Set(kept.age_band),
            counts: Set(kept.counts),
        };
        insert_new(tx, row).await?;
        withhold(tx, person.id).await?;
        settle(tx, person, &mut changes).await?;
    }
    changes.apply(tx).await
}

/// What somebody wrote of a service may name who attended.
async fn rewrite(
    tx: &DatabaseTransaction,
    service: &services::Model,
    named: &NamedBy,
) -> Result<(), DbErr> {
    let title = named.without(&service.title);
    let reason = service.void_reason.as_deref();
    let reason = reason.and_then(|reason| named.without(reason));
    if title.is_none() && reason.is_none() {
        return Ok(());
    }
    let change = services::ActiveModel {
        title: title.map_or(sea_orm::ActiveValue::NotSet, Set),
        void_reason: reason.map_or(sea_orm::ActiveValue::NotSet, |text| Set(Some(text))),
        ..Default::default()
    };
    services::Entity::update_many()
        .set(change)
        .filter(services::Column::Id.eq(service.id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Nothing of theirs is sent any more. What Facilita has, or may take, stays marked until somebody
/// has taken it out there.
async fn withhold(tx: &DatabaseTransaction, citizen: CitizenId) -> Result<(), DbErr> {
    let waiting = [SendState::Ready, SendState::Rejected, SendState::Corrected];
    attendances::Entity::update_many()
        .col_expr(
            attendances::Column::Facilita,
            Expr::value(SendState::Erased),
        )
        .filter(attendances::Column::CitizenId.eq(citizen))
        .filter(attendances::Column::Facilita.is_in(waiting))
        .exec(tx)
        .await?;
    Ok(())
}
