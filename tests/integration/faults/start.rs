//! What a start refuses, and says.

use std::fs;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use autonomia::db;

use crate::port;

use super::network::{Ground, Program};

/// What `serve` says as it refuses to start.
fn refused(url: &str, folder: &Path) -> String {
    let mut program = Program::begin(url, &folder.join("keys.toml"));
    let status = program.ended(Duration::from_secs(60));
    assert_eq!(status.code(), Some(2), "{}", program.logged());
    program.logged()
}

#[actix_web::test]
async fn a_database_that_lost_what_it_held_or_is_damaged_is_not_served() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("prova.db");
    let url = format!("sqlite:{}", file.display());
    fs::write(&file, "").unwrap();
    let says = refused(&url, folder.path());
    assert!(says.contains("zero bytes"), "{says}");
    assert_eq!(
        fs::metadata(&file).unwrap().len(),
        0,
        "it is left as it was"
    );

    fs::write(&file, "Cara Maria, ti scrivo da Bari.").unwrap();
    let says = refused(&url, folder.path());
    assert!(says.contains("not a SQLite database"), "{says}");

    fs::remove_file(&file).unwrap();
    let whole = db::connect(&url).await.unwrap();
    db::migrate(&whole).await.unwrap();
    whole.close().await.unwrap();
    db::check_file(&url).await.unwrap();
    damage(&file);
    let says = refused(&url, folder.path());
    assert!(says.contains("damaged"), "{says}");
    assert!(!says.contains('\u{1b}'), "colours in a file");

    // Half of a file is damaged, too.
    let half = fs::metadata(&file).unwrap().len() / 8192 * 4096;
    fs::OpenOptions::new()
        .write(true)
        .open(&file)
        .unwrap()
        .set_len(half)
        .unwrap();
    let says = refused(&url, folder.path());
    assert!(says.contains("damaged"), "{says}");
}

/// Writes rubbish over pages in the middle, as a failing disk does.
pub(super) fn damage(file: &Path) {
    let open = fs::OpenOptions::new().write(true).open(file).unwrap();
    let pages = fs::metadata(file).unwrap().len() / 4096;
    for page in 2..pages.min(24) {
        open.write_all_at(&[0xA5; 4096], page * 4096).unwrap();
    }
    open.sync_all().unwrap();
}

#[actix_web::test]
async fn a_new_database_has_its_first_page_before_it_has_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new/prova.db");
    let db = db::connect(&format!("sqlite:{}", file.display()))
        .await
        .unwrap();
    assert!(fs::metadata(&file).unwrap().len() >= 4096);
    db.close().await.unwrap();
    let left: Vec<_> = fs::read_dir(folder.path().join("new")).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_server_that_is_not_there_is_named_and_its_password_is_not() {
    let port = port::free();
    let url = format!("postgres://autonomia:segretissima@127.0.0.1:{port}/prova");
    let folder = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let says = refused(&url, folder.path());
    assert!(says.contains("refused"), "{says}");
    assert!(
        !says.contains("timed out") && !says.contains("segretissima"),
        "{says}"
    );
    // A pool that tries again and again gives up after thirty.
    assert!(began.elapsed() < Duration::from_secs(20));
}

#[actix_web::test]
async fn a_start_that_is_told_to_stop_ends_at_once_and_the_next_one_works() {
    let ground = Ground::new();
    for delay in [30, 60, 120, 250, 500, 1_000, 2_000] {
        let mut program = Program::begin(ground.url(), &ground.keys());
        std::thread::sleep(Duration::from_millis(delay));
        // Until it listens to signals nothing is open, and the system ends it.
        let (open, listens) = (program.has_open(&ground), program.listens_to_sigterm());
        assert!(listens || !open, "{delay}: it cannot be told to stop");
        program.terminate();
        let status = program.ended(Duration::from_secs(60));
        let by_signal = std::os::unix::process::ExitStatusExt::signal(&status) == Some(15);
        assert!(
            status.success() || (by_signal && !listens),
            "{delay}: {status}"
        );
    }
    let mut program = ground.serve();
    assert!(program.address.starts_with("http://"));
    program.terminate();
    assert!(program.ended(Duration::from_secs(60)).success());
    if ground.cluster.is_none() {
        let folder = fs::read_dir(ground.file().parent().unwrap()).unwrap();
        let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let left: Vec<_> = names
            .filter(|name| name.ends_with(".new") || name.ends_with("-wal"))
            .collect();
        assert!(left.is_empty(), "{left:?}");
    }
    let migrated = Command::new(env!("CARGO_BIN_EXE_autonomia"))
        .args(["migrate", "--database", ground.url()])
        .output()
        .unwrap();
    assert!(migrated.status.success());
}
