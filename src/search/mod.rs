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
mod schema;
mod document;
mod ask;
mod correct;
mod snippet;
mod index;

pub use ask::Query;
pub use index::Index;

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::collector::TopDocs;
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{DocAddress, Searcher};
use thiserror::Error;

use crate::domain::ids::{LessonId, ModuleId};
use crate::domain::locale::Lang;

use ask::Asked;
use schema::{Fields, Stored};
use snippet::Marker;

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
    /// The best first; at most two sections of a lesson.
    pub hits: Vec<Hit>,
    /// What may have been meant, to search for instead: plain text, the likeliest first.
    pub suggestions: Vec<String>,
}

/// The index at one moment; it never changes. A clone is the same snapshot.
#[derive(Clone)]
pub struct Search {
    searcher: Searcher,
    shared: Arc<Shared>,
}

/// What every snapshot of an index has in common.
struct Shared {
    fields: Fields,
    italian: TextAnalyzer,
    english: TextAnalyzer,
    words: TextAnalyzer,
}

impl Shared {
    fn stems(&self, lang: Lang) -> TextAnalyzer {
        match lang {
            Lang::It => self.italian.clone(),
            Lang::En => self.english.clone(),
        }
    }
}

/// How many sections of one lesson an answer may show.
const PER_LESSON: usize = 2;

/// No answer is longer.
const LONGEST_ANSWER: usize = 50;

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
    pub fn search(&self, query: &Query) -> Result<Results, SearchError> {
        let asked = Asked::new(self, query)?;
        let limit = query.limit.min(LONGEST_ANSWER);
        let mut found = Vec::new();
        for attempt in asked.attempts(self, query) {
            found = self.best(attempt.as_ref(), limit)?;
            if !found.is_empty() {
                break;
            }
        }
        let suggestions =
            correct::suggestions(self, &asked, found.first().map(|(_, first)| first))?;
        let mut markers = asked.markers(self);
        let hits = found
            .into_iter()
            .map(|(score, section)| Hit::new(score, section, &mut markers))
            .collect();
        Ok(Results { hits, suggestions })
    }

    /// The best sections of a search, few of each lesson, and a lesson in one language only.
    fn best(
        &self,
        query: &dyn tantivy::query::Query,
        limit: usize,
    ) -> Result<Vec<(f32, Stored)>, SearchError> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let mut take = limit * 4;
        loop {
            let top = self
                .searcher
                .search(query, &TopDocs::with_limit(take).order_by_score())?;
            let exhausted = top.len() < take;
            let found = self.few_of_each(top, limit)?;
            if found.len() == limit || exhausted || take > 100 * LONGEST_ANSWER {
                return Ok(found);
            }
            take *= 8;
        }
    }

    fn few_of_each(
        &self,
        top: Vec<(f32, DocAddress)>,
        limit: usize,
    ) -> Result<Vec<(f32, Stored)>, SearchError> {
        let mut groups = Vec::new();
        for segment in self.searcher.segment_readers() {
            groups.push(segment.fast_fields().u64("group")?);
        }
        let mut seen: HashMap<u64, (Lang, usize)> = HashMap::new();
        let mut found = Vec::new();
        for (score, address) in top {
            let group = groups
                .get(address.segment_ord as usize)
                .and_then(|column| column.first(address.doc_id))
                .unwrap_or_default();
            if seen
                .get(&group)
                .is_some_and(|(_, shown)| *shown == PER_LESSON)
            {
                continue;
            }
            let Some(section) = self.stored(address)? else {
                continue;
            };
            let (lang, shown) = seen.entry(group).or_insert((section.lang, 0));
            if *lang != section.lang {
                continue;
            }
            *shown += 1;
            found.push((score, section));
            if found.len() == limit {
                break;
            }
        }
        Ok(found)
    }

    fn stored(&self, address: DocAddress) -> Result<Option<Stored>, SearchError> {
        Ok(self.shared.fields.read(&self.searcher.doc(address)?))
    }
}

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
