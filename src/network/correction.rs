//! A service that was written down wrong: it is voided and entered anew in one act, and each of the
//! two knows the other. What Facilita has of the first is taken away there as of any that is voided;
//! the new one waits to be sent.

use std::collections::BTreeSet;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
};
use time::{Date, OffsetDateTime};

use crate::citizens::follow::as_seen;
use crate::db::entities::services;
use crate::db::{self, Db};
use crate::domain::facilita::{PublicDomain, ServiceKind};
use crate::domain::field::FieldError;
use crate::domain::ids::{AccountId, CitizenId, ServiceId};

use super::erasure::carry_in;
use super::reached::locked;
use super::service::{
    NewService, Reach, ServiceError, competences, domains, record_within, recorded, void_in,
};

/// What a service should have said. Where it was and who gave it stay as they are.
#[derive(Debug, Clone)]
pub struct ServiceCorrection {
    /// SE3.
    pub kind: ServiceKind,
    /// When.
    pub day: Date,
    /// How long.
    pub minutes: u16,
    /// SE5 codes.
    pub competences: Vec<u8>,
    /// SE6.
    pub domains: Vec<PublicDomain>,
    /// SE7.
    pub title: String,
    /// Who attended, as far as whoever corrects can name them: the others stay on the list, and so
    /// does whoever is erased.
    pub citizens: Vec<CitizenId>,
    /// Why.
    pub reason: String,
}

/// The service that stands for another, and the one that another stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Links {
    /// It was entered in place of this one.
    pub instead_of: Option<ServiceId>,
    /// This one stands for it.
    pub corrected_by: Option<ServiceId>,
}

/// Corrects a service; the totals follow. The same again changes nothing: the answer is the service
/// that stands for it. Another correction of it is refused: that service is the one to correct.
///
/// # Errors
/// [`ServiceError::NotFound`]; [`ServiceError::Invalid`] without a reason, where nothing is
/// changed, for what is wrong with the new one, for a service that was voided, and for one that
/// somebody earned by learning.
pub async fn correct(
    db: &Db,
    service: ServiceId,
    correction: ServiceCorrection,
    reach: Reach,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<ServiceId, ServiceError> {
    db::write(db, async move |tx| {
        correct_in(tx, service, correction, &reach, by, now).await
    })
    .await
}

async fn correct_in(
    tx: &DatabaseTransaction,
    service: ServiceId,
    correction: ServiceCorrection,
    reach: &Reach,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<ServiceId, ServiceError> {
    let there: Vec<CitizenId> = attended(tx, service).await?;
    let wanted = correction.citizens.iter().copied();
    let both: Vec<CitizenId> = there.iter().copied().chain(wanted).collect();
    // Everybody of both lists in one order, so that two corrections never wait for each other.
    let people = locked(tx, &both).await?;
    let row = services::Entity::find_by_id(service).one(tx).await?;
    let row = row.ok_or(ServiceError::NotFound)?;
    let refuse = |field, key| Err(ServiceError::Invalid(vec![FieldError::new(field, key)]));
    if let Some(instead) = links_in(tx, service).await?.corrected_by {
        let there = services::Entity::find_by_id(instead).one(tx).await?;
        let people = attended(tx, instead).await?;
        let named = correction.citizens.iter().all(|one| people.contains(one));
        let new = new_service(&row, correction, people);
        return match there {
            Some(there) if named && says_the_same(&there, &new) => Ok(instead),
            _ => refuse("reason", "correct-voided"),
        };
    }
    if row.completion_id.is_some() {
        return refuse("reason", "correct-learned");
    }
    if row.voided_at.is_some() {
        return refuse("reason", "correct-voided");
    }
    // Nobody is put on a list by somebody who may not name them, and nobody is taken off it so.
    let seen = as_seen(tx, people.clone(), reach.points.as_deref()).await?;
    let open = seen.iter().filter(|one| one.row.erased_at.is_none());
    let named: BTreeSet<CitizenId> = open.map(|one| one.row.id).collect();
    if !correction.citizens.iter().all(|one| named.contains(one)) {
        return refuse("citizens", "unknown-citizen");
    }
    let stay = there.iter().filter(|one| !named.contains(one));
    let all = correction.citizens.iter().chain(stay).copied();
    let citizens: BTreeSet<CitizenId> = all.collect();
    let reason = correction.reason.clone();
    let new = new_service(&row, correction, citizens.iter().copied().collect());
    if says_the_same(&row, &new) && citizens == there.into_iter().collect() {
        return refuse("reason", "correct-nothing");
    }
    void_in(tx, service, &reason, Some(by), now).await?;
    let (instead, is_new) = record_within(tx, &new, None, by, now).await?;
    if !is_new {
        return refuse("reason", "correct-there-already");
    }
    carry_in(tx, &people, (service, instead)).await?;
    services::Entity::update_many()
        .col_expr(services::Column::CorrectsId, Expr::value(service))
        .filter(services::Column::Id.eq(instead))
        .exec(tx)
        .await?;
    Ok(instead)
}

/// What is entered: where the old one was, by whom it was given.
fn new_service(
    old: &services::Model,
    correction: ServiceCorrection,
    citizens: Vec<CitizenId>,
) -> NewService {
    NewService {
        kind: correction.kind,
        point: old.point_id,
        facilitator: old.account_id,
        day: correction.day,
        minutes: correction.minutes,
        competences: correction.competences,
        domains: correction.domains,
        title: correction.title,
        citizens,
    }
}

fn says_the_same(row: &services::Model, new: &NewService) -> bool {
    row.kind == new.kind
        && row.day == new.day
        && row.minutes == i32::from(new.minutes)
        && row.title == new.title
        && row.competences == competences(new)
        && row.domains == domains(new)
}

async fn attended(tx: &DatabaseTransaction, service: ServiceId) -> Result<Vec<CitizenId>, DbErr> {
    let attendances = recorded(tx, service).await?.attendances;
    Ok(attendances
        .into_iter()
        .map(|(citizen, _)| citizen)
        .collect())
}

/// The services that a service is tied to.
///
/// # Errors
/// The database's.
pub async fn links(db: &Db, service: ServiceId) -> Result<Links, DbErr> {
    links_in(db.read(), service).await
}

async fn links_in<C: ConnectionTrait>(db: &C, service: ServiceId) -> Result<Links, DbErr> {
    let rows = services::Entity::find()
        .filter(
            Condition::any()
                .add(services::Column::Id.eq(service))
                .add(services::Column::CorrectsId.eq(service)),
        )
        .all(db)
        .await?;
    let own = rows.iter().find(|row| row.id == service);
    let other = rows.iter().find(|row| row.corrects_id == Some(service));
    Ok(Links {
        instead_of: own.and_then(|row| row.corrects_id),
        corrected_by: other.map(|row| row.id),
    })
}
