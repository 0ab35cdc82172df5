//! A citizen's card at the desk: issued, printed, stopped.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use crate::accounts::card as cards;
use crate::accounts::card::Issued;
use crate::accounts::instead::{Instead, ReplacementReason};
use crate::citizens::Citizen;
use crate::db::audit;
use crate::domain::ids::{CardId, CitizenId};
use crate::domain::locale::Lang;
use crate::learning::{assignment, progress};
use crate::web::desk::citizen::address;
use crate::web::doors::card::{CardPage, ReplacePage};
use crate::web::error::Error;
use crate::web::extract::{Facilitator, Language};
use crate::web::learn::sheet::drawn;
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::Form;
use crate::web::state::{App, State};
use crate::web::throttle::Address;

/// The card that a new one takes the place of, and why.
#[derive(Deserialize)]
pub struct ReplaceCardForm {
    al_posto_di: Option<CardId>,
    #[serde(default)]
    perche: String,
}

/// `POST /punto/cittadini/{id}/tessera`: the one time that code and PIN are seen together. Whoever
/// has a card keeps it until somebody says why another one takes its place.
pub async fn issue(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    at: Address,
    id: Path<CitizenId>,
    wanted: Form<ReplaceCardForm>,
) -> Result<HttpResponse, Error> {
    let record = desk.record(&app, *id).await?;
    let own = cards::in_use(&app.db, record.id).await?.map(|card| card.id);
    let why = ReplacementReason::from_name(&wanted.perche);
    let instead = match (own, why) {
        (None, _) => None,
        (Some(card), Some(why)) if wanted.al_posto_di == own => Some((card, why)),
        (Some(card), _) => {
            let asked = wanted.al_posto_di.is_some();
            return ask(&app, &record, card, asked, lang);
        }
    };
    let printer = desk.printer(&app, record.id, at).await?;
    let instead = Instead::Of(instead);
    let issued =
        cards::issue_instead(&app.db, &app.vault, record.id, printer, instead, app.now()).await?;
    match issued {
        Some(issued) => issued_page(&app, &record, &issued, lang).await,
        // Somebody else was quicker.
        None => Ok(see_other(&address(record.id))),
    }
}

async fn issued_page(
    app: &State,
    record: &Citizen,
    issued: &Issued,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let page = card_page(app, record, (&issued.code, Some(&issued.pin)), lang).await?;
    show(app, "issued_card.html", lang, &page)
}

/// Asks before a card that works is stopped; `again` where it was asked and nobody said why.
fn ask(
    app: &State,
    record: &Citizen,
    card: CardId,
    again: bool,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let page = ReplacePage::new(record, card, again, lang);
    let status = match again {
        true => HttpResponse::UnprocessableEntity(),
        false => HttpResponse::Ok(),
    };
    show_as(status, app, "card_replace.html", lang, &page)
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
    let page = card_page(&app, &record, (&code, None), lang).await?;
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

/// The sheet to print: the card, and what its owner was given to learn and has not done.
pub(crate) async fn card_page(
    app: &State,
    record: &Citizen,
    (code, pin): (&str, Option<&String>),
    lang: Lang,
) -> Result<CardPage, Error> {
    let qr = qr(app, code)?;
    let progress = progress::of_citizen(&app.db, record.id).await?;
    let mut given = assignment::of_citizen(&app.db, record.id, app.today()).await?;
    given.retain(|one| {
        let progress = progress.get(&one.module);
        progress.is_none_or(|progress| progress.completion.is_none())
    });
    let pin = pin.map(String::as_str);
    let page = CardPage::new(record, code, pin, app.address(), qr.as_deref(), lang);
    Ok(page.learning(&app.catalogue(), &given, lang))
}

/// The QR of a card's own address, where the site knows it.
fn qr(app: &State, code: &str) -> Result<Option<String>, Error> {
    app.address()
        .map(|site| drawn(&format!("{site}/tessera/{code}")))
        .transpose()
}
