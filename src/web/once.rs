//! A form that is sent twice is done once.
//!
//! Every form of a page that is made for one request has an id of its own (`una-volta`, put in by
//! [`with_ids`]). Where the same form comes again with the same words, after a second press or after
//! going back, nothing is done and the answer is that of the first time. With other words it is
//! another form: nothing that somebody wrote is ever left undone in silence. What was refused, or
//! wrote nothing, may be sent again.
//!
//! A second press breaks the first request off, and with it what the browser was told to remember:
//! that the person is in. So the answer of the first time is given whole, cookies and all, for as
//! long as a press may break another one off. After that, a form that somebody entered with is done anew.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpMessage, HttpResponse};
use aws_lc_rs::digest::{Context as Digest, SHA256};
use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, LocalBoxStream, StreamExt as _};
use time::{Duration, OffsetDateTime};
use tokio::sync::OwnedMutexGuard;
use uuid::Uuid;

use super::answers::enters_or_leaves;
use super::extract::{SESSION_COOKIE, bearer, cookie};
use super::state::App;

/// The first field of a form.
const FIELD: &str = "una-volta=";
/// Of a longer form the beginning tells it from others: with the id, that is enough.
const READ: usize = 32 * 1024;
/// How long a form is known: as long as a session of the desk.
const KNOWN: Duration = Duration::hours(12);
/// The most forms that are known: some 10 MB.
const MOST: usize = 20_000;
/// How long what a browser was told to remember is told again.
const BROKEN_OFF: Duration = Duration::minutes(1);
/// Shows who they are first: the form was not done, and will be sent again.
const NOT_YET: &str = "/accesso/conferma";

/// In a request: it wrote something.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wrote;

type Key = [u8; 32];
type Place = Arc<tokio::sync::Mutex<Option<Led>>>;

/// The answer to a form that was done.
#[derive(Debug, Clone)]
pub(super) struct Led {
    to: HeaderValue,
    /// Never shown in a log.
    remembered: Vec<(HeaderName, HeaderValue)>,
    /// A session began or ended with it.
    session: bool,
    at: OffsetDateTime,
}

/// The forms that were sent, and where each one led.
#[derive(Debug, Default)]
pub struct SentForms {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    places: HashMap<Key, Place>,
    order: VecDeque<(OffsetDateTime, Key)>,
}

/// A form that is being done; whoever sends it again meanwhile waits.
pub(super) struct FormTurn {
    place: OwnedMutexGuard<Option<Led>>,
    now: OffsetDateTime,
}

impl SentForms {
    fn place(&self, key: Key, now: OffsetDateTime) -> Place {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some((at, oldest)) = inner.order.front().copied() {
            if now - at < KNOWN && inner.order.len() < MOST {
                break;
            }
            inner.order.pop_front();
            inner.places.remove(&oldest);
        }
        if let Some(place) = inner.places.get(&key) {
            return Arc::clone(place);
        }
        let place = Place::default();
        inner.order.push_back((now, key));
        inner.places.insert(key, Arc::clone(&place));
        place
    }
}

impl Led {
    /// The answer, as it was given.
    pub(super) fn response(self) -> HttpResponse {
        let mut response = HttpResponse::SeeOther();
        response.insert_header((header::LOCATION, self.to));
        for header in self.remembered {
            response.append_header(header);
        }
        response.finish()
    }
}

impl FormTurn {
    /// What the form was answered when it was done before.
    pub(super) fn before(&self) -> Option<Led> {
        let mut led = self.place.clone()?;
        if self.now - led.at >= BROKEN_OFF {
            if led.session {
                return None;
            }
            led.remembered.clear();
        }
        Some(led)
    }

