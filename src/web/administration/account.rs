//! The accounts of the staff: who they are, how they get in, and who is let in no more.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use crate::accounts::members::StaffMember;
use crate::accounts::staff::{self, NewStaff, StaffError};
use crate::accounts::{Grant, links, open_sessions, second_factor};
use crate::domain::ids::{AccountId, PointId, SessionId};
use crate::domain::locale::Lang;
use crate::domain::role::Role;
use crate::network::point::{self, Point};
use crate::web::doors::access::{confirm, proven};
use crate::web::doors::account_page::{
    AccountPage, AccountTyped, AnotherLinkPage, LinkPage, NewAccountPage,
};
use crate::web::error::Error;
use crate::web::extract::{Language, Steward};
use crate::web::parts::list_query::page_of_part;
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::{Form, Query};
use crate::web::state::{App, State};
use crate::web::throttle::Address;

/// What was just done, and which page of the sessions.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AccountQuery {
    fatto: String,
    pagina: String,
}

/// A role to take away; without a point it holds everywhere.
#[derive(Deserialize)]
pub struct RoleForm {
    role: String,
    #[serde(default)]
    point: String,
}

/// A session to end; all of them where none is named.
#[derive(Deserialize)]
pub struct SessionForm {
    session: Option<SessionId>,
}

/// Whether somebody was asked before a link that waits is ended.
#[derive(Deserialize)]
pub struct NewLinkForm {
    #[serde(default)]
    altro: String,
}

/// `GET /amministrazione/nuovo`
pub async fn new(app: App, Language(lang): Language, who: Steward) -> Result<HttpResponse, Error> {
    let points = point::list(app.db.read(), None).await?;
    let page = NewAccountPage::new(&AccountTyped::default(), &who, &points, &[], lang);
    show(&app, "account_new.html", lang, &page)
}

/// `POST /amministrazione/nuovo`: shows the link, once.
pub async fn add(
    app: App,
    Language(lang): Language,
    mut who: Steward,
    address: Address,
    typed: Form<AccountTyped>,
) -> Result<HttpResponse, Error> {
    let points = point::list(app.db.read(), None).await?;
    match added(&app, &mut who, address, &typed, &points).await {
        Ok((account, Some(token))) => linked(&app, who, account, &token, lang).await,
        Ok((account, None)) => Ok(done_at(account, "ruolo-dato")),
        Err(Error::Invalid(faults)) => {
            let page = NewAccountPage::new(&typed, &who, &points, &faults, lang);
            let status = HttpResponse::UnprocessableEntity();
            show_as(status, &app, "account_new.html", lang, &page)
        }
        Err(error) => Err(error),
    }
}

async fn added(
    app: &State,
    who: &mut Steward,
    address: Address,
    typed: &AccountTyped,
    points: &[Point],
) -> Result<(AccountId, Option<String>), Error> {
    prove(app, who, address, &typed.current).await?;
    let (role, point) = role_of(who, typed, points)?;
    let new = NewStaff {
        email: typed.email.trim().to_lowercase(),
        name: typed.name.clone(),
        role,
        point,
    };
    match staff::add(&app.db, new, Some(who.account), app.now()).await {
        // A coordinator who gave an administrator another role would get a link to their account.
        Err(StaffError::NotYours) => Err(Error::field("email", "account-not-yours")),
        done => Ok(done?),
    }
}

/// Whoever opens a door for good has shown a short time ago who they are, or does so with the form,
/// which keeps what was typed.
async fn prove(
    app: &State,
    who: &mut Steward,
    address: Address,
    current: &str,
) -> Result<(), Error> {
    if who.proven {
        return Ok(());
    }
    if current.is_empty() {
        return Err(Error::field("current", "confirm-missing"));
    }
    match proven(app, (who.account, who.session), address, current).await? {
        true => who.proven = true,
        false => return Err(Error::field("current", "password-current-wrong")),
    }
    Ok(())
}

/// The role that was chosen, and where it is held.
fn role_of(
    who: &Steward,
    typed: &AccountTyped,
    points: &[Point],
) -> Result<(Role, Option<PointId>), Error> {
    let role: Role = typed
        .role
        .parse()
        .ok()
        .filter(|role| who.stewardship.roles().contains(role))
        .ok_or_else(|| Error::field("role", "account-role"))?;
    let point = points.iter().find(|point| point.has_code(&typed.point));
    if !typed.point.is_empty() && point.is_none() {
        return Err(Error::field("point", "staff-point"));
    }
    let point = point.filter(|_| role == Role::Facilitator);
    Ok((role, point.map(|point| point.id)))
}

/// The page of a link that was just made: nobody sees it again.
async fn linked(
    app: &State,
    who: Steward,
    account: AccountId,
    token: &str,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let member = who.member(app, account).await?;
    let site = app.settings.address.as_deref().unwrap_or_default();
    let site = site.trim_end_matches('/');
    let page = LinkPage::new(&member, site, token, who.room(), lang);
    show(app, "account_link.html", lang, &page)
}

/// `GET /amministrazione/{account}`
pub async fn one(
    app: App,
    Language(lang): Language,
    who: Steward,
    account: Path<AccountId>,
    told: Query<AccountQuery>,
) -> Result<HttpResponse, Error> {
    let member = who.member(&app, *account).await?;
    let at = page_of_part(&told.pagina);
    let page = page(&app, &who, &member, at, lang).await?;
    let page = page.giving(&AccountTyped::default(), &who, &[], lang);
    let page = page.told(&told.fatto, lang);
    show(&app, "account.html", lang, &page)
}

