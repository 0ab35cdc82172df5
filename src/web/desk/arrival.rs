//! Somebody new at the desk: one page for record, card, service and what to learn at home.
//!
//! The code comes first: a reader types it and presses Enter, and the form comes back with what the
//! code says, or with the record that is there already.

use actix_web::HttpResponse;
use serde::Deserialize;
use uuid::Uuid;

use crate::accounts::card::Printer;
use crate::citizens::consent::Agreed;
use crate::citizens::{Details, find};
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::field::FieldError;
use crate::domain::ids::{CitizenId, PointId};
use crate::domain::locale::Lang;
use crate::learning::arrival::{self, Arrival, Arrived};
use crate::learning::suggested;
use crate::network::need::{NEEDS, Need};
use crate::network::service::NewService;
use crate::network::usual;
use crate::web::desk::arrival_page::FirstVisit;
use crate::web::desk::card::card_page;
use crate::web::desk::citizen::{address, own_points, refused};
use crate::web::desk::citizen_form::CitizenForm;
use crate::web::desk::service_draft::Draft;
use crate::web::error::{Error, FieldFault};
use crate::web::extract::{Facilitator, Language};
use crate::web::learn::module_page::module_link;
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::Form;
use crate::web::state::{App, State};
use crate::web::throttle::Address;

/// A new person, where, and what is done for them at once.
#[derive(Deserialize)]
pub struct NewPerson {
    point: Option<Uuid>,
    /// Only what the codice fiscale says is asked for.
    leggi: Option<String>,
    /// The Enter key was pressed.
    invio: Option<String>,
    /// Somebody of the same name was shown, and it is another person.
    altra: Option<String>,
    notice: Option<String>,
    contact: Option<String>,
    /// They get a card.
    tessera: Option<String>,
    /// What they came for; nothing where no service was given.
    #[serde(default)]
    need: String,
    #[serde(default)]
    minutes: String,
    /// They are given the course for it.
    impara: Option<String>,
    #[serde(flatten)]
    details: Details,
}

impl NewPerson {
    fn point(&self, desk: &Facilitator) -> Result<PointId, Error> {
        let point = self.point.map(PointId).or(desk.points.first().copied());
        let here = point.filter(|point| desk.points.contains(point));
        here.ok_or(Error::Forbidden)
    }

    /// A reader types the code and presses Enter: the name is not there yet.
    fn reads_code(&self) -> bool {
        let empty =
            |name: &Option<String>| name.as_deref().is_none_or(|name| name.trim().is_empty());
        let (first, last) = (&self.details.first_name, &self.details.last_name);
        self.leggi.is_some() || self.invio.is_some() && empty(first) && empty(last)
    }

    const fn agreed(&self) -> Agreed {
        Agreed {
            notice: self.notice.is_some(),
            contact: self.contact.is_some(),
        }
    }

    /// The service of today, where one was given; the person is not on its list yet.
    fn service(
        &self,
        desk: &Facilitator,
        point: PointId,
        app: &State,
    ) -> Result<Option<NewService>, Vec<FieldFault>> {
        if self.need.is_empty() {
            return Ok(None);
        }
        let draft = Draft {
            need: self.need.clone(),
            minutes: self.minutes.clone(),
            ..Draft::new(true, Vec::new(), app.now())
        };
        let somebody = vec![CitizenId::new()];
        draft.service(point, desk.account, somebody).map(Some)
    }
}

/// `GET /punto/cittadini/nuovo`
pub async fn new(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
) -> Result<HttpResponse, Error> {
    let form = first(&app, &desk, lang).await?;
    show(&app, "citizen_form.html", lang, &form)
}

