//! The program under load, beside a plain actix-web handler that sends 20 KB: page, search and
//! answer from 64 connections, on the same machine and in the same run, so that only the ratios
//! count.
//!
//! `cargo bench --bench load` on SQLite; on PostgreSQL too, with its address as argument:
//!
//!     AUTONOMIA_TEST_FSYNC=on tests/postgres.sh sh -c \
//!         'cargo bench --bench load -- "$AUTONOMIA_TEST_DATABASE"'

#![expect(clippy::unwrap_used, reason = "a measure stops at a surprise")]
#![expect(clippy::print_stdout, reason = "the figures are the result")]

mod generator;
mod http;
mod measure;
mod plain;
mod servers;
mod words;

use std::sync::Arc;
use std::time::{Duration, Instant};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use uuid::Uuid;

use generator::{Author, PER_MODULE};
use http::{Client, Load, Outcome, Request};
use measure::milliseconds;
use servers::Server;

const LESSONS: usize = 2_000;
const CONNECTIONS: usize = 64;
const LASTS: Duration = Duration::from_secs(8);
const SEED: u64 = 1;

/// Quizzes that each connection answers: as many answers as eight seconds may want.
const QUIZZES: usize = 60;

fn main() {
    if std::env::args().any(|argument| argument == "--plain") {
        plain::serve();
        return;
    }
    let other = std::env::args()
        .skip(1)
        .find(|argument| argument.contains("://"));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(run(other));
}

async fn run(other: Option<String>) {
    let folder = tempfile::tempdir().unwrap();
    let courses = folder.path().join("courses");
    generator::course(&courses, LESSONS, SEED).unwrap();
    let sqlite = format!("sqlite:{}", folder.path().join("load.db").display());
    let keys = folder.path().join("keys.toml");

    let mut baseline_server = plain::server();
    baseline_server.answers("/").await;
    put_under(&baseline_server, |_, _| Some(Request::get("/"))).await;
    let baseline = put_under(&baseline_server, |_, _| Some(Request::get("/"))).await;
    baseline_server.stop();
    heading();
    row("plain handler, 20 KB", &baseline, &baseline);

    for database in [Some(sqlite), other].into_iter().flatten() {
        let kind = database.split(':').next().unwrap_or_default().to_owned();
        let started = Instant::now();
        let mut server = Server::autonomia(&courses, &database, &keys);
        server.answers("/moduli/corso-00000/lezione-01").await;
        let start = started.elapsed();
        tokio::time::sleep(Duration::from_secs(2)).await;
        let idle = server.memory("VmRSS");
        measure(&server, &kind, &baseline).await;
        println!(
            "\n{kind}: first answer after {}; {idle} MB idle, {} MB afterwards, {} MB at most\n",
            milliseconds(start),
            server.memory("VmRSS"),
            server.memory("VmHWM"),
        );
        server.stop();
    }
}

async fn measure(server: &Server, kind: &str, baseline: &Outcome) {
    let packed = |worker, nth| page(worker, nth).map(Request::packed);
    put_under(server, packed).await;
    let outcome = put_under(server, packed).await;
    row(&format!("{kind}: lesson page"), &outcome, baseline);
    let outcome = put_under(server, page).await;
    row(
        &format!("{kind}: lesson page, unpacked"),
        &outcome,
        baseline,
    );
    let outcome = put_under(server, |worker, nth| search("/cerca", worker, nth)).await;
    row(&format!("{kind}: search page"), &outcome, baseline);
    let outcome = put_under(server, |worker, nth| search("/api/v1/search", worker, nth)).await;
    row(&format!("{kind}: search, JSON"), &outcome, baseline);

    let (opening, answers) = quizzes(server.port).await;
    let started = CONNECTIONS * QUIZZES;
    let outcome = put_under(server, move |worker, nth| answers[worker].get(nth).cloned()).await;
    row(&format!("{kind}: answer, durable"), &outcome, baseline);
    println!(
        "| {kind}: attempt begun | {:.0} | | | | |",
        started as f64 / opening.as_secs_f64()
    );
}

