//! Somebody who came from another point: what this one sees of them, and how it comes to see the
//! record; what the point that registered them is asked.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use crate::accounts::SignInError;
use crate::accounts::brought::{agree, object, open_with_card};
use crate::accounts::card::CardTry;
use crate::citizens::bring::{self, DOCUMENTS, Notice};
use crate::citizens::find::FoundCitizen;
use crate::citizens::follow::{self, Access, Following};
use crate::domain::ids::{CitizenId, PointId};
use crate::domain::locale::Lang;
use crate::learning::progress;
use crate::web::desk::citizen::address;
use crate::web::desk::frame::chrome;
use crate::web::doors::enter::refused;
use crate::web::doors::enter_page::SignInFault;
use crate::web::error::Error;
use crate::web::extract::{Facilitator, Keeper, Language};
use crate::web::learn::catalogue::SelectChoice;
use crate::web::own::path as mine;
use crate::web::own::path::ModuleLine;
use crate::web::parts::chrome::Chrome;
use crate::web::parts::list::Queue;
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::Form;
use crate::web::state::{App, State};
use crate::web::templates::{day_of, text};
use crate::web::throttle::Address;
use crate::web::tries::TryKey;

/// The person's own card, typed at the desk.
#[derive(Deserialize)]
pub struct OwnCardForm {
    #[serde(default)]
    tessera: String,
    #[serde(default)]
    pin: String,
}

/// What the facilitator has in front of them.
#[derive(Deserialize)]
pub struct DocumentForm {
    #[serde(default)]
    documento: String,
}

/// What is said of another point.
#[derive(Deserialize)]
pub struct OtherPointForm {
    punto: Option<PointId>,
    #[serde(default)]
    risposta: String,
}

/// The page of somebody whose record the point does not see.
pub(crate) async fn least(
    app: &State,
    keeper: &Keeper,
    id: CitizenId,
    done: Option<&str>,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let page = page(app, keeper, id, lang).await?.done(done);
    show(app, "brought.html", lang, &page)
}

async fn page(
    app: &State,
    keeper: &Keeper,
    id: CitizenId,
    lang: Lang,
) -> Result<BroughtPage, Error> {
    let found = keeper.person(app, id).await?;
    let mut progress = progress::of_citizen(&app.db, id).await?;
    if let Some(from) = found.least_since {
        progress::since(&mut progress, from);
    }
    let points = follow::of_citizen(&app.db, id).await?;
    let mut points = points.into_iter();
    let here = points.find(|one| keeper.has(one.point));
    let learning = mine::lines(&app.catalogue(), &progress, lang);
    Ok(BroughtPage::new(&found, here.as_ref(), learning, lang))
}

/// `POST /punto/cittadini/{id}/apri`: the person typed the PIN of their card at the desk.
pub async fn open(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    at: Address,
    id: Path<CitizenId>,
    card: Form<OwnCardForm>,
) -> Result<HttpResponse, Error> {
    let (point, access) = desk.follows(&app, *id).await?;
    if access == Access::Whole {
        return Ok(see_other(&address(*id)));
    }
    let turn = app
        .tries
        .begin(vec![TryKey::address(at)], app.now())
        .await?;
    match typed(&app, &desk, at, (*id, point), &card).await {
        Ok(()) => {
            turn.right();
            Ok(see_other(&format!("{}?fatto=aperta", address(*id))))
        }
        Err(error) => {
            let why = refused(error.into())?;
            again(&app, desk, *id, why, lang).await
        }
    }
}

async fn typed(
    app: &State,
    desk: &Facilitator,
    at: Address,
    whose: (CitizenId, PointId),
    card: &OwnCardForm,
) -> Result<(), SignInError> {
    let tried = CardTry {
        code: &card.tessera,
        pin: &card.pin,
        place: &at.place(&app.vault),
    };
    open_with_card(&app.db, &app.vault, whose, tried, desk.account, app.now()).await
}

async fn again(
    app: &State,
    desk: Facilitator,
    id: CitizenId,
    why: SignInFault,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let page = page(app, &desk.keeper(), id, lang)
        .await?
        .refused(why, lang);
    let status = HttpResponse::UnprocessableEntity();
    show_as(status, app, "brought.html", lang, &page)
}

/// `POST /punto/cittadini/{id}/documento`: the person and a document are in front of them.
pub async fn document(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    id: Path<CitizenId>,
    shown: Form<DocumentForm>,
) -> Result<HttpResponse, Error> {
    let (point, _) = desk.follows(&app, *id).await?;
    if !DOCUMENTS.contains(&shown.documento.as_str()) {
        let page = page(&app, &desk.keeper(), *id, lang).await?;
        let page = page.without_document(lang);
        return show_as(
            HttpResponse::UnprocessableEntity(),
            &app,
            "brought.html",
            lang,
            &page,
        );
    }
    let (by, now) = (desk.account, app.now());
    bring::state(&app.db, *id, point, &shown.documento, by, now).await?;
    Ok(see_other(&format!("{}?fatto=chiesta", address(*id))))
}

