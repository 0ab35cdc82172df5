//! Searching the lessons.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};

use crate::content::Catalogue;
use crate::domain::ids::ModuleId;
use crate::domain::locale::Lang;
use crate::search::{Hit, Results, SearchQuery};
use crate::web::error::Error;
use crate::web::extract::Language;
use crate::web::frame::in_address;
use crate::web::learn::filters::{Chosen, Filters};
use crate::web::parts::chrome::{Chrome, SiteSection};
use crate::web::parts::own;
use crate::web::read::Query;
use crate::web::state::App;
use crate::web::templates::text;

/// `GET /cerca?q=`
pub async fn search(
    app: App,
    Language(lang): Language,
    asked: Query<SearchFields>,
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

/// The question and the filters, as the address holds them.
#[derive(Debug, Default, Deserialize)]
pub struct SearchFields {
    /// The question.
    #[serde(default)]
    pub q: String,
    livello: Option<String>,
    ambito: Option<String>,
    competenza: Option<String>,
}

impl SearchFields {
    /// The question without the spaces around it.
    #[must_use]
    pub fn words(&self) -> &str {
        self.q.trim()
    }

    /// The filters.
    #[must_use]
    pub fn chosen(&self) -> Chosen {
        Chosen::of(
            self.livello.as_deref(),
            self.ambito.as_deref(),
            self.competenza.as_deref(),
        )
    }

    /// What to ask the index. Italian text and its translations are of one lesson, so a language
    /// is preferred by the index, not demanded here.
    #[must_use]
    pub fn query(&self, lang: Lang) -> SearchQuery {
        let chosen = self.chosen();
        SearchQuery {
            prefer: Some(lang),
            level: chosen.level,
            domain: chosen.domain,
            competence: chosen.competence,
            limit: 15,
            ..SearchQuery::new(self.words())
        }
    }
}

/// `search.html`: all but what was found.
#[derive(Debug, Serialize)]
pub struct SearchPage<'a> {
    chrome: Chrome,
    query: &'a str,
    filters: Filters,
    /// `partials/found.html`, drawn.
    found_html: &'a str,
}

/// `partials/found.html`
#[derive(Debug, Serialize)]
pub struct SearchResults<'a> {
    query: &'a str,
    count: usize,
    answers: bool,
    /// What cannot wait.
    urgent: Option<HitView<'a>>,
    groups: Vec<Group<'a>>,
    /// The nearest modules, where nothing answers.
    near: Vec<ModuleLink<'a>>,
    suggestions: Vec<Suggestion<'a>>,
}

/// The hits of a module, in the order of the first of them.
#[derive(Debug, Serialize)]
struct Group<'a> {
    module: ModuleLink<'a>,
    hits: Vec<HitView<'a>>,
}

#[derive(Debug, Serialize)]
struct ModuleLink<'a> {
    href: String,
    title: &'a str,
    content_lang: Lang,
}

#[derive(Debug, Serialize)]
struct HitView<'a> {
    href: String,
    title: &'a str,
    heading: Option<&'a str>,
    snippet_html: &'a str,
    content_lang: Lang,
}

#[derive(Debug, Serialize)]
struct Suggestion<'a> {
    href: String,
    words: &'a str,
}

impl<'a> SearchPage<'a> {
    /// The page around what was found, for words and for the same as an address has them.
    #[must_use]
    pub fn new(
        catalogue: &Catalogue,
        chosen: Chosen,
        (words, in_address): (&'a str, &str),
        found_html: &'a str,
        lang: Lang,
    ) -> Self {
        let title = match words {
            "" => text(lang, "search-title"),
            words => format!("{words} - {}", text(lang, "search-title")),
        };
        let address = format!("/cerca?q={in_address}");
        Self {
            chrome: Chrome::new(lang, title, SiteSection::Search, &address).searching(words),
            query: words,
            filters: Filters::new(catalogue, chosen, lang),
            found_html,
        }
    }
}

impl<'a> SearchResults<'a> {
    /// What was found.
    #[must_use]
    pub fn new(catalogue: &'a Catalogue, words: &'a str, results: &'a Results, lang: Lang) -> Self {
        let mut hits = results.hits.iter();
        let urgent = results.urgent.then(|| hits.next()).flatten();
        let near = results.near.iter();
        let suggestions = results.suggestions.iter();
        Self {
            query: words,
            count: results.hits.len(),
            answers: results.answers,
            urgent: urgent.map(HitView::from),
            groups: groups(catalogue, hits),
            near: near
                .filter_map(|id| ModuleLink::new(catalogue, id, lang))
                .collect(),
            suggestions: suggestions
                .map(|words| Suggestion {
                    href: address(words),
                    words,
                })
                .collect(),
        }
    }
}

/// The page of what is found of these words.
#[must_use]
pub fn address(words: &str) -> String {
    format!("/cerca?q={}", in_address(words))
}

fn groups<'a>(catalogue: &'a Catalogue, hits: impl Iterator<Item = &'a Hit>) -> Vec<Group<'a>> {
    let mut groups: Vec<(&ModuleId, Group<'a>)> = Vec::new();
    for hit in hits {
        if let Some((_, group)) = groups.iter_mut().find(|(id, _)| **id == hit.module) {
            group.hits.push(HitView::from(hit));
        } else if let Some(module) = ModuleLink::new(catalogue, &hit.module, hit.lang) {
            let hits = vec![HitView::from(hit)];
            groups.push((&hit.module, Group { module, hits }));
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

impl<'a> ModuleLink<'a> {
    fn new(catalogue: &'a Catalogue, id: &ModuleId, lang: Lang) -> Option<Self> {
        let edition = catalogue.module(id)?.edition(lang);
        Some(Self {
            href: format!("/moduli/{id}"),
            title: &edition.title,
            content_lang: edition.lang,
        })
    }
}

impl<'a> From<&'a Hit> for HitView<'a> {
    fn from(hit: &'a Hit) -> Self {
        Self {
            href: hit.url(),
            title: &hit.title,
            heading: hit.heading.as_deref(),
            snippet_html: &hit.snippet_html,
            content_lang: hit.lang,
        }
    }
}
