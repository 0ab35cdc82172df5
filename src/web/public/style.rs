//! The page that shows every part a page can be put together from, for those who write pages.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};

use crate::domain::locale::Lang;
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::parts::show;
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::templates::text;

/// `style.html`: the examples are in the template.
#[derive(Debug, Serialize)]
struct StylePage {
    chrome: Chrome,
    /// The address of this page, for the examples to lead to.
    here: String,
    shelves: &'static [&'static str],
    page: usize,
    pages: usize,
    previous: Option<String>,
    next: Option<String>,
}

/// The parts of each page.
const SHELVES: [&[&str]; 4] = [
    &[
        "rules", "type", "colours", "buttons", "tags", "steps", "keys",
    ],
    &["messages", "forms"],
    &["filters", "tables", "cards", "chart"],
    &["states"],
];

/// Which page.
#[derive(Debug, Deserialize)]
pub struct StyleQuery {
    pagina: Option<usize>,
}

/// `GET /stile`
pub async fn style(
    app: App,
    Language(lang): Language,
    asked: Query<StyleQuery>,
) -> Result<HttpResponse, Error> {
    let page = StylePage::new(asked.pagina.unwrap_or(1), lang).ok_or(Error::NotFound)?;
    show(&app, "style.html", lang, &page)
}

impl StylePage {
    fn new(page: usize, lang: Lang) -> Option<Self> {
        let title = text(lang, "style-title");
        let at = |page: usize| format!("/stile?pagina={page}");
        let pages = SHELVES.len();
        Some(Self {
            shelves: SHELVES.get(page.checked_sub(1)?)?,
            chrome: Chrome::new(lang, title, SiteSection::Other, "/stile"),
            here: at(page),
            previous: (page > 1).then(|| at(page - 1)),
            next: (page < pages).then(|| at(page + 1)),
            page,
            pages,
        })
    }
}
