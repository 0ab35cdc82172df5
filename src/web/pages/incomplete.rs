//! Records to complete: those of a desk, and how many each point has.

use actix_web::HttpResponse;
use serde::Deserialize;

use crate::domain::ids::PointId;
use crate::network::facilita::standing;
use crate::network::point;
use crate::network::programme;
use crate::web::error::Error;
use crate::web::extract::{Coordinator, Keeper, Language};
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::view::incomplete::IncompletePage;

use super::{see_other, show};

/// Rows on a page.
const ROWS: u64 = 25;

/// Which point, and which page.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    punto: String,
    pagina: Option<u64>,
}

/// `GET /punto/schede`: a coordinator says of which point.
pub async fn people(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let mut own = point::list(app.db.read(), None).await?;
    own.retain(|point| keeper.has(point.id));
    let chosen = own.iter().find(|point| point.has_code(&asked.punto));
    if keeper.points.is_none() && chosen.is_none() {
        return Ok(see_other("/rete/schede"));
    }
    let code = chosen.map_or("", |point| point.code.as_str());
    let points: Vec<PointId> = match chosen {
        Some(point) => vec![point.id],
        None => own.iter().map(|point| point.id).collect(),
    };
    let sum = standing::of_points(&app.db, Some(&points)).await?;
    let pages = sum.records.div_ceil(ROWS).max(1);
    let at = asked.pagina.unwrap_or(1).clamp(1, pages);
    let found = standing::list(&app.db, &points, (at - 1, ROWS)).await?;
    let shown = if keeper.points.is_some() {
        &own[..]
    } else {
        &[]
    };
    let page = IncompletePage::people(sum, &found, (shown, code), (at, pages), lang);
    show(&app, "incomplete.html", lang, &page)
}

/// `GET /rete/schede`
pub async fn points(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let mut all = Vec::new();
    for programme in programme::list(app.db.read()).await? {
        all.extend(standing::by_point(&app.db, programme.id).await?);
    }
    let sum = standing::of_points(&app.db, None).await?;
    let rows = usize::try_from(ROWS).unwrap_or(usize::MAX);
    let pages = all.len().div_ceil(rows).max(1);
    let wanted = asked.pagina.and_then(|page| usize::try_from(page).ok());
    let at = wanted.unwrap_or(1).clamp(1, pages);
    let some = all.chunks(rows).nth(at - 1).unwrap_or_default();
    let of = |number: usize| u64::try_from(number).unwrap_or(1);
    let page = IncompletePage::points(sum, some, (of(at), of(pages)), lang);
    show(&app, "incomplete.html", lang, &page)
}
