//! Sentences, words and the Gulpease index of plain text.
//!
//! A word is what stands between spaces and has a letter or a digit, so `l'app` is one word: the
//! stricter reading. Letters are letters and digits. A sentence ends at `.`, `!`, `?` or `…`
//! before a space or the end of its block; a paragraph, a list item and a table cell are blocks.
//! It does not end at an abbreviation ("es.", "art. 5"), inside a number ("3.5") or an address,
//! or before a small letter.

use std::ops::{AddAssign, Range};

/// What the Gulpease index is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measure {
    /// Sentences with a word at least.
    pub sentences: u32,
    /// Words.
    pub words: u32,
    /// Letters and digits.
    pub letters: u32,
}

impl AddAssign for Measure {
    fn add_assign(&mut self, other: Self) {
        self.sentences += other.sentences;
        self.words += other.words;
        self.letters += other.letters;
    }
}

impl Measure {
    /// Measures one block.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut measure = Self::default();
        for sentence in sentences(text) {
            let mut words = 0;
            for word in words_of(&text[sentence]) {
                words += 1;
                measure.letters += count(word.chars().filter(|c| c.is_alphanumeric()));
            }
            measure.words += words;
            measure.sentences += u32::from(words > 0);
        }
        measure
    }

    /// `89 + (300·sentences − 10·letters) / words`, between 0 and 100; `None` without words.
    ///
    /// Lucisano and Piemontese, 1988: 60 and more is easy for who has finished middle school.
    #[must_use]
    pub fn gulpease(self) -> Option<f64> {
        if self.words == 0 {
            return None;
        }
        let (sentences, letters) = (f64::from(self.sentences), f64::from(self.letters));
        let index = 89.0 + (300.0 * sentences - 10.0 * letters) / f64::from(self.words);
        Some(index.clamp(0.0, 100.0))
    }
}

fn count(items: impl Iterator) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

/// The words of a text.
pub fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
}

/// Abbreviations after which a sentence goes on, whatever follows.
const ABBREVIATIONS: [&str; 34] = [
    "art", "artt", "avv", "cap", "cfr", "cod", "d.lgs", "d.p.r", "dott", "dr", "ecc", "es", "fig",
    "geom", "ing", "lett", "n", "nr", "num", "on", "p", "p.es", "pag", "pagg", "prof", "rag",
    "sig", "sig.ra", "sigg", "tab", "tel", "v", "e.g", "i.e",
];

/// The places of the sentences in a block, in bytes, without the spaces around them.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in text.char_indices() {
        if at < start || !matches!(mark, '.' | '!' | '?' | '…') {
            continue;
        }
        let rest = &text[at + mark.len_utf8()..];
        // Closing quotes and further marks belong to the sentence: «Vieni?!»
        let after = rest.trim_start_matches(['.', '!', '?', '…', '»', '"', '”', '’', ')', '\'']);
        let end = text.len() - after.len();
        let next = after.trim_start();
        let broken_off = next.len() == after.len() && !next.is_empty();
        let goes_on = next.starts_with(char::is_lowercase)
            || (mark == '.' && !next.is_empty() && abbreviated(&text[start..at]));
        if !broken_off && !goes_on {
            push(text, start..end, &mut found);
            start = end;
        }
    }
    push(text, start..text.len(), &mut found);
    found
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let sentence = &text[range.clone()];
    let start = range.end - sentence.trim_start().len();
    let trimmed = sentence.trim();
    if !trimmed.is_empty() {
        found.push(start..start + trimmed.len());
    }
}

/// Whether the text before a full stop ends with an abbreviation or an initial.
fn abbreviated(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '«' | '"' | '\'' | '’'))
        .next()
        .unwrap_or("");
    let mut letters = word.chars();
    if let (Some(only), None) = (letters.next(), letters.next())
        && only.is_uppercase()
    {
        return true;
    }
    // "ecc." may end a sentence: here a capital follows, so it does.
    let lower = word.to_lowercase();
    lower != "ecc" && ABBREVIATIONS.contains(&lower.as_str())
}

