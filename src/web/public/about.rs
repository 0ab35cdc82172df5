//! The pages the law asks for.

use actix_web::HttpResponse;
use serde::Serialize;

use crate::domain::locale::Lang;
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::parts::show;
use crate::web::state::App;
use crate::web::templates::text;

/// `about.html` and the like: a page of plain text.
#[derive(Debug, Serialize)]
struct TextPage {
    chrome: Chrome,
    /// Where the accessibility statement is.
    statement: Option<String>,
}

fn text_page(app: &App, lang: Lang, name: &str) -> Result<HttpResponse, Error> {
    let chrome = Chrome::new(
        lang,
        text(lang, &format!("{name}-title")),
        SiteSection::Other,
        &format!("/{name}"),
    )
    .described(text(lang, &format!("{name}-description")));
    let page = TextPage {
        chrome,
        statement: app.settings.statement.clone(),
    };
    show(app, &format!("{name}.html"), lang, &page)
}

/// `GET /privacy`
pub async fn privacy(app: App, Language(lang): Language) -> Result<HttpResponse, Error> {
    text_page(&app, lang, "privacy")
}

/// `GET /accessibilita`
pub async fn accessibility(app: App, Language(lang): Language) -> Result<HttpResponse, Error> {
    text_page(&app, lang, "accessibilita")
}

/// `GET /cookie`
pub async fn cookies(app: App, Language(lang): Language) -> Result<HttpResponse, Error> {
    text_page(&app, lang, "cookie")
}
