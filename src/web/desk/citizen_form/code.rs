//! What a codice fiscale says of its holder, shown in the form and filled in.

use serde::Serialize;
use time::Date;

use crate::domain::age::full_years;
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::facilita::{Citizenship, Gender};
use crate::domain::locale::Lang;
use crate::web::desk::citizen_form::CitizenForm;
use crate::web::learn::catalogue::SelectChoice;
use crate::web::templates::{Args, day, text, text_with};

/// What a codice fiscale says of its holder.
#[derive(Debug, Serialize)]
pub(crate) struct CodeSays {
    woman: bool,
    born: String,
    age: u8,
    /// The Belfiore code of the place.
    place: String,
    abroad: bool,
}

impl CitizenForm {
    /// What the codice fiscale says is shown, and filled in where nothing was written.
    #[must_use]
    pub fn says(mut self, code: &CodiceFiscale, today: Date, lang: Lang) -> Self {
        let Some(born) = code.birth_date(today) else {
            return self.which_century(code, today, lang);
        };
        self.says = Some(CodeSays {
            woman: code.gender() == Gender::Female,
            born: day(lang, born),
            age: full_years(born, today).unwrap_or_default(),
            place: code.place(),
            abroad: code.born_abroad(),
        });
        self.focus = "last_name";
        for field in &mut self.fields {
            match field.name {
                "birth_date" if field.value.is_empty() => field.value = born.to_string(),
                // Whoever was born here is asked nothing that is nearly always so.
                "citizenship" if field.value.is_empty() && !code.born_abroad() => {
                    for choice in &mut field.choices {
                        choice.selected = choice.value == Citizenship::Italian.code();
                    }
                }
                "gender" if field.value.is_empty() => {
                    for choice in &mut field.choices {
                        choice.selected = choice.value == code.gender().code();
                    }
                }
                _ => {}
            }
        }
        self
    }

    /// Asks for the year where a codice fiscale may be a child's and an old person's: nothing is
    /// chosen beforehand, least of all the child.
    #[must_use]
    pub fn which_century(mut self, code: &CodiceFiscale, today: Date, lang: Lang) -> Self {
        let mut births = code.birth_dates(today);
        births.reverse();
        let [first, .., last] = births.as_slice() else {
            return self;
        };
        let years: Args = [
            ("first".into(), first.year().to_string().into()),
            ("last".into(), last.year().to_string().into()),
        ]
        .into();
        let choice = |birth: &Date| {
            let args: Args = [
                ("day".into(), day(lang, *birth).into()),
                ("age".into(), full_years(*birth, today).unwrap_or(0).into()),
            ]
            .into();
            SelectChoice {
                value: birth.to_string(),
                label: text_with(lang, "birth-century-choice", &args),
                selected: false,
            }
        };
        for field in &mut self.fields {
            if field.name == "birth_date" {
                field.kind = "choice";
                field.seldom = false;
                field.label = text_with(lang, "birth-century-question", &years);
                field.help = text(lang, "birth-century-help");
                field.choices = births.iter().map(choice).collect();
            }
        }
        self
    }
}