/// `POST /punto/cittadini/{id}/punti`: what the point that registered somebody, or a coordinator,
/// says of another point that follows them.
pub async fn answer(
    app: App,
    keeper: Keeper,
    id: Path<CitizenId>,
    said: Form<OtherPointForm>,
) -> Result<HttpResponse, Error> {
    let record = keeper.record(&app, *id).await?;
    // Only whoever answers for the person: not a point that came to see the record later.
    if !keeper.has(record.point) {
        return Err(Error::Forbidden);
    }
    let (by, now, office) = (keeper.account, app.now(), keeper.points.is_none());
    if let Some(point) = said.punto {
        if !follow::ever(app.db.read(), record.id, point).await? {
            return Err(Error::NotFound);
        }
        match said.risposta.as_str() {
            "accetta" => agree(&app.db, (record.id, point), by, now).await?,
            "rifiuta" => object(&app.db, (record.id, point), by, now).await?,
            "visto" => bring::put_aside(&app.db, record.id, point, office, by, now).await?,
            _ => {}
        }
    }
    Ok(see_other(if office { "/rete" } else { "/punto" }))
}

/// What a keeper is asked.
pub(crate) async fn notices(app: &State, keeper: &Keeper) -> Result<Vec<Notice>, Error> {
    Ok(bring::notices(&app.db, keeper.points.as_deref()).await?)
}

/// Notices on a page.
const SHOWN: usize = 2;

/// `brought.html`
#[derive(Debug, Serialize)]
pub struct BroughtPage {
    chrome: Chrome,
    id: CitizenId,
    href: String,
    name: String,
    since: String,
    /// The key of what was done just now; empty for nothing.
    done: &'static str,
    learning: Vec<ModuleLine>,
    documents: Vec<SelectChoice>,
    /// What was shown already; empty for nothing.
    document: String,
    error: String,
    document_error: String,
}

impl BroughtPage {
    /// The page of a person, at the point that follows them.
    #[must_use]
    pub fn new(
        found: &FoundCitizen,
        here: Option<&Following>,
        learning: Vec<ModuleLine>,
        lang: Lang,
    ) -> Self {
        let href = format!("/punto/cittadini/{}", found.id);
        let document = here.and_then(|here| here.document.clone());
        let document = document.unwrap_or_default();
        let choice = |name: &str| SelectChoice {
            value: name.to_owned(),
            label: text(lang, &format!("document-{name}")),
            selected: name == document,
        };
        Self {
            chrome: chrome(text(lang, "citizen-record"), &href, lang),
            id: found.id,
            name: format!("{} {}", found.first_name, found.last_name),
            since: found
                .least_since
                .map_or(String::new(), |since| day_of(lang, since)),
            done: "",
            learning,
            documents: DOCUMENTS.into_iter().map(choice).collect(),
            document,
            error: String::new(),
            document_error: String::new(),
            href,
        }
    }

    /// What was done just now, as the address has it.
    #[must_use]
    pub fn done(mut self, done: Option<&str>) -> Self {
        self.done = match done {
            Some("chiesta") => "brought-done-asked",
            Some("servizio") => "brought-done-service",
            Some("conosciuta") => "brought-done-known",
            _ => "",
        };
        self
    }

    /// The page again, after a card that did not open it.
    #[must_use]
    pub fn refused(mut self, why: SignInFault, lang: Lang) -> Self {
        self.error = text(lang, why.key());
        self
    }

    /// The page again, where no document was chosen.
    #[must_use]
    pub fn without_document(mut self, lang: Lang) -> Self {
        self.document_error = text(lang, "brought-document-missing");
        self
    }
}

/// A line of the list of other points that follow one's own people.
#[derive(Debug, Serialize)]
pub struct NoticeLine {
    action: String,
    href: String,
    name: String,
    point: String,
    point_name: String,
    by: String,
    written: String,
    document: String,
    since: String,
    /// When it was stopped before; empty for never.
    stopped: String,
}

impl NoticeLine {
    /// The lines of a list.
    #[must_use]
    pub fn lines(notices: Vec<Notice>, lang: Lang) -> Queue<Self> {
        let line = |one: Notice| Self {
            action: format!("/punto/cittadini/{}/punti", one.citizen),
            href: format!("/punto/cittadini/{}", one.citizen),
            name: one.name,
            point: one.point.to_string(),
            point_name: one.point_name,
            by: one.by,
            written: one.written.unwrap_or_default(),
            document: one
                .document
                .map(|name| text(lang, &format!("document-{name}")))
                .unwrap_or_default(),
            since: day_of(lang, one.since),
            stopped: one.stopped.map_or(String::new(), |at| day_of(lang, at)),
        };
        Queue::new(notices.into_iter().map(line).collect(), SHOWN)
    }
}