/// An empty form: at the point of the last time, as long as the last time.
async fn first(app: &State, desk: &Facilitator, lang: Lang) -> Result<CitizenForm, Error> {
    let usual = usual::of(&app.db, desk.account, true).await?;
    let points = own_points(app, desk).await?;
    let here = usual.and_then(|usual| points.iter().find(|point| point.id == usual.point));
    let here = here.or(points.first()).ok_or(Error::Forbidden)?;
    let details = Details {
        province: Some(here.province.clone()),
        ..Details::default()
    };
    let minutes = usual.map_or_else(|| "30".to_owned(), |usual| usual.minutes.to_string());
    let visit = visit(app, "", &minutes, (true, true), lang)?;
    let form = CitizenForm::new(&points, lang).at(Some(here.id));
    Ok(form.filled(&details, &[], lang).visit(visit))
}

/// `POST /punto/cittadini`
pub async fn register(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    at: Address,
    new: Form<NewPerson>,
) -> Result<HttpResponse, Error> {
    let point = new.point(&desk)?;
    if new.reads_code() {
        return read_code(&app, lang, &desk, &new).await;
    }
    let arrival = match arrival_of(&app, &desk, point, &new) {
        Ok(arrival) => arrival,
        Err(error) => return again(&app, lang, &desk, &new, error).await,
    };
    if let Some(page) = alike(&app, lang, &desk, &new).await? {
        return Ok(page);
    }
    let printer = Printer {
        account: desk.account,
        point,
        place: Some(at.place(&app.vault)),
    };
    let done = arrival::welcome(&app.db, &app.vault, arrival, printer, app.now()).await;
    match done.map_err(Error::from) {
        Ok(arrived) => welcomed(&app, lang, &desk, arrived).await,
        Err(error) => again(&app, lang, &desk, &new, error).await,
    }
}

/// Everything that the form says, where nothing of it is wrong.
fn arrival_of(
    app: &State,
    desk: &Facilitator,
    point: PointId,
    new: &NewPerson,
) -> Result<Arrival, Error> {
    let service = new.service(desk, point, app);
    let mut faults: Vec<FieldFault> = Vec::new();
    if !new.agreed().notice {
        let details = new.details.faults(app.today());
        faults.extend(details.into_iter().map(FieldFault::from));
        faults.push(FieldError::new("notice", "notice-needed").into());
    }
    match service {
        Ok(service) if faults.is_empty() => Ok(Arrival {
            details: new.details.clone(),
            agreed: new.agreed(),
            card: new.tessera.is_some(),
            modules: match (new.impara.is_some(), Need::of(&new.need)) {
                (true, Some(need)) => {
                    let published = app.published();
                    let found = suggested::for_need(need, &published.catalogue, &published.search);
                    found?.into_iter().map(|one| one.id.clone()).collect()
                }
                _ => Vec::new(),
            },
            service,
        }),
        Ok(_) => Err(Error::Invalid(faults)),
        Err(others) => {
            faults.extend(others);
            Err(Error::Invalid(faults))
        }
    }
}

/// What is shown after: the card to print, or the record.
async fn welcomed(
    app: &State,
    lang: Lang,
    desk: &Facilitator,
    arrived: Arrived,
) -> Result<HttpResponse, Error> {
    let Some(card) = &arrived.card else {
        let done = match arrived.service {
            Some(_) => "?fatto=servizio",
            None => "",
        };
        return Ok(see_other(&format!("{}{done}", address(arrived.citizen))));
    };
    let record = desk.record(app, arrived.citizen).await?;
    let page = card_page(app, &record, (&card.code, Some(&card.pin)), lang).await?;
    let page = page.after(arrived.service, &record, lang);
    show(app, "issued_card.html", lang, &page)
}

