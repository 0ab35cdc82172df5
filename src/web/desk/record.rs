//! Recording a service at the desk: quick help for one person, or the list of who attended.
//!
//! One form for both. Looking for people sends the whole form, so that nothing that was written or
//! ticked is lost and no name stands in an address.

use actix_web::HttpResponse;
use serde::Deserialize;

use crate::accounts::facilitators::{self, FacilitatorAccount};
use crate::citizens::find::{self, FoundCitizen};
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::ids::{AccountId, CitizenId, GroupId};
use crate::domain::locale::Lang;
use crate::network::point::{self, Point};
use crate::network::{attendance, service, usual};
use crate::web::desk::service_draft::Draft;
use crate::web::desk::service_form::{Around, ServiceForm};
use crate::web::error::{Error, FieldFault};
use crate::web::extract::{Keeper, Language};
use crate::web::learn::answer_form::FormFields;
use crate::web::parts::{see_other, show_as};
use crate::web::read::Query;
use crate::web::state::{App, State};

/// For whom, and where.
#[derive(Debug, Deserialize)]
pub struct ServiceQuery {
    cittadino: Option<CitizenId>,
    gruppo: Option<GroupId>,
    #[serde(default)]
    punto: String,
}

/// `GET /punto/servizi/nuovo`
pub async fn one(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    asked: Query<ServiceQuery>,
) -> Result<HttpResponse, Error> {
    begin(&app, lang, &keeper, &asked, true).await
}

/// `POST /punto/servizi/nuovo`
pub async fn record_one(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    fields: FormFields,
) -> Result<HttpResponse, Error> {
    go_on(&app, lang, &keeper, Draft::read(&fields, true)).await
}

/// `GET /punto/servizi/gruppo`
pub async fn group(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    asked: Query<ServiceQuery>,
) -> Result<HttpResponse, Error> {
    begin(&app, lang, &keeper, &asked, false).await
}

/// `POST /punto/servizi/gruppo`
pub async fn record_group(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    fields: FormFields,
) -> Result<HttpResponse, Error> {
    go_on(&app, lang, &keeper, Draft::read(&fields, false)).await
}

/// Where a service is being recorded, or corrected.
pub(crate) struct ServiceDesk<'a> {
    pub(crate) app: &'a State,
    pub(crate) keeper: &'a Keeper,
    /// The chosen one first.
    pub(crate) points: Vec<Point>,
    /// Of the chosen point, for a coordinator to name one.
    pub(crate) staff: Vec<FacilitatorAccount>,
}

impl<'a> ServiceDesk<'a> {
    /// A facilitator's points, or the one that a coordinator names.
    async fn at(app: &'a State, keeper: &'a Keeper, code: &str) -> Result<Self, Error> {
        let (points, staff) = match &keeper.points {
            Some(own) => {
                let mut points = point::list(app.db.read(), None).await?;
                points.retain(|point| own.contains(&point.id));
                if !code.is_empty() && points.iter().all(|point| point.code != code) {
                    return Err(Error::NotFound);
                }
                points.sort_by_key(|point| point.code != code);
                (points, Vec::new())
            }
            None => {
                let point = point::by_code(app.db.read(), code).await?;
                let point = point.ok_or(Error::NotFound)?;
                let staff = facilitators::of_point(&app.db, &app.vault, point.id).await?;
                (vec![point], staff)
            }
        };
        Ok(Self {
            app,
            keeper,
            points,
            staff,
        })
    }

    pub(crate) fn here(&self) -> Result<&Point, Error> {
        self.points.first().ok_or(Error::NotFound)
    }

    pub(crate) async fn show(
        &self,
        draft: &Draft,
        found: &[FoundCitizen],
        nobody: bool,
        faults: &[FieldFault],
        lang: Lang,
    ) -> Result<HttpResponse, Error> {
        let (db, points) = (&self.app.db, self.keeper.points.as_deref());
        let listed = attendance::people(db, &draft.ids(), points).await?;
        let groups = match draft.one {
            true => Vec::new(),
            false => attendance::groups(db, self.here()?.id).await?,
        };
        let around = Around {
            points: &self.points,
            staff: &self.staff,
            groups: &groups,
            listed: &listed,
            found,
            nobody,
        };
        let page = ServiceForm::new(draft, &around, faults, self.app.now(), lang);
        let response = match faults {
            [] => HttpResponse::Ok(),
            _ => HttpResponse::UnprocessableEntity(),
        };
        show_as(response, self.app, "service_form.html", lang, &page)
    }