async fn page(
    app: &State,
    who: &Steward,
    member: &StaffMember,
    at: usize,
    lang: Lang,
) -> Result<AccountPage, Error> {
    let points = point::list(app.db.read(), None).await?;
    let open = open_sessions::of_account(&app.db, member.id, app.now()).await?;
    Ok(AccountPage::new(member, who, points, (&open, at), lang))
}

/// `POST /amministrazione/{account}/{act}`
pub async fn act(
    app: App,
    Language(lang): Language,
    who: Steward,
    path: Path<(AccountId, String)>,
    sure: Form<NewLinkForm>,
) -> Result<HttpResponse, Error> {
    let (account, act) = path.into_inner();
    let member = who.member(&app, account).await?;
    if matches!(act.as_str(), "collegamento" | "secondo-fattore") {
        // One's own are changed where one shows who one is.
        if account == who.account {
            return Ok(see_other("/accesso?fatto=proprio"));
        }
        if !who.proven {
            return Ok(confirm(&format!("/amministrazione/{account}")));
        }
    }
    if act == "collegamento" {
        return link(&app, who, &member, &sure, lang).await;
    }
    done(&app, who, &member, &act).await?;
    Ok(done_at(account, &act))
}

/// Another link; where one waits, only after the question.
async fn link(
    app: &State,
    who: Steward,
    member: &StaffMember,
    sure: &NewLinkForm,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let waits = links::waits(&app.db, member.id, app.now()).await?;
    if let (Some(until), "") = (waits, sure.altro.as_str()) {
        let page = AnotherLinkPage::new(member, until, who.room(), lang);
        return show(app, "account_link_another.html", lang, &page);
    }
    let token = links::new_link(&app.db, member.id, Some(who.account), app.now()).await?;
    linked(app, who, member.id, &token, lang).await
}

async fn done(app: &State, who: Steward, member: &StaffMember, act: &str) -> Result<(), Error> {
    let (by, now) = (Some(who.account), app.now());
    match act {
        "disattiva" => staff::disable(&app.db, &member.email, by, now).await?,
        "riattiva" => staff::enable(&app.db, &member.email, by, now).await?,
        "secondo-fattore" => second_factor::reset(&app.db, member.id, by, now).await?,
        "rifiuta" => links::refuse(&app.db, member.id, who.account, now).await?,
        _ => return Err(Error::NotFound),
    }
    Ok(())
}

/// `POST /amministrazione/{account}/ruoli`: another role, or one that was taken.
pub async fn give_role(
    app: App,
    Language(lang): Language,
    mut who: Steward,
    address: Address,
    account: Path<AccountId>,
    typed: Form<AccountTyped>,
) -> Result<HttpResponse, Error> {
    let member = who.member(&app, *account).await?;
    match given(&app, &mut who, address, member.id, &typed).await {
        Ok(()) => Ok(done_at(member.id, "ruolo-dato")),
        Err(Error::Invalid(faults)) => {
            let page = page(&app, &who, &member, 1, lang).await?;
            let page = page.giving(&typed, &who, &faults, lang);
            let status = HttpResponse::UnprocessableEntity();
            show_as(status, &app, "account.html", lang, &page)
        }
        Err(error) => Err(error),
    }
}

async fn given(
    app: &State,
    who: &mut Steward,
    address: Address,
    account: AccountId,
    typed: &AccountTyped,
) -> Result<(), Error> {
    prove(app, who, address, &typed.current).await?;
    let points = point::list(app.db.read(), None).await?;
    let (role, point) = role_of(who, typed, &points)?;
    let grant = Grant { role, point };
    Ok(staff::give_role(&app.db, account, grant, who.account, app.now()).await?)
}

/// `POST /amministrazione/{account}/ruoli/togli`
pub async fn take_role(
    app: App,
    who: Steward,
    account: Path<AccountId>,
    form: Form<RoleForm>,
) -> Result<HttpResponse, Error> {
    let member = who.member(&app, *account).await?;
    let held = member.roles.iter().find(|(grant, point)| {
        grant.role.name() == form.role && point.as_deref().unwrap_or_default() == form.point
    });
    let grant: Grant = held.map(|(grant, _)| *grant).ok_or(Error::NotFound)?;
    staff::take_role(&app.db, member.id, grant, who.account, app.now()).await?;
    Ok(done_at(member.id, "ruolo"))
}

/// `POST /amministrazione/{account}/sessioni/chiudi`: where somebody is in, they are out.
pub async fn end_sessions(
    app: App,
    who: Steward,
    account: Path<AccountId>,
    form: Form<SessionForm>,
) -> Result<HttpResponse, Error> {
    let member = who.member(&app, *account).await?;
    // One's own are ended where one sees which of them is this one.
    if member.id == who.account {
        return Ok(see_other("/accesso"));
    }
    let (db, now) = (&app.db, app.now());
    open_sessions::end_for(db, member.id, form.session, who.account, now).await?;
    Ok(done_at(member.id, "sessioni"))
}

/// The page of an account, which says what was done.
fn done_at(account: AccountId, what: &str) -> HttpResponse {
    see_other(&format!("/amministrazione/{account}?fatto={what}"))
}
