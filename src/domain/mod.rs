//! The words of the trade: values that cannot be wrong, without any input or output.
//!
//! Nothing here reads a clock, a file or a database, and nothing here knows how it is stored or
//! shown.

pub mod ids;
pub mod locale;
pub mod messages;
pub mod role;
pub mod score;
pub mod digcomp;
pub mod facilita;
pub mod age;
pub mod codice_fiscale;
pub mod name_letters;
pub mod calendar;
pub mod field;
pub mod text;
pub mod near;
pub mod consent;
pub mod import;
pub mod sheet;
pub mod province;
pub mod region;
pub mod progress;
pub mod device;
pub mod table;
pub mod void;
