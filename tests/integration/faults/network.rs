//! A small network in a database of any place, and the program that serves it.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use autonomia::accounts::staff::{self, NewStaff};
use autonomia::accounts::{Screen, SigningKey, WayIn, session};
use autonomia::citizens::Vault;
use autonomia::db::{self, Db};
use autonomia::domain::ids::CitizenId;
use autonomia::domain::role::Role;
use autonomia::network::point;
use autonomia::sample::{self, Size};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sea_orm::{EntityTrait, QueryOrder};
use time::OffsetDateTime;

use crate::app::courses;

use super::cluster::Cluster;
use super::disk::Disk;

/// Where a database is that a test breaks.
pub(crate) struct Ground {
    // The order of dropping: the server, then its disk, then what is below.
    pub(crate) cluster: Option<Cluster>,
    pub(crate) disk: Option<Disk>,
    folder: tempfile::TempDir,
    url: String,
}

impl Ground {
    /// On the disk of the system.
    pub(crate) fn new() -> Self {
        Self::on(None)
    }

    /// On a disk of so many megabytes.
    pub(crate) fn small(megabytes: u32) -> Self {
        Self::on(Some(Disk::new(megabytes)))
    }

    fn on(disk: Option<Disk>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = disk.as_ref().map_or(folder.path(), Disk::path).to_owned();
        let (cluster, url) = if super::on_postgres() {
            let below = place.join("postgres");
            std::fs::create_dir(&below).unwrap();
            open_to_all(&place);
            let cluster = Cluster::new(&below);
            let url = cluster.url();
            (Some(cluster), url)
        } else {
            (None, format!("sqlite:{}", place.join("prova.db").display()))
        };
        Self {
            cluster,
            disk,
            folder,
            url,
        }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The file of a SQLite database.
    pub(crate) fn file(&self) -> PathBuf {
        PathBuf::from(self.url.strip_prefix("sqlite:").unwrap())
    }

    pub(crate) fn keys(&self) -> PathBuf {
        self.folder.path().join("keys.toml")
    }

    /// The program, serving this.
    pub(crate) fn serve(&self) -> Program {
        Program::start(&self.url, &self.keys())
    }

    /// What a recount says where it does not agree with the totals.
    pub(crate) fn differs(&self) -> Option<String> {
        let verified = Command::new(env!("CARGO_BIN_EXE_autonomia"))
            .args(["totals", "--verify", "--database", &self.url])
            .output()
            .unwrap();
        let said = [verified.stdout, verified.stderr].concat();
        (!verified.status.success()).then(|| String::from_utf8_lossy(&said).into_owned())
    }
}

/// PostgreSQL's own user has to get below a folder of root's.
fn open_to_all(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    for folder in folder.ancestors().take(2) {
        if folder.starts_with(std::env::temp_dir()) && folder != std::env::temp_dir() {
            let all = std::fs::Permissions::from_mode(0o755);
            std::fs::set_permissions(folder, all).unwrap();
        }
    }
}

/// `autonomia serve` as a process. What it logs is in a file, and not among the tests' output.
pub(crate) struct Program {
    child: Child,
    pub(crate) address: String,
    log: PathBuf,
}

impl Program {
    pub(crate) fn start(url: &str, keys: &Path) -> Self {
        let mut program = Self::begin(url, keys);
        let mut line = String::new();
        BufReader::new(program.child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        program.address = line.trim().to_owned();
        assert!(!program.address.is_empty(), "{}", program.logged());
        program
    }

    /// As [`Program::start`], without waiting for it.
    pub(crate) fn begin(url: &str, keys: &Path) -> Self {
        let log = keys.with_file_name("serve.log");
        let child = Command::new(env!("CARGO_BIN_EXE_autonomia"))
            .args(["serve", "--listen", "127.0.0.1:0", "--database", url])
            .arg("--keys")
            .arg(keys)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdout(Stdio::piped())
            .stderr(
                File::options()
                    .create(true)
                    .append(true)
                    .open(&log)
                    .unwrap(),
            )
            .spawn()
            .unwrap();
        Self {
            child,
            address: String::new(),
            log,
        }
    }

    pub(crate) fn logged(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// SIGKILL: nothing of it runs after that.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM.
    pub(crate) fn terminate(&self) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status();
        assert!(sent.unwrap().success());
    }

    /// Whether a signal to end is caught by the program.
    pub(crate) fn listens_to_sigterm(&self) -> bool {
        const SIGTERM: u32 = 15;
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        let caught = u64::from_str_radix(caught.unwrap().trim(), 16).unwrap();
        caught & (1 << (SIGTERM - 1)) != 0
    }

    /// Whether it has its database's file open.
    pub(crate) fn has_open(&self, ground: &Ground) -> bool {
        let folder = std::fs::read_dir(format!("/proc/{}/fd", self.child.id())).unwrap();
        let mut open = folder.filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok());
        ground.cluster.is_none() && open.any(|target| target == ground.file())
    }

