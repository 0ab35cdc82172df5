//! "I tuoi dati": to read, to take away, to correct and to erase.

use actix_web::HttpResponse;
use actix_web::http::header;
use serde::Deserialize;

use crate::accounts::Viewer;
use crate::accounts::trail::{self, TrailPage};
use crate::citizens::{consent, correction};
use crate::domain::ids::CitizenId;
use crate::domain::locale::Lang;
use crate::learning::erase::{Ground, erase};
use crate::learning::own;
use crate::web::doors::enter::refused;
use crate::web::doors::enter_page::SignInFault;
use crate::web::error::Error;
use crate::web::extract::{Anyone, Language, Learner, ended_session_cookies};
use crate::web::own::data_forms::{CorrectionPage, ErasePage, ErasedPage};
use crate::web::own::data_page::{LOOKS, OwnPage};
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::{Form, Query};
use crate::web::sign_in;
use crate::web::state::{App, State};
use crate::web::throttle::Address;

/// Where everything is.
const ADDRESS: &str = "/mio-percorso/dati";

/// Which looks, and what was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LooksQuery {
    prima: String,
    fatto: Option<String>,
}

/// How somebody can be reached.
#[derive(Deserialize)]
pub struct Contacts {
    #[serde(default)]
    email: String,
    #[serde(default)]
    phone: String,
}

/// Whether the point may write and call.
#[derive(Deserialize)]
pub struct ContactConsentForm {
    #[serde(default)]
    consenso: String,
}

/// What is wrong in the record.
struct Wrong {
    about: Vec<String>,
    text: String,
}

impl Wrong {
    /// As many boxes as were ticked.
    fn read(pairs: &[(String, String)]) -> Self {
        let of = |name: &str| {
            let found = pairs.iter().filter(|(key, _)| key == name);
            found.map(|(_, value)| value.clone()).collect::<Vec<_>>()
        };
        Self {
            about: of("about"),
            text: of("text").join("\n"),
        }
    }
}

/// The PIN of one's own card.
#[derive(Deserialize)]
pub struct OwnPin {
    #[serde(default)]
    pin: String,
}

/// `GET /mio-percorso/dati`
pub async fn data(
    app: App,
    Language(lang): Language,
    Anyone(viewer): Anyone,
    which: Query<LooksQuery>,
) -> Result<HttpResponse, Error> {
    let viewer = viewer.ok_or(Error::Unauthorized(None))?;
    let Some(citizen) = viewer.citizen else {
        return Ok(see_other("/mio-percorso"));
    };
    let page = page(&app, citizen, &which, lang).await?;
    show(&app, "my_data.html", lang, &page)
}

/// `GET /mio-percorso/dati/scarica`: the same as a file, with every field.
pub async fn download(app: App, learner: Learner) -> Result<HttpResponse, Error> {
    let citizen = own_record(&learner.viewer)?;
    let data = own::of_citizen(&app.db, &app.vault, citizen, app.now()).await?;
    let name = "attachment; filename=\"autonomia-i-miei-dati.json\"";
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .json(data))
}

/// `POST /mio-percorso/dati/contatti`
pub async fn contacts(
    app: App,
    Language(lang): Language,
    learner: Learner,
    given: Form<Contacts>,
) -> Result<HttpResponse, Error> {
    let citizen = own_record(&learner.viewer)?;
    let both = (given.email.clone(), given.phone.clone());
    let done = correction::change_contacts(&app.db, citizen, both, app.now()).await;
    match done.map_err(Error::from) {
        Ok(()) => Ok(see_other(&format!("{ADDRESS}?fatto=contatti"))),
        Err(Error::Invalid(faults)) => {
            let page = page(&app, citizen, &LooksQuery::default(), lang).await?;
            let page = page.refused(&given.email, &given.phone, &faults, lang);
            let status = HttpResponse::UnprocessableEntity();
            show_as(status, &app, "my_data.html", lang, &page)
        }
        Err(error) => Err(error),
    }
}

/// `POST /mio-percorso/dati/consenso`
pub async fn consents(
    app: App,
    learner: Learner,
    said: Form<ContactConsentForm>,
) -> Result<HttpResponse, Error> {
    let citizen = own_record(&learner.viewer)?;
    match said.consenso.as_str() {
        "ritira" => consent::withdraw_contact(&app.db, citizen, None, app.now()).await?,
        "contact" => consent::give_contact(&app.db, citizen, app.now()).await?,
        _ => return Err(Error::bad_request("error-400-text")),
    }
    Ok(see_other(&format!("{ADDRESS}?fatto=consenso")))
}

