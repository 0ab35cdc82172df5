//! Where a SQLite database is, and whether it is still there.
//!
//! SQLite keeps its files open: when somebody moves or deletes one, it goes on writing into a file
//! that nobody will ever open again. So the files are looked up by their names, and compared.

use std::fs::{self, File, Metadata};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::files::with_companions;

/// What is written to see whether there is room, in bytes.
const ROOM: usize = 256 * 1024;

/// What happened to the files of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    /// The database itself is not where it was, or another file is.
    Database,
    /// Its write-ahead log or the index of that is not: what is committed may be in it alone.
    Log,
}

/// The files of one database: itself, its write-ahead log, and the index of that.
#[derive(Debug)]
pub(super) struct DatabaseFiles {
    files: [PathBuf; 3],
    /// The files that are open; `None` for one that has not been seen yet.
    open: Mutex<[Option<FileId>; 3]>,
}

/// A file, whatever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FileId(u64, u64);

impl DatabaseFiles {
    pub(super) fn new(path: &Path) -> Self {
        // SQLite puts the log beside the file that a link leads to.
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let [_, log, index] = with_companions(&real);
        let files = [path.to_owned(), log, index];
        Self {
            files,
            open: Mutex::default(),
        }
    }

    /// Whether the files that are open are those that their names lead to. The first time they are
    /// taken to be: it is asked as soon as they are open, since a program that ends at this moment
    /// takes its log away until somebody else has it open.
    pub(super) fn check(&self) -> Result<(), Lost> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        for (at, file) in self.files.iter().enumerate() {
            let now = id(file);
            match open[at] {
                Some(known) if now == Some(known) => {}
                Some(_) if at == 0 => return Err(Lost::Database),
                Some(_) => return Err(Lost::Log),
                None => open[at] = now,
            }
        }
        Ok(())
    }

    /// Whether a quarter of a megabyte can be written where the database is. It is in a file that
    /// is gone at once: a full disk, or a used-up quota, says so even while the database still
    /// has room inside its own files.
    pub(super) fn has_room(&self) -> bool {
        let mut name = self.files[0].clone().into_os_string();
        name.push(".room");
        let path = PathBuf::from(name);
        let written = File::create(&path).and_then(|mut file| file.write_all(&[0; ROOM]));
        // It may not have been made.
        let _ = fs::remove_file(&path);
        !written.is_err_and(|error| {
            matches!(
                error.kind(),
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge
            )
        })
    }
}

fn id(path: &Path) -> Option<FileId> {
    fs::metadata(path).ok().map(|found| of(&found))
}

#[cfg(unix)]
fn of(found: &Metadata) -> FileId {
    use std::os::unix::fs::MetadataExt as _;
    FileId(found.dev(), found.ino())
}

/// Elsewhere only that there is a file is known: an open one cannot be moved there.
#[cfg(not(unix))]
fn of(_: &Metadata) -> FileId {
    FileId(0, 0)
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;

    #[test]
    fn a_file_that_was_moved_or_replaced_is_missed_until_it_is_back() {
        let folder = tempfile::tempdir().unwrap();
        let [path, log] = ["a.db", "a.db-wal"].map(|name| folder.path().join(name));
        fs::write(&path, "x").unwrap();
        let place = DatabaseFiles::new(&path);
        assert_eq!(place.check(), Ok(()));
        // The log is made later, and is known from then on.
        fs::write(&log, "x").unwrap();
        assert_eq!(place.check(), Ok(()));
        fs::remove_file(&log).unwrap();
        assert_eq!(place.check(), Err(Lost::Log));
        fs::write(&log, "x").unwrap();
        let elsewhere = folder.path().join("b.db");
        fs::rename(&path, &elsewhere).unwrap();
        assert_eq!(place.check(), Err(Lost::Database));
        fs::write(&path, "x").unwrap();
        assert_eq!(place.check(), Err(Lost::Database), "another file");
        fs::rename(&elsewhere, &path).unwrap();
        assert_ne!(place.check(), Err(Lost::Database));
        assert!(place.has_room());
        assert!(!folder.path().join("a.db.room").exists());
    }
}
