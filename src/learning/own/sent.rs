//! What the network counted of somebody, and what of it was sent to Facilita.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use time::{Date, OffsetDateTime};
use utoipa::ToSchema;

use crate::db::Db;
use crate::db::entities::{
    attendances, facilita_batches, facilita_rows, points, programmes, services,
};
use crate::domain::facilita::{SendState, ServiceKind};
use crate::domain::ids::{BatchId, CitizenId, PointId, ProgrammeId, ServiceId};

/// A service attended, or a module that became one.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnAttendance {
    /// Its day.
    pub day: Date,
    /// SE3, in the words of Facilita.
    #[serde(serialize_with = "ServiceKind::in_words")]
    #[schema(value_type = String, example = "Formazione online")]
    pub kind: ServiceKind,
    /// The programme.
    pub programme: String,
    /// The point.
    pub point: String,
    /// What it was about.
    pub title: String,
    /// How long it took.
    pub minutes: i32,
    /// It is a module that was done online, and not something given at the desk.
    pub learned: bool,
    /// It is the one by which the programme counts the person.
    pub reached: bool,
    /// When it was voided: then it does not count.
    #[serde(with = "time::serde::rfc3339::option")]
    pub voided_at: Option<OffsetDateTime>,
    /// Why.
    pub void_reason: Option<String>,
    /// How far it is on the way to Facilita: `ready`, `sent`, `accepted`, `rejected`, `corrected`.
    pub facilita: String,
    /// The files for Facilita that it was in.
    pub sent: Vec<OwnSent>,
}

/// That a service was sent to Facilita, the national system that follows the results.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnSent {
    /// When the file was made.
    #[serde(with = "time::serde::rfc3339")]
    pub sent_at: OffsetDateTime,
    /// The row in it.
    pub row: i32,
    /// What became of it.
    pub state: String,
    /// What Facilita wrote of it.
    pub note: Option<String>,
    /// Why it was settled by hand.
    pub reason: Option<String>,
}

/// Services that are looked up at once.
const AT_ONCE: usize = 500;

pub(super) async fn services(db: &Db, people: &[CitizenId]) -> Result<Vec<OwnAttendance>, DbErr> {
    let attended = attendances::Entity::find()
        .filter(attendances::Column::CitizenId.is_in(people.iter().copied()))
        .all(db.read())
        .await?;
    let ids: Vec<ServiceId> = attended.iter().map(|row| row.service_id).collect();
    let mut rows: HashMap<ServiceId, services::Model> = HashMap::new();
    for some in ids.chunks(AT_ONCE) {
        let found = services::Entity::find()
            .filter(services::Column::Id.is_in(some.iter().copied()))
            .all(db.read())
            .await?;
        rows.extend(found.into_iter().map(|row| (row.id, row)));
    }
    let mut sent = sent(db, people).await?;
    let (points, programmes) = names(db).await?;
    let name = |name: Option<&String>| name.cloned().unwrap_or_default();
    let own = |row: attendances::Model| {
        let service = rows.get(&row.service_id)?;
        Some(OwnAttendance {
            day: service.day,
            kind: service.kind,
            programme: name(programmes.get(&service.programme_id)),
            point: name(points.get(&service.point_id)),
            title: service.title.clone(),
            minutes: service.minutes,
            learned: service.completion_id.is_some(),
            reached: row.new_citizen,
            voided_at: service.voided_at,
            void_reason: service.void_reason.clone(),
            facilita: row.facilita.name().to_owned(),
            sent: sent
                .remove(&(row.service_id, row.citizen_id))
                .unwrap_or_default(),
        })
    };
    let mut all: Vec<OwnAttendance> = attended.into_iter().filter_map(own).collect();
    all.sort_by(|a, b| (b.day, &b.title).cmp(&(a.day, &a.title)));
    Ok(all)
}

type Names = (HashMap<PointId, String>, HashMap<ProgrammeId, String>);

async fn names(db: &Db) -> Result<Names, DbErr> {
    let points = points::Entity::find().all(db.read()).await?;
    let programmes = programmes::Entity::find().all(db.read()).await?;
    Ok((
        points.into_iter().map(|row| (row.id, row.name)).collect(),
        programmes
            .into_iter()
            .map(|row| (row.id, row.name))
            .collect(),
    ))
}

async fn sent(
    db: &Db,
    people: &[CitizenId],
) -> Result<HashMap<(ServiceId, CitizenId), Vec<OwnSent>>, DbErr> {
    let rows = facilita_rows::Entity::find()
        .filter(facilita_rows::Column::CitizenId.is_in(people.iter().copied()))
        .order_by_asc(facilita_rows::Column::BatchId)
        .all(db.read())
        .await?;
    let files: Vec<(BatchId, OffsetDateTime)> = {
        use sea_orm::QuerySelect as _;
        facilita_batches::Entity::find()
            .select_only()
            .columns([
                facilita_batches::Column::Id,
                facilita_batches::Column::MadeAt,
            ])
            .filter(facilita_batches::Column::Id.is_in(rows.iter().map(|row| row.batch_id)))
            .into_tuple()
            .all(db.read())
            .await?
    };
    let made: HashMap<BatchId, OffsetDateTime> = files.into_iter().collect();
    let mut all: HashMap<_, Vec<OwnSent>> = HashMap::new();
    for row in rows {
        let Some(sent_at) = made.get(&row.batch_id) else {
            continue;
        };
        let state: SendState = row.state;
        all.entry((row.service_id, row.citizen_id))
            .or_default()
            .push(OwnSent {
                sent_at: *sent_at,
                row: row.number,
                state: state.name().to_owned(),
                note: row.note,
                reason: row.reason,
            });
    }
    Ok(all)
}
