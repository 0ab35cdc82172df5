//! Signing in and out. A guest's progress moves along with them.

use actix_web::HttpResponse;
use actix_web::web::{Form, Query};
use serde::Deserialize;

use crate::accounts::staff::{self, StaffError};
use crate::accounts::{Opened, SignInError, Viewer, session};
use crate::domain::ids::LearnerId;
use crate::domain::role::Role;
use crate::learning::enter::{EnterError, with_password};
use crate::web::error::Error;
use crate::web::extract::{Anyone, Language, Learner, ended_session_cookie, session_cookie};
use crate::web::state::{App, State};
use crate::web::throttle::{Act, Address};
use crate::web::view::enter::{EnterPage, PasswordPage, Refused, RegisterPage};

use super::{see_other, show, show_as};

/// Where to go after signing in.
#[derive(Debug, Deserialize)]
pub struct Back {
    #[serde(default)]
    pub(super) ritorno: String,
}

/// The form of an e-mail and a password.
#[derive(Deserialize)]
pub struct PasswordForm {
    email: String,
    password: String,
    #[serde(default)]
    ritorno: String,
}

/// A link to set a password.
#[derive(Deserialize)]
pub struct Link {
    #[serde(default)]
    token: String,
}

/// The form of a new password.
#[derive(Deserialize)]
pub struct NewPassword {
    token: String,
    password: String,
    again: String,
}

/// `GET /accedi`
pub async fn enter(
    app: App,
    Language(lang): Language,
    Anyone(viewer): Anyone,
    back: Query<Back>,
) -> Result<HttpResponse, Error> {
    let page = EnterPage::all(within_site(&back.ritorno), known(viewer.as_ref()), lang);
    show(&app, "enter.html", lang, &page)
}

/// `POST /accedi`
pub async fn by_password(
    app: App,
    Language(lang): Language,
    Anyone(viewer): Anyone,
    address: Address,
    form: Form<PasswordForm>,
) -> Result<HttpResponse, Error> {
    let turn = app.throttle.take(Act::SignIn, address, app.now())?;
    let back = within_site(&form.ritorno);
    let guest = guest(viewer.as_ref());
    match with_password(app.door(), &form.email, &form.password, guest, app.now()).await {
        Ok(opened) => {
            turn.give_back();
            Ok(entered(&app, &opened, back))
        }
        Err(error) => {
            let page =
                EnterPage::all(back, false, lang).refused(refused(error)?, &form.email, lang);
            show_as(
                HttpResponse::Unauthorized(),
                &app,
                "enter.html",
                lang,
                &page,
            )
        }
    }
}

/// `GET /registrati`
pub async fn register(app: App, Language(lang): Language) -> Result<HttpResponse, Error> {
    show(&app, "register.html", lang, &RegisterPage::new(lang))
}

/// `POST /esci`: the session is dead at once, on every device that has its token.
pub async fn leave(app: App, learner: Learner) -> Result<HttpResponse, Error> {
    session::close(&app.db, learner.viewer.session, app.now()).await?;
    let mut response = see_other("/");
    response
        .add_cookie(&ended_session_cookie())
        .map_err(Error::internal)?;
    Ok(response)
}

/// `GET /accedi/password?token=`: where the link of `autonomia user add` leads.
pub async fn new_password(
    app: App,
    Language(lang): Language,
    link: Query<Link>,
) -> Result<HttpResponse, Error> {
    let page = PasswordPage::new(&link.token, None, lang);
    show(&app, "password.html", lang, &page)
}

/// `POST /accedi/password`
pub async fn set_password(
    app: App,
    Language(lang): Language,
    form: Form<NewPassword>,
) -> Result<HttpResponse, Error> {
    let wrong = if form.password == form.again {
        match staff::set_password(&app.db, &form.token, &form.password, app.now()).await {
            Ok(_) => {
                let page = PasswordPage::new("", None, lang).done();
                return show(&app, "password.html", lang, &page);
            }
            Err(StaffError::Short) => "staff-short",
            Err(StaffError::Link) => "staff-link",
            Err(error) => return Err(error.into()),
        }
    } else {
        "password-differs"
    };
    let page = PasswordPage::new(&form.token, Some(wrong), lang);
    show_as(
        HttpResponse::UnprocessableEntity(),
        &app,
        "password.html",
        lang,
        &page,
    )
}

pub(super) fn guest(viewer: Option<&Viewer>) -> Option<LearnerId> {
    viewer
        .filter(|viewer| viewer.is_guest())
        .map(|viewer| viewer.learner)
}

pub(super) fn known(viewer: Option<&Viewer>) -> bool {
    viewer.is_some_and(|viewer| !viewer.is_guest())
}

pub(super) fn refused(error: EnterError) -> Result<Refused, Error> {
    match error {
        EnterError::SignIn(SignInError::Wrong) => Ok(Refused::Wrong),
        EnterError::SignIn(SignInError::Locked { .. }) => Ok(Refused::Locked),
        error => Err(error.into()),
    }
}

/// To where they came from, or to where their work is: a citizen goes on where they left off.
pub(super) fn entered(app: &State, opened: &Opened, back: &str) -> HttpResponse {
    let to = match back {
        "" if opened.viewer.is(Role::Facilitator) => "/punto",
        "" if opened.viewer.citizen.is_some() => "/riprendi",
        "" => "/mio-percorso",
        back => back,
    };
    let mut response = see_other(to);
    let cookie = session_cookie(app, opened);
    if let Err(error) = response.add_cookie(&cookie) {
        return HttpResponse::from_error(Error::internal(error));
    }
    response
}

/// The address, if it leads nowhere but to this site.
pub(super) fn within_site(address: &str) -> &str {
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
