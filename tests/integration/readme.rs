//! The README is followed to the letter: its commands are run in their order, from nothing, and
//! lead to a desk.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use crate::browser::Browser;

/// Stands for the program. A server gets a free port, and ends once its first line is there.
const AUTONOMIA: &str = r#"#!/bin/bash
set -euo pipefail
case "$1" in
serve | demo)
    exec 3< <(exec "$PROGRAM" "$@" --listen 127.0.0.1:0)
    server=$!
    IFS= read -r line <&3
    echo "$line"
    kill -TERM "$server"
    cat <&3 >/dev/null
    ;;
*) exec "$PROGRAM" "$@" ;;
esac
"#;

/// Stands for cargo: what it would build is there.
const CARGO: &str = r#"#!/bin/bash
case "$*" in
"build --release") ;;
"run --release -- "*) shift 3 && exec autonomia "$@" ;;
*) echo "cargo $* is not of the README" >&2 && exit 9 ;;
esac
"#;

fn executable(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// The blocks of commands of a document, in their order.
fn blocks(text: &str) -> Vec<&str> {
    let begins = text.split("```sh\n").skip(1);
    begins
        .map(|rest| rest.split_once("```").unwrap().0)
        .collect()
}

/// What the README takes for granted that somebody has.
fn what_another_system_has(folder: &Path) {
    let people = "codice_fiscale,last_name,first_name,birth_date\n\
                  RSSMRA60E45H501P,Rossi,Maria,1960-05-05\n";
    fs::write(folder.join("people.csv"), people).unwrap();
    let services = "point,facilitator,date,kind,minutes,competences,domains,title,codice_fiscale\n\
                    BA-001,nina@example.org,2026-11-02,individual,30,1,A,SPID,RSSMRA60E45H501P\n";
    fs::write(folder.join("services.csv"), services).unwrap();
    let refused = crate::facilita::brief(&[(1, "Dati del servizio errati")]);
    fs::write(folder.join("scarti.csv"), refused).unwrap();
}

#[actix_web::test]
async fn the_commands_of_the_readme_lead_from_nothing_to_a_desk() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    // A copy: one of the commands writes in it.
    let copied = Command::new("cp")
        .args(["-r"])
        .args([root.join("content"), here.join("content")])
        .status();
    assert!(copied.unwrap().success());
    executable(&here.join("target/release/autonomia"), AUTONOMIA);
    executable(&here.join("bin/cargo"), CARGO);
    executable(&here.join("tests/run"), "#!/bin/sh\n");
    what_another_system_has(here);
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let blocks = blocks(&readme);
    assert!(blocks.len() >= 6, "{blocks:?}");
    let path = format!(
        "{0}/bin:{0}/target/release:/usr/local/bin:/usr/bin:/bin",
        here.display()
    );
    // What a coordinator does is for a network at work.
    let network = Command::new(env!("CARGO_BIN_EXE_autonomia"))
        .args([
            "simulate",
            "--database",
            "sqlite:network.db",
            "--keys",
            "network.toml",
        ])
        .args(["--citizens", "300", "--points", "4", "--days", "60"])
        .current_dir(here)
        .output()
        .unwrap();
    assert!(network.status.success(), "{network:?}");
    let at_work = [
        ("AUTONOMIA_DATABASE", "sqlite:network.db"),
        ("AUTONOMIA_KEYS", "network.toml"),
    ];
    // What is told beside the output is kept, and the ID read from it as a person would.
    let told_id = "--batch \"$(sed -n 's/^batch //p' said)\"";
    let mut link = String::new();
    for block in blocks {
        let output = Command::new("bash")
            .args(["-euo", "pipefail", "-c"])
            .arg(format!(
                "exec 2>said\n{}",
                block.replace("--batch ID", told_id)
            ))
            .current_dir(here)
            .env_clear()
            .env("PATH", &path)
            .env("HOME", here)
            .env("TMPDIR", here)
            .env("PROGRAM", env!("CARGO_BIN_EXE_autonomia"))
            .envs(at_work.into_iter().filter(|_| coordinator(block)))
            .output()
            .unwrap();
        let said = fs::read_to_string(here.join("said")).unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{block}\n{told}\n{said}");
        if block.contains(" demo") {
            assert!(!said.contains("others may list"), "{said}");
        }
        if let Some(found) = told.lines().rfind(|line| line.contains("token=")) {
            link = found.to_owned();
        }
    }
    assert!(
        fs::read_to_string(here.join("facilita.csv"))
            .unwrap()
            .lines()
            .count()
            >= 2
    );
    let left = fs::read_dir(here).unwrap().flatten();
    let left = left.filter(|one| one.file_name().to_string_lossy().contains("autonomia-demo"));
    assert_eq!(left.count(), 0, "a demo leaves nothing");
    the_desk_opens(here, &link).await;
}

fn coordinator(block: &str) -> bool {
    ["totals", "export", "facilita"]
        .iter()
        .any(|command| block.starts_with(&format!("autonomia {command}")))
}

/// The facilitator sets a password by the link that was printed, and opens the desk.
async fn the_desk_opens(here: &Path, link: &str) {
    use std::io::BufRead as _;
    let mut server = Command::new(env!("CARGO_BIN_EXE_autonomia"))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .current_dir(here)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut address = String::new();
    let out = server.stdout.take().unwrap();
    std::io::BufReader::new(out)
        .read_line(&mut address)
        .unwrap();
    let browser = Browser::at(address.trim());
    let (_, token) = link.split_once("token=").unwrap();
    let password = "una frase lunga e mia";
    let given = [
        ("token", token),
        ("password", password),
        ("again", password),
    ];
    browser.post("/accedi/password", &given).await;
    let signed = [("email", "nina@example.org"), ("password", password)];
    browser.post("/accedi", &signed).await;
    let desk = browser.get("/punto").await;
    server.kill().unwrap();
    server.wait().unwrap();
    desk.expect(200, "Biblioteca comunale");
}
