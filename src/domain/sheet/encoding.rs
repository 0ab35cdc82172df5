//! The bytes of a table as text.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::SheetError;

/// A table's text, with `\n` at the end of its lines, and whether it was taken for Windows-1252, as
/// Excel saves "CSV" in Italy.
///
/// # Errors
/// [`SheetError::Workbook`] or [`SheetError::Encoding`].
pub fn text(bytes: &[u8]) -> Result<(String, bool), SheetError> {
    // What the files of Excel and LibreOffice, and those of old Excel, begin with.
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(SheetError::Workbook);
    }
    let (text, windows) = match (Encoding::for_bom(bytes), bytes) {
        (Some((encoding, length)), _) => (decoded(encoding, &bytes[length..])?, false),
        (None, [_, 0, _, 0, ..]) => (decoded(UTF_16LE, bytes)?, false),
        (None, [0, _, 0, _, ..]) => (decoded(UTF_16BE, bytes)?, false),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), false),
            Err(_) => (windows(bytes)?, true),
        },
    };
    if let Some(at) = text.find('\0') {
        return Err(unknown(text.as_bytes(), at));
    }
    Ok((text.replace("\r\n", "\n").replace('\r', "\n"), windows))
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, SheetError> {
    let (text, wrong) = encoding.decode_without_bom_handling(bytes);
    match wrong {
        true => Err(unknown(text.as_bytes(), text.find('\u{fffd}').unwrap_or(0))),
        false => Ok(text.into_owned()),
    }
}

/// Windows-1252 takes nearly every byte for something: the accents of an old Mac or of DOS come out
/// as marks and capitals that no Italian text has there, and are refused.
fn windows(bytes: &[u8]) -> Result<String, SheetError> {
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let fits = |at: usize, b: u8| match b {
        // The euro, an apostrophe, a quotation mark that closes, a dash.
        0x80 | 0x91 | 0x92 | 0x94 | 0x96 => true,
        // One that opens.
        0x93 => at == 0 || !letter(at - 1),
        0x81..=0x9f => false,
        _ => true,
    };
    match bytes.iter().enumerate().find(|(at, b)| !fits(*at, **b)) {
        Some((at, _)) => Err(unknown(bytes, at)),
        None => decoded(WINDOWS_1252, bytes),
    }
}

fn unknown(bytes: &[u8], at: usize) -> SheetError {
    let before = bytes.iter().take(at).filter(|b| **b == b'\n').count();
    SheetError::Encoding {
        line: 1 + u64::try_from(before).unwrap_or(0),
    }
}
