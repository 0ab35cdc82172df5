//! "I tuoi dati": everything that is kept of whoever asks, folded part by part, and what they can do
//! with it.

use serde::Serialize;

use crate::accounts::trail::TrailPage;
use crate::citizens::consent::Consents;
use crate::content::Catalogue;
use crate::domain::locale::Lang;
use crate::learning::own::{OwnData, OwnRecord};
use crate::web::desk::citizen_page::version;
use crate::web::error::FieldFault;
use crate::web::network::acts::{MyRow, looks};
use crate::web::own::data_parts::{DataPart, parts};
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::templates::{day, day_of, text};

/// Looks on a page.
pub const LOOKS: usize = 12;

pub(crate) const ADDRESS: &str = "/mio-percorso/dati";

/// `my_data.html`
#[derive(Debug, Serialize)]
pub struct OwnPage {
    chrome: Chrome,
    record: Vec<Pair>,
    parts: Vec<DataPart>,
    email: String,
    phone: String,
    email_error: String,
    phone_error: String,
    wrong: usize,
    /// Since when they may be written to, and under which text; none where they may not.
    contact: Option<Agreed>,
    notice: Option<Agreed>,
    /// What was done just now; empty for nothing.
    done: &'static str,
    looks: Looks,
}

#[derive(Debug, Serialize)]
struct Agreed {
    day: String,
    version: String,
}

#[derive(Debug, Serialize)]
struct Pair {
    label: String,
    value: String,
}

#[derive(Debug, Serialize)]
struct Looks {
    heads: Vec<String>,
    rows: Vec<MyRow>,
    next: Option<String>,
    /// Somebody is turning its pages.
    open: bool,
}

impl OwnPage {
    /// The page. `turned`: not the first page of who looked.
    #[must_use]
    pub fn new(
        (data, catalogue): (&OwnData, &Catalogue),
        consents: Consents,
        page: TrailPage,
        (done, turned): (Option<&str>, bool),
        lang: Lang,
    ) -> Self {
        let record = data.records.first();
        let next = page.next.map(|next| format!("{ADDRESS}?prima={next}"));
        let agreed = |consent: crate::citizens::consent::Consent| Agreed {
            day: day(lang, consent.day),
            version: version(&consent.version, lang),
        };
        let contact = |value: fn(&OwnRecord) -> &Option<String>| {
            record.and_then(|record| value(record).clone())
        };
        Self {
            chrome: chrome(text(lang, "own-title"), ADDRESS, lang),
            record: record.map_or_else(Vec::new, |record| pairs(record, lang)),
            parts: parts(data, catalogue, lang),
            email: contact(|record| &record.email).unwrap_or_default(),
            phone: contact(|record| &record.phone).unwrap_or_default(),
            email_error: String::new(),
            phone_error: String::new(),
            wrong: 0,
            contact: consents.contact.map(agreed),
            notice: consents.notice.map(agreed),
            done: match done {
                Some("contatti") => "own-done-contacts",
                Some("consenso") => "own-done-consent",
                Some("correzione") => "own-done-correction",
                _ => "",
            },
            looks: Looks {
                heads: ["day", "what", "who"]
                    .map(|head| text(lang, &format!("my-data-{head}")))
                    .into(),
                rows: looks(&page, lang),
                next,
                open: turned,
            },
        }
    }

    /// The page with what was typed, and what is wrong with it.
    #[must_use]
    pub fn refused(mut self, email: &str, phone: &str, faults: &[FieldFault], lang: Lang) -> Self {
        let error = |name: &str| {
            let fault = faults.iter().find(|fault| fault.field == name);
            fault.map_or_else(String::new, |fault| text(lang, &fault.key))
        };
        email.clone_into(&mut self.email);
        phone.clone_into(&mut self.phone);
        (self.email_error, self.phone_error) = (error("email"), error("phone"));
        self.wrong = faults.len();
        self
    }
}

pub(crate) fn chrome(title: String, address: &str, lang: Lang) -> Chrome {
    Chrome::new(lang, title, SiteSection::Mine, address).under(
        "/mio-percorso",
        text(lang, "mine-title"),
        lang,
    )
}

fn pairs(record: &OwnRecord, lang: Lang) -> Vec<Pair> {
    let pair = |key: &str, value: Option<String>| {
        let value = value.filter(|value| !value.is_empty())?;
        Some(Pair {
            label: text(lang, key),
            value,
        })
    };
    let label = |label: &str| Some(label.to_owned());
    [
        pair("field-first_name", Some(record.first_name.clone())),
        pair("field-last_name", Some(record.last_name.clone())),
        pair("field-codice_fiscale", record.codice_fiscale.clone()),
        pair(
            "field-birth_date",
            record.birth_date.map(|on| day(lang, on)),
        ),
        pair(
            "field-gender",
            record.gender.and_then(|one| label(one.label(lang))),
        ),
        pair(
            "field-education",
            record.education.and_then(|one| label(one.label(lang))),
        ),
        pair(
            "field-occupation",
            record.occupation.and_then(|one| label(one.label(lang))),
        ),
        pair(
            "field-citizenship",
            record.citizenship.and_then(|one| label(one.label(lang))),
        ),
        pair("field-province", record.province.clone()),
        pair("field-point", Some(record.point.clone())),
        pair("own-registered", Some(day_of(lang, record.registered_at))),
        pair(
            "own-verified",
            record.verified_at.map(|at| day_of(lang, at)),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}
