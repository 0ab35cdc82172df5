//! The catalogue, a module, its lessons and images.

use actix_web::http::header;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};

use crate::domain::ids::{LessonId, ModuleId};
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::view::filters::Filter;

use super::shared;

/// `GET /moduli`
pub async fn list(
    request: HttpRequest,
    app: App,
    Language(lang): Language,
    filter: Query<Filter>,
) -> Result<HttpResponse, Error> {
    let page = app.published().modules(&filter, lang)?;
    Ok(shared(&request, &page))
}

/// `GET /moduli/{module}`
pub async fn module(
    request: HttpRequest,
    app: App,
    Language(lang): Language,
    module: Path<ModuleId>,
) -> Result<HttpResponse, Error> {
    let published = app.published();
    let page = published.module(&module, lang)?.ok_or(Error::NotFound)?;
    Ok(shared(&request, page))
}

/// `GET /moduli/{module}/{lesson}`
pub async fn lesson(
    request: HttpRequest,
    app: App,
    Language(lang): Language,
    path: Path<(ModuleId, LessonId)>,
) -> Result<HttpResponse, Error> {
    let published = app.published();
    let page = published
        .lesson(&path.0, &path.1, lang)?
        .ok_or(Error::NotFound)?;
    Ok(shared(&request, page))
}

/// `GET /moduli/{module}/immagini/{file}`
pub async fn image(
    request: HttpRequest,
    app: App,
    path: Path<(ModuleId, String)>,
) -> Result<HttpResponse, Error> {
    let catalogue = app.catalogue();
    let module = catalogue.module(&path.0).ok_or(Error::NotFound)?;
    let image = module.images.get(&path.1).ok_or(Error::NotFound)?;
    let current = request.query_string().strip_prefix("v=") == Some(image.hash.as_str());
    Ok(HttpResponse::Ok()
        .content_type(image.media_type)
        .insert_header((
            header::CACHE_CONTROL,
            if current {
                "public, max-age=31536000, immutable"
            } else {
                "no-cache"
            },
        ))
        // An image that is opened by itself runs nothing, whatever it holds.
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'",
        ))
        .body(image.bytes.clone()))
}
