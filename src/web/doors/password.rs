//! Choosing a password by a link, and asking for a link when it is forgotten.

use actix_web::HttpResponse;
use serde::Deserialize;

use crate::accounts::links;
use crate::accounts::staff::StaffError;
use crate::web::doors::enter_page::{ForgottenPage, PasswordPage};
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::parts::{see_other, show, show_as};
use crate::web::read::{Form, Query};
use crate::web::state::{App, State};
use crate::web::throttle::{Address, ThrottledAct};
use crate::web::tries::{Door, TryKey};

/// A link to set a password.
#[derive(Deserialize)]
pub struct LinkPath {
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

/// Whose password was forgotten.
#[derive(Deserialize)]
pub struct ForgottenForm {
    email: String,
}

/// That a request was sent.
#[derive(Deserialize)]
pub struct SentQuery {
    inviata: Option<String>,
}

/// `GET /accedi/password?token=`: where a link leads.
pub async fn new_password(
    app: App,
    Language(lang): Language,
    link: Query<LinkPath>,
) -> Result<HttpResponse, Error> {
    let page = PasswordPage::new(&link.token, None, lang);
    show(&app, "password.html", lang, &page)
}

/// `POST /accedi/password`
pub async fn set_password(
    app: App,
    Language(lang): Language,
    address: Address,
    form: Form<NewPassword>,
) -> Result<HttpResponse, Error> {
    let wrong = match form.password == form.again {
        true => set(&app, address, &form).await?,
        false => Some("password-differs"),
    };
    let Some(wrong) = wrong else {
        let page = PasswordPage::new("", None, lang).done();
        return show(&app, "password.html", lang, &page);
    };
    let page = PasswordPage::new(&form.token, Some(wrong), lang);
    let status = HttpResponse::UnprocessableEntity();
    show_as(status, &app, "password.html", lang, &page)
}

/// Sets the password; what is wrong with it or with the link. False links slow one another down.
async fn set(
    app: &State,
    address: Address,
    form: &NewPassword,
) -> Result<Option<&'static str>, Error> {
    let address = address.to_string();
    let key = TryKey::new(Door::Link, &address);
    let turn = app.tries.begin(vec![key], app.now()).await?;
    let from = (&app.vault, address.as_str());
    match links::set_password(&app.db, from, &form.token, &form.password, app.now()).await {
        Ok(_) => {
            turn.right();
            Ok(None)
        }
        Err(StaffError::Link) => {
            turn.wrong();
            Ok(Some("staff-link"))
        }
        Err(StaffError::Weak(weak)) => {
            turn.void();
            Ok(Some(weak.key()))
        }
        Err(error) => {
            turn.void();
            Err(error.into())
        }
    }
}

/// `GET /accedi/dimenticata`
pub async fn forgotten(
    app: App,
    Language(lang): Language,
    sent: Query<SentQuery>,
) -> Result<HttpResponse, Error> {
    let page = ForgottenPage::new(sent.inviata.is_some(), lang);
    show(&app, "forgotten.html", lang, &page)
}

/// `POST /accedi/dimenticata`: the same answer whoever has the e-mail address, or nobody.
pub async fn ask(
    app: App,
    address: Address,
    form: Form<ForgottenForm>,
) -> Result<HttpResponse, Error> {
    app.throttle
        .spend(ThrottledAct::Forgotten, address, app.now())?;
    links::ask(&app.db, &form.email, app.now()).await?;
    Ok(see_other("/accedi/dimenticata?inviata=1"))
}
