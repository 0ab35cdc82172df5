//! The rows of a table's text, as a spreadsheet counts them.

use csv::{ReaderBuilder, StringRecord};

/// The mark that Excel's first line `sep=;` names, and what comes after that line, which no
/// spreadsheet shows.
pub(super) fn separated(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let named = first.trim().trim_matches('"');
    match named
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("sep="))
    {
        Some(_) => (named.as_bytes().get(4).copied().or(Some(b'\t')), rest),
        None => (None, text),
    }
}

/// The first rows that are not empty, each with its number.
pub(super) fn records(text: &str, mark: u8, most: usize) -> Vec<(u64, StringRecord)> {
    let mut reader = ReaderBuilder::new()
        .delimiter(mark)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let (mut rows, mut line) = (Vec::new(), 0);
    for mut record in reader.records().map_while(Result::ok) {
        let begin = record.position().map_or(0, csv::Position::byte);
        let begin = usize::try_from(begin).unwrap_or(text.len());
        // The reader passes over empty lines without a word; the text has no other line ends.
        let rest = text.get(begin..).unwrap_or_default();
        let empty = rest.bytes().take_while(|b| *b == b'\n').count();
        line += 1 + u64::try_from(empty).unwrap_or(0);
        if !record.iter().all(|cell| cell.trim().is_empty()) {
            record.trim();
            rows.push((line, record));
        }
        if rows.len() >= most {
            break;
        }
    }
    rows
}

/// A cell without the apostrophe that keeps a spreadsheet from taking it for a formula.
pub(super) fn plain_cell(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}
