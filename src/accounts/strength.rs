//! Which passwords are taken: long ones that nobody would guess. There is no rule about capitals,
//! digits or signs, which make passwords hard to keep and not hard to guess (NIST SP 800-63B).

use std::collections::HashSet;

use thiserror::Error;
use zxcvbn::{Score, zxcvbn};

/// The shortest password: length is what makes it strong.
pub const SHORTEST: usize = 12;
/// The longest: more is a mistake of pasting, or an attempt to keep the server busy.
pub const LONGEST: usize = 128;

/// Words that Italian passwords begin with; the library knows the English ones.
const COMMON: &str = include_str!("common_words.txt");
/// Fewer characters than these, besides what is known, are soon tried.
const LEFT: usize = 6;
/// No known word is longer.
const LONGEST_WORD: usize = 40;
/// The program's own words.
const OWN: [&str; 2] = ["autonomia", "facilita"];

/// Why a password was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Weak {
    /// Too short.
    #[error("a password has {SHORTEST} characters or more")]
    Short,
    /// Too long.
    #[error("a password has {LONGEST} characters at most")]
    Long,
    /// Common, or made of what is known of the person.
    #[error(
        "this password is easy to guess: choose one of several words that do not belong together"
    )]
    Guessable,
}

impl Weak {
    /// The key of what a person reads.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Short => "staff-short",
            Self::Long => "password-long",
            Self::Guessable => "password-guessable",
        }
    }
}

/// The length alone, which is known before anybody is looked up.
///
/// # Errors
/// [`Weak::Short`] or [`Weak::Long`].
pub fn check_length(password: &str) -> Result<(), Weak> {
    match password.chars().count() {
        length if length < SHORTEST => Err(Weak::Short),
        length if length > LONGEST => Err(Weak::Long),
        _ => Ok(()),
    }
}

/// Whether a password is taken for somebody of whom `about` is known: e-mail, name, point.
///
/// # Errors
/// What is wrong with it.
pub fn check(password: &str, about: &[&str]) -> Result<(), Weak> {
    check_length(password)?;
    let parts = about
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|part| part.len() > 2);
    let known: Vec<&str> = about
        .iter()
        .copied()
        .chain(parts)
        .chain(OWN)
        .chain(COMMON.lines())
        .collect();
    if is_known(password, &known) || zxcvbn(password, &known).score() < Score::Three {
        return Err(Weak::Guessable);
    }
    Ok(())
}

/// Whether next to nothing is left of a password without known words, years, runs of digits and
/// marks: the library takes each of them for a choice among thousands. Four different words are a
/// sentence, whichever they are.
fn is_known(password: &str, known: &[&str]) -> bool {
    let known: HashSet<String> = known.iter().map(|one| folded(one)).collect();
    let text = folded(password);
    let letters = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphabetic());
        words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let different: HashSet<String> = letters(&text).into_iter().collect();
    if different.len() >= 4 && different.iter().filter(|word| word.len() > 2).count() >= 3 {
        return false;
    }
    let core = text.trim_matches(|c: char| !c.is_alphabetic());
    // Digits and marks that stand for letters.
    let spoken: String = core.chars().map(spoken).collect();
    if left_of(core, &known).min(left_of(&spoken, &known)) < LEFT {
        return true;
    }
    // One word, whichever it is, with a year: the year makes it long, and nothing else.
    let ends = text.split(|c: char| !c.is_ascii_digit());
    let with_year = ends.into_iter().any(is_year);
    with_year && core.chars().all(char::is_alphabetic) && core.chars().count() < SHORTEST
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// How many characters are left of a text without known words, runs of digits and repeated marks.
fn left_of(text: &str, known: &HashSet<String>) -> usize {
    let all: Vec<char> = text.chars().collect();
    let kind = |c: char| (c.is_alphabetic(), c.is_ascii_digit());
    all.chunk_by(|a, b| kind(*a) == kind(*b))
        .map(|run| match kind(run[0]) {
            (true, _) => unknown_letters(run, known),
            // A digit or a mark between letters counts; more of them in a row are no more.
            _ => usize::from(run.len() == 1 && !run[0].is_whitespace() && run[0] != '-'),
        })
        .sum()
}

/// The fewest letters of a run that no known word covers.
fn unknown_letters(run: &[char], known: &HashSet<String>) -> usize {
    let mut fewest = vec![0];
    for end in 1..=run.len() {
        let mut best = fewest[end - 1] + 1;
        for start in end.saturating_sub(LONGEST_WORD)..end.saturating_sub(2) {
            // Three letters are in anything: they count as a word where they stand alone.
            let whole = start == 0 && end == run.len();
            if (whole || end - start > 3)
                && known.contains(&run[start..end].iter().collect::<String>())
            {
                best = best.min(fewest[start]);
            }
        }
        fewest.push(best);
    }
    fewest.pop().unwrap_or_default()
}

/// In small letters and without accents.
fn folded(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .map(|c| match c {
            '\u{e0}'..='\u{e5}' => 'a',
            '\u{e8}'..='\u{eb}' => 'e',
            '\u{ec}'..='\u{ef}' => 'i',
            '\u{f2}'..='\u{f6}' => 'o',
            '\u{f9}'..='\u{fc}' => 'u',
            c => c,
        })
        .collect()
}

/// The letter that a digit or a mark is written for.
fn spoken(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT: [&str; 3] = [
        "serena.digioia@example.org",
        "Di Gioia Serena",
        "Bari Centro",
    ];

    #[test]
    fn common_passwords_and_what_is_known_of_the_person_are_refused() {
        for password in [
            "aaaaaaaaaaaa",
            "123456789012",
            "qwertyuiop12",
            "passwordpassword",
            "password1234",
            "juventusjuventus",
            "francesco1985",
            "amoremio2024!",
            "autonomia2026",
            "prova-autonomia",
            "serena.digioia@example.org",
            "serenadigioia1",
            "DiGioiaSerena",
            "Bari Centro 2026",
            "Giovanna1972!",
            "Puglia2026!!!!",
            "Biblioteca2026!",
            "autonomia-puglia-2026",
            "123456Seven!",
            "sanpietroburgo1",
            "B1bl10t3c4!!!!",
            "2026-Nicol\u{f2}-2026",
            "ComuneDiBari2026",
            "Ombrellone2026!",
            "Sportello_Digitale_1",
            "puglia puglia puglia puglia",
        ] {
            assert_eq!(check(password, &ABOUT), Err(Weak::Guessable), "{password}");
        }
    }

    #[test]
    fn a_sentence_of_a_few_words_is_taken_without_digits_or_signs() {
        for password in [
            "una-frase-lunga-e-facile",
            "tre lumache sul balcone",
            "cammello ombrello violino",
            "kR7vQ2xN9pLw",
            "7$2k!9x@4#8q",
            "Tre lumache nel 1972!",
            "giraffa turchese Molfetta",
            "Giovanna pesca trote a Potenza",
        ] {
            assert_eq!(check(password, &ABOUT), Ok(()), "{password}");
        }
        assert_eq!(check("kR7vQ2xN9pL", &ABOUT), Err(Weak::Short));
        assert_eq!(check(&"tre lumache ".repeat(11), &ABOUT), Err(Weak::Long));
    }
}
