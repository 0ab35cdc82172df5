//! The page that shows every part a page can be put together from, for those who write pages.

use actix_web::HttpResponse;
use serde::Serialize;

use crate::domain::locale::Lang;
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::state::App;
use crate::web::templates::text;
use crate::web::view::chrome::{Chrome, Section};

use super::show;

/// `style.html`: the examples are in the template.
#[derive(Debug, Serialize)]
struct StylePage {
    chrome: Chrome,
}

/// `GET /stile`
pub async fn style(app: App, Language(lang): Language) -> Result<HttpResponse, Error> {
    show(&app, "style.html", lang, &StylePage::new(lang))
}

impl StylePage {
    fn new(lang: Lang) -> Self {
        let title = text(lang, "style-title");
        Self {
            chrome: Chrome::new(lang, title, Section::Other, "/stile"),
        }
    }
}
