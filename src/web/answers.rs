//! Every form leads to a page that is only read, so that Back and reload never send it again.
//!
//! A handler answers a form with a page where there is something to say: what is at fault, a card
//! with its PIN, what a search found. That page is kept for ten minutes and the browser is led to it
//! (`303`, `?risposta=ID`). It is shown to the session alone that sent the form, as long as that is
//! open; without a session, to the browser. Handlers and scripts know nothing of this: a script
//! and a program get the page at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::cookie::Cookie;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use bytes::Bytes;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::db::audit::{self, ShownPeople};

use super::error::Error;
use super::extract::{SESSION_COOKIE, bearer, cookie, language, own_cookie, viewer};
use super::shelf::{Shelf, ShelfOwner, ShelfRoom};
use super::state::{App, State};
use crate::web::parts::gone::GonePage;

/// What an address says of the answer that it shows.
const PARAMETER: &str = "risposta";

/// The cookie of a browser without a session that has an answer here.
const BROWSER_COOKIE: &str = "risposta";

/// How long an answer can be shown again.
const KEPT: Duration = Duration::minutes(10);

/// As `app_data` of an address: forms are sent to it, and it shows nothing by itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct OnlySent;

/// In a request: its answer was kept before, and is shown again.
#[derive(Debug, Clone, Copy)]
pub(super) struct ShownAgain;

/// In a request: it was too large, and the rest of it is not waited for.
#[derive(Debug, Clone, Copy)]
pub(super) struct GivenUp;

/// The answers that can be shown again.
#[derive(Debug)]
pub struct Answers {
    known: Shelf<Answer>,
    /// Apart: whoever sends forms without end pushes out nobody's card.
    strangers: Shelf<Answer>,
}

#[derive(Debug, Clone)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// What it shows of people.
    shown: ShownPeople,
    /// The form's own trail tells of the first showing.
    seen: Arc<AtomicBool>,
}

impl Default for Answers {
    fn default() -> Self {
        let room = |things, bytes| ShelfRoom {
            things,
            bytes,
            age: KEPT,
        };
        Self {
            known: Shelf::new(room(4_000, 48 << 20)),
            strangers: Shelf::new(room(1_000, 12 << 20)),
        }
    }
}

impl Answers {
    fn shelf(&self, known: bool) -> &Shelf<Answer> {
        if known { &self.known } else { &self.strangers }
    }

    fn find(&self, id: Uuid, now: OffsetDateTime) -> Option<(ShelfOwner, Answer)> {
        let found = self.known.get(id, now);
        found.or_else(|| self.strangers.get(id, now))
    }
}

/// An answer that an address names, or what the address is by itself.
pub(super) async fn again<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let Some(id) = asked(&request) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let answer = match Box::pin(recall(request.request(), id)).await {
        Ok(answer) => answer,
        Err(error) => return Ok(request.error_response(error)),
    };
    Ok(request.into_response(answer))
}

async fn recall(request: &HttpRequest, id: Uuid) -> Result<HttpResponse, Error> {
    let app = App::of(request)?;
    let Some((owner, answer)) = app.answers.find(id, app.now()) else {
        return gone(&app, request);
    };
    let theirs = match owner {
        ShelfOwner::Session(session) => {
            viewer(request).await?.map(|one| one.session) == Some(session)
        }
        ShelfOwner::Browser(browser) => browser_of(request) == Some(browser),
    };
    if !theirs {
        return gone(&app, request);
    }
    if answer.seen.swap(true, Ordering::AcqRel)
        && let Some(context) = audit::context()
    {
        context.shows(answer.shown);
    }
    request.extensions_mut().insert(ShownAgain);
    let mut response = HttpResponse::build(answer.status).body(answer.body);
    *response.headers_mut() = answer.headers;
    Ok(response)
}

/// The page of an answer that is not there any more, or is somebody else's: nobody is told which.
fn gone(app: &State, request: &HttpRequest) -> Result<HttpResponse, Error> {
    let lang = language(request);
    let page = GonePage::new(&without_answer(&request.uri().to_string()), lang);
    let html = app.templates.render("gone.html", lang, &page)?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .body(html))
}

/// Keeps the page that a form was answered with, and leads to it.
pub(super) async fn keep(response: ServiceResponse) -> ServiceResponse {
    let request = response.request();
    let Ok(app) = App::of(request) else {
        return response;
    };
    if enters_or_leaves(&app, response.headers()) {
        // The next one at this browser finds nothing of whoever was here before.
        if let Some(browser) = browser_of(request) {
            app.answers.strangers.forget(ShelfOwner::Browser(browser));
        }
    }
    if !is_page_of_form(&response) {
        return response;
    }
    let (owner, known, new) = owner(request).await;
    let (request, response) = response.into_parts();
    let (mut head, body) = response.into_parts();
    let body = match to_bytes(body).await {
        Ok(body) => body,
        Err(error) => {
            let error = Error::internal(anyhow::anyhow!("an answer broke off: {error}"));
            return ServiceResponse::from_err(error, request);
        }
    };
    let shown = request.extensions_mut().remove::<ShownPeople>();
    let answer = Answer {
        status: head.status(),
        headers: lasting(head.headers()),
        body: body.clone(),
        shown: shown.unwrap_or_default(),
        seen: Arc::default(),
    };
    let shelf = app.answers.shelf(known);
    let Some(id) = shelf.put(owner, answer, body.len(), app.now()) else {
        return ServiceResponse::new(request, head.set_body(BoxBody::new(body)));
    };
    let mut led = HttpResponse::SeeOther();
    led.insert_header((header::LOCATION, address(&request, id)));
    for set in head.headers_mut().remove(header::SET_COOKIE) {
        led.append_header((header::SET_COOKIE, set));
    }
    if let Some(cookie) = new.filter(|_| matches!(owner, ShelfOwner::Browser(_))) {
        led.cookie(browser_cookie(&app, cookie));
    }
    if head.status() == StatusCode::PAYLOAD_TOO_LARGE {
        request.extensions_mut().insert(GivenUp);
        led.force_close();
    }
    ServiceResponse::new(request, led.finish())
}

