//! Pages for the printer: the steps of a module, the whole of it, and the QR that leads back.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Path;
use qrcode::QrCode;
use qrcode::render::svg;
use serde::Deserialize;

use crate::domain::ids::ModuleId;
use crate::network::point;
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::read::Query;
use crate::web::state::App;
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
    let page = SheetPage::steps(module, app.address(), point.as_ref(), lang);
    show(&app, "sheet.html", lang, &page)
}

/// `GET /moduli/{module}/stampa`
pub async fn whole(
    app: App,
    Language(lang): Language,
    module: Path<ModuleId>,
) -> Result<HttpResponse, Error> {
    let catalogue = app.catalogue();
    let module = catalogue.module(&module).ok_or(Error::NotFound)?;
    let page = SheetPage::whole(module, app.address(), lang);
    show(&app, "whole.html", lang, &page)
}

/// `GET /moduli/{module}/scheda/qr.svg`: leads to the module, where the site knows its address.
pub async fn qr(app: App, module: Path<ModuleId>) -> Result<HttpResponse, Error> {
    let catalogue = app.catalogue();
    let module = catalogue.module(&module).ok_or(Error::NotFound)?;
    let site = app.address().ok_or(Error::NotFound)?;
    let drawing = drawn(&format!("{site}/moduli/{}", module.id))?;
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
