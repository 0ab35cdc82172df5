//! What a handler may ask for in its parameters: the person, their role, their language.
//!
//! A handler that needs a role takes it as a parameter, so a forgotten check is a missing
//! parameter and does not compile where the person is used.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, dev};

use crate::domain::locale::Lang;

use super::gate::{LANGUAGE_COOKIE, accepted_language};

/// The language of the interface: `?lingua=`, else the one remembered, else what the browser
/// prefers, else Italian.
#[derive(Debug, Clone, Copy)]
pub struct Language(pub Lang);

impl FromRequest for Language {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        ready(Ok(Self(language(request))))
    }
}

/// The language of a request.
pub(super) fn language(request: &HttpRequest) -> Lang {
    asked_language(request.query_string())
        .or_else(|| cookie(request, LANGUAGE_COOKIE).and_then(Lang::from_code))
        .or_else(|| accepted_language(request.headers()))
        .unwrap_or_default()
}

/// `?lingua=`
pub(super) fn asked_language(query: &str) -> Option<Lang> {
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix("lingua="))
        .and_then(Lang::from_code)
}

/// A cookie's value, read without parsing the others: every page asks for its language.
pub(super) fn cookie<'r>(request: &'r HttpRequest, name: &str) -> Option<&'r str> {
    request
        .headers()
        .get_all(header::COOKIE)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}
