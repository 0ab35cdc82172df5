//! A region's network: how long each of the desk's and the coordinator's pages takes with 300,000
//! citizens and 450,000 services, an export for Facilita, and the recount.
//!
//! `cargo bench --bench network` on SQLite; on PostgreSQL too, with its address as argument:
//!
//!     AUTONOMIA_TEST_FSYNC=on tests/postgres.sh sh -c \
//!         'cargo bench --bench network -- "$AUTONOMIA_TEST_DATABASE"'
//!
//! `-- --citizens N` measures another size.

#![expect(clippy::unwrap_used, reason = "a measure stops at a surprise")]
#![expect(clippy::print_stdout, reason = "the figures are the result")]

mod http;
mod measure;
mod servers;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use http::{Client, Load, Request};
use measure::{Latencies, milliseconds};
use servers::Server;

/// How often each page is asked for, by one person after another.
const TIMES: usize = 300;
/// Desks that ask at the same time.
const DESKS: usize = 4;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let after = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let citizens = after("--citizens").unwrap_or_else(|| "300000".to_owned());
    let other = arguments.iter().find(|argument| argument.contains("://"));
    let folder = tempfile::tempdir().unwrap();
    let sqlite = format!("sqlite:{}", folder.path().join("network.db").display());
    let keys = folder.path().join("keys.toml");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    for database in [Some(&sqlite), other].into_iter().flatten() {
        fill(database, &keys, &citizens);
        runtime.block_on(measure(database, &keys));
        verify(database);
    }
}

fn autonomia(database: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_autonomia"));
    command.env("AUTONOMIA_DATABASE", database);
    command
}

fn fill(database: &str, keys: &Path, citizens: &str) {
    let began = Instant::now();
    let status = autonomia(database)
        .args(["simulate", "--citizens", citizens, "--keys"])
        .arg(keys)
        .status()
        .unwrap();
    assert!(status.success());
    println!("\nfilled in {}", milliseconds(began.elapsed()));
}

fn verify(database: &str) {
    let began = Instant::now();
    let said = autonomia(database)
        .args(["totals", "--verify"])
        .output()
        .unwrap();
    let took = milliseconds(began.elapsed());
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let last = said.lines().last().unwrap_or_default();
    println!("\n`totals --verify`: {took}: {last}");
}

async fn measure(database: &str, keys: &Path) {
    let kind = database.split(':').next().unwrap_or_default();
    let mut server = Server::autonomia(Path::new("content"), database, keys);
    server.answers("/health/ready").await;
    let mut client = Client::connect(server.port).await.unwrap();
    let desk = token(&mut client, "facilitator").await;
    let network = token(&mut client, "coordinator").await;
    println!(
        "\n| {kind}: what | median | p99 | p99, {DESKS} at once | a second | failed |\n|---|---|---|---|---|---|"
    );
    for (what, requests) in pages(&mut client, &desk, &network).await {
        row(&mut client, server.port, what, &requests).await;
    }
    // What a coordinator does every week; and all that waits, past everybody without a code.
    let month = time::OffsetDateTime::now_utc().date() - time::Duration::days(35);
    export(&mut client, &network, &month.to_string()).await;
    export(&mut client, &network, "2023-01-01").await;
    println!(
        "\nAfterwards {} MB, and {} MB of mapped files, which the system may take back",
        server.memory("RssAnon"),
        server.memory("RssFile")
    );
    server.stop();
}

async fn token(client: &mut Client, role: &str) -> String {
    let credentials = json!({
        "email": format!("{role}@example.org"),
        "password": "prova-autonomia",
    });
    let request = Request::post("/api/v1/sessions", None, credentials.to_string());
    let opened = client.send(&request).await.unwrap().json();
    opened["token"].as_str().unwrap().to_owned()
}

