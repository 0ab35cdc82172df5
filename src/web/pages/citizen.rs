//! A person at the desk: registering, the record, correcting it, what they agree to.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;
use uuid::Uuid;

use crate::accounts::{Viewer, card};
use crate::citizens::consent::{self, Agreed};
use crate::citizens::follow;
use crate::citizens::known::Corrected;
use crate::citizens::record::CENTURY_OPEN;
use crate::citizens::{Citizen, Details, find, register};
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::field::FieldError;
use crate::domain::ids::{CitizenId, PointId};
use crate::domain::locale::Lang;
use crate::domain::role::Role;
use crate::learning::{merge, progress, registration, takeover};
use crate::network::facilita::held;
use crate::network::point::{self, Point};
use crate::web::error::{Error, Field};
use crate::web::extract::{Anyone, Facilitator, Keeper, Language};
use crate::web::read::{Form, Query};
use crate::web::state::{App, State};
use crate::web::view::citizen::{CitizenPage, Known};
use crate::web::view::citizen_form::CitizenForm;
use crate::web::view::mine;
use crate::web::view::whose::TakenLine;

use super::{brought, see_other, show, show_as};

/// A new person and, for a facilitator of several points, where.
#[derive(Deserialize)]
pub struct NewPerson {
    point: Option<Uuid>,
    /// Only what the codice fiscale says is asked for.
    leggi: Option<String>,
    /// Somebody of the same name was shown, and it is another person.
    altra: Option<String>,
    notice: Option<String>,
    contact: Option<String>,
    #[serde(flatten)]
    details: Details,
}

impl NewPerson {
    fn point(&self, desk: &Facilitator) -> Result<PointId, Error> {
        let point = self.point.map(PointId).or(desk.points.first().copied());
        let here = point.filter(|point| desk.points.contains(point));
        here.ok_or(Error::Forbidden)
    }

    const fn agreed(&self) -> Agreed {
        Agreed {
            notice: self.notice.is_some(),
            contact: self.contact.is_some(),
        }
    }
}

/// What was done just now.
#[derive(Debug, Deserialize)]
pub struct Just {
    fatto: Option<String>,
}

/// What a person says about being written to, or that they were given the notice.
#[derive(Deserialize)]
pub struct Said {
    consenso: String,
}

/// `GET /punto/cittadini/nuovo`
pub async fn new(
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
    let (point, agreed, details) = (new.point(&desk)?, new.agreed(), new.details.clone());
    if new.leggi.is_some() {
        return read_code(&app, lang, &desk, &new).await;
    }
    if !agreed.notice {
        let faults = details.faults(app.today()).into_iter().map(Field::from);
        let notice = FieldError::new("notice", "notice-needed");
        let faults = faults.chain([notice.into()]).collect();
        return again(&app, lang, &desk, &new, Error::Invalid(faults)).await;
    }
    if let Some(page) = alike(&app, lang, &desk, &new).await? {
        return Ok(page);
    }
    let (db, vault, now) = (&app.db, &app.vault, app.now());
    let done =
        register::register_agreed(db, vault, details, agreed, point, desk.account, now).await;
    match done.map_err(Error::from) {
        Ok(citizen) => Ok(see_other(&address(citizen))),
        Err(error) => again(&app, lang, &desk, &new, error).await,
    }
}

/// `GET /punto/cittadini/{id}`; a record that was merged leads to the one that stands for it.
pub async fn citizen(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    Anyone(viewer): Anyone,
    id: Path<CitizenId>,
    just: Query<Just>,
) -> Result<HttpResponse, Error> {
    let record = match keeper.record(&app, *id).await {
        Err(Error::NotFound) => return kept_instead(&app, &keeper, *id).await,
        Err(Error::Forbidden) => {
            return brought::least(&app, &keeper, *id, just.fatto.as_deref(), lang).await;
        }
        record => record?,
    };
    let known = known(&app, &record, &keeper, viewer.as_ref(), lang).await?;
    let page = CitizenPage::new(&record, known, just.fatto.as_deref(), app.today(), lang);
    show(&app, "citizen.html", lang, &page)
}

/// `GET /punto/cittadini/{id}/dati`
pub async fn edit(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<CitizenId>,
) -> Result<HttpResponse, Error> {
    let record = keeper.record(&app, *id).await?;
    let form = CitizenForm::correction(&record, keeper.has(record.point), lang);
    show(&app, "citizen_form.html", lang, &form)
}

