//! The groups of a point: who is in them, what they were given, how far they are.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Path;
use serde::Deserialize;
use uuid::Uuid;

use crate::citizens::find;
use crate::db::audit;
use crate::domain::ids::{CitizenId, GroupId, PointId};
use crate::domain::locale::Lang;
use crate::domain::table::{self, TableReader};
use crate::learning::group::{self, Group, GroupEdit};
use crate::learning::{assignment, progress};
use crate::web::desk::citizen::own_points;
use crate::web::desk::group_page::{GivenModule, GroupPage, GroupStanding, GroupsPage};
use crate::web::error::{Error, FieldFault};
use crate::web::extract::{Facilitator, Language};
use crate::web::parts::list_query::page_of_part;
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::{Form, Query};
use crate::web::searches::{Searched, Searcher};
use crate::web::state::{App, State};

/// A new group and, for a facilitator of several points, where.
#[derive(Deserialize)]
pub struct GroupForm {
    name: String,
    point: Option<Uuid>,
}

/// A name.
#[derive(Deserialize)]
pub struct NewName {
    name: String,
}

/// Whom to find.
#[derive(Deserialize)]
pub struct GroupSearchForm {
    q: String,
}

/// Who joins or leaves, and the page of the people where somebody was.
#[derive(Deserialize)]
pub struct Moved {
    add: Option<CitizenId>,
    remove: Option<CitizenId>,
    #[serde(default)]
    pagina: String,
}

/// Which page of the groups, or of the people of one.
#[derive(Deserialize)]
pub struct GroupsQuery {
    #[serde(default)]
    pagina: String,
}

/// `GET /punto/gruppi`
pub async fn list(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    paged: Query<GroupsQuery>,
) -> Result<HttpResponse, Error> {
    let at = page_of_part(&paged.pagina);
    let page = groups(&app, &desk, at, ("", None, &[]), lang).await?;
    show(&app, "groups.html", lang, &page)
}

/// `POST /punto/gruppi`
pub async fn create(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    new: Form<GroupForm>,
) -> Result<HttpResponse, Error> {
    let point = new.point.map(PointId).or(desk.points.first().copied());
    let here = point
        .filter(|point| desk.points.contains(point))
        .ok_or(Error::NotFound)?;
    let done = group::create(&app.db, here, &new.name, desk.account, app.now()).await;
    match done.map_err(Error::from) {
        Ok(group) => Ok(see_other(&address(group))),
        Err(Error::Invalid(faults)) => {
            let page = groups(&app, &desk, 1, (&new.name, point, &faults), lang).await?;
            show_as(unprocessable(), &app, "groups.html", lang, &page)
        }
        Err(error) => Err(error),
    }
}

/// `GET /punto/gruppi/{id}`
pub async fn read(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    searcher: Searcher,
    id: Path<GroupId>,
    searched: Query<Searched>,
    paged: Query<GroupsQuery>,
) -> Result<HttpResponse, Error> {
    let group = group::read(&app.db, &desk.points, *id).await?;
    let mut page = page(&app, &group, page_of_part(&paged.pagina), lang).await?;
    if let Some(words) = searcher.words(searched.ricerca) {
        let found = find::find(&app.db, &app.vault, &words, Some(&[group.point])).await?;
        page = page.found(&words, found, lang);
    }
    show(&app, "group.html", lang, &page)
}

/// `POST /punto/gruppi/{id}`: another name.
pub async fn rename(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    id: Path<GroupId>,
    new: Form<NewName>,
) -> Result<HttpResponse, Error> {
    let (name, by, now) = (&new.name, desk.account, app.now());
    let done = group::rename(&app.db, &desk.points, *id, name, by, now).await;
    match done.map_err(Error::from) {
        Ok(()) => Ok(see_other(&address(*id))),
        Err(error) => refused(&app, &desk, *id, Some(name), error, lang).await,
    }
}

/// `POST /punto/gruppi/{id}/chiudi`
pub async fn close(app: App, desk: Facilitator, id: Path<GroupId>) -> Result<HttpResponse, Error> {
    group::close(&app.db, &desk.points, *id, desk.account, app.now()).await?;
    Ok(see_other("/punto/gruppi"))
}