/// What is asked for, several of a kind so that not always the same rows are read.
async fn pages(
    client: &mut Client,
    desk: &str,
    network: &str,
) -> Vec<(&'static str, Vec<Request>)> {
    let of = |token: &str, paths: &[&str]| -> Vec<Request> {
        paths
            .iter()
            .map(|path| by(token, Request::get(*path)))
            .collect()
    };
    let find = by(desk, Request::get("/api/v1/citizens?q=g"));
    let found = client.send(&find).await.unwrap().json();
    let ids: Vec<String> = found["citizens"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|citizen: &Value| citizen["id"].as_str().map(str::to_owned))
        .collect();
    let each = |token: &str, before: &str, after: &str| -> Vec<Request> {
        ids.iter()
            .map(|id| by(token, Request::get(format!("{before}{id}{after}"))))
            .collect()
    };
    // A search leads to the page of what it found, where no name stands in the address.
    let (mut asked, mut searches) = (Vec::new(), Vec::new());
    for name in ["Greco", "mar", "Fanelli Rosa", "vito u", "zzz", "De G"] {
        let search = by(desk, search(name));
        let led = client.send(&search).await.unwrap().location.unwrap();
        searches.push(by(desk, Request::get(led)));
        asked.push(search);
    }
    vec![
        ("today at the desk", of(desk, &["/punto"])),
        ("the desk's people", of(desk, &["/punto/persone"])),
        ("looking for people by name", asked),
        ("people by name", searches),
        ("records to complete", of(desk, &["/punto/schede"])),
        (
            "records to complete, by point",
            of(network, &["/rete/schede"]),
        ),
        (
            "people by name, API",
            of(desk, &["/api/v1/citizens?q=gre", "/api/v1/citizens?q=v"]),
        ),
        ("a citizen", each(desk, "/punto/cittadini/", "")),
        (
            "assigning to a citizen",
            each(desk, "/punto/cittadini/", "/assegna"),
        ),
        ("groups", of(desk, &["/punto/gruppi"])),
        ("who is stuck", of(desk, &["/punto/fermi"])),
        (
            "who is stuck, API",
            of(desk, &["/api/v1/points/BA-001/stuck"]),
        ),
        ("the desk's services", of(desk, &["/punto/servizi"])),
        (
            "a new service",
            each(desk, "/punto/servizi/nuovo?cittadino=", ""),
        ),
        (
            "the desk's services, filtered",
            of(
                desk,
                &[
                    "/punto/servizi?ordina=giorno",
                    "/punto/servizi?ordina=-minuti",
                    "/punto/servizi?tipo=group&ordina=minuti",
                    "/punto/servizi?stato=annullati",
                    "/punto/servizi?stato=validi&dal=2026-01-01&al=2026-06-30",
                ],
            ),
        ),
        ("the programme's services", of(network, &["/rete/servizi"])),
        (
            "the programme's services, sorted",
            of(network, &["/rete/servizi?ordina=giorno"]),
        ),
        (
            "the programme's services, by kind and days",
            of(
                network,
                &[
                    "/rete/servizi?tipo=classroom",
                    "/rete/servizi?tipo=online&ordina=giorno",
                    "/rete/servizi?dal=2026-01-01&al=2026-01-31",
                    "/rete/servizi?tipo=other&dal=2025-06-01&al=2025-06-30",
                ],
            ),
        ),
        (
            "the programme's services, by state",
            of(
                network,
                &[
                    "/rete/servizi?stato=annullati",
                    "/rete/servizi?stato=validi",
                ],
            ),
        ),
        (
            "the services of a province",
            of(
                network,
                &[
                    "/rete/servizi?provincia=Lecce",
                    "/rete/servizi?provincia=Bari&tipo=group",
                    "/rete/servizi?provincia=Foggia&stato=annullati",
                    "/rete/servizi?provincia=Taranto&ordina=giorno&stato=validi",
                ],
            ),
        ),
        (
            "the services of a point",
            of(
                network,
                &[
                    "/rete/servizi?punto=BA-001",
                    "/rete/servizi?punto=BA-001&ordina=-minuti",
                    "/rete/servizi?punto=BA-002&tipo=other&ordina=minuti",
                ],
            ),
        ),
        ("the network", of(network, &["/rete"])),
        ("points", of(network, &["/rete/punti"])),
        (
            "points, filtered and sorted",
            of(
                network,
                &[
                    "/rete/punti?ordina=-servizi&pagina=3",
                    "/rete/punti?stato=fermi&ordina=ultimo",
                    "/rete/punti?stato=sotto&provincia=Lecce&ordina=cittadini",
                    "/rete/punti?dove=bari&ordina=-comune",
                ],
            ),
        ),
        ("programmes", of(network, &["/rete/programmi"])),
        ("Facilita", of(network, &["/rete/facilita"])),
        ("public points", vec![Request::get("/punti")]),
        (
            "public points, of a place",
            vec![
                Request::get("/punti?dove=lecce"),
                Request::get("/punti?provincia=Bari&pagina=2"),
            ],
        ),
        ("public totals", vec![Request::get("/rete/totali")]),
        (
            "public totals of each point",
            vec![Request::get(
                "/rete/totali/punti?ordina=-cittadini&pagina=2",
            )],
        ),
        (
            "public totals, API",
            vec![Request::get("/api/v1/programmes/puglia/totals")],
        ),
        (
            "exact totals, API",
            of(network, &["/api/v1/programmes/puglia/totals"]),
        ),
    ]
}

