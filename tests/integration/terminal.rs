//! What a person at a terminal sees, and what goes when the terminal goes: progress, colours,
//! hang-ups, and what a demo leaves behind.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::shell::autonomia;

fn simulate(citizens: u32) -> String {
    format!("simulate --citizens {citizens} --points 8 --days 60 --database sqlite:a.db")
}

/// A folder with the courses in it.
fn place() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let courses = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    std::os::unix::fs::symlink(courses, folder.path().join("content")).unwrap();
    folder
}

/// Runs a command as at a terminal; everything it prints comes out of it.
fn at_a_terminal(folder: &Path, line: &str) -> Output {
    let program = env!("CARGO_BIN_EXE_autonomia");
    Command::new("script")
        .args(["-qec", &format!("{program} {line}"), "/dev/null"])
        .current_dir(folder)
        .env("TERM", "xterm")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn long_work_shows_how_far_it_is_on_a_terminal_and_nothing_on_a_pipe() {
    // Which step is drawn, and how much work is long, depends on the machine.
    let mut citizens = 1_500;
    loop {
        let seen = at_a_terminal(place().path(), &simulate(citizens));
        let seen = String::from_utf8_lossy(&seen.stdout).into_owned();
        assert!(seen.contains(&format!("{citizens} citizens in")), "{seen}");
        if seen.contains("  [") && seen.contains(" %") {
            break;
        }
        assert!(citizens < 100_000, "{seen}");
        citizens *= 4;
    }
    let other = place();
    let piped = autonomia(other.path(), &[], &simulate(citizens));
    assert!(piped.status.success());
    let said = String::from_utf8_lossy(&piped.stderr).into_owned();
    assert_eq!(said, "");
    let told = String::from_utf8(piped.stdout).unwrap();
    assert!(
        told.starts_with(&format!("{citizens} citizens in")) && !told.contains('%'),
        "{told}"
    );
}

/// A server whose words can be read while it runs.
fn start(folder: &Path, line: &str) -> (Child, String) {
    let mut server = begin(folder, line);
    let mut first = String::new();
    let out = server.stdout.take().unwrap();
    BufReader::new(out).read_line(&mut first).unwrap();
    (server, first)
}

/// As [`start`], without waiting for it.
fn begin(folder: &Path, line: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_autonomia"))
        .args(line.split(' '))
        .args(["--listen", "127.0.0.1:0"])
        .current_dir(folder)
        .env("TMPDIR", folder)
        .env_remove("AUTONOMIA_DATABASE")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Ends a server by a signal; what it said, and how it ended.
fn end(mut server: Child, signal: &str) -> (String, Option<i32>) {
    let sent = Command::new("kill")
        .args([signal, &server.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
    let mut said = String::new();
    let mut err = server.stderr.take().unwrap();
    err.read_to_string(&mut said).unwrap();
    (said, server.wait().unwrap().code())
}

/// The folders of demos.
fn demos(folder: &Path) -> BTreeSet<PathBuf> {
    let found = fs::read_dir(folder).unwrap().flatten();
    let demo = |name: &str| name.starts_with("autonomia-demo-");
    found
        .filter(|one| demo(&one.file_name().to_string_lossy()))
        .map(|one| one.path())
        .collect()
}

/// A demo that is being filled, and its folder.
fn begin_demo(folder: &Path) -> (Child, PathBuf) {
    let before = demos(folder);
    let demo = begin(folder, "demo --format json");
    let began = Instant::now();
    let place = loop {
        let new = demos(folder).difference(&before).next().cloned();
        if let Some(new) = new.filter(|new| new.join("demo.db").exists()) {
            break new;
        }
        assert!(began.elapsed() < Duration::from_secs(120), "nothing begins");
        sleep(Duration::from_millis(20));
    };
    (demo, place)
}

#[test]
fn a_server_says_what_it_published_where_things_are_and_what_to_do_first() {
    let folder = place();
    let (server, address) = start(folder.path(), "serve");
    assert!(address.starts_with("http://127.0.0.1:"), "{address}");
    let (said, code) = end(server, "-TERM");
    assert_eq!(code, Some(0), "{said}");
    for wanted in [
        "published  ",
        " modules, ",
        " lessons from content",
        "database   data/autonomia.db, a new one\n",
        "keys       data/keys.toml, a new one: keep a copy",
        &format!("open       {address}"),
        "first      nobody can sign in yet: `autonomia user add ",
    ] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
    assert!(!said.contains('\u{1b}'), "no colours on a pipe: {said}");
    // Each next step is told once the one before is done.
    let run = |line: &str| {
        assert!(
            autonomia(folder.path(), &[], line).status.success(),
            "{line}"
        )
    };
    for (line, next) in [
        (
            "user add --email ada@example.org --role admin",
            "there is no programme yet",
        ),
        (
            "programme add --code puglia --name P --from 2026-01-01 --to 2026-12-31",
            "there is no point yet",
        ),
    ] {
        run(line);
        let (said, _) = end(start(folder.path(), "serve").0, "-TERM");
        assert!(said.contains(next) && !said.contains("a new one"), "{said}");
    }
}

#[test]
fn a_log_that_is_not_read_at_a_terminal_has_no_colours() {
    let folder = place();
    let mut server = Command::new(env!("CARGO_BIN_EXE_autonomia"));
    let server = server
        .args(["serve", "--listen", "127.0.0.1:0"])
        .current_dir(folder.path())
        .env("RUST_LOG", "info")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut server = server.spawn().unwrap();
    let mut first = String::new();
    let out = server.stdout.take().unwrap();
    BufReader::new(out).read_line(&mut first).unwrap();
    let (said, _) = end(server, "-TERM");
    assert!(said.contains(" INFO "), "{said}");
    assert!(!said.contains('\u{1b}'), "{said}");
}

#[test]
fn nothing_is_left_of_a_demo_whose_terminal_went_or_that_was_killed() {
    let folder = place();
    let (alive, _) = start(folder.path(), "demo --format json");
    let (killed, left) = begin_demo(folder.path());
    end(killed, "-KILL");
    assert_eq!(demos(folder.path()).len(), 2, "nobody could clear it yet");
    let (next, _) = begin_demo(folder.path());
    let there = demos(folder.path());
    assert!(!there.contains(&left), "the killed one's is gone");
    assert_eq!(there.len(), 2, "the others are in use");
    for (demo, signal, others) in [(next, "-TERM", 1), (alive, "-HUP", 0)] {
        let (said, code) = end(demo, signal);
        assert_eq!(code, Some(0), "it ends in order: {said}");
        assert_eq!(demos(folder.path()).len(), others);
    }
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let text = |line: &str| {
        let output = autonomia(folder.path(), &[], line);
        assert!(output.status.success(), "{line}");
        String::from_utf8(output.stdout).unwrap()
    };
    for shell in ["bash", "zsh", "fish"] {
        let script = text(&format!("completions {shell}"));
        for word in ["simulate", "open-data", "wrong-tries"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    assert!(text("manual").contains(".TH autonomia 1"));
    text("manual pages");
    let pages = folder.path().join("pages");
    for page in [
        "autonomia.1",
        "autonomia-serve.1",
        "autonomia-import-points.1",
    ] {
        let page = fs::read_to_string(pages.join(page)).unwrap();
        assert!(page.contains("AUTONOMIA_"), "{page}");
    }
}
