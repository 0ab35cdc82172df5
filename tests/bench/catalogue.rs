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
use autonomia::search::{Index, Search, SearchQuery};
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
    println!("| from cold | time | processor time | peak memory |\n|---|---|---|---|");
    let start = Instant::now();
    let used = processor();
    let mut compiler = Compiler::new(folder);
    let build = compiler.compile(TODAY).unwrap();
    let compiled = start.elapsed();
    sound(&build, lessons);
    let compiling = processor();
    row("compile", compiled, compiling - used);
    let mut index = Index::new(&build.words).unwrap();
    let indexing = Instant::now();
    let Build {
        catalogue,
        changed,
        removed,
        ..
    } = build;
    let search = index.apply(changed, &removed).unwrap();
    row("index", indexing.elapsed(), processor() - compiling);
    row("both", start.elapsed(), processor() - used);
    println!(
        "\nIn memory afterwards: {} MB, {} sections",
        memory("self", "VmRSS"),
        search.sections()
    );

    changes(folder, &mut compiler, &mut index);
    searches(&search);
    drop(catalogue);
}

fn row(what: &str, time: Duration, processor: Duration) {
    let (time, processor) = (milliseconds(time), milliseconds(processor));
    println!(
        "| {what} | {time} | {processor} | {} MB |",
        memory("self", "VmHWM")
    );
}

/// What this process has used of the processors, all threads together: on a busy machine it says
/// more than the time that passed.
fn processor() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace();
    // Fields 14 and 15 of proc(5), in hundredths of a second; the first two are before the `)`.
    let ticks: u64 = fields
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<u64>().ok())
        .sum();
    Duration::from_millis(ticks * 10)
}

/// Nothing is measured but a whole course: a complaint would leave modules out.
fn sound(build: &Build, lessons: usize) {
    for complaint in build.diagnostics.iter().take(3) {
        let (file, message) = (&complaint.file.path, complaint.message.text(Lang::En));
        println!("{file}: {}: {message}", complaint.rule.code);
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
        let word = format!("quarzo{}", nth * 1_111);
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
        assert_eq!(build.changed.len(), 1);
        let search = index.apply(build.changed, &build.removed).unwrap();
        applying.push(apply.elapsed());
        both.push(start.elapsed());
        let hits = search
            .search(&SearchQuery::new(word.as_str()))
            .unwrap()
            .hits;
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
type Kind = (&'static str, fn(&mut Author) -> SearchQuery);

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
    ("with filters", |author| SearchQuery {
        lang: Some(Lang::It),
        level: Some(2),
        ..ask(author.noun())
    }),
];

fn ask(text: &str) -> SearchQuery {
    SearchQuery::new(text)
}

fn mistyped(noun: &str) -> String {
    let mut letters: Vec<char> = noun.chars().collect();
    let last = letters.len() - 1;
    letters.swap(last - 2, last - 1);
    letters.into_iter().collect()
}

/// Every query is asked five times: the best of them is what it costs, the rest is what else the
/// machine did.
const TIMES: usize = 5;

fn searches(search: &Search) {
    println!(
        "\n| a search, ten hits with snippets | median | p99 | worst | p99 of the best of five |\n\
         |---|---|---|---|---|"
    );
    let mut all = Times::default();
    for (what, kind) in KINDS {
        let mut author = Author::new(SEED, 2_000_000);
        let mut these = Times::default();
        for _ in 0..300 {
            let query = kind(&mut author);
            let times: Vec<_> = (0..TIMES)
                .map(|_| {
                    let start = Instant::now();
                    search.search(&query).unwrap();
                    start.elapsed()
                })
                .collect();
            these.push(&times);
            all.push(&times);
        }
        these.print(what);
    }
    all.print("all together");
}

/// Times of searches: all of them, and the best of each query.
#[derive(Default)]
struct Times {
    all: Latencies,
    best: Latencies,
}

impl Times {
    fn push(&mut self, times: &[Duration]) {
        for time in times {
            self.all.push(*time);
        }
        self.best
            .push(times.iter().min().copied().unwrap_or_default());
    }

    fn print(self, what: &str) {
        let (all, best) = (self.all.sorted(), self.best.sorted());
        println!(
            "| {what} | {} | {} | {} | {} |",
            milliseconds(all.share(0.5)),
            milliseconds(all.share(0.99)),
            milliseconds(all.share(1.0)),
            milliseconds(best.share(0.99)),
        );
    }
}
