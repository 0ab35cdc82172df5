//! What has to stay fast, each figure beside what it is compared with, in one run and in turns, so that
//! only the ratios count: the machine is never as quiet as one would like.
//!
//! `cargo bench --bench fast`; another binary, such as an older one, with its path as argument, and
//! other sizes with their numbers.

#![expect(clippy::unwrap_used, reason = "a measure stops at a surprise")]
#![expect(clippy::print_stdout, reason = "the figures are the result")]
#![expect(dead_code, reason = "the other measures use more of these modules")]

mod generator;
mod http;
mod measure;
mod plain;
mod servers;
mod words;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use generator::{Author, PER_MODULE};
use http::{Load, Outcome, Request};
use measure::milliseconds;
use servers::Server;

const SIZES: [usize; 2] = [2_000, 20_000];
const SEED: u64 = 1;
/// How often each is measured in turn, and how long.
const ROUNDS: usize = 5;
const LASTS: Duration = Duration::from_secs(3);
/// Until a server that has started is at rest.
const REST: Duration = Duration::from_secs(25);

fn main() {
    if std::env::args().any(|argument| argument == "--plain") {
        plain::serve();
        return;
    }
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let numbers = arguments.iter().filter_map(|given| given.parse().ok());
    let mut sizes: Vec<usize> = numbers.collect();
    if sizes.is_empty() {
        sizes.extend(SIZES);
    }
    let given = arguments.into_iter().find(|given| given.contains('/'));
    let program = given.unwrap_or_else(|| env!("CARGO_BIN_EXE_autonomia").to_owned());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(run(Path::new(&program), &sizes));
}

async fn run(program: &Path, sizes: &[usize]) {
    let folder = tempfile::tempdir().unwrap();
    for &lessons in sizes {
        let courses = folder.path().join(format!("courses-{lessons}"));
        generator::course(&courses, lessons, SEED).unwrap();
        let database = format!("sqlite:{}/{lessons}.db", folder.path().display());
        let keys = folder.path().join("keys.toml");
        let started = Instant::now();
        let mut server = Server::of(program, &courses, &database, &keys);
        server.answers("/moduli/corso-00000/lezione-01").await;
        let start = started.elapsed();
        tokio::time::sleep(REST).await;
        println!("\n# {lessons} lessons\n");
        println!(
            "first answer after {}; {} MB at rest (proportional)\n",
            milliseconds(start),
            server.memory("Pss")
        );
        if lessons == SIZES[0] {
            rates(&server).await;
        }
        waits(&server, lessons).await;
        server.stop();
    }
}

/// Answers a second at 64 connections, a search at 16.
async fn rates(server: &Server) {
    let plain = plain::server();
    let of = |server: &Server, connections| Load {
        port: server.port,
        connections,
        at_most: 2_000_000,
        no_longer_than: LASTS,
    };
    let mut rates: [Vec<f64>; 7] = Default::default();
    for round in 0..=ROUNDS {
        let outcomes = [
            http::put_under(of(&plain, 64), |_, _| Some(Request::get("/"))).await,
            http::put_under(of(server, 64), lesson).await,
            http::put_under(of(server, 64), |_, _| {
                Some(Request::get("/moduli").packed())
            })
            .await,
            http::put_under(of(server, 64), list).await,
            http::put_under(of(server, 16), |worker, nth| {
                Some(search("/cerca", worker, nth))
            })
            .await,
            http::put_under(of(server, 16), |worker, nth| Some(new(worker, nth))).await,
            http::put_under(of(server, 16), |worker, nth| {
                Some(search("/api/v1/search", worker, nth))
            })
            .await,
        ];
        // The first round warms up.
        for (rates, outcome) in rates.iter_mut().zip(outcomes).filter(|_| round > 0) {
            rates.push(sound(outcome.unwrap()).per_second());
        }
    }
    plain.stop();
    let names = [
        "plain handler, 20 KB",
        "lesson page",
        "list of modules",
        "list of modules, filtered",
        "search page, 16 connections, words as people ask them",
        "search page, 16 connections, nothing asked twice",
        "search, JSON, 16 connections",
    ];
    println!("| what | a second | of plain | of a lesson page |\n|---|---|---|---|");
    for (name, rate) in names.iter().zip(&rates) {
        println!(
            "| {name} | {:.0} | {:.0} % | {:.0} % |",
            median(rate.iter().copied()),
            100.0 * median(rate.iter().zip(&rates[0]).map(|(own, plain)| own / plain)),
            100.0 * median(rate.iter().zip(&rates[1]).map(|(own, page)| own / page)),
        );
    }
}

/// How long a search takes where nothing else, and where three others, are asked for meanwhile.
async fn waits(server: &Server, lessons: usize) {
    println!(
        "\n| a search, JSON, {lessons} lessons | a second | median | p99 |\n|---|---|---|---|"
    );
    for connections in [1, 4] {
        let load = Load {
            port: server.port,
            connections,
            at_most: 20_000,
            no_longer_than: 3 * LASTS,
        };
        let ask = |worker, nth| Some(search("/api/v1/search", worker, nth));
        http::put_under(load, ask).await.unwrap();
        let outcome = sound(http::put_under(load, ask).await.unwrap());
        println!(
            "| {connections} at once | {:.0} | {} | {} |",
            outcome.per_second(),
            milliseconds(outcome.latencies.share(0.5)),
            milliseconds(outcome.latencies.share(0.99)),
        );
    }
}

fn sound(outcome: Outcome) -> Outcome {
    assert_eq!(outcome.failed, 0, "not everything was answered");
    outcome
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn lesson(worker: usize, nth: usize) -> Option<Request> {
    let lesson = (worker * 31 + nth * 7) % SIZES[0];
    let (module, lesson) = (lesson / PER_MODULE, lesson % PER_MODULE + 1);
    let path = format!("/moduli/corso-{module:05}/lezione-{lesson:02}");
    Some(Request::get(path).packed())
}

/// Lists as people choose them: a level, a domain or a competence, and further pages.
fn list(worker: usize, nth: usize) -> Option<Request> {
    let (level, page) = (1 + (worker + nth) % 4, 1 + nth / 4 % 3);
    let more = ["", "&ambito=S", "&competenza=2.6"][(worker + nth / 12) % 3];
    let path = format!("/moduli?livello={level}{more}&pagina={page}");
    Some(Request::get(path).packed())
}

/// A question that nobody asked before, so that nothing of its answer is kept.
fn new(worker: usize, nth: usize) -> Request {
    static TURN: AtomicUsize = AtomicUsize::new(0);
    let turn = TURN.fetch_add(1, Ordering::Relaxed);
    let other = search("/cerca", worker, nth);
    Request::get(format!("{}%20{turn}", other.path))
}

/// A common word, a mistyped one, a rare name, a question: half of them were asked before.
fn search(address: &str, worker: usize, nth: usize) -> Request {
    let mut author = Author::new(SEED, 3_000_000 + worker * 100_003 + nth);
    let text = match nth % 4 {
        0 => author.noun().to_owned(),
        1 => author.noun().replacen('r', "rr", 1),
        2 => format!("{} di {}", author.noun(), author.name()),
        _ => format!("come faccio se {} {}?", author.verb(), author.noun()),
    };
    let text = utf8_percent_encode(&text, NON_ALPHANUMERIC);
    Request::get(format!("{address}?q={text}"))
}
