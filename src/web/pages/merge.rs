//! Two records of one person: finding the other, comparing, making them one, undoing it.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use crate::citizens::Citizen;
use crate::domain::ids::{CitizenId, MergeId};
use crate::domain::locale::Lang;
use crate::learning::merge;
use crate::web::error::Error;
use crate::web::extract::{Keeper, Language};
use crate::web::read::Form;
use crate::web::state::{App, State};
use crate::web::view::merge::{ComparePage, OtherPage};

use super::citizen::address;
use super::point::found;
use super::{see_other, show};

/// Whom to find.
#[derive(Deserialize)]
pub struct Wanted {
    q: String,
}

/// `GET /punto/cittadini/{id}/unisci`: whoever has the same name is shown at once.
pub async fn other(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<CitizenId>,
) -> Result<HttpResponse, Error> {
    let record = keeper.record(&app, *id).await?;
    let q = format!("{} {}", record.last_name, record.first_name);
    others(&app, &keeper, &record, &q, lang).await
}

/// `POST /punto/cittadini/{id}/unisci`
pub async fn search(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<CitizenId>,
    wanted: Form<Wanted>,
) -> Result<HttpResponse, Error> {
    let record = keeper.record(&app, *id).await?;
    others(&app, &keeper, &record, &wanted.q, lang).await
}

async fn others(
    app: &State,
    keeper: &Keeper,
    record: &Citizen,
    q: &str,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let mut found = found(app, keeper, q, None).await?.people;
    found.retain(|found| found.id != record.id && found.least_since.is_none());
    let page = OtherPage::new(record, q, &found, lang);
    show(app, "merge_search.html", lang, &page)
}

/// `GET /punto/cittadini/{id}/unisci/{other}`
pub async fn compare(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    ids: Path<(CitizenId, CitizenId)>,
) -> Result<HttpResponse, Error> {
    let (kept, merged) = *ids;
    let kept = keeper.record(&app, kept).await?;
    let merged = keeper.record(&app, merged).await?;
    let (own, swapped) = (keeper.has(merged.point), keeper.has(kept.point));
    let page = ComparePage::new((&kept, swapped), (&merged, own), lang);
    show(&app, "merge_compare.html", lang, &page)
}

/// `POST /punto/cittadini/{id}/unisci/{other}`
pub async fn confirm(
    app: App,
    keeper: Keeper,
    ids: Path<(CitizenId, CitizenId)>,
) -> Result<HttpResponse, Error> {
    let (kept, merged) = *ids;
    let kept = keeper.record(&app, kept).await?.id;
    let merged = keeper.record(&app, merged).await?.id;
    merge::merge(&app.db, &app.vault, kept, merged, keeper.account, app.now()).await?;
    Ok(see_other(&address(kept)))
}

/// `POST /punto/cittadini/{id}/unioni/{merge}/annulla`
pub async fn undo(
    app: App,
    keeper: Keeper,
    ids: Path<(CitizenId, MergeId)>,
) -> Result<HttpResponse, Error> {
    let (kept, id) = *ids;
    let kept = keeper.record(&app, kept).await?.id;
    let merge = merge::by_id(&app.db, id).await?;
    merge
        .filter(|merge| merge.kept == kept)
        .ok_or(Error::NotFound)?;
    merge::undo(&app.db, &app.vault, id, keeper.account, app.now()).await?;
    Ok(see_other(&format!("{}?fatto=divise", address(kept))))
}
