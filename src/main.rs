//! Autonomia.

use std::process::ExitCode;

fn main() -> ExitCode {
    autonomia::cli::run(std::env::args_os())
}
