//! The citizen records: finding by what has no place in an address, and two records made one.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::citizens::find::kept_instead;
use crate::domain::ids::{CitizenId, MergeId};
use crate::learning::merge as merging;
use crate::network::point;
use crate::web::desk::point::found;
use crate::web::error::Error;
use crate::web::extract::Keeper;
use crate::web::read::Json;
use crate::web::state::App;

use super::citizens::CitizensView;

/// Whom to find.
#[derive(Deserialize, ToSchema)]
// Its name in the document, which others rely on.
#[schema(as = Wanted)]
pub struct CitizensQuery {
    /// The beginning of a name or surname, a codice fiscale, or the code of a card.
    #[serde(default)]
    #[schema(example = "Inventata")]
    q: String,
    /// A point's code; all of the caller's if left out.
    #[serde(default)]
    #[schema(example = "BA-001")]
    point: Option<String>,
    /// `next` of the page before.
    after: Option<Uuid>,
}

/// `POST /api/v1/citizens/find`: finds people by name, codice fiscale or card.
///
/// The one to use: what is asked for is in the body, and no address that a proxy or a history keeps
/// has a name in it. At the facilitator's points; a coordinator finds everybody.
#[utoipa::path(post, path = "/citizens/find", tag = "desk", operation_id = "find_citizens",
    security(("token" = ["facilitator"]), ("token" = ["coordinator"])), request_body = CitizensQuery,
    responses((status = 200, body = CitizensView),
        (status = 422, description = "a point that is not the caller's")))]
pub async fn find(
    app: App,
    keeper: Keeper,
    wanted: Json<CitizensQuery>,
) -> Result<Json<CitizensView>, Error> {
    let after = wanted.after.map(CitizenId);
    let keeper = match wanted.point.as_deref() {
        Some(code) => at_point(&app, &keeper, code).await?,
        None => keeper,
    };
    Ok(Json(found(&app, &keeper, &wanted.q, after).await?.into()))
}

/// The keeper as one of the point of a code alone.
async fn at_point(app: &App, keeper: &Keeper, code: &str) -> Result<Keeper, Error> {
    let point = point::by_code(app.db.read(), code).await?;
    let own = point.filter(|point| keeper.has(point.id));
    let point = own.ok_or_else(|| Error::field("point", "point-not-yours"))?;
    Ok(Keeper {
        account: keeper.account,
        points: Some(vec![point.id]),
    })
}

/// The record that becomes a part of this one.
#[derive(Deserialize, ToSchema)]
pub struct Other {
    /// The id of its record.
    other: Uuid,
}

/// Two records made one.
#[derive(Serialize, ToSchema)]
pub struct MergeView {
    /// What undoes it.
    merge: Uuid,
    /// Until when it can be undone.
    #[serde(with = "time::serde::rfc3339")]
    undo_until: OffsetDateTime,
}

/// `POST /api/v1/citizens/{id}/merge`: makes two records one.
///
/// `other` becomes a part of `id`. Again, it changes nothing. A record of another point is the one to
/// keep: only who works there, or a coordinator, makes it a part of another.
#[utoipa::path(post, path = "/citizens/{id}/merge", tag = "desk", operation_id = "merge_citizens",
    security(("token" = ["facilitator"]), ("token" = ["coordinator"])),
    params(("id" = Uuid, Path)), request_body = Other,
    responses((status = 410, description = "the person's data were erased"),
        (status = 201, body = MergeView),
        (status = 409, description = "two verified codes or birth dates: two people; or `other` is \
            another point's record: keep that one"),
        (status = 422, description = "the same record")))]
pub async fn merge(
    app: App,
    keeper: Keeper,
    id: Path<CitizenId>,
    other: Json<Other>,
) -> Result<HttpResponse, Error> {
    let kept = keeper.record(&app, *id).await?.id;
    let (merged, now) = (CitizenId(other.other), app.now());
    // Sent again, the other record is hidden already: behind this one, or it is not found.
    if kept_instead(&app.db, merged).await? != Some(kept) {
        keeper.record(&app, merged).await?;
    }
    let done = merging::merge(&app.db, &app.vault, kept, merged, keeper.account, now).await?;
    Ok(HttpResponse::Created().json(MergeView {
        merge: done.id.0,
        undo_until: done.until,
    }))
}

/// `DELETE /api/v1/citizens/{id}/merge/{merge}`: undoes a merge, within a day.
///
/// Each record has again what it had.
#[utoipa::path(delete, path = "/citizens/{id}/merge/{merge}", tag = "desk", operation_id = "undo_merge",
    security(("token" = ["facilitator"]), ("token" = ["coordinator"])),
    params(("id" = Uuid, Path), ("merge" = Uuid, Path)),
    responses((status = 410, description = "the person's data were erased"),
        (status = 204, description = "undone"),
        (status = 409, description = "too late, or a later merge is to be undone first, or for \
            the records' own points to undo")))]
pub async fn undo_merge(
    app: App,
    keeper: Keeper,
    ids: Path<(CitizenId, MergeId)>,
) -> Result<HttpResponse, Error> {
    let (kept, merge) = *ids;
    let kept = keeper.record(&app, kept).await?.id;
    let found = merging::by_id(&app.db, merge).await?;
    found
        .filter(|found| found.kept == kept)
        .ok_or(Error::NotFound)?;
    merging::undo(&app.db, &app.vault, merge, keeper.account, app.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}
