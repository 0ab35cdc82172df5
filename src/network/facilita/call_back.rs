//! Taking a file back before it is sent: what was in it can be sent again.

use sea_orm::sea_query::{Expr, ExprTrait as _, LockType, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect,
};
use time::OffsetDateTime;

use crate::db::audit::{Act, Action, note_to_each};
use crate::db::entities::{attendances, citizens, facilita_batches, facilita_rows};
use crate::db::{self, Db, instant};
use crate::domain::facilita::SendState;
use crate::domain::ids::{AccountId, BatchId, CitizenId};

use super::FacilitaError;
use super::sent::{hold, people_in, row_of, rows_after, rows_before, services_in};
use super::standing::recount;

/// Calls back a file that was not given to Facilita yet. Its attendances wait for the next one; what
/// had been refused before goes again as it is, as it was to go with this file. The file stays in
/// the history, and gets no report. Again, it changes nothing.
///
/// # Errors
/// [`FacilitaError::NotFound`], or [`FacilitaError::Reported`] for a file that was sent.
pub async fn call_back(
    db: &Db,
    id: BatchId,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), FacilitaError> {
    db::write(db, async move |tx| {
        let found: Option<(Option<i32>, Option<OffsetDateTime>)> =
            facilita_batches::Entity::find_by_id(id)
                .select_only()
                .column(facilita_batches::Column::Rejected)
                .column(facilita_batches::Column::CalledBackAt)
                .lock(LockType::NoKeyUpdate)
                .into_tuple()
                .one(tx)
                .await?;
        match found {
            None => return Err(FacilitaError::NotFound),
            Some((_, Some(_))) => return Ok(()),
            Some((Some(_), _)) => return Err(FacilitaError::Reported),
            Some((None, None)) => {}
        }
        facilita_batches::Entity::update_many()
            .col_expr(
                facilita_batches::Column::CalledBackAt,
                Expr::value(instant(now)),
            )
            .col_expr(facilita_batches::Column::CalledBackBy, Expr::value(by))
            .filter(facilita_batches::Column::Id.eq(id))
            .exec(tx)
            .await?;
        hold(tx, id).await?;
        give_back(tx, id).await?;
        recount(
            tx,
            Condition::all().add(citizens::Column::Id.in_subquery(people_in(id))),
        )
        .await?;
        let act = Act {
            by: Some(by),
            action: Action::FacilitaBatchCalledBack,
            subject: "facilita_batch",
            id: id.0,
            detail: "",
        };
        let people: Vec<CitizenId> = facilita_rows::Entity::find()
            .select_only()
            .column(facilita_rows::Column::CitizenId)
            .distinct()
            .filter(facilita_rows::Column::BatchId.eq(id))
            .into_tuple()
            .all(tx)
            .await?;
        note_to_each(tx, act, Action::CalledBackFromFacilita, people, now).await?;
        Ok(())
    })
    .await
}

/// A row of a file that was called back is *ready*: it says nothing of what Facilita has.
async fn give_back(tx: &DatabaseTransaction, id: BatchId) -> Result<(), DbErr> {
    let refused_before = Expr::exists(rows_before(id));
    for (state, before) in [
        // Nothing of whoever was erased meanwhile goes any more.
        (SendState::Erased, Expr::exists(erased())),
        (SendState::Corrected, refused_before.clone()),
        (SendState::Ready, refused_before.not()),
    ] {
        attendances::Entity::update_many()
            .col_expr(attendances::Column::Facilita, Expr::value(state))
            .filter(attendances::Column::Facilita.eq(SendState::Sent))
            .filter(attendances::Column::ServiceId.in_subquery(services_in(id)))
            .filter(Expr::exists(row_of(id)))
            .filter(Expr::exists(rows_after(id)).not())
            .filter(before)
            .exec(tx)
            .await?;
    }
    facilita_rows::Entity::update_many()
        .col_expr(facilita_rows::Column::State, Expr::value(SendState::Ready))
        .filter(facilita_rows::Column::BatchId.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// The person of an attendance, where their record is erased.
fn erased() -> SelectStatement {
    let citizen = Expr::col((citizens::Entity, citizens::Column::Id));
    let attends = Expr::col((attendances::Entity, attendances::Column::CitizenId));
    Query::select()
        .column(citizens::Column::Id)
        .from(citizens::Entity)
        .and_where(citizen.eq(attends))
        .and_where(Expr::col((citizens::Entity, citizens::Column::ErasedAt)).is_not_null())
        .take()
}
