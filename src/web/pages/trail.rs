//! What was written down of acts and looks: for administrators, and for the person it is about.

use actix_web::HttpResponse;
use serde::Deserialize;
use time::Date;
use time::macros::format_description;
use uuid::Uuid;

use crate::accounts::trail::{self, TrailFilter};
use crate::domain::ids::AccountId;
use crate::domain::role::Role;
use crate::web::error::Error;
use crate::web::extract::{Admin, Anyone, Language};
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::view::trail::{Asked, MyTrailPage, RegisterPage};

use super::{see_other, show};

/// Which rows; what cannot be read is left out.
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
    fn filter(&self) -> TrailFilter {
        let form = format_description!("[year]-[month]-[day]");
        let known = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        let subject = self.cosa.trim().parse::<Uuid>().ok();
        TrailFilter {
            account: self.chi.parse().ok().map(AccountId),
            action: Some(self.che.clone()).filter(|text| !text.is_empty() && known(text)),
            subject: subject.map(|id| id.to_string()),
            day: Date::parse(&self.giorno, form).ok(),
            before: self.prima.parse().ok(),
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
    let filter = which.filter();
    let page = trail::list(&app.db, &filter).await?;
    let asked = Asked {
        actors: trail::actors(&app.db).await?,
        filter,
        records: who.viewer.is(Role::Coordinator),
    };
    show(
        &app,
        "register_of_acts.html",
        lang,
        &RegisterPage::new(&asked, page, lang),
    )
}

/// `GET /mio-percorso/dati`: who looked at one's data, or changed them.
pub async fn about_me(
    app: App,
    Language(lang): Language,
    Anyone(viewer): Anyone,
    which: Query<Which>,
) -> Result<HttpResponse, Error> {
    let Some(viewer) = viewer else {
        return Err(Error::Unauthorized(None));
    };
    let Some(citizen) = viewer.citizen else {
        return Ok(see_other("/mio-percorso"));
    };
    let before = which.prima.parse().ok();
    let page = trail::about(&app.db, citizen, before).await?;
    show(&app, "my_data.html", lang, &MyTrailPage::new(page, lang))
}
