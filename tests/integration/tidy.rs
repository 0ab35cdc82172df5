//! The house rules that a compiler does not check: who may import whom, how long a file may be,
//! what stands at the top level. Each failure names the file and the line.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the package, in the only order in which they may import one another.
const ORDER: [&str; 13] = [
    "domain",
    "content",
    "search",
    "db",
    "citizens",
    "accounts",
    "network",
    "learning",
    "publishing",
    "sample",
    "web",
    "cli",
    "main",
];

/// Crates that a module must not know: what keeps the pure parts pure and the layers apart.
const FORBIDDEN: [(&[&str], &[&str]); 3] = [
    (
        &["domain", "content", "search"],
        &["actix_web", "sea_orm", "tokio", "migrations"],
    ),
    (
        &[
            "db",
            "citizens",
            "accounts",
            "network",
            "learning",
            "publishing",
            "sample",
        ],
        &["actix_web", "minijinja"],
    ),
    (
        &["web", "cli"],
        &["sea_orm", "crate::db::entities", "sea_orm_migration"],
    ),
];

/// What may stand beside the sources; anything else needs a reason in ARCHITECTURE.md.
const TOP_LEVEL: [&str; 18] = [
    ".ci",
    ".editorconfig",
    ".git",
    ".gitignore",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "README.md",
    "SECURITY.md",
    "clippy.toml",
    "content",
    "deny.toml",
    "migrations",
    "rustfmt.toml",
    "src",
    "templates",
    "tests",
];

/// The folders of `src/web` in which handlers stand.
const ROOMS: [&str; 8] = [
    "learn",
    "own",
    "doors",
    "desk",
    "network",
    "administration",
    "public",
    "api",
];

const LINES_A_FILE: usize = 400;
const LINES_A_HANDLER: usize = 25;

