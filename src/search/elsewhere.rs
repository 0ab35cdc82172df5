//! What people ask that no course is about: needs of `words.toml`. They say when nothing here answers,
//! although a word of a lesson was used.

use std::sync::Arc;

use crate::content::words::Words;
use crate::domain::locale::Lang;

use super::Search;
use super::fit::balance;
use super::meaning::{Meaning, Vocabulary};
use super::needs::Needs;
use super::rank::Asking;

/// A need is meant where so much of it was asked, or it is so much of what was asked.
const MOST_OF_ONE: f32 = 0.5;

/// Every need that no course is about.
#[derive(Default)]
pub(super) struct Elsewhere {
    needs: Needs,
}

impl Elsewhere {
    pub(super) fn new(words: &Words, vocabulary: &Arc<Vocabulary>) -> Self {
        let mut needs = Needs::default();
        for lang in Lang::ALL {
            let mut meaning = Meaning::new(lang, vocabulary);
            for (number, said) in words.elsewhere.iter().enumerate() {
                needs.add(lang, &mut meaning, said, number);
            }
        }
        Self { needs }
    }

    /// Whether a need of a language has a stem.
    pub(super) fn has(&self, lang: Lang, stem: u32) -> bool {
        self.needs.has(lang, stem)
    }

    /// How well the nearest need fits what was asked, from 0 to 1.
    pub(super) fn fit(&self, search: &Search, askings: &[Asking]) -> f32 {
        let touched = self.needs.touched(&search.names, askings).into_iter();
        let one = touched.filter(|need| need.asked.max(need.said) >= MOST_OF_ONE);
        let fits = one.map(|need| balance(need.asked, need.said));
        fits.fold(0.0, f32::max)
    }
}
