//! The facilitator's desk.

use serde::Serialize;

use crate::citizens::find::Found;
use crate::citizens::{Citizen, Details};
use crate::content::Catalogue;
use crate::domain::facilita::{Citizenship, Education, Gender, Occupation};
use crate::domain::ids::PointId;
use crate::domain::locale::Lang;
use crate::network::point::Point;
use crate::web::error::Field;
use crate::web::templates::{day, text};

use super::catalogue::Choice;
use super::chrome::Chrome;
use super::desk::chrome;
use super::mine::Line;
use super::module::{Link, module_link};

/// `point.html`: the people of the facilitator's points.
#[derive(Debug, Serialize)]
pub struct PointPage {
    chrome: Chrome,
    points: Vec<String>,
    query: String,
    people: Vec<PersonLine>,
    more: bool,
    /// The hand-outs for a group.
    sheets: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct PersonLine {
    href: String,
    name: String,
    born: Option<String>,
    verified: bool,
}

impl PointPage {
    /// The people found, or all of them for an empty query.
    #[must_use]
    pub fn new(
        points: &[Point],
        catalogue: &Catalogue,
        query: &str,
        found: Vec<Found>,
        lang: Lang,
    ) -> Self {
        let here = points.first().map(|point| format!("?punto={}", point.code));
        let here = here.unwrap_or_default();
        let sheet = |module| {
            let link = module_link(module, lang);
            Link {
                href: format!("{}/scheda{here}", link.href),
                ..link
            }
        };
        Self {
            sheets: catalogue
                .modules()
                .iter()
                .map(|module| sheet(module))
                .collect(),
            chrome: chrome(text(lang, "point-title"), "/punto", lang),
            points: points.iter().map(|point| point.name.clone()).collect(),
            query: query.to_owned(),
            more: found.len() == 50,
            people: found
                .into_iter()
                .map(|person| PersonLine {
                    href: format!("/punto/cittadini/{}", person.id),
                    name: format!("{} {}", person.last_name, person.first_name),
                    born: person.birth_date.map(|born| day(lang, born)),
                    verified: person.verified,
                })
                .collect(),
        }
    }
}

/// A field of the record's form.
#[derive(Debug, Serialize)]
struct FieldView {
    name: &'static str,
    label: String,
    kind: &'static str,
    value: String,
    choices: Vec<Choice>,
    help: String,
    error: String,
}

/// `citizen_form.html`: a new record, or a correction.
#[derive(Debug, Serialize)]
pub struct CitizenForm {
    chrome: Chrome,
    action: String,
    new: bool,
    points: Vec<Choice>,
    fields: Vec<FieldView>,
    wrong: usize,
    /// The record that has the codice fiscale already, where the facilitator may open it.
    existing: Option<String>,
    /// It is there, but at another point.
    elsewhere: bool,
}

impl CitizenForm {
    /// An empty form.
    #[must_use]
    pub fn new(points: &[Point], lang: Lang) -> Self {
        let chrome = chrome(
            text(lang, "citizen-new-title"),
            "/punto/cittadini/nuovo",
            lang,
        );
        let points = match points {
            [_] => Vec::new(),
            several => several
                .iter()
                .map(|point| point_choice(point, None))
                .collect(),
        };
        Self::of("/punto/cittadini".to_owned(), chrome, true, points).filled(
            &Details::default(),
            &[],
            lang,
        )
    }

    /// The form of a record.
    #[must_use]
    pub fn correction(citizen: &Citizen, lang: Lang) -> Self {
        let action = format!("/punto/cittadini/{}/dati", citizen.id);
        let chrome = chrome(text(lang, "citizen-edit-title"), &action, lang);
        Self::of(action, chrome, false, Vec::new()).filled(&details(citizen), &[], lang)
    }

    fn of(action: String, chrome: Chrome, new: bool, points: Vec<Choice>) -> Self {
        Self {
            chrome,
            action,
            new,
            points,
            fields: Vec::new(),
            wrong: 0,
            existing: None,
            elsewhere: false,
        }
    }

