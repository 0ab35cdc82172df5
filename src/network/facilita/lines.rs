//! The rows of a file, and what is held back, as people read them.

use std::collections::HashSet;

use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationDef,
};
use time::{Date, OffsetDateTime};

use crate::db::entities::{accounts, attendances, citizens, facilita_rows, points, services};
use crate::db::{Db, audit};
use crate::domain::facilita::SendState;
use crate::domain::ids::{BatchId, CitizenId, ServiceId};

use super::FacilitaError;
use super::sent::attended;

/// A row of a file, for people.
#[derive(Debug, Clone, FromQueryResult)]
pub struct FileLine {
    /// Its number in the file.
    pub number: i32,
    /// The service.
    pub service_id: ServiceId,
    /// Its day.
    pub day: Date,
    /// What it was about.
    pub title: String,
    /// The code of the point.
    pub point: String,
    /// Who attended.
    pub citizen_id: CitizenId,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// What became of the row.
    pub state: SendState,
    /// Facilita's words.
    pub note: Option<String>,
    /// When the service was voided: nothing of it goes again.
    pub voided_at: Option<OffsetDateTime>,
}

/// A page of a file's rows, so many on each, counted from 0; and how many pages there are.
///
/// # Errors
/// The database's.
pub async fn lines(
    db: &Db,
    id: BatchId,
    states: &[SendState],
    (at, many): (u64, u64),
) -> Result<(Vec<FileLine>, u64), FacilitaError> {
    use facilita_rows::Column as R;
    let query = facilita_rows::Entity::find()
        .select_only()
        .columns([R::Number, R::ServiceId, R::CitizenId, R::State, R::Note])
        .columns([services::Column::Day, services::Column::Title])
        .column(services::Column::VoidedAt)
        .column_as(points::Column::Code, "point")
        .columns([citizens::Column::FirstName, citizens::Column::LastName])
        .join(
            JoinType::InnerJoin,
            facilita_rows::Entity::belongs_to(services::Entity)
                .from(R::ServiceId)
                .to(services::Column::Id)
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            facilita_rows::Entity::belongs_to(citizens::Entity)
                .from(R::CitizenId)
                .to(citizens::Column::Id)
                .into(),
        )
        .join(JoinType::InnerJoin, at_point())
        .filter(R::BatchId.eq(id))
        .filter(R::State.is_in(states.iter().copied()))
        .order_by_asc(R::Number)
        .into_model::<FileLine>();
    audit::saw(audit::Action::FacilitaRowsRead, "facilita_batch", id.0, "");
    let pages = query.paginate(db.read(), many);
    Ok((pages.fetch_page(at).await?, pages.num_pages().await?))
}

/// An attendance that has something to be put right.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Subject {
    /// The service.
    pub service_id: ServiceId,
    /// Its day.
    pub day: Date,
    /// What it was about.
    pub title: String,
    /// The code of the point.
    pub point: String,
    /// The point's name.
    pub point_name: String,
    /// Who gave it.
    pub facilitator: String,
    /// Who attended.
    pub citizen_id: CitizenId,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
}

/// The attendances of these pairs, in no order. Ask for no more than are shown.
///
/// # Errors
/// The database's.
pub async fn subjects(
    db: &Db,
    pairs: &HashSet<(ServiceId, CitizenId)>,
) -> Result<Vec<Subject>, FacilitaError> {
    use services::Column as S;
    let found = attendances::Entity::find()
        .select_only()
        .columns([
            attendances::Column::ServiceId,
            attendances::Column::CitizenId,
        ])
        .columns([S::Day, S::Title])
        .column_as(points::Column::Code, "point")
        .column_as(points::Column::Name, "point_name")
        .column_as(accounts::Column::Name, "facilitator")
        .columns([citizens::Column::FirstName, citizens::Column::LastName])
        .join(JoinType::InnerJoin, attended())
        .join(JoinType::InnerJoin, at_point())
        .join(
            JoinType::InnerJoin,
            services::Entity::belongs_to(accounts::Entity)
                .from(S::AccountId)
                .to(accounts::Column::Id)
                .into(),
        )
        .join(JoinType::InnerJoin, super::sent::whose())
        .filter(attendances::Column::ServiceId.is_in(pairs.iter().map(|(service, _)| *service)))
        .filter(attendances::Column::CitizenId.is_in(pairs.iter().map(|(_, who)| *who)))
        .into_model::<Subject>()
        .all(db.read())
        .await?;
    audit::list_seen(audit::Action::FacilitaHeldListed, found.len());
    let asked = |one: &Subject| pairs.contains(&(one.service_id, one.citizen_id));
    Ok(found.into_iter().filter(asked).collect())
}

fn at_point() -> RelationDef {
    services::Entity::belongs_to(points::Entity)
        .from(services::Column::PointId)
        .to(points::Column::Id)
        .into()
}

/// How many rows of a file say nothing of their person any more, since the record was erased: what
/// is downloaded now differs from what was sent.
///
/// # Errors
/// The database's.
pub async fn emptied(db: &Db, id: BatchId) -> Result<u64, DbErr> {
    facilita_rows::Entity::find()
        .filter(facilita_rows::Column::BatchId.eq(id))
        .filter(facilita_rows::Column::Hash.eq(""))
        .count(db.read())
        .await
}
