//! From Markdown to a [`Catalogue`]: a compiler that never fails, but returns a value and
//! complaints.
//!
//! Reading order: a [`source::Source`] is a folder read into memory; [`document`] parses one file;
//! [`module`], [`lesson`] and [`question`] are what the parts become; [`rules`] check across
//! files, on [`outline`]s where the whole course is looked at, and against the [`lock`] of the ids
//! ever published; [`compiler`] does all of it and keeps what has not changed; [`catalogue`] is the
//! result, and [`report`] shows what was wrong.
//! Nothing here knows of the web, the database or the clock: the day is an argument.

pub mod source;
pub mod diagnostic;
pub mod report;
mod complaints;
pub mod question;
mod answers;
mod shuffle;
pub mod grade;
pub mod lesson;
pub mod paper;
pub mod module;
mod svg;
mod image;
pub mod catalogue;
pub mod document;
pub mod plain_language;
mod glossary;
pub mod link;
mod markdown;
mod front_matter;
mod questions;
mod parse;
pub mod outline;
pub mod lock;
pub mod rules;
mod links;
mod assemble;
mod paths;
mod compile_module;
pub mod compiler;

pub use catalogue::Catalogue;
pub use compiler::{Build, Changed, Compiler, Section, compile};
pub use diagnostic::{Diagnostic, Severity};
pub use source::Source;

/// The first 64 bits of SHA-256, in hexadecimal: to tell versions apart, not to keep secrets.
fn short_hash(bytes: &[u8]) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    let hex = digest.as_ref().iter().take(8);
    hex.map(|byte| format!("{byte:02x}")).collect()
}
