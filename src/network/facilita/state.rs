//! How much has gone to Facilita, what it refused, and what only a person can settle.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait as _, Order, Query};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, JoinType,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use time::{Date, OffsetDateTime};

use crate::citizens::Vault;
use crate::db::audit::{Act, Action, note, note_to_each};
use crate::db::entities::{
    attendances, facilita_batches, facilita_rows, points, programmes, services,
};
use crate::db::{self, Db};
use crate::domain::calendar::rome_day;
use crate::domain::facilita::SendState;
use crate::domain::field::FieldError;
use crate::domain::ids::{AccountId, BatchId, CitizenId, ServiceId};
use crate::domain::text::paragraphs;
use crate::network::programme::Programme;

use super::FacilitaError;
use super::check::Reason;
use super::held;
use super::sent::rows_after;
use super::waiting::{AttendanceFilter, judge};

/// The attendances of a programme by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Never sent, and they can be.
    pub ready: u64,
    /// Never sent, and Facilita would refuse them as they are.
    pub held: u64,
    /// Those of them that a record lacks something for.
    pub lacking: u64,
    /// In a file without a report.
    pub sent: u64,
    /// Facilita has them.
    pub accepted: u64,
    /// Refused, and not mended.
    pub rejected: u64,
    /// Refused and mended: they go with the next file.
    pub corrected: u64,
}

/// Counts them. What was sent is added up from the files, so that only the few that wait are
/// counted one by one.
///
/// # Errors
/// The database's.
pub async fn counts(
    db: &Db,
    vault: &Vault,
    programme: &Programme,
    now: OffsetDateTime,
) -> Result<Counts, FacilitaError> {
    let waiting = waiting(db, programme).await?;
    let of = |state| waiting.get(&state).copied().unwrap_or(0);
    let (lacking, others) = held::count(db, vault, programme, rome_day(now)).await?;
    let held = lacking + others;
    let mut counts = Counts {
        ready: of(SendState::Ready).saturating_sub(held),
        held,
        lacking,
        ..Counts::default()
    };
    if of(SendState::Rejected) + of(SendState::Corrected) > 0 {
        for row in refused_now(db, vault, programme, now).await?.values() {
            match row {
                Ok(()) => counts.corrected += 1,
                Err(_) => counts.rejected += 1,
            }
        }
    }
    for batch in super::batch::list(db, programme.id).await? {
        let rows = |number: i32| u64::try_from(number).unwrap_or(0);
        if batch.called_back_at.is_some() {
            continue;
        }
        match batch.rejected {
            None => counts.sent += rows(batch.rows),
            Some(rejected) => counts.accepted += rows(batch.rows - rejected),
        }
    }
    Ok(counts)
}

/// The first and the last day of a programme's services, of which all that was never sent are some;
/// `None` where there are none.
///
/// # Errors
/// The database's.
pub async fn days(db: &Db, programme: &Programme) -> Result<Option<(Date, Date)>, DbErr> {
    let end = |order| {
        let days = services::Entity::find()
            .select_only()
            .column(services::Column::Day)
            .filter(services::Column::ProgrammeId.eq(programme.id))
            .order_by(services::Column::Day, order);
        days.into_tuple::<Date>()
    };
    let first = end(Order::Asc).one(db.read()).await?;
    let last = end(Order::Desc).one(db.read()).await?;
    Ok(first.zip(last))
}

/// How many wait, by state: all there are in the index of states, less those of voided services
/// and of other programmes. To ask each for its service would take many times as long.
async fn waiting(db: &Db, programme: &Programme) -> Result<HashMap<SendState, u64>, DbErr> {
    use attendances::Column as A;
    use services::Column as S;
    let counted = attendances::Entity::find()
        .select_only()
        .column(A::Facilita)
        .column_as(A::CitizenId.count(), "number")
        .filter(A::Facilita.is_in(super::waiting::WAITING))
        .group_by(A::Facilita);
    let mut others = Condition::any().add(S::VoidedAt.is_not_null());
    if programmes::Entity::find().count(db.read()).await? > 1 {
        others = others.add(S::ProgrammeId.ne(programme.id));
    }
    let others = services::Entity::find()
        .select_only()
        .column(S::Id)
        .filter(others)
        .into_query();
    let less = counted.clone().filter(A::ServiceId.in_subquery(others));
    let all: Vec<(SendState, i64)> = counted.into_tuple().all(db.read()).await?;
    let mut waiting: HashMap<_, _> = all.into_iter().collect();
    let less: Vec<(SendState, i64)> = less.into_tuple().all(db.read()).await?;
    for (state, number) in less {
        *waiting.entry(state).or_default() -= number;
    }
    let positive = |(state, number)| (state, u64::try_from(number).unwrap_or(0));
    Ok(waiting.into_iter().map(positive).collect())
}

/// Where the refused attendances of a programme are now: sent again, mended, or with what would
/// hold them back.
///
/// # Errors
/// The database's.
pub async fn refused_now(
    db: &Db,
    vault: &Vault,
    programme: &Programme,
    now: OffsetDateTime,
) -> Result<HashMap<(ServiceId, CitizenId), Result<(), Vec<Reason>>>, FacilitaError> {
    let states = [SendState::Rejected, SendState::Corrected];
    let mut all = HashMap::new();
    let wanted = AttendanceFilter::of(&states);
    judge(db, vault, programme, wanted, rome_day(now), |service| {
        let found = service.iter().cloned();
        all.extend(found.map(|one| ((one.service, one.citizen), one.row.map(|_| ()))));
        true
    })
    .await?;
    Ok(all)
}

/// What somebody decides about a refused row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It goes again as it is: what was wrong was mended in Facilita.
    Again,
    /// Facilita has it already: nothing is to be sent.
    There,
}

