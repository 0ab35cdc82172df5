//! The question whether a codice fiscale is of the person whose name is written beside it: asked
//! where its first six letters are of another name, since another card may be in the hand. Names do
//! change, so yes is an answer: it is kept, with who gave it, until name or code change.

use sea_orm::ActiveValue::Set;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use time::{Date, OffsetDateTime};

use crate::db::entities::citizens;
use crate::db::instant;
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::field::FieldError;
use crate::domain::ids::AccountId;
use crate::domain::name_letters::NameFit;
use crate::domain::text::line;

use super::record::{CheckedDetails, Details};

/// The field that answers.
pub const FIELD: &str = "name_differs";

/// What is written of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameAnswer {
    /// What is there stays: nothing was said of name or code, or it was answered before.
    Stays,
    /// There is nothing to ask.
    None,
    /// The code is this person's, whatever the name.
    Yes,
}

/// What details say of the question, for somebody new or of a record and its code.
///
/// # Errors
/// The question, where nobody has answered it.
fn answer(
    details: &Details,
    there: Option<(&citizens::Model, Option<&CodiceFiscale>)>,
) -> Result<NameAnswer, FieldError> {
    let said = [
        &details.codice_fiscale,
        &details.last_name,
        &details.first_name,
    ];
    if said.iter().all(|field| field.is_none()) {
        return Ok(NameAnswer::Stays);
    }
    let known = there.and_then(|(_, code)| code);
    let code = match details.codice_fiscale.as_deref().map(line) {
        Some(text) if text.is_empty() => None,
        // One that cannot be read has a complaint of its own.
        Some(text) => CodiceFiscale::parse(&text).ok(),
        None => known.cloned(),
    };
    let name = |given: &Option<String>, there: Option<&String>| {
        let given = given.as_deref().map(line);
        given.or_else(|| there.cloned()).unwrap_or_default()
    };
    let last = name(&details.last_name, there.map(|(row, _)| &row.last_name));
    let first = name(&details.first_name, there.map(|(row, _)| &row.first_name));
    let Some(code) = code else {
        return Ok(NameAnswer::None);
    };
    let key = match code.name_fit(&last, &first) {
        NameFit::Fits => return Ok(NameAnswer::None),
        NameFit::Swapped => "name-differs-swapped",
        NameFit::Differs => "name-differs",
    };
    let answered = there.is_some_and(|(row, known)| {
        let same = row.last_name == last && row.first_name == first;
        let code = known.is_some_and(|known| known.canonical() == code.canonical());
        row.name_differs_at.is_some() && same && code
    });
    match (answered, details.name_differs) {
        (true, _) => Ok(NameAnswer::Stays),
        (_, true) => Ok(NameAnswer::Yes),
        _ => Err(FieldError { field: FIELD, key }),
    }
}

impl NameAnswer {
    /// Puts the answer into the row.
    pub(super) fn fill(self, row: &mut citizens::ActiveModel, by: AccountId, now: OffsetDateTime) {
        let (at, who) = match self {
            Self::Stays => return,
            Self::None => (None, None),
            Self::Yes => (Some(instant(now)), Some(by)),
        };
        row.name_differs_at = Set(at);
        row.name_differs_by = Set(who);
    }
}

impl Details {
    /// What is wrong with them as a new record.
    #[must_use]
    pub fn faults(&self, today: Date) -> Vec<FieldError> {
        self.check_new(today).err().unwrap_or_default()
    }

    /// The day of birth that is written, or else the code's; `None` where a value is at fault.
    #[must_use]
    pub fn born(&self, today: Date) -> Option<Date> {
        let checked = self.check(None, today).ok()?;
        checked.birth_date.flatten()
    }

    /// [`check`](Self::check) of somebody new, whose name is needed, and the question of the name.
    pub(super) fn check_new(
        &self,
        today: Date,
    ) -> Result<(CheckedDetails, NameAnswer), Vec<FieldError>> {
        let mut complete = self.clone();
        complete.first_name.get_or_insert_default();
        complete.last_name.get_or_insert_default();
        both(complete.check(None, today), answer(&complete, None))
    }

    /// [`check`](Self::check) of what is to change in a record, whose code is `known`, and the
    /// question of the name.
    pub(super) fn check_change(
        &self,
        row: &citizens::Model,
        known: Option<(&CodiceFiscale, Option<Date>)>,
        today: Date,
    ) -> Result<(CheckedDetails, NameAnswer), Vec<FieldError>> {
        both(
            self.check(known, today),
            answer(self, Some((row, known.map(|(code, _)| code)))),
        )
    }
}

/// All complaints at once: of the fields, and the question of the name.
fn both(
    checked: Result<CheckedDetails, Vec<FieldError>>,
    answer: Result<NameAnswer, FieldError>,
) -> Result<(CheckedDetails, NameAnswer), Vec<FieldError>> {
    match (checked, answer) {
        (Ok(checked), Ok(answer)) => Ok((checked, answer)),
        (Ok(_), Err(question)) => Err(vec![question]),
        (Err(faults), answer) => Err(faults.into_iter().chain(answer.err()).collect()),
    }
}

/// `true`, or what a box of a form that was ticked sends.
pub(super) fn said_yes<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Said {
        Json(bool),
        Form(String),
    }
    match Option::<Said>::deserialize(from)? {
        None => Ok(false),
        Some(Said::Json(yes)) => Ok(yes),
        Some(Said::Form(text)) => match text.as_str() {
            "1" | "true" => Ok(true),
            "" => Ok(false),
            _ => Err(D::Error::custom("expected a boolean")),
        },
    }
}
