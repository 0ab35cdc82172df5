//! Tables that people send, as spreadsheets and other systems make them: the one reader of all
//! imports. What it understands, and what it refuses:
//!
//! - UTF-8, UTF-16 and Windows-1252 ([`text`]); `;`, tabulators or commas; Excel's `sep=;`;
//! - the header is the first of ten rows that names most columns, in English or Italian, whatever
//!   case, accents, spaces and underscores; a column that means nothing, or is there twice, refuses
//!   the file, since what it says would be dropped;
//! - empty rows and empty columns are passed over; a last row of totals is passed over and told;
//! - each column reads its own cells ([`cells`]); what cannot be read refuses the row.
//!
//! Rows are counted as a spreadsheet shows them. A message repeats what was read unless it could be
//! a name or a code.

mod cells;
mod encoding;
mod lines;

use csv::StringRecord;
use thiserror::Error;

use super::import::RowFault;

pub use cells::{code, coded, day, folded, minutes, plain, yes_or_no};
pub use encoding::text;
use lines::{plain_cell, records, separated};

/// A column that a table may have.
#[derive(Debug)]
pub struct SheetColumn {
    /// The field.
    pub name: &'static str,
    /// Other names of it, [`folded`].
    pub also: &'static [&'static str],
    /// What it says could be a name or a code, and is never repeated.
    pub personal: bool,
    /// Reads a cell into what the field takes, or says the key of what is wrong.
    pub read: fn(&str) -> Result<String, &'static str>,
}

/// Why a table cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SheetError {
    /// There is not even a header.
    #[error("the file is empty")]
    Empty,
    /// A spreadsheet's own file, not a table as text.
    #[error("this is a spreadsheet's own file: save it as \"CSV UTF-8\"")]
    Workbook,
    /// An alphabet other than UTF-8, UTF-16 and Windows-1252.
    #[error("line {line} is in an encoding that is not known: save the file as \"CSV UTF-8\"")]
    Encoding {
        /// The first line that is.
        line: u64,
    },
    /// No row names the columns.
    #[error("no row names the columns: the first one does, {list}", list = .0.join(", "))]
    Header(Vec<&'static str>),
    /// Columns that mean nothing here.
    #[error(
        "there is no column {unknown}: correct the name or take the column out; there are {list}",
        unknown = quoted(.unknown),
        list = .known.join(", ")
    )]
    Columns {
        /// As the header names them.
        unknown: Vec<String>,
        /// The columns there are.
        known: Vec<&'static str>,
    },
    /// A column twice, perhaps under two names.
    #[error("the column \"{0}\" is there twice: keep one")]
    Twice(String),
    /// Columns that are needed.
    #[error("a column is missing: {}", .0.join(", "))]
    Missing(Vec<&'static str>),
    /// More bytes than an import may have.
    #[error("the file is larger than 2 MB: split it")]
    TooLarge,
}

fn quoted(names: &[String]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("\"{name}\"")).collect();
    quoted.join(", ")
}

impl SheetError {
    /// The key of what a person reads.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Empty => "import-empty",
            Self::Workbook => "import-workbook",
            Self::Encoding { .. } => "import-encoding",
            Self::Header(_) => "import-header",
            Self::Columns { .. } => "import-column",
            Self::Twice(_) => "import-column-twice",
            Self::Missing(_) => "import-column-missing",
            Self::TooLarge => "import-too-large",
        }
    }

    /// The columns it is about.
    #[must_use]
    pub fn columns(&self) -> Vec<&str> {
        match self {
            Self::Columns { unknown, .. } => unknown.iter().map(String::as_str).collect(),
            Self::Twice(name) => vec![name],
            Self::Missing(names) => names.clone(),
            _ => Vec::new(),
        }
    }

    /// The same as faults of the header.
    #[must_use]
    pub fn faults(&self) -> Vec<RowFault> {
        let mut columns = self.columns();
        if columns.is_empty() {
            columns.push("");
        }
        let fault = |column| RowFault::new(1, column, self.key());
        columns.into_iter().map(fault).collect()
    }
}

