//! The network: programmes, points, the ledger of services, totals.
//!
//! Reading order: a [`programme`] says what counts and what is to be reached; a [`point`] belongs
//! to one, and the [`directory`] says where it is; a [`service`] is an entry of the ledger, for a
//! [`need`] and with an [`attendance`]; the [`ledger`] is read and [imported](import) into;
//! [`counting`] turns a completion into a service; [`reached`] keeps each citizen counted once, and
//! [`revise`] counts again after a change of the rules; [`tally`] keeps the sums beside the ledger;
//! [`totals`] reads them and [`verify`] recounts. Nothing here knows what was learned, only that it
//! was.
//! to one; a [`service`] is an entry of the ledger; [`counting`] turns a completion into one;
//! [`reached`] keeps each citizen counted once; [`tally`] keeps the sums beside the ledger;
//! [`totals`] reads them and [`verify`] recounts; [`hidden`] says which of them nobody may see, and
//! [`public`] and [`open_data`] what everybody may. Nothing here knows what was learned, only that
//! it was.

pub mod programme;
pub mod point;
pub mod place;
pub mod directory;
pub mod tally;
pub mod reached;
mod persons;
pub mod service;
mod told;
pub mod facilita;
pub mod erasure;
pub mod correction;
pub mod need;
pub mod attendance;
pub mod ledger;
pub mod evidence;
pub mod usual;
pub mod import;
pub mod revise;
pub mod counting;
mod judge;
mod span;
mod sums;
pub mod totals;
mod difference;
pub mod verify;
pub mod rebuild;
pub mod projection;
pub mod hidden;
mod shown;
pub mod public;
pub mod anonymous;
pub mod open_data;
pub mod standing;
pub mod overview;
pub mod report;
