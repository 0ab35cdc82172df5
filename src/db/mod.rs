//! The database: connecting, migrating, and the one way to write.
//!
//! The URL chooses SQLite (`sqlite:data/autonomia.db`) or PostgreSQL (`postgres://…`); nothing
//! above this module can tell which. [`Db::read`] is for reading only, and the database refuses
//! writes through it; everything that changes goes through [`write()`].
//!
//! Instants are stored to the microsecond, in UTC ([`instant`]). SQLite keeps them as text whose
//! order is not that of time, so statements never compare or sort instants: they use days, or ids,
//! which are in the order they were made.

pub mod values;
pub mod entities;
pub mod audit;
pub mod installation;
pub mod files;
pub mod copy;
mod connect;
mod schema;
mod serving;
mod group;
mod write;

pub use sea_orm::DbErr;

pub use connect::{Db, analyze, connect, connect_to_read};
pub use installation::last_backup;
pub use schema::{Loss, SchemaAge, WayBack, migrate, migrate_down, schema_age, way_back};
pub use serving::{Serving, alone, serving};
pub use write::{insert_new, write};

use time::{OffsetDateTime, UtcOffset};

/// An instant as the database keeps it: in UTC, whole microseconds.
#[must_use]
pub fn instant(at: OffsetDateTime) -> OffsetDateTime {
    let at = at.to_offset(UtcOffset::UTC);
    let micros = at.microsecond();
    at.replace_nanosecond(micros * 1_000).unwrap_or(at)
}
