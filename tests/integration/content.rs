//! The rules of the course format, each shown by a case in `tests/content/CODE.md`.
//!
//! A case is a whole course in one file, as short as it can be:
//!
//! ```text
//! What the case shows, in a line or two. Not part of the course.
//!
//! === prova/01-uno.md
//! Text with ⟦the place the rule complains about⟧ between marks.
//! === paths.toml
//! …
//! ```
//!
//! - `=== PATH` begins a file. Files that a sound course needs and the case does not give
//!   ([`DEFAULTS`], and an `ids.lock` that fits) are supplied.
//! - A Markdown file that does not begin with `+++` gets a sound front matter for its name. It is
//!   taken as it is after `=== PATH raw`.
//! - `=== -PATH` leaves a default out.
//! - The code of the file's name must be complained about exactly at the marks, in all marked
//!   places and no other, and no other error may be reported. A case without a mark expects the
//!   complaint about a whole file. `⟦⟧` is an empty place.
//! - The text people see is kept beside the case, in `CODE.snap`, and in Italian in `CODE.it.snap`
//!   (`INSTA_UPDATE=always` writes them).

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use autonomia::content::diagnostic::Severity;
use autonomia::content::lock::Lock;
use autonomia::content::source::{Source, Span};
use autonomia::content::{Build, compile, compile_everywhere, report, rules};
use autonomia::domain::locale::Lang;
use time::Date;
use time::macros::date;

/// The day on which every case is compiled.
pub(crate) const TODAY: Date = date!(2026 - 11 - 21);

/// The day on which the facts of the real course were last checked, or soon after.
const WRITTEN: Date = date!(2026 - 12 - 1);

/// A sound course of one module.
const DEFAULTS: [(&str, &str); 3] = [
    ("prova/module.md", "Qui impari una cosa alla volta.\n"),
    (
        "prova/01-uno.md",
        "## Il primo passo {#passo}\n\nLeggi con calma. Poi prova tu.\n",
    ),
    (
        "prova/90-quiz.md",
        "## Di che colore è il cielo? {#prova-cielo .q .one}\n\n\
         - [x] `a` Azzurro\n- [ ] `b` Verde\n",
    ),
];

/// A case taken apart: the files of the course and the marked places.
pub(crate) struct Case {
    pub(crate) files: BTreeMap<String, String>,
    pub(crate) marks: Vec<(String, Span)>,
}

impl Case {
    pub(crate) fn parse(text: &str) -> Self {
        let mut files: BTreeMap<String, String> = DEFAULTS
            .iter()
            .map(|(path, body)| ((*path).to_owned(), with_front_matter(path, body)))
            .collect();
        for section in format!("\n{text}").split("\n=== ").skip(1) {
            let (head, body) = section.split_once('\n').unwrap_or((section, ""));
            let body = format!("{body}\n");
            if let Some(path) = head.strip_prefix('-') {
                files.remove(path.trim());
            } else if let Some(path) = head.strip_suffix(" raw") {
                files.insert(path.to_owned(), body);
            } else {
                let path = head.trim();
                files.insert(path.to_owned(), with_front_matter(path, &body));
            }
        }
        let mut marks = Vec::new();
        for (path, text) in &mut files {
            let spans = take_marks(text);
            marks.extend(spans.into_iter().map(|span| (path.clone(), span)));
        }
        Self { files, marks }
    }

    pub(crate) fn compile(&self) -> Build {
        let mut files = self.files.clone();
        if !files.contains_key("ids.lock") {
            let build = compile(&Source::from_files(files.clone()), TODAY);
            let outlines = build.outlines.iter().map(AsRef::as_ref);
            let paths = build.paths.iter().map(|path| path.id.value.as_str());
            files.insert("ids.lock".to_owned(), Lock::of(outlines, paths).to_string());
        }
        compile(&Source::from_files(files), TODAY)
    }
}

/// Removes the marks and tells where they were.
fn take_marks(text: &mut String) -> Vec<Span> {
    let mut spans = Vec::new();
    while let Some(start) = text.find('⟦') {
        text.replace_range(start..start + '⟦'.len_utf8(), "");
        let end = text.find('⟧').unwrap();
        text.replace_range(end..end + '⟧'.len_utf8(), "");
        spans.push(start..end);
    }
    spans
}

fn with_front_matter(path: &str, body: &str) -> String {
    let unmarked = body.trim_start_matches(['⟦', '⟧']);
    let Some((folder, name)) = path.split_once('/') else {
        return body.to_owned();
    };
    if !name.ends_with(".md") || unmarked.starts_with("+++") {
        return body.to_owned();
    }
    let (stem, lang) = match name.trim_end_matches(".md").split_once('.') {
        Some((stem, lang)) => (stem, Some(lang)),
        None => (name.trim_end_matches(".md"), None),
    };
    let id = stem.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    let front = match (stem, lang) {
        ("module", None) => format!(
            "id = \"{folder}\"\ntitle = \"Un modulo\"\nsummary = \"Una prova.\"\nlevel = 1\n\
             digcomp = [\"1.1\"]\ndomains = [\"S\"]\nminutes = 10\npass = 70\n\
             keywords = [\"prova\"]\nrequires = []\nverified = 2026-11-20\n\
             sources = [\"https://www.agid.gov.it/\"]\nrev = 1\nchanges = {{}}\n"
        ),
        ("module", Some(_)) => format!(
            "id = \"{folder}\"\ntitle = \"A module\"\nsummary = \"A try.\"\n\
             keywords = [\"try\"]\nverified = 2026-11-20\n"
        ),
        ("90-quiz", None) => "id = \"quiz\"\ntitle = \"Quiz\"\nkind = \"quiz\"\n".to_owned(),
        (_, None) => format!("id = \"{id}\"\ntitle = \"Una lezione\"\nminutes = 5\n"),
        (_, Some(_)) => format!("id = \"{id}\"\ntitle = \"A lesson\"\n"),
    };
    format!("+++\n{front}+++\n\n{body}")
}

