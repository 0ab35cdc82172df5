//! The ledger: recording a service, voiding one.

use actix_web::HttpResponse;
use actix_web::web::{Json, Path};
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::digcomp::Competence;
use crate::domain::facilita::{PublicDomain, ServiceKind};
use crate::domain::ids::{CitizenId, ServiceId};
use crate::network::service::{self, NewService, Recorded};
use crate::web::error::Error;
use crate::web::extract::Facilitator;
use crate::web::state::App;

use super::citizens::own_point;

/// A service that was given.
#[derive(Deserialize, ToSchema)]
pub struct ServiceBody {
    /// `individual`, `group`, `classroom`, `online` or `other`.
    kind: String,
    /// The point's code.
    point: String,
    /// The account that gave it; whoever records it if left out.
    facilitator: Option<Uuid>,
    #[schema(value_type = String)]
    date: Date,
    minutes: u16,
    /// DigComp 2.2 codes.
    #[schema(value_type = Vec<String>)]
    competences: Vec<Competence>,
    /// Facilita SE6 codes.
    #[schema(value_type = Vec<String>)]
    domains: Vec<PublicDomain>,
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

/// `POST /api/v1/services`
#[utoipa::path(post, path = "/services", tag = "desk", request_body = ServiceBody,
    responses((status = 201, body = ServiceView), (status = 403),
        (status = 422, description = "`errors` names the fields")))]
pub async fn record(
    app: App,
    desk: Facilitator,
    body: Json<ServiceBody>,
) -> Result<HttpResponse, Error> {
    let body = body.into_inner();
    let point = own_point(&app, &desk, Some(&body.point)).await?;
    let other = |account| account != desk.account.0;
    if body.facilitator.is_some_and(other) {
        return Err(Error::field("facilitator", "facilitator-not-you"));
    }
    let new = NewService {
        kind: ServiceKind::from_name(&body.kind).ok_or(Error::field("kind", "unknown-kind"))?,
        point,
        facilitator: desk.account,
        day: body.date,
        minutes: body.minutes,
        competences: body
            .competences
            .into_iter()
            .filter_map(Competence::se5)
            .collect(),
        domains: body.domains,
        title: body.title,
        citizens: body.citizens,
    };
    let recorded = service::record(&app.db, new, desk.account, app.now()).await?;
    Ok(HttpResponse::Created().json(ServiceView::from(recorded)))
}

/// Why a service is void.
#[derive(Debug, Deserialize, ToSchema)]
pub struct VoidBody {
    /// Kept in the ledger.
    reason: String,
}

/// `POST /api/v1/services/{id}/void`: the totals follow. Again, it changes nothing.
#[utoipa::path(post, path = "/services/{id}/void", tag = "desk", params(("id" = Uuid, Path)),
    request_body = VoidBody,
    responses((status = 200), (status = 403), (status = 404), (status = 422)))]
pub async fn void(
    app: App,
    desk: Facilitator,
    id: Path<ServiceId>,
    body: Json<VoidBody>,
) -> Result<HttpResponse, Error> {
    let service = id.into_inner();
    let point = service::point_of(&app.db, service).await?;
    point
        .filter(|point| desk.points.contains(point))
        .ok_or(Error::NotFound)?;
    service::void(
        &app.db,
        service,
        body.into_inner().reason,
        desk.account,
        app.now(),
    )
    .await?;
    Ok(HttpResponse::Ok().json(serde_json::json!({ "service": service })))
}
