//! The devices of a point: marking the one at hand, and taking the mark back.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};

use crate::accounts::devices::{self, PointDevice};
use crate::domain::ids::{PointDeviceId, PointId};
use crate::domain::locale::Lang;
use crate::network::point::{self, Point};
use crate::web::desk::frame::chrome;
use crate::web::desk::point::points;
use crate::web::error::Error;
use crate::web::extract::{Keeper, Language, Learner};
use crate::web::learn::catalogue::SelectChoice;
use crate::web::parts::chrome::Chrome;
use crate::web::parts::{see_other, show, show_as};
use crate::web::point_device::{ThisDevice, freed, kept};
use crate::web::read::Form;
use crate::web::state::{App, State};
use crate::web::templates::{day_of, text};

const ADDRESS: &str = "/punto/dispositivo";

/// Whose the device is: the code of a point.
#[derive(Deserialize)]
pub struct DevicePointForm {
    #[serde(default)]
    punto: String,
}

/// Which device.
#[derive(Deserialize)]
pub struct DeviceForm {
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
    whose: Form<DevicePointForm>,
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
    which: Form<DeviceForm>,
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

/// `point_devices.html`
#[derive(Debug, Serialize)]
pub struct DevicesPage {
    chrome: Chrome,
    /// What this browser is to a point.
    here: Option<DeviceLine>,
    others: Vec<DeviceLine>,
    /// The points it can be marked for.
    points: Vec<SelectChoice>,
    /// A coordinator writes the code of a point.
    any: bool,
    error: String,
}

#[derive(Debug, Serialize)]
struct DeviceLine {
    id: PointDeviceId,
    device: String,
    point: String,
    since: String,
}

impl DeviceLine {
    fn new(one: &PointDevice, lang: Lang) -> Self {
        Self {
            id: one.id,
            device: match one.device.as_str() {
                "" => text(lang, "access-device-unknown"),
                device => device.to_owned(),
            },
            point: one.point_name.clone(),
            since: day_of(lang, one.since),
        }
    }
}

impl DevicesPage {
    /// This browser, and the other devices of one's points; `points` are a facilitator's own.
    #[must_use]
    pub fn new(
        here: Option<&PointDevice>,
        all: &[PointDevice],
        points: Option<&[Point]>,
        lang: Lang,
    ) -> Self {
        let at_hand = |one: &&PointDevice| here.is_some_and(|here| here.id == one.id);
        let others = all.iter().filter(|one| !at_hand(one));
        let choice = |point: &Point| SelectChoice {
            selected: false,
            value: point.code.clone(),
            label: point.name.clone(),
        };
        Self {
            chrome: chrome(text(lang, "devices-title"), "/punto/dispositivo", lang),
            here: here.map(|here| DeviceLine::new(here, lang)),
            others: others.map(|one| DeviceLine::new(one, lang)).collect(),
            points: points.unwrap_or_default().iter().map(choice).collect(),
            any: points.is_none(),
            error: String::new(),
        }
    }

    /// The page again: no point has that code.
    #[must_use]
    pub fn unknown_point(mut self, lang: Lang) -> Self {
        self.error = text(lang, "devices-no-point");
        self
    }
}
