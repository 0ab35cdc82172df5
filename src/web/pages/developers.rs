//! The interface for programs, for those who write them.

use actix_web::HttpResponse;

use crate::web::api::openapi;
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::state::App;
use crate::web::view::developers::DevelopersPage;

use super::show;

/// What stands for the site's address where it was not told.
const SOMEWHERE: &str = "https://autonomia.example.org";

/// `GET /sviluppatori`
pub async fn page(app: App, Language(lang): Language) -> Result<HttpResponse, Error> {
    let address = app.settings.address.as_deref().unwrap_or(SOMEWHERE);
    let page = DevelopersPage::new(openapi::value(), address, lang);
    show(&app, "developers.html", lang, &page)
}
