//! What is done for somebody new at once: the part of the form about today.

use serde::Serialize;

use crate::domain::locale::Lang;
use crate::network::need::NEEDS;
use crate::web::error::FieldFault;
use crate::web::learn::module_page::ContentLink;
use crate::web::templates::text;

/// The card, the service of today and what to learn at home.
#[derive(Debug, Serialize)]
pub struct FirstVisit {
    needs: Vec<NeedChoice>,
    /// No service was given.
    none: bool,
    need_error: String,
    minutes: String,
    minutes_error: String,
    card: bool,
    learn: bool,
}

/// A need, and the course for it.
#[derive(Debug, Serialize)]
struct NeedChoice {
    value: &'static str,
    label: String,
    selected: bool,
    course: Option<ContentLink>,
}

impl FirstVisit {
    /// With the course for each need, in their order, and what was chosen and written.
    #[must_use]
    pub fn new(
        courses: Vec<Option<ContentLink>>,
        need: &str,
        minutes: &str,
        (card, learn): (bool, bool),
        lang: Lang,
    ) -> Self {
        let needs = NEEDS.iter().zip(courses).map(|(one, course)| NeedChoice {
            value: one.key,
            label: text(lang, &format!("need-{}", one.key)),
            selected: one.key == need,
            course,
        });
        Self {
            needs: needs.collect(),
            none: need.is_empty(),
            need_error: String::new(),
            minutes: minutes.to_owned(),
            minutes_error: String::new(),
            card,
            learn,
        }
    }

    /// With what is wrong.
    pub fn wrong(&mut self, faults: &[FieldFault], lang: Lang) {
        let error = |field: &str| {
            let fault = faults.iter().find(|fault| fault.field == field);
            fault.map_or_else(String::new, |fault| text(lang, &fault.key))
        };
        self.need_error = error("need");
        self.minutes_error = error("minutes");
    }
}
