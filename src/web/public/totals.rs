//! The network's totals: the public page, the open data, and the coordinator's first page.

use actix_web::HttpResponse;
use actix_web::http::header;
use serde::Deserialize;
use time::Date;
use time::macros::format_description;

use crate::citizens::bring;
use crate::network::overview;
use crate::network::point::{self, Point};
use crate::network::programme::{self, Programme};
use crate::network::totals::TotalsFilter;
use crate::web::error::Error;
use crate::web::extract::{Coordinator, Language};
use crate::web::network::overview::NetworkPage;
use crate::web::parts::list_query::{ListQuery, Sorted, status};
use crate::web::parts::{show, show_as};
use crate::web::public::open_data_page::OpenDataPage;
use crate::web::public::totals_page::TotalsPage;
use crate::web::public::totals_points::{PointColumn, PointTotalsPage};
use crate::web::read::Query;
use crate::web::state::{App, State};

/// Which programme.
#[derive(Debug, Deserialize)]
pub struct OfProgramme {
    programma: Option<String>,
}

/// Which part of it, as the form sends it: a field that is left out is empty.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TotalsQuery {
    programma: String,
    provincia: String,
    punto: String,
    dal: String,
    al: String,
}

/// `GET /rete/totali`: the programme asked for, else the installation's, else the first.
pub async fn totals(
    app: App,
    Language(lang): Language,
    asked: Query<OfProgramme>,
) -> Result<HttpResponse, Error> {
    let all = programme::list(app.db.read()).await?;
    let shown = match chosen(&app, &all, asked.programma.as_deref())? {
        Some(one) => {
            let figures = app.public_totals.of(&app.db, one, app.now());
            Some((one, figures.await?))
        }
        None => None,
    };
    let page = TotalsPage::new(shown, &all, lang);
    show(&app, "totals.html", lang, &page)
}

/// Which points of a programme, and in which order.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OfPoints {
    programma: String,
    provincia: String,
    ordina: String,
    pagina: String,
}

/// `GET /rete/totali/punti`: what everybody may see of each point.
pub async fn points(
    app: App,
    Language(lang): Language,
    given: Query<OfPoints>,
) -> Result<HttpResponse, Error> {
    let all = programme::list(app.db.read()).await?;
    let code = Some(given.programma.as_str()).filter(|code| !code.is_empty());
    let one = chosen(&app, &all, code)?.ok_or(Error::NotFound)?;
    let figures = app.public_totals.of(&app.db, one, app.now()).await?;
    let mut asked = ListQuery::default();
    let usual = Sorted {
        by: PointColumn::Services,
        descending: true,
    };
    let sorted = asked.sorted(&given.ordina, &PointColumn::ALL, usual);
    let province = asked.read("provincia", &given.provincia, "list-not-there", |name| {
        let there = figures.by_point.iter().any(|row| row.province == name);
        there.then(|| name.to_owned())
    });
    let rows = PointColumn::sort(&figures.by_point, sorted.by, sorted.descending);
    let (page, faults) = (asked.page(&given.pagina), asked.faults());
    let asked_for = (province.as_deref(), given.ordina.as_str(), page);
    let view = PointTotalsPage::new(one, rows, asked_for, &faults, lang);
    show_as(status(&faults), &app, "totals_points.html", lang, &view)
}

/// `GET /rete/totali/dati.csv`
pub async fn open_data(app: App, asked: Query<OfProgramme>) -> Result<HttpResponse, Error> {
    let all = programme::list(app.db.read()).await?;
    let one = chosen(&app, &all, asked.programma.as_deref())?.ok_or(Error::NotFound)?;
    let file = app.open_data.of(&app.db, one, app.now()).await?;
    let name = format!("attachment; filename=\"{}.csv\"", one.code);
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8; header=present")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .body(file.csv.clone()))
}

/// `GET /rete/totali/dati`: what the open data are.
pub async fn described(
    app: App,
    Language(lang): Language,
    asked: Query<OfProgramme>,
) -> Result<HttpResponse, Error> {
    let all = programme::list(app.db.read()).await?;
    let one = chosen(&app, &all, asked.programma.as_deref())?.ok_or(Error::NotFound)?;
    let published = app.open_data.of(&app.db, one, app.now()).await?;
    let page = OpenDataPage::new(one, &published, lang);
    show(&app, "open_data.html", lang, &page)
}

/// `GET /rete`
pub async fn network(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
    part: Query<TotalsQuery>,
) -> Result<HttpResponse, Error> {
    let all = programme::list(app.db.read()).await?;
    let code = Some(part.programma.as_str()).filter(|code| !code.is_empty());
    let Some(one) = chosen(&app, &all, code)? else {
        let page = NetworkPage::new(None, &all, &[], &TotalsFilter::default(), lang);
        return show(&app, "network.html", lang, &page);
    };
    let points = point::list(app.db.read(), Some(one.id)).await?;
    let filter = part.filter(&points)?;
    let seen = overview::of(&app.db, one, &points, filter.clone(), app.now()).await?;
    let page = NetworkPage::new(Some((one, seen)), &all, &points, &filter, lang);
    let page = match filter == TotalsFilter::default() {
        true => page.asked(bring::notices(&app.db, None).await?, lang),
        false => page,
    };
    show(&app, "network.html", lang, &page)
}

impl TotalsQuery {
    fn filter(&self, points: &[Point]) -> Result<TotalsFilter, Error> {
        let named = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let point = match named(&self.punto) {
            None => None,
            Some(code) => {
                let found = points.iter().find(|point| point.has_code(&code));
                Some(found.ok_or(Error::NotFound)?.id)
            }
        };
        Ok(TotalsFilter {
            from: day(&self.dal, "dal")?,
            to: day(&self.al, "al")?,
            point,
            province: named(&self.provincia),
        })
    }
}

fn day(text: &str, field: &'static str) -> Result<Option<Date>, Error> {
    match text {
        "" => Ok(None),
        text => Date::parse(text, format_description!("[year]-[month]-[day]"))
            .map(Some)
            .map_err(|_| Error::field(field, "totals-not-a-day")),
    }
}

/// The programme asked for, else the installation's, else the first.
fn chosen<'a>(
    app: &State,
    all: &'a [Programme],
    code: Option<&str>,
) -> Result<Option<&'a Programme>, Error> {
    match code.or(app.settings.programme.as_deref()) {
        None => Ok(all.first()),
        Some(code) => {
            let found = all.iter().find(|one| one.code == code);
            found.map(Some).ok_or(Error::NotFound)
        }
    }
}
