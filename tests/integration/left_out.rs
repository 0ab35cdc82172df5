//! What an error leaves out: the modules it is about and no other; and what stays where it is about
//! none.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use autonomia::content::diagnostic::{Diagnostic, Severity};
use autonomia::content::lock::Lock;
use autonomia::content::touches::Touches;
use autonomia::content::{Build, Compiler, Source, compile, rules};
use tempfile::TempDir;

use crate::content::{Case, TODAY, cases};

/// A sound module beside those of a case. None of its files is ever wrong.
const SOUND: &str = "
=== altro/module.md
Un altro modulo.
=== altro/01-inizio.md
Un testo breve.
";

/// A path over both modules.
const PATH: &str = "
=== paths.toml
[[path]]
id = \"tutto\"
title = { it = \"Tutto\" }
summary = { it = \"Prima uno, poi l'altro.\" }
modules = [\"prova\", \"altro\"]
";

/// The folders of a catalogue.
fn served(build: &Build) -> BTreeSet<&str> {
    let modules = build.catalogue.modules().iter();
    modules.map(|module| module.folder.as_str()).collect()
}

fn errors(build: &Build) -> Vec<&Diagnostic> {
    let all = build.diagnostics.iter();
    all.filter(|it| it.severity == Severity::Error).collect()
}

fn codes(build: &Build) -> Vec<&str> {
    errors(build).iter().map(|it| it.rule.code).collect()
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A published course: its lock is of itself.
fn published(case: &str) -> (TempDir, Compiler) {
    let mut files = Case::parse(&format!("{SOUND}{case}")).files;
    let build = compile(&Source::from_files(files.clone()), TODAY);
    let outlines = build.outlines.iter().map(AsRef::as_ref);
    let paths = build.paths.iter().map(|path| path.id.value.as_str());
    let lock = Lock::of(outlines, paths).to_string();
    files.entry("ids.lock".to_owned()).or_insert(lock);
    let folder = TempDir::new().unwrap();
    for (path, text) in &files {
        write(folder.path(), path, text);
    }
    let mut compiler = Compiler::new(folder.path());
    let build = compiler.compile(TODAY).unwrap();
    assert_eq!(codes(&build), [""; 0]);
    (folder, compiler)
}

fn edit(folder: &TempDir, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(folder.path().join(path)).unwrap();
    assert!(text.contains(from), "{text}");
    write(folder.path(), path, &text.replace(from, to));
}

/// The modules at fault in the case of a code: those with a marked place, or, where nothing is
/// marked, the one of the case. Of a place in `ids.lock`, whose it is stands here.
fn at_fault(code: &str, case: &Case) -> BTreeSet<String> {
    let mut folders: BTreeSet<String> = case
        .marks
        .iter()
        // No page is made of it.
        .filter(|(path, _)| !path.ends_with("asks.toml"))
        .filter_map(|(path, _)| Some(path.split_once('/')?.0.to_owned()))
        // Its change is explained, and what is marked there is a warning.
        .filter(|folder| (code, folder.as_str()) != ("key-changed", "mare"))
        .collect();
    let named = match code {
        // A lesson and a question of `prova` are gone; `mare` and a path are nowhere.
        "id-removed" => "prova",
        _ if case.marks.is_empty() => "prova",
        _ => return folders,
    };
    folders.insert(named.to_owned());
    folders
}

#[test]
fn every_error_code_leaves_out_the_modules_at_fault_and_no_other() {
    let mut seen = BTreeSet::new();
    for (code, text) in cases() {
        let case = Case::parse(&format!("{text}{SOUND}"));
        let build = case.compile();
        let served = served(&build);
        let everything = errors(&build)
            .iter()
            .any(|it| it.touches == Touches::Everything);
        assert_eq!(everything, code == "lock-unreadable", "{code}");
        seen.extend(errors(&build).iter().map(|it| it.rule.code));
        if errors(&build).is_empty() {
            assert!(
                served.contains("prova") && served.contains("altro"),
                "{code}"
            );
            continue;
        }
        let at_fault = at_fault(&code, &case);
        for outline in &build.outlines {
            let folder = outline.folder.as_str();
            let lost = build
                .left_out
                .modules
                .get(folder)
                .is_some_and(Option::is_some);
            let wanted = !everything && !at_fault.contains(folder) && !lost;
            assert_eq!(served.contains(folder), wanted, "{code}: {folder}");
            assert!(!lost || !outline.requires.is_empty(), "{code}: {folder}");
        }
        assert_eq!(served.contains("altro"), !everything, "{code}");
        // What stands beside the modules is left out as a whole.
        let beside = case.marks.iter().any(|(path, _)| path == "paths.toml");
        if beside {
            assert!(build.catalogue.paths().is_empty(), "{code}");
        }
    }
    let all = rules::ALL
        .iter()
        .filter(|rule| rule.severity == Severity::Error);
    let all: BTreeSet<_> = all.map(|rule| rule.code).collect();
    assert_eq!(seen, all, "a code without an error in its case");
}

#[test]
fn every_error_that_is_about_no_module_keeps_the_last_good_catalogue() {
    let mut held = BTreeSet::new();
    for (code, text) in cases() {
        let (folder, mut compiler) = published(PATH);
        let good = compiler.compile(TODAY).unwrap();
        for (path, text) in &Case::parse(&format!("{text}{SOUND}")).files {
            write(folder.path(), path, text);
        }
        let build = compiler.compile(TODAY).unwrap();
        let no_module = errors(&build).iter().any(|it| it.touches.no_module());
        assert_eq!(build.held, no_module, "{code}");
        if build.held {
            assert!(Arc::ptr_eq(&build.catalogue, &good.catalogue), "{code}");
            assert!(
                build.changed.is_empty() && build.removed.is_empty(),
                "{code}"
            );
            held.insert(code);
        }
    }
    for code in [
        "duplicate-id",
        "id-removed",
        "id-returns",
        "lock-unreadable",
        "unknown-module",
    ] {
        assert!(held.contains(code), "{code}: {held:?}");
    }
}

#[test]
fn a_published_question_that_is_deleted_takes_its_module_out_until_it_is_retired() {
    const SECOND: &str = "## Di che colore è il mare? {#prova-mare .q .one}\n\n\
                          - [x] `a` Blu\n- [ ] `b` Rosso\n";
    let (folder, mut compiler) = published(&format!(
        "\n=== prova/90-quiz.md\n## Di che colore è il cielo? {{#prova-cielo .q .one}}\n\n\
         - [x] `a` Azzurro\n- [ ] `b` Verde\n\n{SECOND}"
    ));
    edit(&folder, "prova/90-quiz.md", SECOND, "");
    let broken = compiler.compile(TODAY).unwrap();
    assert_eq!(codes(&broken), ["id-removed"]);
    assert_eq!(served(&broken), ["altro"].into());
    assert_eq!(broken.removed.len(), 1);
    edit(&folder, "ids.lock", "prova-mare live", "prova-mare retired");
    let mended = compiler.compile(TODAY).unwrap();
    assert_eq!(codes(&mended), [""; 0]);
    assert_eq!(served(&mended), ["altro", "prova"].into());
    assert!(!mended.changed[0].sections.is_empty());
}

#[test]
fn a_module_under_another_id_is_the_published_one_gone() {
    let (folder, mut compiler) = published("");
    edit(
        &folder,
        "prova/module.md",
        "id = \"prova\"",
        "id = \"nuovo\"",
    );
    let build = compiler.compile(TODAY).unwrap();
    assert!(codes(&build).iter().all(|code| *code == "id-removed"));
    assert_eq!(served(&build), ["altro"].into());
}

#[test]
fn a_module_that_is_deleted_is_gone_and_the_others_are_served() {
    let (folder, mut compiler) = published("");
    fs::remove_dir_all(folder.path().join("prova")).unwrap();
    let build = compiler.compile(TODAY).unwrap();
    assert!(codes(&build).contains(&"id-removed"));
    assert!(!build.held);
    assert_eq!(served(&build), ["altro"].into());
}

#[test]
fn an_id_in_a_file_that_cannot_be_read_is_not_gone() {
    for (path, from, to) in [
        ("prova/module.md", "id = \"prova\"", "id = prova"),
        ("prova/module.md", "id = \"prova\"", "id = \"Prova!\""),
        ("prova/90-quiz.md", "id = \"quiz\"", "id = quiz"),
        ("prova/01-uno.md", "+++\n\n", "\n"),
    ] {
        let (folder, mut compiler) = published("");
        edit(&folder, path, from, to);
        let build = compiler.compile(TODAY).unwrap();
        assert_eq!(codes(&build).len(), 1, "{to}: {:?}", codes(&build));
        assert_eq!(served(&build), ["altro"].into(), "{to}");
    }
    let (folder, mut compiler) = published(PATH);
    edit(&folder, "paths.toml", "id = \"tutto\"", "id = “tutto");
    let build = compiler.compile(TODAY).unwrap();
    assert_eq!(codes(&build), ["toml-syntax"]);
    assert!(build.held);
}

#[test]
fn who_requires_a_module_that_is_left_out_is_left_out_too_and_so_is_a_path_that_names_it() {
    let case = "
=== terzo/module.md
Un terzo modulo.
=== terzo/01-inizio.md
Un testo breve.
";
    let (folder, mut compiler) = published(&format!("{case}{PATH}"));
    edit(
        &folder,
        "altro/module.md",
        "requires = []",
        "requires = [\"prova\"]",
    );
    edit(
        &folder,
        "terzo/module.md",
        "requires = []",
        "requires = [\"altro\"]",
    );
    let sound = compiler.compile(TODAY).unwrap();
    assert_eq!(served(&sound), ["altro", "prova", "terzo"].into());
    assert_eq!(sound.catalogue.paths().len(), 1);
    edit(&folder, "prova/01-uno.md", "Leggi", "<b>Leggi</b>");
    let broken = compiler.compile(TODAY).unwrap();
    assert_eq!(served(&broken), [""; 0].into());
    assert!(broken.catalogue.paths().is_empty());
    let why = |folder: &str| {
        let found = broken.left_out.modules.get(folder).unwrap();
        found.as_ref().map(|id| id.as_str())
    };
    assert_eq!(why("prova"), None);
    assert_eq!(why("altro"), Some("prova"));
    assert_eq!(why("terzo"), Some("altro"));
    assert_eq!(broken.left_out.paths[0].as_str(), "tutto");
    edit(&folder, "prova/01-uno.md", "<b>Leggi</b>", "Leggi");
    let mended = compiler.compile(TODAY).unwrap();
    assert_eq!(served(&mended).len(), 3);
    assert_eq!(mended.catalogue.paths().len(), 1);
    assert!(mended.changed.iter().all(|it| !it.sections.is_empty()));
}

#[test]
fn a_mistake_in_a_translation_leaves_its_module_out() {
    let case = "
=== prova/module.en.md
One thing at a time.
=== prova/01-uno.en.md
## The first step {#passo}

Read slowly.
=== prova/90-quiz.en.md
## What colour is the sky? {#prova-cielo .q .one}

- [x] `a` Blue
- [ ] `b` Green
";
    let (folder, mut compiler) = published(case);
    edit(
        &folder,
        "prova/01-uno.en.md",
        "Read slowly",
        "<i>Read</i> slowly",
    );
    assert_eq!(served(&compiler.compile(TODAY).unwrap()), ["altro"].into());
    edit(
        &folder,
        "prova/01-uno.en.md",
        "<i>Read</i> slowly",
        "Read slowly",
    );
    edit(&folder, "prova/90-quiz.en.md", "`b` Green", "`c` Green");
    let build = compiler.compile(TODAY).unwrap();
    assert_eq!(codes(&build), ["translation-differs"]);
    assert_eq!(served(&build), ["altro"].into());
}

#[test]
fn two_modules_with_one_id_are_both_left_out() {
    let (folder, mut compiler) = published("");
    for name in ["module.md", "01-uno.md", "90-quiz.md"] {
        let text = fs::read_to_string(folder.path().join("prova").join(name)).unwrap();
        write(folder.path(), &format!("zeta/{name}"), &text);
    }
    let build = compiler.compile(TODAY).unwrap();
    assert_eq!(codes(&build), ["duplicate-id"]);
    assert_eq!(served(&build), ["altro"].into());
}

#[test]
fn a_line_of_the_lock_that_names_a_module_is_about_that_module() {
    let (folder, mut compiler) = published("");
    edit(
        &folder,
        "ids.lock",
        "module prova live",
        "module prova forse",
    );
    let build = compiler.compile(TODAY).unwrap();
    assert_eq!(codes(&build), ["lock-unreadable"]);
    assert!(!build.held);
    assert_eq!(served(&build), ["altro"].into());
}

#[test]
fn a_lock_that_cannot_be_read_keeps_what_is_served_and_lets_nothing_begin() {
    let (folder, mut compiler) = published("");
    edit(&folder, "prova/01-uno.md", "Leggi con calma", "Leggi piano");
    fs::write(folder.path().join("ids.lock"), b"module \xff").unwrap();
    let held = compiler.compile(TODAY).unwrap();
    assert_eq!(codes(&held), ["unusable-file"]);
    assert_eq!(held.diagnostics.len(), 1);
    assert!(held.held);
    assert_eq!(served(&held), ["altro", "prova"].into());
    let begun = Compiler::new(folder.path()).compile(TODAY).unwrap();
    assert!(!begun.held);
    assert!(served(&begun).is_empty());
    fs::remove_file(folder.path().join("ids.lock")).unwrap();
    let mended = compiler.compile(TODAY).unwrap();
    assert_eq!(mended.changed.len(), 1, "what was written meanwhile");
}

#[test]
fn no_limit_of_what_is_told_hides_who_is_at_fault() {
    let mut case = String::new();
    for at in 0..130 {
        case.push_str(&format!(
            "=== modulo-{at}/module.md\nUn modulo.\n=== modulo-{at}/01-uno.md\nUn testo.\n"
        ));
    }
    let (folder, mut compiler) = published(&format!("\n{case}"));
    let lock = fs::read_to_string(folder.path().join("ids.lock")).unwrap();
    let gone: String = (0..130)
        .map(|at| format!("question modulo-{at}/domanda-{at} live key=0a text=0b\n"))
        .collect();
    write(folder.path(), "ids.lock", &format!("{lock}{gone}"));
    let build = compiler.compile(TODAY).unwrap();
    assert_eq!(errors(&build).len(), 100);
    assert_eq!(served(&build), ["altro", "prova"].into());
    // And errors behind many warnings.
    let (folder, mut compiler) = published("");
    let long = "Una frase che non finisce mai ".repeat(6);
    let text = format!("{}\n\n<b>x</b>\n", format!("{long}.\n\n").repeat(250));
    let text =
        Case::parse(&format!("\n=== prova/02-due.md\n{text}")).files["prova/02-due.md"].clone();
    write(folder.path(), "prova/02-due.md", &text);
    assert_eq!(served(&compiler.compile(TODAY).unwrap()), ["altro"].into());
}
