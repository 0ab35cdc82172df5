//! From what a person asks to what it means.

use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::domain::digcomp::Competence;
use crate::domain::facilita::PublicDomain;
use crate::domain::locale::Lang;

use super::correct::{self, WordCorrection};
use super::known;
use super::meaning::{Meaning, number, small};
use super::rank::{Asking, Token};
use super::remember::Remembering;
use super::snippet::Marker;
use super::{Search, SearchError};

/// The part of a longer text that is searched for, in characters.
const LONGEST_TEXT: usize = 200;

/// The part of a longer text that is searched for, in words.
const MOST_WORDS: usize = 20;

/// Of those with meaning the rarest are searched for: so many, and some more if they are rare.
const RAREST: usize = 4;
const SOME_MORE: usize = 4;

/// A word is rare that stands in less than this part of the sections.
const RARE: u64 = 10;

/// What a person asks.
#[derive(Debug, Clone)]
pub struct SearchQuery {
    /// In their own words, of any length.
    pub text: String,
    /// Only pages in this language.
    pub lang: Option<Lang>,
    /// Pages in this language first, where both answer alike.
    pub prefer: Option<Lang>,
    /// Only modules of this DigComp level.
    pub level: Option<u8>,
    /// Only modules of this domain.
    pub domain: Option<PublicDomain>,
    /// Only modules of this competence.
    pub competence: Option<Competence>,
    /// At most so many hits, and never more than 50.
    pub limit: usize,
}

impl SearchQuery {
    /// A query without filters, for ten hits.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            lang: None,
            prefer: None,
            level: None,
            domain: None,
            competence: None,
            limit: 10,
        }
    }
}

/// A query, understood.
pub(super) struct ParsedQuery {
    /// What was asked, cut.
    pub(super) text: String,
    /// The words in each language that is searched.
    pub(super) readings: Vec<Reading>,
}

/// The words of a query in one language.
pub(super) struct Reading {
    pub(super) lang: Lang,
    pub(super) words: Vec<Word>,
    /// Stems that nobody said, but that the courses have for what was said.
    pub(super) meant: Vec<String>,
    /// Italian stems of what was said in English, which is searched for in Italian too.
    translated: Vec<String>,
}

/// A word of a query.
pub(super) struct Word {
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
    /// In lower case, without accents.
    pub(super) written: String,
    /// `None` for a word without meaning.
    pub(super) stem: Option<String>,
    /// What tells such a word from others in a name.
    small: Option<u32>,
    /// Whether the index is searched for it: of a long text the common words say little and cost
    /// most.
    pub(super) searched: bool,
    /// In how many sections it stands.
    pub(super) frequency: u64,
    /// What it may have been, the likeliest first.
    pub(super) corrections: Vec<WordCorrection>,
}

impl Reading {
    fn keep_the_rarest(&mut self, rare: u64) {
        let mut with_meaning: Vec<_> = self
            .words
            .iter_mut()
            .filter(|word| word.stem.is_some())
            .collect();
        with_meaning.sort_by_key(|word| word.frequency);
        for (nth, word) in with_meaning.into_iter().enumerate() {
            word.searched = nth < RAREST || (nth < RAREST + SOME_MORE && word.frequency <= rare);
        }
    }