    /// Remembers what the form is answered, where it was done.
    pub(super) fn done(mut self, response: &ServiceResponse) {
        let wrote = response.request().extensions().contains::<Wrote>();
        let to = response.headers().get(header::LOCATION);
        if let Some(to) = to.filter(|_| wrote && response.status() == StatusCode::SEE_OTHER)
            && !to.as_bytes().starts_with(NOT_YET.as_bytes())
        {
            let told = response.headers().iter();
            let told = told.filter(|(name, _)| is_remembered(name));
            let remembered = told.map(|(name, value)| {
                let mut value = value.clone();
                value.set_sensitive(true);
                (name.clone(), value)
            });
            let app = App::of(response.request());
            *self.place = Some(Led {
                to: to.clone(),
                session: app.is_ok_and(|app| enters_or_leaves(&app, response.headers())),
                remembered: remembered.collect(),
                at: self.now,
            });
        }
    }
}

/// The turn of a form with an id; `None` for everything else.
pub(super) async fn turn(request: &mut ServiceRequest) -> Option<FormTurn> {
    let form = *request.method() == Method::POST
        && !request.path().starts_with("/api/")
        && bearer(request.headers()).is_none()
        && request.content_type() == "application/x-www-form-urlencoded";
    if !form {
        return None;
    }
    let (whole, rest) = beginning(request.take_payload()).await;
    let id = whole.get(FIELD.len()..FIELD.len() + 36);
    let known = whole.starts_with(FIELD.as_bytes()) && id.and_then(uuid).is_some();
    // Handlers never see it.
    let left = match known {
        true => whole.len().min(FIELD.len() + 37),
        false => 0,
    };
    let first = stream::iter([Ok(whole.slice(left..))]);
    request.set_payload(Payload::Stream {
        payload: Box::pin(first.chain(rest)),
    });
    if !known {
        return None;
    }
    let app = App::of(request.request()).ok()?;
    let (key, now) = (key(request, &whole), app.now());
    Some(FormTurn {
        place: app.sent.place(key, now).lock_owned().await,
        now,
    })
}

/// Whether a header tells a browser to remember something, or to forget it.
fn is_remembered(name: &HeaderName) -> bool {
    *name == header::SET_COOKIE || name.as_str() == "clear-site-data"
}

fn uuid(text: &[u8]) -> Option<Uuid> {
    Uuid::try_parse_ascii(text).ok()
}

fn key(request: &ServiceRequest, body: &[u8]) -> Key {
    let mut digest = Digest::new(&SHA256);
    let session = cookie(request.request(), SESSION_COOKIE).unwrap_or_default();
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.map(HeaderValue::as_bytes).unwrap_or_default();
    for part in [session.as_bytes(), request.path().as_bytes(), length, body] {
        digest.update(&part.len().to_be_bytes());
        digest.update(part);
    }
    let mut key = Key::default();
    key.copy_from_slice(digest.finish().as_ref());
    key
}

type Rest = LocalBoxStream<'static, Result<Bytes, PayloadError>>;

/// The beginning of a body, as far as it can be that of a form with an id, and what comes after it.
async fn beginning(mut payload: Payload) -> (Bytes, Rest) {
    let mut read = BytesMut::new();
    while read.len() < READ {
        match payload.next().await {
            Some(Ok(chunk)) => read.extend_from_slice(&chunk),
            Some(Err(error)) => return (read.freeze(), stream::iter([Err(error)]).boxed_local()),
            None => break,
        }
        let compared = read.len().min(FIELD.len());
        if read.get(..compared) != FIELD.as_bytes().get(..compared) {
            break;
        }
    }
    (read.freeze(), payload.boxed_local())
}

/// The page with an id in each form that is sent. A form of files has none, nor has the way out, which
/// stands on pages that are the same for everybody: who leaves twice has left.
pub(super) fn with_ids(html: &str) -> String {
    let field = format!(
        "<input type=\"hidden\" name=\"una-volta\" value=\"{}\">",
        Uuid::new_v4()
    );
    let mut whole = String::with_capacity(html.len() + 512);
    let mut pieces = html.split("<form ");
    whole.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        whole.push_str("<form ");
        let (head, rest) = piece.split_once('>').unwrap_or((piece, ""));
        whole.push_str(head);
        whole.push('>');
        let counted = !head.contains("enctype") && !head.contains("action=\"/esci\"");
        if head.contains("method=\"post\"") && counted {
            whole.push_str(&field);
        }
        whole.push_str(rest);
    }
    whole
}
