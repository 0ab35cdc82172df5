//! The commands for editors as the shell sees them: what they print, what they write, how they
//! exit.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::content::Case;

/// A course folder on the disk.
fn course(case: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in &Case::parse(case).files {
        write(dir.path(), path, text);
    }
    dir
}

fn write(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn autonomia(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_autonomia"))
        .args(args)
        .current_dir(dir)
        .env_clear()
        .output()
        .unwrap()
}

fn text(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

#[test]
fn check_exits_with_0_for_a_sound_course_1_for_mistakes_and_2_for_no_course() {
    let sound = course("");
    let output = autonomia(sound.path(), &["check", "."]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output).contains("warning[lock-out-of-date]"));
    assert!(text(&output).ends_with("\n1 warning\n"));

    let wrong = course("=== prova/01-uno.md\nVai [qui](90-quiz.md) e [qui](90-quizz.md).\n");
    let output = autonomia(wrong.path(), &["check", "."]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).ends_with("\n3 errors, 1 warning\n"));

    for nothing in ["missing", "prova/images"] {
        fs::create_dir_all(sound.path().join("prova/images")).unwrap();
        let output = autonomia(sound.path(), &["check", nothing]);
        assert_eq!(output.status.code(), Some(2), "{nothing}");
        assert_eq!(output.stderr.iter().filter(|b| **b == b'\n').count(), 1);
        assert_eq!(text(&output), "");
    }
    let usage = autonomia(sound.path(), &["check", "--format", "xml"]);
    assert_eq!(usage.status.code(), Some(2));
}

#[test]
fn check_gives_programs_the_same_complaints_with_their_places() {
    let dir = course("=== prova/01-uno.md\nPerò vai [qui](90-quiz.md).\n");
    let output = autonomia(dir.path(), &["check", ".", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let all: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 2);
    assert_eq!(
        all[1],
        serde_json::json!({
            "code": "vague-link-text", "severity": "error", "file": "prova/01-uno.md",
            "line": 7, "column": 10, "end_line": 7, "end_column": 27,
            "message": "the words \"qui\" do not say where the link leads",
            "help": "name the page it leads to",
        })
    );
    let output = autonomia(
        dir.path().parent().unwrap(),
        &[
            "check",
            dir.path().file_name().unwrap().to_str().unwrap(),
            "--format",
            "github",
        ],
    );
    let folder = dir.path().file_name().unwrap().to_str().unwrap();
    let wanted = format!("::error file={folder}/prova/01-uno.md,line=7,endLine=7,col=10,");
    assert!(text(&output).contains(&wanted), "{}", text(&output));
}

#[test]
fn lock_protects_ids_until_they_are_retired_by_name() {
    let dir = course("=== prova/02-due.md\nAncora una lezione.\n");
    let lock = dir.path().join("ids.lock");
    let output = autonomia(dir.path(), &["lock", "."]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        text(&output),
        "ids.lock written: 5 ids, 5 of them new, 0 retired\n"
    );
    let first = fs::read_to_string(&lock).unwrap();
    assert_eq!(
        text(&autonomia(dir.path(), &["check", "."])),
        "no mistakes found\n"
    );
    let again = autonomia(dir.path(), &["lock", "."]);
    assert_eq!(text(&again), "ids.lock is up to date (5 ids)\n");

    fs::remove_file(dir.path().join("prova/02-due.md")).unwrap();
    let output = autonomia(dir.path(), &["check", "."]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("error[id-removed]: the lesson prova/due was published"));
    let output = autonomia(dir.path(), &["lock", "."]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("autonomia lock --retire prova/due"));
    assert_eq!(fs::read_to_string(&lock).unwrap(), first);

    let output = autonomia(dir.path(), &["lock", ".", "--retire", "prova/due"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(
        fs::read_to_string(&lock)
            .unwrap()
            .contains("lesson prova/due retired\n")
    );
    assert_eq!(
        text(&autonomia(dir.path(), &["check", "."])),
        "no mistakes found\n"
    );

    write(
        dir.path(),
        "prova/02-due.md",
        &Case::parse("=== prova/02-due.md\nDi nuovo.\n").files["prova/02-due.md"],
    );
    let output = autonomia(dir.path(), &["check", "."]);
    assert!(text(&output).contains("error[id-returns]: the lesson prova/due was retired"));
}

#[test]
fn lock_leaves_the_file_alone_while_the_course_has_errors() {
    let dir = course(
        "=== prova/01-uno.md\nVai [qui](90-quiz.md).\n=== ids.lock\nmodule prova live rev=1\n",
    );
    let output = autonomia(dir.path(), &["lock", "."]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).ends_with("ids.lock is as it was: mend the errors first\n"));
    let lock = fs::read_to_string(dir.path().join("ids.lock")).unwrap();
    assert_eq!(lock, "module prova live rev=1\n\n");
}

#[test]
fn a_changed_key_is_locked_once_it_is_explained() {
    let dir = course("");
    autonomia(dir.path(), &["lock", "."]);
    let quiz = dir.path().join("prova/90-quiz.md");
    let typo = fs::read_to_string(&quiz)
        .unwrap()
        .replace("Azzurro", "Azzurro chiaro");
    fs::write(&quiz, &typo).unwrap();
    let output = autonomia(dir.path(), &["check", "."]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "a typo is no new key: {}",
        text(&output)
    );

    let key = typo
        .replace("- [x] `a`", "- [ ] `a`")
        .replace("- [ ] `b`", "- [x] `b`");
    fs::write(&quiz, key).unwrap();
    let output = autonomia(dir.path(), &["check", "."]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output).contains("error[key-changed]"),
        "{}",
        text(&output)
    );

    let module = dir.path().join("prova/module.md");
    let explained = fs::read_to_string(&module)
        .unwrap()
        .replace("rev = 1", "rev = 2")
        .replace("changes = {}", "changes = { prova-cielo = \"credit\" }");
    fs::write(&module, explained).unwrap();
    let output = autonomia(dir.path(), &["lock", "."]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(
        text(&autonomia(dir.path(), &["check", "."])),
        "no mistakes found\n"
    );
}

#[test]
fn explain_prints_a_page_for_every_code_and_refuses_an_unknown_one() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all = autonomia(here, &["explain"]);
    assert_eq!(all.status.code(), Some(0));
    assert_eq!(
        text(&all).lines().count(),
        autonomia::content::rules::ALL.len()
    );
    let page = autonomia(here, &["explain", "vague-link-text"]);
    assert!(text(&page).contains("[clicca qui](02-livelli.md)"));
    let unknown = autonomia(here, &["explain", "vague-link"]);
    assert_eq!(unknown.status.code(), Some(2));
}
