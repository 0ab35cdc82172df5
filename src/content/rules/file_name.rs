//! A Markdown file whose name says neither what it is nor where it stands.
//!
//! Lessons are read in the order of the two figures their names begin with. A file that does not
//! follow the pattern would be left out without a word. So would a text with another ending: of
//! those there is a warning, since they may be somebody's notes.
//!
//! Wrong:
//!
//! ```text
//! spid/1-Cos'è SPID.md
//! spid/01-che-cose-spid.english.md
//! ```
//!
//! Right:
//!
//! ```text
//! spid/module.md
//! spid/01-che-cose-spid.md
//! spid/01-che-cose-spid.en.md
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "file-name",
    severity: Severity::Error,
    page: include_str!("file_name.rs"),
};
