//! The interface for programs, for those who write them.

use actix_web::HttpResponse;
use actix_web::web::Path;

use crate::domain::locale::Lang;
use crate::web::api::openapi;
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::parts::show;
use crate::web::public::developers_page::DevelopersPage;
use crate::web::state::{App, State};

/// What stands for the site's address where it was not told.
const SOMEWHERE: &str = "https://autonomia.example.org";

/// `GET /sviluppatori`
pub async fn page(app: App, Language(lang): Language) -> Result<HttpResponse, Error> {
    shown(&app, None, lang)
}

/// `GET /sviluppatori/{name}`: an operation or a shape.
pub async fn one(
    app: App,
    Language(lang): Language,
    name: Path<String>,
) -> Result<HttpResponse, Error> {
    shown(&app, Some(&name), lang)
}

fn shown(app: &State, name: Option<&str>, lang: Lang) -> Result<HttpResponse, Error> {
    let address = app.settings.address.as_deref().unwrap_or(SOMEWHERE);
    let page = DevelopersPage::new(openapi::value(), address, name, lang);
    let page = page.ok_or(Error::NotFound)?;
    show(app, "developers.html", lang, &page)
}
