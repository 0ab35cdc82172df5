//! The codice fiscale as a type of its own (D.M. 23 December 1976, n. 13813).
//!
//! It is read and checked, never computed for a person: only the Revenue Agency assigns one. It
//! never shows itself: `Debug` and `Display` mask it, and errors do not repeat it.

use std::fmt;

use thiserror::Error;
use time::{Date, Month};

use super::age::full_years;
use super::facilita::Gender;

/// A codice fiscale of 16 characters whose check character is right.
///
/// Equality is of the code as written. Two codes of one person, one of them with letters in place
/// of digits (omocodia), have the same [`canonical`](Self::canonical) form.
#[derive(Clone, PartialEq, Eq)]
pub struct CodiceFiscale(String);

/// What is wrong with a codice fiscale, without repeating it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum InvalidCodiceFiscale {
    /// Eleven digits: the temporary number, which Facilita does not take.
    #[error("this is a temporary number of 11 digits; the code of 16 characters is needed")]
    Temporary,
    /// Not 16 characters.
    #[error("a codice fiscale has 16 characters, and this has {0}")]
    Length(usize),
    /// A character that cannot stand there; counted from 1.
    #[error("character {0} cannot be right")]
    Character(usize),
    /// A birth day that no calendar has.
    #[error("characters 7 to 11 are not a date")]
    Date,
    /// The last character does not agree with the others.
    #[error("the last character does not agree with the others: look for a typing error")]
    Check,
}

impl InvalidCodiceFiscale {
    /// The key of what a person reads.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Temporary => "codice-fiscale-temporary",
            Self::Length(_) => "codice-fiscale-length",
            Self::Character(_) => "codice-fiscale-character",
            Self::Date => "codice-fiscale-date",
            Self::Check => "codice-fiscale-check",
        }
    }
}

/// The letters of the months, January first.
const MONTHS: &[u8; 12] = b"ABCDEHLMPRST";
/// The letters that stand for 0 to 9 under omocodia.
const OMOCODE: &[u8; 10] = b"LMNPQRSTUV";
/// Where digits stand, from 0.
const DIGITS: [usize; 7] = [6, 7, 9, 10, 12, 13, 14];
/// The value of 0 to 9 and of A to Z at an odd position.
const ODD: [u32; 26] = [
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];
/// Nobody older than this is expected: in Italy nobody has lived to be 118.
const OLDEST: u8 = 117;

