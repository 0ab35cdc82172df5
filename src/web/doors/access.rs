//! "Il mio accesso": where one is in, the password and the second factor.

use actix_web::HttpResponse;
use actix_web::web::Path;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use crate::accounts::open_sessions::{self, SessionsToEnd};
use crate::accounts::second_factor::{self, SecondFactorError};
use crate::accounts::staff::StaffError;
use crate::accounts::{Viewer, links, proof, totp};
use crate::domain::ids::{AccountId, SessionId};
use crate::domain::locale::Lang;
use crate::web::doors::access_page::{
    AccessPage, ChangePage, CodesPage, ConfirmPage, SecondFactorPage, StayPage,
};
use crate::web::doors::enter::{Back, leave, within_site};
use crate::web::error::Error;
use crate::web::extract::{Anyone, GuestHere, Language, Learner};
use crate::web::learn::sheet::drawn;
use crate::web::parts::list_query::page_of_part;
use crate::web::parts::{see_other, show, show_as};
use crate::web::point_device::ThisDevice;
use crate::web::read::{Form, Query};
use crate::web::sign_in;
use crate::web::state::{App, State};
use crate::web::throttle::Address;

/// What was just done, and which page of the sessions.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AccessQuery {
    fatto: String,
    pagina: String,
}

/// The form of another password.
#[derive(Deserialize)]
pub struct NewPasswordForm {
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

/// The password in use, and the page that asked for it.
#[derive(Deserialize)]
pub struct PasswordProofForm {
    current: String,
    #[serde(default)]
    ritorno: String,
}

/// A code of the second factor.
#[derive(Deserialize)]
pub struct FactorCodeForm {
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
    told: Query<AccessQuery>,
) -> Result<HttpResponse, Error> {
    let at = page_of_part(&told.pagina);
    let page = page(&app, known(&who)?, at, lang).await?;
    let page = page.told(&told.fatto, lang);
    show(&app, "access.html", lang, &page)
}

async fn page(app: &State, viewer: &Viewer, at: usize, lang: Lang) -> Result<AccessPage, Error> {
    let open = open_sessions::of_learner(&app.db, viewer.learner, app.now()).await?;
    let factor = match viewer.account {
        Some(account) => second_factor::of_account(&app.db, account).await?,
        None => None,
    };
    Ok(AccessPage::new(viewer, (&open, at), factor, lang))
}

/// `POST /accesso/sessioni/chiudi`: everywhere but here.
pub async fn close_others(app: App, who: Learner) -> Result<HttpResponse, Error> {
    let here = known(&who)?.session;
    open_sessions::close_of(&app.db, who.id, SessionsToEnd::AllBut(here), app.now()).await?;
    Ok(see_other("/accesso?fatto=chiuse"))
}

/// `POST /accesso/sessioni/{session}/chiudi`
pub async fn close_one(
    app: App,
    who: Learner,
    here: ThisDevice,
    guest: GuestHere,
    session: Path<SessionId>,
) -> Result<HttpResponse, Error> {
    if *session == known(&who)?.session {
        return leave(app, Anyone(Some(who.viewer)), here, guest).await;
    }
    open_sessions::close_of(&app.db, who.id, SessionsToEnd::One(*session), app.now()).await?;
    Ok(see_other("/accesso?fatto=chiusa"))
}

/// `GET /accesso/resta`: why sessions end, and the words of the script that warns. It does not look
/// for the person: asking for the warning must not put off what it warns of.
pub async fn about_staying(app: App, Language(lang): Language) -> Result<HttpResponse, Error> {
    show(&app, "stay.html", lang, &StayPage::new(lang))
}

/// `POST /accesso/resta`: the session begins its idle time anew; scripts ask for it.
pub async fn stay(app: App, who: Learner) -> Result<HttpResponse, Error> {
    // A guest on a device of a point ends too.
    if who.viewer.idle.is_none() {
        known(&who)?;
    }
    open_sessions::touch(&app.db, who.viewer.session, app.now()).await?;
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
    address: Address,
    form: Form<NewPasswordForm>,
) -> Result<HttpResponse, Error> {
    let own = (account(&who)?, who.viewer.session);
    let wrong = match form.password == form.again {
        true => changed(&app, own, address, &form).await?,
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
    address: Address,
    form: &NewPasswordForm,
) -> Result<Option<(&'static str, &'static str)>, Error> {
    let turn = sign_in::proof(app, own.0, address).await?;
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

/// To where somebody shows again who they are, and from there back to a page of the site.
pub(crate) fn confirm(back: &str) -> HttpResponse {
    let back = utf8_percent_encode(back, NON_ALPHANUMERIC);
    see_other(&format!("/accesso/conferma?ritorno={back}"))
}

/// `GET /accesso/conferma?ritorno=`
pub async fn confirm_form(
    app: App,
    Language(lang): Language,
    who: Learner,
    back: Query<Back>,
) -> Result<HttpResponse, Error> {
    account(&who)?;
    let page = ConfirmPage::new(within_site(&back.ritorno), None, lang);
    show(&app, "confirm.html", lang, &page)
}

/// `POST /accesso/conferma`
pub async fn confirmed(
    app: App,
    Language(lang): Language,
    who: Learner,
    address: Address,
    form: Form<PasswordProofForm>,
) -> Result<HttpResponse, Error> {
    let own = (account(&who)?, who.viewer.session);
    let back = within_site(&form.ritorno);
    if proven(&app, own, address, &form.current).await? {
        return Ok(see_other(if back.is_empty() { "/accesso" } else { back }));
    }
    let page = ConfirmPage::new(back, Some("password-current-wrong"), lang);
    let status = HttpResponse::UnprocessableEntity();
    show_as(status, &app, "confirm.html", lang, &page)
}

/// Whether this is their password; where it is, the session is proven from now on.
pub(crate) async fn proven(
    app: &State,
    own: (AccountId, SessionId),
    address: Address,
    current: &str,
) -> Result<bool, Error> {
    let turn = sign_in::proof(app, own.0, address).await?;
    match proof::prove(&app.db, own, current, app.now()).await {
        Ok(()) => {
            turn.right();
            Ok(true)
        }
        Err(StaffError::Current) => {
            turn.wrong();
            Ok(false)
        }
        Err(error) => {
            turn.void();
            Err(error.into())
        }
    }
}

/// Whether somebody has to show again who they are before they set up a second factor. A code of
/// the one that they have is asked for by the form.
async fn unproven(app: &State, who: &Learner) -> Result<bool, Error> {
    if who.viewer.has_proof(app.now()) {
        return Ok(false);
    }
    let has = second_factor::of_account(&app.db, account(who)?).await?;
    Ok(has.is_none())
}

/// `GET /accesso/secondo-fattore`
pub async fn second_factor_form(
    app: App,
    Language(lang): Language,
    who: Learner,
) -> Result<HttpResponse, Error> {
    if unproven(&app, &who).await? {
        return Ok(confirm("/accesso/secondo-fattore"));
    }
    let page = set_up(&app, &who, None, lang).await?;
    show(&app, "second_factor.html", lang, &page)
}

async fn set_up(
    app: &State,
    who: &Learner,
    error: Option<(&str, &str)>,
    lang: Lang,
) -> Result<SecondFactorPage, Error> {
    let own = (account(who)?, who.viewer.session);
    let has = second_factor::of_account(&app.db, own.0).await?.is_some();
    let key = totp::base32(&second_factor::begin(&app.db, &app.vault, own).await?);
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
    address: Address,
    form: Form<SetUp>,
) -> Result<HttpResponse, Error> {
    if unproven(&app, &who).await? {
        return Ok(confirm("/accesso/secondo-fattore"));
    }
    let own = (account(&who)?, who.viewer.session);
    let turn = sign_in::proof(&app, own.0, address).await?;
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
    address: Address,
    form: Form<FactorCodeForm>,
) -> Result<HttpResponse, Error> {
    let own = account(&who)?;
    let turn = sign_in::proof(&app, own, address).await?;
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
            let page = page(&app, &who.viewer, 1, lang).await?;
            let page = page.wrong_code(lang);
            let status = HttpResponse::UnprocessableEntity();
            show_as(status, &app, "access.html", lang, &page)
        }
        Err(error) => Err(error.into()),
    }
}
