//! Which passwords are taken: long ones that nobody would guess. There is no rule about capitals,
//! digits or signs, which make passwords hard to keep and not hard to guess (NIST SP 800-63B).

use thiserror::Error;
use zxcvbn::{Score, zxcvbn};

/// The shortest password: length is what makes it strong.
pub const SHORTEST: usize = 12;
/// The longest: more is a mistake of pasting, or an attempt to keep the server busy.
pub const LONGEST: usize = 128;

/// Words that Italian passwords begin with; the library knows the English ones.
const COMMON: &str = include_str!("common_words.txt");
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
    if few_common_words(password, &known) || zxcvbn(password, &known).score() < Score::Three {
        return Err(Weak::Guessable);
    }
    Ok(())
}

/// Whether a password is a few known words, joined or with signs and digits between them: the
/// library takes each further part for a choice among ten thousand.
fn few_common_words(password: &str, known: &[&str]) -> bool {
    let lower = password.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .collect();
    let known: Vec<String> = known.iter().map(|one| one.to_lowercase()).collect();
    let is_known = |word: &str| known.iter().any(|one| one == word);
    let joined = |word: &str| {
        let mut rests = known.iter().filter_map(|one| word.strip_prefix(&**one));
        rests.any(|rest| rest.is_empty() || is_known(rest))
    };
    words.len() < 4 && words.into_iter().all(joined)
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
        ] {
            assert_eq!(check(password, &ABOUT), Ok(()), "{password}");
        }
        assert_eq!(check("kR7vQ2xN9pL", &ABOUT), Err(Weak::Short));
        assert_eq!(check(&"tre lumache ".repeat(11), &ABOUT), Err(Weak::Long));
    }
}
