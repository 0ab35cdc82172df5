//! The list of the ledger: of a facilitator's points, and of the whole network.

use actix_web::HttpResponse;
use serde::Deserialize;

use crate::accounts::facilitators;
use crate::db::staff;
use crate::domain::facilita::ServiceKind;
use crate::domain::ids::{AccountId, PointId};
use crate::domain::locale::Lang;
use crate::domain::text::folded;
use crate::network::facilita::held;
use crate::network::ledger::{self, Cursor, EntriesPage, EntryFilter, EntryOrder};
use crate::network::point::{self, Point};
use crate::network::programme::{self, Programme};
use crate::web::desk::services_list_page::{Offered, ServicesFilterForm, ServicesPage};
use crate::web::error::Error;
use crate::web::extract::{Coordinator, Facilitator, Language};
use crate::web::parts::list::SORT;
use crate::web::parts::list_query::{ListQuery, Sorted, status};
use crate::web::parts::show_as;
use crate::web::read::Query;
use crate::web::state::{App, State};

/// Up to so many points, their entries are few enough to be sorted by any column, and those who
/// gave them to be chosen among.
const FEW: usize = 5;

/// Which entries, as the address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ServicesQuery {
    dal: String,
    al: String,
    tipo: String,
    punto: String,
    provincia: String,
    comune: String,
    facilitatore: String,
    stato: String,
    programma: String,
    ordina: String,
    dopo: String,
    prima: String,
}

/// `GET /punto/servizi`
pub async fn desk(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    given: Query<ServicesQuery>,
) -> Result<HttpResponse, Error> {
    let mut asked = ListQuery::default();
    let mut points = point::list(app.db.read(), None).await?;
    points.retain(|point| desk.points.contains(&point.id));
    let mut wanted = given.wanted(&points, &mut asked);
    wanted.points.get_or_insert(desk.points);
    let offered = Offered {
        points,
        ..Offered::default()
    };
    shown(&app, true, &given, (wanted, asked, offered), lang).await
}

/// `GET /rete/servizi`
pub async fn network(
    app: App,
    Language(lang): Language,
    _who: Coordinator,
    given: Query<ServicesQuery>,
) -> Result<HttpResponse, Error> {
    let mut asked = ListQuery::default();
    let programmes = programme::list(app.db.read()).await?;
    let shown_one = of_programme(&app, &programmes, &given.programma, &mut asked);
    let points = point::list(app.db.read(), shown_one.map(|one| one.id)).await?;
    let mut wanted = given.wanted(&points, &mut asked);
    wanted.programme = shown_one.map(|one| one.id);
    let named = programmes.iter();
    let offered = Offered {
        points,
        programmes: named
            .map(|one| (one.code.clone(), one.name.clone()))
            .collect(),
        ..Offered::default()
    };
    shown(&app, false, &given, (wanted, asked, offered), lang).await
}

/// The programme of a code; without one the installation's, or the first.
pub(crate) fn of_programme<'a>(
    app: &State,
    all: &'a [Programme],
    code: &str,
    asked: &mut ListQuery,
) -> Option<&'a Programme> {
    let named = |code: &str| all.iter().find(|one| one.code == code);
    let usual = app.settings.programme.as_deref().and_then(named);
    asked
        .read("programma", code, "list-not-there", named)
        .or(usual)
        .or(all.first())
}

