//! The citizen records: registering, finding, reading, correcting.
//!
//! Reading order: [`vault`] hides what must not lie about in the clear; [`record`] is a person's
//! record and what may be written in it, and [`lacking`] what it lacks; [`name_question`] asks whether
//! its code is theirs; [`consent`] is what they were told and agreed to;
//! [`follow`] which points follow them, and what each sees; [`bring`] has another point follow them;
//! [`known`] says whose a code is, as far as one may be told, and `written` how often a day;
//! [`register`] writes a record; [`find`] looks for it; [`import`] reads many from a file, whose
//! columns are in [`columns`]; [`merge`] makes two records one; [`erased`] is what is left of a
//! record that was erased, [`correction`] what somebody asks to have corrected. What a record means
//! for the network's count is not decided here.

pub mod vault;
pub mod audit_hash;
pub mod key_mark;
pub mod record;
pub mod lacking;
pub mod name_question;
pub mod consent;
pub mod follow;
pub mod bring;
mod written;
pub mod known;
pub mod register;
pub(crate) mod near;
pub mod find;
pub mod columns;
pub mod import;
pub mod merge;
pub mod erased;
pub mod correction;

pub use record::{Citizen, Details};
pub use register::RecordError;
pub use vault::Vault;
