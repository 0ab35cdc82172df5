//! What a mistyped word may have been, by the words of the index.

use std::collections::HashMap;

use tantivy::collector::TopDocs;
use tantivy::query::{FuzzyTermQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use crate::domain::locale::Lang;

use super::analysis;
use super::ask::{Asked, Reading, Word};
use super::schema::Stored;
use super::{Search, SearchError};

/// Shorter words have too many neighbours.
const SHORTEST_WORD: usize = 4;

/// From this length on a word that is like no other may have two typing errors, or one and another
/// ending.
const LONG_WORD: usize = 7;

/// A word of the index is what was meant only by one so many times as frequent.
const MORE_FREQUENT: u64 = 4;

/// How many corrections of a word are searched for, and how many suggestions are made. The words
/// of a longer query explain each other: one correction of each is enough.
const MOST_CORRECTIONS: usize = 3;
const FEW_WORDS: usize = 4;

/// What a correction counts beside the word itself: of an unknown word, and of a known one.
const UNKNOWN: f32 = 0.7;
const KNOWN: f32 = 0.3;

/// A word of the index that may have been meant.
#[derive(Debug, Clone)]
pub(super) struct Correction {
    /// In lower case, without accents.
    pub(super) word: String,
    pub(super) stem: String,
    /// What it counts beside the word that was written.
    pub(super) weight: f32,
}

/// Counts the sections of each word.
pub(super) fn frequencies(search: &Search, readings: &mut [Reading]) -> Result<(), SearchError> {
    for reading in readings {
        for word in &mut reading.words {
            word.frequency = frequency(search, reading.lang, word)?;
        }
    }
    Ok(())
}

/// Finds what each word may have been. A word that is known in one language is not corrected to
/// a word of another.
pub(super) fn corrections(search: &Search, readings: &mut [Reading]) -> Result<(), SearchError> {
    let mut frequencies: HashMap<String, u64> = HashMap::new();
    for word in readings.iter().flat_map(|reading| &reading.words) {
        *frequencies.entry(word.written.clone()).or_default() += word.frequency;
    }
    for reading in readings {
        let most = if reading.meanings() > FEW_WORDS {
            1
        } else {
            MOST_CORRECTIONS
        };
        for word in &mut reading.words {
            let frequency = frequencies.get(&word.written).copied().unwrap_or_default();
            word.corrections = near(search, reading.lang, word, frequency)?;
            word.corrections.truncate(most);
        }
    }
    Ok(())
}

/// In how many sections a word or its stem stands.
fn frequency(search: &Search, lang: Lang, word: &Word) -> Result<u64, SearchError> {
    let fields = search.shared.fields.of(lang);
    let Some(stem) = &word.stem else {
        return Ok(search.searcher.num_docs());
    };
    let mut frequency = 0;
    for (field, text) in [
        (fields.words, &word.written),
        (fields.text, stem),
        (fields.title, stem),
        (fields.heading, stem),
        (fields.about, stem),
    ] {
        let term = Term::from_field_text(field, text);
        frequency = frequency.max(search.searcher.doc_freq(&term)?);
    }
    Ok(frequency)
}

fn near(
    search: &Search,
    lang: Lang,
    word: &Word,
    frequency: u64,
) -> Result<Vec<Correction>, SearchError> {
    let Some(stem) = &word.stem else {
        return Ok(Vec::new());
    };
    let enough = frequency.saturating_mul(MORE_FREQUENT).max(1);
    if word.written.chars().count() < SHORTEST_WORD || enough > search.searcher.num_docs() {
        return Ok(Vec::new());
    }
    let weight = if frequency == 0 { UNKNOWN } else { KNOWN };
    let words = search.shared.fields.of(lang).words;
    let mut stems = search.shared.stems(lang);
    let mut found: Vec<Correction> = Vec::new();
    let errors = if frequency == 0 && word.written.chars().count() >= LONG_WORD {
        1..=2
    } else {
        1..=1
    };
    for errors in errors {
        let pattern = Pattern {
            text: &word.written,
            errors,
            prefix: false,
        };
        for (near, _) in pattern.matches(&search.searcher, words, enough)? {
            // A word without meaning has no stem, and one with the same stem is found anyway.
            let Some(near_stem) = analysis::single(&mut stems, &near) else {
                continue;
            };
            if near_stem != *stem && found.iter().all(|other| other.stem != near_stem) {
                found.push(Correction {
                    word: near,
                    stem: near_stem,
                    weight,
                });
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    Ok(found)
}

/// What to look for in the words of the index.
struct Pattern<'a> {
    text: &'a str,
    errors: u8,
    prefix: bool,
}

impl Pattern<'_> {
    /// The words of a field that fit, with the number of their sections, the likeliest first:
    /// people seldom mistype the first letter.
    fn matches(
        &self,
        searcher: &Searcher,
        field: Field,
        at_least: u64,
    ) -> Result<Vec<(String, u64)>, SearchError> {
        let term = Term::from_field_text(field, self.text);
        let query = if self.prefix {
            FuzzyTermQuery::new_prefix(term, self.errors, true)
        } else {
            FuzzyTermQuery::new(term, self.errors, true)
        };
        let automaton = query.automaton()?;
        let mut words: HashMap<String, u64> = HashMap::new();
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut stream = index
                .terms()
                .search(&automaton)
                .into_stream()
                .map_err(tantivy::TantivyError::from)?;
            while stream.advance() {
                if let Ok(word) = std::str::from_utf8(stream.key()) {
                    *words.entry(word.to_owned()).or_default() +=
                        u64::from(stream.value().doc_freq);
                }
            }
        }
        let first = self.text.chars().next();
        let mut words: Vec<_> = words
            .into_iter()
            .filter(|(word, frequency)| *frequency >= at_least && word != self.text)
            .collect();
        words.sort_by(|(a, a_frequency), (b, b_frequency)| {
            let a_first = a.chars().next() == first;
            let b_first = b.chars().next() == first;
            (b_first, b_frequency, a).cmp(&(a_first, a_frequency, b))
        });
        Ok(words)
    }
}

/// What may have been meant: the query with its doubtful words replaced. `first` is the best hit,
/// whose words are the likeliest.
pub(super) fn suggestions(
    search: &Search,
    asked: &Asked,
    first: Option<&Stored>,
) -> Result<Vec<String>, SearchError> {
    let lang = first.map_or(Lang::It, |section| section.lang);
    let Some(reading) = asked
        .readings
        .iter()
        .find(|reading| reading.lang == lang)
        .or(asked.readings.first())
    else {
        return Ok(Vec::new());
    };
    let mut choices: Vec<(&Word, Vec<String>)> = Vec::new();
    for word in &reading.words {
        let mut forms = Vec::new();
        let mut here = Vec::new();
        for correction in &word.corrections {
            let form = first.and_then(|section| form(search, section, correction));
            match form {
                Some(form) => here.push(form),
                None => forms.extend(shown(search, reading.lang, correction)?),
            }
        }
        here.append(&mut forms);
        if here.is_empty() && word.frequency == 0 && first.is_none() {
            here = beginning(search, reading.lang, word)?;
        }
        if !here.is_empty() {
            choices.push((word, here));
        }
    }
    let alternatives = if let [(_, only)] = choices.as_slice() {
        only.len()
    } else {
        usize::from(!choices.is_empty())
    };
    Ok((0..alternatives)
        .map(|nth| replaced(&asked.text, &choices, nth))
        .collect())
}

/// The text with every doubtful word replaced by its nth choice.
fn replaced(text: &str, choices: &[(&Word, Vec<String>)], nth: usize) -> String {
    let mut suggestion = String::new();
    let mut end = 0;
    for (word, forms) in choices {
        suggestion.push_str(text.get(end..word.range.start).unwrap_or_default());
        suggestion.push_str(forms.get(nth).or(forms.first()).map_or("", String::as_str));
        end = word.range.end;
    }
    suggestion.push_str(text.get(end..).unwrap_or_default());
    suggestion.trim().to_lowercase()
}

/// Words to suggest where nothing is found: those that begin so.
fn beginning(search: &Search, lang: Lang, word: &Word) -> Result<Vec<String>, SearchError> {
    let length = word.written.chars().count();
    if length < SHORTEST_WORD - 1 {
        return Ok(Vec::new());
    }
    let pattern = Pattern {
        text: &word.written,
        errors: u8::from(length > SHORTEST_WORD),
        prefix: true,
    };
    let field = search.shared.fields.of(lang).words;
    let mut stems = search.shared.stems(lang);
    let mut forms: Vec<String> = Vec::new();
    for (near, _) in pattern.matches(&search.searcher, field, 1)? {
        if forms.len() == MOST_CORRECTIONS {
            break;
        }
        if let Some(stem) = analysis::single(&mut stems, &near) {
            let correction = Correction {
                word: near,
                stem,
                weight: 0.0,
            };
            let form = shown(search, lang, &correction)?;
            forms.extend(form.filter(|form| !forms.contains(form)));
        }
    }
    Ok(forms)
}

/// A correction as people write it, accents included: as a section that has it writes it.
fn shown(
    search: &Search,
    lang: Lang,
    correction: &Correction,
) -> Result<Option<String>, SearchError> {
    let fields = search.shared.fields.of(lang);
    let term = Term::from_field_text(fields.words, &correction.word);
    let query = TermQuery::new(term, IndexRecordOption::Basic);
    let top = search
        .searcher
        .search(&query, &TopDocs::with_limit(1).order_by_score())?;
    match top.first() {
        Some((_, address)) => Ok(search
            .stored(*address)?
            .and_then(|section| form(search, &section, correction))),
        None => Ok(None),
    }
}

/// A correction as a section writes it: the very word, or one with its stem.
fn form(search: &Search, section: &Stored, correction: &Correction) -> Option<String> {
    let heading = section.heading.as_deref().unwrap_or_default();
    let texts = [section.title.as_str(), heading, &section.text];
    let find = |mut analyzer: tantivy::tokenizer::TextAnalyzer, wanted: &str| {
        texts.iter().find_map(|text| {
            let mut stream = analyzer.token_stream(text);
            while let Some(token) = stream.next() {
                if token.text == wanted {
                    return text.get(token.offset_from..token.offset_to);
                }
            }
            None
        })
    };
    find(search.shared.words.clone(), &correction.word)
        .or_else(|| find(search.shared.stems(section.lang), &correction.stem))
        .map(str::to_lowercase)
}
