//! "Il mio percorso", and the way back to where somebody left off.

use actix_web::HttpResponse;

use crate::citizens::follow;
use crate::learning::{assignment, help, progress, resume as going_on, takeover};
use crate::web::error::Error;
use crate::web::extract::{Anyone, Language};
use crate::web::point_device::ThisDevice;
use crate::web::state::App;
use crate::web::view::mine::{MinePage, Own};
use crate::web::view::next::next_address;

use super::{see_other, show, whose};

/// `GET /mio-percorso`: for guests too, whose progress is in their browser's session.
pub async fn mine(
    app: App,
    Language(lang): Language,
    Anyone(viewer): Anyone,
    here: ThisDevice,
) -> Result<HttpResponse, Error> {
    let (mut own, today) = (Own::default(), app.today());
    own.shared = here.point.is_some();
    if let Some(viewer) = &viewer {
        if viewer.asked.is_some() {
            return Ok(see_other(&whose::question("/mio-percorso")));
        }
        own.progress = progress::of_learner(&app.db, viewer.learner).await?;
        own.taken = takeover::undoable(&app.db, viewer.learner, app.now()).await?;
    }
    if let Some(citizen) = viewer.as_ref().and_then(|viewer| viewer.citizen) {
        own.assigned = assignment::of_citizen(&app.db, citizen, today).await?;
        own.asked = help::of_citizen(&app.db, citizen).await?;
        own.points = follow::of_citizen(&app.db, citizen).await?;
    }
    let page = MinePage::new(&app.catalogue(), viewer.as_ref(), &own, today, lang);
    show(&app, "mine.html", lang, &page)
}

/// `GET /riprendi`: the very lesson or quiz to go on with; without a session, the way in.
pub async fn resume(app: App, Anyone(viewer): Anyone) -> Result<HttpResponse, Error> {
    let Some(viewer) = viewer else {
        return Ok(see_other("/tessera"));
    };
    if viewer.asked.is_some() {
        return Ok(see_other(&whose::question("/riprendi")));
    }
    let (catalogue, today) = (app.catalogue(), app.today());
    let (learner, citizen) = (viewer.learner, viewer.citizen);
    let next = going_on::resume(&app.db, &catalogue, learner, citizen, today).await?;
    Ok(see_other(&match next {
        Some((module, next)) => next_address(&module, &next),
        None => "/mio-percorso".to_owned(),
    }))
}
