//! What cannot wait: needs of `words.toml` that lead to their place before anything else.

use tantivy::collector::DocSetCollector;
use tantivy::query::{BooleanQuery, Occur, Query as IndexQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use crate::content::words::{WordPlace, Words};
use crate::domain::locale::Lang;

use super::ask::SearchQuery;
use super::clauses;
use super::fit::balance;
use super::meaning::{Meaning, Vocabulary};
use super::needs::Needs;
use super::rank::Asking;
use super::schema::Stored;
use super::{Search, SearchError};

use std::sync::Arc;

/// Every need that cannot wait, with its place.
pub(super) struct Urgencies {
    needs: Needs,
    places: Vec<WordPlace>,
}

/// A need is what was asked where nearly all of it was said, and it is so much of what was said. Less
/// of it is enough where its page comes first anyway.
const ALL_OF_IT: f32 = 0.75;
const MOST_OF_IT: f32 = 0.7;
const OF_WHAT_WAS_SAID: f32 = 0.4;

impl Urgencies {
    pub(super) fn new(words: &Words, vocabulary: &Arc<Vocabulary>) -> Self {
        let mut needs = Needs::default();
        for lang in Lang::ALL {
            let mut meaning = Meaning::new(lang, vocabulary);
            for (place, urgent) in words.urgent.iter().enumerate() {
                needs.add(lang, &mut meaning, &urgent.needs, place);
            }
        }
        let places = words.urgent.iter().map(|one| one.place.clone());
        Self {
            needs,
            places: places.collect(),
        }
    }

    /// Whether a need leads to the page of a section.
    fn leads_to(&self, need: usize, section: &Stored) -> bool {
        let place = self.places.get(need);
        place.is_some_and(|place| {
            (&place.module, &place.lesson) == (&section.module, &section.lesson)
        })
    }

    /// Whether a need of a language has a stem.
    pub(super) fn has(&self, lang: Lang, stem: u32) -> bool {
        self.needs.has(lang, stem)
    }

    /// The place of the urgent need that was asked, if one was, and no page is called by more of it.
    pub(super) fn of(
        &self,
        search: &Search,
        askings: &[Asking],
        query: &SearchQuery,
        named: f32,
        first: Option<&Stored>,
    ) -> Result<Option<Stored>, SearchError> {
        let mut best: Option<(f32, Lang, usize)> = None;
        for need in self.needs.touched(&search.names, askings) {
            let fit = balance(need.asked, need.said);
            let first = first.is_some_and(|first| self.leads_to(need.number, first));
            let is_it = need.said >= ALL_OF_IT && fit >= named || need.said >= MOST_OF_IT && first;
            if is_it && need.asked >= OF_WHAT_WAS_SAID && best.is_none_or(|(other, ..)| fit > other)
            {
                best = Some((fit, need.lang, need.number));
            }
        }
        let Some((_, lang, place)) = best else {
            return Ok(None);
        };
        match self.places.get(place) {
            Some(place) => find(search, lang, place, query),
            None => Ok(None),
        }
    }
}

/// The section of a place, in a language or else in Italian; none where a filter leaves it out.
fn find(
    search: &Search,
    lang: Lang,
    place: &WordPlace,
    query: &SearchQuery,
) -> Result<Option<Stored>, SearchError> {
    let module = search.shared.fields.module_term(&place.module);
    let of_module = TermQuery::new(module, IndexRecordOption::Basic);
    let fits = clauses::filters(&search.shared.fields, query);
    let mut all: Vec<(Occur, Box<dyn IndexQuery>)> = vec![(Occur::Must, Box::new(of_module))];
    all.extend(fits);
    let found = search
        .searcher
        .search(&BooleanQuery::new(all), &DocSetCollector)?;
    let mut section: Option<Stored> = None;
    for address in found {
        let Some(stored) = search.stored(address)? else {
            continue;
        };
        let is_it = stored.lesson == place.lesson && stored.anchor == place.anchor;
        let wanted = query.lang.is_none_or(|only| only == stored.lang);
        let better = stored.lang == lang || section.is_none();
        if is_it && wanted && better {
            section = Some(stored);
        }
    }
    Ok(section)
}
