//! What a point's fields may say: the key of what is wrong with one.

use crate::domain::{province, text};

pub(super) fn postcode(text: &str) -> Option<&'static str> {
    let fine = text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit());
    (!fine).then_some("not-a-postcode")
}

pub(super) fn number(text: &str) -> Option<&'static str> {
    (!text.bytes().all(|b| b.is_ascii_digit())).then_some("not-a-number")
}

pub(super) fn phone(text: &str) -> Option<&'static str> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let fine = digits >= 5
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || " +-./()".contains(c));
    (!fine).then_some("not-a-phone")
}

pub(super) fn email(given: &str) -> Option<&'static str> {
    text::email(given).is_none().then_some("not-an-email")
}

/// Whether there is such a province, or none was named; it is kept by its full name.
pub(super) fn province(given: &mut String) -> bool {
    match province::read(given) {
        Ok(name) => name.clone_into(given),
        Err(_) => return !text::says_something(given),
    }
    true
}
