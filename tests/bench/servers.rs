//! The servers that are put under load, each a process of its own.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use crate::http::{Client, Request};
use crate::measure::memory;

/// A server on a free port of this machine; it is gone when this is dropped.
pub(crate) struct Server {
    pub(crate) port: u16,
    child: Child,
    /// Kept open, or the server's next line would break its pipe.
    _said: BufReader<ChildStdout>,
}

impl Server {
    /// The program itself, with these courses.
    pub(crate) fn autonomia(courses: &Path, database: &str, keys: &Path) -> Self {
        Self::of(
            Path::new(env!("CARGO_BIN_EXE_autonomia")),
            courses,
            database,
            keys,
        )
    }

    /// A binary of the program, with these courses.
    pub(crate) fn of(program: &Path, courses: &Path, database: &str, keys: &Path) -> Self {
        let mut command = Command::new(program);
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--database", database])
            .arg("--content")
            .arg(courses)
            .arg("--keys")
            .arg(keys);
        Self::start(command)
    }

    /// A command whose first line says where it listens.
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut address = String::new();
        said.read_line(&mut address).unwrap();
        let port = address.trim().rsplit(':').next().unwrap().parse().unwrap();
        Self {
            port,
            child,
            _said: said,
        }
    }

    /// Waits until an address answers.
    pub(crate) async fn answers(&mut self, path: &str) {
        for _ in 0..600 {
            if let Ok(mut client) = Client::connect(self.port).await
                && let Ok(answer) = client.send(&Request::get(path)).await
            {
                assert_eq!(answer.status, 200, "{path}");
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no answer from {path}");
    }

    pub(crate) fn memory(&self, name: &str) -> usize {
        memory(&self.child.id().to_string(), name)
    }

    pub(crate) fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}
