//! The commands as a stranger uses them: a flag in any place, a path that is mistyped, words that
//! are wrong.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::database::TestDb;

/// Runs the program in a folder, with nothing in the environment but what is given.
pub(crate) fn autonomia(folder: &Path, environment: &[(&str, &str)], line: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_autonomia"))
        .args(line.split_whitespace())
        .current_dir(folder)
        .env_clear()
        .envs(environment.iter().copied())
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a command that could not run said, which is one line.
#[track_caller]
fn refused(output: &Output, line: &str) -> String {
    let said = said(output);
    assert_eq!(output.status.code(), Some(2), "{line}: {said}");
    assert!(output.stdout.is_empty(), "{line}");
    let told = said.strip_prefix("autonomia: ").unwrap_or_else(|| {
        panic!("{line}: {said}");
    });
    assert_eq!(told.matches('\n').count(), 1, "{line}: {said}");
    for leftover in ["Custom Error", "Error:", "os error", "timed out", "Usage"] {
        assert!(!told.contains(leftover), "{line}: {said}");
    }
    told.trim_end().to_owned()
}

/// Every command that needs a database, with whatever else it needs.
const NEED_A_DATABASE: [&str; 13] = [
    "totals",
    "totals --verify",
    "user list",
    "user add --email ada@example.org --role admin",
    "user disable --email ada@example.org",
    "programme list",
    "programme add --code puglia --name Puglia --from 2026-01-01 --to 2026-12-31",
    "import points points.csv",
    "import citizens points.csv --point BA-001",
    "import services points.csv",
    "export open-data --programme puglia",
    "export evidence --programme puglia",
    "export facilita --programme puglia --from 2026-01-01 --to 2026-12-31",
];

#[test]
fn a_mistyped_path_is_never_made_into_a_database() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("points.csv"), "code\n").unwrap();
    for command in NEED_A_DATABASE {
        let line = format!("{command} --database sqlite:data/nope.db --keys data/keys.toml");
        let told = refused(&autonomia(folder.path(), &[], &line), &line);
        let wanted = "there is no database at data/nope.db";
        assert!(told.contains(wanted), "{line}: {told}");
        assert!(!folder.path().join("data").exists(), "{line}");
    }
    // One with nothing in it has lost what it held, and stays as it is, for every command.
    fs::write(folder.path().join("empty.db"), "").unwrap();
    for command in NEED_A_DATABASE {
        let line = format!("{command} --database sqlite:empty.db --keys keys.toml");
        let told = refused(&autonomia(folder.path(), &[], &line), &line);
        assert!(told.contains("empty.db has zero bytes"), "{told}");
    }
    let line = "migrate --database sqlite:empty.db";
    let told = refused(&autonomia(folder.path(), &[], line), line);
    assert!(told.contains("empty.db has zero bytes"), "{told}");
    assert_eq!(
        fs::metadata(folder.path().join("empty.db")).unwrap().len(),
        0
    );
    assert!(!folder.path().join("keys.toml").exists());
    let made = autonomia(folder.path(), &[], "migrate --database sqlite:data/new.db");
    assert!(made.status.success());
    let text = String::from_utf8(made.stdout).unwrap();
    assert_eq!(text, "made a new database at data/new.db\n");
}

#[actix_web::test]
async fn an_empty_database_is_none_to_commands_that_need_one() {
    let test = TestDb::empty().await;
    let folder = tempfile::tempdir().unwrap();
    for line in [
        "totals --verify",
        "user list",
        "user add --email a@example.org --role admin",
    ] {
        let output = autonomia(folder.path(), &[("AUTONOMIA_DATABASE", test.url())], line);
        let told = refused(&output, line);
        assert!(told.starts_with("there is no database at "), "{told}");
        // The address of a server has a password in it.
        if let Some((_, rest)) = test.url().split_once("autonomia:") {
            assert!(!told.contains(rest.split('@').next().unwrap()), "{told}");
        }
    }
}

#[actix_web::test]
async fn a_command_that_reads_does_not_change_the_schema() {
    let test = TestDb::new().await;
    autonomia::db::migrate_down(&test, 1).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let run = |line: &str| autonomia(folder.path(), &[("AUTONOMIA_DATABASE", test.url())], line);
    for line in ["totals", "totals --verify", "user list", "programme list"] {
        let told = refused(&run(line), line);
        assert!(told.ends_with("run `autonomia migrate`"), "{line}: {told}");
    }
    let migrated = run("migrate");
    assert_eq!(migrated.status.code(), Some(0), "{}", said(&migrated));
    assert_eq!(run("totals --verify").status.code(), Some(0));
}

