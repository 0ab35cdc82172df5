//! Searching the lessons.

use actix_web::HttpResponse;

use crate::search::Results;
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::view::search::{Asked, SearchPage};

use super::show;

/// `GET /cerca?q=`
pub async fn search(
    app: App,
    Language(lang): Language,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let published = app.published();
    let results = if asked.q.trim().is_empty() {
        Results::default()
    } else {
        published.search.search(&asked.query(lang))?
    };
    let filter = asked.filter();
    let all = (filter.level(), filter.domain(), filter.competence()) == (None, None, None);
    if !results.answers && all && !asked.q.trim().is_empty() {
        app.missed.note(lang, &asked.q);
    }
    let page = SearchPage::new(&published.catalogue, &asked, &results, lang);
    show(&app, "search.html", lang, &page)
}
