//! An auditor's list: the SHA-256 of a codice fiscale on each line, alone or in a column of CSV.

use std::collections::HashMap;

use crate::citizens::audit_hash::{Hash, parse};

/// The most lines of a list.
pub const MOST_LINES: usize = 200_000;

/// What a line of the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineIs {
    /// A hash.
    Hash(Hash),
    /// The same hash as that of an earlier line.
    Again(Hash, usize),
    /// Neither a hash nor blank. What it is instead is not kept: it could be a code.
    Unreadable,
}

/// The lines of a list that are not blank, each with its number, from 1.
#[derive(Debug, Clone, Default)]
pub struct HashList {
    /// In their order.
    pub lines: Vec<(usize, LineIs)>,
}

/// A list that cannot be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// No line is a hash.
    #[error("no line is a SHA-256 of 64 hexadecimal digits")]
    NoHash,
    /// More than [`MOST_LINES`].
    #[error("more than {MOST_LINES} lines: split the list")]
    TooLong,
}

impl HashList {
    /// Reads a list, in whatever of the usual forms: separated by commas, semicolons or tabulators,
    /// with quotation marks or not, with a line of heads or not, small letters or capital ones.
    ///
    /// # Errors
    /// [`ListError`]
    pub fn read(bytes: &[u8]) -> Result<Self, ListError> {
        let mut seen: HashMap<Hash, usize> = HashMap::new();
        let mut lines = Vec::new();
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut first = true;
        for (at, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
            let line = line.trim_ascii();
            if line.is_empty() {
                continue;
            }
            if lines.len() == MOST_LINES {
                return Err(ListError::TooLong);
            }
            let number = at + 1;
            let is = match hash_in(line) {
                None if std::mem::take(&mut first) && is_heads(line) => continue,
                None => LineIs::Unreadable,
                Some(hash) => match seen.get(&hash) {
                    Some(earlier) => LineIs::Again(hash, *earlier),
                    None => {
                        seen.insert(hash, number);
                        LineIs::Hash(hash)
                    }
                },
            };
            first = false;
            lines.push((number, is));
        }
        match seen.is_empty() {
            true => Err(ListError::NoHash),
            false => Ok(Self { lines }),
        }
    }
}

/// The first field of a line that is a hash.
fn hash_in(line: &[u8]) -> Option<Hash> {
    let mut fields = line.split(|byte| matches!(byte, b',' | b';' | b'\t'));
    fields.find_map(|field| {
        let field = field.trim_ascii();
        let bare = field
            .strip_prefix(b"\"")
            .and_then(|f| f.strip_suffix(b"\""));
        parse(bare.unwrap_or(field).trim_ascii())
    })
}

/// Words above the columns have no digit but that of "SHA-256", and no code is without one.
fn is_heads(line: &[u8]) -> bool {
    let text = String::from_utf8_lossy(line).to_ascii_lowercase();
    !text
        .replace("256", "")
        .contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;
    use crate::citizens::audit_hash::hexadecimal;

    #[test]
    fn a_list_is_read_as_people_make_it_and_each_line_is_told() {
        let (one, two) = ("AB".repeat(32), "0c".repeat(32));
        let text = format!(
            "\u{feff}N.;SHA-256\r\n1;\"{one}\"\r\n\r\n2;{two}\r\nRSSMRA85M01H501Q\r\n{}\r\n{one}0\r\n",
            one.to_lowercase()
        );
        let list = HashList::read(text.as_bytes()).unwrap();
        let (a, b) = ([0xab; 32], [0x0c; 32]);
        assert_eq!(
            list.lines,
            [
                (2, LineIs::Hash(a)),
                (4, LineIs::Hash(b)),
                (5, LineIs::Unreadable),
                (6, LineIs::Again(a, 2)),
                (7, LineIs::Unreadable),
            ]
        );
        assert_eq!(hexadecimal(&a), one);
        for nothing in ["", "\n\n", "codice\nRSSMRA85M01H501Q\n"] {
            assert_eq!(
                HashList::read(nothing.as_bytes()).err(),
                Some(ListError::NoHash)
            );
        }
        // A first line that could be a code is not taken for words above a column.
        let list = HashList::read(format!("RSSMRA85M01H501Q\n{one}\n").as_bytes()).unwrap();
        assert_eq!(list.lines[0], (1, LineIs::Unreadable));
        let many = format!("{one}\n").repeat(MOST_LINES + 1);
        assert_eq!(
            HashList::read(many.as_bytes()).err(),
            Some(ListError::TooLong)
        );
    }
}
