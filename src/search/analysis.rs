//! How a text becomes the words that are compared.
//!
//! Accents go before stop words and stems are looked at, so that `citta`, `città` and `CITTÀ`
//! cannot part ways. An apostrophe ends a word, and the articles left before it (`dell'`, `un'`)
//! are stop words.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer,
    StopWordFilter, TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager,
};

use crate::domain::locale::Lang;

use super::remember::{Remembering, Tokens};

/// Words longer than this, in bytes, are not words.
const LONGEST_WORD: usize = 40;

/// Italian words without meaning of their own that the stemmer's list lacks, and those of the
/// list that people write without their accent.
const ITALIAN: &[&str] = &[
    "perche", "piu", "avro", "avra", "saro", "sara", "faro", "fara", "staro", "stara", "cosi",
    "gia", "puo", "cioe", "pero", "poi", "anzi", "d", "m", "s", "t", "v", "n", "gl", "un", "quell",
    "quest", "bell", "com", "cos", "cosa", "cose", "fa", "fare", "fatto", "essere", "stato",
    "stata", "avere", "posso", "puoi", "possono", "devo", "devi", "deve", "vorrei", "voglio",
    "vuoi", "vuole", "quando", "mentre", "dopo", "prima", "ancora", "ogni", "qui", "qua", "ecco",
    "allora", "dunque", "quindi", "oppure", "ad", "ed", "od", "fra", "mai", "molto", "poco",
    "tanto", "troppo", "altro", "altra", "altri", "altre", "me", "te", "ce", "ve",
];

/// English words without meaning of their own that the built-in list lacks.
const ENGLISH: &[&str] = &[
    "i", "me", "my", "we", "our", "you", "your", "he", "him", "his", "she", "her", "them", "what",
    "which", "who", "whom", "how", "why", "when", "where", "am", "been", "being", "have", "has",
    "had", "do", "does", "did", "doing", "can", "could", "should", "would", "from", "about", "so",
    "than", "too", "very", "s", "t", "d", "ll", "m", "re", "ve", "don", "its", "us", "also",
];

/// The name of the analysis that leaves meaning only: no stop words, and stems.
pub(super) const fn stems(lang: Lang) -> &'static str {
    match lang {
        Lang::It => "it_stems",
        Lang::En => "en_stems",
    }
}

/// The name of the analysis that makes one word of every two stems in a row.
pub(super) const fn pairs(lang: Lang) -> &'static str {
    match lang {
        Lang::It => "it_pairs",
        Lang::En => "en_pairs",
    }
}

/// Two stems in a row as one word.
pub(super) fn pair(first: &str, second: &str) -> String {
    format!("{first} {second}")
}

/// The name of the analysis that keeps every word as it is written, but for case and accents.
pub(super) const WORDS: &str = "words";

/// The analyses by name, for indexing.
pub(super) fn tokenizers(stems_of: impl Fn(Lang) -> Stems) -> TokenizerManager {
    let manager = TokenizerManager::default();
    for lang in Lang::ALL {
        let stemmer = Remembering::new(stems_of(lang));
        manager.register(pairs(lang), Pairs(stemmer.clone()));
        manager.register(stems(lang), stemmer);
    }
    manager.register(WORDS, Remembering::new(Stems::as_written()));
    manager
}

/// Stems without stop words.
pub(super) fn stem_analyzer(lang: Lang) -> TextAnalyzer {
    let (language, more) = match lang {
        Lang::It => (Language::Italian, ITALIAN),
        Lang::En => (Language::English, ENGLISH),
    };
    // The built-in list is written with accents: it goes before the folding, ours after it.
    let built_in =
        StopWordFilter::new(language).unwrap_or_else(|| StopWordFilter::remove(std::iter::empty()));
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(built_in)
        .filter(AsciiFoldingFilter)
        .filter(StopWordFilter::remove(
            more.iter().map(|word| (*word).to_owned()),
        ))
        .filter(Stemmer::new(language))
        .build()
}

/// Every word, in lower case and without accents.
pub(super) fn word_analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build()
}

/// Makes one word of every two in a row, whatever stop words are between them.
#[derive(Clone)]
struct Pairs(Remembering);

