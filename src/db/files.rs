//! The files of a SQLite database: who may read them. What is in them is for the owner only.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The path in a `sqlite:` address.
pub(super) fn sqlite_path(url: &str) -> Option<&str> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    Some(path.split('?').next().unwrap_or(path))
}

/// The file of a SQLite database; `None` for an address of a server.
#[must_use]
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    sqlite_path(url).map(PathBuf::from)
}

/// The database's file and those that SQLite keeps beside it.
#[must_use]
pub fn with_companions(file: &Path) -> [PathBuf; 3] {
    let beside = |end: &str| {
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    };
    [file.to_owned(), beside("-wal"), beside("-shm")]
}

/// Keeps others from reading the files of a database.
pub(super) fn tighten_all(file: &Path) {
    let own = fs::metadata(file).is_ok_and(|about| !about.permissions().readonly());
    for (at, file) in with_companions(file).into_iter().enumerate() {
        // What SQLite left beside a file that could only be read for a while keeps its permissions.
        let least = if own && at > 0 { 0o600 } else { 0 };
        if let Err(error) = tighten(&file, least) {
            let shown = file.display();
            tracing::warn!("others may read {shown}, and that cannot be changed: {error}");
        }
    }
}

/// Makes the folder of a file, for the owner alone. One that is there is left as it is: it may hold
/// other things.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder_of(file: &Path) -> io::Result<()> {
    let Some(folder) = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    else {
        return Ok(());
    };
    private_folders().recursive(true).create(folder)
}

/// A new folder that only its owner enters.
///
/// # Errors
/// When it is there already, or cannot be made.
pub fn private_folder(path: &Path) -> io::Result<()> {
    private_folders().create(path)
}

fn private_folders() -> fs::DirBuilder {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has a mode to set"))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder
}

/// A new file that only its owner reads.
///
/// # Errors
/// When it is there already, or cannot be made.
pub fn private_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// Takes the permissions of group and others away from a file of ours, and gives its owner the
/// `least`; nothing where there is none.
fn tighten(path: &Path, least: u32) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let now = match fs::metadata(path) {
            Ok(about) => about.permissions().mode() & 0o777,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let wanted = (now & 0o700) | least;
        if wanted != now {
            fs::set_permissions(path, fs::Permissions::from_mode(wanted))?;
        }
    }
    Ok(())
}

/// Whether others may list a folder that holds our files.
#[must_use]
pub fn is_open_folder(file: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let Some(folder) = file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        else {
            return false;
        };
        fs::metadata(folder).is_ok_and(|about| about.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    false
}

/// Puts a folder's list of names on the disk, after a file in it was renamed.
///
/// # Errors
/// When the disk refuses.
pub fn sync_folder_of(file: &Path) -> io::Result<()> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
