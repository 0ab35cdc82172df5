//! From what a person asks to what the index is searched for.

use std::collections::HashMap;
use std::ops::Range;

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, Occur, PhraseQuery, Query as IndexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use unicode_normalization::UnicodeNormalization;

use crate::domain::digcomp::Competence;
use crate::domain::facilita::PublicDomain;
use crate::domain::locale::Lang;

use super::correct::{self, Correction};
use super::schema::{Fields, TextFields};
use super::snippet::Marker;
use super::{Search, SearchError, analysis};

/// The part of a longer text that is searched for, in characters.
const LONGEST_TEXT: usize = 200;

/// The part of a longer text that is searched for, in words.
const MOST_WORDS: usize = 16;

/// Of those with meaning the rarest are searched for: so many, and some more if they are rare.
const RAREST: usize = 4;
const SOME_MORE: usize = 4;

/// A word is rare that stands in less than this part of the sections.
const RARE: u64 = 10;

/// How much a word counts by where it stands. The text is the measure. A title is rare among lessons
/// but not among their sections, which makes its words look common: hence so much.
const TITLE: f32 = 6.0;
const HEADING: f32 = 3.0;
const ABOUT: f32 = 2.0;

/// How much more a title or heading counts that has the word in the very form that was asked.
const FORM: f32 = 1.0;

/// How much two words count that stand side by side in a title, heading or keyword.
const PAIR: f32 = 5.0;

/// What a person asks.
#[derive(Debug, Clone)]
pub struct Query {
    /// In their own words, of any length.
    pub text: String,
    /// Only pages in this language.
    pub lang: Option<Lang>,
    /// Only modules of this DigComp level.
    pub level: Option<u8>,
    /// Only modules of this domain.
    pub domain: Option<PublicDomain>,
    /// Only modules of this competence.
    pub competence: Option<Competence>,
    /// At most so many hits, and never more than 50.
    pub limit: usize,
}

impl Query {
    /// A query without filters, for ten hits.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            lang: None,
            level: None,
            domain: None,
            competence: None,
            limit: 10,
        }
    }
}

/// A query, understood.
pub(super) struct Asked {
    /// What was asked, cut.
    pub(super) text: String,
    /// The words in each language that is searched.
    pub(super) readings: Vec<Reading>,
}

/// The words of a query in one language.
pub(super) struct Reading {
    pub(super) lang: Lang,
    pub(super) words: Vec<Word>,
}

/// A word of a query.
pub(super) struct Word {
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
    /// In lower case, without accents.
    pub(super) written: String,
    /// `None` for a stop word.
    pub(super) stem: Option<String>,
    /// In how many sections it stands.
    pub(super) frequency: u64,
    /// What it may have been, the likeliest first.
    pub(super) corrections: Vec<Correction>,
}

impl Reading {
    /// Of a long text the common words say little and cost most: they are passed over.
    fn keep_the_rarest(&mut self, rare: u64) {
        let mut with_meaning: Vec<_> = self
            .words
            .iter_mut()
            .filter(|word| word.stem.is_some())
            .collect();
        with_meaning.sort_by_key(|word| word.frequency);
        for (nth, word) in with_meaning.into_iter().enumerate().skip(RAREST) {
            if nth >= RAREST + SOME_MORE || word.frequency > rare {
                word.stem = None;
            }
        }
    }

    /// How many words are searched for.
    pub(super) fn meanings(&self) -> usize {
        self.words.iter().filter(|word| word.stem.is_some()).count()
    }
}

impl Word {
    /// The stem it most likely stands for.
    fn likeliest(&self) -> Option<&str> {
        let own = self.stem.as_deref()?;
        match self.corrections.first() {
            Some(correction) if self.frequency == 0 => Some(&correction.stem),
            _ => Some(own),
        }
    }
}

impl Asked {
    pub(super) fn new(search: &Search, query: &Query) -> Result<Self, SearchError> {
        let text: String = query.text.nfc().take(LONGEST_TEXT).collect();
        let langs: &[Lang] = query.lang.as_ref().map_or(&Lang::ALL, std::slice::from_ref);
        let mut readings: Vec<_> = langs
            .iter()
            .map(|lang| Reading {
                lang: *lang,
                words: words(search, *lang, &text),
            })
            .collect();
        correct::frequencies(search, &mut readings)?;
        for reading in &mut readings {
            reading.keep_the_rarest(search.sections() / RARE);
        }
        correct::corrections(search, &mut readings)?;
        Ok(Self { text, readings })
    }

