//! A citizen's card on paper: to cut out, with what to do at home.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::accounts::instead::Why;
use crate::citizens::Citizen;
use crate::domain::ids::{CardId, CitizenId};
use crate::domain::locale::Lang;
use crate::web::templates::text;

use super::chrome::Chrome;
use super::desk::chrome;
use super::typed;

/// `issued_card.html`: a card to print; the PIN only the once that it is made.
#[derive(Debug, Serialize)]
pub struct CardPage {
    chrome: Chrome,
    name: String,
    id: CitizenId,
    back: String,
    code: String,
    pin: Option<String>,
    /// Without the scheme, for those who type it; `None` where the site does not know its own.
    site: Option<String>,
    /// The QR that leads to the card's own address.
    qr: Option<String>,
}

impl CardPage {
    /// The page of a card. `site` is the address people reach this site at, `qr` a drawing.
    #[must_use]
    pub fn new(
        citizen: &Citizen,
        code: &str,
        pin: Option<&str>,
        site: Option<&str>,
        qr: Option<&str>,
        lang: Lang,
    ) -> Self {
        let back = format!("/punto/cittadini/{}", citizen.id);
        Self {
            chrome: chrome(text(lang, "citizen-card"), &back, lang),
            name: format!("{} {}", citizen.first_name, citizen.last_name),
            id: citizen.id,
            back,
            code: code.to_owned(),
            pin: pin.map(str::to_owned),
            site: site.map(typed),
            qr: qr.map(|qr| format!("data:image/svg+xml;base64,{}", STANDARD.encode(qr))),
        }
    }
}

/// `card_replace.html`: asks before a card that works is stopped.
#[derive(Debug, Serialize)]
pub struct ReplacePage {
    chrome: Chrome,
    name: String,
    back: String,
    card: CardId,
    reasons: Vec<(&'static str, String)>,
    /// Nobody said why.
    wrong: bool,
}

impl ReplacePage {
    /// Of a person and the card that works.
    #[must_use]
    pub fn new(citizen: &Citizen, card: CardId, wrong: bool, lang: Lang) -> Self {
        let back = format!("/punto/cittadini/{}", citizen.id);
        let reason = |why: Why| (why.name(), text(lang, &format!("card-why-{}", why.name())));
        Self {
            chrome: chrome(text(lang, "card-replace"), &back, lang),
            name: format!("{} {}", citizen.first_name, citizen.last_name),
            back,
            card,
            reasons: Why::ALL.map(reason).into(),
            wrong,
        }
    }
}
