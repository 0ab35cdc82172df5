//! Keeping an installation: its keys, its schema, its copies, and what is cleared.

mod keys;
mod back;
mod steps;
mod fixtures;
mod copies;
mod mending;
mod clearing;
mod week;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use autonomia::db::Db;
use sea_orm::{ConnectionTrait, Statement};

/// The folder of an installation, and the program in it.
pub(super) struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    pub(super) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a command with this folder's keys.
    pub(super) fn run(&self, database: &str, args: &[&str]) -> Ran {
        self.run_with(database, args, &[])
    }

    pub(super) fn run_with(&self, database: &str, args: &[&str], env: &[(&str, &str)]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_autonomia"))
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .env("AUTONOMIA_DATABASE", database)
            .env("AUTONOMIA_KEYS", self.path("keys.toml"))
            .env(
                "AUTONOMIA_CONTENT",
                concat!(env!("CARGO_MANIFEST_DIR"), "/content"),
            )
            .envs(env.iter().copied())
            .output()
            .unwrap();
        Ran(output)
    }
}

/// A command that has ended.
pub(super) struct Ran(Output);

impl Ran {
    pub(super) fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    pub(super) fn error(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    /// What it printed, where it exited so.
    pub(super) fn exits(self, code: i32) -> String {
        let (out, error) = (self.out(), self.error());
        assert_eq!(self.0.status.code(), Some(code), "{out}\n{error}");
        if code == 2 { error } else { out }
    }
}

/// How many rows there are of something.
pub(super) async fn count(db: &Db, what: &str) -> i64 {
    let backend = db.read().get_database_backend();
    let statement = Statement::from_string(backend, format!("SELECT COUNT(*) AS n FROM {what}"));
    let row = db.read().query_one_raw(statement).await.unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

/// What others than the owner may do with a file.
#[cfg(unix)]
pub(super) fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}