struct PairStream<'a> {
    stems: Tokens<'a>,
    first: String,
    token: Token,
}

impl Tokenizer for Pairs {
    type TokenStream<'a> = PairStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PairStream<'a> {
        let mut stems = self.0.token_stream(text);
        let first = stems.next().map(|token| token.text.clone());
        PairStream {
            stems,
            first: first.unwrap_or_default(),
            token: Token::default(),
        }
    }
}

impl TokenStream for PairStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(second) = self.stems.next() else {
            return false;
        };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = second.offset_from;
        self.token.offset_to = second.offset_to;
        self.token.text = pair(&self.first, &second.text);
        self.first.clone_from(&second.text);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// An analysis of single words, after which words for one thing are one.
#[derive(Clone)]
pub(super) struct Stems {
    analyzer: TextAnalyzer,
    /// The stem that stands for another.
    same: Arc<HashMap<String, String>>,
}

impl Stems {
    /// Stems without stop words, each replaced by the one that stands for it.
    pub(super) fn new(lang: Lang, same: Arc<HashMap<String, String>>) -> Self {
        Self {
            analyzer: stem_analyzer(lang),
            same,
        }
    }

    /// Every word, but for case and accents.
    pub(super) fn as_written() -> Self {
        Self {
            analyzer: word_analyzer(),
            same: Arc::default(),
        }
    }

    /// The first word that it makes of a text, `None` where it makes none.
    pub(super) fn single(&mut self, text: &str) -> Option<String> {
        let mut stream = self.analyzer.token_stream(text);
        let made = stream.next().map(|token| token.text.clone())?;
        Some(self.same.get(&made).cloned().unwrap_or(made))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(analyzer: &mut TextAnalyzer, text: &str) -> Vec<String> {
        let mut words = Vec::new();
        analyzer
            .token_stream(text)
            .process(&mut |token| words.push(token.text.clone()));
        words
    }

    #[test]
    fn accents_articles_and_case_do_not_change_an_italian_word() {
        let mut italian = stem_analyzer(Lang::It);
        for group in [
            &[
                "identità",
                "identita",
                "dell'identità",
                "L’IDENTITÀ",
                "un'identità",
            ][..],
            &["città", "citta", "CITTA", "nella città"],
            &["visita", "visite", "la visita"],
            &["pagamento", "pagamenti", "dei pagamenti"],
            &["farmacia", "farmacie", "in farmacia"],
            &["medico", "medici", "dal medico"],
            &[
                "ricetta elettronica",
                "ricette elettroniche",
                "la RICETTA è elettronica",
            ],
        ] {
            let first = all(&mut italian, group[0]);
            assert!(!first.is_empty(), "{group:?}");
            for text in group {
                assert_eq!(all(&mut italian, text), first, "{text}");
            }
        }
    }

    #[test]
    fn words_without_meaning_leave_nothing() {
        let mut italian = stem_analyzer(Lang::It);
        for text in [
            "perche",
            "perché",
            "PERCHE'",
            "come si fa",
            "che cos'è",
            "c'è più di un",
        ] {
            assert_eq!(all(&mut italian, text), [] as [&str; 0], "{text}");
        }
        let mut english = stem_analyzer(Lang::En);
        for text in ["how do I", "what is it", "it's the"] {
            assert_eq!(all(&mut english, text), [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn pairs_pass_over_words_without_meaning() {
        let mut pairs = TextAnalyzer::from(Pairs(Remembering::new(Stems::new(
            Lang::It,
            Arc::default(),
        ))));
        let found = all(&mut pairs, "Prenotare una visita dal medico");
        assert_eq!(found, ["prenot vis", "vis medic"]);
        assert_eq!(all(&mut pairs, "visita"), [] as [&str; 0]);
    }

    #[test]
    fn english_has_its_own_stems() {
        let mut english = stem_analyzer(Lang::En);
        assert_eq!(
            all(&mut english, "payments"),
            all(&mut english, "the payment")
        );
        assert_eq!(all(&mut english, "booking"), all(&mut english, "Booked"));
    }
}