/// Settles a refused row by hand, with a reason that is kept. Doing it again changes nothing.
///
/// # Errors
/// [`FacilitaError::NotFound`] where the row was not refused or has been sent again since;
/// [`FacilitaError::Invalid`] without a reason.
pub async fn decide(
    db: &Db,
    (id, number): (BatchId, i32),
    decision: Decision,
    reason: &str,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), FacilitaError> {
    let reason = paragraphs(reason);
    if reason.is_empty() {
        let fault = FieldError::new("reason", "facilita-reason-needed");
        return Err(FacilitaError::Invalid(vec![fault]));
    }
    db::write(db, async move |tx| {
        let row = facilita_rows::Entity::find_by_id((id, number))
            .one(tx)
            .await?
            .filter(|row| row.state == SendState::Rejected)
            .ok_or(FacilitaError::NotFound)?;
        let state = match decision {
            Decision::Again => SendState::Corrected,
            Decision::There => SendState::Accepted,
        };
        let set = attendances::Entity::update_many()
            .col_expr(attendances::Column::Facilita, Expr::value(state))
            .filter(attendances::Column::ServiceId.eq(row.service_id))
            .filter(attendances::Column::CitizenId.eq(row.citizen_id))
            .filter(
                attendances::Column::Facilita.is_in([SendState::Rejected, SendState::Corrected]),
            )
            .filter(Expr::exists(rows_after(id)).not())
            .exec(tx)
            .await?;
        if set.rows_affected == 0 {
            return Err(FacilitaError::NotFound);
        }
        settle(tx, &row, decision, reason).await?;
        let about = Act {
            by: Some(by),
            action: Action::FacilitaRowSettled,
            subject: "citizen",
            id: row.citizen_id.0,
            detail: &id.to_string(),
        };
        note(tx, about, now).await?;
        let act = Act {
            by: Some(by),
            action: match decision {
                Decision::Again => Action::FacilitaRowAgain,
                Decision::There => Action::FacilitaRowThere,
            },
            subject: "facilita_batch",
            id: id.0,
            detail: &number.to_string(),
        };
        note(tx, act, now).await?;
        Ok(())
    })
    .await
}

async fn settle(
    tx: &DatabaseTransaction,
    row: &facilita_rows::Model,
    decision: Decision,
    reason: String,
) -> Result<(), DbErr> {
    use facilita_batches::Column as B;
    let state = match decision {
        Decision::Again => row.state,
        Decision::There => SendState::Accepted,
    };
    facilita_rows::Entity::update_many()
        .col_expr(facilita_rows::Column::Reason, Expr::value(reason))
        .col_expr(facilita_rows::Column::State, Expr::value(state))
        .filter(facilita_rows::Column::BatchId.eq(row.batch_id))
        .filter(facilita_rows::Column::Number.eq(row.number))
        .exec(tx)
        .await?;
    if decision == Decision::There {
        facilita_batches::Entity::update_many()
            .col_expr(B::Rejected, Expr::col(B::Rejected).sub(1))
            .filter(B::Id.eq(row.batch_id))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// A voided service that Facilita has, or will have.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Voided {
    /// The service.
    pub id: ServiceId,
    /// Its day.
    pub day: Date,
    /// What it was about.
    pub title: String,
    /// The code of the point.
    pub point: String,
    /// Why it is void.
    pub void_reason: Option<String>,
}

/// The voided services of a programme that somebody has to take away in Facilita, by hand.
///
/// # Errors
/// The database's.
pub async fn to_take_away(db: &Db, programme: &Programme) -> Result<Vec<Voided>, FacilitaError> {
    use services::Column as S;
    let there = Query::select()
        .expr(Expr::val(1))
        .from(attendances::Entity)
        .and_where(
            Expr::col((attendances::Entity, attendances::Column::ServiceId))
                .eq(Expr::col((services::Entity, S::Id))),
        )
        .and_where(attendances::Column::Facilita.is_in([SendState::Sent, SendState::Accepted]))
        .take();
    let found = services::Entity::find()
        .select_only()
        .columns([S::Id, S::Day, S::Title, S::VoidReason])
        .column_as(points::Column::Code, "point")
        .join(
            JoinType::InnerJoin,
            services::Entity::belongs_to(points::Entity)
                .from(S::PointId)
                .to(points::Column::Id)
                .into(),
        )
        .filter(S::ProgrammeId.eq(programme.id))
        .filter(S::VoidedAt.is_not_null())
        .filter(Expr::exists(there))
        .order_by_asc(S::Day)
        .order_by_asc(S::Id)
        .into_model()
        .all(db.read())
        .await?;
    Ok(found)
}

/// A voided service is no longer in Facilita. Again, it changes nothing.
///
/// # Errors
/// [`FacilitaError::NotFound`] for a service that is not void.
pub async fn taken_away(
    db: &Db,
    service: ServiceId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), FacilitaError> {
    db::write(db, async move |tx| {
        services::Entity::find_by_id(service)
            .one(tx)
            .await?
            .filter(|row| row.voided_at.is_some())
            .ok_or(FacilitaError::NotFound)?;
        attendances::Entity::update_many()
            .col_expr(attendances::Column::Facilita, Expr::value(SendState::Ready))
            .filter(attendances::Column::ServiceId.eq(service))
            .exec(tx)
            .await?;
        let people = attendances::Entity::find()
            .filter(attendances::Column::ServiceId.eq(service))
            .all(tx)
            .await?;
        let act = Act {
            by: Some(by),
            action: Action::FacilitaTakenAway,
            subject: "service",
            id: service.0,
            detail: "",
        };
        let people = people.iter().map(|row| row.citizen_id);
        note_to_each(tx, act, Action::TakenOutOfFacilita, people, now).await?;
        Ok(())
    })
    .await
}
