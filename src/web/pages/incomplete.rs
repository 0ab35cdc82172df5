//! Records to complete: those of a desk, and how many each point has.

use actix_web::HttpResponse;
use serde::Deserialize;

use crate::domain::ids::PointId;
use crate::domain::text::folded;
use crate::network::facilita::standing::{self, PointStanding};
use crate::network::point::{self, Point};
use crate::network::programme;
use crate::web::error::Error;
use crate::web::extract::{Coordinator, Keeper, Language};
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::view::incomplete::{IncompletePage, PeopleAsked};
use crate::web::view::list::{Part, ROWS};

use super::asked::{Asked, Sorted, status};
use super::{see_other, show_as};

/// Which point, in which order and which page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    punto: String,
    ordina: String,
    pagina: String,
}

/// A column to sort points by.
#[derive(Debug, Clone, Copy)]
enum By {
    Name,
    Records,
    Services,
}

const COLUMNS: [(&str, By); 3] = [
    ("nome", By::Name),
    ("schede", By::Records),
    ("servizi", By::Services),
];

/// `GET /punto/schede`: a coordinator says of which point.
pub async fn people(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    given: Query<Given>,
) -> Result<HttpResponse, Error> {
    if keeper.points.is_none() && given.punto.trim().is_empty() {
        return Ok(see_other("/rete/schede"));
    }
    let mut own = point::list(app.db.read(), None).await?;
    own.retain(|point| keeper.has(point.id));
    let (chosen, page, asked) = given.of_people(&own);
    let faults = asked.faults();
    let points: Vec<PointId> = match (faults.is_empty(), chosen) {
        (false, _) => Vec::new(),
        (true, Some(point)) => vec![point.id],
        (true, None) => own.iter().map(|point| point.id).collect(),
    };
    let sum = standing::of_points(&app.db, Some(&points)).await?;
    let records = usize::try_from(sum.records).unwrap_or(usize::MAX);
    let part = Part::of(records, page, ROWS);
    let at = u64::try_from(part.page - 1).unwrap_or_default();
    let found = standing::list(&app.db, &points, (at, ROWS as u64)).await?;
    let asked = PeopleAsked {
        points: keeper.points.as_ref().map_or(&[], |_| &own[..]),
        point: chosen.map_or("", |point| &point.code),
        part,
    };
    let page = IncompletePage::people(sum, &found, &asked, &faults, lang);
    show_as(status(&faults), &app, "incomplete.html", lang, &page)
}

/// `GET /rete/schede`
pub async fn points(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
    given: Query<Given>,
) -> Result<HttpResponse, Error> {
    let mut all = Vec::new();
    for programme in programme::list(app.db.read()).await? {
        all.extend(standing::by_point(&app.db, programme.id).await?);
    }
    let sum = standing::of_points(&app.db, None).await?;
    let mut asked = Asked::default();
    let usual = Sorted {
        by: By::Services,
        descending: true,
    };
    sort(&mut all, asked.sorted(&given.ordina, &COLUMNS, usual));
    let (page, faults) = (asked.page(&given.pagina), asked.faults());
    if !faults.is_empty() {
        all.clear();
    }
    let page = IncompletePage::points(sum, &all, (&given.ordina, page), &faults, lang);
    show_as(status(&faults), &app, "incomplete.html", lang, &page)
}

impl Given {
    /// The point of the people and the page; their list has one order.
    fn of_people<'p>(&self, own: &'p [Point]) -> (Option<&'p Point>, usize, Asked) {
        let mut asked = Asked::default();
        let chosen = asked.read("punto", &self.punto, "list-not-there", |code| {
            own.iter().find(|point| point.has_code(code))
        });
        let usual = Sorted {
            by: (),
            descending: false,
        };
        asked.sorted(&self.ordina, &[], usual);
        let page = asked.page(&self.pagina);
        (chosen, page, asked)
    }
}

fn sort(all: &mut [PointStanding], sorted: Sorted<By>) {
    all.sort_by(|a, b| {
        let order = match sorted.by {
            By::Name => folded(&a.name).cmp(&folded(&b.name)),
            By::Records => a.standing.records.cmp(&b.standing.records),
            By::Services => a.standing.services.cmp(&b.standing.services),
        };
        let order = match sorted.descending {
            true => order.reverse(),
            false => order,
        };
        order.then_with(|| a.code.cmp(&b.code))
    });
}
