//! What is somebody's own: their data to read, take away, correct and erase; certificates; and how
//! long records are kept.

mod answers;
mod certificates;
mod columns;
mod correcting;
mod download;
mod erasing;
mod others;
mod retention;
pub(crate) mod whole;
