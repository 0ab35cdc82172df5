//! The citizen records, for the desk.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::accounts::card;
use crate::citizens::consent::Agreed;
use crate::citizens::find::{CitizensPage, FoundCitizen};
use crate::citizens::known::Corrected;
use crate::citizens::{Citizen, Details, find, register};
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::facilita::{Citizenship, Education, Gender, Occupation};
use crate::domain::ids::{CitizenId, PointId};
use crate::learning::registration;
use crate::network::point;
use crate::web::error::Error;
use crate::web::extract::{Facilitator, Keeper};
use crate::web::read::{Json, Query};
use crate::web::state::App;
use crate::web::throttle::Address;

/// A person to register, and where.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCitizen {
    /// The point's code; the facilitator's own if left out and there is only one.
    #[schema(example = "BA-001")]
    point: Option<String>,
    /// The notice on how data are used was given.
    #[serde(default)]
    notice: bool,
    /// They may be written to and called; e-mail and telephone are not used otherwise.
    #[serde(default)]
    contact: bool,
    #[serde(flatten)]
    details: Details,
}

/// The id of a record.
#[derive(Debug, Serialize, ToSchema)]
pub struct CitizenRef {
    id: Uuid,
}

/// `POST /api/v1/citizens`: registers a person at a point of the facilitator's.
///
/// Somebody whom another point has registered is followed by this one too, and the answer is the
/// same: `GET` says `limited` of them.
#[utoipa::path(post, path = "/citizens", tag = "desk", operation_id = "register_citizen",
    security(("token" = ["facilitator"])), request_body = NewCitizen,
    responses((status = 201, body = CitizenRef),
        (status = 409, description = "already on record at a point of the facilitator's: `id`"),
        (status = 422)))]
pub async fn create(
    app: App,
    desk: Facilitator,
    new: Json<NewCitizen>,
) -> Result<HttpResponse, Error> {
    let NewCitizen {
        point,
        notice,
        contact,
        details,
    } = new.into_inner();
    let point = own_point(&app, &desk, point.as_deref()).await?;
    let agreed = Agreed { notice, contact };
    let (db, vault, now) = (&app.db, &app.vault, app.now());
    let id =
        register::register_agreed(db, vault, details, agreed, point, desk.account, now).await?;
    Ok(HttpResponse::Created().json(CitizenRef { id: id.0 }))
}

/// The point of a code, if it is the facilitator's; without a code, their only point.
pub(super) async fn own_point(
    app: &App,
    desk: &Facilitator,
    code: Option<&str>,
) -> Result<PointId, Error> {
    let point = match (code, desk.points.as_slice()) {
        (Some(code), _) => point::by_code(app.db.read(), code)
            .await?
            .map(|point| point.id),
        (None, [only]) => Some(*only),
        (None, _) => None,
    };
    let own = point.filter(|point| desk.points.contains(point));
    own.ok_or_else(|| Error::field("point", "point-not-yours"))
}

/// Whom to find.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FindParams {
    /// The beginning of a name or surname. Better left out: proxies and histories keep addresses, and
    /// `POST /citizens/find` has the same in its body. A codice fiscale is refused here.
    #[serde(default)]
    #[param(required = false, example = "Inventata")]
    q: String,
    /// A point's code; all of the facilitator's if left out.
    #[param(example = "BA-001")]
    point: Option<String>,
    /// `next` of the page before.
    after: Option<Uuid>,
}

/// A page of records found, at most 20.
#[derive(Serialize, ToSchema)]
pub struct CitizensView {
    citizens: Vec<FoundView>,
    /// Whom the next page comes after; left out on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next: Option<Uuid>,
}

impl From<CitizensPage> for CitizensView {
    fn from(page: CitizensPage) -> Self {
        Self {
            citizens: page.people.into_iter().map(FoundView::from).collect(),
            next: page.next.map(|id| id.0),
        }
    }
}

/// A record found.
#[derive(Serialize, ToSchema)]
pub struct FoundView {
    id: Uuid,
    first_name: String,
    last_name: String,
    birth_date: Option<Date>,
    /// Whether there is a verified codice fiscale.
    verified: bool,
}

impl From<FoundCitizen> for FoundView {
    fn from(found: FoundCitizen) -> Self {
        Self {
            id: found.id.0,
            first_name: found.first_name,
            last_name: found.last_name,
            birth_date: found.birth_date,
            verified: found.verified,
        }
    }
}

/// `GET /api/v1/citizens`: the people of the facilitator's points.
///
/// To find somebody by name, `POST /citizens/find` is the one to use.
#[utoipa::path(get, path = "/citizens", tag = "desk", operation_id = "list_citizens",
    security(("token" = ["facilitator"])), params(FindParams),
    responses((status = 200, body = CitizensView),
        (status = 422, description = "a point that is not the facilitator's")))]
pub async fn find(
    app: App,
    desk: Facilitator,
    params: Query<FindParams>,
) -> Result<Json<CitizensView>, Error> {
    if CodiceFiscale::parse(&params.q).is_ok() || card::is_code(&params.q) {
        return Err(Error::bad_request("codice-fiscale-in-address"));
    }
    let points = match params.point.as_deref() {
        Some(code) => vec![own_point(&app, &desk, Some(code)).await?],
        None => desk.points.clone(),
    };
    let after = params.after.map(CitizenId);
    let found = find::page(&app.db, &app.vault, &params.q, Some(&points), after).await?;
    Ok(Json(found.into()))
}

