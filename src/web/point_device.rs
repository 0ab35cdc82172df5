//! The browser of a request: whether it is a device of a point, which many people use one after the
//! other (see [`devices`]).

use std::future::Future;
use std::pin::Pin;

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{FromRequest, HttpRequest, HttpResponse, dev};

use crate::accounts::devices::{self, PointDevice};
use crate::domain::device::device;

use super::error::Error;
use super::extract::{cookie, own_cookie, state};
use super::state::State;

/// The cookie that a device of a point keeps.
pub const POINT_COOKIE: &str = "punto";

/// As long as browsers keep any; each entering begins it anew.
const KEPT: Duration = Duration::days(400);

/// What a browser kept in its own storage goes: copies of lessons, and what waits to be sent.
const FORGET: (HeaderName, HeaderValue) = (
    HeaderName::from_static("clear-site-data"),
    HeaderValue::from_static("\"storage\""),
);

/// The browser of a request.
#[derive(Debug, Clone)]
pub struct ThisDevice {
    /// A coarse word for it.
    pub word: String,
    /// What it is to a point.
    pub point: Option<PointDevice>,
    token: Option<String>,
}

impl FromRequest for ThisDevice {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Self::of(&request).await })
    }
}

impl ThisDevice {
    /// The browser of a request.
    ///
    /// # Errors
    /// The database's.
    pub(super) async fn of(request: &HttpRequest) -> Result<Self, Error> {
        let agent = request.headers().get(header::USER_AGENT);
        let agent = agent.and_then(|agent| agent.to_str().ok());
        let token = cookie(request, POINT_COOKIE);
        let point = match token {
            Some(token) => devices::of_token(&state(request)?.db, token).await?,
            None => None,
        };
        Ok(Self {
            word: device(agent.unwrap_or_default()),
            token: token.filter(|_| point.is_some()).map(str::to_owned),
            point,
        })
    }

    /// Has the browser of a point forget what the one before left in it, when somebody enters or
    /// leaves, and keep that it is the point's.
    ///
    /// # Errors
    /// None that a cookie of ours can have.
    pub(super) fn turn_over(&self, app: &State, response: &mut HttpResponse) -> Result<(), Error> {
        if let Some(token) = &self.token {
            let (name, value) = FORGET;
            response.headers_mut().insert(name, value);
            let kept = kept(app, token.clone());
            response.add_cookie(&kept).map_err(Error::internal)?;
        }
        Ok(())
    }

    /// What a new guest's answer says to the browser of a point.
    pub(super) fn forgets(&self) -> Option<(HeaderName, HeaderValue)> {
        self.point.as_ref().map(|_| FORGET)
    }
}

/// The cookie of a device that was marked.
pub(super) fn kept(app: &State, token: String) -> Cookie<'static> {
    let mut cookie = own_cookie(POINT_COOKIE, token, app.settings.secure_cookies);
    cookie.set_max_age(KEPT);
    cookie
}

/// Makes the browser forget that it was one.
pub(super) fn freed(app: &State) -> Cookie<'static> {
    let mut cookie = own_cookie(POINT_COOKIE, String::new(), app.settings.secure_cookies);
    cookie.make_removal();
    cookie
}
