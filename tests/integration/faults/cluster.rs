//! A PostgreSQL of a test's own, to stop and to fill up. Others are never touched.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::port;

/// A cluster in a folder; stopped when it is dropped.
pub(crate) struct Cluster {
    bin: PathBuf,
    data: PathBuf,
    port: u16,
}

impl Cluster {
    /// Makes and starts a cluster below `folder`, which somebody else deletes.
    pub(crate) fn new(folder: &Path) -> Self {
        let bin = bin();
        let data = folder.join("data");
        let password = folder.join("password");
        fs::write(&password, "prova\n").unwrap();
        if is_root() {
            run(Command::new("chown").arg("-R").arg("postgres:").arg(folder));
        }
        run(owner(&bin.join("initdb"))
            .arg(format!("--pgdata={}", data.display()))
            .arg(format!("--pwfile={}", password.display()))
            .args(["--username=autonomia", "--auth=password", "--encoding=UTF8"])
            // Small files of the log, so that a small disk is full soon.
            .args(["--no-locale", "--no-sync", "--wal-segsize=1"]));
        let port = port::free();
        let cluster = Self { bin, data, port };
        cluster.start();
        cluster
    }

    pub(crate) fn url(&self) -> String {
        let port = self.port;
        format!("postgres://autonomia:prova@127.0.0.1:{port}/postgres")
    }

    /// Starts it where it is not running.
    pub(crate) fn start(&self) {
        let port = self.port;
        // fsync: nobody cuts the power, and the system keeps what it was given.
        let options = format!(
            "-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='' \
             -c fsync=off -c max_connections=100 -c shared_buffers=16MB -c max_wal_size=16MB \
             -c min_wal_size=2MB -c log_min_messages=fatal"
        );
        let log = self.data.join("../log");
        run(self
            .control("start")
            .arg(format!("--log={}", log.display()))
            .arg(format!("--options={options}")));
    }

    pub(crate) fn runs(&self) -> bool {
        self.control("status").status().unwrap().success()
    }

    /// Stops it as a crash would: what was not committed is lost.
    pub(crate) fn crash(&self) {
        // It may have stopped by itself.
        let _ = self.control("stop").arg("--mode=immediate").status();
    }

    fn control(&self, what: &str) -> Command {
        let mut command = owner(&self.bin.join("pg_ctl"));
        command
            .args([what, "--silent", "--wait"])
            .arg(format!("--pgdata={}", self.data.display()))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.crash();
    }
}

/// Debian's newest, or what is on the path.
fn bin() -> PathBuf {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version = path.file_name()?.to_str()?.parse().ok()?;
            Some((version, path.join("bin")))
        })
        .filter(|(_, bin)| bin.join("initdb").exists())
        .collect();
    versions.sort();
    versions.pop().map_or_else(
        || {
            let path = std::env::var_os("PATH").unwrap();
            std::env::split_paths(&path)
                .find(|folder| folder.join("pg_ctl").exists())
                .unwrap()
        },
        |(_, bin)| bin,
    )
}

/// A command as a user who is not root: PostgreSQL refuses to run as root.
fn owner(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program);
    command.current_dir("/");
    command
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.trim_ascii() == b"0"
}

fn run(command: &mut Command) {
    let done = command.output().unwrap();
    assert!(
        done.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
}