#[test]
fn a_command_that_reads_leaves_the_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let run = |line: &str| {
        autonomia(
            folder.path(),
            &[],
            &format!("{line} --database sqlite:a.db"),
        )
    };
    assert!(run("migrate").status.success());
    let before = fs::read(folder.path().join("a.db")).unwrap();
    assert_eq!(run("totals --verify").status.code(), Some(0));
    assert_eq!(run("programme list").status.code(), Some(0));
    assert!(before == fs::read(folder.path().join("a.db")).unwrap());
    // Who reads people's e-mails leaves a row of the audit.
    assert_eq!(run("user list").status.code(), Some(0));
    assert!(before != fs::read(folder.path().join("a.db")).unwrap());
}

#[actix_web::test]
async fn the_database_and_the_keys_are_named_in_any_place() {
    let test = TestDb::new().await;
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("none.csv"), "code\n").unwrap();
    let place = format!("--database {} --keys a/keys.toml", test.url());
    for (command, code) in [
        ("user list", 0),
        ("totals --verify", 0),
        ("import points none.csv", 0),
        ("programme list", 0),
        // There is no such point: it came as far as looking for it.
        ("import citizens none.csv --point X", 2),
    ] {
        let words: Vec<_> = command.split(' ').collect();
        for at in 0..=words.len() {
            let (before, after) = words.split_at(at);
            // Not between a flag and its value.
            if before
                .last()
                .is_some_and(|word| word.starts_with("--point"))
            {
                continue;
            }
            let line = format!("{} {place} {}", before.join(" "), after.join(" "));
            let output = autonomia(folder.path(), &[], &line);
            assert_eq!(
                output.status.code(),
                Some(code),
                "{line}: {}",
                said(&output)
            );
            if code == 2 {
                assert!(said(&output).contains("no point has the code X"), "{line}");
            }
        }
    }
}

#[test]
fn the_environment_sets_flags_and_says_yes_in_many_ways() {
    let folder = tempfile::tempdir().unwrap();
    let run = |environment: &[(&str, &str)], line: &str| {
        let database = ("AUTONOMIA_DATABASE", "sqlite:a.db");
        let all = [&[database], environment].concat();
        autonomia(folder.path(), &all, line)
    };
    assert!(run(&[], "migrate").status.success());
    for yes in ["1", "true", "yes", "on", "TRUE"] {
        let output = run(&[("AUTONOMIA_TOTALS_VERIFY", yes)], "totals");
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.ends_with("The ledger agrees.\n"), "{yes}: {text}");
    }
    for no in ["0", "false", "no", "off", ""] {
        let output = run(&[("AUTONOMIA_TOTALS_VERIFY", no)], "totals");
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "", "{no}");
    }
    let output = run(&[("AUTONOMIA_TOTALS_VERIFY", "maybe")], "totals");
    assert!(refused(&output, "totals").contains("write 1, true, yes or on"));
    let output = run(&[("AUTONOMIA_TOTALS_FORMAT", "json")], "totals");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "[]\n");
    let help = run(&[], "serve --help");
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains("[env: AUTONOMIA_WATCH=]"), "{help}");
}

