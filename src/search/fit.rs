//! How well a name, or a need, fits what was asked.

use super::names::Names;
use super::rank::{Asking, Token};

pub(super) fn raise(has: &mut [f32], at: usize, to: f32) {
    if let Some(one) = has.get_mut(at) {
        *one = one.max(to);
    }
}

impl Token {
    /// Whether a stem may have been meant.
    pub(super) fn may_be(&self, stem: u32) -> bool {
        self.stems.iter().any(|(one, ..)| *one == stem)
    }
}

pub(super) fn covered(asking: &Asking, has: &[f32]) -> f32 {
    let parts = asking.tokens.iter().zip(has);
    parts.map(|(token, has)| token.weight * has).sum()
}

/// How well a name fits what was asked, from 0 to 1: how much of each is in the other. What the name
/// has is noted.
pub(super) fn fit(names: &Names, asking: &Asking, stems: &[u32], has: &mut [f32]) -> f32 {
    let (mut common, mut asked) = (0.0_f32, 0.0_f32);
    for (at, token) in asking.tokens.iter().enumerate() {
        asked += token.weight;
        let sure = token.stems.iter().filter(|(stem, ..)| stems.contains(stem));
        let sure = sure.map(|(.., sure)| *sure).fold(0.0, f32::max);
        if sure > 0.0 {
            common += token.weight * sure;
            raise(has, at, sure);
        }
    }
    if common <= 0.0 {
        return 0.0;
    }
    let weight = |stem: &u32| names.weight(asking.lang, *stem);
    let called: f32 = stems.iter().map(weight).sum();
    balance(common / asked, (common / called).min(1.0))
}

/// How well a need fits what was asked: how much of what was asked it is, and how much of it was
/// asked.
pub(super) fn overlap(names: &Names, asking: &Asking, stems: &[u32]) -> (f32, f32) {
    let mut has = vec![0.0; asking.tokens.len()];
    fit(names, asking, stems, &mut has);
    let all: f32 = asking.tokens.iter().map(|token| token.weight).sum();
    let common = covered(asking, &has);
    let called: f32 = stems
        .iter()
        .map(|stem| names.weight(asking.lang, *stem))
        .sum();
    let part = |of: f32| {
        if of > 0.0 {
            (common / of).min(1.0)
        } else {
            0.0
        }
    };
    (part(all), part(called))
}

/// The mean of two shares, nearer to the first and to the lower: what was asked for matters more than
/// what else the name says.
pub(super) fn balance(asked: f32, called: f32) -> f32 {
    const ASKED: f32 = 1.5;
    (1.0 + ASKED) * asked * called / (called * ASKED + asked).max(f32::EPSILON)
}
