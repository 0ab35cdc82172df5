//! Tables as CSV: the one place where the program writes them.
//!
//! A spreadsheet takes a cell that begins with `= + - @`, a tabulator or a carriage return for a
//! formula, which can send what is beside it anywhere (OWASP, "CSV injection"). A cell that does and
//! is no number gets an apostrophe before it.

use std::borrow::Cow;

use csv::{QuoteStyle, Terminator, WriterBuilder};

/// For whom a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableReader {
    /// Commas, and lines that end in LF.
    Program,
    /// RFC 4180: commas, and lines that end in CR LF.
    Facilita,
    /// Excel as it is set up in Italy, on a double click: semicolons, and the mark of UTF-8, without
    /// which it reads another alphabet. Days and decimals are the caller's to write as it reads them.
    Excel,
}

/// A table's bytes; rows may differ in length.
///
/// # Errors
/// None that can happen: it is written to memory.
pub fn csv<R, C>(
    reader: TableReader,
    rows: impl IntoIterator<Item = R>,
) -> Result<Vec<u8>, csv::Error>
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let (begin, comma, end) = match reader {
        TableReader::Program => ("", b',', Terminator::Any(b'\n')),
        TableReader::Facilita => ("", b',', Terminator::CRLF),
        TableReader::Excel => ("\u{feff}", b';', Terminator::CRLF),
    };
    let mut writer = WriterBuilder::new()
        .delimiter(comma)
        .terminator(end)
        .quote_style(QuoteStyle::Necessary)
        .flexible(true)
        .from_writer(begin.as_bytes().to_vec());
    for row in rows {
        for cell in row {
            writer.write_field(harmless(cell.as_ref()).as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    let bytes = writer.into_inner();
    bytes.map_err(|error| error.into_error().into())
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> Cow<'_, str> {
    match is_formula(cell) {
        true => Cow::Owned(format!("'{cell}")),
        false => Cow::Borrowed(cell),
    }
}

/// What a formula begins with; the wide forms are those of East Asian keyboards.
const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A text without the signs at its beginning that would make it a formula, for a file whose form
/// has no room for an apostrophe.
#[must_use]
pub fn without_signs(text: &str) -> &str {
    match is_formula(text) {
        true => text.trim_start_matches(|c: char| SIGNS.contains(&c) || c.is_whitespace()),
        false => text,
    }
}

/// Whether a spreadsheet could take a cell for a formula. Signed numbers are numbers.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(SIGNS) && !is_number(cell)
}

/// A sign, digits, and at most one mark with digits after it.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let (whole, rest) = digits
        .split_once([',', '.'])
        .map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    all(whole) && rest.is_none_or(all)
}

/// A text on one line, with single spaces and without quotation marks, and without the signs at its
/// beginning that a spreadsheet takes for a formula: an apostrophe before them would become a part
/// of somebody's name in Facilita. Where nothing else is left, a row for Facilita is held back.
#[must_use]
pub fn plain(text: &str) -> String {
    let text = text.replace('"', "");
    let text = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    without_signs(&text).to_owned()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_a_number_stays_a_number() {
        for cell in [
            "=1+1", "+39 080", "-", "@sum", "\tx", "\rx", "\n=1", "-1+1", "+1;=2", "-1.000,5",
            "＝1", "=", "--1", "+A1",
        ] {
            assert!(harmless(cell).starts_with('\''), "{cell:?}");
        }
        for cell in [
            "",
            "Rossi Maria",
            "-1",
            "+39",
            "-12,50",
            "+0.5",
            "1=1",
            "'=1",
        ] {
            assert_eq!(harmless(cell), cell);
        }
    }

    #[test]
    fn each_reader_gets_its_own_marks() {
        let rows = [vec!["Perché; \"sì\"", "a,b"], vec!["=1", "-2,5"]];
        let text = |reader| String::from_utf8(csv(reader, &rows).unwrap()).unwrap();
        assert_eq!(
            text(TableReader::Facilita),
            "\"Perché; \"\"sì\"\"\",\"a,b\"\r\n'=1,\"-2,5\"\r\n"
        );
        assert_eq!(
            text(TableReader::Program),
            text(TableReader::Facilita).replace('\r', "")
        );
        assert_eq!(
            text(TableReader::Excel),
            "\u{feff}\"Perché; \"\"sì\"\"\";a,b\r\n'=1;-2,5\r\n"
        );
    }
}
