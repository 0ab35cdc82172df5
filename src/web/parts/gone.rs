//! The page of an answer that is not kept any more.

use serde::Serialize;

use crate::domain::locale::Lang;
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::templates::text;

/// `gone.html`: why, and the way on.
#[derive(Debug, Serialize)]
pub struct GonePage {
    chrome: Chrome,
    href: String,
}

impl GonePage {
    /// At the page of this address.
    #[must_use]
    pub fn new(address: &str, lang: Lang) -> Self {
        let path = address.split('?').next().unwrap_or("/");
        Self {
            chrome: Chrome::new(lang, text(lang, "gone-title"), SiteSection::Other, path),
            href: address.to_owned(),
        }
    }
}
