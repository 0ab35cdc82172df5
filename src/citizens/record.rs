//! A person's record, and what may be written in it.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::domain::age::full_years;
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::facilita::{Citizenship, Education, Gender, Occupation};
use crate::domain::field::FieldError;
use crate::domain::ids::{AccountId, CitizenId, PointId};
use crate::domain::province;
use crate::domain::text::{self, is_a_name, line};

use super::lacking::{Lacking, WrittenFields};
use super::name_question;

/// The complaint about a codice fiscale that a child and a person of a hundred years may have, and a
/// year of birth that nobody said.
pub const CENTURY_OPEN: &str = "birth-century-open";

/// A citizen's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citizen {
    /// Permanent.
    pub id: CitizenId,
    /// The code as it was written, opened from its seal.
    pub codice_fiscale: Option<CodiceFiscale>,
    /// Since when the codice fiscale is verified.
    pub verified_at: Option<OffsetDateTime>,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Day of birth.
    pub birth_date: Option<Date>,
    /// AN7.
    pub gender: Option<Gender>,
    /// AN9.
    pub education: Option<Education>,
    /// AN10.
    pub occupation: Option<Occupation>,
    /// AN11.
    pub citizenship: Option<Citizenship>,
    /// Province of domicile, its full name.
    pub province: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// The point that follows the citizen.
    pub point: PointId,
    /// Who entered the record: the facilitator of what the citizen learns at home.
    pub registered_by: AccountId,
    /// When the record was entered.
    pub created_at: OffsetDateTime,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
}

/// What a form or the API says about a person, as written. An absent field is left as it is, an
/// empty one is cleared.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// 16 characters; it may be missing: such a citizen learns, and does not count.
    pub codice_fiscale: Option<String>,
    /// Needed.
    pub first_name: Option<String>,
    /// Needed.
    pub last_name: Option<String>,
    /// `YYYY-MM-DD`; read from the codice fiscale where there is one.
    pub birth_date: Option<String>,
    /// AN7's letter; read from the codice fiscale where not given.
    pub gender: Option<String>,
    /// AN9's letter.
    pub education: Option<String>,
    /// AN10's letter.
    pub occupation: Option<String>,
    /// AN11's letter.
    pub citizenship: Option<String>,
    /// Province of domicile: its full name, or its letters.
    pub province: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Yes, the codice fiscale is of this person, though its letters are of another name.
    #[serde(deserialize_with = "name_question::said_yes")]
    pub name_differs: bool,
}

impl std::fmt::Debug for Details {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Details(****)")
    }
}

/// A field after reading: not mentioned, cleared, or with a value.
pub(super) type FieldValue<T> = Option<Option<T>>;

/// [`Details`] that can be written.
#[derive(Debug, Clone, Default)]
pub(super) struct CheckedDetails {
    pub(super) codice_fiscale: FieldValue<CodiceFiscale>,
    pub(super) first_name: Option<String>,
    pub(super) last_name: Option<String>,
    pub(super) birth_date: FieldValue<Date>,
    pub(super) gender: FieldValue<Gender>,
    pub(super) education: FieldValue<Education>,
    pub(super) occupation: FieldValue<Occupation>,
    pub(super) citizenship: FieldValue<Citizenship>,
    pub(super) province: FieldValue<String>,
    pub(super) email: FieldValue<String>,
    pub(super) phone: FieldValue<String>,
}

impl CheckedDetails {
    /// What a new record of it lacks.
    pub(super) fn lacking(&self) -> Vec<Lacking> {
        let written = WrittenFields {
            first_name: self.first_name.as_deref().unwrap_or_default(),
            last_name: self.last_name.as_deref().unwrap_or_default(),
            codice_fiscale: self.codice_fiscale.as_ref().is_some_and(Option::is_some),
            education: self.education.flatten(),
            occupation: self.occupation.flatten(),
            citizenship: self.citizenship.flatten(),
            province: self.province.as_ref().and_then(Option::as_deref),
        };
        written.lacking()
    }
}

