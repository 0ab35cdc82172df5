//! What was written down of acts and looks, for administrators. What is about a person, they read on
//! the page of their data.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use crate::accounts::trail::{self, TrailFilter, TrailPage, TrailRow};
use crate::db::audit::Action;
use crate::domain::ids::AccountId;
use crate::domain::locale::Lang;
use crate::domain::role::Role;
use crate::web::error::{Error, FieldFault};
use crate::web::extract::{Admin, Language};
use crate::web::learn::catalogue::SelectChoice;
use crate::web::parts::chrome::{Chrome, Room, SiteSection};
use crate::web::parts::list::ListFaults;
use crate::web::parts::list_query::{ListQuery, status};
use crate::web::parts::show_as;
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::templates::{self, Args, day, moment, text, text_with};

/// Which rows.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ActsQuery {
    chi: String,
    che: String,
    cosa: String,
    giorno: String,
    prima: String,
}

impl ActsQuery {
    fn filter(&self, asked: &mut ListQuery) -> TrailFilter {
        let named = |name: &str| Action::ALL.iter().find(|one| one.name() == name);
        // As a row shows it, with the kind before it, or the id alone.
        let id = self.cosa.split_whitespace().next_back().unwrap_or_default();
        TrailFilter {
            account: asked.read("chi", &self.chi, "list-not-there", |id| {
                id.parse().ok().map(AccountId)
            }),
            action: asked.read("che", &self.che, "list-not-there", |name| {
                named(name).map(|one| one.name().to_owned())
            }),
            subject: asked.read("cosa", id, "audit-subject-unreadable", |id| {
                id.parse::<Uuid>().ok().map(|id| id.to_string())
            }),
            day: asked.day("giorno", &self.giorno),
            before: asked.read("prima", &self.prima, "list-not-a-page", |row| {
                row.parse().ok()
            }),
        }
    }
}

/// `GET /amministrazione/registro`
pub async fn register(
    app: App,
    Language(lang): Language,
    who: Admin,
    which: Query<ActsQuery>,
) -> Result<HttpResponse, Error> {
    let mut asked = ListQuery::default();
    let filter = which.filter(&mut asked);
    let faults = asked.faults();
    let page = match faults.is_empty() {
        true => trail::list(&app.db, &filter).await?,
        false => TrailPage::default(),
    };
    let shown = RegisterAsked {
        actors: trail::actors(&app.db).await?,
        subject: which.cosa.clone(),
        filter,
        records: who.viewer.is(Role::Coordinator),
    };
    let page = ActsPage::new(&shown, page, &faults, lang);
    show_as(status(&faults), &app, "register_of_acts.html", lang, &page)
}

/// Who is looking at what.
#[derive(Debug)]
pub struct RegisterAsked {
    /// Everybody who may have acted.
    pub actors: Vec<(AccountId, String)>,
    /// What was chosen.
    pub filter: TrailFilter,
    /// What was written for the record.
    pub subject: String,
    /// Whether they may open records.
    pub records: bool,
}

/// `register_of_acts.html`
#[derive(Debug, Serialize)]
pub struct ActsPage {
    chrome: Chrome,
    actors: Vec<SelectChoice>,
    actions: Vec<SelectChoice>,
    subject: String,
    list: ListFaults,
    day: String,
    rows: Vec<Row>,
    next: Option<String>,
    filtered: bool,
}

#[derive(Debug, Serialize)]
struct Row {
    number: i64,
    at: String,
    who: String,
    role: String,
    what: String,
    subject: String,
    /// The record, for who may open it.
    href: Option<String>,
    detail: String,
}

impl ActsPage {
    /// A page of the register.
    #[must_use]
    pub fn new(asked: &RegisterAsked, page: TrailPage, faults: &[FieldFault], lang: Lang) -> Self {
        let filter = &asked.filter;
        let chosen = filter.account.map(|id| id.to_string()).unwrap_or_default();
        let action = filter.action.clone().unwrap_or_default();
        let choice = |value: String, label: String, chosen: &str| SelectChoice {
            selected: value == chosen,
            value,
            label,
        };
        let actor =
            |(id, name): &(AccountId, String)| choice(id.to_string(), name.clone(), &chosen);
        let act = |one: &Action| {
            let name = one.name();
            choice(name.to_owned(), words(name, lang), &action)
        };
        let (subject, on) = (
            filter.subject.clone().unwrap_or_default(),
            filter.day.map(|day| day.to_string()).unwrap_or_default(),
        );
        let pairs = [
            ("chi", &chosen),
            ("che", &action),
            ("cosa", &subject),
            ("giorno", &on),
        ];
        let given = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let query: String = given
            .map(|(name, value)| format!("{name}={value}&"))
            .collect();
        let address = "/amministrazione/registro";
        Self {
            chrome: Chrome::new(lang, text(lang, "audit-title"), SiteSection::Other, address).room(
                Room::Administration,
                address,
                lang,
            ),
            actors: asked.actors.iter().map(actor).collect(),
            actions: Action::ALL.iter().map(act).collect(),
            next: page
                .next
                .map(|next| format!("{address}?{query}prima={next}")),
            rows: page
                .rows
                .into_iter()
                .map(|row| Row::new(row, asked.records, lang))
                .collect(),
            list: ListFaults::new(faults, lang),
            filtered: !query.is_empty() || !faults.is_empty(),
            subject: match faults.is_empty() {
                true => subject,
                false => asked.subject.clone(),
            },
            day: on,
        }
    }
}