/// `POST /punto/cittadini/{id}/dati`
pub async fn correct(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<CitizenId>,
    details: Form<Details>,
) -> Result<HttpResponse, Error> {
    let record = keeper.record(&app, *id).await?;
    let details = details.into_inner();
    let (account, now) = (keeper.account, app.now());
    let changes = details.clone();
    let done = registration::correct(&app.db, &app.vault, record.id, changes, account, now).await;
    match done.map_err(Error::from) {
        Ok(Corrected::Done) => Ok(see_other(&address(record.id))),
        Ok(Corrected::Brought(there)) => {
            Ok(see_other(&format!("{}?fatto=conosciuta", address(there))))
        }
        Err(error) => {
            let form = CitizenForm::correction(&record, keeper.has(record.point), lang);
            refused(&app, &keeper, form, &details, error, lang).await
        }
    }
}

/// `POST /punto/cittadini/{id}/consensi`
pub async fn consents(
    app: App,
    keeper: Keeper,
    id: Path<CitizenId>,
    said: Form<Said>,
) -> Result<HttpResponse, Error> {
    let citizen = keeper.record(&app, *id).await?.id;
    let (account, now) = (keeper.account, app.now());
    if said.consenso == "ritira" {
        consent::withdraw_contact(&app.db, citizen, Some(account), now).await?;
    } else {
        let agreed = Agreed {
            notice: said.consenso == "notice",
            contact: said.consenso == "contact",
        };
        consent::record(&app.db, citizen, agreed, account, now).await?;
    }
    Ok(see_other(&address(citizen)))
}

async fn known(
    app: &State,
    record: &Citizen,
    keeper: &Keeper,
    viewer: Option<&Viewer>,
    lang: Lang,
) -> Result<Known, Error> {
    let progress = progress::of_citizen(&app.db, record.id).await?;
    // Whoever looks at the programme's people reads of those that came to the record's own point.
    let own = |point: PointId| match &keeper.points {
        Some(points) => points.contains(&point),
        None => point == record.point,
    };
    let mut others = follow::of_citizen(&app.db, record.id).await?;
    others.retain(|one| !own(one.point));
    let taken = takeover::undoable_of_citizen(&app.db, record.id, app.now()).await?;
    Ok(Known {
        taken: TakenLine::lines(&taken, &address(record.id), &app.catalogue(), lang),
        learning: mine::lines(&app.catalogue(), &progress, lang),
        card: card::in_use(&app.db, record.id).await?,
        consents: consent::of_citizen(app.db.read(), record.id).await?,
        merge: merge::undoable(&app.db, record.id, keeper.account, app.now()).await?,
        at_desk: match viewer.map(|viewer| viewer.points(Role::Facilitator)) {
            Some(desk) => follow::access(app.db.read(), record.id, &desk)
                .await?
                .is_some(),
            None => false,
        },
        others,
        held: held::of_citizen(&app.db, &app.vault, record.id, app.today()).await?,
        may_stop: keeper.has(record.point),
    })
}

async fn kept_instead(app: &State, keeper: &Keeper, id: CitizenId) -> Result<HttpResponse, Error> {
    let kept = find::kept_instead(&app.db, id).await?;
    let kept = keeper.record(app, kept.ok_or(Error::NotFound)?).await?;
    Ok(see_other(&address(kept.id)))
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
    let form = form
        .filled(&new.details, &[], lang)
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
    let form = CitizenForm::new(&own_points(app, desk).await?, lang);
    Ok(form.at(new.point.map(PointId)).agreed(new.agreed()))
}

async fn refused(
    app: &State,
    keeper: &Keeper,
    form: CitizenForm,
    details: &Details,
    error: Error,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let none: &[Field] = &[];
    let form = match error {
        Error::Invalid(faults) => {
            let open = faults.iter().any(|fault| fault.key == CENTURY_OPEN);
            let code = details.codice_fiscale.as_deref().filter(|_| open);
            let form = form.filled(details, &faults, lang);
            match code.and_then(|code| CodiceFiscale::parse(code).ok()) {
                Some(code) => form.which_century(&code, app.today(), lang),
                None => form,
            }
        }
        Error::Conflict {
            existing: Some(id), ..
        } => {
            let there = keeper.person(app, CitizenId(id)).await.ok();
            form.filled(details, none, lang)
                .taken(there.map(|found| address(found.id)))
        }
        error => return Err(error),
    };
    let status = HttpResponse::UnprocessableEntity();
    show_as(status, app, "citizen_form.html", lang, &form)
}

/// The page of a record.
pub(super) fn address(citizen: CitizenId) -> String {
    format!("/punto/cittadini/{citizen}")
}

/// The points of a facilitator.
pub(super) async fn own_points(app: &State, desk: &Facilitator) -> Result<Vec<Point>, Error> {
    let mut points = point::list(app.db.read(), None).await?;
    points.retain(|point| desk.points.contains(&point.id));
    Ok(points)
}