/// A citizen's record.
#[derive(Serialize, ToSchema)]
pub struct CitizenView {
    id: Uuid,
    #[schema(example = "NVNPRV66D52A662N")]
    codice_fiscale: Option<String>,
    /// Whether the code was seen on the health card: only then the person counts.
    verified: bool,
    first_name: String,
    last_name: String,
    birth_date: Option<Date>,
    gender: Option<Gender>,
    education: Option<Education>,
    occupation: Option<Occupation>,
    citizenship: Option<Citizenship>,
    /// Of domicile, its full name.
    #[schema(example = "Bari")]
    province: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    /// Only the name, as this point wrote it: the person came from another point, and this one does
    /// not see the record yet.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    limited: bool,
}

impl From<FoundCitizen> for CitizenView {
    fn from(found: FoundCitizen) -> Self {
        Self {
            id: found.id.0,
            verified: found.verified,
            first_name: found.first_name,
            last_name: found.last_name,
            birth_date: found.birth_date,
            limited: true,
            codice_fiscale: None,
            gender: None,
            education: None,
            occupation: None,
            citizenship: None,
            province: None,
            email: None,
            phone: None,
        }
    }
}

impl From<Citizen> for CitizenView {
    fn from(record: Citizen) -> Self {
        Self {
            id: record.id.0,
            codice_fiscale: record.codice_fiscale.map(|code| code.as_str().to_owned()),
            verified: record.verified_at.is_some(),
            first_name: record.first_name,
            last_name: record.last_name,
            birth_date: record.birth_date,
            gender: record.gender,
            education: record.education,
            occupation: record.occupation,
            citizenship: record.citizenship,
            province: record.province,
            email: record.email,
            phone: record.phone,
            limited: false,
        }
    }
}

/// `GET /api/v1/citizens/{id}`: a citizen's record.
#[utoipa::path(get, path = "/citizens/{id}", tag = "desk", operation_id = "read_citizen",
    security(("token" = ["facilitator"]), ("token" = ["coordinator"])),
    params(("id" = Uuid, Path)), responses((status = 410, description = "the person's data were erased"),
        (status = 200, body = CitizenView)))]
pub async fn read(
    app: App,
    keeper: Keeper,
    id: Path<CitizenId>,
) -> Result<Json<CitizenView>, Error> {
    match keeper.record(&app, *id).await {
        Err(Error::Forbidden) => Ok(Json(keeper.person(&app, *id).await?.into())),
        record => Ok(Json(record?.into())),
    }
}

/// `PATCH /api/v1/citizens/{id}`: corrects a citizen's record.
///
/// Fields left out stay; an empty one is cleared. The codice fiscale is written by the point that
/// registered the person, or by a coordinator.
#[utoipa::path(patch, path = "/citizens/{id}", tag = "desk", operation_id = "correct_citizen",
    security(("token" = ["facilitator"]), ("token" = ["coordinator"])),
    params(("id" = Uuid, Path)), request_body = Details,
    responses((status = 410, description = "the person's data were erased"),
        (status = 200, body = CitizenView), (status = 422),
        (status = 409, description = "the codice fiscale is another record's: `id`")))]
pub async fn correct(
    app: App,
    keeper: Keeper,
    id: Path<CitizenId>,
    changes: Json<Details>,
) -> Result<Json<CitizenView>, Error> {
    let id = keeper.record(&app, id.into_inner()).await?.id;
    let changes = changes.into_inner();
    let (by, now) = (keeper.account, app.now());
    match registration::correct(&app.db, &app.vault, id, changes, by, now).await? {
        Corrected::Done => {}
        Corrected::Brought(there) => {
            return Err(Error::Conflict {
                detail: "citizen-exists".into(),
                existing: Some(there.0),
            });
        }
    }
    Ok(Json(keeper.record(&app, id).await?.into()))
}

/// A card just issued: code and PIN are shown this once.
#[derive(Serialize, ToSchema)]
pub struct CardView {
    #[schema(example = "9LH9-RP9D-R")]
    card: String,
    #[schema(example = "02321")]
    pin: String,
    /// The page to print, without the PIN.
    sheet_url: String,
}

/// `POST /api/v1/citizens/{id}/card`: gives a citizen a card; the earlier one stops working.
#[utoipa::path(post, path = "/citizens/{id}/card", tag = "desk", operation_id = "issue_card",
    security(("token" = ["facilitator"])), params(("id" = Uuid, Path)),
    responses((status = 410, description = "the person's data were erased"),
        (status = 201, body = CardView)))]
pub async fn card(
    app: App,
    desk: Facilitator,
    at: Address,
    id: Path<CitizenId>,
) -> Result<HttpResponse, Error> {
    let citizen = desk.record(&app, id.into_inner()).await?.id;
    let printer = desk.printer(&app, citizen, at).await?;
    let issued = card::issue(&app.db, &app.vault, citizen, printer, app.now()).await?;
    Ok(HttpResponse::Created().json(CardView {
        sheet_url: format!("/punto/tessere/{}", issued.id),
        card: issued.code,
        pin: issued.pin,
    }))
}
