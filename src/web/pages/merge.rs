//! Two records of one person: finding the other, comparing, making them one, undoing it.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use crate::accounts::card;
use crate::domain::ids::{CitizenId, MergeId};
use crate::learning::merge::{self, Cards};
use crate::learning::progress;
use crate::network::attendance;
use crate::web::error::Error;
use crate::web::extract::{Keeper, Language};
use crate::web::read::{Form, Query};
use crate::web::searches::{Searched, Searcher};
use crate::web::state::{App, State};
use crate::web::view::merge::{ComparePage, Has, OtherPage};

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
    searcher: Searcher,
    id: Path<CitizenId>,
    asked: Query<Searched>,
) -> Result<HttpResponse, Error> {
    let record = keeper.record(&app, *id).await?;
    let words = searcher.words(asked.ricerca);
    let same = || format!("{} {}", record.last_name, record.first_name).into();
    let q = words.clone().unwrap_or_else(same);
    let mut found = found(&app, &keeper, &q, None).await?.people;
    found.retain(|found| found.id != record.id && found.least_since.is_none());
    let page = OtherPage::new(&record, words.as_deref(), &found, lang);
    show(&app, "merge_search.html", lang, &page)
}

/// `POST /punto/cittadini/{id}/unisci`
pub async fn search(
    app: App,
    keeper: Keeper,
    searcher: Searcher,
    id: Path<CitizenId>,
    wanted: Form<Wanted>,
) -> Result<HttpResponse, Error> {
    let record = keeper.record(&app, *id).await?;
    Ok(searcher.lead(&format!("{}/unisci", address(record.id)), &wanted.q))
}

/// Whether somebody has chosen which record stays.
#[derive(Deserialize)]
pub struct Chosen {
    scelta: Option<String>,
}

/// Which card goes on, where both have one.
#[derive(Deserialize)]
pub struct Confirmed {
    #[serde(default)]
    tessera: String,
}

/// `GET /punto/cittadini/{id}/unisci/{other}`: the fuller record is the one that stays, unless
/// somebody has chosen (`?scelta=`).
pub async fn compare(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    ids: Path<(CitizenId, CitizenId)>,
    chosen: Query<Chosen>,
) -> Result<HttpResponse, Error> {
    let (kept, merged) = *ids;
    let kept = keeper.record(&app, kept).await?;
    let merged = keeper.record(&app, merged).await?;
    let (own, swapped) = (keeper.has(merged.point), keeper.has(kept.point));
    let has = [has(&app, kept.id).await?, has(&app, merged.id).await?];
    let page = ComparePage::new((&kept, swapped), (&merged, own), lang);
    if chosen.scelta.is_none()
        && let Some(fuller) = page.fuller(&kept, &merged)
    {
        return Ok(see_other(fuller));
    }
    let page = page.with(&app.catalogue(), &has, lang);
    show(&app, "merge_compare.html", lang, &page)
}

async fn has(app: &State, citizen: CitizenId) -> Result<Has, Error> {
    Ok(Has {
        card: card::in_use(&app.db, citizen).await?,
        services: attendance::services(&app.db, citizen).await?,
        progress: progress::of_citizen(&app.db, citizen).await?,
    })
}

/// `POST /punto/cittadini/{id}/unisci/{other}`
pub async fn confirm(
    app: App,
    keeper: Keeper,
    ids: Path<(CitizenId, CitizenId)>,
    confirmed: Form<Confirmed>,
) -> Result<HttpResponse, Error> {
    let (kept, merged) = *ids;
    let kept = keeper.record(&app, kept).await?.id;
    let merged = keeper.record(&app, merged).await?.id;
    let cards = match confirmed.tessera.as_str() {
        "altra" => Cards::OfMerged,
        _ => Cards::OfKept,
    };
    let (both, by) = ((kept, merged), keeper.account);
    merge::merge_with(&app.db, &app.vault, both, cards, by, app.now()).await?;
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