/// Compares what is reported with what the case marks.
fn check(code: &str, text: &str) {
    let case = Case::parse(text);
    let build = case.compile();
    let shown = report::human(&build.diagnostics, Lang::En, false);
    let mut found = Vec::new();
    for complaint in &build.diagnostics {
        let path = complaint.file.path.clone();
        if complaint.rule.code == code {
            found.push((path, complaint.span.clone()));
        } else {
            assert_eq!(
                complaint.severity,
                Severity::Warning,
                "{code}: an error of another rule\n{shown}"
            );
        }
    }
    if case.marks.is_empty() {
        assert!(!found.is_empty(), "{code}: not reported\n{shown}");
        assert!(
            found.iter().all(|(_, span)| *span == (0..0)),
            "{code}: reported at a place; mark it in the case\n{shown}"
        );
    } else {
        let mut marks = case.marks;
        marks.sort_by_key(|(path, span)| (path.clone(), span.start, span.end));
        found.sort_by_key(|(path, span)| (path.clone(), span.start, span.end));
        assert_eq!(
            found, marks,
            "{code}: reported (left) is not what is marked (right)\n{shown}"
        );
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../content");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::assert_snapshot!(code, shown);
        let italian = report::human(&build.diagnostics, Lang::It, false);
        insta::assert_snapshot!(format!("{code}.it"), italian);
    });
}

/// The cases: code and text.
pub(crate) fn cases() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/content");
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path: PathBuf| {
            let code = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (code, fs::read_to_string(path).unwrap())
        })
        .collect()
}

#[test]
fn each_rule_complains_at_the_marked_place_of_its_case_and_nowhere_else() {
    let mut failed = Vec::new();
    for (code, text) in cases() {
        if catch_unwind(AssertUnwindSafe(|| check(&code, &text))).is_err() {
            failed.push(code);
        }
    }
    assert!(failed.is_empty(), "failed: {failed:?}");
}

#[test]
fn a_course_of_the_defaults_is_sound() {
    let build = Case::parse("").compile();
    assert_eq!(
        report::human(&build.diagnostics, Lang::En, false),
        "no mistakes found\n"
    );
    assert_eq!(build.catalogue.modules().len(), 1);
}

#[test]
fn the_real_course_has_no_errors_and_no_warnings_in_any_region_or_without_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let source = Source::read(&folder).unwrap();
    let files = source.modules.iter().flat_map(|module| &module.files);
    let regional = files.filter(|file| file.text.contains("{{region."));
    assert!(regional.count() > 3, "few lessons differ by region");
    let build = compile_everywhere(&source, WRITTEN);
    assert_eq!(
        report::human(&build.diagnostics, Lang::En, false),
        "no mistakes found\n"
    );
    assert!(build.catalogue.modules().len() >= 3);
}

#[test]
fn every_rule_has_a_case_and_every_case_names_a_rule() {
    let cases = cases();
    let without: Vec<_> = rules::ALL
        .iter()
        .map(|rule| rule.code)
        .filter(|code| !cases.contains_key(*code))
        .collect();
    assert!(without.is_empty(), "rules without a case: {without:?}");
    for code in cases.keys() {
        assert!(rules::find(code).is_some(), "a case names no rule: {code}");
    }
}

#[test]
fn every_manual_page_says_what_why_and_shows_wrong_and_right_in_both_languages() {
    let mut without = Vec::new();
    for rule in rules::ALL {
        for (lang, parts) in [
            (Lang::En, ["\nWrong", "\nRight"]),
            (Lang::It, ["\nSbagliato", "\nGiusto"]),
        ] {
            let page = rule.manual(lang);
            if lang == Lang::It && page == rule.manual(Lang::En) {
                without.push(rule.code);
                continue;
            }
            let summary = rule.summary(lang);
            assert!(summary.ends_with('.'), "{} ({lang}): first line", rule.code);
            for part in parts {
                let found = page.contains(part);
                assert!(found, "{} ({lang}): no line begins {part:?}", rule.code);
            }
            assert!(
                page.matches("\n```").count() >= 4,
                "{} ({lang}): two examples between ``` lines",
                rule.code
            );
        }
    }
    assert!(without.is_empty(), "no page in rules/it/: {without:?}");
}

#[test]
fn an_italian_page_has_the_examples_of_the_english_one() {
    let code = |page: &str| -> usize { page.split("\n```").skip(1).step_by(2).count() };
    for rule in rules::ALL {
        let (english, italian) = (rule.manual(Lang::En), rule.manual(Lang::It));
        assert_eq!(code(&english), code(&italian), "{}", rule.code);
    }
}

#[test]
fn codes_are_unique_and_in_kebab_case() {
    let mut codes: Vec<_> = rules::ALL.iter().map(|rule| rule.code).collect();
    for code in &codes {
        let kebab = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(code.chars().all(kebab), "{code}");
    }
    codes.sort_unstable();
    let count = codes.len();
    codes.dedup();
    assert_eq!(codes.len(), count, "a code is used twice");
}
