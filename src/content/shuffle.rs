//! A seeded shuffle that is the same in every version of this program.
//!
//! An attempt keeps the seed it was shown with, so the order must never change with a library: the
//! generator is SplitMix64 (Steele, Lea, Flood 2014), the shuffle is Fisher-Yates from the end.

/// The places `0..len` in the order of a seed.
pub(super) fn permutation(len: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    let mut state = seed;
    for last in (1..len).rev() {
        let other = (next(&mut state) % (last as u64 + 1)) as usize;
        order.swap(last, other);
    }
    order
}

fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_a_seed_never_changes() {
        assert_eq!(permutation(6, 1), permutation(6, 1));
        let mut state = 0;
        // The first outputs of the reference implementation for seed 0.
        assert_eq!(next(&mut state), 0xe220_a839_7b1d_cdaf);
        assert_eq!(next(&mut state), 0x6e78_9e6a_a1b9_65f4);
    }

    #[test]
    fn every_place_occurs_once() {
        for seed in 0..50 {
            let mut order = permutation(9, seed);
            order.sort_unstable();
            assert_eq!(order, (0..9).collect::<Vec<_>>());
        }
    }
}
