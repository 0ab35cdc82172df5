//! What somebody does with their own data: asks for a correction, has them erased.

use serde::Serialize;

use crate::citizens::correction::{ABOUT, LONGEST};
use crate::domain::locale::Lang;
use crate::learning::own::{OwnAttendance, OwnData};
use crate::web::error::FieldFault;
use crate::web::learn::catalogue::SelectChoice;
use crate::web::own::data_page::{ADDRESS, chrome};
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::templates::text;

/// `my_correction.html`
#[derive(Debug, Serialize)]
pub struct CorrectionPage {
    chrome: Chrome,
    about: Vec<SelectChoice>,
    text: String,
    about_error: String,
    text_error: String,
    wrong: usize,
    longest: usize,
}

impl CorrectionPage {
    /// The form, empty.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let address = "/mio-percorso/dati/correzione";
        Self {
            chrome: chrome(text(lang, "correction-title"), address, lang).under(
                ADDRESS,
                text(lang, "own-title"),
                lang,
            ),
            about: choices(&[], lang),
            text: String::new(),
            about_error: String::new(),
            text_error: String::new(),
            wrong: 0,
            longest: LONGEST,
        }
    }

    /// The form with what was chosen and typed, and what is wrong with it.
    #[must_use]
    pub fn refused(
        mut self,
        about: &[String],
        typed: &str,
        faults: &[FieldFault],
        lang: Lang,
    ) -> Self {
        let error = |name: &str| {
            let fault = faults.iter().find(|fault| fault.field == name);
            fault.map_or_else(String::new, |fault| text(lang, &fault.key))
        };
        self.about = choices(about, lang);
        (self.about_error, self.text_error) = (error("about"), error("text"));
        self.wrong = faults.len();
        // A codice fiscale is not shown again.
        if faults.iter().all(|fault| fault.key != "correction-code") {
            typed.clone_into(&mut self.text);
        }
        self
    }
}

fn choices(chosen: &[String], lang: Lang) -> Vec<SelectChoice> {
    let choice = |about: &str| SelectChoice {
        selected: chosen.iter().any(|one| one == about),
        value: about.to_owned(),
        label: text(lang, &format!("correction-about-{about}")),
    };
    ABOUT.map(choice).into()
}

/// `my_erase.html`
#[derive(Debug, Serialize)]
pub struct ErasePage {
    chrome: Chrome,
    /// Services that were counted, and stay counted.
    counted: usize,
    /// Services that were sent to Facilita already.
    sent: usize,
    /// The body that is responsible for Facilita's data is asked there.
    error: String,
}

impl ErasePage {
    /// What erasing means for this person.
    #[must_use]
    pub fn new(data: &OwnData, lang: Lang) -> Self {
        let stands = |one: &&OwnAttendance| one.voided_at.is_none();
        let sent = |one: &&OwnAttendance| matches!(one.facilita.as_str(), "sent" | "accepted");
        Self {
            chrome: chrome(
                text(lang, "erase-title"),
                "/mio-percorso/dati/cancella",
                lang,
            )
            .under(ADDRESS, text(lang, "own-title"), lang),
            counted: data.services.iter().filter(stands).count(),
            sent: data.services.iter().filter(sent).count(),
            error: String::new(),
        }
    }

    /// The page after a wrong PIN.
    #[must_use]
    pub fn refused(mut self, key: &str, lang: Lang) -> Self {
        self.error = text(lang, key);
        self
    }
}

/// `my_erased.html`
#[derive(Debug, Serialize)]
pub struct ErasedPage {
    chrome: Chrome,
}

impl ErasedPage {
    /// That it is done.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        let title = text(lang, "erased-title");
        Self {
            chrome: Chrome::new(lang, title, SiteSection::Other, "/dati-cancellati"),
        }
    }
}
