//! Codes of six digits that change every thirty seconds (RFC 6238), as the usual apps make them:
//! HMAC-SHA-1, because apps leave out what else the standard allows.

use aws_lc_rs::hmac;
use time::OffsetDateTime;

/// How long a code holds, in seconds.
const STEP: i64 = 30;
/// Bytes of a secret, as RFC 4226 recommends.
const SECRET: usize = 20;
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A new secret.
///
/// # Errors
/// When the system has no randomness.
pub(super) fn new_secret() -> Result<[u8; SECRET], aws_lc_rs::error::Unspecified> {
    let mut secret = [0; SECRET];
    aws_lc_rs::rand::fill(&mut secret)?;
    Ok(secret)
}

/// The code of a step.
fn code_of(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    let offset = usize::from(bytes.last().copied().unwrap_or_default() & 0x0f);
    let mut number = [0; 4];
    if let Some(part) = bytes.get(offset..offset + 4) {
        number.copy_from_slice(part);
    }
    format!(
        "{:06}",
        (u32::from_be_bytes(number) & 0x7fff_ffff) % 1_000_000
    )
}

/// The code that an app shows at a moment.
#[must_use]
pub fn code(secret: &[u8], at: OffsetDateTime) -> String {
    code_of(secret, at.unix_timestamp().div_euclid(STEP))
}

/// The step that a code belongs to: the one of the moment, or a neighbour, as clocks differ.
#[must_use]
pub(super) fn step_of(secret: &[u8], code: &str, now: OffsetDateTime) -> Option<i64> {
    let step = now.unix_timestamp().div_euclid(STEP);
    [step, step - 1, step + 1].into_iter().find(|step| {
        let right = code_of(secret, *step);
        aws_lc_rs::constant_time::verify_slices_are_equal(right.as_bytes(), code.as_bytes()).is_ok()
    })
}

/// A secret as apps take it when it is typed.
#[must_use]
pub fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut bits, mut held) = (0_u32, 0);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            text.push(letter(bits >> held));
        }
    }
    if held > 0 {
        text.push(letter(bits << (5 - held)));
    }
    text
}

fn letter(bits: u32) -> char {
    char::from(BASE32[(bits & 31) as usize])
}

/// A secret that was typed, with or without spaces.
#[must_use]
pub fn from_base32(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes().filter(|byte| *byte != b' ') {
        let value = BASE32
            .iter()
            .position(|one| *one == letter.to_ascii_uppercase())?;
        bits = bits << 5 | u32::try_from(value).ok()?;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, of which six digits are the end of eight.
        let secret = b"12345678901234567890";
        for (second, right) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let at = OffsetDateTime::from_unix_timestamp(second).unwrap();
            assert_eq!(code(secret, at), right);
            assert_eq!(step_of(secret, right, at), Some(second / STEP));
            let steps = |n| at + time::Duration::seconds(n * STEP);
            for near in [-1, 1] {
                assert_eq!(step_of(secret, right, steps(near)), Some(second / STEP));
            }
            for far in [-2, 2] {
                assert_eq!(step_of(secret, right, steps(far)), None);
            }
        }
    }

    #[test]
    fn a_secret_is_written_in_base32() {
        // RFC 4648, section 10.
        for (bytes, text) in [("f", "MY"), ("fo", "MZXQ"), ("foobar", "MZXW6YTBOI")] {
            assert_eq!(base32(bytes.as_bytes()), text);
            assert_eq!(from_base32(text).unwrap(), bytes.as_bytes());
        }
        assert_eq!(from_base32("mzxw 6ytb oi").unwrap(), b"foobar");
        assert_eq!(from_base32("1"), None);
    }
}
