//! What was written down of acts and looks, for administrators. What is about a person, they read on
//! the page of their data.

use actix_web::HttpResponse;
use serde::Deserialize;
use uuid::Uuid;

use crate::accounts::trail::{self, TrailFilter, TrailPage};
use crate::db::audit::Action;
use crate::domain::ids::AccountId;
use crate::domain::role::Role;
use crate::web::error::Error;
use crate::web::extract::{Admin, Language};
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::view::trail::{RegisterAsked, RegisterPage};

use super::asked::{Asked, status};
use super::show_as;

/// Which rows.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    chi: String,
    che: String,
    cosa: String,
    giorno: String,
    prima: String,
}

impl Which {
    fn filter(&self, asked: &mut Asked) -> TrailFilter {
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
    which: Query<Which>,
) -> Result<HttpResponse, Error> {
    let mut asked = Asked::default();
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
    let page = RegisterPage::new(&shown, page, &faults, lang);
    show_as(status(&faults), &app, "register_of_acts.html", lang, &page)
}