/// A table whose header is understood.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its rows, with what is wrong with their cells.
    pub rows: Vec<SheetRow>,
    /// Rows of which not even the cells are known.
    pub refused: Vec<RowFault>,
    /// What is passed over, and what was taken for what.
    pub told: Vec<RowFault>,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct SheetRow {
    /// As a spreadsheet counts it.
    pub line: u64,
    /// Cells that cannot be read.
    pub faults: Vec<RowFault>,
    cells: Vec<Cell>,
}

#[derive(Debug, Clone)]
struct Cell {
    column: &'static SheetColumn,
    header: String,
    raw: String,
    value: Option<String>,
}

impl SheetRow {
    /// What a column says; `None` where it is empty, cannot be read, or is not there.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.cell(name)?.value.as_deref()
    }

    fn cell(&self, name: &str) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.column.name == name)
    }

    /// A fault of a field of this row, with the column's header and what was read there.
    #[must_use]
    pub fn fault(&self, field: &str, key: &'static str) -> RowFault {
        let mut fault = RowFault::new(self.line, field, key);
        if let Some(cell) = self.cell(field) {
            fault.header.clone_from(&cell.header);
            if self.may_repeat(cell) {
                fault.read.clone_from(&cell.raw);
            }
        }
        fault
    }

    /// Whether what a cell says can be neither a name nor a code, even where columns have slipped.
    fn may_repeat(&self, cell: &Cell) -> bool {
        const LONGEST: usize = 40;
        let text = folded(&cell.raw);
        let numbers = text.bytes().all(|b| b.is_ascii_digit()) && text.len() <= 10;
        let sound = |cell: &Cell| !cell.column.personal || cell.value.is_some();
        let words = text.bytes().all(|b| b.is_ascii_alphabetic())
            && cell.raw.chars().count() <= LONGEST
            && self.cells.iter().all(sound);
        !cell.column.personal && (numbers || words)
    }
}

/// Rows that may stand before the header.
const BEFORE: usize = 10;

