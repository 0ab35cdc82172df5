//! The administrator's room as one enters it: what asks for somebody, and who there is.

use actix_web::HttpResponse;
use serde::Deserialize;

use crate::accounts::members::{self, MemberFilter};
use crate::domain::role::Role;
use crate::network::point::{self, Point};
use crate::web::administration::account_page::{AccountsAsked, AccountsPage, state_from_name};
use crate::web::error::Error;
use crate::web::extract::{Language, Steward};
use crate::web::installation::Condition;
use crate::web::parts::list_query::{ListQuery, Sorted, status};
use crate::web::parts::show_as;
use crate::web::read::{Form, Query};
use crate::web::searches::{Searched, Searcher};
use crate::web::state::App;

/// Which accounts, as the address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AccountsQuery {
    ruolo: String,
    punto: String,
    stato: String,
    ordina: String,
    pagina: String,
}

/// Whom to find.
#[derive(Deserialize)]
pub struct Named {
    #[serde(default)]
    q: String,
}

/// `GET /amministrazione`
pub async fn home(
    app: App,
    Language(lang): Language,
    who: Steward,
    searcher: Searcher,
    searched: Query<Searched>,
    given: Query<AccountsQuery>,
) -> Result<HttpResponse, Error> {
    let name = searcher.words(searched.ricerca);
    let points = point::list(app.db.read(), None).await?;
    let mut asked = ListQuery::default();
    let wanted = given.wanted(name.as_deref().unwrap_or_default(), &points, &mut asked);
    let faults = asked.faults();
    let kept = members::kept(&app.db, who.stewardship, who.account).await?;
    let condition = Condition::for_steward(&app, who).await?;
    let about = (&wanted, &faults[..], app.now());
    let page = AccountsPage::new(&kept, &points, about, who.room(), condition.as_ref(), lang);
    show_as(status(&faults), &app, "accounts.html", lang, &page)
}

/// `POST /amministrazione/cerca`
pub async fn search(
    _who: Steward,
    searcher: Searcher,
    named: Form<Named>,
) -> Result<HttpResponse, Error> {
    Ok(searcher.lead("/amministrazione", &named.q))
}

impl AccountsQuery {
    /// What is asked for, of those with this name.
    fn wanted(&self, name: &str, points: &[Point], asked: &mut ListQuery) -> AccountsAsked {
        let usual = Sorted {
            by: (),
            descending: false,
        };
        // There is one order, and it has no name.
        asked.sorted(&self.ordina, &[], usual);
        let staff = |role: &Role| *role != Role::Citizen;
        let filter = MemberFilter {
            text: name.to_owned(),
            role: asked.read("ruolo", &self.ruolo, "list-not-there", |role| {
                role.parse().ok().filter(staff)
            }),
            point: asked.read("punto", &self.punto, "list-not-there", |code| {
                let there = points.iter().find(|point| point.has_code(code));
                there.map(|point| point.code.clone())
            }),
            state: asked.read("stato", &self.stato, "list-not-there", state_from_name),
        };
        AccountsAsked {
            role: self.ruolo.trim().to_owned(),
            point: filter.point.clone().unwrap_or_default(),
            state: self.stato.trim().to_owned(),
            page: asked.page(&self.pagina),
            filter,
        }
    }
}