    /// The words that the index is searched for.
    pub(super) fn searched(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|word| word.searched)
    }

    /// Whether nothing was asked but words without meaning of their own.
    pub(super) fn only_stop_words(&self) -> bool {
        self.translated.is_empty() && self.words.iter().all(|word| word.stem.is_none())
    }

    /// What was asked, as names are compared with it; and the stems that nobody said.
    fn asking(&self, search: &Search) -> (Asking, Vec<String>) {
        let stems: Vec<(usize, &str)> = self
            .words
            .iter()
            .enumerate()
            .filter_map(|(at, word)| Some((at, word.likeliest()?)))
            .collect();
        let mut tokens: Vec<Token> = Vec::new();
        let mut unsaid = Vec::new();
        for (stem, places) in search.shared.vocabulary.meant(self.lang, &stems) {
            let mut meant = vec![(number(&stem), stem.clone(), 1.0)];
            if let [place] = places.as_slice()
                && let Some(word) = self.words.get(*place)
                && !word.corrections.is_empty()
                && word.likeliest() == Some(&stem)
            {
                let may_be = word.corrections.iter();
                meant = may_be
                    .map(|one| (number(&one.stem), one.stem.clone(), one.weight))
                    .collect();
            }
            if stems.iter().all(|(_, said)| *said != stem) {
                unsaid.push(stem);
            }
            let rarest = places.iter().filter_map(|place| self.words.get(*place));
            let rarest = rarest.map(|word| rarity(self.lang, word)).max();
            let weights = meant.iter();
            let weights = weights.map(|(stem, ..)| weight(search, self.lang, *stem, rarest));
            let weight = weights.fold(0.0, f32::max);
            let known = meant
                .iter()
                .any(|(stem, ..)| is_known(search, self.lang, *stem));
            // That a need of elsewhere has it, too, says little of a word that everybody says.
            let known = known
                && meant
                    .iter()
                    .any(|(stem, ..)| !only_elsewhere(search, self.lang, *stem));
            let claim = match known {
                true => weight,
                false => CLAIM * (f32::from(rarest.unwrap_or(8)) - 2.0).clamp(0.0, 3.0),
            };
            if !tokens.iter().any(|token| token.stems == meant) {
                tokens.push(Token {
                    place: places.first().copied().unwrap_or(usize::MAX),
                    stems: meant,
                    weight,
                    claim,
                });
            }
        }
        for stem in &self.translated {
            let number = number(stem);
            let weight = weight(search, self.lang, number, None);
            tokens.push(Token {
                place: usize::MAX,
                weight,
                claim: weight,
                stems: vec![(number, stem.clone(), 1.0)],
            });
            unsaid.push(stem.clone());
        }
        let smalls = self.words.iter().enumerate();
        for (place, small) in smalls.filter_map(|(at, word)| Some((at, word.small?))) {
            tokens.push(Token {
                place,
                weight: search.names.weight(self.lang, small),
                claim: 0.0,
                stems: vec![(small, String::new(), 1.0)],
            });
        }
        tokens.sort_by_key(|token| token.place);
        let lang = self.lang;
        let written = self.words.iter().map(|word| word.written.clone());
        let asking = Asking {
            lang,
            tokens,
            written: written.collect(),
        };
        (asking, unsaid)
    }
}

impl Word {
    /// The stem it most likely stands for.
    pub(super) fn likeliest(&self) -> Option<&str> {
        let own = self.stem.as_deref()?;
        match self.corrections.first() {
            Some(correction) if self.frequency == 0 => Some(&correction.stem),
            _ => Some(own),
        }
    }
}

impl ParsedQuery {
    pub(super) fn new(
        search: &Search,
        query: &SearchQuery,
    ) -> Result<(Self, Vec<Asking>), SearchError> {
        let text: String = query.text.nfc().take(LONGEST_TEXT).collect();
        let langs: &[Lang] = query.lang.as_ref().map_or(&Lang::ALL, std::slice::from_ref);
        let mut readings = Vec::new();
        for lang in langs {
            readings.push(Reading {
                lang: *lang,
                words: words(search, *lang, &text)?,
                meant: Vec::new(),
                translated: Vec::new(),
            });
        }
        if query.prefer == Some(Lang::En) {
            translate(search, &mut readings);
        }
        correct::frequencies(search, &mut readings)?;
        for reading in &mut readings {
            reading.keep_the_rarest(search.sections() / RARE);
        }
        correct::corrections(search, &mut readings)?;
        let mut askings = Vec::new();
        for reading in &mut readings {
            let (asking, meant) = reading.asking(search);
            reading.meant = meant;
            reading.meant.truncate(RAREST + SOME_MORE);
            askings.push(asking);
        }
        Ok((Self { text, readings }, askings))
    }

