//! How often a page is called by what was asked: in how many of its names each part stands, and each
//! two parts together.
//!
//! One name that fits may be a chance; many are none. This is what a naive Bayes classifier looks at,
//! without the weights: measured on questions that nobody tuned it with, a rare word said no more here
//! than a common one.

use super::names::NameKind;
use super::rank::Asking;

/// Counts of one page's names.
pub(super) struct Often {
    parts: usize,
    /// Of the parts of what was asked, one after the other.
    single: Vec<u16>,
    /// Of each part with each later one.
    pairs: Vec<u16>,
    /// The parts that the present name has.
    here: Vec<usize>,
}

/// A name seen once counts so much more than none: the less, the more.
const NONE: f32 = 0.3;

impl Often {
    pub(super) fn new(asking: &Asking) -> Self {
        let parts = asking.tokens.len();
        Self {
            parts,
            single: vec![0; parts],
            pairs: vec![0; parts * parts],
            here: Vec::with_capacity(parts),
        }
    }

    /// Takes in a name, by its stems.
    pub(super) fn count(&mut self, asking: &Asking, kind: NameKind, stems: &[u32]) {
        if kind == NameKind::Keyword {
            return;
        }
        self.here.clear();
        for (at, token) in asking.tokens.iter().enumerate() {
            if !stems.iter().any(|stem| token.may_be(*stem)) {
                continue;
            }
            let pairs = self.here.iter().map(|before| before * self.parts + at);
            for pair in pairs {
                if let Some(count) = self.pairs.get_mut(pair) {
                    *count = count.saturating_add(1);
                }
            }
            if let Some(count) = self.single.get_mut(at) {
                *count = count.saturating_add(1);
            }
            self.here.push(at);
        }
    }

    /// How often, from 0 upwards; comparable among the pages of one answer.
    #[expect(clippy::cast_precision_loss, reason = "a few words")]
    pub(super) fn share(&self) -> f32 {
        let counts = self.single.iter().chain(&self.pairs);
        let counts = counts.filter(|count| **count > 0);
        let sum: f32 = counts.map(|count| (f32::from(*count) / NONE).ln_1p()).sum();
        let features = self.parts * (self.parts + 1) / 2;
        sum / (features.max(1) as f32).sqrt()
    }
}
