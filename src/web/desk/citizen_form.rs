//! The form of a citizen's record: a new one, or a correction.

use code::CodeSays;
use serde::Serialize;

use crate::citizens::consent::Agreed;
use crate::citizens::find::FoundCitizen;
use crate::citizens::lacking::Lacking;
use crate::citizens::{Citizen, Details, name_question};
use crate::domain::facilita::{Citizenship, Education, Gender, Occupation};
use crate::domain::ids::PointId;
use crate::domain::locale::Lang;
use crate::network::point::Point;
use crate::web::desk::arrival_page::FirstVisit;
use crate::web::desk::frame::chrome;
use crate::web::desk::point_page::PersonLine;
use crate::web::error::FieldFault;
use crate::web::learn::catalogue::SelectChoice;
use crate::web::parts::chrome::Chrome;
use crate::web::templates::text;

mod code;

/// A field of the record's form.
#[derive(Debug, Serialize)]
struct FieldView {
    name: &'static str,
    label: String,
    kind: &'static str,
    value: String,
    choices: Vec<SelectChoice>,
    help: String,
    error: String,
    /// It is shown, and somebody else's to change.
    fixed: bool,
    /// One of [`SELDOM`].
    seldom: bool,
}

/// `citizen_form.html`: a new record, or a correction.
#[derive(Debug, Serialize)]
pub struct CitizenForm {
    chrome: Chrome,
    action: String,
    /// Whose record is corrected.
    name: String,
    /// Where the list is that led here.
    list: Option<&'static str>,
    new: bool,
    /// The codice fiscale is for another point to change.
    code_theirs: bool,
    points: Vec<SelectChoice>,
    fields: Vec<FieldView>,
    wrong: usize,
    /// The record that has the codice fiscale already, where the facilitator may open it.
    existing: Option<String>,
    /// Where a service for them is recorded.
    visit_href: Option<String>,
    /// What the codice fiscale says of the person.
    says: Option<CodeSays>,
    notice: bool,
    notice_error: String,
    contact: bool,
    /// What is done at once for somebody new.
    visit: Option<FirstVisit>,
    /// The fields that are seldom needed are folded away, where nothing in them is asked.
    folded: bool,
    /// Where one begins to write: the field's name.
    focus: &'static str,
    /// Whether the code is of somebody with another name: the question, and the answer so far.
    name_question: String,
    name_differs: bool,
    /// Who may be the same person.
    namesakes: Vec<PersonLine>,
}

/// The list of records to complete.
pub const INCOMPLETE: &str = "/punto/schede";

/// What an address says that the list led to.
pub const FROM_LIST: &str = "?da=schede";