/// What the codice fiscale says, shown in the form before anything is saved.
async fn read_code(
    app: &State,
    lang: Lang,
    desk: &Facilitator,
    new: &NewPerson,
) -> Result<HttpResponse, Error> {
    let code = new.details.codice_fiscale.clone().unwrap_or_default();
    let code = match CodiceFiscale::parse(&code) {
        Ok(code) => code,
        Err(error) => {
            let error = Error::field("codice_fiscale", error.key());
            return again(app, lang, desk, new, error).await;
        }
    };
    // Of anybody else nothing is told before the record is saved.
    let there = find::find(&app.db, &app.vault, code.as_str(), Some(&desk.points)).await?;
    if let Some(there) = there.first() {
        let exists = Error::Conflict {
            detail: "citizen-exists".into(),
            existing: Some(there.id.0),
        };
        return again(app, lang, desk, new, exists).await;
    }
    let form = form(app, lang, desk, new).await?;
    let mut details = new.details.clone();
    if details.province.is_none() {
        let points = own_points(app, desk).await?;
        let here = new.point(desk)?;
        let here = points.into_iter().find(|point| point.id == here);
        details.province = here.map(|point| point.province);
    }
    let form = form
        .filled(&details, &[], lang)
        .says(&code, app.today(), lang);
    show(app, "citizen_form.html", lang, &form)
}

/// The form again with those of the same name and day, where somebody may be here already.
async fn alike(
    app: &State,
    lang: Lang,
    desk: &Facilitator,
    new: &NewPerson,
) -> Result<Option<HttpResponse>, Error> {
    let details = &new.details;
    if new.altra.is_some() || !details.faults(app.today()).is_empty() {
        return Ok(None);
    }
    let code = details.codice_fiscale.as_deref().map(CodiceFiscale::parse);
    let code = code.and_then(Result::ok);
    if let Some(code) = &code {
        // Whoever has the code is that person, and told so when it is saved.
        let own = find::find(&app.db, &app.vault, code.as_str(), Some(&desk.points)).await?;
        if !own.is_empty() {
            return Ok(None);
        }
    }
    let name = |part: &Option<String>| part.as_deref().unwrap_or_default().trim().to_owned();
    let (last, first) = (name(&details.last_name), name(&details.first_name));
    let born = details.born(app.today());
    let mut there = find::namesakes(&app.db, (&last, &first), born, &desk.points).await?;
    // Two codes are two people.
    there.retain(|one| code.is_none() || !one.verified);
    if there.is_empty() {
        return Ok(None);
    }
    let form = form(app, lang, desk, new).await?;
    let form = form.filled(details, &[], lang).alike(&there, lang);
    let status = HttpResponse::UnprocessableEntity();
    show_as(status, app, "citizen_form.html", lang, &form).map(Some)
}

/// The form of a new person again: with the fields at fault, or the record that is there already.
async fn again(
    app: &State,
    lang: Lang,
    desk: &Facilitator,
    new: &NewPerson,
    error: Error,
) -> Result<HttpResponse, Error> {
    let form = form(app, lang, desk, new).await?;
    refused(app, &desk.keeper(), form, &new.details, error, lang).await
}

async fn form(
    app: &State,
    lang: Lang,
    desk: &Facilitator,
    new: &NewPerson,
) -> Result<CitizenForm, Error> {
    let minutes = match new.minutes.as_str() {
        "" => "30",
        written => written,
    };
    let ticked = (new.tessera.is_some(), new.impara.is_some());
    let visit = visit(app, &new.need, minutes, ticked, lang)?;
    let form = CitizenForm::new(&own_points(app, desk).await?, lang);
    let form = form.at(new.point.map(PointId)).agreed(new.agreed());
    Ok(form.visit(visit))
}

/// What can be done for them at once: each need with the course for it.
fn visit(
    app: &State,
    need: &str,
    minutes: &str,
    ticked: (bool, bool),
    lang: Lang,
) -> Result<FirstVisit, Error> {
    let published = app.published();
    let mut courses = Vec::new();
    for one in &NEEDS {
        let found = suggested::for_need(one, &published.catalogue, &published.search)?;
        courses.push(found.map(|module| module_link(module, lang)));
    }
    Ok(FirstVisit::new(courses, need, minutes, ticked, lang))
}
