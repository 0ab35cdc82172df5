//! Assigning to a citizen or a group, taking back, and recording what a citizen did at the point.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use crate::domain::ids::{AssignmentId, CitizenId, GroupId, LessonId, ModuleId, PathId};
use crate::domain::locale::Lang;
use crate::learning::assignment::{self, NewAssignment, To};
use crate::learning::{DeskError, behalf, group, progress};
use crate::web::desk::assign_page::{AssignPage, AssignQuery, AssignTyped, Whom, day_of_form};
use crate::web::error::{Error, FieldFault};
use crate::web::extract::{Facilitator, Language};
use crate::web::learn::answer_form::{FormFields, value};
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::{Form, Query};
use crate::web::state::{App, State};

const TEMPLATE: &str = "assign.html";

/// What is taken back.
#[derive(Deserialize)]
pub struct Taken {
    id: AssignmentId,
}

/// What a facilitator saw done, and why it is recorded here.
#[derive(Deserialize)]
pub struct ObservedForm {
    module: String,
    reason: String,
}

/// `GET /punto/cittadini/{id}/assegna?q=&ambito=`
pub async fn to_citizen(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    id: Path<CitizenId>,
    need: Query<AssignQuery>,
) -> Result<HttpResponse, Error> {
    let page = citizen_page(&app, &desk, *id, &need, lang).await?;
    show(&app, TEMPLATE, lang, &page)
}

/// `POST /punto/cittadini/{id}/assegna`
pub async fn give_citizen(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    id: Path<CitizenId>,
    fields: FormFields,
) -> Result<HttpResponse, Error> {
    let (typed, need) = typed(&fields);
    match give(&app, &desk, To::Citizens(vec![*id]), &typed).await {
        Ok(()) => Ok(back(&citizen_address(*id), "assegnato")),
        Err(Error::Invalid(faults)) => {
            let page = citizen_page(&app, &desk, *id, &need, lang).await?;
            again(&app, lang, &page.refused(&typed, &faults, lang))
        }
        Err(error) => Err(error),
    }
}

/// `GET /punto/gruppi/{id}/assegna?q=&ambito=`
pub async fn to_group(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    id: Path<GroupId>,
    need: Query<AssignQuery>,
) -> Result<HttpResponse, Error> {
    let page = group_page(&app, &desk, *id, &need, lang).await?;
    show(&app, TEMPLATE, lang, &page)
}

/// `POST /punto/gruppi/{id}/assegna`
pub async fn give_group(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    id: Path<GroupId>,
    fields: FormFields,
) -> Result<HttpResponse, Error> {
    let (typed, need) = typed(&fields);
    match give(&app, &desk, To::Group(*id), &typed).await {
        Ok(()) => Ok(back(&group_address(*id), "assegnato")),
        Err(Error::Invalid(faults)) => {
            let page = group_page(&app, &desk, *id, &need, lang).await?;
            again(&app, lang, &page.refused(&typed, &faults, lang))
        }
        Err(error) => Err(error),
    }
}

/// `POST /punto/cittadini/{id}/assegna/ritira`
pub async fn take_citizen(
    app: App,
    desk: Facilitator,
    id: Path<CitizenId>,
    taken: Form<Taken>,
) -> Result<HttpResponse, Error> {
    assignment::withdraw(&app.db, &desk.points, taken.id, desk.account, app.now()).await?;
    Ok(back(&citizen_address(*id), "ritirato"))
}

/// `POST /punto/gruppi/{id}/assegna/ritira`
pub async fn take_group(
    app: App,
    desk: Facilitator,
    id: Path<GroupId>,
    taken: Form<Taken>,
) -> Result<HttpResponse, Error> {
    assignment::withdraw(&app.db, &desk.points, taken.id, desk.account, app.now()).await?;
    Ok(back(&group_address(*id), "ritirato"))
}

/// `POST /punto/cittadini/{id}/completamenti`: the citizen did a module at the point.
pub async fn complete(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    id: Path<CitizenId>,
    seen: Form<ObservedForm>,
) -> Result<HttpResponse, Error> {
    match record(&app, &desk, *id, &seen).await {
        Ok(()) => Ok(back(&citizen_address(*id), "completato")),
        Err(Error::Invalid(faults)) => {
            let page = citizen_page(&app, &desk, *id, &AssignQuery::default(), lang).await?;
            let page = page.unrecorded(&seen.module, &seen.reason, &faults, lang);
            again(&app, lang, &page)
        }
        Err(error) => Err(error),
    }
}

