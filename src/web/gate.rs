//! What every request and every answer passes: refuses writes that another site set off, shows
//! errors, and adds the headers that browsers keep people safe by.

use std::time::Instant;

use actix_multipart::MultipartError;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::cookie::Cookie;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{ConnectionType, Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpResponse, rt, web};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::domain::locale::Lang;

use super::error::Error;
use super::extract::{asked_language, bearer, language, own_cookie};
use super::idle;
use super::once::{self, FormTurn};
use super::read::of_body;
use super::rooms;
use super::state::State;
use super::trail;
use super::{answers, connections, metrics};
use crate::web::parts::error_page::ErrorPage;

/// The cookie that remembers a language.
pub const LANGUAGE_COOKIE: &str = "lingua";

const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// A browser that has been here by `https` never asks by `http` again, for two years.
const STRICT_TRANSPORT: (HeaderName, HeaderValue) = (
    header::STRICT_TRANSPORT_SECURITY,
    HeaderValue::from_static("max-age=63072000"),
);

const HEADERS: [(HeaderName, HeaderValue); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
             form-action 'self'; frame-ancestors 'none'",
        ),
    ),
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    ),
    (
        header::PERMISSIONS_POLICY,
        HeaderValue::from_static("camera=(), geolocation=(), microphone=()"),
    ),
    (
        header::CROSS_ORIGIN_OPENER_POLICY,
        HeaderValue::from_static("same-origin"),
    ),
    (
        header::CROSS_ORIGIN_RESOURCE_POLICY,
        HeaderValue::from_static("same-origin"),
    ),
];

/// Headers that an extractor adds to the answer, left in the request's extensions for the gate.
pub(super) struct Added(Vec<(HeaderName, HeaderValue)>);

impl Added {
    /// Cookies, and another header.
    pub(super) fn cookies(
        cookies: &[Cookie<'static>],
        other: Option<(HeaderName, HeaderValue)>,
    ) -> Result<Self, Error> {
        let mut added: Vec<_> = other.into_iter().collect();
        for cookie in cookies {
            let value = HeaderValue::from_str(&cookie.to_string()).map_err(Error::internal)?;
            added.push((header::SET_COOKIE, value));
        }
        Ok(Self(added))
    }
}

/// Lets a request through and finishes its answer.
pub(super) async fn gate<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let started = Instant::now();
    connections::begin(&mut request);
    let mut response = if from_another_site(&request) {
        show(request.error_response(Error::Forbidden))
    } else if *request.method() == Method::POST {
        // In a box, for the sake of all others: what a form may need is large, and would be moved
        // about with every request.
        Box::pin(sent(request, next)).await?
    } else {
        answered(request, next).await?
    };
    remember_language(&mut response);
    let stopping = state_of(response.request()).is_some_and(|state| state.is_stopping());
    if stopping {
        let head = response.response_mut().head_mut();
        head.set_connection_type(ConnectionType::Close);
    }
    add(&mut response);
    protect(&mut response);
    measure(&response, started);
    Ok(connections::end(response))
}

/// Puts in what an extractor adds.
fn add(response: &mut ServiceResponse) {
    let added = response.request().extensions_mut().remove::<Added>();
    for (name, value) in added.into_iter().flat_map(|Added(headers)| headers) {
        response.headers_mut().append(name, value);
    }
}

/// What an address answers, errors as pages.
async fn answered<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse, actix_web::Error> {
    let work = rooms::request(trail::followed(request, next));
    let response = idle::request(work).await?;
    Ok(match is_unshown_error(&response) {
        true => show(response),
        false => response,
    })
}

/// [`answered`] for what is sent: where it is a form, its answer is kept.
async fn sent<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse, actix_web::Error> {
    match once::turn(&mut request).await {
        Some(turn) => in_turn(request, next, turn).await,
        None => Ok(answers::keep(answered(request, next).await?).await),
    }
}

/// [`answered`] for a form that may come twice. It is done to its end also where the browser does
/// not wait: a second press breaks the first request off.
async fn in_turn<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
    turn: FormTurn,
) -> Result<ServiceResponse, actix_web::Error> {
    if let Some(led) = turn.before() {
        return Ok(request.into_response(led.response()));
    }
    let work = async move {
        let mut response = answers::keep(answered(request, next).await?).await;
        add(&mut response);
        turn.done(&response);
        Ok(response)
    };
    let broken_off = |error| Error::internal(anyhow::Error::from(error));
    rt::spawn(work).await.map_err(broken_off)?
}

/// Adds the headers that browsers keep people safe by.
fn protect(response: &mut ServiceResponse) {
    let secure = state_of(response.request()).is_some_and(|state| state.settings.secure_cookies);
    let unchanged = response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    let always = HEADERS.into_iter();
    for (name, value) in always.chain(secure.then_some(STRICT_TRANSPORT)) {
        // A page can be stricter than the site.
        if !headers.contains_key(&name) {
            headers.insert(name, value);
        }
    }
    // Whoever made an answer says whether it may be kept; what was not thought of is not kept.
    if !unchanged && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, NO_STORE);
    }
}

/// Whether a write was set off by a page of another site.
///
/// `Sec-Fetch-Site` tells in every browser since 2023, `Origin` in the older ones; the session
/// cookie's `SameSite=Lax` covers those that send neither. A bearer token cannot be sent by
/// another site's form, and beside it no cookie counts.
fn from_another_site(request: &ServiceRequest) -> bool {
    if matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    ) || bearer(request.headers()).is_some()
    {
        return false;
    }
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host != header("host")
        }
        (None, None) => false,
    }
}