    /// The form again with what was written and what is wrong with it.
    #[must_use]
    pub fn filled(mut self, details: &Details, faults: &[Field], lang: Lang) -> Self {
        let field = |name: &'static str, kind, value: &Option<String>, choices: Vec<Choice>| {
            let value = value.clone().unwrap_or_default();
            let fault = faults.iter().find(|fault| fault.field == name);
            FieldView {
                name,
                label: text(lang, &format!("field-{name}")),
                kind,
                choices: choices
                    .into_iter()
                    .map(|choice| Choice {
                        selected: choice.value == value,
                        ..choice
                    })
                    .collect(),
                value,
                help: match name {
                    "codice_fiscale" | "birth_date" => text(lang, &format!("field-{name}-help")),
                    _ => String::new(),
                },
                error: fault.map_or_else(String::new, |fault| text(lang, &fault.key)),
            }
        };
        self.fields = vec![
            field("last_name", "text", &details.last_name, Vec::new()),
            field("first_name", "text", &details.first_name, Vec::new()),
            field(
                "codice_fiscale",
                "text",
                &details.codice_fiscale,
                Vec::new(),
            ),
            field("birth_date", "date", &details.birth_date, Vec::new()),
            field(
                "gender",
                "select",
                &details.gender,
                choices(Gender::ALL, Gender::code, |c| c.label(lang)),
            ),
            field(
                "education",
                "select",
                &details.education,
                choices(Education::ALL, Education::code, |c| c.label(lang)),
            ),
            field(
                "occupation",
                "select",
                &details.occupation,
                choices(Occupation::ALL, Occupation::code, |c| c.label(lang)),
            ),
            field(
                "citizenship",
                "select",
                &details.citizenship,
                choices(Citizenship::ALL, Citizenship::code, |c| c.label(lang)),
            ),
            field("province", "text", &details.province, Vec::new()),
            field("email", "email", &details.email, Vec::new()),
            field("phone", "tel", &details.phone, Vec::new()),
        ];
        self.wrong = faults.len();
        self
    }

    /// Somebody has the codice fiscale already.
    #[must_use]
    pub fn taken(mut self, open: Option<String>) -> Self {
        self.elsewhere = open.is_none();
        self.existing = open;
        self
    }

    /// Marks the point that was chosen.
    #[must_use]
    pub fn at(mut self, point: Option<PointId>) -> Self {
        for choice in &mut self.points {
            choice.selected = point.is_some_and(|point| point.to_string() == choice.value);
        }
        self
    }
}

fn point_choice(point: &Point, chosen: Option<PointId>) -> Choice {
    Choice {
        value: point.id.to_string(),
        label: format!("{} ({})", point.name, point.municipality),
        selected: chosen == Some(point.id),
    }
}

fn choices<T: Copy>(
    all: &[T],
    code: impl Fn(T) -> &'static str,
    label: impl Fn(T) -> &'static str,
) -> Vec<Choice> {
    all.iter()
        .map(|one| Choice {
            value: code(*one).to_owned(),
            label: label(*one).to_owned(),
            selected: false,
        })
        .collect()
}

fn details(citizen: &Citizen) -> Details {
    let born = citizen.birth_date.map(|born| born.to_string());
    Details {
        codice_fiscale: citizen
            .codice_fiscale
            .as_ref()
            .map(|code| code.as_str().to_owned()),
        first_name: Some(citizen.first_name.clone()),
        last_name: Some(citizen.last_name.clone()),
        birth_date: born,
        gender: citizen.gender.map(|one| one.code().to_owned()),
        education: citizen.education.map(|one| one.code().to_owned()),
        occupation: citizen.occupation.map(|one| one.code().to_owned()),
        citizenship: citizen.citizenship.map(|one| one.code().to_owned()),
        province: citizen.province.clone(),
        email: citizen.email.clone(),
        phone: citizen.phone.clone(),
    }
}

/// `citizen.html`: a person, what they are learning, and the card.
#[derive(Debug, Serialize)]
pub struct CitizenPage {
    chrome: Chrome,
    name: String,
    href: String,
    born: Option<String>,
    verified: bool,
    codice_fiscale: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    learning: Vec<Line>,
}

impl CitizenPage {
    /// The page of a record.
    #[must_use]
    pub fn new(citizen: &Citizen, learning: Vec<Line>, lang: Lang) -> Self {
        let href = format!("/punto/cittadini/{}", citizen.id);
        Self {
            chrome: chrome(text(lang, "citizen-record"), &href, lang),
            name: format!("{} {}", citizen.first_name, citizen.last_name),
            href,
            born: citizen.birth_date.map(|born| day(lang, born)),
            verified: citizen.verified_at.is_some(),
            codice_fiscale: citizen
                .codice_fiscale
                .as_ref()
                .map(|code| code.as_str().to_owned()),
            email: citizen.email.clone(),
            phone: citizen.phone.clone(),
            learning,
        }
    }
}

/// `issued_card.html`: a card to print; the PIN only the once that it is made.
#[derive(Debug, Serialize)]
pub struct CardPage {
    chrome: Chrome,
    name: String,
    back: String,
    code: String,
    pin: Option<String>,
    site: String,
}

impl CardPage {
    /// The page of a card. `site` is the address people reach this site at.
    #[must_use]
    pub fn new(
        citizen: &Citizen,
        code: String,
        pin: Option<String>,
        site: String,
        lang: Lang,
    ) -> Self {
        let back = format!("/punto/cittadini/{}", citizen.id);
        Self {
            chrome: chrome(text(lang, "citizen-card"), &back, lang),
            name: format!("{} {}", citizen.first_name, citizen.last_name),
            back,
            code,
            pin,
            site,
        }
    }
}
