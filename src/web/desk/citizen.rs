//! A person at the desk: registering, the record, correcting it, what they agree to.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use crate::accounts::{Viewer, card};
use crate::citizens::consent::{self, Agreed};
use crate::citizens::known::Corrected;
use crate::citizens::record::CENTURY_OPEN;
use crate::citizens::{Citizen, Details, find, follow};
use crate::db::staff;
use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::ids::{CitizenId, PointId};
use crate::domain::locale::Lang;
use crate::domain::role::Role;
use crate::learning::{history, merge, progress, registration, takeover};
use crate::network::facilita::held;
use crate::network::point::{self, Point};
use crate::web::desk::brought;
use crate::web::desk::citizen_form::{CitizenForm, INCOMPLETE};
use crate::web::desk::citizen_page::{CitizenFacts, CitizenPage};
use crate::web::desk::history::HistoryView;
use crate::web::doors::whose::TakenLine;
use crate::web::error::{Error, FieldFault};
use crate::web::extract::{Anyone, Facilitator, Keeper, Language};
use crate::web::own::path as mine;
use crate::web::parts::list_query::page_of_part;
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::{Form, Query};
use crate::web::state::{App, State};

/// What was done just now.
#[derive(Debug, Deserialize)]
pub struct Just {
    fatto: Option<String>,
    #[serde(default)]
    pagina: String,
}

/// The list that led here.
#[derive(Debug, Deserialize)]
pub struct CitizenQuery {
    #[serde(default)]
    da: String,
}

impl CitizenQuery {
    /// Whether it is that of the records to complete.
    fn incomplete(&self) -> bool {
        self.da == "schede"
    }
}

/// What a person says about being written to, or that they were given the notice.
#[derive(Deserialize)]
pub struct ConsentForm {
    consenso: String,
}

/// `GET /punto/cittadini/{id}`; a record that was merged leads to the one that stands for it.
pub async fn citizen(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    Anyone(viewer): Anyone,
    id: Path<CitizenId>,
    just: Query<Just>,
) -> Result<HttpResponse, Error> {
    let record = match keeper.record(&app, *id).await {
        Err(Error::NotFound) => return kept_instead(&app, &keeper, *id).await,
        Err(Error::Forbidden) => {
            return brought::least(&app, &keeper, *id, just.fatto.as_deref(), lang).await;
        }
        record => record?,
    };
    let known = known(&app, &record, &keeper, viewer.as_ref(), lang).await?;
    let page = CitizenPage::new(&record, known, just.fatto.as_deref(), app.today(), lang);
    let history = history(&app, &keeper, record.id, lang).await?;
    let page = page.with_history(history.page(page_of_part(&just.pagina)));
    show(&app, "citizen.html", lang, &page)
}

/// `GET /punto/cittadini/{id}/dati`
pub async fn edit(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<CitizenId>,
    from: Query<CitizenQuery>,
) -> Result<HttpResponse, Error> {
    let record = keeper.record(&app, *id).await?;
    let home = keeper.has(record.point);
    let form = CitizenForm::correction(&record, home, from.incomplete(), lang);
    show(&app, "citizen_form.html", lang, &form)
}

/// `POST /punto/cittadini/{id}/dati`
pub async fn correct(
    app: App,
    Language(lang): Language,
    keeper: Keeper,
    id: Path<CitizenId>,
    from: Query<CitizenQuery>,
    details: Form<Details>,
) -> Result<HttpResponse, Error> {
    let record = keeper.record(&app, *id).await?;
    let details = details.into_inner();
    let (account, now) = (keeper.account, app.now());
    let changes = details.clone();
    let done = registration::correct(&app.db, &app.vault, record.id, changes, account, now).await;
    match done.map_err(Error::from) {
        Ok(Corrected::Done) if from.incomplete() => Ok(see_other(INCOMPLETE)),
        Ok(Corrected::Done) => Ok(see_other(&address(record.id))),
        Ok(Corrected::Brought(there)) => {
            Ok(see_other(&format!("{}?fatto=conosciuta", address(there))))
        }
        Err(error) => {
            let home = keeper.has(record.point);
            let form = CitizenForm::correction(&record, home, from.incomplete(), lang);
            refused(&app, &keeper, form, &details, error, lang).await
        }
    }
}

