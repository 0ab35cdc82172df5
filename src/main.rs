//! Autonomia.

use std::process::ExitCode;

/// The courses are compiled by several threads at once, whose memory the system's allocator keeps apart
/// and in part for ever; this one gives it back, and is faster where many wait.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    autonomia::cli::run(std::env::args_os())
}
