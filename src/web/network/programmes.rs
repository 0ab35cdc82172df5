//! The coordinator's programmes: what counts, for whom, and what is to be reached.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::{Deserialize, Serialize};

use crate::domain::locale::Lang;
use crate::learning::revision;
use crate::network::programme::{self, Programme, TargetKind};
use crate::network::revise::{ProgrammeDetails, STEPS};
use crate::web::desk::frame::network_chrome;
use crate::web::error::{Error, FieldFault};
use crate::web::extract::{Coordinator, Language};
use crate::web::learn::answer_form::{FormFields, value};
use crate::web::learn::catalogue::SelectChoice;
use crate::web::parts::chrome::Chrome;
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::Query;
use crate::web::state::{App, State};
use crate::web::templates::{day, text};

/// `GET /rete/programmi`
pub async fn list(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
) -> Result<HttpResponse, Error> {
    let programmes = programme::list(app.db.read()).await?;
    show(
        &app,
        "programmes.html",
        lang,
        &ProgrammesPage::new(&programmes, lang),
    )
}

/// `GET /rete/programmi/nuovo`
pub async fn new(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
) -> Result<HttpResponse, Error> {
    let empty = ProgrammeDetails {
        lessons: "none".to_owned(),
        retroactive: "yes".to_owned(),
        ..ProgrammeDetails::default()
    };
    let form = ProgrammeForm::new(&empty, true, &[], lang);
    show(&app, "programme_form.html", lang, &form)
}

/// `POST /rete/programmi/nuovo`
pub async fn add(
    app: App,
    Language(lang): Language,
    who: Coordinator,
    fields: FormFields,
) -> Result<HttpResponse, Error> {
    let code = value(&fields, "code").unwrap_or_default().trim().to_owned();
    let details = read(&fields, &code);
    let done = revision::add(&app.db, details.clone(), who.account, app.now()).await;
    match done.map_err(Error::from) {
        Ok(()) => Ok(see_other(&format!("/rete/programmi/{code}?fatto=saved"))),
        Err(error) => refused(&app, &details, true, error, lang),
    }
}

/// What was done just now.
#[derive(Debug, Deserialize)]
pub struct ProgrammesQuery {
    fatto: Option<String>,
}

/// `GET /rete/programmi/{code}`
pub async fn edit(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
    code: Path<String>,
    done: Query<ProgrammesQuery>,
) -> Result<HttpResponse, Error> {
    let programme = programme::by_code(app.db.read(), &code).await?;
    let programme = programme.ok_or(Error::NotFound)?;
    let targets = programme::targets(app.db.read(), programme.id).await?;
    let details = ProgrammeDetails::of(&programme, &targets);
    let form = ProgrammeForm::new(&details, false, &[], lang).done(done.into_inner().fatto);
    show(&app, "programme_form.html", lang, &form)
}

/// `POST /rete/programmi/{code}`
pub async fn change(
    app: App,
    Language(lang): Language,
    who: Coordinator,
    code: Path<String>,
    fields: FormFields,
) -> Result<HttpResponse, Error> {
    let details = read(&fields, &code);
    let confirmed = value(&fields, "confirmed").is_some();
    let (written, now) = (details.clone(), app.now());
    let done = revision::revise(&app.db, written, confirmed, who.account, now).await;
    match done.map_err(Error::from) {
        Ok(counted) => {
            let what = if counted { "counted" } else { "saved" };
            Ok(see_other(&format!("/rete/programmi/{code}?fatto={what}")))
        }
        Err(error) => refused(&app, &details, false, error, lang),
    }
}

fn refused(
    app: &State,
    details: &ProgrammeDetails,
    new: bool,
    error: Error,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let (response, form) = match error {
        Error::Invalid(faults) => (
            HttpResponse::UnprocessableEntity(),
            ProgrammeForm::new(details, new, &faults, lang),
        ),
        Error::Conflict { .. } => (
            HttpResponse::Conflict(),
            ProgrammeForm::new(details, new, &[], lang).unconfirmed(),
        ),
        error => return Err(error),
    };
    show_as(response, app, "programme_form.html", lang, &form)
}

fn read(fields: &FormFields, code: &str) -> ProgrammeDetails {
    let text = |name: &str| value(fields, name).unwrap_or_default().trim().to_owned();
    let steps = TargetKind::ALL.into_iter().flat_map(|kind| {
        (1..=STEPS).map(move |number| {
            let field = |part: &str| text(&format!("{}-{part}-{number}", kind.name()));
            (kind, field("day"), field("value"))
        })
    });
    ProgrammeDetails {
        code: code.to_owned(),
        name: text("name"),
        starts_on: text("starts_on"),
        ends_on: text("ends_on"),
        age_min: text("age_min"),
        age_max: text("age_max"),
        lessons: text("lessons"),
        retroactive: text("retroactive"),
        facilita_body: text("facilita_body"),
        facilita_project: text("facilita_project"),
        facilita_until: text("facilita_until"),
        minors_from: text("minors_from"),
        targets: steps
            .filter(|(_, day, value)| !(day.is_empty() && value.is_empty()))
            .collect(),
    }
}

/// `programmes.html`
#[derive(Debug, Serialize)]
pub struct ProgrammesPage {
    chrome: Chrome,
    heads: Vec<String>,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    href: String,
    cells: Vec<String>,
}