#[test]
fn wrong_words_are_answered_with_one_line_that_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    fs::create_dir_all(folder.path().join("empty/nothing")).unwrap();
    fs::create_dir_all(folder.path().join("course/prova")).unwrap();
    write("course/prova/module.md", "");
    write("file", "");
    write("bad.toml", "signing = 1");
    write(
        "points.csv",
        "code,name,municipality,province,region,programme\nBA-001,Biblioteca,Bari,Bari,Puglia,puglia\n",
    );
    write("latin.csv", "");
    fs::write(folder.path().join("latin.csv"), b"code\nBA-\x8f\n").unwrap();
    let run = |line: &str| {
        autonomia(
            folder.path(),
            &[],
            &format!("{line} --database sqlite:a.db"),
        )
    };
    assert!(run("migrate").status.success());
    let none_yet = refused(
        &run("user add --email a@example.org --role facilitator --point BA-01"),
        "",
    );
    assert!(none_yet.contains("there is none yet"), "{none_yet}");
    let added = run("programme add --code puglia --name Puglia --from 2026-01-01 --to 2026-12-31");
    assert!(added.status.success(), "{}", said(&added));
    assert!(run("import points points.csv").status.success());
    let busy = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let busy = busy.local_addr().unwrap();
    for (line, wanted) in [
        ("serve --listen 8080", "write an address and a port"),
        (
            "serve --listen no.such.host.invalid:80",
            "knows no address of \"no.such.host.invalid\"",
        ),
        (
            &format!("serve --content course --listen {busy}"),
            "another program does",
        ),
        ("serve --address foo", "write scheme and host"),
        (
            "serve --address https://example.org/corsi",
            "write scheme and host",
        ),
        ("serve --statement agid", "write a whole address"),
        ("serve --content missing", "there is no folder `missing`"),
        ("serve --content file", "`file` is a file"),
        ("serve --content empty", "`empty` is not a course folder"),
        ("demo --content empty", "`empty` is not a course folder"),
        ("simulate --content empty", "`empty` is not a course folder"),
        ("check empty", "`empty` is not a course folder"),
        ("check file", "`file` is a file"),
        (
            "serve --content course --listen 127.0.0.1:0 --programme lazio",
            "no programme has the code lazio: there is puglia",
        ),
        (
            "serve --content course --listen 127.0.0.1:0 --keys bad.toml",
            "bad.toml is not a key file",
        ),
        (
            "serve --content course --listen 127.0.0.1:0 --keys empty",
            "the key file empty cannot be read",
        ),
        ("totals --programme pulia", "there is puglia"),
        (
            "totals --formt json",
            "a similar argument exists: '--format'",
        ),
        ("totls", "a similar subcommand exists: 'totals'"),
        ("totals --format xml", "[possible values: human, json]"),
        ("user add --role admin", "--email <EMAIL>"),
        (
            "user add --email a@example.org --role queen",
            "no role is called 'queen'",
        ),
        (
            "user add --email nobody --role admin",
            "this is not an e-mail address",
        ),
        (
            "user add --email a@example.org --role facilitator",
            "a facilitator needs a point",
        ),
        (
            "user add --email a@example.org --role facilitator --point BA-01",
            "did you mean BA-001?",
        ),
        (
            "user add --email a@example.org --role admin --address foo",
            "write scheme and host",
        ),
        (
            "user disable --email nobody@example.org",
            "nobody has this e-mail address",
        ),
        (
            "programme add --code puglia --name P --from 2026-01-01 --to 2026-12-31",
            "--code: ",
        ),
        (
            "programme add --code P --name P --from 2026-01-01 --to 2026-12-31",
            "--code: ",
        ),
        (
            "programme add --code lazio --name L --from 2026-12-31 --to 2026-01-01",
            "--from 2026-12-31 is after --to 2026-01-01",
        ),
        (
            "export facilita --programme puglia --from 2026-12-31 --to 2026-01-01",
            "--from 2026-12-31 is after --to 2026-01-01",
        ),
        (
            "export facilita --programme puglia --from 31/12/2026 --to 2026-01-01",
            "a day is written YYYY-MM-DD",
        ),
        (
            "export open-data --programme puglia missing/file.csv",
            "there is no folder missing",
        ),
        (
            "export open-data --programme puglia empty",
            "empty is a folder",
        ),
        ("export open-data --programme lazio", "there is puglia"),
        (
            "import points missing.csv",
            "missing.csv cannot be read: No such file or directory",
        ),
        (
            "import points empty",
            "empty cannot be read: Is a directory",
        ),
        (
            "import points latin.csv",
            "latin.csv: line 2 is in an encoding that is not known",
        ),
        (
            "simulate --citizens many",
            "invalid value 'many' for '--citizens <N>': write a whole number",
        ),
        (
            "simulate --points 0 --content course",
            "--points must be at least 1",
        ),
        ("explain long-sentenc", "did you mean `long-sentence`?"),
        ("lock missing", "there is no folder `missing`"),
    ] {
        let told = refused(&run(line), line);
        assert!(told.contains(wanted), "{line}: {told}");
    }
    for (url, wanted) in [
        ("mysql://localhost/a", "begins with sqlite: or postgres://"),
        ("sqlite:", "needs a file"),
        (
            "postgres://autonomia:secret@127.0.0.1:1/a",
            "postgres://autonomia@127.0.0.1:1/a",
        ),
    ] {
        let line = format!("user list --database {url}");
        let told = refused(&autonomia(folder.path(), &[], &line), &line);
        assert!(told.contains(wanted) && !told.contains("secret"), "{told}");
    }
}
