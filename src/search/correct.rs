//! What a mistyped word may have been, by the words of the index.

use std::collections::HashMap;
use std::ops::Range;

use tantivy::collector::TopDocs;
use tantivy::query::{FuzzyTermQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use crate::domain::locale::Lang;

use super::ask::{ParsedQuery, Reading, Word};
use super::known;
use super::remember::{Remembering, runs};
use super::schema::Stored;
use super::{Search, SearchError};

/// Shorter words have too many neighbours.
const SHORTEST_WORD: usize = 4;

/// From this length on a word that is like no other may have two typing errors, or one and another
/// ending.
const LONG_WORD: usize = 7;

/// How many corrections of a word are searched for, and how many suggestions are made. The words
/// of a longer query explain each other: one correction of each is enough.
const MOST_CORRECTIONS: usize = 3;
const FEW_WORDS: usize = 4;

/// How many words of a query are looked for among their neighbours.
const MOST_DOUBTFUL: usize = 3;

/// What a correction counts: of a word that is none, and of one that is right but that the courses do
/// not have.
const WRONG: f32 = 0.94;
const RIGHT: f32 = 0.39;

/// In how many sections a word is looked for as people write it.
const SECTIONS_FOR_A_FORM: usize = 3;

/// A word of the index that may have been meant.
#[derive(Debug, Clone)]
pub(super) struct WordCorrection {
    /// In lower case, without accents.
    pub(super) word: String,
    pub(super) stem: String,
    /// What it counts beside the word that was written.
    pub(super) weight: f32,
    /// Whether it is told: nobody is corrected who wrote a right word.
    pub(super) told: bool,
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

/// Finds what each word may have been that the courses do not have. A word that they have in one
/// language is not corrected to a word of another.
pub(super) fn corrections(search: &Search, readings: &mut [Reading]) -> Result<(), SearchError> {
    let mut frequencies: HashMap<String, u64> = HashMap::new();
    for word in readings.iter().flat_map(|reading| &reading.words) {
        *frequencies.entry(word.written.clone()).or_default() += word.frequency;
    }
    for reading in readings {
        let doubtful = |word: &Word| {
            let here = frequencies
                .get(&word.written)
                .is_some_and(|count| *count > 0);
            word.searched && !here && !search.shared.vocabulary.knows(&word.written)
        };
        let count = reading.words.iter().filter(|word| doubtful(word)).count();
        let most = match reading.searched().count() {
            ..=FEW_WORDS => MOST_CORRECTIONS,
            _ => 1,
        };
        if count == 0 {
            continue;
        }
        let lang = reading.lang;
        let words = reading.words.iter_mut();
        for word in words.filter(|word| doubtful(word)).take(MOST_DOUBTFUL) {
            word.corrections = near(search, lang, word)?;
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
        (fields.asks, stem),
        (fields.text, stem),
        (fields.about, stem),
    ] {
        let term = Term::from_field_text(field, text);
        frequency = frequency.max(search.searcher.doc_freq(&term)?);
    }
    Ok(frequency)
}

fn near(search: &Search, lang: Lang, word: &Word) -> Result<Vec<WordCorrection>, SearchError> {
    let Some(stem) = &word.stem else {
        return Ok(Vec::new());
    };
    let length = word.written.chars().count();
    let digits = word.written.bytes().filter(u8::is_ascii_digit).count();
    if length < SHORTEST_WORD || digits > 1 {
        return Ok(Vec::new());
    }
    let vocabulary = &search.shared.vocabulary;
    let right = known::is_word(lang, &word.written);
    let mut others = Lang::ALL.into_iter().filter(|other| *other != lang);
    if !right && others.any(|other| known::is_word(other, &word.written)) {
        // It is a word of another language.
        return Ok(Vec::new());
    }
    let weight = if right { RIGHT } else { WRONG };
    let words = search.shared.fields.of(lang).words;
    let mut stems = vocabulary.stems(lang);
    let mut found: Vec<WordCorrection> = Vec::new();
    let most_errors = if !right && length >= LONG_WORD { 2 } else { 1 };
    for errors in 1..=most_errors {
        let pattern = Pattern {
            text: &word.written,
            errors,
            prefix: false,
        };
        let said = vocabulary.near(&word.written, usize::from(errors)).cloned();
        let matches = pattern.matches(&search.searcher, words)?.into_iter();
        for near in matches.map(|(near, _)| near).chain(said) {
            // A word without meaning has no stem, and one with the same stem is found anyway.
            let Some(near_stem) = stems.single(&near) else {
                continue;
            };
            if near_stem != *stem && found.iter().all(|other| other.stem != near_stem) {
                found.push(WordCorrection {
                    word: near,
                    stem: near_stem,
                    weight,
                    told: !right,
                });
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    Ok(found)
}

/// Whether a word is right, whether or not the courses have it.
fn is_right(search: &Search, lang: Lang, word: &Word) -> bool {
    search.shared.vocabulary.knows(&word.written) || known::is_word(lang, &word.written)
}

/// A part of a word: where it stands, as it is written, its stem.
pub(super) type WordPart = (Range<usize>, String, Option<String>);

/// The two words of the courses that a word is when nothing else has it: people forget a space.
pub(super) fn parted(
    search: &Search,
    lang: Lang,
    word: &Word,
) -> Result<Option<[WordPart; 2]>, SearchError> {
    let written = word.written.as_str();
    let odd =
        written.len() < LONG_WORD - 1 || !written.bytes().all(|byte| byte.is_ascii_lowercase());
    if odd || word.range.len() != written.len() || has(search, lang, written)? {
        return Ok(None);
    }
    if search.shared.vocabulary.knows(written) || known::is_word(lang, written) {
        return Ok(None);
    }
    let mut stems = search.shared.vocabulary.stems(lang);
    for at in SHORTEST_PART..=written.len().saturating_sub(SHORTEST_PART) {
        let (first, second) = written.split_at(at);
        if has(search, lang, first)? && has(search, lang, second)? {
            let middle = word.range.start + at;
            return Ok(Some([
                (
                    word.range.start..middle,
                    first.to_owned(),
                    stems.single(first),
                ),
                (
                    middle..word.range.end,
                    second.to_owned(),
                    stems.single(second),
                ),
            ]));
        }
    }
    Ok(None)
}

/// The shortest of two words that were written as one.
const SHORTEST_PART: usize = 3;

/// Whether the courses have a word in this very form.
fn has(search: &Search, lang: Lang, written: &str) -> Result<bool, SearchError> {
    let words = search.shared.fields.of(lang).words;
    Ok(search
        .searcher
        .doc_freq(&Term::from_field_text(words, written))?
        > 0)
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
            .filter(|(word, _)| word != self.text)
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
    asked: &ParsedQuery,
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
        for correction in word.corrections.iter().filter(|one| one.told) {
            let form = first.and_then(|section| form(search, section, correction));
            match form {
                Some(form) => here.push(form),
                None => forms.extend(shown(search, reading.lang, correction)?),
            }
        }
        here.append(&mut forms);
        let unknown = word.frequency == 0 && !is_right(search, reading.lang, word);
        if here.is_empty() && unknown && first.is_none() {
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
    let mut stems = search.shared.vocabulary.stems(lang);
    let mut forms: Vec<String> = Vec::new();
    for (near, _) in pattern.matches(&search.searcher, field)? {
        if forms.len() == MOST_CORRECTIONS {
            break;
        }
        if let Some(stem) = stems.single(&near) {
            let correction = WordCorrection {
                word: near,
                stem,
                weight: 0.0,
                told: true,
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
    correction: &WordCorrection,
) -> Result<Option<String>, SearchError> {
    let fields = search.shared.fields.of(lang);
    let term = Term::from_field_text(fields.words, &correction.word);
    let query = TermQuery::new(term, IndexRecordOption::Basic);
    // A word of `asks` alone stands in no text, and is shown to nobody.
    let some = TopDocs::with_limit(SECTIONS_FOR_A_FORM).order_by_score();
    for (_, address) in search.searcher.search(&query, &some)? {
        let section = search.stored(address)?;
        let form = section.and_then(|section| form(search, &section, correction));
        if form.is_some() {
            return Ok(form);
        }
    }
    Ok(None)
}

/// A correction as a section writes it.
fn form(search: &Search, section: &Stored, correction: &WordCorrection) -> Option<String> {
    let heading = section.heading.as_deref().unwrap_or_default();
    let texts = [section.title.as_str(), heading, &section.text];
    let mut analysis = Remembering::new(search.shared.vocabulary.as_written());
    let mut word = String::new();
    let form = texts.iter().find_map(|text| {
        let mut words = runs(text).map(|(_, run)| run);
        words.find(|run| analysis.write(run, &mut word) && word == correction.word)
    });
    form.map(str::to_lowercase)
}
