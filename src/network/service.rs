//! Services: the entries of the ledger. Nothing is deleted from it: a mistake is voided, with a
//! reason and a name, and the totals follow.

use std::collections::BTreeSet;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};
use thiserror::Error;
use time::{Date, OffsetDateTime};

use crate::citizens::follow::as_seen;
use crate::db::audit::Action;
use crate::db::entities::{account_roles, attendances, citizens, completions, services};
use crate::db::{self, Db, instant};
use crate::domain::calendar::rome_day;
use crate::domain::facilita::{PublicDomain, SendState, ServiceKind};
use crate::domain::field::FieldError;
use crate::domain::ids::{AccountId, CitizenId, CompletionId, PointId, ServiceId};
use crate::domain::role::Role;
use crate::domain::text::line;

mod alike;

use super::counting::NotCounted;
use super::programme::{self, Programme};
use super::reached::{locked, settle};
use super::tally::{Changes, TallyPlace};
use super::told::told;

pub(super) use alike::alike;

/// A service to record.
#[derive(Debug, Clone)]
pub struct NewService {
    /// SE3.
    pub kind: ServiceKind,
    /// Where.
    pub point: PointId,
    /// Who gave it.
    pub facilitator: AccountId,
    /// When.
    pub day: Date,
    /// How long.
    pub minutes: u16,
    /// SE5 codes, 1 to 13.
    pub competences: Vec<u8>,
    /// SE6.
    pub domains: Vec<PublicDomain>,
    /// SE7: what it was about. Facilita tells services apart by it.
    pub title: String,
    /// Who attended.
    pub citizens: Vec<CitizenId>,
}

/// Whom somebody may put on the list of a service.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// Everybody whom these points follow; everybody where `None`.
    pub points: Option<Vec<PointId>>,
}

impl Reach {
    async fn has(
        &self,
        tx: &DatabaseTransaction,
        people: &[citizens::Model],
    ) -> Result<bool, DbErr> {
        if people
            .iter()
            .any(|person| person.merged_into.is_some() || person.erased_at.is_some())
        {
            return Ok(false);
        }
        let seen = as_seen(tx, people.to_vec(), self.points.as_deref()).await?;
        Ok(seen.len() == people.len())
    }
}

/// A service that is in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The entry.
    pub service: ServiceId,
    /// Who attended, and whether it made them reached.
    pub attendances: Vec<(CitizenId, bool)>,
}

