//! Files for Facilita, and its reports.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::ids::BatchId;
use crate::network::facilita::batch::{self, HeldAttendance, Made, Order};
use crate::network::facilita::report::{self, Outcome, RefusedRow, ReportAnswer};
use crate::network::programme;
use crate::web::error::Error;
use crate::web::extract::Coordinator;
use crate::web::read::{Json, Query, Text};
use crate::web::state::App;

use super::schema::held_back;

/// What a file is to hold.
#[derive(Debug, Deserialize, ToSchema)]
pub struct OrderBody {
    /// The programme's code.
    #[schema(example = "puglia")]
    programme: String,
    /// From this day on.
    from: Date,
    /// Up to this day, included.
    to: Date,
    /// Also while an earlier file waits for its report.
    #[serde(default)]
    force: bool,
}

/// A file, and what did not go into it.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchView {
    /// `null` where nothing could be sent.
    batch: Option<Uuid>,
    /// How many rows the file has, the header left out.
    rows: usize,
    held_back: Vec<HeldView>,
    /// Attendances that are left for the next file, since this one is full.
    waiting: u64,
}

/// An attendance that Facilita would refuse.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldView {
    service: Uuid,
    citizen: Uuid,
    #[schema(schema_with = held_back)]
    reasons: Vec<&'static str>,
}

impl From<HeldAttendance> for HeldView {
    fn from(held: HeldAttendance) -> Self {
        Self {
            service: held.service.0,
            citizen: held.citizen.0,
            reasons: held.reasons.iter().map(|reason| reason.key()).collect(),
        }
    }
}

impl From<Made> for BatchView {
    fn from(made: Made) -> Self {
        Self {
            batch: made.batch.map(|id| id.0),
            rows: made.rows,
            held_back: made.held_back.into_iter().map(HeldView::from).collect(),
            waiting: made.waiting,
        }
    }
}

/// Whether there is a report, and of how many rows.
#[derive(Debug, Deserialize)]
pub struct NoneRefused {
    /// Facilita refused no row.
    #[serde(default)]
    none: bool,
    /// How many rows Facilita says that it refused: the report has to have as many.
    refused: Option<usize>,
}

/// What Facilita took and what it refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutcomeView {
    /// How many rows Facilita took.
    accepted: usize,
    rejected: Vec<RefusedView>,
}

/// A row that Facilita refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedView {
    /// Counted from 1, the header left out.
    row: u32,
    service: Uuid,
    /// Facilita's words.
    note: String,
}

impl From<RefusedRow> for RefusedView {
    fn from(refused: RefusedRow) -> Self {
        Self {
            row: refused.row,
            service: refused.service.0,
            note: refused.note,
        }
    }
}

impl From<Outcome> for OutcomeView {
    fn from(outcome: Outcome) -> Self {
        let rejected = outcome.rejected.into_iter();
        Self {
            accepted: outcome.accepted,
            rejected: rejected.map(RefusedView::from).collect(),
        }
    }
}

/// `POST /api/v1/facilita/batches`: writes the services that wait in those days to a file.
///
/// At most 9,000 rows; what Facilita would refuse is held back, with the reasons.
#[utoipa::path(post, path = "/facilita/batches", tag = "facilita", operation_id = "make_batch",
    security(("token" = ["coordinator"])), request_body = OrderBody,
    responses((status = 201, body = BatchView),
        (status = 200, body = BatchView, description = "nothing could be sent: there is no file"),
        (status = 404, description = "no such programme"),
        (status = 409, description = "the file `id` waits for its report, or services changed"),
        (status = 422)))]
