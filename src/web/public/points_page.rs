//! The points as everybody sees them: a list, a map drawn here, and a page for each.

use std::collections::BTreeMap;

use serde::Serialize;
use time::Date;

use crate::domain::locale::Lang;
use crate::domain::text::folded as fold;
use crate::network::place::{nearby, within};
use crate::network::point::Point;
use crate::web::learn::catalogue::SelectChoice;
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::parts::list::{ListAddress, ListPart, ROWS};
use crate::web::templates::{day, text};

/// The width of the map in units of its own; the height follows from what is on it.
const WIDTH: f64 = 1_000.0;
/// The empty border, in the same units.
const BORDER: f64 = 50.0;

/// `points.html`
#[derive(Debug, Serialize)]
pub struct PointsPage {
    chrome: Chrome,
    query: String,
    provinces: Vec<SelectChoice>,
    count: usize,
    groups: Vec<Group>,
    /// Whether something was looked for that is nowhere: then these are the points closest to it by
    /// postcode, or all of them.
    nothing: bool,
    /// Whether they are the closest.
    near: bool,
    page: usize,
    pages: usize,
    previous: Option<String>,
    next: Option<String>,
    map: Option<Map>,
}

/// The points of a province.
#[derive(Debug, Serialize)]
struct Group {
    id: String,
    province: String,
    points: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    href: String,
    name: String,
    place: String,
    hours: Option<String>,
    itinerant: bool,
}

/// A map without roads: where the points lie to one another, north above.
#[derive(Debug, Serialize)]
struct Map {
    width: f64,
    height: f64,
    marks: Vec<Mark>,
    names: Vec<Name>,
}

#[derive(Debug, Serialize)]
struct Mark {
    href: String,
    label: String,
    x: f64,
    y: f64,
}

#[derive(Debug, Serialize)]
struct Name {
    label: String,
    x: f64,
    y: f64,
}

/// Which points somebody looks for.
#[derive(Debug, Clone, Default)]
pub struct PointsAsked<'a> {
    /// A part of a name, a municipality or a postcode.
    pub place: &'a str,
    /// A province, or none.
    pub province: &'a str,
    /// The page, counted from 1.
    pub page: usize,
}

impl PointsPage {
    /// A page of the open points in a place; where there are none, of those whose postcodes begin
    /// alike, and else of all.
    #[must_use]
    pub fn new(all: &[Point], asked: &PointsAsked<'_>, today: Date, lang: Lang) -> Self {
        let open: Vec<_> = all.iter().filter(|point| is_open(point, today)).collect();
        let found: Vec<_> = within(&open, asked.place, asked.province);
        let nothing = found.is_empty();
        let near = if nothing {
            nearby(&open, asked.place)
        } else {
            Vec::new()
        };
        let is_near = !near.is_empty();
        let mut shown = match (nothing, is_near) {
            (false, _) => found,
            (true, true) => near,
            (true, false) => open.clone(),
        };
        let order = |point: &Point| {
            let (province, place) = (point.province.clone(), point.municipality.clone());
            (province, place, point.name.clone())
        };
        shown.sort_by_cached_key(|point| order(point));
        let part = ListPart::of(shown.len(), asked.page, ROWS);
        let fields = [("dove", asked.place), ("provincia", asked.province)];
        let at = ListAddress::new("/punti", &fields);
        let to = |page: usize| match page {
            1 => at.with("pagina", ""),
            page => at.with("pagina", &page.to_string()),
        };
        let mut provinces: Vec<&str> = open.iter().map(|point| point.province.as_str()).collect();
        provinces.sort_unstable();
        provinces.dedup();
        let choice = |one: &str| crate::web::parts::list::choice(one, one, asked.province);
        let title = text(lang, "points-title");
        Self {
            chrome: Chrome::new(lang, title, SiteSection::Other, "/punti")
                .described(text(lang, "points-description")),
            query: asked.place.to_owned(),
            provinces: provinces.into_iter().map(choice).collect(),
            count: shown.len(),
            groups: groups(part.cut(&shown)),
            nothing: nothing && !(asked.place.is_empty() && asked.province.is_empty()),
            near: is_near,
            page: part.page,
            pages: part.pages,
            previous: (part.page > 1).then(|| to(part.page - 1)),
            next: (part.page < part.pages).then(|| to(part.page + 1)),
            map: map(&shown),
        }
    }
}

/// The points of a page, which are in the order of their provinces.
fn groups<'p>(points: impl Iterator<Item = &'p &'p Point>) -> Vec<Group> {
    let mut by_province: BTreeMap<&str, Vec<&Point>> = BTreeMap::new();
    for point in points {
        by_province.entry(&point.province).or_default().push(point);
    }
    by_province.into_iter().map(group).collect()
}

fn group((province, points): (&str, Vec<&Point>)) -> Group {
    let line = |point: &Point| Line {
        href: address(point),
        name: point.name.clone(),
        place: place(point),
        hours: point.hours.clone(),
        itinerant: point.itinerant,
    };
    Group {
        id: format!("p-{}", fold(province).replace(' ', "-")),
        province: province.to_owned(),
        points: points.into_iter().map(line).collect(),
    }
}

