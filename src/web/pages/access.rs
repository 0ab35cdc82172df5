//! "Il mio accesso": where one is in, the password and the second factor.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Deserialize;

use crate::accounts::open_sessions::{self, Which};
use crate::accounts::second_factor::{self, SecondFactorError};
use crate::accounts::staff::StaffError;
use crate::accounts::{Viewer, links, totp};
use crate::domain::ids::{AccountId, SessionId};
use crate::domain::locale::Lang;
use crate::web::error::Error;
use crate::web::extract::{Language, Learner};
use crate::web::read::{Form, Query};
use crate::web::sign_in::proof;
use crate::web::state::{App, State};
use crate::web::view::access::{AccessPage, ChangePage, CodesPage, SecondFactorPage, StayPage};

use super::enter::leave;
use super::sheet::drawn;
use super::{see_other, show, show_as};

/// What was just done.
#[derive(Deserialize)]
pub struct Told {
    #[serde(default)]
    fatto: String,
}

/// The form of another password.
#[derive(Deserialize)]
pub struct Change {
    current: String,
    password: String,
    again: String,
}

/// The form of a second factor: a code of the new secret, and one of the old where there is one.
#[derive(Deserialize)]
pub struct SetUp {
    code: String,
    #[serde(default)]
    current: String,
}

/// A code of the second factor.
#[derive(Deserialize)]
pub struct Code {
    code: String,
}

/// Somebody known; a guest has to enter first.
fn known(who: &Learner) -> Result<&Viewer, Error> {
    match who.viewer.is_guest() {
        true => Err(Error::Unauthorized(None)),
        false => Ok(&who.viewer),
    }
}

/// A member of the staff.
fn account(who: &Learner) -> Result<AccountId, Error> {
    known(who)?.account.ok_or(Error::Forbidden)
}

/// `GET /accesso`
pub async fn access(
    app: App,
    Language(lang): Language,
    who: Learner,
    told: Query<Told>,
) -> Result<HttpResponse, Error> {
    let page = page(&app, known(&who)?, lang)
        .await?
        .told(&told.fatto, lang);
    show(&app, "access.html", lang, &page)
}

async fn page(app: &State, viewer: &Viewer, lang: Lang) -> Result<AccessPage, Error> {
    let open = open_sessions::of_learner(&app.db, viewer.learner, app.now()).await?;
    let factor = match viewer.account {
        Some(account) => second_factor::of_account(&app.db, account).await?,
        None => None,
    };
    Ok(AccessPage::new(viewer, &open, factor, lang))
}

/// `POST /accesso/sessioni/chiudi`: everywhere but here.
pub async fn close_others(app: App, who: Learner) -> Result<HttpResponse, Error> {
    let here = known(&who)?.session;
    open_sessions::close_of(&app.db, who.id, Which::AllBut(here), app.now()).await?;
    Ok(see_other("/accesso?fatto=chiuse"))
}

/// `POST /accesso/sessioni/{session}/chiudi`
pub async fn close_one(
    app: App,
    who: Learner,
    session: Path<SessionId>,
) -> Result<HttpResponse, Error> {
    if *session == known(&who)?.session {
        return leave(app, who).await;
    }
    open_sessions::close_of(&app.db, who.id, Which::One(*session), app.now()).await?;
    Ok(see_other("/accesso?fatto=chiusa"))
}

/// `GET /accesso/resta`: why sessions end, and the words of the script that warns. It does not look
/// for the person: asking for the warning must not put off what it warns of.
pub async fn about_staying(app: App, Language(lang): Language) -> Result<HttpResponse, Error> {
    show(&app, "stay.html", lang, &StayPage::new(lang))
}

