//! The program as a process of its own.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::database::TestDb;

/// A server in a process of its own, which can be killed.
pub(crate) struct Process {
    child: Child,
    pub(crate) first_line: String,
}

impl Process {
    pub(crate) fn start(arguments: &[&str], db: &TestDb, keys: &Path) -> Self {
        Self::start_at(arguments, db.url(), keys)
    }

    pub(crate) fn start_at(arguments: &[&str], database: &str, keys: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_autonomia"))
            .args(arguments)
            .args(["--listen", "127.0.0.1:0", "--database", database, "--keys"])
            .arg(keys)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first_line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut first_line)
            .unwrap();
        Self {
            child,
            first_line: first_line.trim().to_owned(),
        }
    }

    /// SIGKILL: nothing of the process runs after it.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