impl Row {
    fn new(row: TrailRow, records: bool, lang: Lang) -> Self {
        let person = row.subject_kind == "citizen" && !row.subject_id.is_empty();
        let opens = records && person && !row.erased;
        Self {
            number: row.sequence,
            at: moment(lang, row.at),
            who: match &row.account {
                Some((_, name)) => name.clone(),
                None => text(lang, &format!("audit-by-{}", by(&row))),
            },
            role: place(&row, lang),
            what: words(&row.action, lang),
            href: opens.then(|| format!("/punto/cittadini/{}", row.subject_id)),
            subject: of_kind(&row.subject_kind, &row.subject_id, lang),
            detail: detail(&row.detail, lang),
        }
    }
}

/// A kind of record in words, and an id.
pub(crate) fn of_kind(kind: &str, id: &str, lang: Lang) -> String {
    let key = format!("audit-kind-{kind}");
    let words = match templates::has(lang, &key) {
        true => text(lang, &key),
        false => kind.to_owned(),
    };
    format!("{words} {id}").trim_end().to_owned()
}

/// What else was written down: how many, another record, or what of it, in words; anything else as it
/// is.
fn detail(written: &str, lang: Lang) -> String {
    match written.split_once(' ') {
        Some((count, "found" | "people")) => match count.parse::<i64>() {
            Ok(count) => {
                let args: Args = [("count".into(), count.into())].into();
                text_with(lang, "audit-how-many", &args)
            }
            Err(_) => written.to_owned(),
        },
        Some((kind, id)) if Uuid::parse_str(id).is_ok() => of_kind(kind, id, lang),
        _ => parts(written, lang),
    }
}

/// Names of fields, and of what else there is of a record.
fn parts(written: &str, lang: Lang) -> String {
    let word = |part: &str| {
        let name = part.replace(' ', "-");
        let keys = [format!("audit-detail-{name}"), format!("field-{name}")];
        let key = keys.iter().find(|key| templates::has(lang, key));
        key.map_or_else(|| part.to_owned(), |key| text(lang, key))
    };
    written.split(", ").map(word).collect::<Vec<_>>().join(", ")
}

/// Who acted without an account.
fn by(row: &TrailRow) -> &'static str {
    match (row.role, row.through.as_str()) {
        (Some(Role::Citizen), _) => "citizen",
        (_, "shell") => "shell",
        // Nobody is in before they have signed in.
        (_, "page" | "api") if row.action == "signed-in" => "citizen",
        (_, "page" | "api") => "stranger",
        _ => "nobody",
    }
}

/// Role and point, as far as they are known.
fn place(row: &TrailRow, lang: Lang) -> String {
    let role = row.role.filter(|role| *role != Role::Citizen);
    let role = role.map(|role| text(lang, &format!("audit-role-{role}")));
    let parts = [role, row.point.clone()];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ")
}

/// What was done, in words.
pub(crate) fn words(action: &str, lang: Lang) -> String {
    let key = format!("audit-act-{action}");
    match templates::has(lang, &key) {
        true => text(lang, &key),
        false => action.to_owned(),
    }
}

/// A line of a person's own data.
#[derive(Debug, Serialize)]
pub struct MyRow {
    /// Its cells.
    pub cells: Vec<String>,
    /// Where the first one leads.
    pub href: Option<String>,
}

/// Who looked at somebody's data, or changed them. What is the same on one day is one line.
#[must_use]
pub fn looks(page: &TrailPage, lang: Lang) -> Vec<MyRow> {
    let mut lines: Vec<((Date, String, String), i64)> = Vec::new();
    for row in &page.rows {
        let line = (row.day, mine(&row.action, lang), whom(row, lang));
        match lines.last_mut() {
            Some((last, times)) if *last == line => *times += 1,
            _ => lines.push((line, 1)),
        }
    }
    let row = |((on, what, who), times): ((Date, String, String), i64)| MyRow {
        cells: vec![
            day(lang, on),
            match times {
                1 => what,
                times => {
                    let args: Args =
                        [("what".into(), what.into()), ("times".into(), times.into())].into();
                    text_with(lang, "my-data-times", &args)
                }
            },
            who,
        ],
        href: None,
    };
    lines.into_iter().map(row).collect()
}

/// What was done, for the person it was done to.
fn mine(action: &str, lang: Lang) -> String {
    let key = format!("audit-act-{action}");
    match templates::has(lang, &key) {
        true => text(lang, &key),
        false => text(lang, "my-data-other"),
    }
}

/// The point and the role, and never a name.
fn whom(row: &TrailRow, lang: Lang) -> String {
    match (row.account.is_some(), place(row, lang)) {
        (true, place) if !place.is_empty() => place,
        (true, _) => text(lang, "audit-by-staff"),
        (false, _) => match by(row) {
            "citizen" => text(lang, "my-data-you"),
            by => text(lang, &format!("audit-by-{by}")),
        },
    }
}
