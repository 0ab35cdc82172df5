//! The coordinator's programmes: what counts, for whom, and what is to be reached.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use crate::domain::locale::Lang;
use crate::learning::revision;
use crate::network::programme::{self, TargetKind};
use crate::network::revise::{ProgrammeDetails, STEPS};
use crate::web::error::Error;
use crate::web::extract::{Coordinator, Language};
use crate::web::read::Query;
use crate::web::state::{App, State};
use crate::web::view::programmes::{ProgrammeForm, ProgrammesPage};

use super::form::{Fields, value};
use super::{see_other, show, show_as};

/// `GET /rete/programmi`
pub async fn list(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
) -> Result<HttpResponse, Error> {
    let programmes = programme::list(app.db.read()).await?;
    show(
        &app,
        "programmes.html",
        lang,
        &ProgrammesPage::new(&programmes, lang),
    )
}

/// `GET /rete/programmi/nuovo`
pub async fn new(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
) -> Result<HttpResponse, Error> {
    let empty = ProgrammeDetails {
        lessons: "none".to_owned(),
        retroactive: "yes".to_owned(),
        ..ProgrammeDetails::default()
    };
    let form = ProgrammeForm::new(&empty, true, &[], lang);
    show(&app, "programme_form.html", lang, &form)
}

/// `POST /rete/programmi/nuovo`
pub async fn add(
    app: App,
    Language(lang): Language,
    who: Coordinator,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let code = value(&fields, "code").unwrap_or_default().trim().to_owned();
    let details = read(&fields, &code);
    let done = revision::add(&app.db, details.clone(), who.account, app.now()).await;
    match done.map_err(Error::from) {
        Ok(()) => Ok(see_other(&format!("/rete/programmi/{code}?fatto=saved"))),
        Err(error) => refused(&app, &details, true, error, lang),
    }
}

/// What was done just now.
#[derive(Debug, Deserialize)]
pub struct Done {
    fatto: Option<String>,
}

/// `GET /rete/programmi/{code}`
pub async fn edit(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
    code: Path<String>,
    done: Query<Done>,
) -> Result<HttpResponse, Error> {
    let programme = programme::by_code(app.db.read(), &code).await?;
    let programme = programme.ok_or(Error::NotFound)?;
    let targets = programme::targets(app.db.read(), programme.id).await?;
    let details = ProgrammeDetails::of(&programme, &targets);
    let form = ProgrammeForm::new(&details, false, &[], lang).done(done.into_inner().fatto);
    show(&app, "programme_form.html", lang, &form)
}

/// `POST /rete/programmi/{code}`
pub async fn change(
    app: App,
    Language(lang): Language,
    who: Coordinator,
    code: Path<String>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let details = read(&fields, &code);
    let confirmed = value(&fields, "confirmed").is_some();
    let (written, now) = (details.clone(), app.now());
    let done = revision::revise(&app.db, written, confirmed, who.account, now).await;
    match done.map_err(Error::from) {
        Ok(counted) => {
            let what = if counted { "counted" } else { "saved" };
            Ok(see_other(&format!("/rete/programmi/{code}?fatto={what}")))
        }
        Err(error) => refused(&app, &details, false, error, lang),
    }
}

fn refused(
    app: &State,
    details: &ProgrammeDetails,
    new: bool,
    error: Error,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let (response, form) = match error {
        Error::Invalid(faults) => (
            HttpResponse::UnprocessableEntity(),
            ProgrammeForm::new(details, new, &faults, lang),
        ),
        Error::Conflict { .. } => (
            HttpResponse::Conflict(),
            ProgrammeForm::new(details, new, &[], lang).unconfirmed(),
        ),
        error => return Err(error),
    };
    show_as(response, app, "programme_form.html", lang, &form)
}

fn read(fields: &Fields, code: &str) -> ProgrammeDetails {
    let text = |name: &str| value(fields, name).unwrap_or_default().trim().to_owned();
    let steps = TargetKind::ALL.into_iter().flat_map(|kind| {
        (1..=STEPS).map(move |number| {
            let field = |part: &str| text(&format!("{}-{part}-{number}", kind.name()));
            (kind, field("day"), field("value"))
        })
    });
    ProgrammeDetails {
        code: code.to_owned(),
        name: text("name"),
        starts_on: text("starts_on"),
        ends_on: text("ends_on"),
        age_min: text("age_min"),
        age_max: text("age_max"),
        lessons: text("lessons"),
        retroactive: text("retroactive"),
        facilita_body: text("facilita_body"),
        facilita_project: text("facilita_project"),
        facilita_until: text("facilita_until"),
        minors_from: text("minors_from"),
        targets: steps
            .filter(|(_, day, value)| !(day.is_empty() && value.is_empty()))
            .collect(),
    }
}
