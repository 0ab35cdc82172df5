//! The page of what was found.

use serde::{Deserialize, Serialize};

use crate::content::Catalogue;
use crate::domain::ids::ModuleId;
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
    pub fn query(&self, lang: Lang) -> Query {
        let filter = self.filter();
        Query {
            prefer: Some(lang),
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
    count: usize,
    answers: bool,
    /// What cannot wait.
    urgent: Option<HitView>,
    groups: Vec<Group>,
    /// The nearest modules, where nothing answers.
    near: Vec<ModuleLink>,
    suggestions: Vec<Suggestion>,
}

/// The hits of a module, in the order of the first of them.
#[derive(Debug, Serialize)]
struct Group {
    module: ModuleLink,
    hits: Vec<HitView>,
}

#[derive(Debug, Serialize)]
struct ModuleLink {
    href: String,
    title: String,
    content_lang: Lang,
}

#[derive(Debug, Serialize)]
struct HitView {
    href: String,
    title: String,
    heading: Option<String>,
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
    pub fn new(catalogue: &Catalogue, asked: &Asked, results: &Results, lang: Lang) -> Self {
        let words = asked.q.trim();
        let title = match words {
            "" => text(lang, "search-title"),
            words => format!("{words} - {}", text(lang, "search-title")),
        };
        let mut hits = results.hits.iter();
        let urgent = results.urgent.then(|| hits.next()).flatten();
        Self {
            chrome: Chrome::new(lang, title, Section::Search, &address(words)).searching(words),
            query: words.to_owned(),
            filters: Filters::new(catalogue, &asked.filter(), lang),
            count: results.hits.len(),
            answers: results.answers,
            near: (results.near.iter())
                .filter_map(|id| ModuleLink::new(catalogue, id, lang))
                .collect(),
            urgent: urgent.map(HitView::from),
            groups: groups(catalogue, hits),
            suggestions: results
                .suggestions
                .iter()
                .map(|words| Suggestion {
                    href: address(words),
                    words: words.clone(),
                })
                .collect(),
        }
    }
}

/// The page of what is found of these words.
#[must_use]
pub fn address(words: &str) -> String {
    let words = percent_encoding::utf8_percent_encode(words, percent_encoding::NON_ALPHANUMERIC);
    format!("/cerca?q={words}")
}

fn groups<'h>(catalogue: &Catalogue, hits: impl Iterator<Item = &'h Hit>) -> Vec<Group> {
    let mut groups: Vec<(&ModuleId, Group)> = Vec::new();
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

impl ModuleLink {
    fn new(catalogue: &Catalogue, id: &ModuleId, lang: Lang) -> Option<Self> {
        let edition = catalogue.module(id)?.edition(lang);
        Some(Self {
            href: format!("/moduli/{id}"),
            title: edition.title.clone(),
            content_lang: edition.lang,
        })
    }
}

impl From<&Hit> for HitView {
    fn from(hit: &Hit) -> Self {
        Self {
            href: hit.url(),
            title: hit.title.clone(),
            heading: hit.heading.clone(),
            snippet_html: hit.snippet_html.clone(),
            content_lang: hit.lang,
        }
    }
}
