//! An entry of the ledger: its page, and that it counts no more.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use crate::domain::ids::ServiceId;
use crate::domain::locale::Lang;
use crate::network::correction;
use crate::network::facilita::held::{self, Held};
use crate::network::ledger::{self, Whole};
use crate::network::service;
use crate::web::error::Error;
use crate::web::extract::{Keeper, Language};
use crate::web::read::{Form, Query};
use crate::web::state::{App, State};
use crate::web::view::services::ServicePage;

use super::{see_other, show, show_as};

/// Whether something was done just now.
#[derive(Debug, Deserialize)]
pub struct Done {
    fatto: Option<String>,
}

/// `GET /punto/servizi/{id}`
pub async fn entry(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<ServiceId>,
    done: Query<Done>,
) -> Result<HttpResponse, Error> {
    let (whole, held) = whole(&app, &keeper, *id).await?;
    let page = ServicePage::new(
        (&whole, &held),
        keeper.points.as_deref(),
        done.fatto.as_deref(),
        lang,
    );
    let page = page.tied(correction::links(&app.db, *id).await?);
    show(&app, "service.html", lang, &page)
}

/// Why.
#[derive(Debug, Deserialize)]
pub struct Voiding {
    #[serde(default)]
    reason: String,
}

/// `POST /punto/servizi/{id}/annulla`
pub async fn void(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<ServiceId>,
    voiding: Form<Voiding>,
) -> Result<HttpResponse, Error> {
    let service = keeper.service(&app, *id).await?;
    let (reason, by) = (voiding.into_inner().reason, keeper.account);
    let done = service::void(&app.db, service, reason.clone(), by, app.now()).await;
    match done.map_err(Error::from) {
        Ok(()) => Ok(see_other(&format!("/punto/servizi/{service}?fatto=voided"))),
        Err(Error::Invalid(faults)) => {
            let key = faults
                .first()
                .map_or("required", |fault| fault.key.as_ref());
            refused(&app, &keeper, service, (&reason, key), lang).await
        }
        Err(error) => Err(error),
    }
}

async fn refused(
    app: &State,
    keeper: &Keeper,
    service: ServiceId,
    (reason, key): (&str, &str),
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let (whole, held) = whole(app, keeper, service).await?;
    let page = ServicePage::new((&whole, &held), keeper.points.as_deref(), None, lang);
    let page = page.tied(correction::links(&app.db, service).await?);
    let page = page.refused(reason, key, lang);
    let response = HttpResponse::UnprocessableEntity();
    show_as(response, app, "service.html", lang, &page)
}

/// A service of the keeper's points.
pub(super) async fn whole(
    app: &State,
    keeper: &Keeper,
    id: ServiceId,
) -> Result<(Whole, Held), Error> {
    let whole = ledger::read(&app.db, id).await?;
    let own = whole.filter(|whole| keeper.has(whole.entry.point));
    let whole = own.ok_or(Error::NotFound)?;
    let held = held::of_services(&app.db, &app.vault, &[id], app.today()).await?;
    Ok((whole, held))
}
