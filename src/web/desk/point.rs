//! The facilitator's desk: what happens today, the people of the point, and finding one of them.
//!
//! What is searched for is sent as a form, so that no name, codice fiscale or card code stands in
//! an address.

use actix_web::HttpResponse;
use futures_util::TryFutureExt as _;
use futures_util::future::try_join4;
use serde::Deserialize;
use uuid::Uuid;

use crate::accounts::card;
use crate::citizens::find::{self, CitizensPage};
use crate::db::audit;
use crate::domain::ids::CitizenId;
use crate::domain::locale::Lang;
use crate::learning::today;
use crate::network::facilita::{held, standing};
use crate::network::point::{self, Point};
use crate::web::desk::brought::notices;
use crate::web::desk::point_page::PointPage;
use crate::web::error::Error;
use crate::web::extract::{Keeper, Language};
use crate::web::parts::{see_other, show};
use crate::web::read::{Form, Query};
use crate::web::searches::Searcher;
use crate::web::state::{App, State};

/// Whom to find.
#[derive(Deserialize)]
pub struct PeopleSearchForm {
    #[serde(default)]
    q: String,
}

/// A search, and whom the page comes after.
#[derive(Clone, Copy, Deserialize)]
pub struct PeopleQuery {
    ricerca: Option<Uuid>,
    dopo: Option<CitizenId>,
}

/// `GET /punto`: today.
pub async fn desk(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
) -> Result<HttpResponse, Error> {
    let points = points(&app, &keeper).await?;
    let page = PointPage::new(&points, &app.catalogue(), lang);
    // A coordinator is asked in the room of the network.
    let page = match keeper.points.is_some() {
        true => asked(&app, &keeper, &points, page, lang).await?,
        false => page,
    };
    show(&app, "point.html", lang, &page)
}

/// What a facilitator's points are asked, and what happens there today.
async fn asked(
    app: &State,
    keeper: &Keeper,
    points: &[Point],
    page: PointPage,
    lang: Lang,
) -> Result<PointPage, Error> {
    let own: Vec<_> = points.iter().map(|point| point.id).collect();
    let (day, db) = (app.today(), &app.db);
    // Side by side: the desk waits for the longest only.
    let (numbers, standing, notices, today) = try_join4(
        Box::pin(held::at_points(db, &app.vault, &own, day)).map_err(Error::from),
        standing::of_points(db, Some(&own)).map_err(Error::from),
        notices(app, keeper),
        Box::pin(today::of_points(db, &own, day)).map_err(Error::from),
    )
    .await?;
    let page = page.asked(notices, (numbers, standing), lang);
    Ok(page.today(today, points, &app.catalogue(), lang))
}

/// `GET /punto/persone`: everybody, by name, or who was looked for; `?dopo=` is a person's id.
pub async fn everybody(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    searcher: Searcher,
    asked: Query<PeopleQuery>,
) -> Result<HttpResponse, Error> {
    let words = searcher.words(asked.ricerca);
    if asked.ricerca.is_some() && words.is_none() {
        return Ok(see_other("/punto"));
    }
    people(
        &app,
        lang,
        &keeper,
        words.as_deref().unwrap_or_default(),
        *asked,
    )
    .await
}

/// `POST /punto/cerca`
pub async fn search(
    _who: Keeper,
    searcher: Searcher,
    wanted: Form<PeopleSearchForm>,
) -> Result<HttpResponse, Error> {
    Ok(searcher.lead("/punto/persone", &wanted.q))
}

async fn people(
    app: &State,
    lang: Lang,
    keeper: &Keeper,
    q: &str,
    asked: PeopleQuery,
) -> Result<HttpResponse, Error> {
    let after = asked.dopo;
    let found = found(app, keeper, q, after).await?;
    let points = points(app, keeper).await?;
    let page = PointPage::new(&points, &app.catalogue(), lang);
    let page = page.people(q, after.is_some(), found, lang);
    let page = page.searched(asked.ricerca);
    show(app, "point.html", lang, &page)
}

/// The people of a name, a codice fiscale or a card. A coordinator, who has everybody, says whom.
pub(in crate::web) async fn found(
    app: &State,
    keeper: &Keeper,
    q: &str,
    after: Option<CitizenId>,
) -> Result<CitizensPage, Error> {
    let points = keeper.points.as_deref();
    if points.is_none() && q.trim().is_empty() {
        return Ok(CitizensPage::default());
    }
    if let Some(citizen) = card::holder(&app.db, &app.vault, q).await? {
        let people = find::one(&app.db, citizen, points).await?;
        audit::list_seen(audit::Action::PeopleSearched, usize::from(people.is_some()));
        return Ok(CitizensPage {
            people: people.into_iter().collect(),
            next: None,
        });
    }
    Ok(find::page(&app.db, &app.vault, q, points, after).await?)
}

/// The keeper's own points; none for a coordinator.
pub(crate) async fn points(app: &State, keeper: &Keeper) -> Result<Vec<Point>, Error> {
    let Some(own) = &keeper.points else {
        return Ok(Vec::new());
    };
    let mut points = point::list(app.db.read(), None).await?;
    points.retain(|point| own.contains(&point.id));
    Ok(points)
}
