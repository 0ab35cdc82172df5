//! The ledger: recording a service, voiding one.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::digcomp::Competence;
use crate::domain::facilita::{PublicDomain, ServiceKind};
use crate::domain::ids::{AccountId, CitizenId, PointId, ServiceId};
use crate::network::point;
use crate::network::service::{self, NewService, Recorded};
use crate::web::error::Error;
use crate::web::extract::Keeper;
use crate::web::read::Json;
use crate::web::state::App;

use super::schema::service_kind;

/// A service that was given.
#[derive(Deserialize, ToSchema)]
pub struct ServiceBody {
    /// `individual`, `group`, `classroom`, `online` or `other`.
    #[schema(schema_with = service_kind)]
    kind: String,
    /// The point's code.
    #[schema(example = "BA-001")]
    point: String,
    /// The account that gave it; whoever records it if left out. Only a coordinator may name
    /// somebody else, of the point.
    facilitator: Option<Uuid>,
    /// The day it was given.
    date: Date,
    /// How long it took.
    minutes: u16,
    /// What it was about; Facilita takes the first ones.
    competences: Vec<Competence>,
    domains: Vec<PublicDomain>,
    #[schema(example = "Prima identità digitale")]
    title: String,
    /// The ids of who attended.
    #[schema(value_type = Vec<Uuid>)]
    citizens: Vec<CitizenId>,
}

/// A service in the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServiceView {
    service: Uuid,
    attendances: Vec<AttendanceView>,
}

/// Who attended.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttendanceView {
    /// The id of the record.
    citizen: Uuid,
    /// Whether it is their first service of the programme.
    new_citizen: bool,
}

impl From<Recorded> for ServiceView {
    fn from(recorded: Recorded) -> Self {
        let attendances = recorded.attendances.into_iter();
        Self {
            service: recorded.service.0,
            attendances: attendances
                .map(|(citizen, new_citizen)| AttendanceView {
                    citizen: citizen.0,
                    new_citizen,
                })
                .collect(),
        }
    }
}

/// `POST /api/v1/services`: records a service in the ledger.
///
/// A facilitator at a point of theirs; a coordinator at any point, for a facilitator of it. The same
/// again answers with the first.
#[utoipa::path(post, path = "/services", tag = "desk", operation_id = "record_service",
    security(("token" = ["facilitator"]), ("token" = ["coordinator"])), request_body = ServiceBody,
    responses((status = 201, body = ServiceView), (status = 422)))]
pub async fn record(
    app: App,
    keeper: Keeper,
    body: Json<ServiceBody>,
) -> Result<HttpResponse, Error> {
    let body = body.into_inner();
    let point = point::by_code(app.db.read(), &body.point).await?;
    let point = point.filter(|point| keeper.has(point.id));
    let point = point.ok_or(Error::field("point", "point-not-yours"))?.id;
    let facilitator = body.facilitator.map_or(keeper.account, AccountId);
    if keeper.points.is_some() && facilitator != keeper.account {
        return Err(Error::field("facilitator", "facilitator-not-you"));
    }
    let new = body.at(point, facilitator)?;
    let (reach, by) = (keeper.reach(), keeper.account);
    let (recorded, _) = service::record(&app.db, new, reach, by, app.now()).await?;
    Ok(HttpResponse::Created().json(ServiceView::from(recorded)))
}

impl ServiceBody {
    fn at(self, point: PointId, facilitator: AccountId) -> Result<NewService, Error> {
        let competences = self.competences.into_iter().filter_map(Competence::se5);
        Ok(NewService {
            kind: ServiceKind::from_name(&self.kind).ok_or(Error::field("kind", "unknown-kind"))?,
            point,
            facilitator,
            day: self.date,
            minutes: self.minutes,
            competences: competences.collect(),
            domains: self.domains,
            title: self.title,
            citizens: self.citizens,
        })
    }
}

/// A service that was voided.
#[derive(Debug, Serialize, ToSchema)]
pub struct VoidView {
    service: Uuid,
}

/// Why a service is void.
#[derive(Debug, Deserialize, ToSchema)]
pub struct VoidBody {
    /// Kept in the ledger.
    #[schema(example = "Registrato due volte")]
    reason: String,
}

/// `POST /api/v1/services/{id}/void`: voids a service; the totals follow.
///
/// Again, it changes nothing.
#[utoipa::path(post, path = "/services/{id}/void", tag = "desk", operation_id = "void_service",
    security(("token" = ["facilitator"]), ("token" = ["coordinator"])),
    params(("id" = Uuid, Path)), request_body = VoidBody,
    responses((status = 200, body = VoidView), (status = 422)))]
pub async fn void(
    app: App,
    keeper: Keeper,
    id: Path<ServiceId>,
    body: Json<VoidBody>,
) -> Result<HttpResponse, Error> {
    let service = keeper.service(&app, *id).await?;
    let (reason, by) = (body.into_inner().reason, keeper.account);
    service::void(&app.db, service, reason, by, app.now()).await?;
    Ok(HttpResponse::Ok().json(VoidView { service: service.0 }))
}