/// `GET /mio-percorso/dati/correzione`
pub async fn correction_form(
    app: App,
    Language(lang): Language,
    learner: Learner,
) -> Result<HttpResponse, Error> {
    own_record(&learner.viewer)?;
    show(&app, "my_correction.html", lang, &CorrectionPage::new(lang))
}

/// `POST /mio-percorso/dati/correzione`
pub async fn ask_correction(
    app: App,
    Language(lang): Language,
    learner: Learner,
    sent: Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let citizen = own_record(&learner.viewer)?;
    let wrong = Wrong::read(&sent);
    let asked = correction::ask(&app.db, citizen, &wrong.about, &wrong.text, app.now()).await;
    match asked.map_err(Error::from) {
        Ok(()) => Ok(see_other(&format!("{ADDRESS}?fatto=correzione"))),
        Err(Error::Invalid(faults)) => {
            let page = CorrectionPage::new(lang);
            let page = page.refused(&wrong.about, &wrong.text, &faults, lang);
            let status = HttpResponse::UnprocessableEntity();
            show_as(status, &app, "my_correction.html", lang, &page)
        }
        Err(error) => Err(error),
    }
}

/// `GET /mio-percorso/dati/cancella`
pub async fn erase_form(
    app: App,
    Language(lang): Language,
    learner: Learner,
) -> Result<HttpResponse, Error> {
    let citizen = own_record(&learner.viewer)?;
    let page = erase_page(&app, citizen, lang).await?;
    show(&app, "my_erase.html", lang, &page)
}

/// `POST /mio-percorso/dati/cancella`: with the PIN again, and then there is no way back.
pub async fn erase_own(
    app: App,
    Language(lang): Language,
    learner: Learner,
    at: Address,
    pin: Form<OwnPin>,
) -> Result<HttpResponse, Error> {
    let citizen = own_record(&learner.viewer)?;
    if let Err(why) = sign_in::own_pin(&app, citizen, at, &pin.pin).await {
        let key = match refused(why)? {
            SignInFault::Locked => "erase-pin-locked",
            _ => "erase-pin-wrong",
        };
        let page = erase_page(&app, citizen, lang).await?.refused(key, lang);
        let status = HttpResponse::UnprocessableEntity();
        return show_as(status, &app, "my_erase.html", lang, &page);
    }
    erase(&app.db, &app.vault, citizen, (Ground::Own, None), app.now()).await?;
    gone(&app)
}

/// `GET /dati-cancellati`: where somebody is led who erased themselves.
pub async fn erased(app: App, Language(lang): Language) -> Result<HttpResponse, Error> {
    show(&app, "my_erased.html", lang, &ErasedPage::new(lang))
}

/// Leaves nothing behind in the browser.
fn gone(app: &State) -> Result<HttpResponse, Error> {
    let mut response = see_other("/dati-cancellati");
    for cookie in ended_session_cookies(app) {
        response.add_cookie(&cookie).map_err(Error::internal)?;
    }
    let all = header::HeaderValue::from_static("\"cache\", \"storage\"");
    let name = header::HeaderName::from_static("clear-site-data");
    response.headers_mut().insert(name, all);
    Ok(response)
}

fn own_record(viewer: &Viewer) -> Result<CitizenId, Error> {
    viewer.citizen.ok_or(Error::Forbidden)
}

async fn page(
    app: &State,
    citizen: CitizenId,
    which: &LooksQuery,
    lang: Lang,
) -> Result<OwnPage, Error> {
    let data = own::of_citizen(&app.db, &app.vault, citizen, app.now()).await?;
    let consents = consent::of_citizen(app.db.read(), citizen).await?;
    let before = which.prima.parse().ok();
    let looks = fewer(trail::about(&app.db, citizen, before).await?);
    let done = (which.fatto.as_deref(), before.is_some());
    Ok(OwnPage::new(
        (&data, &app.catalogue()),
        consents,
        looks,
        done,
        lang,
    ))
}

async fn erase_page(app: &State, citizen: CitizenId, lang: Lang) -> Result<ErasePage, Error> {
    let data = own::of_citizen(&app.db, &app.vault, citizen, app.now()).await?;
    Ok(ErasePage::new(&data, lang))
}

/// As many looks as fit on a telephone's page.
fn fewer(mut page: TrailPage) -> TrailPage {
    if page.rows.len() > LOOKS {
        page.rows.truncate(LOOKS);
        page.next = page.rows.last().map(|row| row.sequence);
    }
    page
}
