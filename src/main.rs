//! Autonomia.

use std::process::ExitCode;

use clap::Parser as _;

use autonomia::cli::{self, Cli};

fn main() -> ExitCode {
    cli::run(Cli::parse())
}
