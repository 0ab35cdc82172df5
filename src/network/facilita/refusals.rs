//! The lines of a report: which row each is about, and what Facilita says of it.

use std::collections::BTreeMap;

use crate::domain::codice_fiscale::CodiceFiscale;
use crate::domain::field::FieldError;
use crate::domain::ids::ServiceId;

use super::FacilitaError;
use super::row::{FacilitaRow, HEADER, reference};

/// The columns of the report after the note.
const AFTER_NOTE: usize = 29;
/// Those after SE7: ES1 to ES6.
const AFTER_DETAIL: usize = 6;
/// The first columns of the report.
const FIRST: [&str; 2] = ["numeroRiga", "note"];
/// The columns of our file that it leaves out: name, surname, e-mail, telephone.
const LEFT_OUT: [&str; 4] = ["AN1", "AN2", "AN14", "AN17"];
/// The most characters of a note that are kept.
const LONGEST_NOTE: usize = 500;

/// The header of a report, without the end of its line.
#[must_use]
pub fn header() -> String {
    let columns = HEADER.iter().filter(|column| !LEFT_OUT.contains(column));
    let columns: Vec<_> = FIRST.iter().chain(columns).copied().collect();
    columns.join(",")
}

/// The notes of a report by row number.
pub(super) fn parse(
    text: &str,
    sent: &[FacilitaRow],
    services: &[ServiceId],
) -> Result<BTreeMap<u32, String>, FacilitaError> {
    let fault = |key| Err(FacilitaError::Invalid(vec![FieldError::new("report", key)]));
    let text = text.trim_start_matches('\u{feff}');
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines = (1..).zip(text.lines().map(str::trim));
    let mut lines = lines.filter(|(_, line)| !line.is_empty());
    let Some((_, header)) = lines.next() else {
        return fault("facilita-report-empty");
    };
    let Some(separator) = separator(header) else {
        return fault("facilita-report-no-header");
    };
    let mut notes: BTreeMap<u32, String> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (number, line) in lines {
        match refusal(line, separator, sent, services) {
            Ok((row, note)) => {
                let kept = notes.entry(row).or_default();
                if !kept.contains(&note) {
                    let joint = if kept.is_empty() { "" } else { " - " };
                    *kept = format!("{kept}{joint}{note}");
                }
            }
            Err(key) => wrong.push((number, key)),
        }
    }
    match (wrong.is_empty(), notes.is_empty()) {
        (false, _) => Err(FacilitaError::Unreadable(wrong)),
        (true, true) => fault("facilita-report-no-rows"),
        (true, false) => Ok(notes),
    }
}

/// What stands between the columns of a header that has all of them.
fn separator(header: &str) -> Option<char> {
    [',', ';', '\t'].into_iter().find(|separator| {
        let columns = header
            .split(*separator)
            .map(|name| name.trim_matches(['"', ' ']));
        let columns: Vec<_> = columns.collect();
        let first = columns.iter().zip(FIRST);
        columns.len() >= FIRST.len() + AFTER_NOTE
            && first
                .into_iter()
                .all(|(name, known)| name.eq_ignore_ascii_case(known))
    })
}

/// The row of a line and its note, or the key of what is wrong with the line.
fn refusal(
    line: &str,
    separator: char,
    sent: &[FacilitaRow],
    services: &[ServiceId],
) -> Result<(u32, String), &'static str> {
    let line = line.trim_start_matches('"');
    let digits = line
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(line.len());
    let (number, rest) = line.split_at(digits);
    let row: u32 = number.parse().map_err(|_| "facilita-line-unreadable")?;
    let rest = rest.trim_start_matches('"').trim_start();
    let Some(rest) = rest.strip_prefix(separator) else {
        return Err(match rest.is_empty() {
            true => "facilita-line-cut-off",
            false => "facilita-line-unreadable",
        });
    };
    let at = usize::try_from(row).unwrap_or(0).wrapping_sub(1);
    let (Some(sent), Some(service)) = (sent.get(at), services.get(at)) else {
        return Err("facilita-line-out-of-range");
    };
    if of_another(line, *service) {
        return Err("facilita-line-other-file");
    }
    if !is_whole(line, separator, *service) {
        return Err("facilita-line-cut-off");
    }
    Ok((row, note_of(rest, separator, sent)))
}

/// Whether a line has all of its columns. Commas in names and notes look like more of them: what
/// comes after the reference to the service, at the end of SE7, has none.
fn is_whole(line: &str, separator: char, service: ServiceId) -> bool {
    let separators = |text: &str| text.matches(separator).count();
    let end = format!("[{}]", reference(service));
    let after = line.rsplit_once(&end).map(|(_, after)| separators(after));
    separators(line) > AFTER_NOTE && after.is_none_or(|after| after >= AFTER_DETAIL)
}

/// Whether a line tells of a service, and not of this one.
fn of_another(line: &str, service: ServiceId) -> bool {
    let own = reference(service);
    let references = line.split('[').skip(1).filter_map(|part| {
        let (inside, _) = part.split_once(']')?;
        let digits = inside.len() == own.len() && inside.bytes().all(|b| b.is_ascii_hexdigit());
        digits.then_some(inside)
    });
    references.last().is_some_and(|found| found != own)
}

/// The note: what stands before the columns of the row.
fn note_of(rest: &str, separator: char, sent: &FacilitaRow) -> String {
    let quoted = rest.strip_prefix('"').and_then(|rest| {
        let end = rest.replace("\"\"", "\u{1}\u{1}").find('"')?;
        rest.get(..end).map(|note| note.replace("\"\"", "\""))
    });
    let note = quoted.unwrap_or_else(|| {
        let facilitator = sent
            .0
            .iter()
            .take(2)
            .filter_map(|field| rest.find(&format!("{separator}{field}{separator}")));
        let fields: Vec<_> = rest.split(separator).collect();
        let end = match (facilitator.min(), fields.len().checked_sub(AFTER_NOTE)) {
            (Some(end), _) => end,
            (None, Some(columns @ 1..)) => {
                fields
                    .iter()
                    .take(columns)
                    .map(|f| f.len() + 1)
                    .sum::<usize>()
                    - 1
            }
            (None, _) => rest.len(),
        };
        rest.get(..end).unwrap_or(rest).to_owned()
    });
    let note = note.trim_matches(|c: char| c == separator || c.is_whitespace());
    masked(note).chars().take(LONGEST_NOTE).collect()
}

/// A note without codici fiscali: it is kept in the open.
fn masked(note: &str) -> String {
    let words = note.split_inclusive(|c: char| !c.is_alphanumeric());
    words
        .map(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            match CodiceFiscale::parse(bare) {
                Ok(_) => word.replace(bare, "****"),
                Err(_) => word.to_owned(),
            }
        })
        .collect()
}
