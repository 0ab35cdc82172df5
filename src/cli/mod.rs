//! The command line: a file per subcommand, each with its arguments and a `run`.
//!
//! Exit codes: 0, done; 1, the answer is no (mistakes found, totals disagree); 2, it could not
//! run, with one line on standard error.

mod check;
mod database;
mod demo;
mod explain;
mod export;
mod keys;
mod lock;
mod migrate;
mod serve;
mod totals;
mod user;
mod watch;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Online training for the network of digital facilitation.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Args),
    Demo(demo::Args),
    Check(check::Args),
    Explain(explain::Args),
    Export(export::Args),
    Lock(lock::Args),
    Migrate(migrate::Args),
    Totals(totals::Args),
    User(user::Args),
}

/// What a subcommand that ran has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Done, or the answer is yes.
    Yes,
    /// The answer is no.
    No,
}

/// Runs one command to its end.
#[must_use]
pub fn run(cli: Cli) -> ExitCode {
    let out = &mut io::stdout().lock();
    let colour = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let result = match cli.command {
        Command::Serve(args) => serve::run(&args, out),
        Command::Demo(args) => demo::run(&args, out),
        Command::Check(args) => check::run(&args, colour, out),
        Command::Explain(args) => explain::run(&args, out),
        Command::Export(args) => export::run(&args, out),
        Command::Lock(args) => lock::run(&args, colour, out),
        Command::Migrate(args) => migrate::run(&args, out),
        Command::Totals(args) => totals::run(&args, out),
        Command::User(args) => user::run(&args, out),
    };
    match result.and_then(|outcome| Ok(out.flush().map(|()| outcome)?)) {
        Ok(Outcome::Yes) => ExitCode::SUCCESS,
        Ok(Outcome::No) => ExitCode::from(1),
        // The reader of a pipe has seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to tell it to.
            let _ = writeln!(io::stderr(), "autonomia: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