    /// Waits for its end.
    pub(crate) fn ended(&mut self, limit: Duration) -> ExitStatus {
        let began = std::time::Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(began.elapsed() < limit, "it runs after {limit:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Somebody who works at a desk.
pub(crate) struct Desk {
    pub(crate) token: String,
    pub(crate) point: String,
    pub(crate) people: Vec<CitizenId>,
}

/// Fills a database with a few people, and opens sessions for facilitators and guests.
pub(crate) async fn furnish(
    ground: &Ground,
    desks: usize,
    guests: usize,
) -> (Vec<Desk>, Vec<String>) {
    let keys = [[7; 32], [8; 32], [9; 32]];
    let [signing, digest, seal] = keys;
    let vault = Vault::new(&digest, &seal).unwrap();
    let signing = SigningKey::new(&signing);
    let text = keys.map(|key| STANDARD.encode(key));
    let [a, b, c] = &text;
    let text = format!("signing = \"{a}\"\ndigest = \"{b}\"\nseal = \"{c}\"\n");
    std::fs::write(ground.keys(), text).unwrap();
    let db = db::connect(ground.url()).await.unwrap();
    db::migrate(&db).await.unwrap();
    let now = OffsetDateTime::now_utc();
    let size = Size {
        citizens: 24,
        points: 2,
        days: 60,
    };
    let word = "una password lunga";
    sample::fill(&db, &vault, courses::catalogue(), word, (size, 3), now)
        .await
        .unwrap();
    let desks = open_desks(&db, &signing, desks, now).await;
    let mut tokens = Vec::new();
    for _ in 0..guests {
        let opened = session::open_guest(&db, &signing, Screen::Program, now)
            .await
            .unwrap();
        tokens.push(opened.token);
    }
    db.close().await.unwrap();
    (desks, tokens)
}

async fn open_desks(db: &Db, key: &SigningKey, desks: usize, now: OffsetDateTime) -> Vec<Desk> {
    let points = point::list(db.read(), None).await.unwrap();
    let rows = db::entities::citizens::Entity::find();
    let rows = rows.order_by_asc(db::entities::citizens::Column::Id);
    let people = rows.all(db.read()).await.unwrap();
    let mut open = Vec::new();
    for number in 0..desks {
        let point = &points[number % points.len()];
        let new = NewStaff {
            email: format!("guasto{number}@example.org"),
            name: "Facilitatrice".to_owned(),
            role: Role::Facilitator,
            point: Some(point.id),
        };
        let (account, _) = staff::add(db, new, None, now).await.unwrap();
        let key = key.clone();
        let opened = db::write(db, async move |tx| {
            session::open_for_account_in(tx, &key, account, &WayIn::default(), now).await
        });
        let here = people.iter().filter(|row| row.point_id == point.id);
        open.push(Desk {
            token: opened.await.unwrap().token,
            point: point.code.clone(),
            people: here.map(|row| row.id).collect(),
        });
    }
    open
}
