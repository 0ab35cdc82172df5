//! Where the points are, for everybody.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use crate::domain::calendar::rome_day;
use crate::network::point;
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::parts::show;
use crate::web::public::points_page::{OpenPointPage, PointsAsked, PointsPage};
use crate::web::read::Query;
use crate::web::state::App;

/// Which points.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PointsQuery {
    dove: String,
    provincia: String,
    pagina: String,
}

/// `GET /punti`
pub async fn list(
    app: App,
    Language(lang): Language,
    asked: Query<PointsQuery>,
) -> Result<HttpResponse, Error> {
    let all = point::list(app.db.read(), None).await?;
    let today = rome_day(app.now());
    let place: String = asked.dove.chars().take(100).collect();
    let asked = PointsAsked {
        place: place.trim(),
        province: &asked.provincia,
        // An old address leads to the first page rather than nowhere.
        page: asked.pagina.parse().unwrap_or(1),
    };
    let page = PointsPage::new(&all, &asked, today, lang);
    show(&app, "points.html", lang, &page)
}

/// `GET /punti/{code}`
pub async fn one(
    app: App,
    Language(lang): Language,
    code: Path<String>,
) -> Result<HttpResponse, Error> {
    let point = point::by_code(app.db.read(), &code).await?;
    let point = point.ok_or(Error::NotFound)?;
    let page = OpenPointPage::new(&point, rome_day(app.now()), lang);
    show(&app, "point_open.html", lang, &page)
}
