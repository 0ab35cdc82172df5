//! Groups of citizens.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::ids::{CitizenId, GroupId};
use crate::learning::group::{self, GroupEdit};
use crate::web::error::Error;
use crate::web::extract::Facilitator;
use crate::web::read::Json;
use crate::web::state::App;

use super::citizens::own_point;

/// A group to make.
#[derive(Deserialize, ToSchema)]
pub struct NewGroup {
    #[schema(example = "Corso del martedì")]
    name: String,
    /// The point's code; the facilitator's own if left out and there is only one.
    #[schema(example = "BA-001")]
    point: Option<String>,
}

/// The id of a group.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupRef {
    id: Uuid,
}

/// `POST /api/v1/groups`: makes a group of a point.
///
/// An open group of that name at the point is the one.
#[utoipa::path(post, path = "/groups", tag = "desk", operation_id = "create_group",
    security(("token" = ["facilitator"])), request_body = NewGroup,
    responses((status = 201, body = GroupRef), (status = 422)))]
pub async fn create(
    app: App,
    desk: Facilitator,
    new: Json<NewGroup>,
) -> Result<HttpResponse, Error> {
    let point = own_point(&app, &desk, new.point.as_deref()).await?;
    let group = group::create(&app.db, point, &new.name, desk.account, app.now()).await?;
    Ok(HttpResponse::Created().json(GroupRef { id: group.0 }))
}

/// Who is in a group: these, and nobody else.
#[derive(Deserialize, ToSchema)]
pub struct Members {
    /// The ids of their records.
    #[schema(value_type = Vec<Uuid>)]
    citizens: Vec<CitizenId>,
}

/// A group with its people.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupView {
    id: Uuid,
    name: String,
    citizens: Vec<Uuid>,
}

/// `PUT /api/v1/groups/{id}/members`: says who is in a group: these, and nobody else.
#[utoipa::path(put, path = "/groups/{id}/members", tag = "desk", operation_id = "set_group_members",
    security(("token" = ["facilitator"])), params(("id" = Uuid, Path)), request_body = Members,
    responses((status = 200, body = GroupView),
        (status = 422, description = "people of another point, or too many")))]
pub async fn members(
    app: App,
    desk: Facilitator,
    id: Path<GroupId>,
    members: Json<Members>,
) -> Result<Json<GroupView>, Error> {
    let change = GroupEdit::All(members.into_inner().citizens);
    let (by, now) = (desk.account, app.now());
    group::change(&app.db, &desk.points, *id, change, by, now).await?;
    let group = group::read(&app.db, &desk.points, *id).await?;
    let members = group::members(&app.db, &group).await?;
    Ok(Json(GroupView {
        id: group.id.0,
        name: group.name,
        citizens: members.into_iter().map(|member| member.id.0).collect(),
    }))
}
