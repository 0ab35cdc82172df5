//! Words that were analysed before, remembered: a course says the same few thousand words again
//! and again, and stemming is most of the work of indexing.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::domain::locale::Lang;

use super::analysis::Stems;

/// The words that come first are the frequent ones: more are not worth their memory.
const MOST_WORDS: usize = 8_192;

/// Splits a text into its runs of letters and digits, and makes of each what an analysis that does
/// the same makes of it.
pub(super) struct Remembering {
    analysis: Stems,
    words: FxHashMap<Box<str>, Option<Box<str>>>,
}

impl Remembering {
    pub(super) fn new(analysis: Stems) -> Self {
        Self {
            analysis,
            words: FxHashMap::default(),
        }
    }

    /// Writes what the analysis makes of a run of letters and digits; `false` where that is
    /// nothing.
    pub(super) fn write(&mut self, run: &str, word: &mut String) -> bool {
        word.clear();
        if let Some(remembered) = self.words.get(run) {
            word.push_str(remembered.as_deref().unwrap_or_default());
            return remembered.is_some();
        }
        let made = self.analysis.single(run);
        word.push_str(made.as_deref().unwrap_or_default());
        let is_word = made.is_some();
        if self.words.len() < MOST_WORDS {
            let word = is_word.then(|| word.as_str().into());
            self.words.insert(run.into(), word);
        }
        is_word
    }
}

/// What was remembered of the stems of each language, between one search and the next.
#[derive(Default)]
pub(super) struct Memories(Mutex<Vec<(Lang, Remembering)>>);

/// As many as searches run at one time.
const MOST_MEMORIES: usize = 16;

impl Memories {
    /// One of a language that nobody uses now.
    pub(super) fn take(&self, lang: Lang) -> Option<Remembering> {
        let mut all = self.all();
        let at = all.iter().position(|(of, _)| *of == lang)?;
        Some(all.swap_remove(at).1)
    }

    /// Gives one back, with what it has learned.
    pub(super) fn give(&self, lang: Lang, memory: Option<Remembering>) {
        let mut all = self.all();
        if all.len() < MOST_MEMORIES {
            all.extend(memory.map(|memory| (lang, memory)));
        }
    }

    fn all(&self) -> MutexGuard<'_, Vec<(Lang, Remembering)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The runs of letters and digits of a text, each with its place.
pub(super) fn runs(text: &str) -> Runs<'_> {
    Runs { text, at: 0 }
}

/// See [`runs`].
pub(super) struct Runs<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Runs<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<(usize, &'a str)> {
        let start = next(self.text, self.at, true)?;
        let end = next(self.text, start, false).unwrap_or(self.text.len());
        self.at = end;
        Some((start, self.text.get(start..end)?))
    }
}

/// Where the next character is that is of a run, or that is not. Nearly all of them are one byte, and
/// looked at as that.
fn next(text: &str, from: usize, of_run: bool) -> Option<usize> {
    let mut at = from;
    while let Some(byte) = text.as_bytes().get(at) {
        let (is_of_run, length) = if byte.is_ascii() {
            (byte.is_ascii_alphanumeric(), 1)
        } else {
            let character = text.get(at..)?.chars().next()?;
            (character.is_alphanumeric(), character.len_utf8())
        };
        if is_of_run == of_run {
            return Some(at);
        }
        at += length;
    }
    None
}

/// A clone begins with an empty memory: it is for another thread or field.
impl Clone for Remembering {
    fn clone(&self) -> Self {
        Self::new(self.analysis.clone())
    }
}

impl Tokenizer for Remembering {
    type TokenStream<'a> = Tokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens<'a> {
        Tokens {
            memory: self,
            runs: runs(text),
            token: Token::default(),
        }
    }
}

/// The words of one text.
pub(super) struct Tokens<'a> {
    memory: &'a mut Remembering,
    runs: Runs<'a>,
    token: Token,
}

impl TokenStream for Tokens<'_> {
    fn advance(&mut self) -> bool {
        for (start, run) in self.runs.by_ref() {
            self.token.position = self.token.position.wrapping_add(1);
            if self.memory.write(run, &mut self.token.text) {
                self.token.offset_from = start;
                self.token.offset_to = start + run.len();
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::analysis;

    fn tokens(mut analyzer: impl Tokenizer, text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        for _ in 0..2 {
            tokens.clear();
            analyzer
                .token_stream(text)
                .process(&mut |token| tokens.push(token.clone()));
        }
        tokens
    }

    #[test]
    fn remembered_words_are_the_same_words_in_the_same_places() {
        let text =
            "L'identità digitale: perché? «È» la TUA, e la tua sola! 10,5 ½ 😀 città_x \u{301}a";
        let no_words = std::sync::Arc::default;
        for (analysis, stems) in [
            (
                analysis::stem_analyzer(Lang::It),
                Stems::new(Lang::It, no_words()),
            ),
            (
                analysis::stem_analyzer(Lang::En),
                Stems::new(Lang::En, no_words()),
            ),
            (analysis::word_analyzer(), Stems::as_written()),
        ] {
            let remembering = Remembering::new(stems);
            let mut plain = Vec::new();
            let mut analysis = analysis;
            analysis
                .token_stream(text)
                .process(&mut |token| plain.push(token.clone()));
            assert_eq!(tokens(remembering, text), plain);
        }
    }
}
