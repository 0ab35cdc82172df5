//! The devices of a point: marking the one at hand, and taking the mark back.

use actix_web::HttpResponse;
use serde::Deserialize;

use crate::accounts::devices::{self, PointDevice};
use crate::domain::ids::{PointDeviceId, PointId};
use crate::domain::locale::Lang;
use crate::network::point;
use crate::web::error::Error;
use crate::web::extract::{Keeper, Language, Learner};
use crate::web::point_device::{ThisDevice, freed, kept};
use crate::web::read::Form;
use crate::web::state::{App, State};
use crate::web::view::devices::DevicesPage;

use super::point::points;
use super::{see_other, show, show_as};

const ADDRESS: &str = "/punto/dispositivo";

/// Whose the device is: the code of a point.
#[derive(Deserialize)]
pub struct Whose {
    #[serde(default)]
    punto: String,
}

/// Which device.
#[derive(Deserialize)]
pub struct Which {
    id: PointDeviceId,
}

/// `GET /punto/dispositivo`
pub async fn list(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    here: ThisDevice,
) -> Result<HttpResponse, Error> {
    let page = page(&app, &keeper, here.point.as_ref(), lang).await?;
    show(&app, "point_devices.html", lang, &page)
}

async fn page(
    app: &State,
    keeper: &Keeper,
    here: Option<&PointDevice>,
    lang: Lang,
) -> Result<DevicesPage, Error> {
    let all = devices::of_points(&app.db, keeper.points.as_deref()).await?;
    let own = points(app, keeper).await?;
    let own = keeper.points.as_ref().map(|_| own.as_slice());
    Ok(DevicesPage::new(here, &all, own, lang))
}

/// `POST /punto/dispositivo`: the browser at hand is a point's from now on.
pub async fn mark(
    app: App,
    Language(lang): Language,
    (keeper, who): (Keeper, Learner),
    here: ThisDevice,
    whose: Form<Whose>,
) -> Result<HttpResponse, Error> {
    if here.point.is_some() {
        return Ok(see_other(ADDRESS));
    }
    let Some(point) = chosen(&app, &keeper, &whose.punto).await? else {
        let page = page(&app, &keeper, None, lang).await?.unknown_point(lang);
        let status = HttpResponse::UnprocessableEntity();
        return show_as(status, &app, "point_devices.html", lang, &page);
    };
    let of = (point, who.viewer.session);
    let token = devices::mark(&app.db, of, here.word, keeper.account, app.now()).await?;
    let mut response = see_other(ADDRESS);
    let cookie = kept(&app, token);
    response.add_cookie(&cookie).map_err(Error::internal)?;
    Ok(response)
}

/// A point that is theirs: the only one, or the one of a code.
async fn chosen(app: &State, keeper: &Keeper, code: &str) -> Result<Option<PointId>, Error> {
    if let (Some([only]), "") = (keeper.points.as_deref(), code) {
        return Ok(Some(*only));
    }
    let point = point::by_code(app.db.read(), code.trim()).await?;
    Ok(point.map(|point| point.id).filter(|id| keeper.has(*id)))
}

/// `POST /punto/dispositivo/togli`
pub async fn free(
    app: App,
    keeper: Keeper,
    here: ThisDevice,
    which: Form<Which>,
) -> Result<HttpResponse, Error> {
    let own = devices::of_points(&app.db, keeper.points.as_deref()).await?;
    let at_hand = here.point.is_some_and(|one| one.id == which.id);
    if at_hand || own.iter().any(|one| one.id == which.id) {
        devices::free(&app.db, which.id, keeper.account, app.now()).await?;
    }
    let mut response = see_other(ADDRESS);
    if at_hand {
        let cookie = freed(&app);
        response.add_cookie(&cookie).map_err(Error::internal)?;
    }
    Ok(response)
}
