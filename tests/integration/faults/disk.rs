//! A small disk of a test's own, to fill up.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file system of a few megabytes, unmounted when it is dropped.
///
/// Mounting takes root. Whoever is not gives the folder of a small file system in
/// `AUTONOMIA_SMALL_DISK`, such as one of `mount -t tmpfs -o size=96m tmpfs /mnt/small`.
pub(crate) struct Disk {
    folder: PathBuf,
    mounted: Option<tempfile::TempDir>,
}

impl Disk {
    pub(crate) fn new(megabytes: u32) -> Self {
        if let Some(given) = std::env::var_os("AUTONOMIA_SMALL_DISK") {
            let folder = PathBuf::from(given).join(uuid::Uuid::now_v7().to_string());
            fs::create_dir(&folder).unwrap();
            return Self {
                folder,
                mounted: None,
            };
        }
        let mounted = tempfile::tempdir().unwrap();
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "tmpfs"])
            .arg(mounted.path())
            .output()
            .unwrap();
        assert!(
            done.status.success(),
            "a small disk cannot be mounted: {} Run this as root, or name the folder of a small \
             file system in AUTONOMIA_SMALL_DISK",
            String::from_utf8_lossy(&done.stderr)
        );
        Self {
            folder: mounted.path().to_owned(),
            mounted: Some(mounted),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.folder
    }

    /// Takes all the room there is, to the last byte.
    pub(crate) fn fill(&self) {
        let mut file = File::options()
            .create(true)
            .append(true)
            .open(self.filler())
            .unwrap();
        for size in [1 << 20, 1 << 12, 1 << 8, 1] {
            let piece = vec![1; size];
            loop {
                match file.write(&piece) {
                    Ok(0) => break,
                    Ok(_) => {}
                    Err(error) if error.kind() == ErrorKind::StorageFull => break,
                    Err(error) => panic!("{error}"),
                }
            }
        }
    }

    /// Gives the room back.
    pub(crate) fn free(&self) {
        fs::remove_file(self.filler()).unwrap();
    }

    fn filler(&self) -> PathBuf {
        self.folder.join("filler")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        match &self.mounted {
            // Lazily: a process that was killed a moment ago may still hold it.
            Some(folder) => {
                let _ = Command::new("umount").arg("-l").arg(folder.path()).status();
            }
            None => {
                let _ = fs::remove_dir_all(&self.folder);
            }
        }
    }
}
