//! The coordinator's pages of the points.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use crate::accounts::facilitators::{self, FacilitaName};
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::ids::AccountId;
use crate::domain::import::Manner;
use crate::domain::locale::Lang;
use crate::domain::text;
use crate::network::directory::{self, PointDetails};
use crate::network::point::{self, Point};
use crate::network::{import, programme};
use crate::web::error::{Error, FieldFault};
use crate::web::extract::{Coordinator, Language};
use crate::web::network::point_page::{NetworkPoint, NewPoint, PointsImport, RefusedFacilitator};
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::{Form, Query};
use crate::web::state::{App, State};

/// `GET /rete/punti/nuovo`
pub async fn new(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
) -> Result<HttpResponse, Error> {
    let programmes = programme::list(app.db.read()).await?;
    let page = NewPoint::new(&PointDetails::default(), &programmes, &[], lang);
    show(&app, "network_point_new.html", lang, &page)
}

/// `POST /rete/punti/nuovo`
pub async fn add(
    app: App,
    Language(lang): Language,
    who: Coordinator,
    details: Form<PointDetails>,
) -> Result<HttpResponse, Error> {
    let details = details.into_inner();
    let code = details.code.as_deref().unwrap_or_default().trim();
    let done = directory::add(&app.db, details.clone(), who.account, app.now()).await;
    match done.map_err(Error::from) {
        Ok(()) => Ok(see_other(&format!("/rete/punti/{code}?fatto=1"))),
        Err(Error::Invalid(faults)) => {
            let programmes = programme::list(app.db.read()).await?;
            let page = NewPoint::new(&details, &programmes, &faults, lang);
            let response = HttpResponse::UnprocessableEntity();
            show_as(response, &app, "network_point_new.html", lang, &page)
        }
        Err(error) => Err(error),
    }
}

/// Whether something was saved just now.
#[derive(Debug, Deserialize)]
pub struct PointQuery {
    fatto: Option<String>,
}

/// `GET /rete/punti/{code}`
pub async fn edit(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
    code: Path<String>,
    done: Query<PointQuery>,
) -> Result<HttpResponse, Error> {
    let point = there(&app, &code).await?;
    let staff = facilitators::of_point(&app.db, &app.vault, point.id).await?;
    let page = NetworkPoint::new(&point, &PointDetails::of(&point), &[], &staff, None, lang);
    let page = page.saved(done.fatto.is_some());
    show(&app, "network_point.html", lang, &page)
}

/// `POST /rete/punti/{code}`
pub async fn change(
    app: App,
    Language(lang): Language,
    who: Coordinator,
    code: Path<String>,
    details: Form<PointDetails>,
) -> Result<HttpResponse, Error> {
    let point = there(&app, &code).await?;
    let mut details = details.into_inner();
    // A box that is not ticked is not sent.
    details.itinerant.get_or_insert_with(|| "no".to_owned());
    let (changes, now) = (details.clone(), app.now());
    let done = directory::change(&app.db, &point.code, changes, who.account, now).await;
    match done.map_err(Error::from) {
        Ok(()) => Ok(see_other(&format!("/rete/punti/{}?fatto=1", point.code))),
        Err(Error::Invalid(faults)) => refused(&app, &point, &details, &faults, None, lang).await,
        Err(error) => Err(error),
    }
}

/// How Facilita knows a facilitator. The fields end in the account's id.
type Known = Form<Vec<(String, String)>>;

/// `POST /rete/punti/{code}/facilitatori/{account}`
pub async fn facilitator(
    app: App,
    Language(lang): Language,
    who: Coordinator,
    at: Path<(String, AccountId)>,
    known: Known,
) -> Result<HttpResponse, Error> {
    let (code, account) = at.into_inner();
    let point = there(&app, &code).await?;
    let staff = facilitators::of_point(&app.db, &app.vault, point.id).await?;
    let member = staff.iter().find(|one| one.id == account);
    let account = member.ok_or(Error::NotFound)?.id;
    let written = written(&known);
    match facilita(&written) {
        Ok(known) => {
            let (by, now) = (Some(who.account), app.now());
            facilitators::set_facilita(&app.db, &app.vault, account, known, by, now).await?;
            Ok(see_other(&format!("/rete/punti/{}?fatto=1", point.code)))
        }
        Err(faults) => {
            let wrong = RefusedFacilitator::new(account, written, &faults);
            let details = PointDetails::of(&point);
            refused(&app, &point, &details, &[], Some(&wrong), lang).await
        }
    }
}

fn written(known: &Known) -> [String; 3] {
    ["facilita_name", "facilita_id", "codice_fiscale"].map(|name| {
        let named = known.iter().find(|(field, _)| field.starts_with(name));
        named.map_or(String::new(), |(_, value)| text::line(value))
    })
}

fn facilita([name, id, code]: &[String; 3]) -> Result<FacilitaName, Vec<FieldFault>> {
    let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let code = some(code)
        .map(|code| CodiceFiscale::parse(&code))
        .transpose();
    let fault = |field: &'static str, key: &'static str| FieldFault {
        field: field.into(),
        key: key.into(),
    };
    let mut faults = Vec::new();
    if !id.bytes().all(|b| b.is_ascii_digit()) {
        faults.push(fault("facilita_id", "not-a-number"));
    }
    if name.chars().count() > 150 {
        faults.push(fault("facilita_name", "too-long"));
    } else if !text::is_latin(name) {
        faults.push(fault("facilita_name", "not-latin"));
    }
    match code {
        Ok(codice_fiscale) if faults.is_empty() => Ok(FacilitaName {
            name: some(name),
            id: some(id),
            codice_fiscale,
        }),
        Ok(_) => Err(faults),
        Err(error) => {
            faults.push(fault("codice_fiscale", error.key()));
            Err(faults)
        }
    }
}

/// `GET /rete/punti/importa`
pub async fn import_form(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
) -> Result<HttpResponse, Error> {
    let page = PointsImport::new(String::new(), None, lang);
    show(&app, "points_import.html", lang, &page)
}

/// A table, and whether it was looked at.
#[derive(Deserialize)]
pub struct PointsTableForm {
    text: String,
    #[serde(default)]
    act: String,
}

/// `POST /rete/punti/importa`: says what the table would do; keeps it only when told so.
pub async fn import(
    app: App,
    Language(lang): Language,
    who: Coordinator,
    given: Form<PointsTableForm>,
) -> Result<HttpResponse, Error> {
    let PointsTableForm { text, act } = given.into_inner();
    let manner = Manner {
        unbounded: false,
        trial: act != "keep",
        strict: false,
    };
    let done = import::points(
        &app.db,
        text.as_bytes(),
        manner,
        Some(who.account),
        app.now(),
    )
    .await?;
    let page = PointsImport::new(text, Some(&done), lang);
    show(&app, "points_import.html", lang, &page)
}

async fn there(app: &State, code: &str) -> Result<Point, Error> {
    let point = point::by_code(app.db.read(), code).await?;
    point.ok_or(Error::NotFound)
}

async fn refused(
    app: &State,
    point: &Point,
    details: &PointDetails,
    faults: &[FieldFault],
    wrong: Option<&RefusedFacilitator<'_>>,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let staff = facilitators::of_point(&app.db, &app.vault, point.id).await?;
    let page = NetworkPoint::new(point, details, faults, &staff, wrong, lang);
    let response = HttpResponse::UnprocessableEntity();
    show_as(response, app, "network_point.html", lang, &page)
}