/// Finds a part of a block's plain text in the block's source.
///
/// The plain text lacks the markup, but its words stand in the source in the same order: they are
/// looked up one after the other, up to the part asked for. Where that fails the whole block is
/// the answer.
#[must_use]
pub fn locate(source: &str, block: &Range<usize>, text: &str, part: &Range<usize>) -> Range<usize> {
    let Some(raw) = source.get(block.clone()) else {
        return block.clone();
    };
    let mut cursor = 0;
    let (mut first, mut last) = (None, None);
    for (at, word) in word_places(text) {
        if at >= part.end {
            break;
        }
        let Some(found) = find_word(&raw[cursor..], word) else {
            continue;
        };
        let found = cursor + found;
        cursor = found + word.len();
        if at + word.len() > part.start {
            first.get_or_insert(found);
            last = Some((cursor, at + word.len()));
        }
    }
    match (first, last) {
        (Some(first), Some((end, text_end))) => {
            // The marks behind the last word, where they stand in the source too.
            let tail = text.get(text_end..part.end).unwrap_or("");
            let tail = common_prefix(&raw[end..], tail);
            block.start + first..block.start + end + tail
        }
        _ => block.clone(),
    }
}

/// Runs of letters and digits with their places.
fn word_places(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(char::is_alphanumeric)?;
        let len = text[start..]
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(text.len() - start);
        rest = start + len;
        Some((start, &text[start..rest]))
    })
}

/// Markup between two words is shorter than this; a word further on is another one.
const WINDOW: usize = 2_000;

fn find_word(raw: &str, word: &str) -> Option<usize> {
    let window = &raw[..raw.floor_char_boundary(WINDOW)];
    window
        .match_indices(word)
        .find(|(at, _)| {
            let before = raw[..*at].chars().next_back();
            let after = raw[at + word.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
        .map(|(at, _)| at)
}

fn common_prefix(a: &str, b: &str) -> usize {
    a.chars()
        .zip(b.chars())
        .take_while(|(x, y)| x == y)
        .map(|(x, _)| x.len_utf8())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn a_sentence_ends_at_its_mark_and_takes_the_closing_quotes() {
        assert_eq!(
            split("Vieni? «Sì!» Allora andiamo… Ecco."),
            ["Vieni?", "«Sì!»", "Allora andiamo…", "Ecco."]
        );
        assert_eq!(split("  senza punto  "), ["senza punto"]);
        assert_eq!(split(""), Vec::<&str>::new());
        assert_eq!(split("Davvero?! Sì."), ["Davvero?!", "Sì."]);
    }

    #[test]
    fn abbreviations_numbers_and_addresses_do_not_end_a_sentence() {
        for whole in [
            "Porta un documento (es. CIE o patente) con te.",
            "Vedi l'art. 5 e il sig. Rossi.",
            "Costa 3.5 euro su www.inps.it oggi.",
            "Carta, penna, ecc. e poi vai.",
            "Aspetta... poi vai.",
            "La firma di M. Bianchi basta.",
        ] {
            assert_eq!(split(whole), [whole]);
        }
        assert_eq!(split("Carta, ecc. Poi vai."), ["Carta, ecc.", "Poi vai."]);
    }

    #[test]
    fn the_index_follows_the_formula() {
        // 2 sentences, 6 words, 23 letters: 89 + (600 − 230) / 6 = 150, so 100.
        let measure = Measure::of("Apri l'app. Scrivi il tuo nome.");
        assert_eq!(
            measure,
            Measure {
                sentences: 2,
                words: 6,
                letters: 23
            }
        );
        assert_eq!(measure.gulpease(), Some(100.0));
        let hard = Measure {
            sentences: 1,
            words: 30,
            letters: 180,
        };
        assert_eq!(hard.gulpease(), Some(39.0));
        assert_eq!(Measure::of("— …").gulpease(), None);
    }

    #[test]
    fn a_part_is_found_behind_markup() {
        let source = "x\n\nVai su **[SPID](spid.md)**, con calma. Poi *esci* dal\nsito.\n";
        let block = 3..source.len() - 1;
        let text = "Vai su SPID, con calma. Poi esci dal sito.";
        let second = sentences(text)[1].clone();
        let found = locate(source, &block, text, &second);
        assert_eq!(&source[found], "Poi *esci* dal\nsito.");
        let word = locate(source, &block, text, &(7..11));
        assert_eq!(&source[word], "SPID");
    }

    #[test]
    fn a_part_that_is_not_in_the_source_is_the_whole_block() {
        assert_eq!(locate("abc", &(0..3), "altro", &(0..5)), 0..3);
        assert_eq!(locate("abc", &(2..9), "altro", &(0..5)), 2..9);
    }
}
