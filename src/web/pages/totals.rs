//! The network's public totals.

use actix_web::HttpResponse;
use actix_web::web::Query;
use serde::Deserialize;

use crate::network::programme;
use crate::network::totals::{self, Filter};
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::state::App;
use crate::web::view::totals::TotalsPage;

use super::show;

/// Which programme.
#[derive(Debug, Deserialize)]
pub struct Asked {
    programma: Option<String>,
}

/// `GET /rete/totali`: the programme asked for, else the installation's, else the first.
pub async fn totals(
    app: App,
    Language(lang): Language,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let all = programme::list(app.db.read()).await?;
    let wanted = asked.programma.as_ref().or(app.settings.programme.as_ref());
    let shown = match wanted {
        Some(code) => Some(
            all.iter()
                .find(|one| one.code == *code)
                .ok_or(Error::NotFound)?,
        ),
        None => all.first(),
    };
    let shown = match shown {
        Some(one) => Some((
            one,
            totals::of(&app.db, one, Filter::default(), app.now()).await?,
        )),
        None => None,
    };
    show(
        &app,
        "totals.html",
        lang,
        &TotalsPage::new(shown, &all, lang),
    )
}
