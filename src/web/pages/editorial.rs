//! For who writes the lessons.

use actix_web::HttpResponse;

use crate::learning::missed;
use crate::web::error::Error;
use crate::web::extract::{Editorial, Language};
use crate::web::missed as waiting;
use crate::web::state::App;
use crate::web::view::missed::MissedPage;

use super::show;

/// `GET /redazione/ricerche`
pub async fn missed_searches(
    app: App,
    Language(lang): Language,
    who: Editorial,
) -> Result<HttpResponse, Error> {
    waiting::write(&app).await?;
    let counted = missed::counted(&app.db).await?;
    let page = MissedPage::new(counted, who.room, lang);
    show(&app, "missed.html", lang, &page)
}