    /// The form with people looked for, or a group put on the list.
    pub(crate) async fn look(&self, mut draft: Draft, lang: Lang) -> Result<HttpResponse, Error> {
        let (db, points) = (&self.app.db, self.keeper.points.as_deref());
        if draft.act == "group" {
            if let Ok(group) = draft.group.parse() {
                for member in attendance::of_group(db, group, points).await? {
                    draft.add(member.id.to_string());
                }
            }
            return self.show(&draft, &[], false, &[], lang).await;
        }
        if let Ok(code) = CodiceFiscale::parse(&draft.q) {
            let known = find::find(db, &self.app.vault, code.as_str(), points).await?;
            let known = known.into_iter().next();
            let nobody = known.is_none();
            if let Some(known) = known {
                draft.q.clear();
                draft.add(known.id.to_string());
            }
            return self.show(&draft, &[], nobody, &[], lang).await;
        }
        let found = match draft.q.as_str() {
            "" => Vec::new(),
            q => find::find(db, &self.app.vault, q, points).await?,
        };
        let nobody = found.is_empty() && !draft.q.is_empty();
        if let [only] = found.as_slice() {
            draft.q.clear();
            draft.add(only.id.to_string());
        }
        self.show(&draft, &found, nobody, &[], lang).await
    }

    /// Records, or shows the form again with what is wrong.
    async fn save(&self, draft: &Draft, lang: Lang) -> Result<HttpResponse, Error> {
        let gives = match self.staff.as_slice() {
            [] => self.keeper.account,
            _ => AccountId(draft.facilitator.parse().unwrap_or_default()),
        };
        let new = match draft.service(self.here()?.id, gives, draft.ids()) {
            Ok(new) => new,
            Err(faults) => return self.show(draft, &[], false, &faults, lang).await,
        };
        let (reach, by) = (self.keeper.reach(), self.keeper.account);
        let now = self.app.now();
        match service::record(&self.app.db, new, reach, by, now)
            .await
            .map_err(Error::from)
        {
            Ok((done, is_new)) => {
                let did = if is_new { "recorded" } else { "there" };
                let at = format!("/punto/servizi/{}?fatto={did}", done.service);
                Ok(see_other(&at))
            }
            Err(Error::Invalid(faults)) => self.show(draft, &[], false, &faults, lang).await,
            Err(error) => Err(error),
        }
    }
}

async fn begin(
    app: &State,
    lang: Lang,
    keeper: &Keeper,
    asked: &ServiceQuery,
    one: bool,
) -> Result<HttpResponse, Error> {
    if keeper.points.is_none() && asked.punto.is_empty() {
        // A coordinator says where first.
        return Ok(see_other("/rete/punti"));
    }
    let usual = usual::of(&app.db, keeper.account, one).await?;
    let mut desk = ServiceDesk::at(app, keeper, &asked.punto).await?;
    if let Some(usual) = usual.filter(|_| asked.punto.is_empty()) {
        desk.points.sort_by_key(|point| point.id != usual.point);
    }
    let known: Vec<_> = asked.cittadino.into_iter().collect();
    let people = attendance::people(&app.db, &known, keeper.points.as_deref()).await?;
    let people = people.iter().map(|person| person.id.to_string()).collect();
    let mut draft = Draft::new(one, people, app.now()).as_usual(usual);
    draft.point.clone_from(&desk.here()?.code);
    if let Some(group) = asked.gruppo {
        (draft.act, draft.group) = ("group".to_owned(), group.to_string());
        return desk.look(draft, lang).await;
    }
    desk.show(&draft, &[], false, &[], lang).await
}

async fn go_on(
    app: &State,
    lang: Lang,
    keeper: &Keeper,
    draft: Draft,
) -> Result<HttpResponse, Error> {
    let desk = ServiceDesk::at(app, keeper, &draft.point).await?;
    match draft.act.as_str() {
        "search" | "group" => desk.look(draft, lang).await,
        _ => desk.save(&draft, lang).await,
    }
}
