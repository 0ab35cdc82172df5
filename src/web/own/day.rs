//! What a member of the staff did today: their own acts, and nobody else's.

use std::collections::HashSet;

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::accounts::Viewer;
use crate::accounts::trail::{self, DayCounts, TrailPage, TrailRow};
use crate::citizens::find::{self, FoundCitizen};
use crate::db::audit::Action;
use crate::domain::ids::{CitizenId, PointId, ServiceId};
use crate::domain::locale::Lang;
use crate::domain::role::Role;
use crate::web::error::Error;
use crate::web::extract::{Language, Learner};
use crate::web::network::acts::{of_kind, words};
use crate::web::parts::chrome::{Chrome, Room, SiteSection};
use crate::web::parts::show;
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::templates::{text, time_of};

/// What the page comes after.
#[derive(Deserialize)]
pub struct Before {
    prima: Option<i64>,
}

/// `GET /accesso/oggi`
pub async fn today(
    app: App,
    Language(lang): Language,
    who: Learner,
    before: Query<Before>,
) -> Result<HttpResponse, Error> {
    let account = match who.viewer.is_guest() {
        true => return Err(Error::Unauthorized(None)),
        false => who.viewer.account.ok_or(Error::Forbidden)?,
    };
    let (page, counts, voided) = trail::of_day(&app.db, account, app.today(), before.prima).await?;
    let people: Vec<CitizenId> = people_of(&page);
    let found = match reach(&who.viewer) {
        Some(points) => find::these(&app.db, &people, points.as_deref()).await?,
        None => Vec::new(),
    };
    let view = DayPage::new(
        page,
        (&counts, &voided),
        &found,
        who.viewer.is(Role::Facilitator),
        lang,
    );
    show(&app, "my_day.html", lang, &view)
}

/// Whose names they may read: everybody's (`Some(None)`), those of their points, or nobody's.
fn reach(viewer: &Viewer) -> Option<Option<Vec<PointId>>> {
    if viewer.is(Role::Coordinator) {
        return Some(None);
    }
    let points = viewer.points(Role::Facilitator);
    (!points.is_empty()).then_some(Some(points))
}

/// What a day is made of, counted above the list.
const FIGURES: [(&str, Action); 4] = [
    ("services", Action::ServiceRecorded),
    ("people", Action::CitizenRegistered),
    ("cards", Action::CardIssued),
    ("helps", Action::HelpAnswered),
];

/// `my_day.html`
#[derive(Debug, Serialize)]
pub struct DayPage {
    chrome: Chrome,
    figures: Vec<Figure>,
    rows: Vec<Row>,
    next: Option<String>,
}

#[derive(Debug, Serialize)]
struct Figure {
    name: String,
    value: i64,
}

#[derive(Debug, Serialize)]
struct Row {
    at: String,
    what: String,
    whom: String,
    /// The record or the service, for who may open it.
    href: Option<String>,
    at_point: String,
}

/// The people whom the acts of a page touch.
#[must_use]
pub fn people_of(page: &TrailPage) -> Vec<CitizenId> {
    page.rows.iter().filter_map(citizen).collect()
}

fn citizen(row: &TrailRow) -> Option<CitizenId> {
    let id = Uuid::parse_str(&row.subject_id).ok();
    id.filter(|_| row.subject_kind == "citizen").map(CitizenId)
}

impl DayPage {
    /// The acts of a day, with the services of it that were voided since; `found` are the people among them whose names may be read.
    #[must_use]
    pub fn new(
        page: TrailPage,
        (counts, voided): (&DayCounts, &HashSet<ServiceId>),
        found: &[FoundCitizen],
        at_desk: bool,
        lang: Lang,
    ) -> Self {
        let title = text(lang, "day-title");
        let chrome = Chrome::new(lang, title, SiteSection::Mine, "/accesso/oggi");
        let figure = |(name, action): (&str, Action)| Figure {
            name: text(lang, &format!("day-figure-{name}")),
            value: counts.get(action.name()).copied().unwrap_or(0),
        };
        Self {
            chrome: match at_desk {
                true => chrome.room(Room::Desk, "/accesso/oggi", lang),
                false => chrome.under("/accesso", text(lang, "access-title"), lang),
            },
            figures: FIGURES.map(figure).into(),
            next: page.next.map(|next| format!("/accesso/oggi?prima={next}")),
            rows: page
                .rows
                .into_iter()
                .map(|row| Row::new(row, (found, voided), at_desk, lang))
                .collect(),
        }
    }
}

impl Row {
    fn new(
        row: TrailRow,
        (found, voided): (&[FoundCitizen], &HashSet<ServiceId>),
        at_desk: bool,
        lang: Lang,
    ) -> Self {
        let person = citizen(&row).and_then(|id| found.iter().find(|one| one.id == id));
        let of = |kind: &str| at_desk && row.subject_kind == kind;
        let href = match person {
            Some(person) => Some(format!("/punto/cittadini/{}", person.id)),
            None if of("service") => Some(format!("/punto/servizi/{}", row.subject_id)),
            None if of("group") => Some(format!("/punto/gruppi/{}", row.subject_id)),
            None => None,
        };
        let service = row.subject_id.parse::<ServiceId>().ok();
        let gone = row.action == Action::ServiceRecorded.name()
            && service.is_some_and(|id| voided.contains(&id));
        Self {
            at: time_of(row.at),
            what: match gone {
                true => text(lang, "day-voided-since"),
                false => words(&row.action, lang),
            },
            whom: match person {
                Some(person) => format!("{} {}", person.first_name, person.last_name),
                None => of_kind(&row.subject_kind, "", lang),
            },
            href,
            at_point: row.point.unwrap_or_default(),
        }
    }
}