impl Details {
    /// A field by its name.
    pub(super) fn field_mut(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "codice_fiscale" => &mut self.codice_fiscale,
            "first_name" => &mut self.first_name,
            "last_name" => &mut self.last_name,
            "birth_date" => &mut self.birth_date,
            "gender" => &mut self.gender,
            "education" => &mut self.education,
            "occupation" => &mut self.occupation,
            "citizenship" => &mut self.citizenship,
            "province" => &mut self.province,
            "email" => &mut self.email,
            "phone" => &mut self.phone,
            _ => return None,
        })
    }

    /// The names of the fields that are mentioned, for the audit: never their values.
    pub(super) fn mentioned(&self) -> String {
        let mut copy = self.clone();
        let named = |name: &&str| {
            let field = copy.field_mut(name);
            field.is_some_and(|field| field.is_some())
        };
        let columns = super::columns::COLUMNS.iter().map(|column| column.name);
        let mut names: Vec<_> = columns.filter(named).collect();
        if self.name_differs {
            names.push(name_question::FIELD);
        }
        names.join(", ")
    }

    /// Reads every field, and collects every complaint. `known` is the codice fiscale already on
    /// record, which a birth date must agree with, and the birth: where a code has a child and a
    /// person of a hundred years, it is what somebody said.
    pub(super) fn check(
        &self,
        known: Option<(&CodiceFiscale, Option<Date>)>,
        today: Date,
    ) -> Result<CheckedDetails, Vec<FieldError>> {
        let faults = &mut Vec::new();
        let codice_fiscale = read(&self.codice_fiscale, "codice_fiscale", faults, |text| {
            CodiceFiscale::parse(text).map_err(|error| error.key())
        });
        let mut checked = CheckedDetails {
            first_name: name(self.first_name.as_deref(), "first_name", faults),
            last_name: name(self.last_name.as_deref(), "last_name", faults),
            birth_date: read(&self.birth_date, "birth_date", faults, |text| {
                birth(text, today)
            }),
            gender: read(&self.gender, "gender", faults, code(Gender::from_code)),
            education: read(
                &self.education,
                "education",
                faults,
                code(Education::from_code),
            ),
            occupation: read(
                &self.occupation,
                "occupation",
                faults,
                code(Occupation::from_code),
            ),
            citizenship: read(
                &self.citizenship,
                "citizenship",
                faults,
                code(Citizenship::from_code),
            ),
            province: read(&self.province, "province", faults, |text| {
                province::read(text).map(str::to_owned)
            }),
            email: read(&self.email, "email", faults, email),
            phone: read(&self.phone, "phone", faults, phone),
            codice_fiscale,
        };
        let in_force = match &checked.codice_fiscale {
            Some(given) => given.as_ref(),
            None => known.map(|(code, _)| code),
        };
        if let Some(in_force) = in_force {
            let births = in_force.birth_dates(today);
            match checked.birth_date {
                Some(Some(given)) if !births.contains(&given) => {
                    faults.push(FieldError::new("birth_date", "birth-date-differs"));
                }
                Some(Some(_)) => {}
                _ if checked.codice_fiscale.is_some() || checked.birth_date.is_some() => {
                    let told = known.and_then(|(_, birth)| birth);
                    let told = told.filter(|birth| births.contains(birth));
                    match in_force.birth_date(today).or(told) {
                        Some(birth) => checked.birth_date = Some(Some(birth)),
                        None => faults.push(FieldError::new("birth_date", CENTURY_OPEN)),
                    }
                }
                _ => {}
            }
            // A form sends the choice left empty too.
            if checked.codice_fiscale.is_some() && checked.gender.flatten().is_none() {
                checked.gender = Some(Some(in_force.gender()));
            }
        }
        if faults.is_empty() {
            Ok(checked)
        } else {
            Err(std::mem::take(faults))
        }
    }
}

/// Names folded for searching: lower case, without accents and apostrophes, single spaces.
#[must_use]
pub(crate) fn folded(text: &str) -> String {
    let plain: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read<T>(
    text: &Option<String>,
    field: &'static str,
    faults: &mut Vec<FieldError>,
    parse: impl Fn(&str) -> Result<T, &'static str>,
) -> FieldValue<T> {
    match line(text.as_deref()?).as_str() {
        "" => Some(None),
        text => match parse(text) {
            Ok(value) => Some(Some(value)),
            Err(key) => {
                faults.push(FieldError::new(field, key));
                None
            }
        },
    }
}

fn code<T>(from: impl Fn(&str) -> Option<T>) -> impl Fn(&str) -> Result<T, &'static str> {
    move |text| from(text).ok_or("not-a-choice")
}

fn name(text: Option<&str>, field: &'static str, faults: &mut Vec<FieldError>) -> Option<String> {
    let text = line(text?);
    let fault = if text.is_empty() {
        "required"
    } else if text.chars().count() > 80 {
        "too-long"
    } else if !is_a_name(&text) {
        "not-a-name"
    } else {
        return Some(text);
    };
    faults.push(FieldError::new(field, fault));
    None
}

fn birth(text: &str, today: Date) -> Result<Date, &'static str> {
    let form = time::macros::format_description!("[year]-[month]-[day]");
    let day = Date::parse(text, form).map_err(|_| "not-a-date")?;
    match full_years(day, today) {
        Some(age) if age <= 120 && day <= today => Ok(day),
        _ => Err("not-a-birth-date"),
    }
}

fn email(text: &str) -> Result<String, &'static str> {
    text::email(text).ok_or("not-an-email")
}

fn phone(text: &str) -> Result<String, &'static str> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let fine = (6..=15).contains(&digits)
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || " +-./()".contains(c));
    if fine {
        Ok(text.to_owned())
    } else {
        Err("not-a-phone")
    }
}

#[cfg(test)]
mod tests;
