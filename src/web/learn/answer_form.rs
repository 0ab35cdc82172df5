//! Reading the forms of questions.

use std::collections::BTreeMap;

use crate::content::grade::GivenError;
use crate::content::question::{Given, Kind, Question};
use crate::web::learn::refused_answer::RefusedAnswer;
use crate::web::read::Form;

/// The fields of a form in the order they were sent; a checkbox can occur more than once.
pub(crate) type FormFields = Form<Vec<(String, String)>>;

/// The first value of a field.
pub(crate) fn value<'f>(fields: &'f FormFields, name: &str) -> Option<&'f str> {
    let mut named = fields.iter().filter(|(field, _)| field == name);
    named.next().map(|(_, value)| value.as_str())
}

/// What the list boxes of a form held, by row, as they were sent: two rows may hold the same.
fn rows(question: &Question, fields: &FormFields) -> BTreeMap<String, String> {
    let prefix = match &question.kind {
        Kind::Order { .. } => "posto-",
        Kind::Match { .. } => "abbina-",
        _ => return BTreeMap::new(),
    };
    let held = fields.iter().filter_map(|(field, value)| {
        let row = field.strip_prefix(prefix)?;
        Some((row.to_owned(), value.clone()))
    });
    held.collect()
}

/// An answer that could not be taken, as the form held it.
pub(crate) fn refused(
    question: &Question,
    fields: &FormFields,
    error: GivenError,
) -> RefusedAnswer {
    RefusedAnswer {
        given: given(question, fields),
        rows: rows(question, fields),
        error,
    }
}

/// What a form gives as the answer to a question. Nothing is judged here: an empty or incomplete
/// answer is the grading's to refuse.
pub(crate) fn given(question: &Question, fields: &FormFields) -> Given {
    let after = |prefix: &'static str| {
        fields
            .iter()
            .filter_map(move |(field, value)| Some((field.strip_prefix(prefix)?, value)))
    };
    match &question.kind {
        Kind::One { .. } | Kind::Number { .. } | Kind::Text { .. } => {
            Given::Text(value(fields, "risposta").unwrap_or_default().to_owned())
        }
        Kind::Many { .. } => {
            let chosen = fields.iter().filter(|(field, _)| field == "risposta");
            Given::Keys(chosen.map(|(_, key)| key.clone()).collect())
        }
        Kind::Order { .. } => {
            // Two steps at one place leave one of them out, which makes the answer incomplete.
            let places: BTreeMap<u32, String> = after("posto-")
                .filter_map(|(step, place)| Some((place.parse().ok()?, step.to_owned())))
                .collect();
            Given::Keys(places.into_values().collect())
        }
        Kind::Match { .. } => Given::Pairs(
            after("abbina-")
                .filter(|(_, right)| !right.is_empty())
                .map(|(left, right)| (left.to_owned(), right.clone()))
                .collect(),
        ),
    }
}
