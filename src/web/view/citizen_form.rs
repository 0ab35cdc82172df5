//! The form of a citizen's record: a new one, or a correction.

use serde::Serialize;
use time::Date;

use crate::citizens::consent::Agreed;
use crate::citizens::find::Found;
use crate::citizens::lacking::Lacking;
use crate::citizens::{Citizen, Details, name_question};
use crate::domain::age::full_years;
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::facilita::{Citizenship, Education, Gender, Occupation};
use crate::domain::ids::PointId;
use crate::domain::locale::Lang;
use crate::network::point::Point;
use crate::web::error::Field;
use crate::web::templates::{Args, day, text, text_with};

use super::arrival::FirstVisit;
use super::catalogue::Choice;
use super::chrome::Chrome;
use super::desk::chrome;
use super::point::PersonLine;

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
    new: bool,
    /// The codice fiscale is for another point to change.
    code_theirs: bool,
    points: Vec<Choice>,
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

/// What is seldom written at the desk: the code says it, or nobody needs it.
const SELDOM: [&str; 4] = ["birth_date", "gender", "email", "phone"];

/// What a codice fiscale says of its holder.
#[derive(Debug, Serialize)]
struct CodeSays {
    woman: bool,
    born: String,
    age: u8,
    /// The Belfiore code of the place.
    place: String,
    abroad: bool,
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

    /// The form of a record. `home`: for whoever answers for the person; others only read the codice
    /// fiscale.
    #[must_use]
    pub fn correction(citizen: &Citizen, home: bool, lang: Lang) -> Self {
        let action = format!("/punto/cittadini/{}/dati", citizen.id);
        let chrome = chrome(text(lang, "citizen-edit-title"), &action, lang);
        let mut form = Self::of(action, chrome, false, Vec::new());
        form.code_theirs = !home;
        form.filled(&details(citizen), &[], lang)
    }

    fn of(action: String, chrome: Chrome, new: bool, points: Vec<Choice>) -> Self {
        Self {
            chrome,
            action,
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
    pub fn alike(mut self, there: &[Found], lang: Lang) -> Self {
        let lines = there.iter().map(|person| PersonLine::new(person, lang));
        self.namesakes = lines.collect();
        self
    }

    /// The form again with what was written and what is wrong with it.
    #[must_use]
    pub fn filled(mut self, details: &Details, faults: &[Field], lang: Lang) -> Self {
        let theirs = self.code_theirs;
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
            Choice {
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
        name_differs: false,
    }
}