/// `POST /punto/gruppi/{id}/cerca`: somebody to add.
pub async fn search(
    app: App,
    desk: Facilitator,
    searcher: Searcher,
    id: Path<GroupId>,
    wanted: Form<GroupSearchForm>,
) -> Result<HttpResponse, Error> {
    let group = group::read(&app.db, &desk.points, *id).await?;
    Ok(searcher.lead(&address(group.id), &wanted.q))
}

/// `POST /punto/gruppi/{id}/persone`: somebody joins or leaves.
pub async fn people(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    id: Path<GroupId>,
    moved: Form<Moved>,
) -> Result<HttpResponse, Error> {
    let change = match (moved.add, moved.remove) {
        (Some(citizen), _) => GroupEdit::Add(citizen),
        (None, Some(citizen)) => GroupEdit::Remove(citizen),
        (None, None) => return Err(Error::bad_request("error-400-text")),
    };
    let (account, now) = (desk.account, app.now());
    let done = group::change(&app.db, &desk.points, *id, change, account, now).await;
    match done.map_err(Error::from) {
        Ok(()) => Ok(see_other(&match page_of_part(&moved.pagina) {
            1 => format!("{}#persone", address(*id)),
            page => format!("{}?pagina={page}#progressi", address(*id)),
        })),
        Err(error) => refused(&app, &desk, *id, None, error, lang).await,
    }
}

/// `GET /punto/gruppi/{id}/progressi.csv`: the table of the page, cell by cell, as Excel opens it.
pub async fn csv(
    app: App,
    Language(lang): Language,
    desk: Facilitator,
    id: Path<GroupId>,
) -> Result<HttpResponse, Error> {
    let group = group::read(&app.db, &desk.points, *id).await?;
    let (standing, _) = standing(&app, &group, lang).await?;
    audit::saw(audit::Action::GroupExported, "group", group.id.0, "");
    let file = table::csv(TableReader::Excel, standing.lines()).map_err(Error::internal)?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"progressi.csv\"",
        ))
        .body(file))
}

async fn groups(
    app: &State,
    desk: &Facilitator,
    at: usize,
    new: (&str, Option<PointId>, &[FieldFault]),
    lang: Lang,
) -> Result<GroupsPage, Error> {
    let listed = group::of_points(&app.db, &desk.points).await?;
    Ok(GroupsPage::new(
        &own_points(app, desk).await?,
        (&listed, at),
        new,
        lang,
    ))
}

async fn page(app: &State, group: &Group, at: usize, lang: Lang) -> Result<GroupPage, Error> {
    let (standing, given) = standing(app, group, lang).await?;
    Ok(GroupPage::new(group, standing, given, at, lang))
}

async fn standing(
    app: &State,
    group: &Group,
    lang: Lang,
) -> Result<(GroupStanding, Vec<GivenModule>), Error> {
    let members = group::members(&app.db, group).await?;
    let assigned = assignment::of_group(&app.db, group.id).await?;
    let people: Vec<CitizenId> = members.iter().map(|member| member.id).collect();
    let mut progress = progress::of_citizens(&app.db, &people).await?;
    for member in &members {
        if let (Some(from), Some(all)) = (member.least_since, progress.get_mut(&member.id)) {
            progress::since(all, from);
        }
    }
    let catalogue = app.catalogue();
    Ok((
        GroupStanding::new(&catalogue, &members, &assigned, &progress, lang),
        GivenModule::lines(&catalogue, &assigned, None, lang),
    ))
}

/// The group's page again, with what is wrong.
async fn refused(
    app: &State,
    desk: &Facilitator,
    id: GroupId,
    name: Option<&str>,
    error: Error,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let Error::Invalid(faults) = error else {
        return Err(error);
    };
    let group = group::read(&app.db, &desk.points, id).await?;
    let page = page(app, &group, 1, lang).await?;
    let page = page.refused(name, &faults, lang);
    show_as(unprocessable(), app, "group.html", lang, &page)
}

fn unprocessable() -> actix_web::HttpResponseBuilder {
    HttpResponse::UnprocessableEntity()
}

fn address(group: GroupId) -> String {
    format!("/punto/gruppi/{group}")
}
