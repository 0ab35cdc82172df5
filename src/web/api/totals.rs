//! The network's totals: exact for those who answer for them, public without the figures of few.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;
use time::Date;
use utoipa::IntoParams;

use crate::accounts::Viewer;
use crate::domain::role::Role;
use crate::network::point::{self, Point};
use crate::network::programme::{self, Programme};
use crate::network::public::{self, Figure};
use crate::network::totals::{self, Totals, TotalsFilter};
use crate::web::error::Error;
use crate::web::extract::Anyone;
use crate::web::read::Query;
use crate::web::state::{App, State};

/// Which part of the totals.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TotalsParams {
    /// From this day on.
    from: Option<Date>,
    /// Up to this day, included.
    to: Option<Date>,
    /// The code of one point.
    #[param(example = "BA-001")]
    point: Option<String>,
}

/// `GET /api/v1/programmes/{code}/totals`: the figures of a programme.
///
/// Exact for a coordinator, and for a facilitator of the point that is asked for; without the figures
/// of few people for anybody else.
#[utoipa::path(get, path = "/programmes/{code}/totals", tag = "network", operation_id = "read_totals",
    security((), ("token" = [])),
    params(("code" = String, Path, description = "The programme's code.", example = "puglia"), TotalsParams),
    responses((status = 200, body = Totals<Figure>),
        (status = 422, description = "these days would tell what is hidden")))]
pub async fn totals(
    app: App,
    Anyone(viewer): Anyone,
    code: Path<String>,
    params: Query<TotalsParams>,
) -> Result<HttpResponse, Error> {
    let programme = programme::by_code(app.db.read(), &code).await?;
    let programme = programme.ok_or(Error::NotFound)?;
    let point = point_of(&app, &programme, params.point.as_deref()).await?;
    let now = app.now();
    if viewer.is_some_and(|viewer| may_see(&viewer, point.as_ref())) {
        let filter = TotalsFilter {
            from: params.from,
            to: params.to,
            point: point.map(|point| point.id),
            province: None,
        };
        let exact = totals::of(&app.db, &programme, filter, now).await?;
        return Ok(HttpResponse::Ok().json(exact));
    }
    let asked = (params.from, params.to, params.point.as_deref());
    let whole = app.public_totals.of(&app.db, &programme, now).await?;
    let shown = public::part_of(whole, asked)?;
    Ok(HttpResponse::Ok().json(shown))
}

/// Whether somebody answers for this part of the network.
fn may_see(viewer: &Viewer, point: Option<&Point>) -> bool {
    let own = |point: &Point| viewer.is_at(Role::Facilitator, point.id);
    viewer.is(Role::Coordinator) || point.is_some_and(own)
}

async fn point_of(
    app: &State,
    programme: &Programme,
    code: Option<&str>,
) -> Result<Option<Point>, Error> {
    let Some(code) = code else {
        return Ok(None);
    };
    let point = point::by_code(app.db.read(), code).await?;
    let point = point.filter(|point| point.programme == programme.id);
    point.map(Some).ok_or(Error::NotFound)
}
