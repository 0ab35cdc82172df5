//! The network's totals: public, and about nobody in particular.

use actix_web::web::{Json, Path, Query};
use serde::Deserialize;
use time::Date;
use utoipa::IntoParams;

use crate::network::totals::{self, Filter, Totals};
use crate::network::{point, programme};
use crate::web::error::Error;
use crate::web::state::App;

/// Which part of the totals.
#[derive(Debug, Deserialize, IntoParams)]
pub struct TotalsParams {
    /// From this day on.
    #[param(value_type = Option<String>)]
    from: Option<Date>,
    /// Up to this day, included.
    #[param(value_type = Option<String>)]
    to: Option<Date>,
    /// The code of one point.
    point: Option<String>,
}

/// `GET /api/v1/programmes/{code}/totals`
#[utoipa::path(get, path = "/programmes/{code}/totals", tag = "network",
    params(("code" = String, Path), TotalsParams),
    responses((status = 200, body = Object), (status = 404)))]
pub async fn totals(
    app: App,
    code: Path<String>,
    params: Query<TotalsParams>,
) -> Result<Json<Totals>, Error> {
    let programme = programme::by_code(app.db.read(), &code)
        .await?
        .ok_or(Error::NotFound)?;
    let point = match &params.point {
        None => None,
        Some(code) => {
            let point = point::by_code(app.db.read(), code).await?;
            Some(
                point
                    .filter(|point| point.programme == programme.id)
                    .ok_or(Error::NotFound)?
                    .id,
            )
        }
    };
    let filter = Filter {
        from: params.from,
        to: params.to,
        point,
    };
    Ok(Json(
        totals::of(&app.db, &programme, filter, app.now()).await?,
    ))
}
