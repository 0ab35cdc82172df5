//! Times and memory.

use std::time::Duration;

/// Times of the same thing.
#[derive(Default)]
pub(crate) struct Latencies(Vec<Duration>);

impl Latencies {
    pub(crate) fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    pub(crate) fn sorted(mut self) -> Self {
        self.0.sort_unstable();
        self
    }

    /// The time that this share of them does not exceed; to be asked of sorted ones.
    pub(crate) fn share(&self, share: f64) -> Duration {
        let last = self.0.len().saturating_sub(1);
        let at = (last as f64 * share).round() as usize;
        self.0.get(at).copied().unwrap_or_default()
    }
}

/// For a table.
pub(crate) fn milliseconds(time: Duration) -> String {
    let milliseconds = time.as_secs_f64() * 1_000.0;
    let digits = if milliseconds < 10.0 { 2 } else { 0 };
    format!("{milliseconds:.digits$} ms")
}

/// A figure of a process (`self`, or its number) in megabytes, by its name in
/// `/proc/PROCESS/status`: `VmRSS`, now, of which `RssAnon` is its own and `RssFile` mapped
/// files, or `VmHWM`, the peak; or `Pss` of `smaps_rollup`, in which what several processes map counts
/// in part: what the process takes of the machine.
pub(crate) fn memory(process: &str, name: &str) -> usize {
    let file = if name == "Pss" {
        "smaps_rollup"
    } else {
        "status"
    };
    let status = std::fs::read_to_string(format!("/proc/{process}/{file}")).unwrap_or_default();
    let kilobytes = status
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        .and_then(|rest| rest.split_whitespace().next()?.parse::<usize>().ok());
    kilobytes.unwrap_or_default() / 1024
}
