//! The tablets and computers of a point.

use serde::Serialize;

use crate::accounts::devices::PointDevice;
use crate::domain::ids::PointDeviceId;
use crate::domain::locale::Lang;
use crate::network::point::Point;
use crate::web::templates::{day_of, text};

use super::catalogue::Choice;
use super::chrome::Chrome;
use super::desk::chrome;

/// `point_devices.html`
#[derive(Debug, Serialize)]
pub struct DevicesPage {
    chrome: Chrome,
    /// What this browser is to a point.
    here: Option<DeviceLine>,
    others: Vec<DeviceLine>,
    /// The points it can be marked for.
    points: Vec<Choice>,
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
        let choice = |point: &Point| Choice {
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
