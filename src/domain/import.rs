//! What an import did, and which rows it refused.

/// A row that was refused: where it is, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// Line of the file, the header being the first.
    pub line: u64,
    /// The column, as the header names it; empty where the whole row is at fault.
    pub field: String,
    /// The message's key.
    pub key: &'static str,
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
    /// Whether anything was written: not in a trial, nor where one refused row refuses all.
    pub kept: bool,
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
