//! What was written down of acts and looks, for administrators. What is about a person, they read on
//! the page of their data.

use actix_web::HttpResponse;
use serde::Deserialize;
use time::Date;
use time::macros::format_description;
use uuid::Uuid;

use crate::accounts::trail::{self, TrailFilter, TrailPage};
use crate::domain::ids::AccountId;
use crate::domain::role::Role;
use crate::web::error::Error;
use crate::web::extract::{Admin, Language};
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::view::trail::{Asked, RegisterPage};

use super::show;

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
    /// What cannot be read is nobody's, and no row is: a filter that was left out would show
    /// everybody's.
    fn filter(&self) -> Option<TrailFilter> {
        let form = format_description!("[year]-[month]-[day]");
        // As a row shows it, with the kind before it, or the id alone.
        let id = self.cosa.split_whitespace().next_back().unwrap_or_default();
        Some(TrailFilter {
            account: given(&self.chi, |text| text.parse().ok())?.map(AccountId),
            action: given(&self.che, |text| Some(text.to_owned()))?,
            subject: given(id, |text| text.parse::<Uuid>().ok())?.map(|id| id.to_string()),
            day: given(&self.giorno, |text| Date::parse(text, form).ok())?,
            before: given(&self.prima, |text| text.parse().ok())?,
        })
    }
}

/// What a field means: `Some(None)` where it is empty, `None` where it cannot be read.
fn given<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    match text.trim() {
        "" => Some(None),
        text => read(text).map(Some),
    }
}

/// `GET /amministrazione/registro`
pub async fn register(
    app: App,
    Language(lang): Language,
    who: Admin,
    which: Query<Which>,
) -> Result<HttpResponse, Error> {
    let filter = which.filter();
    let page = match &filter {
        Some(filter) => trail::list(&app.db, filter).await?,
        None => TrailPage::default(),
    };
    let asked = Asked {
        actors: trail::actors(&app.db).await?,
        unreadable: filter.is_none().then(|| which.cosa.clone()),
        filter: filter.unwrap_or_default(),
        records: who.viewer.is(Role::Coordinator),
    };
    show(
        &app,
        "register_of_acts.html",
        lang,
        &RegisterPage::new(&asked, page, lang),
    )
}
