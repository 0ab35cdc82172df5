//! From a [`Catalogue`](crate::content::Catalogue) to answers: the sections of every lesson, found
//! by the words people use for them.
//!
//! [`Index`] takes in what a build of the course changed and gives a [`Search`]: a snapshot that
//! never changes, to be swapped in together with its catalogue. [`analysis`] says which words are
//! the same, [`schema`] and [`document`] what is kept of a section, [`ask`] how a question becomes
//! a search, [`correct`] what a mistyped word may have been, [`snippet`] what is shown of a text.
//!
//! Nothing is written to disk, and questions of quizzes and practice are not indexed at all: their
//! text never comes this far.

mod analysis;
mod remember;
mod known;
mod speech;
mod meaning;
mod names;
mod schema;
mod document;
mod edition;
mod ask;
mod clauses;
mod rank;
mod fit;
mod often;
mod urgent;
mod elsewhere;
mod needs;
mod correct;
mod snippet;
mod index;

pub use ask::SearchQuery;
pub use index::Index;

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::collector::TopDocs;
use tantivy::{DocAddress, Searcher};
use thiserror::Error;

use crate::domain::ids::{LessonId, ModuleId};
use crate::domain::locale::Lang;

use ask::{ParsedQuery, Reading};
use elsewhere::Elsewhere;
use meaning::Vocabulary;
use names::Names;
use rank::{Asking, RankedPage};
use remember::Memories;
use schema::{IndexFields, Stored};
use snippet::Marker;
use urgent::Urgencies;

/// The index could not be written or read: memory ran out, or a defect.
#[derive(Debug, Error)]
#[error("the search index failed")]
pub struct SearchError(#[from] tantivy::TantivyError);

/// A section that answers a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The module it belongs to.
    pub module: ModuleId,
    /// The lesson; `None` for the module's own page.
    pub lesson: Option<LessonId>,
    /// The heading's id on that page.
    pub anchor: Option<String>,
    /// The lesson's title, or the module's for its own page; plain text.
    pub title: String,
    /// The heading, plain text; `None` before the first heading.
    pub heading: Option<String>,
    /// The best part of the text: HTML, escaped, with the words asked for in `<mark>`.
    pub snippet_html: String,
    /// The language of the page.
    pub lang: Lang,
    /// Higher is better; comparable within one answer only.
    pub score: f32,
}

impl Hit {
    /// The address of the page and the heading.
    #[must_use]
    pub fn url(&self) -> String {
        let lesson = self.lesson.iter().map(|lesson| format!("/{lesson}"));
        let anchor = self.anchor.iter().map(|anchor| format!("#{anchor}"));
        let rest: String = lesson.chain(anchor).collect();
        format!("/moduli/{}{rest}", self.module)
    }
}

/// The answer to a query.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Results {
    /// The best first, each page once. Where nothing answers, the few that have something to do with
    /// it.
    pub hits: Vec<Hit>,
    /// Whether anything fits what was asked, and not only a word of it.
    pub answers: bool,
    /// Whether the first hit is where an urgent need leads.
    pub urgent: bool,
    /// Where nothing answers: the modules that are nearest to what was asked.
    pub near: Vec<ModuleId>,
    /// What may have been meant, to search for instead: plain text, the likeliest first.
    pub suggestions: Vec<String>,
}

/// The index at one moment; it never changes. A clone is the same snapshot.
#[derive(Clone)]
pub struct Search {
    searcher: Searcher,
    shared: Arc<Shared>,
    names: Arc<Names>,
}

/// What every snapshot of an index has in common.
struct Shared {
    fields: IndexFields,
    vocabulary: Arc<Vocabulary>,
    urgent: Urgencies,
    elsewhere: Elsewhere,
    /// Words that were analysed for snippets.
    memories: Memories,
}

/// No answer is longer.
const LONGEST_ANSWER: usize = 50;

/// Among how many sections is chosen, and how many for each hit.
const SECTIONS: usize = 64;
const SECTIONS_A_HIT: usize = 4;

/// How many modules, and pages, are told where nothing answers.
const NEAR: usize = 3;

