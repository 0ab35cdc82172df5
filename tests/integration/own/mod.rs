//! What is somebody's own: their data to read, take away, correct and erase; certificates; and how
//! long records are kept.

mod answers;
mod certificates;
mod columns;
mod correcting;
mod erasing;
mod retention;
pub(crate) mod whole;