pub async fn make(
    app: App,
    who: Coordinator,
    body: Json<OrderBody>,
) -> Result<HttpResponse, Error> {
    let body = body.into_inner();
    if body.from > body.to {
        return Err(Error::field("to", "facilita-days-reversed"));
    }
    let programme = programme::by_code(app.db.read(), &body.programme).await?;
    let order = Order {
        programme: programme.ok_or(Error::NotFound)?,
        from: body.from,
        to: body.to,
        force: body.force,
    };
    let made = batch::make(&app.db, &app.vault, &order, Some(who.account), app.now()).await?;
    let mut response = match made.batch {
        Some(_) => HttpResponse::Created(),
        None => HttpResponse::Ok(),
    };
    Ok(response.json(BatchView::from(made)))
}

/// `GET /api/v1/facilita/batches/{id}.csv`: the file for Facilita, the same bytes each time.
#[utoipa::path(get, path = "/facilita/batches/{id}.csv", tag = "facilita", operation_id = "download_batch",
    security(("token" = ["coordinator"])), params(("id" = Uuid, Path)),
    responses((status = 200, body = String, content_type = "text/csv",
        description = "a table in UTF-8",
        headers(("ETag" = String, description = "SHA-256 of the bytes")))))]
pub async fn file(app: App, _who: Coordinator, id: Path<BatchId>) -> Result<HttpResponse, Error> {
    let (text, sha256) = batch::file(&app.db, &app.vault, *id).await?;
    Ok(attachment(&format!("facilita-{id}.csv"), text, &sha256))
}

/// `GET /api/v1/facilita/batches/{id}/rejects`: the report of a file, as it was given.
#[utoipa::path(get, path = "/facilita/batches/{id}/rejects", tag = "facilita",
    operation_id = "download_rejects", security(("token" = ["coordinator"])),
    params(("id" = Uuid, Path)),
    responses((status = 200, body = String, content_type = "text/csv",
        description = "a table in UTF-8",
        headers(("ETag" = String, description = "SHA-256 of the bytes"))),
        (status = 404, description = "no such file, or no report yet")))]
pub async fn rejects(
    app: App,
    _who: Coordinator,
    id: Path<BatchId>,
) -> Result<HttpResponse, Error> {
    let (text, sha256) = batch::report(&app.db, &app.vault, *id).await?;
    Ok(attachment(
        &format!("facilita-{id}-scarti.csv"),
        text,
        &sha256,
    ))
}

/// `POST /api/v1/facilita/batches/{id}/rejects`: takes the report of the rows that Facilita refused.
///
/// The report comes whole, with its header: an empty one, or a part of one, is refused. Where
/// Facilita refused no row there is no report, and `none=true` says so, with no body. The same again
/// changes nothing, another one takes its place.
#[utoipa::path(post, path = "/facilita/batches/{id}/rejects", tag = "facilita", operation_id = "send_rejects",
    security(("token" = ["coordinator"])),
    params(("id" = Uuid, Path), ("none" = Option<bool>, Query, description = "Facilita refused no row"),
        ("refused" = Option<usize>, Query, description = "how many rows Facilita says that it \
            refused: a report with another number is refused")),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = OutcomeView),
        (status = 409, description = "the file was called back, and never sent"),
        (status = 422, description = "`errors` names the lines that cannot be understood, as \
            `line-7`, `report` where it is empty or a part of one, or `refused` where it has \
            another number of rows; nothing was changed")))]
pub async fn receive(
    app: App,
    who: Coordinator,
    id: Path<BatchId>,
    said: Query<NoneRefused>,
    text: Text,
) -> Result<Json<OutcomeView>, Error> {
    let (by, now) = (Some(who.account), app.now());
    let answer = match said.none {
        true if text.0.is_empty() => ReportAnswer::NoneRefused,
        true => return Err(Error::field("report", "facilita-report-and-none")),
        false => ReportAnswer::Report(&text.0, said.refused),
    };
    let outcome = report::receive(&app.db, &app.vault, *id, answer, by, now).await?;
    Ok(Json(outcome.into()))
}

fn attachment(name: &str, text: String, sha256: &str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::ETAG, format!("\"{sha256}\"")))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .body(text)
}
