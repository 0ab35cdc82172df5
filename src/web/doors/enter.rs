//! Signing in and out.

use actix_web::HttpResponse;
use actix_web::cookie::Cookie;
use actix_web::http::header::{HeaderName, HeaderValue};
use serde::Deserialize;

use crate::accounts::{Identified, Opened, Screen, SignInError, Viewer, session};
use crate::domain::locale::Lang;
use crate::web::doors::enter_page::{CodePage, EnterPage, RegisterPage, SignInFault};
use crate::web::doors::whose;
use crate::web::error::Error;
use crate::web::extract::{Anyone, GuestHere, Language, ended_session_cookies, session_cookies};
use crate::web::parts::{see_other, show, show_as};
use crate::web::point_device::ThisDevice;
use crate::web::read::{Form, Query};
use crate::web::rooms::{self, OwnRoom};
use crate::web::sign_in::{self, DoorVisit, SignInRefusal};
use crate::web::state::{App, State};
use crate::web::waited;

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// Where to go after signing in, and what ended before it: `pagina`, or `modulo` with what was
/// typed.
#[derive(Debug, Deserialize)]
pub struct Back {
    #[serde(default)]
    pub(crate) ritorno: String,
    #[serde(default)]
    finita: String,
}

/// The form of an e-mail and a password.
#[derive(Deserialize)]
pub struct PasswordForm {
    email: String,
    password: String,
    #[serde(default)]
    ritorno: String,
}

/// The form of a code of the second factor.
#[derive(Deserialize)]
pub struct CodeForm {
    /// Whose password was right.
    half: String,
    code: String,
    #[serde(default)]
    ritorno: String,
}

/// `GET /accedi`
pub async fn enter(
    app: App,
    Language(lang): Language,
    Anyone(viewer): Anyone,
    back: Query<Back>,
) -> Result<HttpResponse, Error> {
    let page = EnterPage::all(within_site(&back.ritorno), room(viewer.as_ref()), lang);
    show(&app, "enter.html", lang, &page.after(&back.finita))
}

