//! The handlers of the pages for people, a file for each part of the site.

pub mod home;
pub mod modules;
pub mod report;
pub mod search;
pub mod editorial;
pub mod sheet;
pub mod practice;
pub mod quiz;
pub mod review;
pub mod enter;
pub mod password;
pub mod access;
pub mod administration;
pub mod accounts_list;
pub mod card;
pub mod whose;
pub mod devices;
pub mod mine;
pub mod own;
pub mod certificate;
pub mod erasing;
pub mod corrections;
pub mod trail;
pub mod my_day;
pub mod point;
pub mod services;
pub mod services_list;
pub mod record;
pub mod correct;
pub mod points;
pub mod network_points;
pub mod points_list;
pub mod programmes;
pub mod citizen;
pub mod arrival;
pub mod brought;
pub mod desk_card;
pub mod merge;
pub mod import;
pub mod incomplete;
pub mod groups;
pub mod assign;
pub mod stuck;
pub mod help;
pub mod totals;
pub mod facilita;
pub mod evidence;
pub mod about;
pub mod machines;
pub mod developers;
pub mod offline;
pub mod health;
pub mod style;
pub mod own_style;
mod form;
mod asked;

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::Serialize;

use crate::domain::locale::Lang;

use super::error::Error;
use super::once::with_ids;
use super::page::Page;
use super::state::State;
use super::templates::text;

/// A page that is the same for everyone, kept by the browser until it changes.
fn shared(request: &HttpRequest, page: &Page) -> HttpResponse {
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
fn own(html: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, NOT_KEPT))
        .body(html)
}

/// The next person at the same computer must not find a page by going back.
const NOT_KEPT: &str = "private, no-store";

/// A page made for this request.
fn show(
    state: &State,
    template: &str,
    lang: Lang,
    view: &impl Serialize,
) -> Result<HttpResponse, Error> {
    show_as(HttpResponse::Ok(), state, template, lang, view)
}

/// [`show`] with another status. A page that something was refused on says so in its title, which is
/// what is heard first.
fn show_as(
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
pub(super) fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, to))
        .finish()
}