async fn shown(
    app: &State,
    desk: bool,
    given: &ServicesQuery,
    (wanted, mut asked, mut offered): (EntryFilter, ListQuery, Offered),
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let points = wanted.points.as_deref().filter(|all| all.len() <= FEW);
    if let Some(points) = points {
        offered.facilitators = facilitators::named_at(&app.db, points).await?;
    }
    let known = |id: AccountId, all: &[(AccountId, String)]| all.iter().any(|one| one.0 == id);
    if let Some(chosen) = wanted
        .facilitator
        .filter(|id| !known(*id, &offered.facilitators))
    {
        // They work elsewhere now, or the points are too many to offer everybody's.
        match staff::names(&app.db, [chosen]).await?.remove(&chosen) {
            Some(name) => offered.facilitators.push((chosen, name)),
            None => asked.refuse("facilitatore", "list-not-there"),
        }
    }
    offered.few = points.is_some() || wanted.facilitator.is_some();
    if wanted.order == EntryOrder::Minutes && !offered.few {
        asked.refuse(SORT, "list-sort-few");
    }
    let faults = asked.faults();
    let page = match faults.is_empty() {
        true => ledger::list(&app.db, &wanted).await?,
        false => EntriesPage::default(),
    };
    let services: Vec<_> = page.entries.iter().map(|entry| entry.id).collect();
    let held = held::of_services(&app.db, &app.vault, &services, app.today()).await?;
    let page = ServicesPage::new(
        desk,
        &given.filters(),
        &offered,
        (&page, &held),
        &faults,
        lang,
    );
    show_as(status(&faults), app, "services.html", lang, &page)
}

impl ServicesQuery {
    fn wanted(&self, points: &[Point], asked: &mut ListQuery) -> EntryFilter {
        let columns = [("giorno", EntryOrder::Day), ("minuti", EntryOrder::Minutes)];
        let usual = Sorted {
            by: EntryOrder::Day,
            descending: true,
        };
        let sorted = asked.sorted(&self.ordina, &columns, usual);
        let after = asked.read("dopo", &self.dopo, "list-not-a-page", cursor);
        let before = asked.read("prima", &self.prima, "list-not-a-page", cursor);
        EntryFilter {
            programme: None,
            points: self.points(points, asked),
            kind: asked.read("tipo", &self.tipo, "list-not-there", ServiceKind::from_name),
            facilitator: asked.read("facilitatore", &self.facilitatore, "list-not-there", |id| {
                id.parse().ok().map(AccountId)
            }),
            voided: asked.read(
                "stato",
                &self.stato,
                "list-not-there",
                |state| match state {
                    "validi" => Some(false),
                    "annullati" => Some(true),
                    _ => None,
                },
            ),
            from: asked.day("dal", &self.dal),
            to: asked.day("al", &self.al),
            order: sorted.by,
            ascending: !sorted.descending,
            beside: before.or(after),
            back: before.is_some(),
        }
    }

    /// The points of what was chosen of the place; `None` where nothing was.
    fn points(&self, all: &[Point], asked: &mut ListQuery) -> Option<Vec<PointId>> {
        let ids = |of: &dyn Fn(&Point) -> bool| {
            let ids: Vec<_> = all.iter().filter(|one| of(one)).map(|one| one.id).collect();
            Some(ids).filter(|ids| !ids.is_empty())
        };
        let parts = [
            asked.read("punto", &self.punto, "list-not-there", |code| {
                ids(&|one| one.has_code(code))
            }),
            asked.read("provincia", &self.provincia, "list-not-there", |name| {
                ids(&|one| one.province == name)
            }),
            asked.read("comune", &self.comune, "list-no-municipality", |name| {
                ids(&|one| folded(&one.municipality) == folded(name))
            }),
        ];
        parts.into_iter().flatten().reduce(|mut all, part| {
            all.retain(|id| part.contains(id));
            all
        })
    }

    fn filters(&self) -> ServicesFilterForm {
        ServicesFilterForm {
            from: self.dal.clone(),
            to: self.al.clone(),
            kind: self.tipo.clone(),
            point: self.punto.clone(),
            province: self.provincia.clone(),
            municipality: self.comune.clone(),
            facilitator: self.facilitatore.clone(),
            state: self.stato.clone(),
            programme: self.programma.clone(),
            sort: self.ordina.clone(),
        }
    }
}

fn cursor(text: &str) -> Option<Cursor> {
    let mut parts = text.split('_');
    let (day, minutes, id) = (parts.next()?, parts.next()?, parts.next()?);
    let form = time::macros::format_description!("[year]-[month]-[day]");
    Some(Cursor {
        minutes: minutes.parse().ok()?,
        day: time::Date::parse(day, form).ok()?,
        id: id.parse().ok()?,
    })
}