impl ProgrammesPage {
    /// Every programme.
    #[must_use]
    pub fn new(programmes: &[Programme], lang: Lang) -> Self {
        let heads = ["name", "starts_on", "ends_on", "ages"];
        let row = |one: &Programme| Row {
            href: format!("/rete/programmi/{}", one.code),
            cells: vec![
                one.name.clone(),
                day(lang, one.starts_on),
                day(lang, one.ends_on),
                format!("{}-{}", one.ages.min, one.ages.max),
            ],
        };
        Self {
            chrome: network_chrome(text(lang, "room-programmes"), "/rete/programmi", lang),
            heads: heads
                .map(|head| text(lang, &format!("programme-field-{head}")))
                .into(),
            rows: programmes.iter().map(row).collect(),
        }
    }
}

/// `programme_form.html`
#[derive(Debug, Serialize)]
pub struct ProgrammeForm {
    chrome: Chrome,
    action: String,
    new: bool,
    /// `saved` or `counted`, where that was done just now.
    done: Option<String>,
    /// The change counts everybody again and waits for a yes.
    unconfirmed: bool,
    basics: Vec<FieldView>,
    counting: Vec<FieldView>,
    facilita: Vec<FieldView>,
    lessons: Vec<SelectChoice>,
    retroactive: bool,
    targets: Vec<Steps>,
    summary: Vec<Mistake>,
}

#[derive(Debug, Serialize)]
struct FieldView {
    name: &'static str,
    label: String,
    kind: &'static str,
    value: String,
    help: String,
    error: String,
}

#[derive(Debug, Clone, Serialize)]
struct Mistake {
    name: &'static str,
    label: String,
    error: String,
}

#[derive(Debug, Serialize)]
struct Steps {
    name: &'static str,
    label: String,
    error: String,
    steps: Vec<Step>,
}

#[derive(Debug, Serialize)]
struct Step {
    day: String,
    value: String,
}

impl ProgrammeForm {
    /// The form of a programme, or of a new one.
    #[must_use]
    pub fn new(details: &ProgrammeDetails, new: bool, faults: &[FieldFault], lang: Lang) -> Self {
        let (action, title) = match new {
            true => (
                "/rete/programmi/nuovo".to_owned(),
                text(lang, "programme-new"),
            ),
            false => (
                format!("/rete/programmi/{}", details.code),
                details.name.clone(),
            ),
        };
        let field = |name: &'static str, kind, value: &String| FieldView {
            name,
            label: text(lang, &format!("programme-field-{name}")),
            kind,
            value: value.clone(),
            help: match name {
                "code" | "facilita_until" | "minors_from" => {
                    text(lang, &format!("programme-help-{name}"))
                }
                _ => String::new(),
            },
            error: error(faults, name, lang),
        };
        let mut basics = vec![field("name", "text", &details.name)];
        if new {
            basics.insert(0, field("code", "text", &details.code));
        }
        let counting = vec![
            field("starts_on", "date", &details.starts_on),
            field("ends_on", "date", &details.ends_on),
            field("age_min", "number", &details.age_min),
            field("age_max", "number", &details.age_max),
        ];
        let facilita = vec![
            field("facilita_body", "text", &details.facilita_body),
            field("facilita_project", "text", &details.facilita_project),
            field("facilita_until", "date", &details.facilita_until),
            field("minors_from", "date", &details.minors_from),
        ];
        let targets: Vec<_> = TargetKind::ALL
            .into_iter()
            .map(|kind| steps(kind, details, faults, lang))
            .collect();
        let fields = basics.iter().chain(&counting).chain(&facilita);
        let mistakes = fields.map(|one| (one.name, &one.label, &one.error));
        let mistakes = mistakes.chain(targets.iter().map(|one| (one.name, &one.label, &one.error)));
        let summary = mistakes
            .filter(|(_, _, error)| !error.is_empty())
            .map(|(name, label, error)| Mistake {
                name,
                label: label.clone(),
                error: error.clone(),
            })
            .collect();
        let lessons = ["none", "all"].map(|value| SelectChoice {
            value: value.to_owned(),
            label: text(lang, &format!("programme-lessons-{value}")),
            selected: details.lessons == value,
        });
        Self {
            chrome: network_chrome(title, &action, lang).under(
                "/rete/programmi",
                text(lang, "room-programmes"),
                lang,
            ),
            action,
            new,
            done: None,
            unconfirmed: false,
            basics,
            counting,
            facilita,
            lessons: lessons.into(),
            retroactive: details.retroactive == "yes",
            targets,
            summary,
        }
    }

    /// Says what was done.
    #[must_use]
    pub fn done(mut self, what: Option<String>) -> Self {
        self.done = what;
        self
    }

    /// Asks whether everybody is to be counted again.
    #[must_use]
    pub const fn unconfirmed(mut self) -> Self {
        self.unconfirmed = true;
        self
    }
}

fn steps(kind: TargetKind, details: &ProgrammeDetails, faults: &[FieldFault], lang: Lang) -> Steps {
    let of_kind = details.targets.iter().filter(|step| step.0 == kind);
    let mut steps: Vec<_> = of_kind
        .map(|(_, day, value)| Step {
            day: day.clone(),
            value: value.clone(),
        })
        .collect();
    while steps.len() < STEPS {
        steps.push(Step {
            day: String::new(),
            value: String::new(),
        });
    }
    Steps {
        name: kind.name(),
        label: text(lang, &format!("target-{}", kind.name())),
        error: error(faults, kind.name(), lang),
        steps,
    }
}

fn error(faults: &[FieldFault], name: &str, lang: Lang) -> String {
    let fault = faults.iter().find(|fault| fault.field == name);
    fault.map_or_else(String::new, |fault| text(lang, &fault.key))
}