async fn put_under(
    server: &Server,
    make: impl Fn(usize, usize) -> Option<Request> + Send + Sync + 'static,
) -> Outcome {
    let load = Load {
        port: server.port,
        connections: CONNECTIONS,
        at_most: 2_000_000,
        no_longer_than: LASTS,
    };
    http::put_under(load, make).await.unwrap()
}

fn heading() {
    println!("| what | a second | of plain | median | p99 | failed |\n|---|---|---|---|---|---|");
}

fn row(what: &str, outcome: &Outcome, baseline: &Outcome) {
    println!(
        "| {what} | {:.0} | {:.0} % | {} | {} | {} |",
        outcome.per_second(),
        100.0 * outcome.per_second() / baseline.per_second(),
        milliseconds(outcome.latencies.share(0.5)),
        milliseconds(outcome.latencies.share(0.99)),
        outcome.failed,
    );
}

fn page(worker: usize, nth: usize) -> Option<Request> {
    let lesson = (worker * 31 + nth * 7) % LESSONS;
    let (module, lesson) = (lesson / PER_MODULE, lesson % PER_MODULE + 1);
    Some(Request::get(format!(
        "/moduli/corso-{module:05}/lezione-{lesson:02}"
    )))
}

/// Every query is another: a common word, a mistyped one, a rare name, a question.
fn search(address: &str, worker: usize, nth: usize) -> Option<Request> {
    let mut author = Author::new(SEED, 3_000_000 + worker * 100_003 + nth);
    let text = match nth % 4 {
        0 => author.noun().to_owned(),
        1 => author.noun().replacen('r', "rr", 1),
        2 => format!("{} di {}", author.noun(), author.name()),
        _ => format!("come faccio se {} {}?", author.verb(), author.noun()),
    };
    let text = utf8_percent_encode(&text, NON_ALPHANUMERIC);
    Some(Request::get(format!("{address}?q={text}&lingua=it")))
}

/// Opens a guest for each connection and begins its quizzes: how long the beginning took, and an
/// answer to each of their questions.
async fn quizzes(port: u16) -> (Duration, Arc<Vec<Vec<Request>>>) {
    let mut guests = Vec::new();
    for _ in 0..CONNECTIONS {
        let mut client = Client::connect(port).await.unwrap();
        let request = Request::post("/api/v1/guests", None, String::new());
        let guest = client.send(&request).await.unwrap().json();
        guests.push((client, guest["token"].as_str().unwrap().to_owned()));
    }
    let began = Instant::now();
    let workers: Vec<_> = guests
        .into_iter()
        .map(|(mut client, token)| {
            tokio::spawn(async move {
                let mut answers = Vec::new();
                for module in 0..QUIZZES {
                    let path = format!("/api/v1/modules/corso-{module:05}/attempts");
                    let begin = Request::post(path, Some(&token), String::new());
                    let attempt = client.send(&begin).await.unwrap().json();
                    answers.extend(answers_to(&attempt, &token));
                }
                answers
            })
        })
        .collect();
    let mut answers = Vec::new();
    for worker in workers {
        answers.push(worker.await.unwrap());
    }
    (began.elapsed(), Arc::new(answers))
}

fn answers_to(attempt: &Value, token: &str) -> Vec<Request> {
    let id = attempt["attempt"].as_str().unwrap();
    let questions = attempt["questions"].as_array().unwrap();
    questions
        .iter()
        .map(|question| {
            let body = json!({
                "question": question["id"],
                "submission": Uuid::now_v7(),
                "given": given(question),
            });
            let path = format!("/api/v1/attempts/{id}/answers");
            Request::post(path, Some(token), body.to_string())
        })
        .collect()
}

/// Some answer that fits the question.
fn given(question: &Value) -> Value {
    let keys = |name: &str| -> Vec<Value> {
        let options = question[name].as_array().into_iter().flatten();
        options.map(|option| option["key"].clone()).collect()
    };
    let options = keys("options");
    match question["kind"].as_str().unwrap() {
        "one" => options[0].clone(),
        "many" => json!([options[0]]),
        "order" => Value::Array(options),
        "match" => options
            .iter()
            .zip(keys("right_options"))
            .map(|(left, right)| (left.as_str().unwrap_or_default().to_owned(), right))
            .collect(),
        _ => json!("3"),
    }
}