impl CodiceFiscale {
    /// Reads a code, in any case and with spaces around it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, InvalidCodiceFiscale> {
        let text = text.trim().to_uppercase();
        let length = text.chars().count();
        if length == 11 && text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(InvalidCodiceFiscale::Temporary);
        }
        if length != 16 {
            return Err(InvalidCodiceFiscale::Length(length));
        }
        for (at, c) in text.chars().enumerate() {
            let right = match at {
                8 => c.is_ascii() && MONTHS.contains(&(c as u8)),
                at if DIGITS.contains(&at) => c.is_ascii() && digit(c as u8).is_some(),
                _ => c.is_ascii_uppercase(),
            };
            if !right {
                return Err(InvalidCodiceFiscale::Character(at + 1));
            }
        }
        let code = Self(text);
        if check_character(code.bytes()) != code.bytes().get(15).copied() {
            return Err(InvalidCodiceFiscale::Check);
        }
        if code.birthdays().next().is_none() {
            return Err(InvalidCodiceFiscale::Date);
        }
        Ok(code)
    }

    /// The code of invented data: 15 characters, to which the check character is added.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn invented(first_fifteen: &str) -> Result<Self, InvalidCodiceFiscale> {
        let check = check_character(first_fifteen.as_bytes());
        Self::parse(&format!(
            "{first_fifteen}{}",
            char::from(check.unwrap_or(b'?'))
        ))
    }

    /// The code as it was written, in upper case. The only way to see it: say where it goes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same person's code with digits where omocodia had put letters.
    #[must_use]
    pub fn canonical(&self) -> Self {
        let mut bytes = self.bytes().to_vec();
        for at in DIGITS {
            if let Some(value) = bytes.get(at).copied().and_then(digit) {
                bytes[at] = b'0' + value;
            }
        }
        bytes[15] = check_character(&bytes).unwrap_or(bytes[15]);
        Self(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The days this may be the birth of, the latest first: the year has only two digits. None is
    /// after today or more than 117 years ago, so that the century of an adult is never in doubt.
    #[must_use]
    pub fn birth_dates(&self, today: Date) -> Vec<Date> {
        self.birthdays()
            .filter(|birth| full_years(*birth, today).is_some_and(|age| age <= OLDEST))
            .filter(|birth| *birth <= today)
            .collect()
    }

    /// The birth, where only one is possible. A child and a person of a hundred years or more have
    /// the same two digits: which of the two it is has to be asked.
    #[must_use]
    pub fn birth_date(&self, today: Date) -> Option<Date> {
        match self.birth_dates(today).as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The two digits of the year of birth.
    #[must_use]
    pub fn year(&self) -> u8 {
        self.number(6)
    }

    /// The birth in the century that begins with this year, such as 1900; `None` where that year
    /// has no such day.
    #[must_use]
    pub fn birth_in(&self, century: i32) -> Option<Date> {
        self.birthdays()
            .find(|birth| birth.year().div_euclid(100) * 100 == century)
    }

    /// The sex as recorded at birth.
    #[must_use]
    pub fn gender(&self) -> Gender {
        if self.number(9) > 40 {
            Gender::Female
        } else {
            Gender::Male
        }
    }

    /// The Belfiore code of the place of birth, such as `H501`.
    #[must_use]
    pub fn place(&self) -> String {
        self.canonical().0[11..15].to_owned()
    }

    /// Whether the place of birth is a foreign country.
    #[must_use]
    pub fn born_abroad(&self) -> bool {
        self.bytes().get(11) == Some(&b'Z')
    }

    fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The number of two digits at a place.
    fn number(&self, at: usize) -> u8 {
        let digit_at = |at: usize| self.bytes().get(at).copied().and_then(digit).unwrap_or(0);
        digit_at(at) * 10 + digit_at(at + 1)
    }

    /// The days of the calendar that the code may mean, the latest first.
    fn birthdays(&self) -> impl Iterator<Item = Date> {
        let year = i32::from(self.number(6));
        let day = self.number(9);
        let day = if day > 40 { day - 40 } else { day };
        let letter = self.bytes().get(8).copied();
        let month = (1..)
            .zip(MONTHS)
            .find(|(_, month)| Some(**month) == letter)
            .and_then(|(number, _)| Month::try_from(number).ok());
        [2000, 1900]
            .into_iter()
            .filter_map(move |century| Date::from_calendar_date(century + year, month?, day).ok())
    }
}

/// The value of a digit, or of the letter that stands for it under omocodia.
fn digit(b: u8) -> Option<u8> {
    match b {
        b'0'..=b'9' => Some(b - b'0'),
        _ => (0..)
            .zip(OMOCODE)
            .find(|(_, letter)| **letter == b)
            .map(|(value, _)| value),
    }
}

/// The 16th character of the first 15; `None` where they are not 15 letters and digits.
fn check_character(code: &[u8]) -> Option<u8> {
    let mut sum = 0;
    for (at, b) in code.get(..15)?.iter().enumerate() {
        let value = match b {
            b'0'..=b'9' => b - b'0',
            b'A'..=b'Z' => b - b'A',
            _ => return None,
        };
        // Positions are counted from 1, so the first is odd.
        sum += if at % 2 == 0 {
            *ODD.get(usize::from(value))?
        } else {
            u32::from(value)
        };
    }
    u8::try_from(sum % 26).ok().map(|value| b'A' + value)
}

impl fmt::Debug for CodiceFiscale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodiceFiscale(****)")
    }
}

