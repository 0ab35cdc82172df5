//! What a teacher reads of the commands about courses: Italian and English, by flag, variable or
//! locale.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use autonomia::content::report;
use autonomia::domain::locale::Lang;
use walkdir::WalkDir;

use crate::content::{Case, cases};
use crate::counted;
use crate::process::Process;

/// A course with one mistake.
const WRONG: &str = "=== prova/01-uno.md\nVai [qui](90-quiz.md).\n";

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

fn autonomia(dir: &Path, environment: &[(&str, &str)], args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_autonomia"))
        .args(args)
        .current_dir(dir)
        .env_clear()
        .envs(environment.iter().copied())
        .output()
        .unwrap()
}

fn text(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

#[test]
fn the_flag_the_variable_and_the_locale_choose_the_language() {
    let dir = course(WRONG);
    let check = |environment: &[(&str, &str)], more: &[&str]| {
        let output = autonomia(dir.path(), environment, &[&["check", "."], more].concat());
        assert_eq!(output.status.code(), Some(1));
        text(&output).to_owned()
    };
    let italian = |said: &str| {
        said.contains("errore[vague-link-text]: le parole \"qui\"")
            && said.contains("rimedio: ")
            && said.ends_with("\n1 errore, 1 avviso\n")
    };
    let english = |said: &str| said.ends_with("\n1 error, 1 warning\n");
    assert!(english(&check(&[], &[])));
    assert!(italian(&check(&[], &["--lang", "it"])));
    assert!(italian(&check(&[("AUTONOMIA_LANG", "it")], &[])));
    assert!(italian(&check(&[("LANG", "it_IT.UTF-8")], &[])));
    assert!(english(&check(
        &[("LANG", "it_IT.UTF-8"), ("LC_ALL", "C")],
        &[]
    )));
    assert!(english(&check(
        &[("AUTONOMIA_LANG", "it")],
        &["--lang", "en"]
    )));
    let output = autonomia(dir.path(), &[], &["check", ".", "--lang", "fr"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn programs_get_the_sentences_of_the_language_and_the_codes_of_none() {
    let dir = course(WRONG);
    let args = ["check", ".", "--format", "json", "--lang", "it"];
    let output = autonomia(dir.path(), &[], &args);
    let all: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(all[1]["code"], "vague-link-text");
    assert_eq!(all[1]["severity"], "error");
    assert_eq!(
        all[1]["message"],
        "le parole \"qui\" non dicono dove porta il link"
    );
    assert_eq!(all[1]["help"], "scrivi il nome della pagina a cui porta");
}

#[test]
fn explain_and_lock_speak_italian_too() {
    let dir = course("");
    let it = [("AUTONOMIA_LANG", "it")];
    let page = autonomia(dir.path(), &it, &["explain", "broken-link"]);
    assert!(text(&page).starts_with("broken-link (errore)\n\nUn link porta"));
    let list = autonomia(dir.path(), &it, &["explain"]);
    assert!(text(&list).contains("Un link porta"));
    let unknown = autonomia(dir.path(), &it, &["explain", "broken-lin"]);
    let said = String::from_utf8(unknown.stderr).unwrap();
    assert!(said.contains("volevi scrivere `broken-link`?"), "{said}");
    let lock = autonomia(dir.path(), &it, &["lock", "."]);
    assert_eq!(text(&lock), "ids.lock scritto: 4 id, 4 nuovi, 0 ritirati\n");
    let nothing = autonomia(dir.path(), &it, &["check", "altrove"]);
    let said = String::from_utf8(nothing.stderr).unwrap();
    assert!(said.contains("la cartella `altrove` non c'è"), "{said}");
}

/// An answer with its head.
fn page(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address.trim_start_matches("http://")).unwrap();
    write!(stream, "GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// The answer's status.
fn status(address: &str, path: &str) -> u16 {
    let answer = page(address, path);
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

#[test]
fn a_watched_course_says_what_it_leaves_out_and_does_not_serve_it() {
    let other = "=== altro/module.md\nUn altro.\n=== altro/01-inizio.md\nUn testo.\n";
    let dir = course(&format!("\n{other}"));
    autonomia(dir.path(), &[], &["lock", "."]);
    let place = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", place.path().join("a.db").display());
    let folder = dir.path().to_str().unwrap();
    let arguments = ["serve", "--watch", "--lang", "it", "--content", folder];
    let server = Process::start_at(&arguments, &database, &place.path().join("keys.json"));
    let address = server.first_line.clone();
    assert_eq!(status(&address, "/moduli/prova"), 200);
    let quiz = dir.path().join("prova/90-quiz.md");
    let renamed = fs::read_to_string(&quiz)
        .unwrap()
        .replace("prova-cielo", "prova-mare");
    fs::write(&quiz, renamed).unwrap();
    let begun = Instant::now();
    while status(&address, "/moduli/prova") == 200 && begun.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(status(&address, "/moduli/prova"), 404);
    assert_eq!(status(&address, "/moduli/altro"), 200);
    // A line of the lock that is about nobody: all stays as it is now.
    let lock = dir.path().join("ids.lock");
    let conflict = format!("<<<<<<< HEAD\n{}", fs::read_to_string(&lock).unwrap());
    fs::write(&lock, conflict).unwrap();
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(status(&address, "/moduli/altro"), 200);
    let said = server.said();
    assert!(said.contains("1 errore nei corsi"), "{said}");
    assert!(said.contains("restano fuori: il modulo in prova"), "{said}");
    assert!(said.contains("i corsi restano com'erano"), "{said}");
}

#[test]
fn a_folder_that_is_put_in_the_place_of_the_watched_one_is_watched() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("corsi");
    let of_course = |text: &str| {
        let dir = course(&format!(
            "\n=== altro/module.md\nUn altro.\n=== altro/01-inizio.md\n{text}\n"
        ));
        autonomia(dir.path(), &[], &["lock", "."]);
        dir.keep()
    };
    fs::rename(of_course("Il primo testo."), &folder).unwrap();
    let database = format!("sqlite:{}", place.path().join("a.db").display());
    let arguments = ["serve", "--watch", "--content", folder.to_str().unwrap()];
    let server = Process::start_at(&arguments, &database, &place.path().join("keys.json"));
    let address = server.first_line.clone();
    let shows = |text: &str| {
        let begun = Instant::now();
        while !page(&address, "/moduli/altro/inizio").contains(text) {
            assert!(begun.elapsed() < Duration::from_secs(20), "no {text:?}");
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    shows("Il primo testo.");
    // Another one in its place, twice; then a change in that; then none for a while.
    for text in ["Il secondo testo.", "Il terzo testo."] {
        fs::rename(&folder, place.path().join(text)).unwrap();
        fs::rename(of_course(text), &folder).unwrap();
        shows(text);
    }
    let lesson = folder.join("altro/01-inizio.md");
    let changed = fs::read_to_string(&lesson).unwrap();
    fs::write(&lesson, changed.replace("terzo", "quarto")).unwrap();
    shows("Il quarto testo.");
    fs::remove_dir_all(&folder).unwrap();
    std::thread::sleep(Duration::from_secs(2));
    shows("Il quarto testo.");
    fs::rename(of_course("Il quinto testo."), &folder).unwrap();
    shows("Il quinto testo.");
    drop(server);
}

#[test]
fn every_sentence_is_in_both_languages_with_the_same_places_and_is_used() {
    let all = |lang: Lang| {
        let messages = counted::messages(&format!("src/content/locales/{lang}"));
        let named = messages.into_iter().map(|one| (one.key, one.places));
        named.collect::<std::collections::BTreeMap<_, _>>()
    };
    let (italian, english) = (all(Lang::It), all(Lang::En));
    let keys = |known: &std::collections::BTreeMap<String, BTreeSet<String>>| {
        known.keys().cloned().collect::<BTreeSet<_>>()
    };
    assert_eq!(keys(&italian), keys(&english));
    for (key, places) in &italian {
        assert_eq!(english.get(key), Some(places), "{key}");
    }
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut sources = String::new();
    for entry in WalkDir::new(root) {
        let entry = entry.unwrap();
        let ending = entry.path().extension().unwrap_or_default();
        if ending == "rs" || ending == "ftl" {
            sources.push_str(&fs::read_to_string(entry.path()).unwrap());
        }
    }
    for key in italian.keys() {
        let used =
            sources.contains(&format!("\"{key}\"")) || sources.contains(&format!("{{ {key} }}"));
        assert!(used, "nothing says {key}");
    }
}

#[test]
fn every_case_is_told_in_two_languages_that_differ() {
    for (code, text) in cases() {
        let build = Case::parse(&text).compile();
        for complaint in &build.diagnostics {
            let said = [Some(&complaint.message), complaint.help.as_ref()];
            for message in said.into_iter().flatten() {
                let [italian, english] = Lang::ALL.map(|lang| message.text(lang));
                assert_ne!(italian, english, "{code}");
                for said in [italian, english] {
                    assert_ne!(said, message.key(), "{code}: no words, or a place is empty");
                }
            }
        }
        let shown = report::human(&build.diagnostics, Lang::It, false);
        for word in ["error[", "warning[", "help:", " errors", " warnings"] {
            assert!(!shown.contains(word), "{code}: {word}\n{shown}");
        }
    }
}