/// Whether it is a page that a browser got for a form of this site. A script, which asks with
/// `fetch`, and a program take their answers as they come.
fn is_page_of_form(response: &ServiceResponse) -> bool {
    let request = response.request();
    let text = |headers: &HeaderMap, name: HeaderName| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let mode = text(request.headers(), HeaderName::from_static("sec-fetch-mode"));
    *request.method() == Method::POST
        && !request.path().starts_with("/api/")
        && bearer(request.headers()).is_none()
        && matches!(mode.as_str(), "" | "navigate")
        && request.match_pattern().is_some()
        // Nothing arrived that could be sent again, or there is no such form.
        && !matches!(
            response.status(),
            StatusCode::REQUEST_TIMEOUT | StatusCode::METHOD_NOT_ALLOWED
        )
        && text(response.headers(), header::CONTENT_TYPE).starts_with("text/html")
}

/// Whose an answer is, whether they are known, and the cookie of a browser that has none yet.
async fn owner(request: &HttpRequest) -> (ShelfOwner, bool, Option<Uuid>) {
    // Where the database is away, the answer says so: it is nobody's in particular.
    if let Ok(Some(viewer)) = viewer(request).await {
        return (
            ShelfOwner::Session(viewer.session),
            !viewer.is_guest(),
            None,
        );
    }
    match browser_of(request) {
        Some(browser) => (ShelfOwner::Browser(browser), false, None),
        None => {
            let browser = Uuid::new_v4();
            (ShelfOwner::Browser(browser), false, Some(browser))
        }
    }
}

fn browser_of(request: &HttpRequest) -> Option<Uuid> {
    cookie(request, BROWSER_COOKIE)?.parse().ok()
}

fn browser_cookie(app: &State, browser: Uuid) -> Cookie<'static> {
    let secure = app.settings.secure_cookies;
    own_cookie(BROWSER_COOKIE, browser.to_string(), secure)
}

/// Whether the answer opens or ends a session.
pub(super) fn enters_or_leaves(app: &State, headers: &HeaderMap) -> bool {
    let secure = app.settings.secure_cookies;
    let session = own_cookie(SESSION_COOKIE, String::new(), secure);
    let own = |set: &HeaderValue| {
        let rest = set.as_bytes().strip_prefix(session.name().as_bytes());
        rest.is_some_and(|rest| rest.starts_with(b"="))
    };
    headers.get_all(header::SET_COOKIE).any(own)
}

/// The headers that are the page's own. It is never kept by the browser.
fn lasting(headers: &HeaderMap) -> HeaderMap {
    let mut own = headers.clone();
    for name in [
        header::SET_COOKIE,
        header::CONNECTION,
        header::CONTENT_LENGTH,
        header::TRANSFER_ENCODING,
    ] {
        own.remove(name);
    }
    let no_store = HeaderValue::from_static("private, no-store");
    own.insert(header::CACHE_CONTROL, no_store);
    own
}

fn asked(request: &ServiceRequest) -> Option<Uuid> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads || request.path().starts_with("/api/") {
        return None;
    }
    let mut pairs = request.query_string().split('&');
    pairs.find_map(|pair| {
        let (name, id) = pair.split_once('=')?;
        (name == PARAMETER).then(|| id.parse().ok())?
    })
}

/// Where an answer is shown: at the address of its form. An address that shows nothing by itself
/// leaves it to the page that the form stood on, so that there is a page when the answer is gone.
fn address(request: &HttpRequest, id: Uuid) -> String {
    let page = match request.app_data::<OnlySent>() {
        None => request.path().to_owned(),
        Some(OnlySent) => came_from(request).unwrap_or_else(|| {
            let room = request.path().split('/').nth(1).unwrap_or_default();
            format!("/{room}")
        }),
    };
    let sign = if page.contains('?') { '&' } else { '?' };
    format!("{page}{sign}{PARAMETER}={id}")
}

/// The page of this site that a request was sent from, as path and query.
fn came_from(request: &HttpRequest) -> Option<String> {
    let header = |name: HeaderName| request.headers().get(name)?.to_str().ok();
    let (_, rest) = header(header::REFERER)?.split_once("://")?;
    let (host, path) = rest.split_at(rest.find('/')?);
    let own = Some(host) == header(header::HOST) && !path.starts_with("//");
    own.then(|| without_answer(path))
}

/// An address without what it says of an answer.
fn without_answer(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let others = query.split('&').filter(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        !pair.is_empty() && name != PARAMETER
    });
    let others: Vec<_> = others.collect();
    match others.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", others.join("&")),
    }
}
