//! What the network tells people of its points: where, when, what for. Written by a coordinator, on
//! a page or from a table; the same words are checked in both.

mod checks;

use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

use crate::db::audit::{Act, Action, note};
use crate::db::entities::points;
use crate::db::{self, Db};
use crate::domain::field::FieldError;
use crate::domain::ids::{AccountId, ProgrammeId, is_content_id};
use crate::domain::text;

use self::checks::{email, number, phone, postcode, province};
use super::point::{self, Point};
use super::programme;

/// What a form or a table says of a point, as written. An absent field is left as it is, an empty
/// one is cleared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PointDetails {
    /// What addresses call it: letters, digits and hyphens.
    pub code: Option<String>,
    /// Needed, and no other point's: Facilita tells points apart by it.
    pub name: Option<String>,
    /// Needed.
    pub municipality: Option<String>,
    /// Needed, its full name.
    pub province: Option<String>,
    /// Needed.
    pub region: Option<String>,
    /// Street and number.
    pub address: Option<String>,
    /// Five digits.
    pub postcode: Option<String>,
    /// To call.
    pub phone: Option<String>,
    /// To write to.
    pub email: Option<String>,
    /// When it is open, as people say it.
    pub hours: Option<String>,
    /// What it offers, as people say it.
    pub offers: Option<String>,
    /// Computers for the public.
    pub workstations: Option<String>,
    /// `yes` or `no`; `sì`, `1` and `true` say yes too.
    pub itinerant: Option<String>,
    /// Degrees, with a point or a comma.
    pub latitude: Option<String>,
    /// Degrees, with a point or a comma.
    pub longitude: Option<String>,
    /// Facilita's number.
    pub facilita_id: Option<String>,
    /// The programme's code: needed for a new point, and for ever.
    pub programme: Option<String>,
    /// `YYYY-MM-DD`: the first day it was no more.
    pub closed_on: Option<String>,
}

impl PointDetails {
    /// The names of the fields: the columns of a table.
    pub const FIELDS: [&'static str; 18] = [
        "code",
        "name",
        "municipality",
        "province",
        "region",
        "address",
        "postcode",
        "phone",
        "email",
        "hours",
        "offers",
        "workstations",
        "itinerant",
        "latitude",
        "longitude",
        "facilita_id",
        "programme",
        "closed_on",
    ];

    /// What is known of a point.
    #[must_use]
    pub fn of(point: &Point) -> Self {
        let text = |value: &str| Some(value.to_owned());
        let degrees = |which: fn((f64, f64)) -> f64| point.position.map(|p| which(p).to_string());
        Self {
            code: text(&point.code),
            name: text(&point.name),
            municipality: text(&point.municipality),
            province: text(&point.province),
            region: text(&point.region),
            address: point.address.clone(),
            postcode: point.postcode.clone(),
            phone: point.phone.clone(),
            email: point.email.clone(),
            hours: point.hours.clone(),
            offers: point.offers.clone(),
            workstations: point.workstations.map(|n| n.to_string()),
            itinerant: text(if point.itinerant { "yes" } else { "no" }),
            latitude: degrees(|(latitude, _)| latitude),
            longitude: degrees(|(_, longitude)| longitude),
            facilita_id: point.facilita_id.clone(),
            programme: None,
            closed_on: point.closed_on.map(|day| day.to_string()),
        }
    }
}

/// Why a point was not written.
#[derive(Debug, Error)]
pub enum PointError {
    /// Fields at fault, all of them.
    #[error("{} fields cannot be accepted", .0.len())]
    Invalid(Vec<FieldError>),
    /// No such point.
    #[error("no such point")]
    NotFound,
    /// The database's.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// What writing a point did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointWrite {
    /// It was not there.
    Added,
    /// It was there, and differs now.
    Updated,
    /// It was as the details say.
    Unchanged,
}

/// Codes that are addresses of other pages beside the points' own.
const RESERVED: [&str; 2] = ["importa", "nuovo"];

