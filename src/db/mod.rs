//! The database: connecting, migrating, and the one way to write.
//!
//! The URL chooses SQLite (`sqlite:data/autonomia.db`) or PostgreSQL (`postgres://…`); nothing
//! above this module can tell which. [`Db::read`] is for reading only, and the database refuses
//! writes through it; everything that changes goes through [`write()`].
//!
//! An error is a mistake of a statement, or says that the database cannot work now: [`is_unavailable`]
//! tells them apart. [`Db::health`] asks how it is.
//!
//! Instants are stored to the microsecond, in UTC ([`instant`]). SQLite keeps them as text whose
//! order is not that of time, so statements never compare or sort instants: they use days, or ids,
//! which are in the order they were made.

pub mod values;
pub mod entities;
pub mod audit;
pub mod installation;
pub mod staff;
pub mod files;
pub mod copy;
pub mod limit;
mod fault;
mod place;
mod options;
mod writer;
mod group;
mod connect;
mod schema;
mod serving;
mod write;
mod health;
mod sound;

pub use sea_orm::DbErr;

pub use connect::{Db, analyze, connect, connect_to_read};
pub use fault::{Fault, is_unavailable, unavailable};
pub use health::Ailment;
pub use installation::last_backup;
pub use schema::{Loss, SchemaAge, WayBack, migrate, migrate_down, schema_age, way_back};
pub use serving::{Serving, alone, serving};
pub use sound::{Unsound, check_file};
pub use write::{insert_new, write};

use sea_orm::sea_query::{Expr, Func, IntoColumnRef};
use time::{OffsetDateTime, UtcOffset};

/// An instant as the database keeps it: in UTC, whole microseconds.
#[must_use]
pub fn instant(at: OffsetDateTime) -> OffsetDateTime {
    let at = at.to_offset(UtcOffset::UTC);
    let micros = at.microsecond();
    at.replace_nanosecond(micros * 1_000).unwrap_or(at)
}

/// A column that no index is looked up for: where a planner without figures would begin with an index
/// whose value almost all rows share.
pub fn as_it_is(column: impl IntoColumnRef + Clone) -> Expr {
    let one = || Expr::col(column.clone());
    Expr::expr(Func::coalesce([one(), one()]))
}
