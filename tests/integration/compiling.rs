//! A folder compiled again and again: what changes, what stays, what is left out.

use std::fs;
use std::path::Path;

use autonomia::content::diagnostic::Severity;
use autonomia::content::{Build, Compiler, Source, compile};
use tempfile::TempDir;

use crate::content::{Case, TODAY};

/// Writes the files of a case to a folder.
fn folder(case: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in Case::parse(&format!("\n{case}")).files {
        write(folder.path(), &path, text);
    }
    folder
}

fn write(root: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn edit(root: &Path, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(root.join(path)).unwrap();
    assert!(text.contains(from), "{text}");
    write(root, path, text.replace(from, to));
}

fn errors(build: &Build) -> Vec<&'static str> {
    let errors = build.diagnostics.iter();
    let errors = errors.filter(|complaint| complaint.severity == Severity::Error);
    errors.map(|complaint| complaint.rule.code).collect()
}

fn ids(build: &Build) -> Vec<String> {
    let modules = build.catalogue.modules().iter();
    modules.map(|module| module.id.to_string()).collect()
}

fn changed(build: &Build) -> Vec<String> {
    let changed = build.changed.iter();
    changed
        .map(|changed| changed.module.id.to_string())
        .collect()
}

/// Two modules, the second with a link to a lesson of the first.
const TWO: &str = "\
=== altro/module.md
Leggi prima [il primo passo](../prova/01-uno.md#passo).
=== altro/01-inizio.md
Un testo breve.
";

/// Without the lock that protects ids: these tests change them.
fn start(case: &str) -> (TempDir, Compiler) {
    let folder = folder(case);
    let compiler = Compiler::new(folder.path());
    (folder, compiler)
}

#[test]
fn only_what_has_changed_is_compiled_again() {
    let (folder, mut compiler) = start(TWO);
    let first = compiler.compile(TODAY).unwrap();
    assert_eq!(errors(&first), [""; 0]);
    assert_eq!(changed(&first), ["altro", "prova"]);
    let second = compiler.compile(TODAY).unwrap();
    assert_eq!(changed(&second), [""; 0]);
    assert_eq!(ids(&second), ["altro", "prova"]);
    edit(
        folder.path(),
        "prova/01-uno.md",
        "Leggi con calma",
        "Leggi piano",
    );
    let third = compiler.compile(TODAY).unwrap();
    assert_eq!(changed(&third), ["prova"]);
    assert!(
        third.changed[0]
            .sections
            .iter()
            .any(|s| s.text.contains("Leggi piano"))
    );
    assert!(third.removed.is_empty());
}

#[test]
fn a_module_with_a_mistake_is_left_out_and_comes_back_when_it_is_mended() {
    let (folder, mut compiler) = start(TWO);
    compiler.compile(TODAY).unwrap();
    edit(
        folder.path(),
        "altro/01-inizio.md",
        "Un testo",
        "<b>Un</b> testo",
    );
    let broken = compiler.compile(TODAY).unwrap();
    assert_eq!(errors(&broken), ["raw-html"]);
    assert_eq!(ids(&broken), ["prova"]);
    assert_eq!(broken.removed.len(), 1);
    edit(
        folder.path(),
        "altro/01-inizio.md",
        "<b>Un</b> testo",
        "Un testo",
    );
    let mended = compiler.compile(TODAY).unwrap();
    assert_eq!(changed(&mended), ["altro"]);
    assert!(!mended.changed[0].sections.is_empty());
}

#[test]
fn a_mistake_across_modules_is_seen_although_its_file_did_not_change() {
    let (folder, mut compiler) = start(TWO);
    compiler.compile(TODAY).unwrap();
    edit(
        folder.path(),
        "prova/01-uno.md",
        "{#passo}",
        "{#altro-passo}",
    );
    let broken = compiler.compile(TODAY).unwrap();
    assert_eq!(errors(&broken), ["broken-link"]);
    assert_eq!(ids(&broken), ["prova"]);
    edit(
        folder.path(),
        "prova/01-uno.md",
        "{#altro-passo}",
        "{#passo}",
    );
    let mended = compiler.compile(TODAY).unwrap();
    assert_eq!(ids(&mended), ["altro", "prova"]);
    let back = mended
        .changed
        .iter()
        .find(|c| c.module.id.as_str() == "altro")
        .unwrap();
    assert!(
        !back.sections.is_empty(),
        "the search index needs its text again"
    );
}

#[test]
fn links_to_another_module_follow_its_ids() {
    let (folder, mut compiler) = start(TWO);
    let intro = |build: &Build| build.catalogue.modules()[0].original.intro_html.clone();
    let first = compiler.compile(TODAY).unwrap();
    assert!(
        intro(&first).contains("href=\"/moduli/prova/uno#passo\""),
        "{}",
        intro(&first)
    );
    edit(
        folder.path(),
        "prova/01-uno.md",
        "id = \"uno\"",
        "id = \"primo\"",
    );
    let second = compiler.compile(TODAY).unwrap();
    assert!(
        intro(&second).contains("href=\"/moduli/prova/primo#passo\""),
        "{}",
        intro(&second)
    );
    assert_eq!(changed(&second), ["altro", "prova"]);
}

#[test]
fn a_folder_that_is_gone_is_removed() {
    let (folder, mut compiler) = start(TWO);
    compiler.compile(TODAY).unwrap();
    fs::remove_dir_all(folder.path().join("altro")).unwrap();
    let build = compiler.compile(TODAY).unwrap();
    assert_eq!(ids(&build), ["prova"]);
    assert_eq!(build.removed.len(), 1);
    assert_eq!(build.removed[0].as_str(), "altro");
}

#[test]
fn bytes_that_are_no_text_and_files_that_are_too_large_are_complaints() {
    let (folder, mut compiler) = start("");
    write(
        folder.path(),
        "prova/02-due.md",
        b"+++\nid = \"due\"\xff\n+++\n",
    );
    write(folder.path(), "prova/03-tre.md", vec![b'a'; 1_000_001]);
    write(folder.path(), "prova/images/a.png", vec![0; 200_001]);
    let build = compiler.compile(TODAY).unwrap();
    let mut codes = errors(&build);
    codes.sort_unstable();
    assert_eq!(codes, ["image-unusable", "unusable-file", "unusable-file"]);
    assert!(ids(&build).is_empty());
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed() {
    let (folder, mut compiler) = start("");
    let outside = TempDir::new().unwrap();
    write(outside.path(), "02-due.md", "not a lesson");
    let link = |from: &str, to: &str| {
        std::os::unix::fs::symlink(outside.path().join(from), folder.path().join(to)).unwrap();
    };
    link("02-due.md", "prova/02-due.md");
    link("", "fuori");
    let build = compiler.compile(TODAY).unwrap();
    assert_eq!(errors(&build), [""; 0]);
    assert_eq!(ids(&build), ["prova"]);
}

#[test]
fn a_folder_and_the_same_files_in_memory_compile_alike() {
    let (folder, mut compiler) = start(TWO);
    let read = compile(&Source::read(folder.path()).unwrap(), TODAY);
    let kept = compiler.compile(TODAY).unwrap();
    let text = |build: &Build| {
        let modules: Vec<_> = build
            .catalogue
            .modules()
            .iter()
            .map(|m| format!("{m:?}"))
            .collect();
        modules.concat()
    };
    assert_eq!(text(&read), text(&kept));
    assert_eq!(read.diagnostics.len(), kept.diagnostics.len());
}

#[test]
fn no_question_text_is_among_the_sections() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let build = Compiler::new(root).compile(TODAY).unwrap();
    assert!(!build.changed.is_empty());
    for changed in &build.changed {
        for lesson in &changed.module.original.lessons {
            for question in lesson.questions() {
                let title = question.title_html.as_str();
                let hit = changed.sections.iter().find(|s| s.text.contains(title));
                assert!(hit.is_none(), "{title}");
            }
        }
    }
}

#[test]
fn a_lesson_that_says_nothing_is_left_out_and_one_that_says_little_is_not() {
    let of = |body: &str| {
        let case = format!("\n=== prova/02-due.md\n{body}\n");
        errors(&Case::parse(&case).compile())
    };
    for silent in [
        "",
        "\n\n",
        "## Il primo passo {#primo}\n",
        "## Uno {#uno}\n\n### Due {#due}\n",
    ] {
        assert_eq!(of(silent), ["incomplete-module"], "{silent:?}");
    }
    for little in ["Leggi.", "## Uno {#uno}\n\n- Leggi.\n", "> Leggi.\n"] {
        assert_eq!(of(little), [""; 0], "{little:?}");
    }
    let asks = "## Quanti passi? {#passi .q .number}\n\n= 3\n";
    assert_eq!(of(asks), [""; 0]);
}
