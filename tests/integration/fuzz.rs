//! No input makes the compiler panic or hang, and what it renders has no markup of the author's.
//!
//! A seeded mutator damages the real course and the cases of the rules. `AUTONOMIA_FUZZ_CASES` is
//! the number of inputs (2,000 without it), `AUTONOMIA_FUZZ_SEED` the first seed: a failure names
//! its seed, and `AUTONOMIA_FUZZ_CASES=1` with that seed repeats it.

use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use autonomia::content::diagnostic::{Diagnostic, Severity};
use autonomia::content::report;
use autonomia::content::source::Source;
use autonomia::content::touches::Touches;
use autonomia::content::{Build, compile};
use autonomia::domain::locale::Lang;

use crate::content::{Case, TODAY, cases};
use crate::html::{every_html, foreign_markup};
use crate::mutate::{REPEATED, Random, mutate};

/// The longest a compilation of a few small files may take.
const LIMIT: Duration = Duration::from_secs(2);

/// What takes longer than this hangs, however busy the machine is.
const HANG: Duration = Duration::from_secs(60);

type Files = BTreeMap<String, Vec<u8>>;

/// Sound and unsound courses to damage: each case, and each file of the real course in a course
/// of its own.
fn corpus() -> Vec<Files> {
    let mut all: Vec<Files> = cases()
        .values()
        .map(|text| files_of(&Case::parse(text)))
        .collect();
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let real = Source::read(&content).unwrap();
    for module in &real.modules {
        for file in &module.files {
            let mut files = files_of(&Case::parse(
                "=== -prova/01-uno.md\n=== -prova/90-quiz.md\n",
            ));
            let (_, name) = file.path.split_once('/').unwrap();
            files.insert(format!("prova/{name}"), file.text.as_bytes().to_vec());
            for (name, bytes) in &module.images {
                files.insert(format!("prova/images/{name}"), bytes.to_vec());
            }
            all.push(files);
        }
    }
    let beside = [&real.paths, &real.lock].into_iter().flatten();
    for file in beside {
        let mut files = files_of(&Case::parse(""));
        files.insert(file.path.clone(), file.text.as_bytes().to_vec());
        all.push(files);
    }
    all
}

fn files_of(case: &Case) -> Files {
    let files = case.files.iter();
    files
        .map(|(path, text)| (path.clone(), text.clone().into_bytes()))
        .collect()
}

/// A course with one to three damaged files.
fn damaged(corpus: &[Files], seed: u64) -> Files {
    let mut random = Random(seed);
    let mut files = random.pick(corpus).clone();
    for _ in 0..=random.below(3) {
        let paths: Vec<String> = files.keys().cloned().collect();
        let path = random.pick(&paths).clone();
        let other = random
            .pick(corpus)
            .values()
            .next()
            .cloned()
            .unwrap_or_default();
        let bytes = files.get_mut(&path).unwrap();
        mutate(bytes, &other, &mut random);
    }
    files
}

/// Compiles and shows a course; what is not as it must be is told.
fn compile_and_look(files: &Files) -> Result<(), String> {
    let build = compile(&Source::from_files(files.clone()), TODAY);
    for complaint in &build.diagnostics {
        fits(complaint)?;
    }
    left_out_exactly_where_wrong(&build)?;
    let shown = report::human(&build.diagnostics, Lang::En, false);
    let json = report::json(&build.diagnostics, Lang::It).map_err(|error| error.to_string())?;
    let github = report::github(&build.diagnostics, Lang::It, "content");
    let complaints = build.diagnostics.len();
    if shown.is_empty() || !json.starts_with('[') || github.lines().count() != complaints {
        return Err("a report lacks something".to_owned());
    }
    for module in build.catalogue.modules() {
        for html in every_html(module) {
            if let Some(markup) = foreign_markup(&html) {
                return Err(format!("not the compiler's own markup: {markup}"));
            }
        }
    }
    Ok(())
}

fn fits(complaint: &Diagnostic) -> Result<(), String> {
    let (text, span) = (&complaint.file.text, &complaint.span);
    if text.get(span.clone()).is_none() {
        return Err(format!(
            "the place {span:?} is not in the text: {complaint:?}"
        ));
    }
    for lang in Lang::ALL {
        let all = [Some(&complaint.message), complaint.help.as_ref()];
        for said in all.into_iter().flatten() {
            let text = said.text(lang);
            if text.trim().is_empty() || text == said.key() {
                return Err(format!("no words in {lang}: {complaint:?}"));
            }
        }
    }
    Ok(())
}

