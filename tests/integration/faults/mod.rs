//! What breaks around the program: it is killed, its disk is full, its database goes away, is
//! locked, read-only or damaged, it is told to stop. What was confirmed is kept, what cannot be
//! done is said, and it goes on by itself when the cause is gone.
//!
//! `AUTONOMIA_FAULTS=full` kills it 100 times and fills its disk 20 times; every run does a few.

mod clients;
mod cluster;
mod disk;
mod full;
mod gone;
mod kills;
mod network;
mod start;
mod stop;
mod writer;

use std::time::{Duration, Instant};

/// Whether this is the full size, and not that of every run.
fn full_size() -> bool {
    std::env::var("AUTONOMIA_FAULTS").is_ok_and(|size| size == "full")
}

/// Whether this run is about PostgreSQL.
fn on_postgres() -> bool {
    std::env::var_os("AUTONOMIA_TEST_DATABASE").is_some()
}

/// What a machine may take for what is promised in `limit`, while other tests keep it busy. What is
/// broken takes the half minute of the library's own limits, or for ever.
fn patience(limit: Duration) -> Duration {
    (limit * 10).max(Duration::from_secs(15))
}

/// Waits until something is so, which is promised in `limit`; tells how long it took.
async fn until(limit: Duration, mut so: impl AsyncFnMut() -> bool) -> Duration {
    let began = Instant::now();
    while !so().await {
        assert!(began.elapsed() < patience(limit), "not within {limit:?}");
        actix_web::rt::time::sleep(Duration::from_millis(20)).await;
    }
    began.elapsed()
}
