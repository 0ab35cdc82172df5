//! What pages are made of, and how they are shown.

pub mod chart;
pub mod chrome;
pub mod error_page;
pub mod gone;
pub mod list;
pub mod list_query;

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::Serialize;

use crate::domain::locale::Lang;
use crate::web::error::Error;
use crate::web::once::with_ids;
use crate::web::page::Page;
use crate::web::state::State;
use crate::web::templates::text;

/// A page that is the same for everyone, kept by the browser until it changes.
pub(crate) fn shared(request: &HttpRequest, page: &Page) -> HttpResponse {
    let mut response = page.answer(request);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(
        header::VARY,
        HeaderValue::from_static("accept-encoding, accept-language, cookie"),
    );
    response
}

/// A page made for this request, which has no forms that are sent.
pub(crate) fn own(html: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, NOT_KEPT))
        .body(html)
}

/// The next person at the same computer must not find a page by going back.
pub(crate) const NOT_KEPT: &str = "private, no-store";

/// A page made for this request.
pub(crate) fn show(
    state: &State,
    template: &str,
    lang: Lang,
    view: &impl Serialize,
) -> Result<HttpResponse, Error> {
    show_as(HttpResponse::Ok(), state, template, lang, view)
}

/// [`show`] with another status. A page that something was refused on says so in its title, which is
/// what is heard first.
pub(crate) fn show_as(
    mut response: HttpResponseBuilder,
    state: &State,
    template: &str,
    lang: Lang,
    view: &impl Serialize,
) -> Result<HttpResponse, Error> {
    let mut html = with_ids(&state.templates.render(template, lang, view)?);
    let answer = response
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, NOT_KEPT))
        .finish();
    if matches!(
        answer.status(),
        StatusCode::UNPROCESSABLE_ENTITY | StatusCode::UNAUTHORIZED
    ) {
        let title = format!("<title>{} - ", text(lang, "refused-title"));
        html = html.replacen("<title>", &title, 1);
    }
    Ok(answer.set_body(BoxBody::new(html)))
}

/// Leads to another page after a form was done, so that reloading does not send it again.
pub(crate) fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, to))
        .finish()
}

/// An address without its scheme, for those who type it.
pub(crate) fn typed(address: &str) -> String {
    address.rsplit("//").next().unwrap_or(address).to_owned()
}