/// A module is served exactly where no error is about it, nor about a module that it requires.
fn left_out_exactly_where_wrong(build: &Build) -> Result<(), String> {
    let errors = build.diagnostics.iter();
    let errors: Vec<_> = errors.filter(|it| it.severity == Severity::Error).collect();
    for outline in &build.outlines {
        let folder = &outline.folder;
        let mut modules = build.catalogue.modules().iter();
        let served = modules.any(|module| module.folder == *folder);
        let wrong = errors.iter().any(|it| match &it.touches {
            Touches::Folders(folders) => folders.contains(folder),
            Touches::Beside => false,
            Touches::Everything => true,
        });
        let own_file = |it: &&Diagnostic| it.file.path.split('/').next() == Some(folder);
        let lost = build
            .left_out
            .modules
            .get(folder)
            .is_some_and(Option::is_some);
        if served == (wrong || lost) || (served && errors.iter().any(own_file)) {
            let shown = report::human(&build.diagnostics, Lang::En, false);
            return Err(format!(
                "`{folder}`: served {served}, with errors {wrong}\n{shown}"
            ));
        }
    }
    Ok(())
}

fn number(name: &str, without: u64) -> u64 {
    std::env::var(name).map_or(without, |value| value.parse().unwrap())
}

#[test]
fn no_damaged_course_makes_the_compiler_panic_hang_or_let_markup_through() {
    let corpus = Arc::new(corpus());
    let count = number("AUTONOMIA_FUZZ_CASES", 2_000);
    let first = number("AUTONOMIA_FUZZ_SEED", 1);
    let next = Arc::new(AtomicU64::new(first));
    let (send, receive) = channel();
    let begun = Instant::now();
    for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
        let (corpus, next, send) = (Arc::clone(&corpus), Arc::clone(&next), send.clone());
        std::thread::spawn(move || {
            loop {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if seed >= first + count {
                    break;
                }
                let files = damaged(&corpus, seed);
                // The receiver is gone only when the test has failed.
                let _ = send.send((seed, None));
                let look = AssertUnwindSafe(|| compile_and_look(&files));
                let result = catch_unwind(look).unwrap_or_else(|_| Err("a panic".to_owned()));
                let _ = send.send((seed, Some(result)));
            }
        });
    }
    drop(send);
    let mut running: HashMap<u64, Instant> = HashMap::new();
    let mut took: Vec<(Duration, u64)> = Vec::new();
    loop {
        match receive.recv_timeout(LIMIT) {
            Ok((seed, None)) => {
                running.insert(seed, Instant::now());
            }
            Ok((seed, Some(result))) => {
                if let Err(error) = result {
                    panic!("seed {seed}: {error}");
                }
                took.extend(running.remove(&seed).map(|since| (since.elapsed(), seed)));
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        for (seed, since) in &running {
            assert!(since.elapsed() < HANG, "seed {seed} hangs");
        }
    }
    let rate = count as f64 / begun.elapsed().as_secs_f64();
    // Shown by `--nocapture`, or when the test fails.
    took.sort_unstable();
    let (slowest, seed) = took.last().copied().unwrap_or_default();
    let line = format!("{count} inputs, {rate:.0} a second, slowest {slowest:?} (seed {seed})\n");
    std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes()).unwrap();
    // The machine may have been busy with something else: what was slow is tried alone.
    for (_, seed) in took.iter().rev().take_while(|(took, _)| *took > LIMIT) {
        let files = damaged(&corpus, *seed);
        let alone = quickest(|| compile_and_look(&files).unwrap());
        assert!(alone <= LIMIT, "seed {seed} takes {alone:?}");
    }
}

/// The shortest of up to three tries.
fn quickest(mut work: impl FnMut()) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let since = Instant::now();
        work();
        best = best.min(since.elapsed());
        if best <= LIMIT {
            break;
        }
    }
    best
}

#[test]
fn one_thing_over_and_over_is_read_in_two_seconds() {
    let size = if cfg!(debug_assertions) {
        30_000
    } else {
        400_000
    };
    let mut slow = Vec::new();
    for (kind, start, piece) in REPEATED {
        let body = format!("{start}{}", piece.repeat(size / piece.len()));
        let paths: &[&str] = match *kind {
            "text" => &["prova/01-uno.md", "prova/90-quiz.md"],
            _ => &["prova/module.md", "paths.toml", "ids.lock"],
        };
        for path in paths {
            let mut files = files_of(&Case::parse(""));
            let file = files.entry((*path).to_owned()).or_default();
            match (*kind, *path) {
                ("text", _) => file.extend_from_slice(body.as_bytes()),
                (_, "prova/module.md") => *file = format!("+++\n{body}\n+++\n").into_bytes(),
                (_, _) => *file = body.clone().into_bytes(),
            }
            let took = quickest(|| {
                assert_eq!(
                    compile_and_look(&files),
                    Ok(()),
                    "{start:?} {piece:?} in {path}"
                );
            });
            if took > LIMIT {
                slow.push((start, piece, path, took));
            }
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}