fn map(points: &[&Point]) -> Option<Map> {
    let places: Vec<_> = points
        .iter()
        .filter_map(|point| point.position.map(|position| (*point, position)))
        .collect();
    let span = |value: fn((f64, f64)) -> f64| {
        let values = places.iter().map(|(_, position)| value(*position));
        values.fold((f64::MAX, f64::MIN), |(low, high), value| {
            (low.min(value), high.max(value))
        })
    };
    let ((south, north), (west, east)) = (span(|p| p.0), span(|p| p.1));
    if places.len() < 2 {
        return None;
    }
    // A degree of longitude is shorter than one of latitude, as much as the cosine says.
    let narrow = f64::midpoint(south, north).to_radians().cos();
    let wide = ((east - west) * narrow).max(0.05);
    let scale = (WIDTH - 2.0 * BORDER) / wide;
    let round = |value: f64| (value * 10.0).round() / 10.0;
    let at = |(latitude, longitude): (f64, f64)| {
        let x = BORDER + (longitude - west) * narrow * scale;
        let y = BORDER + (north - latitude) * scale;
        (round(x), round(y))
    };
    let mut middles: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for (point, position) in &places {
        middles
            .entry(&point.province)
            .or_default()
            .push(at(*position));
    }
    let name = |(province, spots): (&str, Vec<(f64, f64)>)| {
        let many = f64::from(u32::try_from(spots.len()).unwrap_or(1));
        let highest = spots.iter().map(|spot| spot.1).fold(f64::MAX, f64::min);
        Name {
            label: province.to_owned(),
            x: round(spots.iter().map(|spot| spot.0).sum::<f64>() / many),
            y: round(highest - 20.0),
        }
    };
    Some(Map {
        width: WIDTH,
        height: round(((north - south) * scale + 2.0 * BORDER).max(200.0)),
        marks: places
            .iter()
            .map(|(point, position)| {
                let (x, y) = at(*position);
                Mark {
                    href: address(point),
                    label: point.name.clone(),
                    x,
                    y,
                }
            })
            .collect(),
        names: middles.into_iter().map(name).collect(),
    })
}

/// `point_open.html`: a point.
#[derive(Debug, Serialize)]
pub struct OpenPointPage {
    chrome: Chrome,
    name: String,
    place: String,
    address: Option<String>,
    hours: Option<String>,
    offers: Option<String>,
    workstations: Option<u16>,
    itinerant: bool,
    phone: Option<String>,
    /// Digits only, as a telephone takes them.
    call: Option<String>,
    email: Option<String>,
    geo: Option<String>,
    closed: Option<String>,
    closes: Option<String>,
}

impl OpenPointPage {
    /// The page of a point.
    #[must_use]
    pub fn new(point: &Point, today: Date, lang: Lang) -> Self {
        let href = address(point);
        let chrome = Chrome::new(lang, point.name.clone(), SiteSection::Other, &href)
            .described(format!("{}. {}", point.name, place(point)))
            .under("/punti", text(lang, "points-title"), lang);
        let closing = point.closed_on.map(|last| day(lang, last));
        let open = is_open(point, today);
        let digits = |phone: &String| {
            phone
                .chars()
                .filter(|c| c.is_ascii_digit() || *c == '+')
                .collect()
        };
        Self {
            chrome,
            name: point.name.clone(),
            place: place(point),
            address: point.address.clone(),
            hours: point.hours.clone(),
            offers: point.offers.clone(),
            workstations: point.workstations.filter(|n| *n > 0),
            itinerant: point.itinerant,
            call: point.phone.as_ref().map(digits),
            phone: point.phone.clone(),
            email: point.email.clone(),
            geo: point
                .position
                .map(|(lat, lon)| format!("geo:{lat:.5},{lon:.5}")),
            closed: closing.clone().filter(|_| !open),
            closes: closing.filter(|_| open),
        }
    }
}

fn is_open(point: &Point, today: Date) -> bool {
    point.closed_on.is_none_or(|day| today < day)
}

fn address(point: &Point) -> String {
    format!("/punti/{}", point.code)
}

/// Postcode, municipality and province, as on an envelope.
fn place(point: &Point) -> String {
    let postcode = point.postcode.as_deref().unwrap_or_default();
    let place = match point.municipality == point.province {
        true => point.municipality.clone(),
        false => format!("{} ({})", point.municipality, point.province),
    };
    format!("{postcode} {place}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;
    use crate::domain::ids::ProgrammeId;
    use time::macros::date;

    fn points() -> Vec<Point> {
        let programme = ProgrammeId::new();
        let at = |code, name, municipality, position| Point {
            position: Some(position),
            ..Point::new(programme, code, name, [municipality, "Lecce", "Puglia"])
        };
        vec![
            at("LE-1", "Punto di Nardò", "Nardò", (40.18, 18.03)),
            at("LE-2", "Punto di Lecce", "Lecce", (40.35, 18.17)),
        ]
    }

    #[test]
    fn north_is_above_and_east_to_the_right() {
        let points = points();
        let map = map(&points.iter().collect::<Vec<_>>()).unwrap();
        let [nardo, lecce] = map.marks.as_slice() else {
            panic!("two marks");
        };
        assert!(lecce.x > nardo.x && lecce.y < nardo.y);
        assert!(map.height > lecce.y && map.width > lecce.x);
    }

    #[test]
    fn a_point_is_found_without_its_accent_and_not_when_closed() {
        let mut points = points();
        let today = date!(2026 - 11 - 21);
        let asked = PointsAsked {
            place: " nardo",
            ..PointsAsked::default()
        };
        let found = |points: &[Point]| PointsPage::new(points, &asked, today, Lang::It);
        assert_eq!((found(&points).count, found(&points).nothing), (1, false));
        points[0].closed_on = Some(today);
        assert_eq!((found(&points).count, found(&points).nothing), (1, true));
    }
}
