//! From Markdown to a [`Catalogue`]: a compiler that never fails, but returns a value and
//! complaints.
//!
//! Reading order: a [`source::Source`] is a folder read into memory; [`document`] parses one file;
//! [`module`], [`lesson`] and [`question`] are what the parts become; [`rules`] check across
//! files, on [`outline`]s where the whole course is looked at, and against the [`lock`] of the ids
//! ever published; [`regions`] and [`regional`] put in what differs by region; [`compiler`] does all of it and keeps what has not changed; [`catalogue`] is the
//! result, and [`report`] shows what was wrong.
//! Nothing here knows of the web, the database or the clock: the day is an argument.

pub mod source;
pub mod message;
pub mod touches;
pub mod diagnostic;
pub mod report;
mod complaints;
pub mod question;
mod numbers;
mod answers;
mod shuffle;
pub mod grade;
pub mod html;
pub mod lesson;
pub mod paper;
pub mod module;
pub mod teaching;
mod svg;
mod image;
pub mod catalogue;
pub mod document;
pub mod plain_language;
mod glossary;
pub mod link;
mod regions;
mod regional;
mod markdown;
mod asks;
mod front_matter;
mod toml_file;
mod toml_text;
mod toml_mistakes;
mod questions;
mod parse;
pub mod outline;
pub mod lock;
pub mod rules;
mod links;
mod assemble;
mod paths;
pub mod words;
mod compile_module;
pub mod left_out;
mod build;
pub mod compiler;
mod in_memory;

pub use catalogue::Catalogue;
pub use compiler::{Build, Changed, Compiler, Section};
pub use diagnostic::{Diagnostic, Severity};
pub use in_memory::{compile, compile_everywhere};
pub use source::Source;
pub use words::Words;

/// The first 64 bits of SHA-256, in hexadecimal: to tell versions apart, not to keep secrets.
fn short_hash(bytes: &[u8]) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    let hex = digest.as_ref().iter().take(8);
    hex.map(|byte| format!("{byte:02x}")).collect()
}
