//! The network: programmes, points, the ledger of services, totals.
//!
//! Reading order: a [`programme`] says what counts and what is to be reached; a [`point`] belongs
//! to one; a [`service`] is an entry of the ledger; [`counting`] turns a completion into one;
//! [`reached`] keeps each citizen counted once; [`tally`] keeps the sums beside the ledger;
//! [`totals`] reads them and [`verify`] recounts; [`hidden`] says which of them nobody may see, and
//! [`public`] and [`open_data`] what everybody may. Nothing here knows what was learned, only that
//! it was.

pub mod programme;
pub mod point;
pub mod tally;
pub mod reached;
pub mod service;
pub mod counting;
mod judge;
mod span;
mod sums;
pub mod totals;
pub mod verify;
pub mod projection;
pub mod hidden;
mod shown;
pub mod public;
pub mod anonymous;
pub mod open_data;
pub mod overview;
pub mod sample;
pub mod report;
