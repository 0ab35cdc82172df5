//! How long a course takes from the folder to the first answer, a changed file to be live, and a
//! search to be answered; and what memory it takes.
//!
//! `cargo bench --bench catalogue`, or with other sizes `cargo bench --bench catalogue -- 500`.
//! Every size is measured in a process of its own, so that its peak of memory is its own.

#![expect(clippy::unwrap_used, reason = "a measure stops at a surprise")]
#![expect(clippy::print_stdout, reason = "the figures are the result")]

mod generator;
mod measure;
mod words;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use autonomia::content::compiler::{Build, Compiler};
use autonomia::domain::locale::Lang;
use autonomia::search::{Index, Query, Search};
use time::macros::date;

use generator::Author;
use measure::{Latencies, memory, milliseconds};

const SIZES: [usize; 2] = [2_000, 20_000];
const TODAY: time::Date = date!(2026 - 11 - 20);
const SEED: u64 = 1;

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if let [flag, lessons, folder] = arguments.as_slice()
        && flag == "--one"
    {
        one(lessons.parse().unwrap(), Path::new(folder));
        return;
    }
    let mut sizes: Vec<usize> = arguments
        .iter()
        .filter_map(|size| size.parse().ok())
        .collect();
    if sizes.is_empty() {
        sizes.extend(SIZES);
    }
    for lessons in sizes {
        let folder = tempfile::tempdir().unwrap();
        generator::course(folder.path(), lessons, SEED).unwrap();
        let status = Command::new(std::env::current_exe().unwrap())
            .arg("--one")
            .arg(lessons.to_string())
            .arg(folder.path())
            .status()
            .unwrap();
        assert!(status.success());
    }
}

fn one(lessons: usize, folder: &Path) {
    println!("\n# {lessons} lessons\n");
    println!("| from cold | time | peak memory |\n|---|---|---|");
    let start = Instant::now();
    let mut compiler = Compiler::new(folder);
    let build = compiler.compile(TODAY).unwrap();
    let compiled = start.elapsed();
    sound(&build, lessons);
    row("compile", compiled);
    let mut index = Index::new().unwrap();
    let indexing = Instant::now();
    let search = index.apply(&build.changed, &build.removed).unwrap();
    row("index", indexing.elapsed());
    row("both", start.elapsed());
    let Build { catalogue, .. } = build;
    println!(
        "\nIn memory afterwards: {} MB, {} sections",
        memory("VmRSS"),
        search.sections()
    );

    changes(folder, &mut compiler, &mut index);
    searches(&search);
    drop(catalogue);
}

fn row(what: &str, time: Duration) {
    println!(
        "| {what} | {} | {} MB |",
        milliseconds(time),
        memory("VmHWM")
    );
}

/// Nothing is measured but a whole course: a complaint would leave modules out.
fn sound(build: &Build, lessons: usize) {
    if let Some(first) = build.diagnostics.first() {
        println!(
            "{} complaints, the first: {first:?}\n",
            build.diagnostics.len()
        );
    }
    let found: usize = build
        .catalogue
        .modules()
        .iter()
        .map(|module| module.original.lessons.len())
        .sum();
    assert_eq!(found, lessons, "the generated course is not sound");
}

/// A saved file until a search finds its new words.
fn changes(folder: &Path, compiler: &mut Compiler, index: &mut Index) {
    let file = folder.join("corso-00001").join("03-lezione.md");
    let (mut compiling, mut applying, mut both) = (
        Latencies::default(),
        Latencies::default(),
        Latencies::default(),
    );
    for nth in 0..30 {
        let word = format!("parola{nth}");
        let text = Author::new(SEED, 1_000_000 + nth).lesson(3);
        std::fs::write(
            &file,
            format!("{text}\n## Fine {{#fine}}\n\nEcco la {word}.\n"),
        )
        .unwrap();
        let start = Instant::now();
        let build = compiler.compile(TODAY).unwrap();
        compiling.push(start.elapsed());
        let apply = Instant::now();
        let search = index.apply(&build.changed, &build.removed).unwrap();
        applying.push(apply.elapsed());
        both.push(start.elapsed());
        assert_eq!(build.changed.len(), 1);
        let hits = search.search(&Query::new(word.as_str())).unwrap().hits;
        assert_eq!(hits.len(), 1, "{word}");
    }
    println!("\n| a changed file until it is live | median | p90 | worst |\n|---|---|---|---|");
    for (what, latencies) in [("compile", compiling), ("index", applying), ("both", both)] {
        let latencies = latencies.sorted();
        println!(
            "| {what} | {} | {} | {} |",
            milliseconds(latencies.share(0.5)),
            milliseconds(latencies.share(0.9)),
            milliseconds(latencies.share(1.0)),
        );
    }
}

/// A way of asking, with words of the course.
type Kind = (&'static str, fn(&mut Author) -> Query);

const KINDS: [Kind; 9] = [
    ("a common word", |author| ask(author.noun())),
    ("a rare name", |author| ask(&author.name())),
    ("three words", |author| {
        ask(&format!(
            "{} {} {}",
            author.verb(),
            author.noun(),
            author.name()
        ))
    }),
    ("a question", |author| {
        let (verb, noun, other) = (author.verb(), author.noun(), author.noun());
        ask(&format!(
            "Come faccio se {verb} {noun} e poi non va {other}?"
        ))
    }),
    ("a mistyped word", |author| {
        let (noun, verb) = (author.noun(), author.verb());
        ask(&format!("{verb} {}", mistyped(noun)))
    }),
    ("an unknown word", |_| ask("xilofonista")),
    ("stop words only", |_| ask("come si fa se non c'è più")),
    ("200 characters", |author| {
        let mut text = String::new();
        while text.len() < 200 {
            text.push_str(&author.sentence());
        }
        ask(&text)
    }),
    ("with filters", |author| Query {
        lang: Some(Lang::It),
        level: Some(2),
        ..ask(author.noun())
    }),
];

fn ask(text: &str) -> Query {
    Query::new(text)
}

fn mistyped(noun: &str) -> String {
    let mut letters: Vec<char> = noun.chars().collect();
    let last = letters.len() - 1;
    letters.swap(last - 2, last - 1);
    letters.into_iter().collect()
}

fn searches(search: &Search) {
    println!("\n| a search, ten hits with snippets | median | p99 | worst |\n|---|---|---|---|");
    let mut all = Latencies::default();
    for (what, kind) in KINDS {
        let mut author = Author::new(SEED, 2_000_000);
        let mut latencies = Latencies::default();
        for nth in 0..1_100 {
            let query = kind(&mut author);
            let start = Instant::now();
            search.search(&query).unwrap();
            // The first hundred warm the caches that a running server has warm.
            if nth >= 100 {
                latencies.push(start.elapsed());
                all.push(start.elapsed());
            }
        }
        print(what, latencies);
    }
    print("all together", all);
}

fn print(what: &str, latencies: Latencies) {
    let latencies = latencies.sorted();
    println!(
        "| {what} | {} | {} | {} |",
        milliseconds(latencies.share(0.5)),
        milliseconds(latencies.share(0.99)),
        milliseconds(latencies.share(1.0)),
    );
}
