//! A course folder, read into memory.

use std::ops::Range;
use std::sync::Arc;

/// A file of a course folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path from the course folder, with `/`: `spid/01-che-cosa-e.md`.
    pub path: String,
    /// The text, without a byte-order mark.
    pub text: Arc<str>,
}

/// A place in a file, in bytes of its text.
pub type Span = Range<usize>;