/// `POST /accesso/resta`: the session begins its idle time anew; scripts ask for it.
pub async fn stay(app: App, who: Learner) -> Result<HttpResponse, Error> {
    open_sessions::touch(&app.db, known(&who)?.session, app.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `GET /accesso/password`
pub async fn change_form(
    app: App,
    Language(lang): Language,
    who: Learner,
) -> Result<HttpResponse, Error> {
    account(&who)?;
    show(
        &app,
        "access_password.html",
        lang,
        &ChangePage::new(&[], lang),
    )
}

/// `POST /accesso/password`: the other sessions end.
pub async fn change(
    app: App,
    Language(lang): Language,
    who: Learner,
    form: Form<Change>,
) -> Result<HttpResponse, Error> {
    let own = (account(&who)?, who.viewer.session);
    let wrong = match form.password == form.again {
        true => changed(&app, own, &form).await?,
        false => Some(("again", "password-differs")),
    };
    let Some(wrong) = wrong else {
        return Ok(see_other("/accesso?fatto=password"));
    };
    let page = ChangePage::new(&[wrong], lang);
    let status = HttpResponse::UnprocessableEntity();
    show_as(status, &app, "access_password.html", lang, &page)
}

async fn changed(
    app: &State,
    own: (AccountId, SessionId),
    form: &Change,
) -> Result<Option<(&'static str, &'static str)>, Error> {
    let turn = proof(app, own.0).await?;
    let done = links::change_password(&app.db, own, &form.current, &form.password, app.now());
    match done.await {
        Ok(()) => {
            turn.right();
            Ok(None)
        }
        Err(StaffError::Current) => {
            turn.wrong();
            Ok(Some(("current", "password-current-wrong")))
        }
        Err(StaffError::Weak(weak)) => {
            turn.void();
            Ok(Some(("password", weak.key())))
        }
        Err(error) => {
            turn.void();
            Err(error.into())
        }
    }
}

/// `GET /accesso/secondo-fattore`
pub async fn second_factor_form(
    app: App,
    Language(lang): Language,
    who: Learner,
) -> Result<HttpResponse, Error> {
    let page = set_up(&app, &who, None, lang).await?;
    show(&app, "second_factor.html", lang, &page)
}

async fn set_up(
    app: &State,
    who: &Learner,
    error: Option<(&str, &str)>,
    lang: Lang,
) -> Result<SecondFactorPage, Error> {
    let account = account(who)?;
    let has = second_factor::of_account(&app.db, account).await?.is_some();
    let key = totp::base32(&second_factor::begin(&app.db, &app.vault, account).await?);
    let qr = drawn(&format!(
        "otpauth://totp/Autonomia?secret={key}&issuer=Autonomia"
    ))?;
    Ok(SecondFactorPage::new(
        &key,
        &qr,
        (has, who.viewer.limited),
        error,
        lang,
    ))
}

/// `POST /accesso/secondo-fattore`: shows the recovery codes, once.
pub async fn second_factor_set(
    app: App,
    Language(lang): Language,
    who: Learner,
    form: Form<SetUp>,
) -> Result<HttpResponse, Error> {
    let own = (account(&who)?, who.viewer.session);
    let turn = proof(&app, own.0).await?;
    let typed = (form.code.as_str(), form.current.as_str());
    match second_factor::confirm(&app.db, &app.vault, own, typed, app.now()).await {
        Ok(codes) => {
            turn.right();
            show(
                &app,
                "recovery_codes.html",
                lang,
                &CodesPage::new(codes, lang),
            )
        }
        Err(SecondFactorError::Code) => {
            turn.wrong();
            let page = set_up(&app, &who, Some(("code", "code-wrong")), lang).await?;
            let status = HttpResponse::UnprocessableEntity();
            show_as(status, &app, "second_factor.html", lang, &page)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /accesso/codici`: new recovery codes in place of the old ones.
pub async fn renew_codes(
    app: App,
    Language(lang): Language,
    who: Learner,
    form: Form<Code>,
) -> Result<HttpResponse, Error> {
    let own = account(&who)?;
    let turn = proof(&app, own).await?;
    match second_factor::renew_codes(&app.db, &app.vault, own, &form.code, app.now()).await {
        Ok(codes) => {
            turn.right();
            show(
                &app,
                "recovery_codes.html",
                lang,
                &CodesPage::new(codes, lang),
            )
        }
        Err(SecondFactorError::Code) => {
            turn.wrong();
            let page = page(&app, &who.viewer, lang).await?.wrong_code(lang);
            let status = HttpResponse::UnprocessableEntity();
            show_as(status, &app, "access.html", lang, &page)
        }
        Err(error) => Err(error.into()),
    }
}
