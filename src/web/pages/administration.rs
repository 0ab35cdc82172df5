//! The accounts of the staff: who they are, how they get in, and who is let in no more.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use crate::accounts::staff::{self, Member, NewStaff};
use crate::accounts::{Grant, links, second_factor};
use crate::domain::ids::AccountId;
use crate::domain::locale::Lang;
use crate::domain::role::Role;
use crate::network::point::{self, Point};
use crate::web::error::Error;
use crate::web::extract::{Language, Steward};
use crate::web::read::{Form, Query};
use crate::web::state::{App, State};
use crate::web::view::administration::{
    AccountPage, AccountsPage, LinkPage, NewAccountPage, Typed,
};

use super::access::confirm;
use super::{see_other, show, show_as};

/// Which accounts, and which page of them.
#[derive(Deserialize)]
pub struct Which {
    #[serde(default)]
    ruolo: String,
    pagina: Option<usize>,
}

/// What was just done.
#[derive(Deserialize)]
pub struct Told {
    #[serde(default)]
    fatto: String,
}

/// A role to take away; without a point it holds everywhere.
#[derive(Deserialize)]
pub struct RoleForm {
    role: String,
    #[serde(default)]
    point: String,
}

/// `GET /amministrazione`
pub async fn list(
    app: App,
    Language(lang): Language,
    who: Steward,
    which: Query<Which>,
) -> Result<HttpResponse, Error> {
    let mut members = staff::list(&app.db).await?;
    members.retain(|member| who.keeps(member));
    let waiting = links::waiting(&app.db).await?;
    let at = (which.ruolo.as_str(), which.pagina.unwrap_or(1));
    let page = AccountsPage::new(&members, &waiting, at, who.room(), lang);
    show(&app, "accounts.html", lang, &page)
}

/// `GET /amministrazione/nuovo`
pub async fn new(app: App, Language(lang): Language, who: Steward) -> Result<HttpResponse, Error> {
    if !who.proven {
        return Ok(confirm("/amministrazione/nuovo"));
    }
    let points = point::list(app.db.read(), None).await?;
    let page = NewAccountPage::new(&Typed::default(), who.room(), &points, &[], lang);
    show(&app, "account_new.html", lang, &page)
}

/// `POST /amministrazione/nuovo`: shows the link, once.
pub async fn add(
    app: App,
    Language(lang): Language,
    who: Steward,
    typed: Form<Typed>,
) -> Result<HttpResponse, Error> {
    if !who.proven {
        return Ok(confirm("/amministrazione/nuovo"));
    }
    let points = point::list(app.db.read(), None).await?;
    match added(&app, who, &typed, &points).await {
        Ok((account, Some(token))) => linked(&app, who, account, &token, lang).await,
        Ok((account, None)) => Ok(see_other(&format!(
            "/amministrazione/{account}?fatto=ruolo-dato"
        ))),
        Err(Error::Invalid(faults)) => {
            let page = NewAccountPage::new(&typed, who.room(), &points, &faults, lang);
            let status = HttpResponse::UnprocessableEntity();
            show_as(status, &app, "account_new.html", lang, &page)
        }
        Err(error) => Err(error),
    }
}

async fn added(
    app: &State,
    who: Steward,
    typed: &Typed,
    points: &[Point],
) -> Result<(AccountId, Option<String>), Error> {
    let role: Role = typed
        .role
        .parse()
        .ok()
        .filter(|role| who.everybody || *role == Role::Facilitator)
        .ok_or_else(|| Error::field("role", "account-role"))?;
    let email = typed.email.trim().to_lowercase();
    let there = staff::list(&app.db).await?;
    // A coordinator who gave an administrator another role would get a link to their account.
    let theirs = there.iter().find(|member| member.email == email);
    if theirs.is_some_and(|member| !who.keeps(member)) {
        return Err(Error::field("email", "account-not-yours"));
    }
    let point = points.iter().find(|point| point.code == typed.point);
    if !typed.point.is_empty() && point.is_none() {
        return Err(Error::field("point", "staff-point"));
    }
    let new = NewStaff {
        email,
        name: typed.name.clone(),
        role,
        point: point
            .map(|point| point.id)
            .filter(|_| role == Role::Facilitator),
    };
    Ok(staff::add(&app.db, new, Some(who.account), app.now()).await?)
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
    told: Query<Told>,
) -> Result<HttpResponse, Error> {
    let member = who.member(&app, *account).await?;
    let waiting = links::waiting(&app.db).await?;
    let points = point::list(app.db.read(), None).await?;
    let own = member.id == who.account;
    let page = AccountPage::new(&member, own, &waiting, &points, who.room(), lang);
    let page = page.told(&told.fatto, lang);
    show(&app, "account.html", lang, &page)
}

/// `POST /amministrazione/{account}/{act}`
pub async fn act(
    app: App,
    Language(lang): Language,
    who: Steward,
    path: Path<(AccountId, String)>,
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
        let token = links::new_link(&app.db, account, Some(who.account), app.now()).await?;
        return linked(&app, who, account, &token, lang).await;
    }
    done(&app, who, &member, &act).await?;
    Ok(see_other(&format!(
        "/amministrazione/{account}?fatto={act}"
    )))
}

async fn done(app: &State, who: Steward, member: &Member, act: &str) -> Result<(), Error> {
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
    Ok(see_other(&format!(
        "/amministrazione/{account}?fatto=ruolo"
    )))
}
