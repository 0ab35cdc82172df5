//! The facilitator's desk: finding and registering people, giving cards.
//!
//! What is searched for is sent as a form, so that no name or codice fiscale stands in an address.

use actix_web::web::{Form, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use uuid::Uuid;

use crate::accounts::card as cards;
use crate::citizens::{Details, find, register};
use crate::domain::ids::{CardId, CitizenId, PointId};
use crate::domain::locale::Lang;
use crate::learning::{progress, registration};
use crate::network::point::{self, Point};
use crate::web::error::{Error, Field};
use crate::web::extract::{Facilitator, Language};
use crate::web::state::{App, State};
use crate::web::view::mine;
use crate::web::view::point::{CardPage, CitizenForm, CitizenPage, PointPage};

use super::{see_other, show, show_as};

/// Whom to find.
#[derive(Deserialize)]
pub struct Wanted {
    q: String,
}

/// A new person and, for a facilitator of several points, where.
#[derive(Deserialize)]
pub struct NewPerson {
    point: Option<Uuid>,
    #[serde(flatten)]
    details: Details,
}

/// `GET /punto`
pub async fn desk(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
) -> Result<HttpResponse, Error> {
    people(&app, lang, &desk, "").await
}

/// `POST /punto/cerca`
pub async fn search(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    wanted: Form<Wanted>,
) -> Result<HttpResponse, Error> {
    people(&app, lang, &desk, &wanted.q).await
}

async fn people(
    app: &State,
    lang: Lang,
    desk: &Facilitator,
    q: &str,
) -> Result<HttpResponse, Error> {
    let found = find::find(&app.db, &app.vault, q, Some(&desk.points)).await?;
    let page = PointPage::new(
        &own_points(app, desk).await?,
        &app.catalogue(),
        q,
        found,
        lang,
    );
    show(app, "point.html", lang, &page)
}

/// `GET /punto/cittadini/nuovo`
pub async fn new_citizen(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
) -> Result<HttpResponse, Error> {
    let form = CitizenForm::new(&own_points(&app, &desk).await?, lang);
    show(&app, "citizen_form.html", lang, &form)
}

/// `POST /punto/cittadini`
pub async fn register(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    new: Form<NewPerson>,
) -> Result<HttpResponse, Error> {
    let NewPerson { point, details } = new.into_inner();
    let point = point.map(PointId).or(desk.points.first().copied());
    let here = point
        .filter(|point| desk.points.contains(point))
        .ok_or(Error::Forbidden)?;
    let (account, now) = (desk.account, app.now());
    let done = register::register(&app.db, &app.vault, details.clone(), here, account, now).await;
    match done.map_err(Error::from) {
        Ok(citizen) => Ok(see_other(&address(citizen))),
        Err(error) => {
            let form = CitizenForm::new(&own_points(&app, &desk).await?, lang).at(point);
            refused(&app, lang, &desk, form, &details, error).await
        }
    }
}

/// `GET /punto/cittadini/{id}`
pub async fn citizen(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    id: Path<CitizenId>,
) -> Result<HttpResponse, Error> {
    let record = desk.record(&app, *id).await?;
    let progress = progress::of_citizen(&app.db, record.id).await?;
    let learning = mine::lines(&app.catalogue(), &progress, lang);
    show(
        &app,
        "citizen.html",
        lang,
        &CitizenPage::new(&record, learning, lang),
    )
}

/// `GET /punto/cittadini/{id}/dati`
pub async fn edit(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    id: Path<CitizenId>,
) -> Result<HttpResponse, Error> {
    let record = desk.record(&app, *id).await?;
    show(
        &app,
        "citizen_form.html",
        lang,
        &CitizenForm::correction(&record, lang),
    )
}

/// `POST /punto/cittadini/{id}/dati`
pub async fn correct(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    id: Path<CitizenId>,
    details: Form<Details>,
) -> Result<HttpResponse, Error> {
    let record = desk.record(&app, *id).await?;
    let details = details.into_inner();
    let (account, now) = (desk.account, app.now());
    let changes = details.clone();
    let done = registration::correct(&app.db, &app.vault, record.id, changes, account, now).await;
    match done.map_err(Error::from) {
        Ok(()) => Ok(see_other(&address(record.id))),
        Err(error) => {
            let form = CitizenForm::correction(&record, lang);
            refused(&app, lang, &desk, form, &details, error).await
        }
    }
}

/// `POST /punto/cittadini/{id}/tessera`: the one time that code and PIN are seen together.
pub async fn card(
    request: HttpRequest,
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    id: Path<CitizenId>,
) -> Result<HttpResponse, Error> {
    let record = desk.record(&app, *id).await?;
    let issued = cards::issue(&app.db, &app.vault, record.id, desk.account, app.now()).await?;
    let page = CardPage::new(&record, issued.code, Some(issued.pin), site(&request), lang);
    show(&app, "issued_card.html", lang, &page)
}

/// `GET /punto/tessere/{id}`: to print a card again, without its PIN.
pub async fn sheet(
    request: HttpRequest,
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    id: Path<CardId>,
) -> Result<HttpResponse, Error> {
    let printed = cards::printed(&app.db, &app.vault, *id).await?;
    let (citizen, code) = printed.ok_or(Error::NotFound)?;
    let record = desk.record(&app, citizen).await?;
    let page = CardPage::new(&record, code, None, site(&request), lang);
    show(&app, "issued_card.html", lang, &page)
}

/// The form again: with the fields at fault, or the record that is there already.
async fn refused(
    app: &State,
    lang: Lang,
    desk: &Facilitator,
    form: CitizenForm,
    details: &Details,
    error: Error,
) -> Result<HttpResponse, Error> {
    let none: &[Field] = &[];
    let form = match error {
        Error::Invalid(faults) => form.filled(details, &faults, lang),
        Error::Conflict {
            existing: Some(id), ..
        } => {
            let there = desk.record(app, CitizenId(id)).await.ok();
            form.filled(details, none, lang)
                .taken(there.map(|record| address(record.id)))
        }
        error => return Err(error),
    };
    show_as(
        HttpResponse::UnprocessableEntity(),
        app,
        "citizen_form.html",
        lang,
        &form,
    )
}

fn address(citizen: CitizenId) -> String {
    format!("/punto/cittadini/{citizen}")
}

/// The address people reach this site at, without the scheme.
fn site(request: &HttpRequest) -> String {
    request.connection_info().host().to_owned()
}

pub(super) async fn own_points(app: &State, desk: &Facilitator) -> Result<Vec<Point>, Error> {
    let mut points = point::list(app.db.read(), None).await?;
    points.retain(|point| desk.points.contains(&point.id));
    Ok(points)
}
