//! Counts and times of requests, in Prometheus' form.

use std::sync::OnceLock;
use std::time::Duration;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// One for the process: the libraries' counters go there too.
static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Begins to count. Called again, it changes nothing. To be called where tokio runs.
pub(super) fn install() {
    RECORDER.get_or_init(|| {
        let handle = PrometheusBuilder::new()
            .set_buckets_for_metric(
                Matcher::Full("http_request_seconds".to_owned()),
                &[0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0],
            )
            .and_then(PrometheusBuilder::install_recorder)
            .inspect_err(|error| tracing::error!("nothing is counted: {error}"))
            .ok()?;
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

/// Everything counted so far.
pub(super) fn render() -> String {
    match RECORDER.get() {
        Some(Some(handle)) => handle.render(),
        _ => String::new(),
    }
}
