//! A folder that goes away with the demo, also with one that was killed.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, bail};
use uuid::Uuid;

use crate::db::files;

const NAME: &str = "autonomia-demo-";
/// In the folder, locked by the demo that uses it: the system lets go of it when the process ends,
/// however it ends.
const LOCK: &str = "in-use";
/// A folder without such a file is of a demo that begins, or was left by one long ago.
const LONG_AGO: Duration = Duration::from_secs(24 * 60 * 60);

/// A folder for what is thrown away.
pub(super) struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Makes one, and clears those of demos that were killed.
    pub(super) fn new() -> anyhow::Result<Self> {
        Self::new_in(&std::env::temp_dir())
    }

    fn new_in(place: &Path) -> anyhow::Result<Self> {
        clear_abandoned(place);
        // Another demo that clears may take a folder before it is locked: once, not for ever.
        for _ in 0..10 {
            let path = place.join(format!("{NAME}{}", Uuid::new_v4()));
            files::private_folder(&path)
                .with_context(|| format!("cannot make {}", path.display()))?;
            let lock = File::create(path.join(LOCK));
            if let Ok(lock) = lock
                && lock.try_lock().is_ok()
                && path.join(LOCK).exists()
            {
                return Ok(Self { path, _lock: lock });
            }
            remove(&path);
        }
        bail!("cannot keep a folder in {}", place.display())
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

/// SQLite's threads may still be closing their files. What is left after some tries is cleared by
/// the next demo.
fn remove(path: &Path) {
    for _ in 0..10 {
        match fs::remove_dir_all(path) {
            Ok(()) => return,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
            Err(_) => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}

fn clear_abandoned(place: &Path) {
    let Ok(found) = fs::read_dir(place) else {
        return;
    };
    for entry in found.flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(NAME);
        // Of a link only the link would be looked at.
        let folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if ours && folder && abandoned(&entry.path()) {
            // Another user's stays: it cannot be removed.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn abandoned(path: &Path) -> bool {
    match File::open(path.join(LOCK)) {
        Ok(lock) => !matches!(lock.try_lock(), Err(TryLockError::WouldBlock)),
        Err(_) => {
            let changed = fs::metadata(path).and_then(|meta| meta.modified());
            let age = changed.map(|at| SystemTime::now().duration_since(at));
            age.is_ok_and(|age| age.is_ok_and(|age| age > LONG_AGO))
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;

    #[test]
    fn a_folder_goes_away_and_takes_those_that_were_abandoned_with_it() {
        let place = tempfile::tempdir().unwrap();
        let left = place.path().join("autonomia-demo-killed");
        fs::create_dir(&left).unwrap();
        fs::write(left.join(LOCK), "").unwrap();
        fs::write(left.join("demo.db"), "x").unwrap();
        let other = place.path().join("somebody-elses");
        fs::create_dir(&other).unwrap();
        let first = Folder::new_in(place.path()).unwrap();
        assert!(!left.exists() && other.exists());
        let second = Folder::new_in(place.path()).unwrap();
        assert!(first.path().exists(), "it is in use");
        assert!(!files::is_open_folder(&first.path().join("demo.db")));
        drop((first, second));
        let names: Vec<_> = fs::read_dir(place.path()).unwrap().flatten().collect();
        assert_eq!(names.len(), 1);
    }
}
