//! The coordinator's list of points: what each gave, and what is to be looked at.
//!
//! A network has hundreds of points, and what a point is compared with comes from all of them: they
//! are read whole, with two sums of the ledger, and sorted here.

use actix_web::HttpResponse;
use serde::Deserialize;

use crate::domain::calendar::rome_day;
use crate::domain::text::folded;
use crate::network::point;
use crate::network::programme;
use crate::network::standing::{self, Alert, Standing, Standings};
use crate::web::error::Error;
use crate::web::extract::{Coordinator, Language};
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::view::points_list::{PointFilters, PointsListPage};

use super::asked::{Asked, Sorted, status};
use super::services_list::of_programme;
use super::show_as;

/// Which points, as the address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    programma: String,
    provincia: String,
    dove: String,
    stato: String,
    ordina: String,
    pagina: String,
}

/// A column to sort by.
#[derive(Debug, Clone, Copy)]
enum By {
    Name,
    Code,
    Municipality,
    Province,
    Citizens,
    Services,
    Last,
}

const COLUMNS: [(&str, By); 7] = [
    ("nome", By::Name),
    ("codice", By::Code),
    ("comune", By::Municipality),
    ("provincia", By::Province),
    ("cittadini", By::Citizens),
    ("servizi", By::Services),
    ("ultimo", By::Last),
];

/// What a point is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Being {
    Open,
    Closed,
    Noted(Alert),
}

/// `GET /rete/punti`
pub async fn list(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
    given: Query<Given>,
) -> Result<HttpResponse, Error> {
    let (mut asked, today) = (Asked::default(), rome_day(app.now()));
    let programmes = programme::list(app.db.read()).await?;
    let all = match of_programme(&app, &programmes, &given.programma, &mut asked) {
        None => Standings::default(),
        Some(one) => {
            let points = point::list(app.db.read(), Some(one.id)).await?;
            let targets = programme::targets(app.db.read(), one.id).await?;
            standing::of(&app.db, one, &points, &targets, today).await?
        }
    };
    let chosen = given.chosen(&all.points, &mut asked);
    let (page, faults) = (asked.page(&given.pagina), asked.faults());
    let filters = given.filters();
    let page = PointsListPage::new(&filters, &programmes, &all, &chosen, page, &faults, lang);
    show_as(status(&faults), &app, "network_points.html", lang, &page)
}

impl Given {
    /// What was asked for of all points, in its order.
    fn chosen<'s>(&self, all: &'s [Standing], asked: &mut Asked) -> Vec<&'s Standing> {
        let usual = Sorted {
            by: By::Name,
            descending: false,
        };
        let sorted = asked.sorted(&self.ordina, &COLUMNS, usual);
        let being = asked.read("stato", &self.stato, "list-not-there", being);
        let province = asked.read("provincia", &self.provincia, "list-not-there", |name| {
            let there = all.iter().any(|one| one.point.province == name);
            there.then(|| name.to_owned())
        });
        let place = folded(&self.dove);
        let wanted = |one: &&Standing| {
            let is = match being {
                None => true,
                Some(Being::Open) => one.open,
                Some(Being::Closed) => !one.open,
                Some(Being::Noted(alert)) => one.alerts.contains(&alert),
            };
            is && province
                .as_ref()
                .is_none_or(|name| one.point.province == *name)
                && in_place(one, &place)
        };
        let mut chosen: Vec<&Standing> = all.iter().filter(wanted).collect();
        chosen.sort_by(|a, b| by(sorted.by, a, b).then_with(|| a.point.code.cmp(&b.point.code)));
        if sorted.descending {
            chosen.reverse();
        }
        chosen
    }

    fn filters(&self) -> PointFilters {
        PointFilters {
            programme: self.programma.clone(),
            province: self.provincia.clone(),
            place: self.dove.clone(),
            state: self.stato.clone(),
            sort: self.ordina.clone(),
        }
    }
}

fn being(name: &str) -> Option<Being> {
    match name {
        "aperti" => Some(Being::Open),
        "chiusi" => Some(Being::Closed),
        name => Alert::from_name(name).map(Being::Noted),
    }
}

/// Whether a text is in the point's name, code, municipality or postcode.
fn in_place(one: &Standing, place: &str) -> bool {
    let point = &one.point;
    let written = [&point.name, &point.code, &point.municipality];
    written.iter().any(|text| folded(text).contains(place))
        || (point.postcode.as_ref()).is_some_and(|code| code.starts_with(place))
}

fn by(column: By, a: &Standing, b: &Standing) -> std::cmp::Ordering {
    let text = |of: fn(&Standing) -> &str| folded(of(a)).cmp(&folded(of(b)));
    match column {
        By::Name => text(|one| &one.point.name),
        By::Code => text(|one| &one.point.code),
        By::Municipality => text(|one| &one.point.municipality),
        By::Province => text(|one| &one.point.province),
        By::Citizens => a.citizens.cmp(&b.citizens),
        By::Services => a.services.cmp(&b.services),
        By::Last => a.last.cmp(&b.last),
    }
}