impl Search {
    /// How many sections can be found.
    #[must_use]
    pub fn sections(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Answers a query. Any text is a query: nothing in it is an operator or an error.
    ///
    /// # Errors
    /// [`SearchError`] only where the index itself cannot be read.
    pub fn search(&self, query: &SearchQuery) -> Result<Results, SearchError> {
        let (asked, askings) = ParsedQuery::new(self, query)?;
        let limit = query.limit.min(LONGEST_ANSWER);
        let ranked = self.best(&asked, &askings, query, limit)?;
        let named = ranked.iter().map(|page| page.named).fold(0.0, f32::max);
        let elsewhere = self.shared.elsewhere.fit(self, &askings);
        let answers = elsewhere <= named && ranked.iter().any(|page| page.answers);
        let near = match answers {
            true => Vec::new(),
            false => self.modules_of(&ranked)?,
        };
        let best = ranked.first().map_or(0.0, |page| page.score);
        let worth = |page: &RankedPage| match answers {
            true => page.score >= best * WORTH_SHOWING,
            false => page.fits,
        };
        let limit = if answers { limit } else { limit.min(NEAR) };
        let first = match ranked.first() {
            Some(page) => self.stored(page.address)?,
            None => None,
        };
        let found = ranked.into_iter().filter(worth);
        let urgent = match limit {
            0 => None,
            _ => self.shared.urgent.of(
                self,
                &askings,
                query,
                named.max(elsewhere),
                first.as_ref(),
            )?,
        };
        let mut sections: Vec<(f32, Stored)> = Vec::new();
        for page in found.take(limit) {
            if let Some(section) = self.stored(page.address)? {
                sections.push((page.score, self.as_read(section, query)?));
            }
        }
        let is_urgent = urgent.is_some();
        if let Some(section) = urgent {
            let section = self.as_read(section, query)?;
            let best = sections.first().map_or(1.0, |(score, _)| *score);
            sections.retain(|(_, other)| {
                (&other.module, &other.lesson) != (&section.module, &section.lesson)
            });
            sections.insert(0, (best + 1.0, section));
            sections.truncate(limit);
        }
        let first = sections.first().map(|(_, first)| first);
        let suggestions = correct::suggestions(self, &asked, first)?;
        let mut markers = asked.markers(self);
        let hits = sections
            .into_iter()
            .map(|(score, section)| Hit::new(score, section, &mut markers))
            .collect();
        for (lang, marker) in markers {
            self.shared.memories.give(lang, marker.into_memory());
        }
        Ok(Results {
            hits,
            answers: is_urgent || answers,
            urgent: is_urgent,
            near,
            suggestions,
        })
    }

    /// The pages that may answer, the best first.
    fn best(
        &self,
        asked: &ParsedQuery,
        askings: &[Asking],
        query: &SearchQuery,
        limit: usize,
    ) -> Result<Vec<RankedPage>, SearchError> {
        let most = SECTIONS.max(limit * SECTIONS_A_HIT);
        let by_words = asked.readings.iter().all(Reading::only_stop_words);
        for attempt in clauses::attempts(self, &asked.readings, query) {
            let collector = TopDocs::with_limit(most).order_by_score();
            let top = self.searcher.search(attempt.as_ref(), &collector)?;
            if !top.is_empty() && by_words {
                return rank::by_index(self, &top);
            }
            if !top.is_empty() {
                return rank::rank(self, askings, &top, query.prefer);
            }
        }
        Ok(Vec::new())
    }

    fn modules_of(&self, pages: &[RankedPage]) -> Result<Vec<ModuleId>, SearchError> {
        let mut modules = Vec::new();
        for page in pages.iter().take(SECTIONS_A_HIT * NEAR) {
            let Some(section) = self.stored(page.address)? else {
                continue;
            };
            if !modules.contains(&section.module) && modules.len() < NEAR {
                modules.push(section.module);
            }
        }
        Ok(modules)
    }

    /// The section in the language of who reads, where it is translated.
    fn as_read(&self, section: Stored, query: &SearchQuery) -> Result<Stored, SearchError> {
        let edition = match query.prefer {
            Some(lang) if query.lang.is_none() && lang != section.lang => {
                edition::in_language(self, &section, lang)?
            }
            _ => None,
        };
        Ok(edition.unwrap_or(section))
    }

    fn stored(&self, address: DocAddress) -> Result<Option<Stored>, SearchError> {
        Ok(self.shared.fields.read(&self.searcher.doc(address)?))
    }
}

/// A page is shown that has so much of the best one's score.
const WORTH_SHOWING: f32 = 0.3;

impl Hit {
    fn new(score: f32, section: Stored, markers: &mut HashMap<Lang, Marker>) -> Self {
        let marker = markers.get_mut(&section.lang);
        let snippet_html = marker.map(|marker| snippet::html(marker, &section.text));
        Self {
            module: section.module,
            lesson: section.lesson,
            anchor: section.anchor,
            title: section.title,
            heading: section.heading,
            snippet_html: snippet_html.unwrap_or_default(),
            lang: section.lang,
            score,
        }
    }
}

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Search")
            .field("sections", &self.sections())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
