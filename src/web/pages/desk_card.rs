//! A citizen's card at the desk: issued, printed, stopped.

use actix_web::HttpResponse;
use actix_web::web::Path;

use crate::accounts::card as cards;
use crate::db::audit;
use crate::domain::ids::{CardId, CitizenId};
use crate::web::error::Error;
use crate::web::extract::{Facilitator, Language};
use crate::web::state::{App, State};
use crate::web::throttle::Address;
use crate::web::view::card::CardPage;

use super::citizen::address;
use super::sheet::drawn;
use super::{see_other, show};

/// `POST /punto/cittadini/{id}/tessera`: the one time that code and PIN are seen together. The
/// earlier card stops in the same act.
pub async fn issue(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    at: Address,
    id: Path<CitizenId>,
) -> Result<HttpResponse, Error> {
    let record = desk.record(&app, *id).await?;
    let printer = desk.printer(&app, record.id, at).await?;
    let issued = cards::issue(&app.db, &app.vault, record.id, printer, app.now()).await?;
    let qr = qr(&app, &issued.code)?;
    let page = CardPage::new(
        &record,
        &issued.code,
        Some(issued.pin.as_str()),
        app.address(),
        qr.as_deref(),
        lang,
    );
    show(&app, "issued_card.html", lang, &page)
}

/// `GET /punto/tessere/{id}`: to print a card again, without its PIN.
pub async fn print(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    id: Path<CardId>,
) -> Result<HttpResponse, Error> {
    let printed = cards::printed(&app.db, &app.vault, *id).await?;
    let (citizen, code) = printed.ok_or(Error::NotFound)?;
    let record = desk.record(&app, citizen).await?;
    audit::saw(audit::Action::CardPrinted, "citizen", citizen.0, "");
    let qr = qr(&app, &code)?;
    let page = CardPage::new(&record, &code, None, app.address(), qr.as_deref(), lang);
    show(&app, "issued_card.html", lang, &page)
}

/// `POST /punto/cittadini/{id}/tessera/ferma`: a card that was lost.
pub async fn stop(app: App, desk: Facilitator, id: Path<CitizenId>) -> Result<HttpResponse, Error> {
    let citizen = desk.record(&app, *id).await?.id;
    cards::revoke(&app.db, citizen, desk.account, app.now()).await?;
    Ok(see_other(&format!("{}?fatto=fermata", address(citizen))))
}

/// `POST /punto/cittadini/{id}/tessera/riapri`: its owner is here, and it may be tried again.
pub async fn reopen(
    app: App,
    desk: Facilitator,
    id: Path<CitizenId>,
) -> Result<HttpResponse, Error> {
    let citizen = desk.record(&app, *id).await?.id;
    cards::reopen(&app.db, citizen, desk.account, app.now()).await?;
    Ok(see_other(&format!("{}?fatto=riaperta", address(citizen))))
}

/// The QR of a card's own address, where the site knows it.
fn qr(app: &State, code: &str) -> Result<Option<String>, Error> {
    app.address()
        .map(|site| drawn(&format!("{site}/tessera/{code}")))
        .transpose()
}