/// Why a service was not recorded or voided.
#[derive(Debug, Error)]
pub enum ServiceError {
    /// Fields at fault, all of them.
    #[error("{} fields cannot be accepted", .0.len())]
    Invalid(Vec<FieldError>),
    /// No such service.
    #[error("no such service")]
    NotFound,
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// Records a service that a facilitator gave. The same again (same facilitator, point, day and
/// content, same citizens) changes nothing and answers with the first: Facilita would take it for
/// the same service too. Citizens who do not count attend all the same.
///
/// # Errors
/// [`ServiceError::Invalid`].
pub async fn record_in(
    tx: &DatabaseTransaction,
    new: &NewService,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<Recorded, ServiceError> {
    let (service, _) = record_within(tx, new, Some(&Reach::default()), by, now).await?;
    Ok(recorded(tx, service).await?)
}

/// [`record_in`] in a transaction of its own, by somebody who may list those within `reach`, for a
/// facilitator of the point. People out of reach are as unknown as those who are not there. And
/// whether the entry is new: the same again is the one that is there.
///
/// # Errors
/// As there.
pub async fn record(
    db: &Db,
    new: NewService,
    reach: Reach,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(Recorded, bool), ServiceError> {
    db::write(db, async move |tx| {
        let gives = account_roles::Entity::find()
            .filter(account_roles::Column::AccountId.eq(new.facilitator))
            .filter(account_roles::Column::Role.eq(Role::Facilitator))
            .filter(account_roles::Column::PointId.eq(new.point))
            .one(tx)
            .await?;
        if gives.is_none() {
            let fault = FieldError::new("facilitator", "facilitator-not-here");
            return Err(ServiceError::Invalid(vec![fault]));
        }
        let (service, is_new) = record_within(tx, &new, Some(&reach), by, now).await?;
        Ok((recorded(tx, service).await?, is_new))
    })
    .await
}

/// The entry, and whether it is new. Without a reach whoever calls has judged who may be listed.
pub(super) async fn record_within(
    tx: &DatabaseTransaction,
    new: &NewService,
    reach: Option<&Reach>,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(ServiceId, bool), ServiceError> {
    let programme = programme::of_point(tx, new.point).await?;
    let mut faults = faults(new, &programme, rome_day(now));
    let people = locked(tx, &new.citizens).await?;
    let named: BTreeSet<_> = new.citizens.iter().collect();
    let in_reach = match reach {
        Some(reach) => reach.has(tx, &people).await?,
        None => true,
    };
    if people.len() != named.len() || !in_reach {
        faults.push(FieldError::new("citizens", "unknown-citizen"));
    }
    if !faults.is_empty() {
        return Err(ServiceError::Invalid(faults));
    }
    let there = alike(tx, new).await?;
    if let Some(same) = there.iter().find(|one| one.stands && one.is_of(new)) {
        return Ok((same.id, false));
    }
    let service = enter(tx, &programme, new, &people, None, Some(by), now).await?;
    let detail = new.kind.name();
    told(
        tx,
        (Action::ServiceRecorded, detail),
        service,
        &people,
        (Some(by), now),
    )
    .await?;
    Ok((service, true))
}

/// [`void_in`] in a transaction of its own.
///
/// # Errors
/// As there.
pub async fn void(
    db: &Db,
    service: ServiceId,
    reason: String,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), ServiceError> {
    db::write(db, async move |tx| {
        void_in(tx, service, &reason, Some(by), now).await
    })
    .await
}

/// Voids a service with a reason; the totals follow, and whoever it had made reached is reached by
/// the next service that counts, if there is one. Voiding again changes nothing. `by` is nobody
/// where the person it was for says themselves that it is not theirs.
///
/// # Errors
/// [`ServiceError::NotFound`], or [`ServiceError::Invalid`] without a reason.
pub async fn void_in(
    tx: &DatabaseTransaction,
    service: ServiceId,
    reason: &str,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<(), ServiceError> {
    let reason = line(reason);
    if reason.is_empty() {
        return Err(ServiceError::Invalid(vec![FieldError::new(
            "reason", "required",
        )]));
    }
    let row = services::Entity::find_by_id(service).one(tx).await?;
    let row = row.ok_or(ServiceError::NotFound)?;
    let people: Vec<_> = recorded(tx, service)
        .await?
        .attendances
        .into_iter()
        .map(|(citizen, _)| citizen)
        .collect();
    let people = locked(tx, &people).await?;
    let voided = services::Entity::update_many()
        .col_expr(services::Column::VoidedAt, Expr::value(instant(now)))
        .col_expr(services::Column::VoidedBy, Expr::value(by))
        .col_expr(services::Column::VoidReason, Expr::value(reason))
        .filter(services::Column::Id.eq(service))
        .filter(services::Column::VoidedAt.is_null())
        .exec(tx)
        .await?;
    if voided.rows_affected == 0 {
        return Ok(());
    }
    if let Some(completion) = row.completion_id {
        completions::Entity::update_many()
            .col_expr(
                completions::Column::NotCounted,
                Expr::value(NotCounted::Voided.key()),
            )
            .filter(completions::Column::Id.eq(completion))
            .exec(tx)
            .await?;
    }
    let mut changes = Changes::default();
    changes.services(
        TallyPlace::new(row.programme_id, row.point_id, row.day, row.kind),
        -1,
    );
    for person in &people {
        settle(tx, person, &mut changes).await?;
    }
    changes.apply(tx).await?;
    Ok(told(tx, (Action::ServiceVoided, ""), service, &people, (by, now)).await?)
}

/// Writes an entry that was judged sound, with its citizens, whose rows are locked.
pub(super) async fn enter(
    tx: &DatabaseTransaction,
    programme: &Programme,
    new: &NewService,
    people: &[citizens::Model],
    completion: Option<CompletionId>,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<ServiceId, DbErr> {
    let id = ServiceId::new();
    let row = services::ActiveModel {
        id: Set(id),
        programme_id: Set(programme.id),
        point_id: Set(new.point),
        account_id: Set(new.facilitator),
        kind: Set(new.kind),
        day: Set(new.day),
        minutes: Set(new.minutes.into()),
        competences: Set(competences(new)),
        domains: Set(domains(new)),
        title: Set(line(&new.title)),
        completion_id: Set(completion),
        recorded_at: Set(instant(now)),
        recorded_by: Set(by),
        voided_at: Set(None),
        voided_by: Set(None),
        void_reason: Set(None),
        corrects_id: Set(None),
    };
    services::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    let rows = people.iter().map(|person| attendances::ActiveModel {
        service_id: Set(id),
        citizen_id: Set(person.id),
        new_citizen: Set(false),
        facilita: Set(SendState::Ready),
    });
    attendances::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    let mut changes = Changes::default();
    changes.services(
        TallyPlace::new(programme.id, new.point, new.day, new.kind),
        1,
    );
    for person in people {
        settle(tx, person, &mut changes).await?;
    }
    changes.apply(tx).await?;
    Ok(id)
}

/// An entry as it stands.
pub(super) async fn recorded(
    tx: &DatabaseTransaction,
    service: ServiceId,
) -> Result<Recorded, DbErr> {
    let rows = attendances::Entity::find()
        .filter(attendances::Column::ServiceId.eq(service))
        .all(tx)
        .await?;
    let mut attendances: Vec<_> = rows
        .into_iter()
        .map(|row| (row.citizen_id, row.new_citizen))
        .collect();
    attendances.sort();
    Ok(Recorded {
        service,
        attendances,
    })
}

fn faults(new: &NewService, programme: &Programme, today: Date) -> Vec<FieldError> {
    let mut faults = Vec::new();
    let mut fault = |wrong: bool, field, key| {
        if wrong {
            faults.push(FieldError::new(field, key));
        }
    };
    fault(new.day > today, "date", "in-the-future");
    fault(new.day < programme.starts_on, "date", "before-programme");
    fault(new.day > programme.ends_on, "date", "after-programme");
    fault(
        !(1..=24 * 60).contains(&new.minutes),
        "minutes",
        "not-a-duration",
    );
    fault(new.competences.is_empty(), "competences", "required");
    let unknown = new.competences.iter().any(|code| !(1..=13).contains(code));
    fault(unknown, "competences", "not-a-choice");
    fault(new.domains.is_empty(), "domains", "required");
    fault(new.title.chars().count() > 600, "title", "too-long");
    fault(new.citizens.is_empty(), "citizens", "required");
    let several = new.kind == ServiceKind::Individual && new.citizens.len() > 1;
    fault(several, "citizens", "only-one");
    faults
}

/// SE5 as Facilita writes it: in order, joined by colons.
pub(super) fn competences(new: &NewService) -> String {
    let codes: BTreeSet<u8> = new.competences.iter().copied().collect();
    codes
        .iter()
        .map(u8::to_string)
        .collect::<Vec<_>>()
        .join(":")
}

/// SE6 as Facilita writes it.
pub(super) fn domains(new: &NewService) -> String {
    let codes: BTreeSet<_> = new.domains.iter().map(|domain| domain.code()).collect();
    codes.into_iter().collect::<Vec<_>>().join(":")
}