    /// What to mark in the texts of each language.
    pub(super) fn markers(&self, search: &Search) -> HashMap<Lang, Marker> {
        let marker = |reading: &Reading| {
            if reading.only_stop_words() {
                let written = reading.words.iter().map(|word| word.written.clone());
                let as_written = search.shared.vocabulary.as_written();
                return Marker::as_written(as_written, written.collect());
            }
            let stems = reading.words.iter().flat_map(|word| {
                let corrections = word.corrections.iter().map(|correction| &correction.stem);
                word.stem.iter().chain(corrections).cloned()
            });
            let stems = stems.chain(reading.meant.iter().cloned());
            let memory = search.shared.memories.take(reading.lang);
            let memory = memory
                .unwrap_or_else(|| Remembering::new(search.shared.vocabulary.stems(reading.lang)));
            Marker::new(memory, stems.collect())
        };
        self.readings
            .iter()
            .map(|reading| (reading.lang, marker(reading)))
            .collect()
    }
}

/// How rare a word is, from 0 to 9. Nothing is known of short ones: numbers and names, mostly.
fn rarity(lang: Lang, word: &Word) -> u8 {
    let shortest = 4;
    match known::rarity(lang, &word.written) {
        Some(rarity) => rarity,
        None if word.written.len() < shortest => 3,
        None => 8,
    }
}

/// What was said in English is searched for in Italian too: in the words that stand for the same
/// things.
fn translate(search: &Search, readings: &mut [Reading]) {
    let english = readings.iter().find(|reading| reading.lang == Lang::En);
    let Some(english) = english else { return };
    let stems: Vec<(usize, &str)> = english
        .words
        .iter()
        .filter_map(|word| Some((word.range.start, word.stem.as_deref()?)))
        .collect();
    let found = search.shared.vocabulary.in_italian(&stems);
    let Some(italian) = readings.iter_mut().find(|one| one.lang == Lang::It) else {
        return;
    };
    for (stem, places) in found {
        for word in &mut italian.words {
            if places.contains(&word.range.start) {
                word.stem = None;
            }
        }
        if !italian.translated.contains(&stem) {
            italian.translated.push(stem);
        }
    }
}

/// How much a stem says. Of what no page is called by, as much as it is rare: people say many words
/// around a need that everybody says, and few that name another need.
fn weight(search: &Search, lang: Lang, stem: u32, rarity: Option<u8>) -> f32 {
    let rarity = f32::from(rarity.unwrap_or(8));
    if is_known(search, lang, stem) {
        return search.names.weight(lang, stem);
    }
    0.1f32.max(UNKNOWN * (rarity - 1.0) / 4.0)
}

/// Whether a page or an urgent need is called by a stem.
fn is_known(search: &Search, lang: Lang, stem: u32) -> bool {
    search.names.has(lang, stem)
        || search.shared.urgent.has(lang, stem)
        || search.shared.elsewhere.has(lang, stem)
}

/// Whether only what no course is about is called by a stem.
fn only_elsewhere(search: &Search, lang: Lang, stem: u32) -> bool {
    !search.names.has(lang, stem) && !search.shared.urgent.has(lang, stem)
}

/// How much more is missing of an answer for each step in rarity of a word that no page is called by.
const CLAIM: f32 = 1.0;

/// What a word says that stands in one of a hundred thousand words and that no page is called by.
const UNKNOWN: f32 = 0.92;

fn words(search: &Search, lang: Lang, text: &str) -> Result<Vec<Word>, SearchError> {
    let mut meaning = Meaning::new(lang, &search.shared.vocabulary);
    let mut words: Vec<Word> = Vec::new();
    for said in meaning.words(text, MOST_WORDS) {
        if words.iter().any(|word| word.written == said.written) {
            continue;
        }
        let small = small(&said);
        let word = Word {
            range: said.range,
            written: said.written,
            stem: said.stem,
            small,
            searched: false,
            frequency: 0,
            corrections: Vec::new(),
        };
        match correct::parted(search, lang, &word)? {
            Some(parts) => words.extend(parts.into_iter().map(|(range, written, stem)| Word {
                range,
                written,
                stem,
                small: None,
                searched: false,
                frequency: 0,
                corrections: Vec::new(),
            })),
            None => words.push(word),
        }
    }
    Ok(words)
}
