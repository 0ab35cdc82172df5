//! Searching the lessons.

use actix_web::HttpResponse;

use crate::search::Results;
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::view::search::Asked;

use super::own;

/// `GET /cerca?q=`
pub async fn search(
    app: App,
    Language(lang): Language,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let published = app.published();
    let (words, chosen) = (asked.words(), asked.chosen());
    if let Some(found) = published.found_before(words, chosen, lang) {
        return Ok(own(published.search_page(words, chosen, &found, lang)?));
    }
    let results = match words {
        "" => Results::default(),
        _ => published.search.search(&asked.query(lang))?,
    };
    if !results.answers && chosen.is_all() && !words.is_empty() {
        app.missed.note(lang, &asked.q);
    }
    let found = published.found(words, chosen, &results, lang)?;
    Ok(own(published.search_page(words, chosen, &found, lang)?))
}
