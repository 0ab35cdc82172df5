//! From what a person asks to what the index is searched for.

use std::collections::HashSet;
use std::ops::Range;

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, PhraseQuery,
    Query as IndexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::TextAnalyzer;
use unicode_normalization::UnicodeNormalization;

use crate::domain::digcomp::Competence;
use crate::domain::facilita::PublicDomain;
use crate::domain::locale::Lang;

use super::correct::{self, Correction};
use super::schema::{Fields, TextFields};
use super::{Search, SearchError, analysis};

/// The part of a longer text that is searched for, in characters.
const LONGEST_TEXT: usize = 200;

/// The part of a longer text that is searched for, in words.
const MOST_WORDS: usize = 12;

/// How much a word counts by where it stands. The text is the measure. A title is rare among lessons
/// but not among their sections, which makes its words look common: hence so much.
const TITLE: f32 = 6.0;
const HEADING: f32 = 3.0;
const ABOUT: f32 = 2.0;

/// How much more a title or heading counts that has the word in the very form that was asked.
const FORM: f32 = 1.0;

/// How much the other places of a word add to the best one.
const OTHER_PLACES: f32 = 0.2;

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
    /// Whether the index has it.
    pub(super) known: bool,
    /// What it may have been, the likeliest first.
    pub(super) corrections: Vec<Correction>,
}

impl Word {
    /// The stem it most likely stands for.
    fn likeliest(&self) -> Option<&str> {
        let own = self.stem.as_deref()?;
        match self.corrections.first() {
            Some(correction) if !self.known => Some(&correction.stem),
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

    /// The analysis and its words that are marked in a text of a language.
    pub(super) fn marked(&self, search: &Search, lang: Lang) -> (TextAnalyzer, HashSet<String>) {
        let Some(reading) = self.readings.iter().find(|reading| reading.lang == lang) else {
            return (search.shared.words.clone(), HashSet::new());
        };
        if Self::only_stop_words(reading) {
            let written = reading.words.iter().map(|word| word.written.clone());
            return (search.shared.words.clone(), written.collect());
        }
        let stems = reading.words.iter().flat_map(|word| {
            let corrections = word.corrections.iter().map(|correction| &correction.stem);
            word.stem.iter().chain(corrections).cloned()
        });
        (search.shared.stems(lang), stems.collect())
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
                known: false,
                corrections: Vec::new(),
            });
        }
    });
    words
}

/// Every word with meaning, in its best place; words that stand together count again.
fn by_meaning(fields: &TextFields, reading: &Reading) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    for word in &reading.words {
        let Some(stem) = &word.stem else { continue };
        let mut places = places(fields, stem, 1.0);
        let mut forms = vec![form(fields, &word.written, FORM)];
        for correction in &word.corrections {
            places.extend(self::places(fields, &correction.stem, correction.weight));
            forms.push(form(fields, &correction.word, FORM * correction.weight));
        }
        for (queries, others) in [(places, OTHER_PLACES), (forms, 0.0)] {
            let query = DisjunctionMaxQuery::with_tie_breaker(queries, others);
            clauses.push((Occur::Should, Box::new(query)));
        }
    }
    let stems: Vec<_> = reading.words.iter().filter_map(Word::likeliest).collect();
    for pair in stems.windows(2) {
        for (field, weight) in [
            (fields.title, TITLE / 2.0),
            (fields.heading, HEADING / 2.0),
            (fields.text, 1.0),
        ] {
            clauses.push((Occur::Should, boosted(phrase(field, pair), weight)));
        }
    }
    clauses
}

fn places(fields: &TextFields, stem: &str, weight: f32) -> Vec<Box<dyn IndexQuery>> {
    [
        (fields.title, TITLE),
        (fields.heading, HEADING),
        (fields.about, ABOUT),
        (fields.text, 1.0),
    ]
    .into_iter()
    .map(|(field, place)| {
        let term = Term::from_field_text(field, stem);
        let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
        boosted(Box::new(query), place * weight)
    })
    .collect()
}

fn form(fields: &TextFields, written: &str, weight: f32) -> Box<dyn IndexQuery> {
    let term = Term::from_field_text(fields.names, written);
    let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
    boosted(Box::new(query), weight)
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
        clauses.push((Occur::Should, boosted(phrase(field, &written), 2.0)));
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

fn boosted(query: Box<dyn IndexQuery>, weight: f32) -> Box<dyn IndexQuery> {
    Box::new(BoostQuery::new(query, weight))
}

/// One of the clauses, and every filter.
fn filtered(fields: &Fields, query: &Query, clauses: Vec<Clause>) -> Box<dyn IndexQuery> {
    let asked: Box<dyn IndexQuery> = Box::new(BooleanQuery::new(clauses));
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
    let mut all: Vec<Clause> = vec![(Occur::Must, asked)];
    for term in filters.into_iter().flatten() {
        let filter = TermQuery::new(term, IndexRecordOption::Basic);
        let filter = ConstScoreQuery::new(Box::new(filter), 0.0);
        all.push((Occur::Must, Box::new(filter)));
    }
    Box::new(BooleanQuery::new(all))
}