#[test]
fn a_module_imports_only_from_those_before_it() {
    let mut faults = Vec::new();
    for (file, text) in sources("src") {
        let Some(own) = module_of(&file) else {
            continue;
        };
        for (number, line) in code_lines(&text) {
            for name in crate_paths(line) {
                if let Some(other) = ORDER.iter().position(|module| *module == name)
                    && other > own
                {
                    faults.push(format!("{file}:{number}: {} imports {name}", ORDER[own]));
                }
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn a_module_does_not_know_the_crates_of_another_layer() {
    let mut faults = Vec::new();
    for (file, text) in sources("src") {
        let Some(own) = module_of(&file) else {
            continue;
        };
        for (modules, crates) in FORBIDDEN {
            if !modules.contains(&ORDER[own]) {
                continue;
            }
            for (number, line) in code_lines(&text) {
                for name in crates {
                    if mentions(line, name) {
                        faults.push(format!("{file}:{number}: {} knows {name}", ORDER[own]));
                    }
                }
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn a_file_has_at_most_400_lines() {
    let mut faults = Vec::new();
    for folder in ["src", "migrations", "tests"] {
        for (file, text) in sources(folder) {
            let lines = text.lines().count();
            if lines > LINES_A_FILE {
                faults.push(format!("{file}: {lines} lines"));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn a_handler_has_at_most_25_lines() {
    let mut faults = Vec::new();
    for room in ROOMS {
        for (file, text) in sources(&format!("src/web/{room}")) {
            let lines: Vec<&str> = text.lines().collect();
            for (start, line) in lines.iter().enumerate() {
                if !line.starts_with("pub") || !line.contains("async fn ") {
                    continue;
                }
                let end = lines[start..].iter().position(|line| *line == "}").unwrap();
                let body = lines[start..start + end]
                    .iter()
                    .position(|line| line.ends_with('{'))
                    .unwrap();
                if end - body > LINES_A_HANDLER {
                    faults.push(format!("{file}:{}: {} lines", start + 1, end - body));
                }
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn nothing_is_allowed_without_a_reason_and_nothing_is_called_a_manager() {
    let mut faults = Vec::new();
    for folder in ["src", "migrations", "tests"] {
        for (file, text) in sources(folder) {
            for (number, line) in code_lines(&text) {
                let bare = ["#[al", "#![al"]
                    .iter()
                    .any(|open| line.contains(&format!("{open}low(")));
                let vague = ["struct ", "trait ", "enum "].iter().any(|kind| {
                    line.split_once(kind).is_some_and(|(_, rest)| {
                        let name: String =
                            rest.chars().take_while(|c| c.is_alphanumeric()).collect();
                        name.len() > "Service".len()
                            && ["Service", "Manager", "Dto", "Repository"]
                                .iter()
                                .any(|suffix| name.ends_with(suffix) && name != "NewService")
                    })
                });
                if bare || vague {
                    faults.push(format!("{file}:{number}: {}", line.trim()));
                }
            }
        }
    }
    assert_none(&faults);
}

/// The framework's own extractors answer with the library's words, which repeat what was sent, and
/// have limits of their own.
#[test]
fn what_is_sent_is_read_by_web_read_alone() {
    /// A file that somebody chose comes in parts.
    const PARTS: &str = "src/web/desk/import.rs";
    let mut faults = Vec::new();
    for (file, text) in sources("src/web") {
        if file.starts_with("src/web/read") {
            continue;
        }
        for (number, line) in framework_readers(&text) {
            if file != PARTS || !line.contains("Multipart") {
                faults.push(format!("{file}:{number}: {line}"));
            }
        }
    }
    assert_none(&faults);
}

/// The lines that take one of the framework's readers of bodies, forms and queries: imported, by
/// its path, or as the type of a handler's parameter.
fn framework_readers(text: &str) -> Vec<(usize, &str)> {
    let (mut imports, mut signature) = (false, false);
    let mut found = Vec::new();
    for (number, line) in code_lines(text) {
        let line = line.trim();
        imports |= line.starts_with("use actix_web::");
        signature |= line.starts_with("pub async fn ");
        let imported = ["Json", "Form", "Query", "Either"];
        let imported = imports && imported.iter().any(|name| mentions(line, name));
        let paths = ["Json", "Form", "Query", "Either", "Payload"];
        let by_path = paths.iter().any(|name| {
            mentions(line, &format!("web::{name}")) || mentions(line, &format!("actix::{name}"))
        });
        let bare = ["String", "Bytes", "Multipart"];
        let bare = signature
            && bare.iter().any(|kind| {
                [",", ")"]
                    .iter()
                    .any(|end| line.contains(&format!(": {kind}{end}")))
                    || line.contains(&format!("web::{kind},"))
            });
        if imported || by_path || bare {
            found.push((number, line));
        }
        imports &= !line.ends_with(';');
        signature &= !line.ends_with('{');
    }
    found
}

#[test]
fn only_the_compilers_html_is_trusted_in_a_template() {
    let mut faults = Vec::new();
    for (file, text) in files("templates", "html") {
        for (number, line) in (1..).zip(text.lines()) {
            for (at, _) in line.match_indices("|safe") {
                let name = line[..at]
                    .trim_end()
                    .rsplit(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
                    .next()
                    .unwrap();
                if !name.ends_with("html") {
                    faults.push(format!("{file}:{number}: {name}|safe"));
                }
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn the_top_level_holds_what_the_architecture_says() {
    let mut faults = Vec::new();
    let tracked = std::process::Command::new("git")
        .args(["ls-files"])
        .current_dir(root())
        .output()
        .unwrap();
    for path in String::from_utf8(tracked.stdout).unwrap().lines() {
        let top = path.split('/').next().unwrap();
        if !TOP_LEVEL.contains(&top) {
            faults.push(path.to_owned());
        }
    }
    assert_none(&faults);
}

#[test]
fn in_a_browser_every_press_says_whether_a_new_page_comes() {
    let mut faults = Vec::new();
    for (file, text) in files("tests/browser", "js") {
        let ours = !file.contains("node_modules") && !file.ends_with("browser/actors.js");
        let presses = text
            .lines()
            .enumerate()
            .filter(|(_, line)| line.contains(".click("));
        for (number, _) in presses.filter(|_| ours) {
            faults.push(format!(
                "{file}:{}: use `follow` or `change` of actors.js: a bare click does not wait",
                number + 1
            ));
        }
    }
    assert_none(&faults);
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files below a folder, by path from the root.
fn sources(folder: &str) -> Vec<(String, String)> {
    files(folder, "rs")
}

fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "node_modules") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|found| found == extension) {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The place in [`ORDER`] of the module a file of `src/` belongs to.
fn module_of(file: &str) -> Option<usize> {
    let rest = Path::new(file).strip_prefix("src").ok()?;
    let first = rest.components().next()?.as_os_str().to_str()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    ORDER.iter().position(|module| *module == name)
}

/// Lines with their numbers, comments left out.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The names that follow `crate::` or `autonomia::`.
fn crate_paths(line: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for root in ["crate::", "autonomia::"] {
        for (at, _) in line.match_indices(root) {
            let rest = &line[at + root.len()..];
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                .unwrap_or(rest.len());
            names.push(&rest[..end]);
        }
    }
    names
}

/// Whether a line uses a crate or path, as a whole word.
fn mentions(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + name.len()..].chars().next();
        let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !word(before) && !word(after)
    })
}

#[test]
fn the_rules_themselves_can_fail() {
    assert_eq!(crate_paths("use crate::web::State;"), ["web"]);
    assert_eq!(module_of("src/domain/ids.rs"), Some(0));
    assert_eq!(module_of("src/main.rs"), Some(12));
    assert!(mentions("use sea_orm::DbErr;", "sea_orm"));
    assert!(!mentions("use sea_orm_migration::x;", "sea_orm"));
    for taken in [
        "use actix_web::web::{self, Path, Json};",
        "use actix_web::{\n    web::Query,\n};",
        "    form: web::Form<Fields>,",
        "pub async fn take(app: App, text: String) -> Answer {",
        "pub async fn take(\n    app: App,\n    body: Bytes,\n) -> Answer {",
    ] {
        assert_eq!(framework_readers(taken).len(), 1, "{taken}");
    }
    let own = "use crate::web::read::{Form, Json};\nasync fn helper(text: String) {}";
    assert_eq!(framework_readers(own), []);
}