async fn record(
    app: &State,
    desk: &Facilitator,
    citizen: CitizenId,
    seen: &ObservedForm,
) -> Result<(), Error> {
    let module = ModuleId::parse(&seen.module);
    let module = module.map_err(|_| Error::field("module", "not-a-choice"))?;
    let (catalogue, whose) = (app.catalogue(), (citizen, &module));
    let (by, now) = (desk.account, app.now());
    let done = behalf::complete(
        &app.db,
        &catalogue,
        &desk.points,
        whose,
        &seen.reason,
        by,
        now,
    );
    match done.await {
        Err(DeskError::Completed) => Err(Error::field("module", "completed-already")),
        other => Ok(other?),
    }
}

async fn give(app: &State, desk: &Facilitator, to: To, typed: &AssignTyped) -> Result<(), Error> {
    let (catalogue, new) = (app.catalogue(), new(typed)?);
    let (by, now) = (desk.account, app.now());
    assignment::assign(&app.db, &catalogue, &desk.points, to, new, by, now).await?;
    Ok(())
}

/// What the form gives; what cannot be an id or a day is at fault.
fn new(typed: &AssignTyped) -> Result<NewAssignment, Error> {
    let mut faults = Vec::new();
    let mut fault = |field: &'static str, key: &'static str| {
        let (field, key) = (field.into(), key.into());
        faults.push(FieldFault { field, key });
    };
    let modules: Result<Vec<_>, _> = typed.modules.iter().map(|id| ModuleId::parse(id)).collect();
    if modules.is_err() {
        fault("modules", "assign-unknown-module");
    }
    let path = Some(typed.path.as_str()).filter(|path| !path.is_empty());
    let path = path.map(PathId::parse).transpose();
    if path.is_err() {
        fault("path", "assign-unknown-path");
    }
    let start = match typed.lesson.split_once('/') {
        Some((module, lesson)) => ModuleId::parse(module)
            .ok()
            .zip(LessonId::parse(lesson).ok()),
        None => None,
    };
    if start.is_none() && !typed.lesson.is_empty() {
        fault("lesson", "assign-unknown-lesson");
    }
    let due_on = day_of_form(&typed.due_on);
    if let Err(fault) = &due_on {
        faults.push(fault.clone());
    }
    match (modules, path, due_on) {
        (Ok(modules), Ok(path), Ok(due_on)) if faults.is_empty() => Ok(NewAssignment {
            modules,
            path,
            start,
            due_on,
            note: typed.note.clone(),
        }),
        _ => Err(Error::Invalid(faults)),
    }
}

fn typed(fields: &FormFields) -> (AssignTyped, AssignQuery) {
    let one = |name| value(fields, name).unwrap_or_default();
    let modules = fields.iter().filter(|(name, _)| name == "modules");
    let typed = AssignTyped {
        modules: modules.map(|(_, id)| id.clone()).collect(),
        path: one("path").to_owned(),
        lesson: one("lesson").to_owned(),
        due_on: one("due_on").to_owned(),
        note: one("note").to_owned(),
    };
    (typed, AssignQuery::new(one("q"), one("ambito")))
}

async fn citizen_page(
    app: &State,
    desk: &Facilitator,
    id: CitizenId,
    need: &AssignQuery,
    lang: Lang,
) -> Result<AssignPage, Error> {
    let record = desk.record(app, id).await?;
    let progress = progress::of_citizen(&app.db, record.id).await?;
    let assigned = assignment::of_citizen(&app.db, record.id, app.today()).await?;
    let published = app.published();
    let results = need.query().map(|query| published.search.search(&query));
    let (whom, results) = (Whom::Citizen(&record, &progress), results.transpose()?);
    let catalogue = &published.catalogue;
    Ok(AssignPage::new(
        catalogue, &whom, need, results, &assigned, lang,
    ))
}

async fn group_page(
    app: &State,
    desk: &Facilitator,
    id: GroupId,
    need: &AssignQuery,
    lang: Lang,
) -> Result<AssignPage, Error> {
    let group = group::read(&app.db, &desk.points, id).await?;
    let assigned = assignment::of_group(&app.db, group.id).await?;
    let published = app.published();
    let results = need.query().map(|query| published.search.search(&query));
    let (whom, results) = (Whom::Group(&group), results.transpose()?);
    let catalogue = &published.catalogue;
    Ok(AssignPage::new(
        catalogue, &whom, need, results, &assigned, lang,
    ))
}

fn again(app: &State, lang: Lang, page: &AssignPage) -> Result<HttpResponse, Error> {
    show_as(
        HttpResponse::UnprocessableEntity(),
        app,
        TEMPLATE,
        lang,
        page,
    )
}

fn back(address: &str, done: &str) -> HttpResponse {
    see_other(&format!("{address}/assegna?fatto={done}"))
}

fn citizen_address(citizen: CitizenId) -> String {
    format!("/punto/cittadini/{citizen}")
}

fn group_address(group: GroupId) -> String {
    format!("/punto/gruppi/{group}")
}
