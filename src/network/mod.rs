//! The network: programmes, points, the ledger of services, totals.
pub mod counting;
