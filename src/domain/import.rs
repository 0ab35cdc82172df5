//! What an import did, and which rows it refused.

/// A row that was refused, or of which something is to be known: where it is, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowFault {
    /// Row of the table as a spreadsheet counts them, the first being 1.
    pub line: u64,
    /// The field; empty where the whole row is at fault.
    pub field: String,
    /// The column as its header names it; empty where it has none.
    pub header: String,
    /// What was read there; empty where it could be a name or a code.
    pub read: String,
    /// The message's key.
    pub key: &'static str,
}

impl RowFault {
    /// A row and a field, without what was read there.
    #[must_use]
    pub fn new(line: u64, field: &str, key: &'static str) -> Self {
        Self {
            line,
            field: field.to_owned(),
            key,
            ..Self::default()
        }
    }
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rows that were new.
    pub added: usize,
    /// Rows that changed what was there.
    pub updated: usize,
    /// Rows that said what was there already.
    pub unchanged: usize,
    /// Rows that were refused, every fault of each.
    pub refused: Vec<RowFault>,
    /// What the reader made of the file where it could have meant something else.
    pub told: Vec<RowFault>,
    /// Whether anything was written: not in a trial, nor where one refused row refuses all.
    pub kept: bool,
}

impl Imported {
    /// Puts the faults in the order of the file.
    pub fn sort(&mut self) {
        self.refused
            .sort_by(|a, b| (a.line, &a.field).cmp(&(b.line, &b.field)));
    }
}

/// How an import is done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Manner {
    /// Only say what would happen.
    pub trial: bool,
    /// One refused row refuses all; otherwise the good rows are kept.
    pub strict: bool,
    /// Whoever runs the installation moves a point's own list: what one facilitator may bring in a
    /// day does not bind it.
    pub unbounded: bool,
}
