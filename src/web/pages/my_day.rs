//! What a member of the staff did today: their own acts, and nobody else's.

use actix_web::HttpResponse;
use serde::Deserialize;

use crate::accounts::{Viewer, trail};
use crate::citizens::find;
use crate::domain::ids::{CitizenId, PointId};
use crate::domain::role::Role;
use crate::web::error::Error;
use crate::web::extract::{Language, Learner};
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::view::my_day::{DayPage, people_of};

use super::show;

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
