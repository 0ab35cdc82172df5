//! Erasing somebody who asks for it at the desk or in writing, and what then is to be done in
//! Facilita.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use crate::domain::ids::{CitizenId, ServiceId};
use crate::learning::erase::{Ground, erase};
use crate::network::facilita::redact;
use crate::web::error::Error;
use crate::web::extract::{Coordinator, Keeper, Language};
use crate::web::read::Form;
use crate::web::state::App;
use crate::web::view::erasing::{CitizenErasePage, CitizenErasedPage};

use super::{see_other, show, show_as};

/// Why.
#[derive(Deserialize)]
pub struct Why {
    #[serde(default)]
    motivo: String,
}

/// `GET /punto/cittadini/{id}/cancella`; once it is done, that it is.
pub async fn form(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<CitizenId>,
) -> Result<HttpResponse, Error> {
    match keeper.record(&app, *id).await {
        Err(Error::Gone) => {
            let page = CitizenErasedPage::new(*id, lang);
            show(&app, "citizen_erased.html", lang, &page)
        }
        record => {
            let page = CitizenErasePage::new(&record?, lang);
            show(&app, "citizen_erase.html", lang, &page)
        }
    }
}

/// `POST /punto/cittadini/{id}/cancella`
pub async fn erase_one(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<CitizenId>,
    why: Form<Why>,
) -> Result<HttpResponse, Error> {
    let done = format!("{}/cancella", super::citizen::address(*id));
    let record = match keeper.record(&app, *id).await {
        // Sent twice.
        Err(Error::Gone) => return Ok(see_other(&done)),
        record => record?,
    };
    let Some(ground) = Ground::of_staff(&why.motivo) else {
        let page = CitizenErasePage::new(&record, lang).refused(lang);
        let status = HttpResponse::UnprocessableEntity();
        return show_as(status, &app, "citizen_erase.html", lang, &page);
    };
    let by = (ground, Some(keeper.account));
    erase(&app.db, &app.vault, record.id, by, app.now()).await?;
    Ok(see_other(&done))
}

/// `POST /rete/facilita/cancellati/{service}/{citizen}`: somebody who was erased is no longer in
/// Facilita.
pub async fn taken_out(
    app: App,
    who: Coordinator,
    pair: Path<(ServiceId, CitizenId)>,
) -> Result<HttpResponse, Error> {
    redact::taken_out(&app.db, pair.into_inner(), who.account, app.now()).await?;
    Ok(see_other("/rete/facilita"))
}