fn by(token: &str, request: Request) -> Request {
    Request {
        token: Some(token.to_owned()),
        ..request
    }
}

/// The desk's search, as its form sends it.
fn search(name: &str) -> Request {
    let fields = format!("q={}", name.replace(' ', "+"));
    Request {
        method: "POST",
        body: Some(("application/x-www-form-urlencoded", fields)),
        ..Request::get("/punto/cerca")
    }
}

async fn row(client: &mut Client, port: u16, what: &str, requests: &[Request]) {
    let mut alone = Latencies::default();
    let mut failed = 0;
    for nth in 0..TIMES {
        let request = requests[nth % requests.len()].clone().packed();
        let asked = Instant::now();
        let answer = client.send(&request).await.unwrap();
        match answer.status {
            200..=299 | 303 => alone.push(asked.elapsed()),
            _ => failed += 1,
        }
    }
    let load = Load {
        port,
        connections: DESKS,
        at_most: TIMES,
        no_longer_than: Duration::from_secs(30),
    };
    let asked = requests.to_vec();
    let together = http::put_under(load, move |worker, nth| {
        asked.get((worker * 7 + nth) % asked.len()).cloned()
    })
    .await
    .unwrap();
    let alone = alone.sorted();
    assert_eq!(failed + together.failed, 0, "{what}");
    println!(
        "| {what} | {} | {} | {} | {:.0} | {} |",
        milliseconds(alone.share(0.5)),
        milliseconds(alone.share(0.99)),
        milliseconds(together.latencies.share(0.99)),
        together.per_second(),
        failed + together.failed
    );
}

/// A file for Facilita of what waits since a day: made, then fetched.
async fn export(client: &mut Client, network: &str, from: &str) {
    let body = json!({
        "programme": "puglia", "from": from, "to": "2030-12-31", "force": true,
    });
    let make = Request::post("/api/v1/facilita/batches", Some(network), body.to_string());
    let began = Instant::now();
    let answer = client.send(&make).await.unwrap();
    let made = began.elapsed();
    if answer.status != 201 {
        println!("\nno export: {}", answer.status);
        return;
    }
    let batch = answer.json();
    let id = batch["batch"].as_str().unwrap_or_default().to_owned();
    let began = Instant::now();
    let file = by(
        network,
        Request::get(format!("/api/v1/facilita/batches/{id}.csv")),
    );
    let file = client.send(&file).await.unwrap();
    println!(
        "\nan export of {} rows since {from}, past {}: made in {}, {} KB fetched in {}",
        batch["rows"],
        batch["held_back"].as_array().map_or(0, Vec::len),
        milliseconds(made),
        file.body.len() / 1_024,
        milliseconds(began.elapsed())
    );
}
