//! The rows of a file as people read them.

use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, JoinType, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use time::Date;

use crate::db::Db;
use crate::db::entities::{citizens, facilita_rows, points, services};
use crate::domain::facilita::SendState;
use crate::domain::ids::{BatchId, CitizenId, ServiceId};

use super::FacilitaError;

/// A row of a file, for people.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Line {
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
}

/// How many rows a page of [`lines`] has.
pub const LINES: u64 = 100;

/// A page of a file's rows, counted from 0, and how many pages there are.
///
/// # Errors
/// The database's.
pub async fn lines(
    db: &Db,
    id: BatchId,
    states: &[SendState],
    at: u64,
) -> Result<(Vec<Line>, u64), FacilitaError> {
    use facilita_rows::Column as R;
    let query = facilita_rows::Entity::find()
        .select_only()
        .columns([R::Number, R::ServiceId, R::CitizenId, R::State, R::Note])
        .columns([services::Column::Day, services::Column::Title])
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
        .join(
            JoinType::InnerJoin,
            services::Entity::belongs_to(points::Entity)
                .from(services::Column::PointId)
                .to(points::Column::Id)
                .into(),
        )
        .filter(R::BatchId.eq(id))
        .filter(R::State.is_in(states.iter().copied()))
        .order_by_asc(R::Number)
        .into_model::<Line>();
    let pages = query.paginate(db.read(), LINES);
    Ok((pages.fetch_page(at).await?, pages.num_pages().await?))
}
