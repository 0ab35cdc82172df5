//! Searching the lessons.

use actix_web::web::{Json, Query};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::domain::ids::{LessonId, ModuleId};
use crate::domain::locale::Lang;
use crate::search::{self, Hit};
use crate::web::error::Error;
use crate::web::state::App;

/// What to search.
#[derive(Debug, Deserialize, IntoParams)]
pub struct SearchParams {
    /// The words; the first 200 characters are used.
    q: String,
    /// The language of the lessons.
    #[param(value_type = Option<String>)]
    lang: Option<Lang>,
    /// At most this many hits, 1 to 50; 10 if left out.
    limit: Option<usize>,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchView {
    query: String,
    hits: Vec<HitView>,
    /// Other words to try.
    suggestions: Vec<String>,
}

/// A section of a lesson.
#[derive(Debug, Serialize, ToSchema)]
pub struct HitView {
    #[schema(value_type = String)]
    module: ModuleId,
    /// Absent for a module's introduction.
    #[schema(value_type = Option<String>)]
    lesson: Option<LessonId>,
    title: String,
    /// Of the section, where it has one.
    heading: Option<String>,
    /// The language of the lesson.
    #[schema(value_type = String)]
    lang: Lang,
    /// HTML with the words in `<mark>`.
    snippet: String,
    /// The page and the heading.
    url: String,
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

/// `GET /api/v1/search`
#[utoipa::path(get, path = "/search", tag = "courses", params(SearchParams),
    responses((status = 200, body = SearchView), (status = 400)))]
pub async fn search(app: App, params: Query<SearchParams>) -> Result<Json<SearchView>, Error> {
    let SearchParams { q, lang, limit } = params.into_inner();
    let query = search::Query {
        lang,
        limit: limit.unwrap_or(10).clamp(1, 50),
        ..search::Query::new(q.as_str())
    };
    let found = app.published().search.search(&query)?;
    Ok(Json(SearchView {
        query: q,
        hits: found.hits.into_iter().map(HitView::from).collect(),
        suggestions: found.suggestions,
    }))
}
