//! `ids.lock`: every id ever published, so that none is lost or used again by mistake.
//!
//! One id a line, sorted, so that a change reads well in a diff:
//!
//! ```text
//! module spid live rev=3
//! lesson spid/che-cose-spid live
//! question spid/spid-scopo live key=90af… text=11c2…
//! question spid/spid-vecchia retired key=77b0… text=ab01…
//! path entrare-nei-servizi live
//! ```
//!
//! `autonomia lock` writes it; people read it, and never need to edit it.

mod update;

use std::collections::BTreeMap;
use std::fmt;

use super::message::{Message, say};
use super::outline::{Hashes, Outline};
use super::source::Span;

pub use update::{LockRefusal, updated};

/// What an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdKind {
    /// A module.
    Module,
    /// A lesson or a quiz file.
    Lesson,
    /// A question.
    Question,
    /// A learning path.
    Path,
}

/// An id with what it belongs to: `spid`, or `spid/spid-scopo`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LockedId {
    /// The id; for a lesson or a question `module/id`.
    pub name: String,
    /// What it names.
    pub kind: IdKind,
}

/// What is known of an id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LockEntry {
    /// Taken out of the course on purpose; never to return.
    pub retired: bool,
    /// The hashes of a question.
    pub hashes: Option<Hashes>,
    /// The revision of a module.
    pub rev: Option<i64>,
}

/// The ids ever published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lock {
    /// By id. An id and its kind are one key: a lesson and a question may share a name.
    pub ids: BTreeMap<LockedId, LockEntry>,
}

/// A line that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Its place in the text.
    pub span: Span,
    /// What is wrong with it.
    pub message: Message,
}

const HEAD: &str = "\
# Every id ever published, with its hashes. Written by `autonomia lock`: commit it with the course.
";

impl fmt::Display for IdKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Module => "module",
            Self::Lesson => "lesson",
            Self::Question => "question",
            Self::Path => "path",
        })
    }
}

impl fmt::Display for LockedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.name)
    }
}

impl LockedId {
    /// A sentence about this id, which differs by what it names.
    #[must_use]
    pub fn message(&self, key: &'static str) -> Message {
        let kind = self.kind.to_string();
        say(key).with("kind", kind).with("name", &self.name)
    }

    /// An id of its own, or `module/id`.
    #[must_use]
    pub fn new(kind: IdKind, module: Option<&str>, id: &str) -> Self {
        let name = match module {
            Some(module) => format!("{module}/{id}"),
            None => id.to_owned(),
        };
        Self { name, kind }
    }
}

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEAD)?;
        for (id, entry) in &self.ids {
            let state = if entry.retired { "retired" } else { "live" };
            write!(f, "{id} {state}")?;
            if let Some(rev) = entry.rev {
                write!(f, " rev={rev}")?;
            }
            if let Some(hashes) = &entry.hashes {
                write!(f, " key={} text={}", hashes.key, hashes.text)?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

impl Lock {
    /// Reads a file. Lines that cannot be read are told and left out.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<BadLine>) {
        let mut lock = Self::default();
        let mut bad = Vec::new();
        for (span, line) in lines(text) {
            match line {
                Ok((id, _)) if lock.ids.contains_key(&id) => bad.push(BadLine {
                    span,
                    message: say("lock-twice"),
                }),
                Ok((id, entry)) => {
                    lock.ids.insert(id, entry);
                }
                Err(message) => bad.push(BadLine { span, message }),
            }
        }
        (lock, bad)
    }

    /// The ids of the sources, all live.
    pub fn of<'a>(
        outlines: impl IntoIterator<Item = &'a Outline>,
        paths: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut lock = Self::default();
        for outline in outlines {
            let Some(module) = &outline.id else { continue };
            let entry = LockEntry {
                rev: outline.rev.as_ref().map(|rev| rev.value),
                ..LockEntry::default()
            };
            let id = LockedId::new(IdKind::Module, None, &module.value);
            lock.ids.insert(id, entry);
            for inner in &outline.ids {
                let kind = match inner.hashes {
                    Some(_) => IdKind::Question,
                    None => IdKind::Lesson,
                };
                let entry = LockEntry {
                    hashes: inner.hashes.clone(),
                    ..LockEntry::default()
                };
                let id = LockedId::new(kind, Some(&module.value), &inner.id.value);
                lock.ids.insert(id, entry);
            }
        }
        for path in paths {
            let id = LockedId::new(IdKind::Path, None, path);
            lock.ids.insert(id, LockEntry::default());
        }
        lock
    }
}

/// The lines that say something, each with its place, read or with what is wrong.
pub(super) fn lines(
    text: &str,
) -> impl Iterator<Item = (Span, Result<(LockedId, LockEntry), Message>)> {
    let mut end = 0;
    text.split_inclusive('\n').filter_map(move |whole| {
        let start = end;
        end += whole.len();
        let line = whole.trim_end();
        let silent = line.is_empty() || line.starts_with('#');
        (!silent).then(|| (start..start + line.len(), parse_line(line)))
    })
}

fn parse_line(line: &str) -> Result<(LockedId, LockEntry), Message> {
    let mut words = line.split_whitespace();
    let kind = match words.next() {
        Some("module") => IdKind::Module,
        Some("lesson") => IdKind::Lesson,
        Some("question") => IdKind::Question,
        Some("path") => IdKind::Path,
        _ => return Err(say("lock-kind")),
    };
    let name = words.next().ok_or_else(|| say("lock-id"))?.to_owned();
    let mut entry = LockEntry {
        retired: match words.next() {
            Some("live") => false,
            Some("retired") => true,
            _ => return Err(say("lock-state")),
        },
        ..LockEntry::default()
    };
    let (mut key, mut text) = (None, None);
    for word in words {
        match word.split_once('=') {
            Some(("rev", rev)) => {
                entry.rev = Some(rev.parse().map_err(|_| say("lock-rev"))?);
            }
            Some(("key", hash)) => key = Some(hash.to_owned()),
            Some(("text", hash)) => text = Some(hash.to_owned()),
            _ => return Err(say("lock-rest")),
        }
    }
    match (kind, key, text) {
        (IdKind::Question, Some(key), Some(text)) => entry.hashes = Some(Hashes { key, text }),
        (IdKind::Question, _, _) => return Err(say("lock-hashes")),
        (_, None, None) => {}
        (_, _, _) => return Err(say("lock-no-hashes")),
    }
    Ok((LockedId { name, kind }, entry))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "module spid live rev=3\n\
        lesson spid/uno live\n\
        question spid/due retired key=0a text=0b\n";

    #[test]
    fn what_is_written_is_read_back() {
        let (lock, bad) = Lock::parse(TEXT);
        assert_eq!(bad, []);
        assert_eq!(lock.ids.len(), 3);
        assert_eq!(Lock::parse(&lock.to_string()), (lock, vec![]));
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named_and_the_others_count() {
        for bad_line in [
            "nonsense",
            "module",
            "module spid",
            "module spid dead",
            "module spid live rev=x",
            "module spid live key=1 text=2",
            "question spid/q live",
            "lesson spid/uno live",
            "lesson spid/uno live because",
        ] {
            let (lock, bad) = Lock::parse(&format!("{TEXT}{bad_line}\r\n"));
            assert_eq!(lock.ids.len(), 3, "{bad_line}");
            assert_eq!(bad.len(), 1, "{bad_line}");
            assert_eq!(bad[0].span, TEXT.len()..TEXT.len() + bad_line.len());
        }
    }
}
