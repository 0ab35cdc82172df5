//! Recording a service: the page of its form.

use std::collections::BTreeMap;

use serde::Serialize;
use time::OffsetDateTime;

use crate::accounts::facilitators::FacilitatorAccount;
use crate::citizens::find::FoundCitizen;
use crate::domain::calendar::rome_day;
use crate::domain::digcomp::se5_title;
use crate::domain::facilita::{PublicDomain, ServiceKind};
use crate::domain::ids::GroupId;
use crate::domain::locale::Lang;
use crate::network::need::NEEDS;
use crate::network::point::Point;
use crate::web::desk::frame::{chrome, network_chrome};
use crate::web::desk::service_draft::Draft;
use crate::web::error::FieldFault;
use crate::web::learn::catalogue::SelectChoice;
use crate::web::parts::chrome::Chrome;
use crate::web::templates::{day, text};

/// The fields that can be at fault, in the order of the page.
const FIELDS: [&str; 10] = [
    "point",
    "facilitator",
    "citizens",
    "need",
    "competences",
    "domains",
    "title",
    "date",
    "minutes",
    "reason",
];

/// What the form chooses from.
pub struct Around<'a> {
    /// The points to choose from, the chosen one first.
    pub points: &'a [Point],
    /// The facilitators to choose from; nobody where whoever records gives the service.
    pub staff: &'a [FacilitatorAccount],
    /// The open groups of the point.
    pub groups: &'a [(GroupId, String)],
    /// The people on the list who may be named.
    pub listed: &'a [FoundCitizen],
    /// Those that were found.
    pub found: &'a [FoundCitizen],
    /// Whether nobody was found.
    pub nobody: bool,
}

/// `service_form.html`
#[derive(Serialize)]
pub struct ServiceForm {
    chrome: Chrome,
    action: String,
    one: bool,
    /// It corrects a service that is in the ledger.
    corrects: bool,
    /// Facilita has that one.
    sent: bool,
    reason: String,
    /// Somebody was looked for: the next one is too.
    looked: bool,
    point: String,
    place: String,
    points: Vec<SelectChoice>,
    staff: Vec<SelectChoice>,
    kinds: Vec<SelectChoice>,
    people: Vec<SelectChoice>,
    groups: Vec<SelectChoice>,
    q: String,
    nobody: bool,
    needs: Vec<SelectChoice>,
    competences: Vec<SelectChoice>,
    domains: Vec<SelectChoice>,
    lists_open: bool,
    title: String,
    date: String,
    today: String,
    minutes: String,
    errors: BTreeMap<&'static str, String>,
    summary: Vec<Mistake>,
}

#[derive(Serialize)]
struct Mistake {
    name: &'static str,
    label: String,
    error: String,
}

impl ServiceForm {
    /// The form with what it holds and what is wrong with it.
    #[must_use]
    pub fn new(
        draft: &Draft,
        around: &Around<'_>,
        faults: &[FieldFault],
        now: OffsetDateTime,
        lang: Lang,
    ) -> Self {
        let (action, title) = match (draft.corrects, draft.one) {
            (Some(id), _) => (
                format!("/punto/servizi/{id}/correggi"),
                "service-correct-title",
            ),
            (None, true) => ("/punto/servizi/nuovo".to_owned(), "service-new-title"),
            (None, false) => ("/punto/servizi/gruppo".to_owned(), "service-group-title"),
        };
        let title = text(lang, title);
        let chrome = match around.staff {
            [] => chrome(title, &action, lang),
            _ => network_chrome(title, &action, lang),
        };
        let errors = errors(faults, lang);
        let point = around.points.first();
        let points = match around.points {
            [_] => &[],
            several => several,
        };
        let mut points: Vec<_> = points
            .iter()
            .map(|one| choice(&one.code, &one.name, one.code == draft.point))
            .collect();
        points.sort_by(|a, b| a.label.cmp(&b.label));
        let staff = around.staff.iter().filter(|one| !one.disabled);
        let kinds = ServiceKind::ALL
            .iter()
            .filter(|kind| draft.corrects.is_some() || **kind != ServiceKind::Individual);
        let needs = NEEDS.iter().map(|need| {
            let label = text(lang, &format!("need-{}", need.key));
            choice(need.key, &label, draft.need == need.key)
        });
        let competences = (1..=13_u8).map(|code| {
            let value = code.to_string();
            choice(
                &value,
                se5_title(code, lang),
                draft.competences.contains(&value),
            )
        });
        let domains = PublicDomain::ALL.iter().map(|domain| {
            let chosen = draft.domains.iter().any(|code| code == domain.code());
            choice(domain.code(), domain.label(lang), chosen)
        });
        let summary = FIELDS.iter().filter_map(|name| {
            let error = errors.get(name).filter(|error| !error.is_empty())?.clone();
            let label = text(lang, &format!("service-field-{name}"));
            Some(Mistake { name, label, error })
        });
        Self {
            chrome,
            action,
            one: draft.one,
            corrects: draft.corrects.is_some(),
            sent: draft.sent,
            reason: draft.reason.clone(),
            looked: draft.act == "search" && faults.is_empty(),
            point: point.map_or(String::new(), |point| point.code.clone()),
            place: point.map_or(String::new(), |point| point.name.clone()),
            points,
            staff: staff
                .map(|one| {
                    let id = one.id.to_string();
                    choice(&id, &one.name, id == draft.facilitator)
                })
                .collect(),
            kinds: kinds
                .map(|kind| choice(kind.name(), kind.label(lang), draft.kind == kind.name()))
                .collect(),
            people: people(draft, around, lang),
            groups: around
                .groups
                .iter()
                .map(|(id, name)| choice(&id.to_string(), name, draft.group == id.to_string()))
                .collect(),
            q: draft.q.clone(),
            nobody: around.nobody,
            needs: needs.collect(),
            lists_open: !draft.competences.is_empty()
                || !draft.domains.is_empty()
                || faults.iter().any(|fault| {
                    ["need", "title", "competences", "domains"].contains(&fault.field.as_ref())
                }),
            competences: competences.collect(),
            domains: domains.collect(),
            title: draft.title.clone(),
            date: draft.date.clone(),
            today: rome_day(now).to_string(),
            minutes: draft.minutes.clone(),
            summary: summary.collect(),
            errors,
        }
    }
}

/// Those on the list, then those that were found.
fn people(draft: &Draft, around: &Around<'_>, lang: Lang) -> Vec<SelectChoice> {
    let ticked = draft.ids();
    let mut all: Vec<_> = around
        .listed
        .iter()
        .map(|one| choice(&one.id.to_string(), &name(one, lang), true))
        .collect();
    let others = around.found.iter().filter(|one| !ticked.contains(&one.id));
    all.extend(others.map(|one| choice(&one.id.to_string(), &name(one, lang), false)));
    all
}

fn name(one: &FoundCitizen, lang: Lang) -> String {
    let born = one
        .birth_date
        .map_or(String::new(), |born| format!(", {}", day(lang, born)));
    format!("{} {}{born}", one.last_name, one.first_name)
}

fn errors(faults: &[FieldFault], lang: Lang) -> BTreeMap<&'static str, String> {
    let error = |name: &&'static str| {
        let fault = faults.iter().find(|fault| fault.field == *name);
        (
            *name,
            fault.map_or(String::new(), |fault| text(lang, &fault.key)),
        )
    };
    FIELDS.iter().map(error).collect()
}

fn choice(value: &str, label: &str, selected: bool) -> SelectChoice {
    SelectChoice {
        value: value.to_owned(),
        label: label.to_owned(),
        selected,
    }
}
