//! The error page.

use serde::Serialize;

use crate::domain::locale::Lang;
use crate::web::error::Error;
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::templates::text;

/// `error.html`: what happened, and what to do.
#[derive(Debug, Serialize)]
pub struct ErrorPage {
    chrome: Chrome,
    status: u16,
    text: String,
    advice: String,
}

impl ErrorPage {
    /// The page of an error.
    #[must_use]
    pub fn new(lang: Lang, path: &str, error: &Error) -> Self {
        let status = error.status().as_u16();
        let message = |part: &str| text(lang, &format!("error-{status}-{part}"));
        Self {
            chrome: Chrome::new(lang, message("title"), SiteSection::Other, path),
            status,
            text: error.detail(lang).unwrap_or_else(|| message("text")),
            advice: message("advice"),
        }
    }

    /// The title.
    #[must_use]
    pub fn title(&self) -> &str {
        self.chrome.title()
    }
}
