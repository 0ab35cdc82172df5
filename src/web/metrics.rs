//! Counts and times for Prometheus, on an address of their own: they are nobody's but the
//! administrator's. Labels are routes, methods and statuses, never an address or a person.

use std::net::TcpListener;
use std::sync::OnceLock;
use std::time::Duration;

use ::metrics::{
    Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram,
};
use actix_web::http::{Method, StatusCode};
use actix_web::{App, HttpResponse, HttpServer, dev, web as actix};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use time::OffsetDateTime;

use crate::db;

use super::state::State;

/// One for the process: the libraries' counters go there too.
static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

const REQUESTS: &str = "http_requests_total";
const SECONDS: &str = "http_request_seconds";
const REFUSALS: &str = "sign_in_refusals_total";
const CONNECTIONS: &str = "open_connections";
const WAITING: &str = "writes_waiting";
const CATALOGUE: &str = "catalogue_age_seconds";
const BACKUP: &str = "last_backup_timestamp_seconds";
const MEMORY: &str = "process_resident_memory_bytes";

/// The addresses of the doors.
const DOORS: [&str; 4] = [
    "/accedi",
    "/tessera",
    "/accedi/password",
    "/api/v1/sessions",
];

/// Begins to count, where somebody will ask. Called again, it changes nothing. To be called where
/// tokio runs.
fn install() {
    RECORDER.get_or_init(|| {
        let handle = PrometheusBuilder::new()
            .set_buckets_for_metric(
                Matcher::Full(SECONDS.to_owned()),
                &[0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0],
            )
            .and_then(PrometheusBuilder::install_recorder)
            .inspect_err(|error| tracing::error!("nothing is counted: {error}"))
            .ok()?;
        describe();
        let kept = handle.clone();
        // Times wait in memory until they are put into their buckets, whether or not anybody asks.
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_secs(5)).await;
                kept.run_upkeep();
            }
        });
        Some(handle)
    });
}

fn describe() {
    describe_counter!(REQUESTS, "Requests answered, by method, route and status.");
    describe_histogram!(
        SECONDS,
        Unit::Seconds,
        "Time to answer a request, by route."
    );
    describe_counter!(REFUSALS, "Tries to enter that were refused, by status.");
    describe_gauge!(CONNECTIONS, "Connections that are open now.");
    describe_gauge!(WAITING, "Writes that wait for the database now.");
    describe_gauge!(
        CATALOGUE,
        Unit::Seconds,
        "Time since the courses were published."
    );
    describe_gauge!(
        BACKUP,
        Unit::Seconds,
        "When `autonomia backup` last made a copy; not there before the first one, nor on PostgreSQL, \
         whose copies pg_dump makes."
    );
    describe_gauge!(MEMORY, Unit::Bytes, "Memory of the process that is in use.");
}

/// Whether requests are counted: somebody may ask.
pub(super) fn are_wanted() -> bool {
    matches!(RECORDER.get(), Some(Some(_)))
}

/// Counts a request.
pub(super) fn answered(method: &Method, route: Option<String>, status: StatusCode, took: Duration) {
    if !are_wanted() {
        return;
    }
    // Addresses that are not there are one, and so are methods that somebody makes up: what
    // visitors send does not decide how many lines there are.
    let route = route.unwrap_or_else(|| "none".to_owned());
    let method = match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::PATCH => "PATCH",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        _ => "other",
    };
    let code = status.as_u16().to_string();
    if method == "POST" && status.as_u16() >= 400 && DOORS.contains(&route.as_str()) {
        counter!(REFUSALS, "status" => code.clone()).increment(1);
    }
    counter!(REQUESTS, "method" => method, "route" => route.clone(), "status" => code).increment(1);
    histogram!(SECONDS, "route" => route).record(took.as_secs_f64());
}

/// Everything counted so far, and how things are now.
async fn render(state: &State) -> String {
    let Some(Some(handle)) = RECORDER.get() else {
        return String::new();
    };
    gauge!(CONNECTIONS).set(count(state.connections.count()));
    gauge!(WAITING).set(count(state.db.queued()));
    gauge!(CATALOGUE).set(state.published_ago().as_seconds_f64());
    // A database that does not answer is told by `/health/ready`; the rest is shown meanwhile.
    if let Ok(Some(at)) = db::last_backup(&state.db).await {
        gauge!(BACKUP).set(seconds(at));
    }
    if let Some(bytes) = resident() {
        gauge!(MEMORY).set(bytes);
    }
    handle.render()
}

/// Since 1970; a 64-bit number is exact for some million years.
#[expect(
    clippy::cast_precision_loss,
    reason = "seconds of this age are far below 2^52"
)]
fn seconds(at: OffsetDateTime) -> f64 {
    at.unix_timestamp() as f64
}

/// More than 2^32 of anything is as good as 2^32.
fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// The memory of the process, where the system tells.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kilobytes: u32 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(f64::from(kilobytes) * 1024.0)
}

/// A server of `/metrics` and nothing else.
///
/// # Errors
/// The listener cannot be used.
pub fn server(state: actix::Data<State>, listener: TcpListener) -> std::io::Result<dev::Server> {
    install();
    let server = HttpServer::new(move || {
        let show = async |state: actix::Data<State>| {
            HttpResponse::Ok()
                .content_type("text/plain; version=0.0.4; charset=utf-8")
                .body(render(&state).await)
        };
        App::new()
            .app_data(state.clone())
            .route("/metrics", actix::get().to(show))
    })
    .workers(1)
    .disable_signals()
    .shutdown_timeout(1)
    .listen(listener)?
    .run();
    Ok(server)
}
