//! Needs of `words.toml`, found by the stems that they share with what was asked.

use std::collections::HashMap;

use crate::content::words::SaidNeeds as Said;
use crate::domain::locale::Lang;

use super::fit::overlap;
use super::meaning::Meaning;
use super::names::Names;
use super::rank::Asking;

/// Needs of one kind, each with a number of its own kind's choice.
#[derive(Default)]
pub(super) struct Needs {
    all: Vec<Need>,
    by_stem: HashMap<(Lang, u32), Vec<usize>>,
}

struct Need {
    lang: Lang,
    stems: Vec<u32>,
    /// Of one word alone, the word: "mi hanno truffato" is no "truffe".
    word: Option<String>,
    number: usize,
}

/// A need that has something of what was asked.
pub(super) struct Touched {
    pub(super) lang: Lang,
    pub(super) number: usize,
    /// How much of what was asked it is.
    pub(super) asked: f32,
    /// How much of it was asked.
    pub(super) said: f32,
}

impl Needs {
    /// Takes in what is said in the language that `meaning` reads.
    pub(super) fn add(&mut self, lang: Lang, meaning: &mut Meaning, said: &Said, number: usize) {
        for need in said.get(&lang).into_iter().flatten() {
            let stems = meaning.numbers(need);
            let word = match stems.as_slice() {
                [_] => meaning.last_word(need),
                _ => None,
            };
            for stem in &stems {
                let having = self.by_stem.entry((lang, *stem)).or_default();
                having.push(self.all.len());
            }
            self.all.push(Need {
                lang,
                stems,
                word,
                number,
            });
        }
    }

    /// Whether a need of a language has a stem.
    pub(super) fn has(&self, lang: Lang, stem: u32) -> bool {
        self.by_stem.contains_key(&(lang, stem))
    }

    /// The needs that have something of what was asked.
    pub(super) fn touched(&self, names: &Names, askings: &[Asking]) -> Vec<Touched> {
        let mut touched = Vec::new();
        for asking in askings {
            let stems = asking.tokens.iter().flat_map(|token| &token.stems);
            let having = stems.filter_map(|(stem, ..)| self.by_stem.get(&(asking.lang, *stem)));
            let mut needs: Vec<usize> = having.flatten().copied().collect();
            needs.sort_unstable();
            needs.dedup();
            for need in needs.into_iter().filter_map(|need| self.all.get(need)) {
                let word = need.word.as_ref();
                if word.is_some_and(|word| !asking.written.contains(word)) {
                    continue;
                }
                let (asked, said) = overlap(names, asking, &need.stems);
                touched.push(Touched {
                    lang: need.lang,
                    number: need.number,
                    asked,
                    said,
                });
            }
        }
        touched
    }
}
