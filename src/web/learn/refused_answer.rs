//! An answer that could not be taken: what is missing in it, and where.

use std::collections::BTreeMap;

use crate::content::grade::GivenError;
use crate::content::question::Given;
use crate::domain::locale::Lang;
use crate::web::learn::question::QuestionForm;
use crate::web::templates::{Args, text, text_with};

/// An answer as it was sent, and why it was not graded.
#[derive(Debug)]
pub struct RefusedAnswer {
    /// What was understood of it.
    pub given: Given,
    /// What the list boxes held, by row: also where two held the same.
    pub rows: BTreeMap<String, String>,
    /// Why it was refused.
    pub error: GivenError,
}

impl RefusedAnswer {
    /// Says in a form what is missing, and marks the rows at fault.
    pub(crate) fn mark(&self, form: &mut QuestionForm, lang: Lang) {
        form.error = text(lang, self.error.message_key());
        let kind = form.kind();
        if !matches!(kind, "order" | "match") {
            let first = form.rows().first().map(|option| option.key.clone());
            form.focus = first.unwrap_or_else(|| "testo".to_owned());
            return;
        }
        for row in form.rows() {
            row.given = self.rows.get(&row.key).cloned();
        }
        let faults = self.faults(form, lang);
        let twice = faults.values().any(|(twice, _)| *twice);
        // Nothing was chosen at all: one sentence says it.
        if faults.len() < form.rows().len() || twice {
            let key = if twice {
                "answer-rows-twice"
            } else {
                "answer-rows-missing"
            };
            form.error = text(lang, key);
            for row in form.rows() {
                let fault = faults.get(&row.key);
                row.fault = fault.map_or_else(String::new, |(_, said)| said.clone());
            }
        }
        let mut rows = form.rows().iter();
        let first = rows.find(|row| faults.contains_key(&row.key));
        form.focus = first.map_or_else(String::new, |row| row.key.clone());
    }

    /// What is wrong with each row: whether another one has its place, and the words for it.
    fn faults(&self, form: &mut QuestionForm, lang: Lang) -> BTreeMap<String, (bool, String)> {
        let order = form.kind() == "order";
        let rows = form.rows();
        let value = |key: &str| self.rows.get(key).map_or("", String::as_str);
        let fault = |row: &crate::web::learn::question::QuestionOption| {
            let given = value(&row.key);
            if given.is_empty() {
                return Some((false, text(lang, "row-missing")));
            }
            let mut others = rows.iter().filter(|one| one.key != row.key);
            let other = others.find(|one| order && value(&one.key) == given)?;
            let places: Args = [
                ("place".into(), given.to_owned().into()),
                ("other".into(), other.text.clone().into()),
            ]
            .into();
            Some((true, text_with(lang, "row-twice", &places)))
        };
        let faults = rows
            .iter()
            .filter_map(|row| Some((row.key.clone(), fault(row)?)));
        faults.collect()
    }
}