/// `POST /punto/cittadini/{id}/consensi`
pub async fn consents(
    app: App,
    keeper: Keeper,
    id: Path<CitizenId>,
    said: Form<ConsentForm>,
) -> Result<HttpResponse, Error> {
    let citizen = keeper.record(&app, *id).await?.id;
    let (account, now) = (keeper.account, app.now());
    if said.consenso == "ritira" {
        consent::withdraw_contact(&app.db, citizen, Some(account), now).await?;
    } else {
        let agreed = Agreed {
            notice: said.consenso == "notice",
            contact: said.consenso == "contact",
        };
        consent::record(&app.db, citizen, agreed, account, now).await?;
    }
    Ok(see_other(&address(citizen)))
}

/// Everything of a person in order of time.
async fn history(
    app: &State,
    keeper: &Keeper,
    citizen: CitizenId,
    lang: Lang,
) -> Result<HistoryView, Error> {
    let events = history::of_citizen(&app.db, citizen).await?;
    let by = events.iter().filter_map(|event| event.by);
    let names = staff::names(&app.db, by).await?;
    let has = |point| keeper.has(point);
    Ok(HistoryView::new(
        &events,
        &names,
        &app.catalogue(),
        has,
        lang,
    ))
}

async fn known(
    app: &State,
    record: &Citizen,
    keeper: &Keeper,
    viewer: Option<&Viewer>,
    lang: Lang,
) -> Result<CitizenFacts, Error> {
    let progress = progress::of_citizen(&app.db, record.id).await?;
    // Whoever looks at the programme's people reads of those that came to the record's own point.
    let own = |point: PointId| match &keeper.points {
        Some(points) => points.contains(&point),
        None => point == record.point,
    };
    let mut others = follow::of_citizen(&app.db, record.id).await?;
    others.retain(|one| !own(one.point));
    let taken = takeover::undoable_of_citizen(&app.db, record.id, app.now()).await?;
    Ok(CitizenFacts {
        taken: TakenLine::lines(&taken, &address(record.id), &app.catalogue(), lang),
        learning: mine::lines(&app.catalogue(), &progress, lang),
        card: card::in_use(&app.db, record.id).await?,
        consents: consent::of_citizen(app.db.read(), record.id).await?,
        merge: merge::undoable(&app.db, record.id, keeper.account, app.now()).await?,
        at_desk: match viewer.map(|viewer| viewer.points(Role::Facilitator)) {
            Some(desk) => follow::access(app.db.read(), record.id, &desk)
                .await?
                .is_some(),
            None => false,
        },
        others,
        held: held::of_citizen(&app.db, &app.vault, record.id, app.today()).await?,
        may_stop: keeper.has(record.point),
    })
}

async fn kept_instead(app: &State, keeper: &Keeper, id: CitizenId) -> Result<HttpResponse, Error> {
    let kept = find::kept_instead(&app.db, id).await?;
    let kept = keeper.record(app, kept.ok_or(Error::NotFound)?).await?;
    Ok(see_other(&address(kept.id)))
}

pub(crate) async fn refused(
    app: &State,
    keeper: &Keeper,
    form: CitizenForm,
    details: &Details,
    error: Error,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let none: &[FieldFault] = &[];
    let form = match error {
        Error::Invalid(faults) => {
            let open = faults.iter().any(|fault| fault.key == CENTURY_OPEN);
            let code = details.codice_fiscale.as_deref().filter(|_| open);
            let form = form.filled(details, &faults, lang);
            match code.and_then(|code| CodiceFiscale::parse(code).ok()) {
                Some(code) => form.which_century(&code, app.today(), lang),
                None => form,
            }
        }
        Error::Conflict {
            existing: Some(id), ..
        } => {
            let there = keeper.person(app, CitizenId(id)).await.ok();
            form.filled(details, none, lang)
                .taken(there.map(|found| address(found.id)))
        }
        error => return Err(error),
    };
    let status = HttpResponse::UnprocessableEntity();
    show_as(status, app, "citizen_form.html", lang, &form)
}

/// The page of a record.
pub(crate) fn address(citizen: CitizenId) -> String {
    format!("/punto/cittadini/{citizen}")
}

/// The points of a facilitator.
pub(crate) async fn own_points(app: &State, desk: &Facilitator) -> Result<Vec<Point>, Error> {
    let mut points = point::list(app.db.read(), None).await?;
    points.retain(|point| desk.points.contains(&point.id));
    Ok(points)
}