/// Adds a point; its code must be new.
///
/// # Errors
/// [`PointError::Invalid`].
pub async fn add(
    db: &Db,
    details: PointDetails,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), PointError> {
    db::write(db, async move |tx| {
        let code = details.code.as_deref().unwrap_or_default().trim();
        if point::by_code(tx, code).await?.is_some() {
            let taken = FieldError::new("code", "point-code-taken");
            return Err(PointError::Invalid(vec![taken]));
        }
        write_in(tx, &details, Some(by), now).await?;
        Ok(())
    })
    .await
}

/// Changes a point; its code and its programme stay.
///
/// # Errors
/// [`PointError::NotFound`], or [`PointError::Invalid`].
pub async fn change(
    db: &Db,
    code: &str,
    details: PointDetails,
    by: AccountId,
    now: OffsetDateTime,
) -> Result<(), PointError> {
    let details = PointDetails {
        code: Some(code.to_owned()),
        programme: None,
        ..details
    };
    db::write(db, async move |tx| {
        let code = details.code.as_deref().unwrap_or_default();
        if point::by_code(tx, code).await?.is_none() {
            return Err(PointError::NotFound);
        }
        write_in(tx, &details, Some(by), now).await?;
        Ok(())
    })
    .await
}

/// Adds the point of a code, or brings it up to date; the same again changes nothing.
///
/// # Errors
/// [`PointError::Invalid`].
pub async fn write_in(
    tx: &DatabaseTransaction,
    details: &PointDetails,
    by: Option<AccountId>,
    now: OffsetDateTime,
) -> Result<PointWrite, PointError> {
    let (there, point) = check_in(tx, details).await?;
    let written = match &there {
        None => PointWrite::Added,
        Some(before) if *before != point => PointWrite::Updated,
        Some(_) => return Ok(PointWrite::Unchanged),
    };
    match written {
        PointWrite::Added => point::create_in(tx, &point, now).await?,
        _ => update(tx, &point).await?,
    }
    let act = Act {
        by,
        action: Action::PointWritten,
        subject: "point",
        id: point.id.0,
        detail: "",
    };
    note(tx, act, now).await?;
    Ok(written)
}

/// The point of the details' code, where there is one, and the point as it would be.
///
/// # Errors
/// [`PointError::Invalid`].
pub async fn check_in(
    tx: &DatabaseTransaction,
    details: &PointDetails,
) -> Result<(Option<Point>, Point), PointError> {
    let faults = &mut Vec::new();
    let code = details.code.as_deref().unwrap_or_default().trim();
    let name = code.to_lowercase();
    if !is_content_id(&name) || RESERVED.contains(&name.as_str()) {
        faults.push(FieldError::new("code", "not-a-code"));
    }
    let there = point::by_code(tx, code).await?;
    let programme = match details.programme.as_deref().map(str::trim) {
        Some(code) if !code.is_empty() => {
            let found = programme::by_code(tx, code).await?;
            if found.is_none() {
                faults.push(FieldError::new("programme", "unknown-programme"));
            }
            found.map(|programme| programme.id)
        }
        _ => None,
    };
    let before = match (&there, programme) {
        (Some(point), Some(programme)) if point.programme != programme => {
            faults.push(FieldError::new("programme", "point-programme-stays"));
            point.clone()
        }
        (Some(point), _) => point.clone(),
        (None, programme) => {
            if details.programme.as_deref().is_none_or(str::is_empty) {
                faults.push(FieldError::new("programme", "required"));
            }
            let programme = programme.unwrap_or(ProgrammeId(uuid::Uuid::nil()));
            Point::new(programme, code, "", ["", "", ""])
        }
    };
    let point = details.read(before, faults);
    let namesakes = points::Entity::find()
        .filter(points::Column::Name.eq(&point.name))
        .filter(points::Column::Id.ne(point.id))
        .lock(LockType::Share);
    if namesakes.one(tx).await?.is_some() {
        faults.push(FieldError::new("name", "point-name-taken"));
    }
    if !faults.is_empty() {
        return Err(PointError::Invalid(std::mem::take(faults)));
    }
    Ok((there, point))
}

