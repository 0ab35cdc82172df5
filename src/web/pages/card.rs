//! Entering with a card: its code typed, or read from its QR.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use crate::accounts::{Screen, card as cards};
use crate::web::error::Error;
use crate::web::extract::{Anyone, Language};
use crate::web::read::{Form, Query};
use crate::web::sign_in::{self, Visit};
use crate::web::state::App;
use crate::web::view::enter::EnterPage;

use super::enter::{Back, entered, refused, room, within_site};
use super::{see_other, show, show_as};

/// Where somebody who reads the QR of their card goes on learning.
pub const RESUME: &str = "/riprendi";

/// The form of a card.
#[derive(Deserialize)]
pub struct CardForm {
    tessera: String,
    pin: String,
    #[serde(default)]
    ritorno: String,
    /// The code was read from the QR: only the PIN is asked for.
    letta: Option<String>,
    /// The device is theirs alone.
    mio: Option<String>,
}

/// `GET /tessera`
pub async fn card(
    app: App,
    Language(lang): Language,
    Anyone(viewer): Anyone,
    back: Query<Back>,
) -> Result<HttpResponse, Error> {
    let page = EnterPage::card(within_site(&back.ritorno), room(viewer.as_ref()), lang);
    show(&app, "card.html", lang, &page)
}

/// `GET /tessera/{code}`: where the QR of a card leads. It does not tell whether there is such a
/// card; whoever has entered with it goes on learning.
pub async fn scanned(
    app: App,
    Language(lang): Language,
    Anyone(viewer): Anyone,
    code: Path<String>,
) -> Result<HttpResponse, Error> {
    let own = viewer.as_ref().and_then(|viewer| viewer.citizen);
    if own.is_some() && cards::holder(&app.db, &app.vault, &code).await? == own {
        return Ok(see_other(RESUME));
    }
    let page = EnterPage::card(RESUME, room(viewer.as_ref()), lang);
    let page = match cards::is_code(&code) {
        true => page.scanned(&code),
        false => page,
    };
    show(&app, "card.html", lang, &page)
}

/// `POST /tessera`
pub async fn by_card(
    app: App,
    Language(lang): Language,
    visit: Visit,
    form: Form<CardForm>,
) -> Result<HttpResponse, Error> {
    let back = within_site(&form.ritorno);
    let screen = match form.mio {
        Some(_) => Screen::Own,
        None => Screen::Shared,
    };
    let typed = (form.tessera.as_str(), form.pin.as_str());
    match sign_in::by_card(&app, &visit, typed, visit.entry(screen)).await {
        Ok(opened) => entered(&app, &visit, &opened, back),
        Err(error) => {
            let mut page = EnterPage::card(back, None, lang).refused(refused(error)?, "", lang);
            // Anything else may be a codice fiscale: it is not shown again.
            if cards::is_code(&form.tessera) {
                page = match form.letta {
                    Some(_) => page.scanned(&form.tessera),
                    None => page.typed(&form.tessera),
                };
            }
            page.own = form.mio.is_some();
            show_as(HttpResponse::Unauthorized(), &app, "card.html", lang, &page)
        }
    }
}
