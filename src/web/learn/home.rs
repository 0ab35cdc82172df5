//! The home page and the learning paths.

use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};

use crate::domain::ids::PathId;
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::parts::shared;
use crate::web::state::App;

/// `GET /`
pub async fn home(
    request: HttpRequest,
    app: App,
    Language(lang): Language,
) -> Result<HttpResponse, Error> {
    Ok(shared(&request, app.published().home(lang)?))
}

/// `GET /percorsi/{path}`
pub async fn path(
    request: HttpRequest,
    app: App,
    Language(lang): Language,
    path: Path<PathId>,
) -> Result<HttpResponse, Error> {
    let published = app.published();
    let page = published.path(&path, lang)?.ok_or(Error::NotFound)?;
    Ok(shared(&request, page))
}
