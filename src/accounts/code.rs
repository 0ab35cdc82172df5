//! What is printed on a card: a code of nine letters and digits that cannot be taken for one
//! another, the last of them a check on the others, and a PIN.
//!
//! Five digits are enough for a PIN that may be tried wrong thirty times at most before somebody is
//! asked in person (`tries`): three in ten thousand, as for a bank's card.

use sea_orm::DbErr;

use super::no_secret;

/// No letter or digit that looks or sounds like another; 23 of them, a prime, so that the check
/// character notices every wrong character and every two exchanged.
const LETTERS: &[u8; 23] = b"ACDEFHJKLMNPRTUWXY34679";
/// Whether a text is the code of a card, whoever's: such a text has no place in an address.
#[must_use]
pub fn is_code(text: &str) -> bool {
    read_code(text).is_some()
}

/// A code as it is compared, whether a card can have it or not.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .take(40)
        .flat_map(char::to_uppercase)
        .collect()
}

/// A code as somebody typed it, or `None` where it cannot be one.
pub(super) fn read_code(text: &str) -> Option<String> {
    let code = plain(text);
    let (last, first) = code.as_bytes().split_last()?;
    (first.len() == 8 && check(first) == Some(*last)).then_some(code)
}

/// The check character: a weighted sum modulo 23.
fn check(first: &[u8]) -> Option<u8> {
    let mut sum = 0;
    for (weight, b) in (2..).zip(first) {
        sum += weight * LETTERS.iter().position(|letter| letter == b)?;
    }
    LETTERS.get(sum % LETTERS.len()).copied()
}

/// `XXXX-XXXX-X`
pub(super) fn written(code: &str) -> String {
    let (first, rest) = code.split_at_checked(4).unwrap_or((code, ""));
    let (second, check) = rest.split_at_checked(4).unwrap_or((rest, ""));
    format!("{first}-{second}-{check}")
}

pub(super) fn new_code() -> Result<String, DbErr> {
    let mut code = random(8, LETTERS)?;
    let last = check(code.as_bytes()).ok_or_else(|| no_secret(()))?;
    code.push(char::from(last));
    Ok(code)
}

/// Five digits that are not all the same nor in a row.
pub(super) fn new_pin() -> Result<String, DbErr> {
    loop {
        let pin = random(5, b"0123456789")?;
        let step = |pair: &[u8]| i16::from(pair[1]) - i16::from(pair[0]);
        let mut steps = pin.as_bytes().windows(2).map(step);
        let first = steps.next();
        let plain = first.is_some_and(|first| first.abs() <= 1 && steps.all(|s| s == first));
        if !plain {
            return Ok(pin);
        }
    }
}

/// Characters of an alphabet, each as likely as the others.
fn random(length: usize, alphabet: &[u8]) -> Result<String, DbErr> {
    let fair = 256 - 256 % alphabet.len();
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let mut byte = [0_u8];
        aws_lc_rs::rand::fill(&mut byte).map_err(no_secret)?;
        let value = usize::from(byte[0]);
        if value < fair
            && let Some(letter) = alphabet.get(value % alphabet.len())
        {
            text.push(char::from(*letter));
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;

    #[test]
    fn a_typing_error_in_a_code_is_noticed() {
        for _ in 0..200 {
            let code = new_code().unwrap();
            let typed = format!(
                " {}-{} {}",
                &code[..4],
                &code[4..8],
                code[8..].to_lowercase()
            );
            assert_eq!(read_code(&typed).as_deref(), Some(code.as_str()));
            for at in 0..8 {
                let mut wrong = code.clone().into_bytes();
                wrong[at] = if wrong[at] == b'A' { b'C' } else { b'A' };
                assert_eq!(read_code(&String::from_utf8(wrong).unwrap()), None);
                let mut swapped = code.clone().into_bytes();
                swapped.swap(at, at + 1);
                if swapped != code.as_bytes() {
                    assert_eq!(read_code(&String::from_utf8(swapped).unwrap()), None);
                }
            }
        }
        assert_eq!(read_code(""), None);
        assert_eq!(read_code("ÀÀÀÀÀÀÀÀÀ"), None);
    }

    #[test]
    fn a_pin_is_not_one_that_anybody_would_try() {
        for _ in 0..2_000 {
            let pin = new_pin().unwrap();
            assert_eq!(pin.len(), 5);
            assert!(!["00000", "12345", "98765", "77777"].contains(&pin.as_str()));
        }
    }
}
