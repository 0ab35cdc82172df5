//! Which rows of which files an attendance has: the parts of statements that ask it.

use sea_orm::sea_query::{Expr, ExprTrait as _, LockType, Query, SelectStatement, SimpleExpr};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    RelationDef,
};

use crate::db::entities::{attendances, citizens, facilita_rows, services};
use crate::domain::facilita::SendState;
use crate::domain::ids::{BatchId, CitizenId};

/// The services of a file.
pub(super) fn services_in(id: BatchId) -> SelectStatement {
    Query::select()
        .column(facilita_rows::Column::ServiceId)
        .from(facilita_rows::Entity)
        .and_where(facilita_rows::Column::BatchId.eq(id))
        .take()
}

/// The row of the attendance at hand in a file.
pub(super) fn row_of(id: BatchId) -> SelectStatement {
    rows_in(facilita_rows::Column::BatchId.eq(id))
}

/// Its rows in later files: files are in the order of their ids. Those that were called back hold
/// nothing that was sent.
pub(super) fn rows_after(id: BatchId) -> SelectStatement {
    rows_in(facilita_rows::Column::BatchId.gt(id).and(was_sent()))
}

/// Its rows in earlier files.
pub(super) fn rows_before(id: BatchId) -> SelectStatement {
    rows_in(facilita_rows::Column::BatchId.lt(id).and(was_sent()))
}

/// Whether a row's file was not called back.
pub(super) fn was_sent() -> SimpleExpr {
    facilita_rows::Column::State.ne(SendState::Ready)
}

/// The people of a file.
pub(super) fn people_in(id: BatchId) -> SelectStatement {
    Query::select()
        .column(facilita_rows::Column::CitizenId)
        .from(facilita_rows::Entity)
        .and_where(facilita_rows::Column::BatchId.eq(id))
        .take()
}

fn rows_in(files: SimpleExpr) -> SelectStatement {
    use attendances::Column as A;
    use facilita_rows::Column as R;
    let here = |column: A| Expr::col((attendances::Entity, column));
    let there = |column: R| Expr::col((facilita_rows::Entity, column));
    Query::select()
        .expr(Expr::val(1))
        .from(facilita_rows::Entity)
        .and_where(files)
        .and_where(there(R::ServiceId).eq(here(A::ServiceId)))
        .and_where(there(R::CitizenId).eq(here(A::CitizenId)))
        .take()
}

/// From an attendance to its service.
pub(super) fn attended() -> RelationDef {
    attendances::Entity::belongs_to(services::Entity)
        .from(attendances::Column::ServiceId)
        .to(services::Column::Id)
        .into()
}

/// From an attendance to its citizen.
pub(super) fn whose() -> RelationDef {
    attendances::Entity::belongs_to(citizens::Entity)
        .from(attendances::Column::CitizenId)
        .to(citizens::Column::Id)
        .into()
}

/// Locks the citizens of a file, in the order in which everybody locks them.
pub(super) async fn hold(tx: &DatabaseTransaction, id: BatchId) -> Result<(), DbErr> {
    citizens::Entity::find()
        .select_only()
        .column(citizens::Column::Id)
        .filter(citizens::Column::Id.in_subquery(people_in(id)))
        .order_by_asc(citizens::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_tuple::<CitizenId>()
        .all(tx)
        .await?;
    Ok(())
}