async fn update(tx: &DatabaseTransaction, point: &Point) -> Result<(), DbErr> {
    points::Entity::update(point::row(point)).exec(tx).await?;
    Ok(())
}

impl PointDetails {
    /// The point as it will be, gathering every complaint.
    fn read(&self, mut point: Point, faults: &mut Vec<FieldError>) -> Point {
        let mut fault = |field, key| faults.push(FieldError { field, key });
        for (field, given, into) in [
            ("name", &self.name, &mut point.name),
            ("municipality", &self.municipality, &mut point.municipality),
            ("province", &self.province, &mut point.province),
            ("region", &self.region, &mut point.region),
        ] {
            if let Some(text) = given {
                *into = text::line(text);
            }
            match into.chars().count() {
                _ if !text::says_something(into) => fault(field, "required"),
                0..=150 => {}
                _ => fault(field, "too-long"),
            }
        }
        if self.province.is_some() && !province(&mut point.province) {
            fault("province", "not-a-province");
        }
        type Check = fn(&str) -> Option<&'static str>;
        let fine: Check = |_| None;
        for (field, given, into, check, most) in [
            ("address", &self.address, &mut point.address, fine, 200),
            ("postcode", &self.postcode, &mut point.postcode, postcode, 5),
            ("phone", &self.phone, &mut point.phone, phone, 40),
            ("email", &self.email, &mut point.email, email, 200),
            ("hours", &self.hours, &mut point.hours, fine, 400),
            ("offers", &self.offers, &mut point.offers, fine, 600),
            (
                "facilita_id",
                &self.facilita_id,
                &mut point.facilita_id,
                number,
                20,
            ),
        ] {
            let Some(text) = given.as_deref().map(text::paragraphs) else {
                continue;
            };
            *into = (!text.is_empty()).then(|| text.clone());
            match check(&text) {
                Some(key) if !text.is_empty() => fault(field, key),
                _ if text.chars().count() > most => fault(field, "too-long"),
                _ => {}
            }
        }
        if let Some(text) = self.workstations.as_deref().map(str::trim) {
            point.workstations = text.parse().ok().filter(|n| *n <= 999);
            if point.workstations.is_none() && !text.is_empty() {
                fault("workstations", "not-a-number");
            }
        }
        if let Some(text) = self.itinerant.as_deref().map(str::trim) {
            point.itinerant = match text.to_lowercase().as_str() {
                "yes" | "sì" | "si" | "1" | "true" => true,
                "" | "no" | "0" | "false" => false,
                _ => {
                    fault("itinerant", "not-yes-or-no");
                    false
                }
            };
        }
        if let Some(text) = self.closed_on.as_deref().map(str::trim) {
            point.closed_on = Date::parse(text, format_description!("[year]-[month]-[day]")).ok();
            if point.closed_on.is_none() && !text.is_empty() {
                fault("closed_on", "not-a-date");
            }
        }
        self.place(&mut point, faults);
        point
    }

    fn place(&self, point: &mut Point, faults: &mut Vec<FieldError>) {
        let fault = |field, key| FieldError { field, key };
        let mut degrees = |field, given: &Option<String>, before: Option<f64>, most: f64| {
            let Some(text) = given.as_deref().map(str::trim) else {
                return before;
            };
            let read = text.replace(',', ".").parse::<f64>().ok();
            let read = read.filter(|value| value.abs() <= most);
            if read.is_none() && !text.is_empty() {
                faults.push(fault(field, "not-a-position"));
            }
            read
        };
        let latitude = degrees(
            "latitude",
            &self.latitude,
            point.position.map(|p| p.0),
            90.0,
        );
        let longitude = degrees(
            "longitude",
            &self.longitude,
            point.position.map(|p| p.1),
            180.0,
        );
        point.position = latitude.zip(longitude);
        let field = match (latitude, longitude) {
            (None, Some(_)) => Some("latitude"),
            (Some(_), None) => Some("longitude"),
            _ => None,
        };
        if let Some(field) = field.filter(|field| faults.iter().all(|one| one.field != *field)) {
            faults.push(fault(field, "position-needs-both"));
        }
    }
}
