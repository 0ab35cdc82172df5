//! The citizen records: registering, finding, reading, correcting.
//!
//! Reading order: [`vault`] hides what must not lie about in the clear; [`record`] is a person's
//! record and what may be written in it; [`register`] writes it; [`find`] looks for it. What a
//! record means for the network's count is not decided here.

pub mod vault;
pub mod record;
pub mod register;
pub mod find;

pub use record::{Citizen, Details};
pub use register::RecordError;
pub use vault::Vault;
