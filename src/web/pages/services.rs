//! The ledger's pages: the list of a facilitator's points, that of the network, and an entry.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;
use time::Date;
use time::macros::format_description;

use crate::domain::facilita::ServiceKind;
use crate::domain::ids::ServiceId;
use crate::domain::locale::Lang;
use crate::network::facilita::held::{self, Held};
use crate::network::ledger::{self, Page, Wanted, Whole};
use crate::network::point::{self, Point};
use crate::network::programme;
use crate::network::service;
use crate::web::error::Error;
use crate::web::extract::{Coordinator, Facilitator, Keeper, Language};
use crate::web::read::{Form, Query};
use crate::web::state::{App, State};
use crate::web::view::services::{Filters, ServicePage, ServicesPage};

use super::{see_other, show, show_as};

/// Which entries; what cannot be read is left out.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    dal: String,
    al: String,
    tipo: String,
    punto: String,
    programma: String,
    dopo: String,
}

impl Asked {
    fn filters(&self) -> Filters {
        let day = |text: &str| date(text).map_or(String::new(), |day| day.to_string());
        let code = |text: &str| match text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            true => text.to_owned(),
            false => String::new(),
        };
        Filters {
            from: day(&self.dal),
            to: day(&self.al),
            kind: ServiceKind::from_name(&self.tipo)
                .map_or("", ServiceKind::name)
                .to_owned(),
            point: code(&self.punto),
            programme: code(&self.programma),
        }
    }

    fn wanted(&self, points: &[Point]) -> Wanted {
        let chosen = points.iter().find(|point| point.code == self.punto);
        let after = self.dopo.split_once('_');
        Wanted {
            programme: None,
            points: chosen.map(|point| vec![point.id]),
            kind: ServiceKind::from_name(&self.tipo),
            from: date(&self.dal),
            to: date(&self.al),
            after: after.and_then(|(day, id)| Some((date(day)?, id.parse().ok()?))),
        }
    }
}

/// `GET /punto/servizi`
pub async fn desk(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let mut points = point::list(app.db.read(), None).await?;
    points.retain(|point| desk.points.contains(&point.id));
    let mut wanted = asked.wanted(&points);
    wanted.points.get_or_insert(desk.points);
    let page = listed(&app, &wanted).await?;
    let page = (page.0, &page.1);
    let page = ServicesPage::new(true, &asked.filters(), &points, &[], page, lang);
    show(&app, "services.html", lang, &page)
}

/// `GET /rete/servizi`
pub async fn network(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let programmes = programme::list(app.db.read()).await?;
    let shown = [Some(&asked.programma), app.settings.programme.as_ref()];
    let named = |code: &String| programmes.iter().find(|one| one.code == *code);
    let shown = shown.into_iter().flatten().find_map(named);
    let shown = shown.or(programmes.first());
    let points = point::list(app.db.read(), shown.map(|one| one.id)).await?;
    let mut wanted = asked.wanted(&points);
    wanted.programme = shown.map(|one| one.id);
    let page = listed(&app, &wanted).await?;
    let page = (page.0, &page.1);
    let names: Vec<_> = programmes
        .into_iter()
        .map(|one| (one.code, one.name))
        .collect();
    let page = ServicesPage::new(false, &asked.filters(), &points, &names, page, lang);
    show(&app, "services.html", lang, &page)
}

/// A page of the ledger, and what of it stands still.
async fn listed(app: &State, wanted: &Wanted) -> Result<(Page, Held), Error> {
    let page = ledger::list(&app.db, wanted).await?;
    let services: Vec<_> = page.entries.iter().map(|entry| entry.id).collect();
    let held = held::of_services(&app.db, &app.vault, &services, app.today()).await?;
    Ok((page, held))
}

/// Whether something was done just now.
#[derive(Debug, Deserialize)]
pub struct Done {
    fatto: Option<String>,
}

/// `GET /punto/servizi/{id}`
pub async fn entry(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<ServiceId>,
    done: Query<Done>,
) -> Result<HttpResponse, Error> {
    let (whole, held) = whole(&app, &keeper, *id).await?;
    let page = ServicePage::new(
        (&whole, &held),
        keeper.points.as_deref(),
        done.fatto.as_deref(),
        lang,
    );
    show(&app, "service.html", lang, &page)
}

/// Why.
#[derive(Debug, Deserialize)]
pub struct Voiding {
    #[serde(default)]
    reason: String,
}

/// `POST /punto/servizi/{id}/annulla`
pub async fn void(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<ServiceId>,
    voiding: Form<Voiding>,
) -> Result<HttpResponse, Error> {
    let service = keeper.service(&app, *id).await?;
    let (reason, by) = (voiding.into_inner().reason, keeper.account);
    let done = service::void(&app.db, service, reason.clone(), by, app.now()).await;
    match done.map_err(Error::from) {
        Ok(()) => Ok(see_other(&format!("/punto/servizi/{service}?fatto=voided"))),
        Err(Error::Invalid(faults)) => {
            let key = faults
                .first()
                .map_or("required", |fault| fault.key.as_ref());
            refused(&app, &keeper, service, (&reason, key), lang).await
        }
        Err(error) => Err(error),
    }
}

async fn refused(
    app: &State,
    keeper: &Keeper,
    service: ServiceId,
    (reason, key): (&str, &str),
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let (whole, held) = whole(app, keeper, service).await?;
    let page = ServicePage::new((&whole, &held), keeper.points.as_deref(), None, lang);
    let page = page.refused(reason, key, lang);
    let response = HttpResponse::UnprocessableEntity();
    show_as(response, app, "service.html", lang, &page)
}

async fn whole(app: &State, keeper: &Keeper, id: ServiceId) -> Result<(Whole, Held), Error> {
    let whole = ledger::read(&app.db, id).await?;
    let own = whole.filter(|whole| keeper.has(whole.entry.point));
    let whole = own.ok_or(Error::NotFound)?;
    let held = held::of_services(&app.db, &app.vault, &[id], app.today()).await?;
    Ok((whole, held))
}

fn date(text: &str) -> Option<Date> {
    Date::parse(text, format_description!("[year]-[month]-[day]")).ok()
}
