//! The page of what was found.

use serde::{Deserialize, Serialize};

use crate::content::Catalogue;
use crate::domain::locale::Lang;
use crate::search::{Hit, Query, Results};
use crate::web::templates::text;

use super::catalogue::{Filter, Filters};
use super::chrome::{Chrome, Section};

/// The question and the filters, as the address holds them.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The question.
    #[serde(default)]
    pub q: String,
    livello: Option<String>,
    ambito: Option<String>,
    competenza: Option<String>,
}

impl Asked {
    /// The filters.
    #[must_use]
    pub fn filter(&self) -> Filter {
        Filter::new(
            self.livello.clone(),
            self.ambito.clone(),
            self.competenza.clone(),
        )
    }

    /// What to ask the index. Italian text and its translations are of one lesson, so a language
    /// is preferred by the index, not demanded here.
    #[must_use]
    pub fn query(&self) -> Query {
        let filter = self.filter();
        Query {
            level: filter.level(),
            domain: filter.domain(),
            competence: filter.competence(),
            limit: 15,
            ..Query::new(self.q.trim())
        }
    }
}

/// `search.html`
#[derive(Debug, Serialize)]
pub struct SearchPage {
    chrome: Chrome,
    query: String,
    filters: Filters,
    hits: Vec<HitView>,
    suggestions: Vec<Suggestion>,
}

#[derive(Debug, Serialize)]
struct HitView {
    href: String,
    title: String,
    heading: Option<String>,
    module: String,
    snippet_html: String,
    content_lang: Lang,
}

#[derive(Debug, Serialize)]
struct Suggestion {
    href: String,
    words: String,
}

impl SearchPage {
    /// What was found.
    #[must_use]
    pub fn new(catalogue: &Catalogue, asked: &Asked, results: Results, lang: Lang) -> Self {
        let words = asked.q.trim();
        let title = match words {
            "" => text(lang, "search-title"),
            words => format!("{words} - {}", text(lang, "search-title")),
        };
        Self {
            chrome: Chrome::new(lang, title, Section::Search, &address(words)).searching(words),
            query: words.to_owned(),
            filters: Filters::new(catalogue, &asked.filter(), lang),
            hits: results
                .hits
                .into_iter()
                .map(|hit| HitView::new(hit, catalogue))
                .collect(),
            suggestions: results
                .suggestions
                .into_iter()
                .map(|words| Suggestion {
                    href: address(&words),
                    words,
                })
                .collect(),
        }
    }
}

fn address(words: &str) -> String {
    let words = percent_encoding::utf8_percent_encode(words, percent_encoding::NON_ALPHANUMERIC);
    format!("/cerca?q={words}")
}

impl HitView {
    fn new(hit: Hit, catalogue: &Catalogue) -> Self {
        let module = catalogue
            .module(&hit.module)
            .filter(|_| hit.lesson.is_some())
            .map_or_else(String::new, |module| module.edition(hit.lang).title.clone());
        Self {
            href: hit.url(),
            title: hit.title,
            heading: hit.heading,
            module,
            snippet_html: hit.snippet_html,
            content_lang: hit.lang,
        }
    }
}
