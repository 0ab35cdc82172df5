//! Answers that are written, not chosen: how numbers and texts are read and compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::question::{AcceptedText, NumberRange};

/// From how many letters on a typing error may be forgiven.
pub(super) const TYPO_LETTERS: usize = 6;

/// Reads a number in figures: comma and dot both separate the decimals, so there may be one of
/// them; `1.000` is one. Exponents, groups and words are not numbers.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim().replace(',', ".").replace('\u{2212}', "-");
    let figures = text.strip_prefix(['-', '+']).unwrap_or(&text);
    let plain = figures.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && figures.bytes().any(|b| b.is_ascii_digit())
        && figures.bytes().filter(|b| *b == b'.').count() <= 1
        && figures.len() <= 20;
    plain.then(|| text.parse().ok()).flatten()
}

/// A text without case, accents, punctuation and extra spaces. An apostrophe, a hyphen and the
/// like part words as a space does; other punctuation goes (`O.T.P.` is `otp`).
pub(super) fn normalised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if (c.is_whitespace() || matches!(c, '\'' | '’' | '-' | '–' | '/' | '_'))
            && !out.is_empty()
            && !out.ends_with(' ')
        {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

impl NumberRange {
    /// Whether a number lies in the range, ends included. A billionth of the number is forgiven,
    /// so that `0,1 ± 0,2` takes `0,3`.
    pub(super) fn accepts(&self, number: f64) -> bool {
        let slack = 1e-9 * number.abs().max(1.0);
        number >= self.min - slack && number <= self.max + slack
    }
}

impl AcceptedText {
    /// Whether a [`normalised`] answer is this one.
    pub(super) fn accepts(&self, given: &str) -> bool {
        let accepted = normalised(&self.text);
        if accepted == given {
            return true;
        }
        self.one_typo
            && letters(&accepted) >= TYPO_LETTERS
            && accepted.chars().count().abs_diff(given.chars().count()) <= 1
            && strsim::osa_distance(&accepted, given) <= 1
    }
}

/// How many letters and digits a text has.
pub(super) fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comma_and_dot_are_the_same() {
        assert_eq!(number("3,5"), Some(3.5));
        assert_eq!(number(" 3.5 "), Some(3.5));
        assert_eq!(number("-2"), Some(-2.0));
        for bad in ["", "tre", "1e3", "inf", "NaN", "1.000,00", ".", "-", "3 5"] {
            assert_eq!(number(bad), None, "{bad}");
        }
    }

    #[test]
    fn case_accents_punctuation_and_spaces_do_not_matter() {
        assert_eq!(
            normalised("  L'Identità   digitale! "),
            "l identita digitale"
        );
        assert_eq!(normalised("O.T.P."), "otp");
        assert_eq!(normalised("usa-e-getta"), "usa e getta");
        assert_eq!(normalised("¿…?"), "");
    }

    #[test]
    fn one_typing_error_is_forgiven_from_six_letters_on() {
        let accepted = |text: &str, one_typo| AcceptedText {
            text: text.to_owned(),
            one_typo,
        };
        let long = accepted("password", true);
        for near in ["pasword", "passwordd", "passwosd", "passwrod"] {
            assert!(long.accepts(near), "{near}");
            assert!(!accepted("password", false).accepts(near), "{near}");
        }
        assert!(!long.accepts("pasvvord"));
        assert!(accepted("carta", true).accepts("carta"));
        assert!(!accepted("carta", true).accepts("corta"));
    }
}