/// Reads a table. `needed` are columns without which no row says anything.
///
/// # Errors
/// Why nothing of it can be taken in.
pub fn read(
    bytes: &[u8],
    columns: &'static [SheetColumn],
    needed: &[&'static str],
) -> Result<Sheet, SheetError> {
    let (text, windows) = text(bytes)?;
    let mut sheet = Sheet::default();
    if windows {
        sheet.told.push(RowFault::new(1, "", "import-windows"));
    }
    let (mark, text) = separated(&text);
    let marks = mark.map_or(vec![b';', b'\t', b','], |mark| vec![mark]);
    let known = |record: &StringRecord| {
        let cells = record.iter();
        cells.filter(|name| named(columns, name).is_some()).count()
    };
    let best = marks.into_iter().rev().max_by_key(|mark| {
        let first = records(text, *mark, BEFORE).into_iter();
        let most = first.map(|(_, row)| (known(&row), row.len())).max();
        most.unwrap_or_default()
    });
    let mark = best.unwrap_or(b',');
    let first = records(text, mark, BEFORE);
    let candidates = first.iter().enumerate().rev();
    let header = candidates
        .max_by_key(|(_, (_, row))| known(row))
        .map(|(at, _)| at)
        .ok_or(SheetError::Empty)?;
    if first.get(header).is_none_or(|(_, row)| known(row) == 0) {
        let names = columns.iter().map(|column| column.name).collect();
        return Err(SheetError::Header(names));
    }
    let records = records(text, mark, usize::MAX);
    let Some(((_, header), rows)) = records.get(header..).and_then(<[_]>::split_first) else {
        return Err(SheetError::Empty);
    };
    for (line, _) in records.iter().take_while(|(_, row)| row != header) {
        sheet.told.push(RowFault::new(*line, "", "import-before"));
    }
    let header = understood(header, columns, needed)?;
    let last = rows.len().saturating_sub(1);
    for (at, (line, record)) in rows.iter().enumerate() {
        if at == last && is_total(record) {
            sheet.told.push(RowFault::new(*line, "", "import-total"));
        } else {
            sheet.row(&header, record, *line, mark);
        }
    }
    Ok(sheet)
}

impl Sheet {
    fn row(&mut self, header: &[Header], record: &StringRecord, line: u64, mark: u8) {
        let rest = record.iter().skip(header.len());
        let swallowed = |cell: &str| {
            let mut rest = cell.lines().skip(1);
            rest.any(|line| line.matches(char::from(mark)).count() >= header.len().div_ceil(2))
        };
        let fault = if record.iter().any(swallowed) {
            "import-quotes"
        } else if record.len() < header.len() || rest.into_iter().any(|cell| !cell.is_empty()) {
            "import-cells"
        } else {
            ""
        };
        if !fault.is_empty() {
            self.refused.push(RowFault::new(line, "", fault));
            return;
        }
        let mut row = SheetRow {
            line,
            faults: Vec::new(),
            cells: Vec::new(),
        };
        let mut wrong = Vec::new();
        for (at, (header, raw)) in header.iter().zip(record).enumerate() {
            let raw = plain_cell(raw);
            let Some(column) = header.column else {
                if !raw.is_empty() {
                    let mut fault = RowFault::new(line, "", "import-no-header");
                    fault.header = letters(at);
                    row.faults.push(fault);
                }
                continue;
            };
            let value = match raw {
                "" => Ok(None),
                raw => (column.read)(raw).map(Some),
            };
            wrong.extend(value.as_ref().err().map(|key| (column.name, *key)));
            row.cells.push(Cell {
                column,
                header: header.name.clone(),
                raw: raw.to_owned(),
                value: value.unwrap_or_default(),
            });
        }
        let wrong = wrong.into_iter().map(|(field, key)| row.fault(field, key));
        let wrong: Vec<_> = wrong.collect();
        row.faults.extend(wrong);
        self.rows.push(row);
    }
}

/// A column of the file; none where the header has nothing, as Excel writes columns that were
/// emptied.
struct Header {
    name: String,
    column: Option<&'static SheetColumn>,
}

fn understood(
    header: &StringRecord,
    columns: &'static [SheetColumn],
    needed: &[&'static str],
) -> Result<Vec<Header>, SheetError> {
    const LONGEST: usize = 40;
    let mut found: Vec<Header> = Vec::new();
    let mut unknown = Vec::new();
    for name in header {
        let column = named(columns, name);
        let name: String = name.chars().take(LONGEST).collect();
        if column.is_none() && !name.is_empty() {
            unknown.push(name.clone());
        }
        let same = |there: &Header| {
            let there = there.column.map(|column| column.name);
            there.is_some() && there == column.map(|column| column.name)
        };
        if found.iter().any(same) {
            return Err(SheetError::Twice(name));
        }
        found.push(Header { name, column });
    }
    if !unknown.is_empty() {
        let known = columns.iter().map(|column| column.name).collect();
        return Err(SheetError::Columns { unknown, known });
    }
    let there = |name: &&&'static str| {
        let mut all = found.iter().filter_map(|header| header.column);
        !all.any(|column| column.name == **name)
    };
    let missing: Vec<_> = needed.iter().filter(there).copied().collect();
    if !missing.is_empty() {
        return Err(SheetError::Missing(missing));
    }
    Ok(found)
}

fn named(columns: &'static [SheetColumn], name: &str) -> Option<&'static SheetColumn> {
    let name = folded(name);
    let is =
        |column: &&SheetColumn| folded(column.name) == name || column.also.contains(&name.as_str());
    columns.iter().find(is)
}

/// Whether a row says how many there are, as the last one of a report does.
fn is_total(record: &StringRecord) -> bool {
    let said: Vec<_> = record.iter().filter(|cell| !cell.is_empty()).collect();
    let first = said.first().map(|cell| folded(cell)).unwrap_or_default();
    let total = ["totale", "totali", "total", "somma"];
    total.iter().any(|word| first.starts_with(word)) && said.len() <= 3
}

/// The name that a spreadsheet gives a column, counted from 0.
fn letters(at: usize) -> String {
    let letter = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    match at / 26 {
        0 => letter(at).to_string(),
        more => format!("{}{}", letters(more - 1), letter(at)),
    }
}