/// What is seldom written at the desk: the code says it, or nobody needs it.
const SELDOM: [&str; 4] = ["birth_date", "gender", "email", "phone"];

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

    /// The form of a record. `home`: for whoever answers for the person; others only read the codice
    /// fiscale. `listed`: it is one of the list of records to complete.
    #[must_use]
    pub fn correction(citizen: &Citizen, home: bool, listed: bool, lang: Lang) -> Self {
        let record = format!("/punto/cittadini/{}", citizen.id);
        let name = format!("{} {}", citizen.first_name, citizen.last_name);
        let mut action = format!("{record}/dati");
        let chrome = chrome(text(lang, "citizen-edit-title"), &action, lang);
        let chrome = chrome.under(&record, &name, lang);
        if listed {
            action.push_str(FROM_LIST);
        }
        let mut form = Self::of(action, chrome, false, Vec::new());
        form.name = name;
        form.list = listed.then_some(INCOMPLETE);
        form.code_theirs = !home;
        form.filled(&details(citizen), &[], lang)
    }

    fn of(action: String, chrome: Chrome, new: bool, points: Vec<SelectChoice>) -> Self {
        Self {
            chrome,
            action,
            name: String::new(),
            list: None,
            new,
            code_theirs: false,
            points,
            fields: Vec::new(),
            wrong: 0,
            existing: None,
            visit_href: None,
            says: None,
            notice: false,
            notice_error: String::new(),
            contact: false,
            visit: None,
            folded: new,
            focus: if new { "codice_fiscale" } else { "" },
            name_question: String::new(),
            name_differs: false,
            namesakes: Vec::new(),
        }
    }

    /// Those who may be the same person.
    #[must_use]
    pub fn alike(mut self, there: &[FoundCitizen], lang: Lang) -> Self {
        let lines = there.iter().map(|person| PersonLine::new(person, lang));
        self.namesakes = lines.collect();
        self
    }

    /// The form again with what was written and what is wrong with it.
    #[must_use]
    pub fn filled(mut self, details: &Details, faults: &[FieldFault], lang: Lang) -> Self {
        let theirs = self.code_theirs;
        let field = |name: &'static str,
                     kind,
                     value: &Option<String>,
                     choices: Vec<SelectChoice>| {
            let value = value.clone().unwrap_or_default();
            let fault = faults.iter().find(|fault| fault.field == name);
            FieldView {
                name,
                label: text(lang, &format!("field-{name}")),
                kind,
                choices: choices
                    .into_iter()
                    .map(|choice| SelectChoice {
                        selected: choice.value == value,
                        ..choice
                    })
                    .collect(),
                value,
                fixed: theirs && name == "codice_fiscale",
                seldom: SELDOM.contains(&name),
                help: match name {
                    "codice_fiscale" if theirs => text(lang, "code-of-their-point"),
                    "codice_fiscale" | "birth_date" => text(lang, &format!("field-{name}-help")),
                    _ if counted(name) => text(lang, "field-counted"),
                    _ => String::new(),
                },
                error: fault.map_or_else(String::new, |fault| text(lang, &fault.key)),
            }
        };
        self.fields = vec![
            field(
                "codice_fiscale",
                "text",
                &details.codice_fiscale,
                Vec::new(),
            ),
            field("last_name", "text", &details.last_name, Vec::new()),
            field("first_name", "text", &details.first_name, Vec::new()),
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
        let error = |name: &str| {
            let fault = faults.iter().find(|fault| fault.field == name);
            fault.map_or_else(String::new, |fault| text(lang, &fault.key))
        };
        self.notice_error = error("notice");
        self.name_question = error(name_question::FIELD);
        self.name_differs = details.name_differs;
        if let Some(visit) = &mut self.visit {
            visit.wrong(faults, lang);
        }
        let asked = |field: &&str| SELDOM.contains(field);
        if faults.iter().any(|fault| asked(&fault.field.as_ref())) {
            self.folded = false;
        }
        if !faults.is_empty() {
            // The summary of what is wrong comes first.
            self.focus = "";
        }
        self.wrong = faults.len();
        self
    }

    /// With what is done at once for somebody new.
    #[must_use]
    pub fn visit(mut self, visit: FirstVisit) -> Self {
        self.visit = Some(visit);
        self
    }

    /// Marks what the person agreed to.
    #[must_use]
    pub fn agreed(mut self, agreed: Agreed) -> Self {
        self.notice = agreed.notice;
        self.contact = agreed.contact;
        self
    }

    /// Somebody has the codice fiscale already.
    #[must_use]
    pub fn taken(mut self, open: Option<String>) -> Self {
        self.visit_href = open.as_ref().and_then(|href| {
            let id = href.rsplit('/').next()?;
            Some(format!("/punto/servizi/nuovo?cittadino={id}"))
        });
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

/// Whether the programme's report wants a field of everybody.
fn counted(name: &str) -> bool {
    Lacking::ALL
        .iter()
        .any(|one| one.field() == name && *one != Lacking::Name)
}

fn point_choice(point: &Point, chosen: Option<PointId>) -> SelectChoice {
    SelectChoice {
        value: point.id.to_string(),
        label: format!("{} ({})", point.name, point.municipality),
        selected: chosen == Some(point.id),
    }
}

fn choices<T: Copy>(
    all: &[T],
    code: impl Fn(T) -> &'static str,
    label: impl Fn(T) -> &'static str,
) -> Vec<SelectChoice> {
    all.iter()
        .map(|one| SelectChoice {
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
        name_differs: false,
    }
}
