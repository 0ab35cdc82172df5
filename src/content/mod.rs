//! From Markdown to a [`Catalogue`]: a compiler that never fails, but returns a value and
//! complaints.
//!
//! Reading order: a [`source::Source`] is a folder read into memory; [`document`] parses one file;
//! [`module`], [`lesson`] and [`question`] are what the parts become; [`rules`] check across
//! files; [`compiler`] does all of it and keeps what has not changed; [`catalogue`] is the result.
//! Nothing here knows of the web, the database or the clock: the day is an argument.

pub mod source;
pub mod diagnostic;
pub mod report;
pub mod question;
mod answers;
mod shuffle;
pub mod grade;
pub mod lesson;
pub mod module;
pub mod catalogue;
pub mod document;
pub mod plain_language;
mod glossary;
pub mod link;
pub mod outline;
pub mod lock;
pub mod rules;
pub mod compiler;

pub use catalogue::Catalogue;
pub use diagnostic::{Diagnostic, Severity};
