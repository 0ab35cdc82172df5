//! A row of the file: 33 columns, in Facilita's order.
//!
//! The file is UTF-8 without a mark at its beginning, separated by commas, with a header; lines end
//! in CR LF (RFC 4180; Facilita reads either end). A field is quoted where it has a comma. Facilita
//! deletes every quotation mark, so no field holds one: [`plain`] takes them out.

use aws_lc_rs::digest::{SHA256, digest};

use crate::domain::ids::ServiceId;
use crate::domain::table::{self, TableReader, plain};

/// The columns. `AN` is about the citizen, `PR` about earlier services, `SE` about this one, `ES`
/// about how it was found.
pub const HEADER: [&str; 33] = [
    "IDFacilitatore",
    "NominativoFacilitatore",
    "IDSede",
    "NominativoSede",
    "AN1",
    "AN2",
    "AN3",
    "AN4",
    "AN5",
    "AN6",
    "AN7",
    "AN8",
    "AN9",
    "AN10",
    "AN11",
    "AN12",
    "AN14",
    "AN17",
    "PR1",
    "PR2",
    "SE1",
    "SE2",
    "SE3",
    "SE4",
    "SE5",
    "SE6",
    "SE7",
    "ES1",
    "ES2",
    "ES3",
    "ES4",
    "ES5",
    "ES6",
];

/// The most of SE7, as JavaScript counts (in UTF-16): Facilita cuts what is longer.
const LONGEST_DETAIL: usize = 600;

/// The fields of a row, in the order of [`HEADER`].
#[derive(Clone, PartialEq, Eq)]
pub struct FacilitaRow(pub [String; 33]);

impl std::fmt::Debug for FacilitaRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Row(****)")
    }
}

impl FacilitaRow {
    /// SHA-256 of the row, in hexadecimal: a refused row goes again once this is another.
    #[must_use]
    pub fn hash(&self) -> String {
        sha256(self.0.join("\u{1f}").as_bytes())
    }
}

/// SHA-256 in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    let bytes = digest(&SHA256, bytes);
    bytes.as_ref().iter().fold(String::new(), |mut hex, byte| {
        hex.push_str(&format!("{byte:02x}"));
        hex
    })
}

/// The file of these rows.
///
/// # Errors
/// None that can happen: it is written to memory.
pub fn file<'r>(rows: impl IntoIterator<Item = &'r FacilitaRow>) -> Result<String, csv::Error> {
    let rows = rows.into_iter().map(|row| row.0.iter().map(String::as_str));
    let rows = rows.map(Iterator::collect::<Vec<_>>);
    let bytes = table::csv(
        TableReader::Facilita,
        std::iter::once(HEADER.to_vec()).chain(rows),
    )?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The rows of a file that [`file()`] wrote.
///
/// # Errors
/// Where it was not written by it.
pub fn read(file: &str) -> Result<Vec<FacilitaRow>, csv::Error> {
    let mut rows = Vec::new();
    for record in csv::Reader::from_reader(file.as_bytes()).records() {
        let mut fields = record?.into_iter().map(str::to_owned).collect::<Vec<_>>();
        fields.resize(HEADER.len(), String::new());
        if let Ok(fields) = fields.try_into() {
            rows.push(FacilitaRow(fields));
        }
    }
    Ok(rows)
}

/// SE7: what the service was about, and a reference to it.
///
/// Facilita takes rows with the same body, site, project and facilitator and the same SE1, SE2,
/// SE3, SE5, SE6 and SE7 for one service, and refuses a citizen who is on it twice. Two short
/// services of one morning can be equal in all but SE7, so the [`reference()`] keeps them apart,
/// while everybody who attended one service has the same. Of a long title the end is cut, never
/// the reference.
#[must_use]
pub fn detail(title: &str, service: ServiceId) -> String {
    let end = format!(" [{}]", reference(service));
    let mut room = LONGEST_DETAIL - end.len();
    let fits = |c: &char| {
        let left = room.checked_sub(c.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    };
    let title: String = plain(title).chars().take_while(fits).collect();
    format!("{}{end}", title.trim_end())
}

/// The last twelve digits of a service's id: the end that is by chance and a counter, so that two
/// services of one moment differ.
#[must_use]
pub fn reference(service: ServiceId) -> String {
    let id = service.0.simple().to_string();
    id.get(20..).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;

    #[test]
    fn a_long_title_is_cut_before_the_reference() {
        let service = ServiceId::new();
        let id = service.to_string();
        let end = format!(" [{}]", &id[24..]);
        assert_eq!(
            detail("Fare\n \"lo\" SPID", service),
            format!("Fare lo SPID{end}")
        );
        let long = detail(&"è".repeat(700), service);
        assert_eq!(long.chars().count(), 600);
        assert!(long.ends_with(&end));
        assert_ne!(detail("SPID", service), detail("SPID", ServiceId::new()));
    }

    #[test]
    fn no_field_of_a_file_is_a_formula() {
        for (text, kept) in [
            ("=1+1", "1+1"),
            (" - @ SPID", "SPID"),
            ("\"=\"HYPERLINK(1)", "HYPERLINK(1)"),
            ("+39", "+39"),
            ("==", ""),
            ("D'Amico-Rossi", "D'Amico-Rossi"),
        ] {
            assert_eq!(plain(text), kept, "{text}");
        }
        let service = ServiceId::new();
        assert_eq!(detail("=cmd", service), detail("cmd", service));
    }

    #[test]
    fn a_file_is_read_back_as_it_was_written() {
        let mut row = FacilitaRow(std::array::from_fn(|at| at.to_string()));
        row.0[3] = "Biblioteca, primo piano".to_owned();
        row.0[8].clear();
        let text = file([&row]).unwrap();
        assert!(text.ends_with("\r\n") && text.contains(",\"Biblioteca, primo piano\","));
        assert_eq!(read(&text).unwrap(), [row]);
    }
}
