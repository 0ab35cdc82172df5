//! Answers that are written, not chosen: how they are compared. Numbers are read in
//! [`super::numbers`].

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::numbers::is_apostrophe;
use super::question::{AcceptedText, NumberRange};

/// From how many letters on a typing error may be forgiven.
pub(super) const TYPO_LETTERS: usize = 6;

/// The form of a text in which two are compared: without case, accents, punctuation, quotation
/// marks and extra spaces. Every apostrophe is one, and parts words as a space does; of other
/// punctuation nothing is left (`O.T.P.` is `otp`). A hyphen is left to [`forms`].
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let one = |c| if is_apostrophe(c) { ' ' } else { c };
    for c in text.chars().map(one).nfkd() {
        if is_combining_mark(c) {
            continue;
        }
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if is_hyphen(c) {
            out.push('-');
        } else if c.is_whitespace() || matches!(c, '/' | '_') {
            out.push(' ');
        }
    }
    out
}

const fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{ad}' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '\u{2212}'
    )
}

/// A text without case, accents, punctuation, hyphens and extra spaces.
pub(super) fn normalised(text: &str) -> String {
    words(&plain(text).replace('-', ""))
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Articles that may stand before an answer, in Italian and in English.
const ARTICLES: [&str; 13] = [
    "il", "lo", "la", "l", "i", "gli", "le", "un", "uno", "una", "the", "a", "an",
];

/// An answer without its article; the article itself where nothing stands behind it.
fn without_article(text: &str) -> &str {
    match text.split_once(' ') {
        Some((article, rest)) if ARTICLES.contains(&article) => rest,
        _ => text,
    }
}

/// Whether nothing is left of an answer that could be compared.
pub(super) fn is_empty(text: &str) -> bool {
    normalised(text).is_empty()
}

/// The ways to read an answer: a hyphen is nothing (`e-mail` is `email`), or a space (`usa-e-getta`
/// is `usa e getta`); a leading article counts or not.
fn forms(text: &str) -> BTreeSet<String> {
    let plain = plain(text);
    let mut forms = BTreeSet::new();
    for hyphen in ["", " "] {
        let whole = words(&plain.replace('-', hyphen));
        forms.insert(without_article(&whole).to_owned());
        forms.insert(whole);
    }
    forms
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
    /// Whether an answer is this one.
    pub(super) fn accepts(&self, given: &str) -> bool {
        let (accepted, given) = (forms(&self.text), forms(given));
        if !accepted.is_disjoint(&given) {
            return true;
        }
        let near = |(a, b): (&String, &String)| {
            a.chars().count().abs_diff(b.chars().count()) <= 1 && strsim::osa_distance(a, b) <= 1
        };
        let mut pairs = accepted
            .iter()
            .flat_map(|a| given.iter().map(move |b| (a, b)));
        self.one_typo && letters(&self.text) >= TYPO_LETTERS && pairs.any(near)
    }
}

/// How many letters and digits an answer has, its article apart.
pub(super) fn letters(text: &str) -> usize {
    let words = words(&plain(text).replace('-', ""));
    let counted = without_article(&words).chars();
    counted.filter(|c| c.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(text: &str, one_typo: bool) -> AcceptedText {
        AcceptedText {
            text: text.to_owned(),
            one_typo,
        }
    }

    #[test]
    fn case_accents_punctuation_and_spaces_do_not_matter() {
        assert_eq!(
            normalised("  L'Identità   digitale! "),
            "l identita digitale"
        );
        assert_eq!(normalised("O.T.P."), "otp");
        assert_eq!(normalised("¿…?"), "");
    }

    #[test]
    fn every_apostrophe_is_one_and_a_leading_article_is_passed_over() {
        let otp = accepted("OTP", false);
        for given in [
            "l'OTP",
            "l`OTP",
            "lʼotp",
            "l‘OTP",
            "l’otp",
            "l´OTP",
            "\"l'OTP\"",
            "«OTP»",
            "'OTP'",
            "un otp",
            "un'OTP",
            "the OTP",
            "L' OTP.",
            "o.t.p.",
            "l' “OTP”",
        ] {
            assert!(otp.accepts(given), "{given}");
        }
        for given in ["opt", "l'", "il", "codice OTP", "otp o pin", ""] {
            assert!(!otp.accepts(given), "{given}");
        }
        let code = accepted("il codice", false);
        for given in ["codice", "un codice", "the codice", "Il codice"] {
            assert!(code.accepts(given), "{given}");
        }
        assert!(accepted("perché", false).accepts("perche'"));
        assert!(accepted("la", false).accepts("LA"));
    }

    #[test]
    fn a_hyphen_is_nothing_or_a_space() {
        for (text, given) in [
            ("email", "e-mail"),
            ("e-mail", "email"),
            ("email", "e‑mail"),
            ("e-mail", "E mail"),
            ("usa e getta", "usa-e-getta"),
            ("usa-e-getta", "usa e getta"),
            ("l'e-mail", "email"),
            ("on line", "on – line"),
        ] {
            assert!(accepted(text, false).accepts(given), "{text}: {given}");
        }
        assert!(!accepted("email", false).accepts("e mai l"));
    }

    #[test]
    fn one_typing_error_is_forgiven_from_six_letters_on() {
        let long = accepted("password", true);
        for near in [
            "pasword",
            "passwordd",
            "passwosd",
            "passwrod",
            "la pasword",
            "pass-wrod",
        ] {
            assert!(long.accepts(near), "{near}");
            assert!(!accepted("password", false).accepts(near), "{near}");
        }
        assert!(!long.accepts("pasvvord"));
        assert!(accepted("carta", true).accepts("carta"));
        assert!(!accepted("carta", true).accepts("corta"));
        // The article's letters do not count.
        assert!(!accepted("la carta", true).accepts("la corta"));
        assert!(!accepted("la carta", true).accepts("corta"));
    }
}