impl fmt::Display for CodiceFiscale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("****************")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;
    use proptest::prelude::*;
    use time::macros::date;

    const TODAY: Date = date!(2026 - 11 - 21);

    #[test]
    fn two_published_examples_are_read() {
        let code = CodiceFiscale::parse(" rssmra85m01h501q ").unwrap();
        assert_eq!(code.as_str(), "RSSMRA85M01H501Q");
        assert_eq!(code.birth_date(TODAY), Some(date!(1985 - 08 - 01)));
        assert_eq!(
            (code.gender(), code.place().as_str()),
            (Gender::Male, "H501")
        );
        assert!(!code.born_abroad());
        assert!(CodiceFiscale::parse("RSSMRA80A01H501U").is_ok());
    }

    #[test]
    fn what_is_wrong_is_said_without_the_code() {
        use InvalidCodiceFiscale::{Character, Check, Date, Length, Temporary};
        let wrong = |text| CodiceFiscale::parse(text).unwrap_err();
        assert_eq!(wrong("12345678901"), Temporary);
        assert_eq!(wrong(""), Length(0));
        assert_eq!(wrong("RSSMRA85M01H501"), Length(15));
        assert_eq!(wrong("RSSMRA85M01H501Z"), Check);
        assert_eq!(wrong("RSSMR185M01H501Q"), Character(6));
        assert_eq!(wrong("RSSMRA85F01H501Q"), Character(9));
        assert_eq!(wrong("RSSMRÀ85M01H501Q"), Character(6));
        assert_eq!(
            CodiceFiscale::invented("RSSMRA85B30H501").unwrap_err(),
            Date
        );
        let code = CodiceFiscale::parse("RSSMRA85M01H501Q").unwrap();
        assert!(!format!("{code:?} {code}").contains("RSS"));
    }

    #[test]
    fn the_century_is_doubtful_only_for_the_young_and_the_very_old() {
        let doubtful = CodiceFiscale::invented("RSSMRA26A41H501").unwrap();
        assert_eq!(
            doubtful.birth_dates(TODAY),
            [date!(2026 - 01 - 01), date!(1926 - 01 - 01)]
        );
        assert_eq!(
            doubtful.birth_date(TODAY),
            None,
            "never a newborn by itself"
        );
        assert_eq!(doubtful.gender(), Gender::Female);
        assert_eq!(doubtful.birth_in(1900), Some(date!(1926 - 01 - 01)));
        let adult = CodiceFiscale::invented("RSSMRA08A41H501").unwrap();
        assert_eq!(adult.birth_date(TODAY), Some(date!(2008 - 01 - 01)));
        let ahead = CodiceFiscale::invented("RSSMRA26T41H501").unwrap();
        assert_eq!(ahead.birth_date(TODAY), Some(date!(1926 - 12 - 01)));
        let sure = CodiceFiscale::invented("RSSMRA27A01H501").unwrap();
        assert_eq!(sure.birth_dates(TODAY), [date!(1927 - 01 - 01)]);
        // 1900 was no leap year.
        let leap = CodiceFiscale::invented("RSSMRA00B29Z404").unwrap();
        assert_eq!(leap.birth_dates(TODAY), [date!(2000 - 02 - 29)]);
        assert!(leap.born_abroad());
    }

    fn stem() -> impl Strategy<Value = String> {
        let month = prop::sample::select(MONTHS.to_vec()).prop_map(char::from);
        let day = (1u8..=28, any::<bool>());
        ("[A-Z]{6}", 0u8..100, month, day, "[A-MZ][0-9]{3}").prop_map(
            |(name, year, month, (day, female), place)| {
                let day = day + if female { 40 } else { 0 };
                format!("{name}{year:02}{month}{day:02}{place}")
            },
        )
    }

    proptest! {
        #[test]
        fn every_form_under_omocodia_is_one_person(stem in stem(), letters in 0u8..128) {
            let plain = CodiceFiscale::invented(&stem).unwrap();
            let mut bytes = stem.into_bytes();
            for (bit, at) in DIGITS.into_iter().enumerate() {
                if letters & (1 << bit) != 0 {
                    bytes[at] = OMOCODE[usize::from(bytes[at] - b'0')];
                }
            }
            let form = CodiceFiscale::invented(&String::from_utf8(bytes).unwrap()).unwrap();
            prop_assert_eq!(form.canonical(), plain.clone());
            prop_assert_eq!(form.birth_dates(TODAY), plain.birth_dates(TODAY));
            prop_assert_eq!(form.place(), plain.place());
            prop_assert_eq!(form.gender(), plain.gender());
        }

        #[test]
        fn a_single_wrong_letter_of_the_name_is_noticed(stem in stem(), at in 0usize..6, by in 1u8..26) {
            let mut bytes = CodiceFiscale::invented(&stem).unwrap().as_str().as_bytes().to_vec();
            bytes[at] = b'A' + (bytes[at] - b'A' + by) % 26;
            let text = String::from_utf8(bytes).unwrap();
            prop_assert_eq!(CodiceFiscale::parse(&text), Err(InvalidCodiceFiscale::Check));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,24}") {
            let _ = CodiceFiscale::parse(&text).map(|code| code.canonical());
        }
    }
}