/// Errors come without a body, the framework's own included; what a handler wrote is left alone.
fn is_unshown_error(response: &ServiceResponse) -> bool {
    let status = response.status();
    (status.is_client_error() || status.is_server_error())
        && (response.response().error().is_some()
            || matches!(
                response.response().body().size(),
                BodySize::None | BodySize::Sized(0)
            ))
}

fn show(response: ServiceResponse) -> ServiceResponse {
    let (request, old) = response.into_parts();
    let lang = language(&request);
    let own = old.error().and_then(|error| error.as_error::<Error>());
    let other;
    let error = match own {
        Some(error) => error,
        None => {
            other = of_framework(&old);
            &other
        }
    };
    if matches!(error, Error::Unavailable)
        && let Some(state) = state_of(&request)
    {
        state.db.failed();
    }
    let mut new = if request.path().starts_with("/api/") {
        HttpResponse::build(error.status())
            .content_type("application/problem+json")
            .json(error.problem(lang))
    } else if matches!(error, Error::Unauthorized(_)) {
        let back = utf8_percent_encode(request.path(), NON_ALPHANUMERIC);
        // Whoever was in is told that it ended, and what was lost by that.
        let ended = request.cookie(idle::IDLE_COOKIE).is_some();
        let to = match (request.method(), ended) {
            (&Method::GET, false) => format!("/accedi?ritorno={back}"),
            (&Method::GET, true) => format!("/accedi?ritorno={back}&finita=pagina"),
            (_, false) => "/accedi".to_owned(),
            (_, true) => "/accedi?finita=modulo".to_owned(),
        };
        HttpResponse::SeeOther()
            .insert_header((header::LOCATION, to))
            .finish()
    } else if matches!(error, Error::SetUp) {
        HttpResponse::SeeOther()
            .insert_header((header::LOCATION, "/accesso/secondo-fattore"))
            .finish()
    } else {
        html(&request, error, lang)
    };
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = old.headers().get(&name) {
            new.headers_mut().insert(name, value.clone());
        }
    }
    if matches!(error, Error::Timeout | Error::TooLarge) {
        // What is still to come is not waited for.
        new.head_mut().set_connection_type(ConnectionType::Close);
    }
    new.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
    ServiceResponse::new(request, new)
}

fn state_of(request: &actix_web::HttpRequest) -> Option<&State> {
    request
        .app_data::<web::Data<State>>()
        .map(|state| &***state)
}

/// What an error of the framework is. A body that breaks off is nobody's fault here, whatever
/// status the framework has for it; the framework's texts repeat what was sent.
fn of_framework(response: &HttpResponse) -> Error {
    let broken_off = response.error().and_then(|error| {
        let body = error.as_error::<PayloadError>();
        let part = error.as_error::<MultipartError>();
        match (body, part) {
            (Some(body), _) | (_, Some(MultipartError::Payload(body))) => Some(of_body(body)),
            (None, Some(_)) => Some(Error::bad_request("error-400-text")),
            (None, None) => None,
        }
    });
    broken_off.unwrap_or_else(|| {
        let status = response.status();
        if status.is_server_error() {
            tracing::error!(%status, "the framework failed");
        }
        Error::of_status(status)
    })
}

fn html(request: &actix_web::HttpRequest, error: &Error, lang: Lang) -> HttpResponse {
    // An address that somebody made up is not repeated; those of the site's own pages are.
    let own = request.match_pattern().filter(|own| own == request.path());
    let page = ErrorPage::new(lang, own.as_deref().unwrap_or("/"), error);
    let rendered =
        state_of(request).and_then(|state| state.templates.render("error.html", lang, &page).ok());
    HttpResponse::build(error.status())
        .content_type("text/html; charset=utf-8")
        .body(rendered.unwrap_or_else(|| page.title().to_owned()))
}

/// `?lingua=` holds for the pages that follow.
fn remember_language(response: &mut ServiceResponse) {
    let Some(lang) = asked_language(response.request().query_string()) else {
        return;
    };
    if response.status() == StatusCode::NOT_MODIFIED {
        return;
    }
    let secure = state_of(response.request()).is_some_and(|state| state.settings.secure_cookies);
    let mut cookie = own_cookie(LANGUAGE_COOKIE, lang.code().to_owned(), secure);
    cookie.set_max_age(actix_web::cookie::time::Duration::days(365));
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

fn measure(response: &ServiceResponse, started: Instant) {
    // Putting the pattern together costs more than the rest of the gate.
    if !metrics::are_wanted() && !tracing::enabled!(tracing::Level::DEBUG) {
        return;
    }
    let request = response.request();
    // The pattern: an address may hold a name.
    let route = request.match_pattern();
    tracing::debug!(
        method = %request.method(),
        route = route.as_deref().unwrap_or_default(),
        status = response.status().as_u16(),
        "answered"
    );
    metrics::answered(
        request.method(),
        route,
        response.status(),
        started.elapsed(),
    );
}

/// The part of the headers that a person's language is read from.
pub(super) fn accepted_language(headers: &HeaderMap) -> Option<Lang> {
    let value = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(Lang, f32)> = None;
    for one in value.split(',') {
        let mut parts = one.split(';').map(str::trim);
        let Some(lang) = parts.next().and_then(Lang::from_code) else {
            continue;
        };
        let weight = parts
            .find_map(|part| part.strip_prefix("q="))
            .map_or(1.0, |q| q.parse::<f32>().unwrap_or(0.0));
        if weight > 0.0 && best.is_none_or(|(_, other)| weight > other) {
            best = Some((lang, weight));
        }
    }
    best.map(|(lang, _)| lang)
}
