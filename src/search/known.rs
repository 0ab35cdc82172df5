//! Which words are right: those of a list that other people keep (`words/README.md`). A right word is
//! never corrected, whether or not the courses have it.

use std::cmp::Ordering;

use crate::domain::locale::Lang;

/// Words in lower case without accents, a line each, in order, and behind each how rare it is. They
/// are read where they lie in the program: nothing of them is copied.
const ITALIAN: &str = include_str!("words/italian.txt");
const ENGLISH: &str = include_str!("words/english.txt");

/// How rare a word is, in lower case and without accents: 0 for one in a thousand, one more for each
/// half power of ten, up to 8. `None` where it is none; of words of fewer than four letters nothing is
/// known.
pub(super) fn rarity(lang: Lang, word: &str) -> Option<u8> {
    let list = match lang {
        Lang::It => ITALIAN,
        Lang::En => ENGLISH,
    };
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = list[..middle].rfind('\n').map_or(0, |at| at + 1);
        let end = list[start..].find('\n').map_or(list.len(), |at| start + at);
        let (other, rarity) = list[start..end].split_at(end - start - 1);
        match other.cmp(word) {
            Ordering::Equal => return rarity.parse().ok(),
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
        }
    }
    None
}

/// Whether a word, in lower case and without accents, is one of a language.
pub(super) fn is_word(lang: Lang, word: &str) -> bool {
    rarity(lang, word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order_and_every_word_is_found() {
        for (lang, list) in [(Lang::It, ITALIAN), (Lang::En, ENGLISH)] {
            let words: Vec<_> = list.lines().map(|line| &line[..line.len() - 1]).collect();
            assert!(words.len() > 50_000 && words.is_sorted());
            assert!(words.iter().step_by(97).all(|word| is_word(lang, word)));
            assert!(is_word(lang, words[0]) && is_word(lang, words[words.len() - 1]));
        }
    }

    #[test]
    fn what_everybody_says_is_less_rare_than_what_few_do() {
        let rarity = |word| rarity(Lang::It, word);
        assert!(rarity("quando") < rarity("telefono") && rarity("telefono") < rarity("bolletta"));
    }

    #[test]
    fn right_words_are_known_and_mistyped_ones_are_not() {
        for word in [
            "foglio",
            "conto",
            "anno",
            "identita",
            "prescrizione",
            "tabacchino",
        ] {
            assert!(is_word(Lang::It, word), "{word}");
        }
        for word in [
            "pagmento",
            "fascicollo",
            "bonifco",
            "",
            "z",
            "zzzz",
            "aaaa\n",
        ] {
            assert!(!is_word(Lang::It, word), "{word}");
        }
        assert!(is_word(Lang::En, "appointment") && !is_word(Lang::En, "appointmnet"));
    }
}
