//! The program as a process of its own.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;

use crate::database::TestDb;

/// A server in a process of its own, which can be killed.
pub(crate) struct Process {
    child: Child,
    /// What it says on standard error: printed only where the test fails.
    said: Option<JoinHandle<String>>,
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
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut errors = child.stderr.take().unwrap();
        let said = std::thread::spawn(move || {
            let mut said = Vec::new();
            // A process that was killed has said what it has said.
            let _ = errors.read_to_end(&mut said);
            String::from_utf8_lossy(&said).into_owned()
        });
        let mut first_line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut first_line)
            .unwrap();
        Self {
            child,
            said: Some(said),
            first_line: first_line.trim().to_owned(),
        }
    }

    /// The process's number.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it, and tells what it said on standard error.
    pub(crate) fn said(mut self) -> String {
        self.kill();
        let said = self.said.take();
        said.map_or_else(String::new, |said| said.join().unwrap())
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
        let said = self.said.take().and_then(|said| said.join().ok());
        if std::thread::panicking() {
            eprintln!("the process said:\n{}", said.unwrap_or_default());
        }
    }
}
