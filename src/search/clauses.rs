//! What the index is searched for, given what was asked.

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query as IndexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::ask::{Reading, SearchQuery, Word};
use super::schema::{IndexFields, TextFields};
use super::{Search, analysis};

/// How much a word counts by where it stands. The text is the measure. A title is rare among lessons
/// but not among their sections, which makes its words look common: hence so much.
const ASKS: f32 = 9.6;
const TITLE: f32 = 4.5;
const HEADING: f32 = 3.0;
const ABOUT: f32 = 2.6;
const TEXT: f32 = 1.0;

/// How much two words count that stand side by side in a title, heading or keyword.
const PAIR: f32 = 5.0;

/// How much a word counts that nobody said, but that the courses have for what was said.
const MEANT: f32 = 0.8;

/// From so many sections on, a word that more than this part of them have, in their texts or in what is
/// said of their module and lesson, is not looked for there but only in names: it tells nothing apart any
/// more, and costs nearly all the time of a search.
const MANY_SECTIONS: u64 = 10_000;
const COMMON: u64 = 20;

type Clause = (Occur, Box<dyn IndexQuery>);

/// What to search the index for, each only if those before find nothing: the words with meaning, common
/// ones in names alone, then all anywhere; where there are none with meaning, the others in titles and
/// headings, then anywhere.
pub(super) fn attempts<'a>(
    search: &'a Search,
    readings: &'a [Reading],
    query: &'a SearchQuery,
) -> impl Iterator<Item = Box<dyn IndexQuery>> + 'a {
    let fields = &search.shared.fields;
    let common = match search.sections() {
        sections @ MANY_SECTIONS.. => Some(sections / COMMON),
        _ => None,
    };
    [false, true].into_iter().map(move |anywhere| {
        let clauses = readings.iter().flat_map(|reading| {
            let of = fields.of(reading.lang);
            match (reading.only_stop_words(), anywhere) {
                (true, false) => as_written(of.names, reading, true),
                (true, true) => as_written(of.words, reading, false),
                (false, false) => by_meaning(search, of, reading, common),
                (false, true) if common.is_some() => by_meaning(search, of, reading, None),
                (false, true) => Vec::new(),
            }
        });
        filtered(fields, query, clauses.collect())
    })
}

/// Every word with meaning, in every place; words that stand side by side in a title count again. A word
/// that more sections than `common` have in their texts, or in what is said of them, counts in names only.
/// Nothing but single words of the index, and all of them optional: of such a query the index reads
/// only the parts that can still be among the best.
fn by_meaning(
    search: &Search,
    fields: &TextFields,
    reading: &Reading,
    common: Option<u64>,
) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut look_for = |stem: &str, weight| {
        for (field, place) in [
            (fields.asks, ASKS),
            (fields.title, TITLE),
            (fields.heading, HEADING),
        ] {
            clauses.push(weighted(field, stem, place * weight));
        }
        for (field, place) in [(fields.about, ABOUT), (fields.text, TEXT)] {
            let term = Term::from_field_text(field, stem);
            // Where the index cannot be read the search itself says so.
            let is_common = |most| search.searcher.doc_freq(&term).is_ok_and(|of| of > most);
            if !common.is_some_and(is_common) {
                clauses.push(weighted(field, stem, place * weight));
            }
        }
    };
    for word in reading.words.iter().filter(|word| word.searched) {
        let Some(stem) = &word.stem else { continue };
        look_for(stem, 1.0);
        for correction in &word.corrections {
            look_for(&correction.stem, correction.weight);
        }
    }
    for stem in &reading.meant {
        look_for(stem, MEANT);
    }
    let stems: Vec<_> = reading.searched().filter_map(Word::likeliest).collect();
    for pair in stems.windows(2) {
        if let [first, second] = pair {
            let pair = analysis::pair(first, second);
            clauses.push(weighted(fields.pairs, &pair, PAIR));
        }
    }
    clauses
}

fn weighted(field: Field, text: &str, weight: f32) -> Clause {
    let term = Term::from_field_text(field, text);
    let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
    (
        Occur::Should,
        Box::new(BoostQuery::new(Box::new(query), weight)),
    )
}

/// The words as they are written, and those that stand together again where the field has places.
fn as_written(field: Field, reading: &Reading, places: bool) -> Vec<Clause> {
    let option = if places {
        IndexRecordOption::WithFreqs
    } else {
        IndexRecordOption::Basic
    };
    let written: Vec<_> = reading
        .words
        .iter()
        .map(|word| word.written.as_str())
        .collect();
    let mut clauses: Vec<Clause> = Vec::new();
    for word in &written {
        let query = TermQuery::new(Term::from_field_text(field, word), option);
        clauses.push((Occur::Should, Box::new(query)));
    }
    if places && written.len() > 1 {
        let phrase = BoostQuery::new(phrase(field, &written), 2.0);
        clauses.push((Occur::Should, Box::new(phrase)));
    }
    clauses
}

/// Words that stand together, with a little room for what is between them.
fn phrase(field: Field, words: &[&str]) -> Box<dyn IndexQuery> {
    let terms = words
        .iter()
        .map(|word| Term::from_field_text(field, word))
        .enumerate()
        .collect();
    Box::new(PhraseQuery::new_with_offset_and_slop(terms, 2))
}

/// One of the clauses, and every filter.
fn filtered(
    fields: &IndexFields,
    query: &SearchQuery,
    mut clauses: Vec<Clause>,
) -> Box<dyn IndexQuery> {
    clauses.extend(filters(fields, query));
    Box::new(BooleanQuery::with_minimum_required_clauses(clauses, 1))
}

/// What every section must be of.
pub(super) fn filters(fields: &IndexFields, query: &SearchQuery) -> impl Iterator<Item = Clause> {
    let filters = [
        query
            .level
            .map(|level| Term::from_field_u64(fields.level, u64::from(level))),
        query
            .domain
            .map(|domain| Term::from_field_text(fields.domain, domain.code())),
        query
            .competence
            .map(|competence| Term::from_field_text(fields.competence, competence.code())),
    ];
    filters.into_iter().flatten().map(|term| {
        let filter = TermQuery::new(term, IndexRecordOption::Basic);
        let filter: Box<dyn IndexQuery> = Box::new(ConstScoreQuery::new(Box::new(filter), 0.0));
        (Occur::Must, filter)
    })
}
