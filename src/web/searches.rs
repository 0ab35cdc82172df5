//! Looking for people by name without a word of it in an address: the browsers of a desk are shared,
//! and keep where somebody was.
//!
//! A search is sent as a form and leads to a page that names it by an id (`?ricerca=`). The words stay
//! here, in memory, for as long as a session of the desk may; the id says them to that session alone.
//! So Back, reload and the next page look again, and find what is there by then.

use std::sync::Arc;

use actix_web::{FromRequest, HttpRequest, HttpResponse, dev};
use serde::Deserialize;
use time::Duration;
use uuid::Uuid;

use super::error::Error;
use super::extract::viewer;
use super::parts::see_other;
use super::shelf::{Shelf, ShelfOwner, ShelfRoom};
use super::state::App;

/// The most characters of a search that are looked for.
const LONGEST: usize = 200;

/// The words of searches.
#[derive(Debug)]
pub struct Searches(Shelf<Arc<str>>);

impl Default for Searches {
    fn default() -> Self {
        Self(Shelf::new(ShelfRoom {
            things: 20_000,
            bytes: 4 << 20,
            age: Duration::hours(12),
        }))
    }
}

/// Whoever looks for somebody.
pub struct Searcher {
    app: App,
    session: ShelfOwner,
}

/// What an address says of a search.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Searched {
    /// Its id.
    pub ricerca: Option<Uuid>,
}

impl Searcher {
    /// Leads to a page with what is found of these words.
    pub(super) fn lead(&self, page: &str, words: &str) -> HttpResponse {
        let words: String = words.trim().chars().take(LONGEST).collect();
        let words: Arc<str> = words.into();
        let bytes = words.len() + 64;
        let searches = &self.app.searches.0;
        match searches.put(self.session, words, bytes, self.app.now()) {
            Some(id) => see_other(&format!("{page}?ricerca={id}")),
            None => see_other(page),
        }
    }

    /// The words of a search of this session; `None` where it has none of that id.
    pub(super) fn words(&self, id: Option<Uuid>) -> Option<Arc<str>> {
        let (owner, words) = self.app.searches.0.get(id?, self.app.now())?;
        (owner == self.session).then_some(words)
    }
}

impl FromRequest for Searcher {
    type Error = Error;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let viewer = viewer(&request).await?.ok_or(Error::Unauthorized(None))?;
            Ok(Self {
                app: App::of(&request)?,
                session: ShelfOwner::Session(viewer.session),
            })
        })
    }
}