    /// What to search the index for, the second only if the first finds nothing: the words with
    /// meaning or, where there are none, the others in titles and headings; then those anywhere.
    pub(super) fn attempts(&self, search: &Search, query: &Query) -> [Box<dyn IndexQuery>; 2] {
        let fields = &search.shared.fields;
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for reading in &self.readings {
            let of = fields.of(reading.lang);
            if Self::only_stop_words(reading) {
                first.extend(as_written(of.names, reading, true));
                second.extend(as_written(of.words, reading, false));
            } else {
                first.extend(by_meaning(of, reading));
            }
        }
        [first, second].map(|clauses| filtered(fields, query, clauses))
    }

    /// Whether nothing was asked but words without meaning of their own.
    fn only_stop_words(reading: &Reading) -> bool {
        reading.words.iter().all(|word| word.stem.is_none())
    }

    /// What to mark in the texts of each language.
    pub(super) fn markers(&self, search: &Search) -> HashMap<Lang, Marker> {
        let marker = |reading: &Reading| {
            if Self::only_stop_words(reading) {
                let written = reading.words.iter().map(|word| word.written.clone());
                return Marker::new(search.shared.words.clone(), written.collect());
            }
            let stems = reading.words.iter().flat_map(|word| {
                let corrections = word.corrections.iter().map(|correction| &correction.stem);
                word.stem.iter().chain(corrections).cloned()
            });
            Marker::new(search.shared.stems(reading.lang), stems.collect())
        };
        self.readings
            .iter()
            .map(|reading| (reading.lang, marker(reading)))
            .collect()
    }
}

type Clause = (Occur, Box<dyn IndexQuery>);

fn words(search: &Search, lang: Lang, text: &str) -> Vec<Word> {
    let mut stems = search.shared.stems(lang);
    let mut analyzer = search.shared.words.clone();
    let mut words: Vec<Word> = Vec::new();
    analyzer.token_stream(text).process(&mut |token| {
        let range = token.offset_from..token.offset_to;
        if words.len() < MOST_WORDS && words.iter().all(|word| word.written != token.text) {
            words.push(Word {
                stem: analysis::single(&mut stems, text.get(range.clone()).unwrap_or_default()),
                range,
                written: token.text.clone(),
                frequency: 0,
                corrections: Vec::new(),
            });
        }
    });
    words
}

/// Every word with meaning, in every place; words that stand side by side in a title count again.
/// Nothing but single words of the index, and all of them optional: of such a query the index reads
/// only the parts that can still be among the best.
fn by_meaning(fields: &TextFields, reading: &Reading) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    for word in &reading.words {
        let Some(stem) = &word.stem else { continue };
        places(&mut clauses, fields, stem, &word.written, 1.0);
        for correction in &word.corrections {
            let (stem, written) = (&correction.stem, &correction.word);
            places(&mut clauses, fields, stem, written, correction.weight);
        }
    }
    let stems: Vec<_> = reading.words.iter().filter_map(Word::likeliest).collect();
    for pair in stems.windows(2) {
        if let [first, second] = pair {
            let pair = analysis::pair(first, second);
            clauses.push(weighted(fields.pairs, &pair, PAIR));
        }
    }
    clauses
}

fn places(clauses: &mut Vec<Clause>, fields: &TextFields, stem: &str, written: &str, weight: f32) {
    for (field, text, place) in [
        (fields.title, stem, TITLE),
        (fields.heading, stem, HEADING),
        (fields.about, stem, ABOUT),
        (fields.text, stem, 1.0),
        (fields.names, written, FORM),
    ] {
        clauses.push(weighted(field, text, place * weight));
    }
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
fn filtered(fields: &Fields, query: &Query, mut clauses: Vec<Clause>) -> Box<dyn IndexQuery> {
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
    for term in filters.into_iter().flatten() {
        let filter = TermQuery::new(term, IndexRecordOption::Basic);
        let filter = ConstScoreQuery::new(Box::new(filter), 0.0);
        clauses.push((Occur::Must, Box::new(filter)));
    }
    Box::new(BooleanQuery::with_minimum_required_clauses(clauses, 1))
}