/// `POST /accedi`
pub async fn by_password(
    app: App,
    Language(lang): Language,
    visit: DoorVisit,
    form: Form<PasswordForm>,
) -> Result<HttpResponse, Error> {
    let back = within_site(&form.ritorno);
    let who = match sign_in::identify(&app, &visit, &form.email, &form.password).await {
        Ok(who) => who,
        Err(error) => {
            let page = EnterPage::all(back, None, lang).refused(refused(error)?, &form.email, lang);
            let status = HttpResponse::Unauthorized();
            return show_as(status, &app, "enter.html", lang, &page);
        }
    };
    let entry = visit.entry(Screen::Shared);
    match sign_in::with_code(&app, &visit, who.clone(), None, entry).await {
        Ok(opened) => entered(&app, &visit, &opened, back),
        Err(SignInRefusal::SignIn(SignInError::CodeNeeded)) => {
            ask_code(&app, &who, back, None, lang)
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /accedi/codice`: the form is shown only after a password.
pub async fn to_enter() -> HttpResponse {
    see_other("/accedi")
}

/// `POST /accedi/codice`
pub async fn by_code(
    app: App,
    Language(lang): Language,
    visit: DoorVisit,
    form: Form<CodeForm>,
) -> Result<HttpResponse, Error> {
    let back = within_site(&form.ritorno);
    // Too long ago, or forged: from the beginning.
    let Some(who) = app.signing_key.read_half(&form.half, app.now()) else {
        return Ok(see_other("/accedi"));
    };
    let entry = visit.entry(Screen::Shared);
    match sign_in::with_code(&app, &visit, who.clone(), Some(&form.code), entry).await {
        Ok(opened) => entered(&app, &visit, &opened, back),
        Err(SignInRefusal::SignIn(SignInError::Code)) => {
            ask_code(&app, &who, back, Some("code-wrong"), lang)
        }
        Err(SignInRefusal::SignIn(_)) => Ok(see_other("/accedi")),
        Err(error) => Err(error.into()),
    }
}

fn ask_code(
    app: &State,
    who: &Identified,
    back: &str,
    error: Option<&str>,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let half = app.signing_key.sign_half(who, app.now())?;
    let page = CodePage::new(half, back, error, lang);
    let status = match error {
        Some(_) => HttpResponse::Unauthorized(),
        None => HttpResponse::Ok(),
    };
    show_as(status, app, "code.html", lang, &page)
}

/// `GET /registrati`
pub async fn register(app: App, Language(lang): Language) -> Result<HttpResponse, Error> {
    show(&app, "register.html", lang, &RegisterPage::new(lang))
}

/// `POST /esci`: the session is dead at once, on every device that has its token. Whoever is out
/// already, in another tab or because the session ended, is out.
pub async fn leave(
    app: App,
    Anyone(viewer): Anyone,
    here: ThisDevice,
    GuestHere(guest): GuestHere,
) -> Result<HttpResponse, Error> {
    if let Some(viewer) = &viewer {
        session::close(&app.db, viewer.session, app.now()).await?;
    }
    let mut response = see_other("/");
    for cookie in left_cookies(&app, viewer.as_ref(), guest.as_ref()) {
        response.add_cookie(&cookie).map_err(Error::internal)?;
    }
    // A desk's pages are about others, and a point's device is for the next one. A citizen keeps the
    // size of letters that they chose: the service worker deletes the courses that it kept and what
    // waits.
    let forgotten = match (viewer.and_then(|viewer| viewer.account), here.point) {
        (None, None) => "\"cache\"",
        _ => "\"cache\", \"storage\"",
    };
    let headers = response.headers_mut();
    headers.insert(CLEAR_SITE_DATA, HeaderValue::from_static(forgotten));
    Ok(response)
}

/// What a browser keeps when somebody leaves: nothing, or the mark of the guest who was there before
/// and goes on.
fn left_cookies(
    app: &State,
    viewer: Option<&Viewer>,
    guest: Option<&Viewer>,
) -> Vec<Cookie<'static>> {
    let mut cookies = ended_session_cookies(app).to_vec();
    let goes_on = |guest: &&Viewer| viewer.is_none_or(|viewer| viewer.session != guest.session);
    if let Some(guest) = guest.filter(goes_on) {
        cookies.retain(|cookie| cookie.name() != waited::WHO_COOKIE);
        cookies.push(waited::cookie(app, guest));
    }
    cookies
}

/// The room of whoever is in already.
pub(crate) fn room(viewer: Option<&Viewer>) -> Option<OwnRoom> {
    let known = viewer.filter(|viewer| !viewer.is_guest());
    known.map(rooms::first)
}

pub(in crate::web) fn refused(error: SignInRefusal) -> Result<SignInFault, Error> {
    match error {
        SignInRefusal::SignIn(SignInError::Wrong) => Ok(SignInFault::Wrong),
        SignInRefusal::SignIn(SignInError::Locked { .. }) => Ok(SignInFault::Locked),
        error => Err(error.into()),
    }
}

/// To where they were going, or to their room; before that they say whether what was done here is
/// theirs.
pub(crate) fn entered(
    app: &State,
    visit: &DoorVisit,
    opened: &Opened,
    back: &str,
) -> Result<HttpResponse, Error> {
    let viewer = &opened.viewer;
    let mut response = see_other(&match viewer.asked {
        _ if viewer.limited => "/accesso/secondo-fattore".to_owned(),
        Some(_) => whose::question(back),
        None => rooms::landing(viewer, back).to_owned(),
    });
    for cookie in session_cookies(app, opened) {
        response.add_cookie(&cookie).map_err(Error::internal)?;
    }
    visit.here.turn_over(app, &mut response)?;
    Ok(response)
}

/// The address, if it leads nowhere but to this site.
pub(crate) fn within_site(address: &str) -> &str {
    let inside = address.starts_with('/')
        && !address.starts_with("//")
        && address.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if inside { address } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_never_leads_to_another_site() {
        assert_eq!(within_site("/moduli/spid/quiz"), "/moduli/spid/quiz");
        for outside in [
            "https://example.org",
            "//example.org",
            "/\\example.org",
            "/a b",
            "/\r\nX: y",
            "x",
        ] {
            assert_eq!(within_site(outside), "", "{outside}");
        }
    }
}
