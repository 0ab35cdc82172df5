//! The six letters that a codice fiscale begins with, and a name: whether they go together.
//!
//! A code is never computed for a person. Names change, by marriage or a correction, and the code
//! stays or follows later: where they do not go together, somebody has to look at the card.

use unicode_normalization::UnicodeNormalization as _;

use super::codice_fiscale::CodiceFiscale;

impl CodiceFiscale {
    /// Whether the first six letters are those of a name.
    #[must_use]
    pub fn name_fit(&self, last: &str, first: &str) -> NameFit {
        let is =
            |letters: Option<String>| letters.is_none_or(|six| self.as_str().starts_with(&six));
        if is(name_letters(last, first)) {
            NameFit::Fits
        } else if is(name_letters(first, last)) {
            NameFit::Swapped
        } else {
            NameFit::Differs
        }
    }
}

/// How the first six letters of a code and a name go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFit {
    /// They are the name's, or the name is in letters that cannot be compared.
    Fits,
    /// They are the name's with family and given name exchanged.
    Swapped,
    /// They are of another name.
    Differs,
}

/// The first six characters of the code of somebody with a name (decree of 23 December 1976, articles
/// 2 and 3): of each part consonants, then vowels, then `X`; of a given name with four consonants or
/// more, the first, third and fourth. Double names count as one, without spaces, accents and
/// apostrophes. `None` where a part has no Latin letters at all.
#[must_use]
pub fn name_letters(last: &str, first: &str) -> Option<String> {
    let (last, first) = (plain_letters(last), plain_letters(first));
    if last.is_empty() || first.is_empty() {
        return None;
    }
    Some(three(&last, false) + &three(&first, true))
}

fn three(name: &str, given: bool) -> String {
    let vowel = |c: &char| "AEIOU".contains(*c);
    let mut consonants: Vec<char> = name.chars().filter(|c| !vowel(c)).collect();
    if given && consonants.len() >= 4 {
        consonants.remove(1);
    }
    let vowels = name.chars().filter(vowel);
    let all = consonants.into_iter().chain(vowels).chain("XXX".chars());
    all.take(3).collect()
}

/// A name in the 26 capital letters.
fn plain_letters(name: &str) -> String {
    let mut letters = String::new();
    for c in name.nfd().flat_map(char::to_uppercase) {
        match c {
            'A'..='Z' => letters.push(c),
            // What takes no accent apart in Unicode, as passports write it.
            'Ø' => letters.push('O'),
            'Đ' | 'Ð' => letters.push('D'),
            'Ł' => letters.push('L'),
            'Ħ' => letters.push('H'),
            'Æ' => letters.push_str("AE"),
            'Œ' => letters.push_str("OE"),
            'Þ' => letters.push_str("TH"),
            _ => {}
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;

    #[test]
    fn letters_are_those_of_the_decree() {
        for (last, first, letters) in [
            ("Rossi", "Mario", "RSSMRA"),
            ("Rossi", "Gianfranco", "RSSGFR"),
            ("Fo", "Io", "FOXIOX"),
            ("Aiea", "Al", "AIELAX"),
            ("D'Angelo", "Niccolò", "DNGNCL"),
            ("De Santis", "Maria Rosa", "DSNMRS"),
            ("Ørsted", "Łucja", "RSTLCJ"),
            ("Köhler-Müller", "Jürgen", "KHLJGN"),
            ("Nguyễn", "Ngọc Ánh", "NGYNCN"),
            ("Strauß", "Zoë", "STRZOE"),
        ] {
            assert_eq!(
                name_letters(last, first).unwrap(),
                letters,
                "{last} {first}"
            );
        }
        assert_eq!(name_letters("Иванов", "Иван"), None);
    }

    #[test]
    fn another_name_and_an_exchanged_one_are_told_apart() {
        let code = CodiceFiscale::parse("RSSMRA85M01H501Q").unwrap();
        assert_eq!(code.name_fit("ROSSI ", "mario"), NameFit::Fits);
        assert_eq!(code.name_fit("Mario", "Rossi"), NameFit::Swapped);
        assert_eq!(code.name_fit("Bianchi", "Mario"), NameFit::Differs);
        assert_eq!(code.name_fit("Россі", "Маріо"), NameFit::Fits);
    }

    /// Codes that `python-codicefiscale` made for invented people, a third of them with omocodia.
    #[test]
    fn codes_of_another_library_agree_in_letters_day_and_sex() {
        let today = time::macros::date!(2026 - 11 - 21);
        let mut seen = 0;
        for line in include_str!("../../tests/fixtures/codes.csv")
            .lines()
            .skip(1)
        {
            let cells: Vec<&str> = line.split(',').collect();
            let [code, last, first, birth, sex] = cells[..] else {
                panic!("five cells: {line}");
            };
            let code = CodiceFiscale::parse(code).unwrap();
            assert_eq!(code.name_fit(last, first), NameFit::Fits, "{line}");
            let births = code
                .birth_dates(today)
                .into_iter()
                .map(|day| day.to_string());
            assert!(births.into_iter().any(|day| day == birth), "{line}");
            let woman = code.gender() == crate::domain::facilita::Gender::Female;
            assert_eq!(woman, sex == "F", "{line}");
            seen += 1;
        }
        assert_eq!(seen, 277);
    }
}
