//! Pages for the printer: the steps of a module, the whole of it, and the QR that leads back.

use actix_web::http::header;
use actix_web::web::{Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use qrcode::QrCode;
use qrcode::render::svg;
use serde::Deserialize;

use crate::domain::ids::ModuleId;
use crate::network::point;
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::state::{App, State};
use crate::web::view::sheet::SheetPage;

use super::show;

/// For whom.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// The code of the point whose group gets it.
    punto: Option<String>,
}

/// `GET /moduli/{module}/scheda`: the steps; with `?punto=` a hand-out for a group of that point.
pub async fn steps(
    request: HttpRequest,
    app: App,
    Language(lang): Language,
    module: Path<ModuleId>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let catalogue = app.catalogue();
    let module = catalogue.module(&module).ok_or(Error::NotFound)?;
    let point = match &asked.punto {
        Some(code) => Some(
            point::by_code(app.db.read(), code)
                .await?
                .ok_or(Error::NotFound)?,
        ),
        None => None,
    };
    let page = SheetPage::steps(module, &site(&app, &request), point.as_ref(), lang);
    show(&app, "sheet.html", lang, &page)
}

/// `GET /moduli/{module}/stampa`
pub async fn whole(
    request: HttpRequest,
    app: App,
    Language(lang): Language,
    module: Path<ModuleId>,
) -> Result<HttpResponse, Error> {
    let catalogue = app.catalogue();
    let module = catalogue.module(&module).ok_or(Error::NotFound)?;
    let page = SheetPage::whole(module, &site(&app, &request), lang);
    show(&app, "whole.html", lang, &page)
}

/// `GET /moduli/{module}/scheda/qr.svg`: leads to the module.
pub async fn qr(
    request: HttpRequest,
    app: App,
    module: Path<ModuleId>,
) -> Result<HttpResponse, Error> {
    let catalogue = app.catalogue();
    let module = catalogue.module(&module).ok_or(Error::NotFound)?;
    let address = format!("{}/moduli/{}", site(&app, &request), module.id);
    let drawing = drawn(&address)?;
    Ok(HttpResponse::Ok()
        .content_type("image/svg+xml")
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(drawing))
}

/// A QR as an SVG.
pub(super) fn drawn(address: &str) -> Result<String, Error> {
    let code = QrCode::new(address).map_err(Error::internal)?;
    let mut svg = code.render::<svg::Color<'_>>();
    Ok(svg.min_dimensions(240, 240).build())
}

/// The site's own address: what the installation says, or what the browser asked for.
pub(super) fn site(app: &State, request: &HttpRequest) -> String {
    match &app.settings.address {
        Some(address) => address.trim_end_matches('/').to_owned(),
        None => {
            let connection = request.connection_info();
            format!("{}://{}", connection.scheme(), connection.host())
        }
    }
}
