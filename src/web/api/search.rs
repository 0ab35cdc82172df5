//! Searching the lessons.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::domain::ids::{LessonId, ModuleId};
use crate::domain::locale::Lang;
use crate::search::{self, Hit};
use crate::web::error::Error;
use crate::web::read::{Json, Query};
use crate::web::state::App;

/// What to search.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchParams {
    /// The words; the first 200 characters are used.
    #[param(example = "prenotare una visita")]
    q: String,
    /// The language of the lessons.
    lang: Option<Lang>,
    /// At most this many hits, 1 to 50; 10 if left out.
    #[param(minimum = 0, example = 10)]
    limit: Option<usize>,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchView {
    /// The words that were asked for.
    query: String,
    /// The best first.
    hits: Vec<HitView>,
    /// Other words to try.
    suggestions: Vec<String>,
}

/// A section of a lesson.
#[derive(Debug, Serialize, ToSchema)]
pub struct HitView {
    module: ModuleId,
    /// Absent for a module's introduction.
    lesson: Option<LessonId>,
    /// Of the lesson, or of the module.
    title: String,
    /// Of the section, where it has one.
    heading: Option<String>,
    /// The language of the lesson.
    lang: Lang,
    /// HTML with the words in `<mark>`.
    snippet: String,
    /// The page and the heading.
    #[schema(example = "/moduli/spid/che-cose-spid#a-che-cosa-serve")]
    url: String,
    /// To compare hits of one search; it has no unit.
    score: f32,
}

impl From<Hit> for HitView {
    fn from(hit: Hit) -> Self {
        Self {
            url: hit.url(),
            module: hit.module,
            lesson: hit.lesson,
            title: hit.title,
            heading: hit.heading,
            lang: hit.lang,
            snippet: hit.snippet_html,
            score: hit.score,
        }
    }
}

/// `GET /api/v1/search`: searches the lessons.
#[utoipa::path(get, path = "/search", tag = "courses", operation_id = "search", security(()),
    params(SearchParams), responses((status = 200, body = SearchView)))]
pub async fn search(app: App, params: Query<SearchParams>) -> Result<Json<SearchView>, Error> {
    let SearchParams { q, lang, limit } = params.into_inner();
    let query = search::SearchQuery {
        lang,
        limit: limit.unwrap_or(10).clamp(1, 50),
        ..search::SearchQuery::new(q.as_str())
    };
    let found = app.published().search.search(&query)?;
    Ok(Json(SearchView {
        query: q,
        hits: found.hits.into_iter().map(HitView::from).collect(),
        suggestions: found.suggestions,
    }))
}
