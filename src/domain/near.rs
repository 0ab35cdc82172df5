//! Names that are nearly the same: of places, as people write them.

use super::text::folded;

/// The letters and digits of a name in lower case, without accents, apostrophes and spaces, and
/// without a letter twice in a row.
#[must_use]
pub fn letters(name: &str) -> String {
    let mut letters = String::new();
    for c in folded(name).chars().filter(|c| c.is_alphanumeric()) {
        if c.is_ascii_digit() || !letters.ends_with(c) {
            letters.push(c);
        }
    }
    letters
}

/// How many typing errors are between [`letters`] that somebody wrote and a name or the beginning of
/// one; `None` where they are too many for one of that length to be meant.
#[must_use]
pub fn errors(written: &str, name: &str) -> Option<usize> {
    let length = written.chars().count();
    let most = match length {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    };
    let all: Vec<char> = name.chars().collect();
    let beginnings = length.saturating_sub(most)..=length + most;
    let distance = |end: usize| {
        let begin: String = all.get(..end.min(all.len()))?.iter().collect();
        Some(strsim::osa_distance(written, &begin))
    };
    let least = beginnings.filter_map(distance).min()?;
    (least <= most).then_some(least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_near_however_it_is_written() {
        for (written, name) in [
            ("monopli", "Monopoli"),
            ("Monopolli", "Monopoli"),
            ("laquila", "L'Aquila"),
            ("l aquila", "L’Aquila"),
            ("nardo", "Nardò"),
            ("san giovani rotondo", "San Giovanni Rotondo"),
            ("brindsi", "Brindisi"),
            ("bari", "Bari Centro"),
        ] {
            assert!(
                errors(&letters(written), &letters(name)).is_some(),
                "{written}"
            );
        }
    }

    #[test]
    fn another_name_is_not() {
        for (written, name) in [
            ("roma", "Lecce"),
            ("bar", "Bra"),
            ("matera", "Monopoli"),
            ("%", "Bari"),
        ] {
            let near = errors(&letters(written), &letters(name));
            assert!(near.is_none() || letters(written).is_empty(), "{written}");
        }
    }
}
