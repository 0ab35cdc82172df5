//! "Il mio percorso".

use std::collections::BTreeMap;

use actix_web::HttpResponse;

use crate::learning::progress;
use crate::web::error::Error;
use crate::web::extract::{Anyone, Language};
use crate::web::state::App;
use crate::web::view::mine::MinePage;

use super::show;

/// `GET /mio-percorso`: for guests too, whose progress is in their browser's session.
pub async fn mine(
    app: App,
    Language(lang): Language,
    Anyone(viewer): Anyone,
) -> Result<HttpResponse, Error> {
    let progress = match &viewer {
        Some(viewer) => progress::of_learner(&app.db, viewer.learner).await?,
        None => BTreeMap::new(),
    };
    let page = MinePage::new(&app.catalogue(), viewer.as_ref(), &progress, lang);
    show(&app, "mine.html", lang, &page)
}
