//! For who writes the lessons.

use actix_web::HttpResponse;
use serde::Serialize;

use crate::domain::locale::Lang;
use crate::learning::missed::{self, Count};
use crate::web::error::Error;
use crate::web::extract::{Editorial, Language};
use crate::web::learn::search::address;
use crate::web::missed as waiting;
use crate::web::parts::chrome::{Chrome, Room, SiteSection};
use crate::web::parts::show;
use crate::web::state::App;
use crate::web::templates::{day, text};

/// `GET /redazione/ricerche`
pub async fn missed_searches(
    app: App,
    Language(lang): Language,
    who: Editorial,
) -> Result<HttpResponse, Error> {
    waiting::write(&app).await?;
    let counted = missed::counted(&app.db).await?;
    let page = MissedPage::new(counted, who.room, lang);
    show(&app, "missed.html", lang, &page)
}

/// `missed.html`
#[derive(Debug, Serialize)]
pub struct MissedPage {
    chrome: Chrome,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    href: String,
    cells: [String; 3],
}

impl MissedPage {
    /// The page of these counts.
    #[must_use]
    pub fn new(counts: Vec<Count>, room: Room, lang: Lang) -> Self {
        const ADDRESS: &str = "/redazione/ricerche";
        let title = text(lang, "missed-title");
        let row = |count: Count| Row {
            href: address(&count.words),
            cells: [count.words, count.times.to_string(), day(lang, count.last)],
        };
        Self {
            chrome: Chrome::new(lang, title, SiteSection::Other, ADDRESS).room(room, ADDRESS, lang),
            rows: counts.into_iter().map(row).collect(),
        }
    }
}
